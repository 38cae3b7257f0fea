"""A payment as a merchant sees it: how much, how, who, when, what it paid, and what can be done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import cards
from bot.openings import TENANT
from conversations.prompts import BUTTON_CHARS, Choice, Prompt, Start
from conversations.record_payment import METHODS
from invoicing import clients, merchants
from invoicing.commands import Method
from models import clock
from models.errors import Refusal
from models.invoices import Invoice
from models.merchants import Member
from models.money import Money
from models.payments import Payment
from models.people import Person
from models.text import Text, _, raw
from payments import booking, listing, suggestions
from payments.cash import Said
from payments.suggestions import Suggestion, Why

METHOD_WORDS = {method.value: choice.label for method, choice in METHODS.items()}
FLAGS = {
    Said.ASKED: _("⏳ They have not confirmed it yet."),
    Said.CONFIRMED: _("✅ They confirmed it."),
    Said.DENIED: _("⚠️ They say that they did not pay this."),
    Said.KEPT: _("They did not agree; you keep it."),
}
WHY_WORDS = {
    Why.ACCOUNT: _("the account is nearly the same"),
    Why.AMOUNT: _("the same amount"),
    Why.PAYER: _("they paid for this client before"),
    Why.PHONE: _("it is their phone"),
    Why.NAME: _("it is their name"),
}
MOST_SUGGESTED = 3


@dataclass(frozen=True)
class Shown:
    """A payment with what its card tells."""

    payment: Payment
    row: listing.Row
    recorded_by: str | None
    zone: str


def find(session: Session, payment: Payment) -> Shown:
    """Everything the card of a payment needs."""
    row = listing.one(session, payment.id)
    assert row is not None  # noqa: S101 - it was just read
    merchant = merchants.get(session)
    return Shown(payment, row, _recorder(session, payment), merchant.zone)


def _recorder(session: Session, payment: Payment) -> str | None:
    if payment.recorded_by is None:
        return None
    return session.scalar(
        sa.select(Person.name)
        .join(Member, Member.person_id == Person.id)
        .where(Member.merchant_id == payment.merchant_id, Member.id == payment.recorded_by)
    )


def about(payment: Payment) -> dict[str, Any]:
    """A payment as buttons name it, with whose it is: a person may work for two businesses."""
    return {TENANT: payment.merchant_id, "payment": {"id": payment.id}}


def card(shown: Shown) -> Prompt:
    """The card of money that has its owner, or was taken back."""
    words = [cards.stack(*_head(shown)), cards.stack(*_where(shown))]
    flags = _flags(shown)
    if flags:
        words.append(cards.stack(*flags))
    return Prompt(tuple(words), _choices(shown), kind="card")


def _head(shown: Shown) -> list[Text]:
    payment, row = shown.payment, shown.row
    day = clock.local_day(payment.paid_at, shown.zone)
    way = METHOD_WORDS.get(Method(payment.method)) if payment.method in METHOD_WORDS else None
    how = way or raw(payment.method)
    lines = [_("*{amount}* from *{who}*", amount=row.amount, who=row.who),
             _("{method}, {day}", method=how, day=day)]  # fmt: skip
    if payment.receipt:
        lines.append(_("M-Pesa receipt {receipt}", receipt=payment.receipt))
    elif payment.account:
        lines.append(_("Reference: {reference}", reference=payment.account))
    if payment.note and payment.provider == booking.BY_HAND:
        lines.append(_("Note: {note}", note=payment.note))
    if shown.recorded_by:
        lines.append(_("Written down by {name}", name=shown.recorded_by))
    return lines


def _where(shown: Shown) -> list[Text]:
    row = shown.row
    lines = [
        _("On *{number}*: {amount}", number=part.number, amount=part.amount) for part in row.parts
    ]
    if row.given_back:
        lines.append(_("Given back: {amount}", amount=row.given_back))
    if row.left:
        lines.append(_("Kept as credit: {amount}", amount=row.left))
    return lines or [_("It counts for nothing.")]


def _flags(shown: Shown) -> list[Text]:
    payment, lines = shown.payment, []
    if payment.reversed_at is not None:
        day = clock.local_day(payment.reversed_at, shown.zone)
        lines.append(_("↩️ Taken back on {day}", day=day))
    elif payment.confirmation is not None:
        lines.append(FLAGS[Said(payment.confirmation)])
    if payment.needs_review not in (None, booking.DISOWNED):
        lines.append(_("⚠️ Please compare it with your own messages."))
    return lines


def _choices(shown: Shown) -> tuple[Choice, ...]:
    payment, row = shown.payment, shown.row
    if payment.reversed_at is not None:
        return (cards.MENU_BUTTON,)
    named = about(payment)
    found: list[Choice] = []
    if payment.confirmation == Said.DENIED:
        found += denied_choices(payment)
    if row.parts or row.left:
        found.append(Choice("receipt", _("Receipt"), Start("receipt", named)))
    if payment.client_id is not None and row.parts:
        found.append(Choice("resend", _("Send them receipt"), Start("resend_receipt", named)))
    if row.left and payment.client_id is not None:
        payer = {TENANT: payment.merchant_id, "payer": {"id": payment.client_id}}
        found.append(Choice("credit", _("Use the credit"), Start("use_credit", payer)))
    found.append(Choice("wrong", _("Something wrong"), Start("reverse_payment", named)))
    if row.parts or row.left:
        found.append(Choice("refund", _("Money given back"), Start("refund", named)))
    return (*found, PAYMENTS_BUTTON)


def denied_choices(payment: Payment) -> tuple[Choice, ...]:
    """What a merchant may do when her customer denies a payment."""
    return (
        Choice("accept", _("Take it back"), Start("accept_denial", about(payment))),
        Choice("keep", _("Keep it"), Start("keep_payment", about(payment))),
    )


PAYMENTS_BUTTON = Choice("payments", _("Payments"), Start("payments"))


def overview(unowned: int) -> Prompt:
    """All that can be done about money; first of all, what waits for its owner."""
    words = [_("*Money.* What would you like to do?")]
    if unowned:
        words.append(_("Payments I know no invoice for: *{n}*", n=unowned))
    choices = (
        Choice("record", _("Record a payment"), Start("record_payment")),
        Choice("all", _("Payments"), Start("payments")),
        Choice("unowned", _("Whose is it?"), Start("payments", {"kind": "unowned"})),
        Choice("credit", _("Use the credit"), Start("use_credit")),
        Choice("refund", _("Money given back"), Start("refund")),
        Choice("wrong", _("Something wrong"), Start("reverse_payment")),
        cards.MENU_BUTTON,
    )
    return Prompt(tuple(words), choices, kind="card")


# --- Money without an owner ---


def orphan(session: Session, payment: Payment) -> Prompt:
    """Money that came for nobody knows what: whose it may be, one tap each (F-5)."""
    found = suggestions.rank(session, payment, MOST_SUGGESTED)
    words = [cards.stack(*_arrived(session, payment))]
    if found:
        words.append(_("Whose is it? The likeliest first:"))
        words.append(cards.stack(*map(_reasons, found)))
    else:
        words.append(_("Whose is it? It is kept safe until you say."))
    return Prompt(tuple(words), _owners(payment, found), kind="card")


def _arrived(session: Session, payment: Payment) -> list[Text]:
    day = clock.local_day(payment.paid_at, merchants.get(session).zone)
    payer = payment.payer_name or _("someone")
    lines = [
        _("💰 *{amount}* arrived from {payer}, but I do not know for which invoice.",
          amount=payment.amount, payer=payer),
        _("It came on {day}.", day=day),
    ]  # fmt: skip
    if payment.account:
        lines.append(_("They typed “{account}” as the account.", account=payment.account))
    if payment.receipt:
        lines.append(_("M-Pesa receipt {receipt}", receipt=payment.receipt))
    return lines


def _reasons(found: Suggestion) -> Text:
    why = Text(
        " · ".join("{w%d}" % at for at in range(len(found.why))),  # noqa: UP031 - a template
        {f"w{at}": WHY_WORDS[why] for at, why in enumerate(found.why)},
    )
    return _(
        "*{number}* {client}, {owed}: {why}",
        number=found.number,
        client=found.client,
        owed=found.balance,
        why=why,
    )


def _owners(payment: Payment, found: Sequence[Suggestion]) -> tuple[Choice, ...]:
    named = about(payment)
    likely = tuple(
        Choice(
            f"match.{one.invoice_id}",
            raw(_cut(f"{one.number} {one.client}")),
            Start("match_money", {**named, "invoice_id": one.invoice_id}),
        )
        for one in found
    )
    return (
        *likely,
        Choice("other", _("Another invoice"), Start("match_payment", named)),
        Choice("credit", _("A client's credit"), Start("credit_payment", named)),
        Choice("not_mine", _("Not mine"), Start("not_mine", named)),
    )


def _cut(words: str) -> str:
    return words if len(words) <= BUTTON_CHARS else f"{words[: BUTTON_CHARS - 1]}…"


def show(session: Session, payment: Payment) -> Prompt:
    """Whichever card fits a payment."""
    if payment.client_id is None and payment.reversed_at is None:
        return orphan(session, payment)
    return card(find(session, payment))


def free_question(bill: Invoice, used: Mapping[int, int]) -> Prompt:
    """Credit pays an invoice: shall it be taken off again? Raises Refusal where none does."""
    if not used:
        raise Refusal(_("No credit is used on this invoice."), "not_used")
    amount = Money(sum(used.values()), bill.currency)
    words = _(
        "{amount} of your client's credit pays *{number}*. Shall I take it off again? It stays "
        "their credit, and {left} is to be paid then.",
        amount=amount,
        number=bill.number_text,
        left=bill.balance + amount,
    )
    about = {TENANT: bill.merchant_id, "invoice": {"id": bill.id}}
    yes = Choice("free", _("Take it off"), Start("free_credit", {**about, "sure": True}))
    no = Choice("leave", _("Leave it as it is"), Start("show", about))
    return Prompt((words,), (yes, no), kind="card")


def credit_offer(session: Session, client_id: int, amount: Money, bill: Any) -> Prompt:
    """A client has money left over, and there is a new invoice it could pay."""
    client = clients.get(session, client_id)
    words = _("*{client}* has {amount} credit. Shall I use it on *{number}*?",
              client=client.name, amount=amount, number=bill.number_text)  # fmt: skip
    about = {TENANT: bill.merchant_id, "invoice": {"id": bill.id}}
    use = Choice("use", _("Use the credit"), Start("credit_now", about))
    keep = Choice("later", _("Not now"), Start("menu"))
    return Prompt((words,), (use, keep), kind="card")
