"""Carries out what puts an invoice right: credit it, correct it, write it off, and back again."""

from collections.abc import Callable, Mapping
from typing import Any

from bot import attached_files, cards, drafts, more, reach, reminder_words, sharing
from bot.acts.errand import MAY_BILL, MAY_VOID, Errand, must, must_see
from conversations.engine import OPEN
from conversations.prompts import Attachment, Choice, Prompt, Start
from invoicing import clients, corrections, credit_notes, lifecycle, merchants, quotes
from invoicing import commands as asked
from models.errors import Refusal
from models.invoices import Invoice
from models.text import Text, _


def _show(invoice: Invoice) -> Choice:
    return Choice("show", _("See it"), Start("show", more.about(invoice)))


def _credit(errand: Errand, command: asked.CreditInvoice) -> list[Prompt]:
    must(errand, MAY_VOID)
    session = errand.session
    note = credit_notes.issue(session, command, errand.who.person_id).note
    invoice = lifecycle.get(session, note.invoice_id)
    if not invoice.balance:
        reminder_words.drop_waiting(session, invoice)
    client = clients.get(session, invoice.client_id)
    facts = {"credit_note_id": note.id}
    key = f"credited {note.id}"
    reach.note(session, invoice, "credited", audience="client", key=key, facts=facts)
    words = [_("*{note}* takes back {amount} of *{number}*.",
               note=note.number_text, amount=note.total, number=invoice.number_text)]  # fmt: skip
    if note.freed:
        words.append(_("{amount} had been paid and is *{client}*'s credit now.",
                       amount=note.freed, client=client.name))  # fmt: skip
    words.append(_left(invoice))
    if reach.customers(session, invoice, None):
        words.append(_("I have told *{client}*.", client=client.name))
    else:
        words.append(_("*{client}* has no chat with me: please forward it.", client=client.name))
    paper = Attachment("pdf", "credit_note", note.id, note.merchant_id)
    choices = (_show(invoice), cards.MENU_BUTTON)
    return [Prompt((cards.stack(*words),), choices, "card", attachment=paper)]


def _left(invoice: Invoice) -> Text:
    if invoice.balance:
        return _("{left} is left to pay.", left=invoice.balance)
    return _("Nothing is owed on it any more.")


def _revise(errand: Errand, command: asked.ReviseInvoice) -> list[Prompt]:
    """A card that opens the talk which makes an invoice, everything filled in."""
    must(errand, MAY_VOID)
    invoice = lifecycle.get(errand.session, command.invoice_id)
    credit_notes.check(invoice)
    client = clients.get(errand.session, invoice.client_id)
    known = drafts.revision(errand.session, invoice, client)
    words = _(
        "I make a corrected invoice out of *{number}* and take the old one back when you send it.",
        number=invoice.number_text,
    )
    start = Choice("revise", _("Correct it"), Start("new_invoice", known))
    if command.deposit:
        asked_first = {**known, "deposit": OPEN}
        start = Choice("deposit", _("Ask for a deposit"), Start("new_invoice", asked_first))
    return [Prompt((words,), (start, _show(invoice)), "card")]


def issue_instead(errand: Errand, command: asked.IssueInvoice) -> list[Prompt]:
    """The corrected invoice goes out and the old one is taken back; the customer hears once."""
    must(errand, MAY_VOID)
    done = corrections.revise(errand.session, command, errand.who.person_id)
    reminder_words.drop_waiting(errand.session, done.old)
    attached_files.put(errand.session, done.new, command.files, errand.who)
    words = [
        _("*{new}* replaces *{old}*, which *{note}* takes back.", new=done.new.number_text,
          old=done.old.number_text, note=done.note.number_text),
    ]  # fmt: skip
    if done.moved:
        words.append(_("{amount} that was paid moved over to it.", amount=done.moved))
    kept = done.note.freed - done.moved
    if kept:
        words.append(_("{amount} stays as your client's credit.", amount=kept))
    said = [Prompt((cards.stack(*words),))]
    return [*said, *sharing.send(errand.session, errand.house, done.new)]


