"""The files of an invoice in a chat: their buttons, their list, themselves."""

from typing import Any

from conversations.invoice_card import stack
from conversations.prompts import Attachment, Choice, Prompt, Start
from invoicing.attaching import DOCUMENT, Kept
from invoicing.commands import MOST_FILES
from models.invoices import Invoice
from models.text import Text, _, ngettext, raw

ROOM = 13  # signs of a name on a button


def _about(invoice: Invoice) -> dict[str, Any]:
    """An invoice as a button remembers it."""
    return {"invoice": {"id": invoice.id, "number": invoice.number_text}}


def attach_button(invoice: Invoice, label: Text | None = None) -> Choice:
    """Asks for a file of this invoice."""
    known = _about(invoice)
    start = Start("attach", {**known, "for": known["invoice"]})
    return Choice("attach", label or _("Attach a file"), start)


def files_button(invoice: Invoice, n: int) -> Choice:
    """Shows which files go with it."""
    return Choice("files", _("Files ({n})", n=n), Start("files", _about(invoice)))


def paper(merchant_id: int, file: Kept) -> Attachment:
    """A file as it goes with a message."""
    return Attachment(file.kind, DOCUMENT, file.id, merchant_id)


def line(n: int) -> tuple[Text, ...]:
    """How many files go with it, on the invoice's card."""
    return (ngettext("📎 A file goes with it", "📎 {n} files go with it", n),) if n else ()


def documents(invoice: Invoice, kept: tuple[Kept, ...]) -> list[Prompt]:
    """The files themselves, a message each."""
    return [Prompt((raw(one.name),), attachment=paper(invoice.merchant_id, one)) for one in kept]


def listed(invoice: Invoice, kept: tuple[Kept, ...], *, may_change: bool) -> Prompt:
    """Which files go with an invoice, and what can be done with them."""
    number = invoice.number_text or _("draft")
    see = Choice("show", _("See it"), Start("show", _about(invoice)))
    add = (attach_button(invoice),) if may_change and len(kept) < MOST_FILES else ()
    if not kept:
        words = _("No file goes with *{number}*.", number=number)
        return Prompt((words,), (*add, see), "card")
    lines = [_("• {name} ({size})", name=one.name, size=one.weight) for one in kept]
    head = ngettext("A file goes with *{number}*:", "{n} files go with *{number}*:",
                    len(kept), number=number)  # fmt: skip
    send = Choice("send", _("Send them here"), Start("send_files", _about(invoice)))
    removals = tuple(
        Choice(f"detach.{one.id}", _("Remove {name}", name=_cut(one.name)), _away(one))
        for one in kept
        if may_change
    )
    return Prompt((stack(head, *lines),), (send, *removals, *add, see), "list")


def _away(file: Kept) -> Start:
    return Start("detach", {"attached": file.id})


def _cut(name: str) -> str:
    """A name that fits a button behind a word; its end tells two of them apart."""
    return name if len(name) <= ROOM else f"…{name[1 - ROOM :]}"
