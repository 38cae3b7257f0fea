"""Writes down money that came by hand: how much, how, and when if not today."""

from collections.abc import Mapping
from typing import Any

from conversations.days import PaidOn
from conversations.engine import Dialogue, ask
from conversations.figures import Amount
from conversations.invoice_card import stack
from conversations.lookups import balance_of, which_invoice
from conversations.opening import Opening
from conversations.prompts import Choice
from conversations.questions import Pick, Words, maybe
from conversations.review import Review, opens
from invoicing.commands import Method, RecordPayment
from models.text import Text, _, raw

_METHODS = {
    Method.CASH: Choice("cash", _("Cash"), synonyms=(raw("taslimu"), raw("pesa taslimu"))),
    Method.BANK: Choice("bank", _("Bank")),
    Method.CHEQUE: Choice("cheque", _("Cheque"), synonyms=(raw("check"), raw("hundi"))),
    Method.OTHER: Choice("other", _("Another way")),
}
_SAVE = Choice("save", _("Save payment"), synonyms=tuple(map(raw, ("yes", "ok", "ndiyo", "sawa"))))
_CHANGES = (
    opens("amount", _("Amount"), "amount"),
    opens("method", _("Way of payment"), "method"),
    opens("day", _("Date"), "paid_on"),
    opens("reference", _("Reference"), "reference"),
    opens("note", _("Note"), "note"),
)


def record_payment(opening: Opening) -> Dialogue[RecordPayment]:
    """Keys: `invoice`, `amount`, `method`, `paid_on`, `reference`, `note`."""
    invoice = yield from which_invoice(_("Which invoice was paid?"), kind="open")
    owed = balance_of(invoice)
    asked = _("How much came in for *{number}*?", number=invoice["number"])
    amount = yield from ask(Amount("amount", asked, currency=owed.currency, whole=owed or None))
    how = Pick("method", _("How did the money come?"), options=tuple(_METHODS.values()))
    method = Method((yield from ask(how)))
    when = PaidOn("paid_on", _("Which day did it come?"), today=opening.today,
                  assumed=opening.today.isoformat())  # fmt: skip
    paid_on = yield from ask(when)
    about = Words("reference", _("What is the reference or receipt number?"), most=60, assumed=None)
    reference = yield from ask(maybe(about))
    note = yield from ask(maybe(Words("note", _("What should I note?"), most=300, assumed=None)))
    payment = RecordPayment(int(invoice["id"]), amount, method, paid_on, reference, note)
    words = _("Shall I save it?")
    yield from ask(
        Review("ok", words, card=_card(invoice, payment), options=(_SAVE,), also=_CHANGES)
    )
    return payment


def _card(invoice: Mapping[str, Any], payment: RecordPayment) -> tuple[Text, ...]:
    owed = balance_of(invoice)
    came = _(
        "{amount}, {method}, {day}",
        amount=payment.amount, method=_METHODS[payment.method].label, day=payment.paid_on,
    )  # fmt: skip
    lines = [_("*Payment for {number}* from {client}",
               number=invoice["number"], client=invoice.get("client", "")), came]  # fmt: skip
    if payment.reference:
        lines.append(_("Reference: {reference}", reference=payment.reference))
    if payment.note:
        lines.append(_("Note: {note}", note=payment.note))
    if owed < payment.amount:
        over = payment.amount - owed
        lines.append(_("That is {over} more than is owed; it stays as credit.", over=over))
    elif payment.amount < owed:
        lines.append(_("Still to pay after it: {rest}", rest=owed - payment.amount))
    return (stack(*lines),)
