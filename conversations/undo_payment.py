"""A payment that was wrong: taken back, moved away from its invoice, or partly given back."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from conversations.engine import Dialogue, ask
from conversations.figures import Amount
from conversations.invoice_card import stack
from conversations.lookups import Among, WhichOf, balance_of, nearest
from conversations.opening import Opening
from conversations.prompts import Choice
from conversations.questions import Pick, Words, maybe
from conversations.record_payment import METHODS
from conversations.review import Review, opens
from invoicing.commands import (
    Method,
    Nothing,
    RefundPayment,
    ReversePayment,
    ReverseReason,
    UnmatchPayment,
)
from models.money import Money
from models.text import Text, _, raw

_BY_HAND = (
    Choice("mistake", _("Written wrongly")),
    Choice("twice", _("Written twice")),
    Choice("bounced", _("The money went back")),
)
_OF_A_GATEWAY = (
    Choice("other", _("For something else")),
    Choice("bounced", _("The money went back")),
)
REASONS: Mapping[str, Text] = {
    "mistake": _("It was written down wrongly."),
    "twice": _("It was written down twice."),
    "bounced": _("The money went back."),
    "other": _("It was for something else."),
}
_REVERSE = (Choice("reverse", _("Take it back")), Choice("keep", _("Keep it")))
_REFUND = (Choice("save", _("Save"), synonyms=tuple(map(raw, ("yes", "ok", "ndiyo", "sawa")))),)
Facts = Mapping[str, Any]


def reverse_payment(opening: Opening) -> Dialogue[ReversePayment | UnmatchPayment | Nothing]:
    """Keys: `payment`, `payment.which`, `reason`, `ok`."""
    del opening
    payment = yield from _which(_("Which payment was wrong?"))
    ways = _OF_A_GATEWAY if payment.get("gateway") else _BY_HAND
    words = _("What is wrong with the {amount} from {client}?", **_known(payment))
    why = yield from ask(Pick("reason", words, options=ways))
    card = (_about(payment), stack(REASONS[why], *_reopened(payment)))
    changes = (opens("reason", _("Change reason"), "reason"),)
    chose = yield from ask(
        Review("ok", _("Shall I take it back?"), card=card, options=_REVERSE, also=changes)
    )
    if chose == "keep":
        return Nothing(_("The payment stays as it is."))
    if why == "other":
        return UnmatchPayment(int(payment["id"]))
    return ReversePayment(int(payment["id"]), ReverseReason(why))


def refund(opening: Opening) -> Dialogue[RefundPayment]:
    """Keys: `payment`, `payment.which`, `amount`, `method`, `reference`, `opens`, `ok`."""
    del opening
    payment = yield from _which(_("Of which payment did you give money back?"))
    currency = str(payment["currency"])
    came = Money(int(payment.get("amount_minor", 0)), currency)
    most = came - Money(int(payment.get("given_minor", 0)), currency)
    words = _("How much did you give back to {client}?", client=payment.get("client", ""))
    given = Amount("amount", words, currency=currency, most=most or came, whole=most or None)
    amount = yield from ask(given)
    how = Pick("method", _("How did you give it back?"), options=tuple(METHODS.values()))
    method = Method((yield from ask(how)))
    about = Words("reference", _("What is the reference or receipt number?"), most=60, assumed=None)
    reference = yield from ask(maybe(about))
    left = Money(int(payment.get("left_minor", 0)), currency)
    reopened = None
    if left < amount:
        reopened = yield from _which_opens(payment)
    back = RefundPayment(
        int(payment["id"]), amount, method, reference, int(reopened["id"]) if reopened else None
    )
    changes = (
        opens("amount", _("Amount"), "amount"),
        opens("method", _("Way of payment"), "method"),
        opens("reference", _("Reference"), "reference"),
    )
    card = _refund_card(payment, back, reopened, amount - left)
    yield from ask(Review("ok", _("Shall I save it?"), card=card, options=_REFUND, also=changes))
    return back


def _which(words: Text) -> Dialogue[Facts]:
    filters, none = {"standing": True, "rows": 10}, _("No money has come yet.")
    said = yield from ask(Among("payment", words, source="payments", filters=filters, none=none))
    return (yield from nearest(said, "payment"))


def _which_opens(payment: Facts) -> Dialogue[Facts | None]:
    """The invoice that is owed again; asked only where the payment paid several."""
    parts = tuple(payment.get("parts", ()))
    if len(parts) < 2:
        return parts[0] if parts else None
    words = _("That money paid several invoices. Which one is open again now?")
    return (yield from ask(WhichOf("opens", words, near=parts)))


def _known(payment: Facts) -> dict[str, Any]:
    amount = Money(int(payment.get("amount_minor", 0)), str(payment["currency"]))
    return {"amount": amount, "client": payment.get("client", "")}


def _about(payment: Facts) -> Text:
    known = _known(payment)
    if "paid_on" not in payment:
        return _("*{amount}* from {client}", **known)
    day = date.fromisoformat(str(payment["paid_on"]))
    return _("*{amount}* from {client}, {day}", day=day, **known)


def _reopened(payment: Facts) -> list[Text]:
    return [
        _("{number}: {amount} is owed again", number=part["number"], amount=balance_of(part))
        for part in payment.get("parts", ())
    ]


def _refund_card(
    payment: Facts, back: RefundPayment, reopened: Facts | None, owed: Money
) -> tuple[Text, ...]:
    lines = [
        _("*{amount}* given back to {client}, {method}",
          amount=back.amount, client=payment.get("client", ""),
          method=METHODS[back.method].label),
    ]  # fmt: skip
    if back.reference:
        lines.append(_("Reference: {reference}", reference=back.reference))
    if reopened:
        lines.append(_("{number}: {amount} is owed again", number=reopened["number"], amount=owed))
    return (stack(*lines),)
