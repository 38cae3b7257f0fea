"""Everything else that can be done with an invoice: the list behind “More…” on its card."""

from typing import Any

from sqlalchemy.orm import Session

from bot import drafts, file_cards
from conversations.engine import OPEN
from conversations.prompts import Choice, Start
from invoicing import attaching, clients, corrections, credit, credit_notes
from invoicing.commands import MOST_FILES
from models.invoices import Invoice, Status
from models.text import Text, _


def about(invoice: Invoice) -> dict[str, Any]:
    """An invoice as a button remembers it."""
    return {"invoice": {"id": invoice.id, "number": invoice.number_text}}


def button(invoice: Invoice) -> Choice:
    """Opens the list."""
    return Choice("more", _("More…"), Start("more", about(invoice)))


def choices(session: Session, invoice: Invoice) -> tuple[Choice, ...]:
    """What may be done with an issued invoice besides what stands on its card."""
    if invoice.status != Status.ISSUED:
        return (why_button(invoice),)
    found: list[Choice] = []
    if credit_notes.creditable(invoice):
        found += _putting_right(session, invoice)
    if invoice.balance:
        found.append(Choice("write_off", _("Write it off"), Start("write_off", about(invoice))))
    elif corrections.can_undo(session, invoice):
        found.append(undo_button(invoice))
    if credit.used_on(session, invoice):
        free = Start("free_credit", about(invoice))
        found.append(Choice("free_credit", _("Take credit off"), free))
    notes = credit_notes.of_invoice(session, invoice)[-2:]
    for note in notes:
        start = Start("credit_note_pdf", {"credit_note": note.id})
        label = _("PDF of {number}", number=note.number_text)
        found.append(Choice(f"note.{note.id}", label, start))
    return (*found, *_files(session, invoice), why_button(invoice))


def _files(session: Session, invoice: Invoice) -> list[Choice]:
    """A photo or paper may go with it, and those that do can be seen."""
    kept = len(attaching.of(session, invoice))
    found = [file_cards.attach_button(invoice)] if kept < MOST_FILES else []
    return [*found, file_cards.files_button(invoice, kept)] if kept else found


def why_button(invoice: Invoice) -> Choice:
    """Tells all that happened to it."""
    return Choice("why", _("Why? The whole story"), Start("why", about(invoice)))


def _putting_right(session: Session, invoice: Invoice) -> list[Choice]:
    client = clients.get(session, invoice.client_id)
    known = drafts.revision(session, invoice, client)
    found = [
        Choice("credit", _("Credit note"), Start("credit_note", about(invoice))),
        Choice("revise", _("Correct it"), Start("new_invoice", known)),
    ]
    if invoice.deposit_minor is None and not invoice.paid_minor:
        asked = {**known, "deposit": OPEN}
        found.append(Choice("deposit", _("Ask for a deposit"), Start("new_invoice", asked)))
    return found


def undo_button(invoice: Invoice) -> Choice:
    """Takes a write-off back."""
    return Choice("undo", _("Undo write-off"), Start("undo_write_off", about(invoice)))


def settled_line(invoice: Invoice) -> Text:
    """Nothing is owed: paid, or taken back, or given up."""
    if invoice.written_off_at is not None:
        return _("*Written off*")
    if not invoice.paid_minor and invoice.adjusted_minor:
        return _("*Credited in full*")
    return _("✅ *Paid*")
