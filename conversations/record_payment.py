"""Writes down money that came by hand: from whom, how much, how, when, and which invoices it pays."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from conversations.days import PaidOn
from conversations.engine import Dialogue, ask
from conversations.figures import Amount
from conversations.invoice_card import stack
from conversations.lookups import Lookup, balance_of, nearest
from conversations.opening import Opening
from conversations.prompts import Choice
from conversations.questions import Asked, Pick, Words, maybe
from conversations.review import Given, Review, opens
from invoicing.commands import Method, Part, RecordPayment
from models.money import Money
from models.text import Text, _, raw

METHODS = {
    Method.CASH: Choice("cash", _("Cash"), synonyms=(raw("taslimu"), raw("pesa taslimu"))),
    Method.MPESA: Choice("mpesa", _("M-Pesa"), synonyms=(raw("mpesa"), raw("m pesa"))),
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
_SPLIT = opens("split", _("Which invoices"), "split")
_WAYS = (
    Choice("oldest", _("Oldest first")),
    Choice("chosen", _("I choose")),
    Choice("credit", _("Keep it as credit")),
)
_NOTHING = Choice("nothing", _("Nothing"), synonyms=(raw("0"), raw("none"), raw("hakuna")))
MOST_BILLS = 20  # of one client in one payment; whatever is beyond stays credit


@dataclass(frozen=True)
class Whose(Asked[Mapping[str, Any] | None]):
    """The invoice that whoever begins the dialogue meant; nobody is ever asked."""

    words: Text = field(default_factory=lambda: _("This cannot be changed here."))
    assumed: Any = field(default=None, kw_only=True)

    def load(self, stored: Any) -> Mapping[str, Any] | None:
        """As it was given."""
        return stored if isinstance(stored, Mapping) else None

    def guesses(self) -> tuple[Mapping[str, Any] | None, ...]:
        """Given or not."""
        return (None, {"id": 0, "number": "?", "currency": "KES", "balance_minor": 100})


@dataclass(frozen=True)
class Paying:
    """Whoever paid: `bills` are her open invoices, oldest first; `single` if one was named."""

    client_id: int | None
    name: str
    currency: str
    bills: tuple[Mapping[str, Any], ...]
    single: bool = False

    @property
    def owed(self) -> Money:
        """What all of them ask for."""
        return sum(map(balance_of, self.bills), Money.zero(self.currency))


def record_payment(opening: Opening) -> Dialogue[RecordPayment]:
    """Keys: `invoice` or `payer`, `amount`, `method`, `paid_on`, `reference`, `note`, `split`.

    `invoice` is never asked; with it the payment is for that one. After “I choose” there is
    `part.<invoice id>` for each invoice until the money is used up. `again` is given by whoever was
    told that the same is written down already.
    """
    payer = yield from _payer(opening)
    asked = _("How much did *{client}* pay?", client=payer.name)
    amount = yield from ask(
        Amount("amount", asked, currency=payer.currency, whole=payer.owed or None)
    )
    how = Pick("method", _("How did the money come?"), options=tuple(METHODS.values()))
    method = Method((yield from ask(how)))
    when = PaidOn("paid_on", _("Which day did it come?"), today=opening.today,
                  assumed=opening.today.isoformat())  # fmt: skip
    paid_on = yield from ask(when)
    about = Words("reference", _("What is the reference or receipt number?"), most=60, assumed=None)
    reference = yield from ask(maybe(about))
    note = yield from ask(maybe(Words("note", _("What should I note?"), most=300, assumed=None)))
    parts = yield from _parts(payer, amount)
    again = bool((yield from ask(Given("again"))))
    payment = RecordPayment(payer.client_id, amount, method, paid_on, reference, note, parts, again)
    changes = (_SPLIT, *_CHANGES) if payer.bills and not payer.single else _CHANGES
    words = _("Shall I save it as another payment?") if again else _("Shall I save it?")
    yield from ask(
        Review("ok", words, card=_card(payer, payment), options=(_SAVE,),
               also=changes)
    )  # fmt: skip
    return payment


def _payer(opening: Opening) -> Dialogue[Paying]:
    said = yield from ask(Whose("invoice"))
    if said is not None:
        return _paying((yield from nearest(said, "invoice")), opening)
    said = yield from ask(Lookup("payer", _("Who paid?"), source="payers"))
    return _paying((yield from nearest(said, "payer")), opening)


def _paying(said: Mapping[str, Any], opening: Opening) -> Paying:
    currency = str(said.get("currency") or opening.currency)
    client_id = said.get("client_id")
    if "number" in said:  # one invoice, whoever's it is
        return Paying(client_id, str(said.get("client", "")), currency, (said,), single=True)
    bills = tuple(said.get("bills", ()))[:MOST_BILLS]
    return Paying(client_id or said.get("id"), str(said["name"]), currency, bills)


def _parts(payer: Paying, amount: Money) -> Dialogue[tuple[Part, ...]]:
    """What of it is for which invoice; what is left over is the client's credit."""
    if payer.single:
        (bill,) = payer.bills
        owed = balance_of(bill)
        fits = min(owed, amount) if owed else amount
        return (Part(int(bill["id"]), fits),)
    if not payer.bills:
        return ()
    words = _("Which invoices is it for?")
    way = yield from ask(Pick("split", words, options=_WAYS, assumed="oldest"))
    if way == "credit":
        return ()
    return (yield from _shared(payer, amount, chosen=way == "chosen"))


def _shared(payer: Paying, amount: Money, *, chosen: bool) -> Dialogue[tuple[Part, ...]]:
    parts, left = [], amount
    for bill in payer.bills:
        fits = min(left, balance_of(bill))
        if not fits:
            continue
        part = (yield from _one_part(bill, left, fits)) if chosen else fits
        if part:
            parts.append(Part(int(bill["id"]), part))
            left -= part
    return tuple(parts)


def _one_part(bill: Mapping[str, Any], left: Money, fits: Money) -> Dialogue[Money | None]:
    words = _(
        "How much of it is for *{number}*? It asks for {owed}, and {left} is not shared out yet.",
        number=bill["number"], owed=balance_of(bill), left=left,
    )  # fmt: skip
    part = Amount(f"part.{bill['id']}", words, currency=fits.currency, most=fits, whole=fits)
    return (yield from ask(maybe(part, skip=_NOTHING)))


def _card(payer: Paying, payment: RecordPayment) -> tuple[Text, ...]:
    came = _(
        "{amount}, {method}, {day}",
        amount=payment.amount, method=METHODS[payment.method].label, day=payment.paid_on,
    )  # fmt: skip
    lines = [_("*Payment from {client}*", client=payer.name), came]
    if payment.reference:
        lines.append(_("Reference: {reference}", reference=payment.reference))
    if payment.note:
        lines.append(_("Note: {note}", note=payment.note))
    return (stack(*lines), stack(*_where(payer, payment)))


def _where(payer: Paying, payment: RecordPayment) -> list[Text]:
    """Which invoices get how much of it, and what is nobody's yet."""
    bills = {int(bill["id"]): bill for bill in payer.bills}
    lines, left = [], payment.amount
    for part in payment.parts:
        bill = bills[part.invoice_id]
        rest = balance_of(bill) - part.amount
        words = (
            _("{number}: {amount}, then {rest} is left to pay",
              number=bill["number"], amount=part.amount, rest=rest)
            if Money.zero(rest.currency) < rest
            else _("{number}: {amount}, then it is paid", number=bill["number"], amount=part.amount)
        )  # fmt: skip
        lines.append(words)
        left -= part.amount
    if left:
        lines.append(_("Kept as credit: {amount}", amount=left))
    return lines