def check_origin(errand: Errand, command: asked.IssueInvoice) -> None:
    """Whatever an invoice is made of must still be there to be billed. Raises Refusal."""
    if command.quote_id is not None:
        quotes.check_billable(errand.session, command.quote_id)


def _write_off(errand: Errand, command: asked.WriteOff) -> list[Prompt]:
    must(errand, MAY_VOID)
    invoice = corrections.write_off(errand.session, command, errand.who.person_id)
    reminder_words.drop_waiting(errand.session, invoice)
    amount = corrections.written_off(errand.session, invoice)
    words = _("*{number}* is written off: you gave up {amount}.",
              number=invoice.number_text, amount=amount)  # fmt: skip
    return [Prompt((words,), (more.undo_button(invoice), _show(invoice)), "card")]


def _undo_write_off(errand: Errand, command: asked.UndoWriteOff) -> list[Prompt]:
    must(errand, MAY_VOID)
    invoice = corrections.undo_write_off(errand.session, command, errand.who.person_id)
    words = _("*{number}* is owed again: {amount}.",
              number=invoice.number_text, amount=invoice.balance)  # fmt: skip
    return [Prompt((words,), (_show(invoice), cards.MENU_BUTTON), "card")]


def _more(errand: Errand, command: asked.ShowMore) -> list[Prompt]:
    must(errand, MAY_BILL)
    invoice = lifecycle.get(errand.session, command.invoice_id)
    words = _("What else do you want to do with *{number}*?", number=invoice.number_text or "…")
    return [Prompt((words,), (*more.choices(errand.session, invoice), _show(invoice)), "list")]


def _document(errand: Errand, command: asked.SendCreditNote) -> list[Prompt]:
    note = credit_notes.get(errand.session, command.credit_note_id)
    must_see(errand, lifecycle.get(errand.session, note.invoice_id))
    paper = Attachment("pdf", "credit_note", note.id, note.merchant_id)
    return [Prompt((_("Credit note {number}", number=note.number_text),), attachment=paper)]


def origins(errand: Errand, invoice: Invoice) -> tuple[Text, ...]:
    """Which invoice this one replaces, what replaced it, and what was taken off it."""
    words = []
    if (old := corrections.replaces(errand.session, invoice)) is not None:
        words.append(_("Replaces *{number}*", number=old.number_text))
    if not invoice.adjusted_minor:
        return tuple(words)
    if (new := corrections.replaced_by(errand.session, invoice)) is not None:
        words.append(_("Replaced by *{number}*", number=new.number_text))
    words += [
        _("Credited by *{number}*: {amount}", number=note.number_text, amount=note.total)
        for note in credit_notes.of_invoice(errand.session, invoice)
    ]
    if invoice.written_off_at is not None:
        amount = corrections.written_off(errand.session, invoice)
        words.append(_("Written off: {amount}", amount=amount))
    return tuple(words)


def may_correct(errand: Errand) -> bool:
    """Whether this person may take back what was billed."""
    return merchants.role_of(errand.session, errand.who.person_id) in MAY_VOID


def invoice_of(said: Mapping[str, Any]) -> int:
    """The invoice a button is about. Raises Refusal for a button without one."""
    found = said.get("invoice")
    if not isinstance(found, Mapping) or "id" not in found:
        raise Refusal(_("I cannot find that invoice."), "not_found")
    return int(found["id"])


ACTS: dict[type, Callable[[Errand, Any], list[Prompt]]] = {
    asked.CreditInvoice: _credit,
    asked.ReviseInvoice: _revise,
    asked.WriteOff: _write_off,
    asked.UndoWriteOff: _undo_write_off,
    asked.ShowMore: _more,
    asked.SendCreditNote: _document,
}
ERRANDS: dict[str, Callable[[Mapping[str, Any]], asked.Command]] = {
    "more": lambda said: asked.ShowMore(invoice_of(said)),
    "undo_write_off": lambda said: asked.UndoWriteOff(invoice_of(said)),
    "revise_invoice": lambda said: asked.ReviseInvoice(invoice_of(said)),
    "credit_note_pdf": lambda said: asked.SendCreditNote(int(said["credit_note"])),
}
