"""Takes back an invoice or a part of it: what, why, and a clear look at what comes of it."""

from collections.abc import Mapping
from typing import Any

from conversations.credited_items import Item, chosen, items_of
from conversations.engine import Dialogue, ask
from conversations.figures import Amount
from conversations.invoice_card import stack
from conversations.lookups import balance_of, which_invoice
from conversations.opening import Opening
from conversations.prompts import Choice
from conversations.questions import Pick, Words, maybe
from conversations.review import Review, opens
from invoicing.commands import Billed, CreditedLine, CreditInvoice, Nothing, credit_of_lines
from models.money import Money
from models.text import Text, _, raw

_ALL = Choice("all", _("The whole invoice"), synonyms=tuple(map(raw, ("all", "whole", "yote"))))
_PART = Choice("amount", _("An amount"), synonyms=(raw("amount"), raw("kiasi")))
_SOME = Choice("items", _("Some of the items"), synonyms=(raw("items"), raw("bidhaa")))
_WAYS = (
    Choice("send", _("Send credit note"), synonyms=tuple(map(raw, ("yes", "ok", "ndiyo", "sawa")))),
    Choice("keep", _("Leave it as it is")),
)
_SUMS = ("subtotal_minor", "discount_minor", "tax_minor", "total_minor", "left_minor")
Taken = tuple[tuple[Item, CreditedLine], ...]


def credit_note(opening: Opening) -> Dialogue[CreditInvoice | Nothing]:
    """Keys: `invoice`, `what`, `amount`, those of `credited_items.chosen`, `reason`."""
    del opening
    asked = _("Which invoice do you want to credit?")
    invoice = yield from which_invoice(asked, kind="creditable")
    items, left = items_of(invoice), _left(invoice)
    if not left:
        return Nothing(_("Nothing is left to take back on *{number}*.", number=invoice["number"]))
    ways = (_ALL, _PART, *([_SOME] if items and _sums(invoice) else []))
    how = _("What do you take back of *{number}*? At most {left}.",
            number=invoice["number"], left=left)  # fmt: skip
    what = yield from ask(Pick("what", how, options=ways))
    amount, taken = None, Taken()
    if what == "amount":
        how_much = _("How much do you take back? At most {left}.", left=left)
        amount = yield from ask(Amount("amount", how_much, currency=left.currency, most=left))
    elif what == "items":
        taken = yield from chosen(items)
    why = Words("reason", _("Why? Your client will see the reason."), most=200)
    reason = yield from ask(maybe(why))
    lines = tuple(line for _item, line in taken)
    command = CreditInvoice(int(invoice["id"]), reason, amount, lines)
    card = _card(invoice, command, taken)
    changes = (opens("what", _("Change what"), "what"), opens("why", _("Change reason"), "reason"))
    chose = yield from ask(
        Review("ok", _("Shall I send it?"), card=card, options=_WAYS, also=changes)
    )
    if chose == "keep":
        return Nothing(_("*{number}* stays as it is.", number=invoice["number"]))
    return command


def _left(invoice: Mapping[str, Any]) -> Money:
    """What can still be taken back; an older look-up knew only what was owed."""
    owed = balance_of(invoice)
    return Money(int(invoice.get("left_minor", owed.amount_minor)), owed.currency)


def _sums(invoice: Mapping[str, Any]) -> Billed | None:
    if not all(name in invoice for name in _SUMS):
        return None
    sums = {name: int(invoice[name]) for name in _SUMS}
    return Billed(**sums, tax_inclusive=invoice.get("tax_inclusive") is True)


def _comes_to(invoice: Mapping[str, Any], command: CreditInvoice, taken: Taken) -> Money:
    left, sums = _left(invoice), _sums(invoice)
    if command.amount is not None:
        return command.amount
    if not taken or sums is None:
        return left
    priced = ((item.sold, line.quantity) for item, line in taken)
    return Money(credit_of_lines(sums, priced).total_minor, left.currency)


def _card(invoice: Mapping[str, Any], command: CreditInvoice, taken: Taken) -> tuple[Text, ...]:
    total, owed = _comes_to(invoice, command, taken), balance_of(invoice)
    lines = [
        _("*Credit note for {number}*, {client}",
          number=invoice["number"], client=invoice.get("client", "")),
        *(_("{n} × {what}", n=line.quantity.normalize(), what=item.what) for item, line in taken),
        _("*I take back {amount}*", amount=total),
    ]  # fmt: skip
    if command.reason:
        lines.append(_("Reason: {reason}", reason=command.reason))
    if owed < total:
        over = total - owed
        lines.append(_("{over} of it was paid: that stays your client's credit.", over=over))
    if total < owed:
        lines.append(_("Still to pay after it: {rest}", rest=owed - total))
    else:
        lines.append(_("Nothing is owed on it after that."))
    return (stack(*lines),)
