"""Money a merchant tells us of herself: written down over a client's invoices, taken back again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from invoicing import allocation, clients
from invoicing.allocation import Booked, Standing
from invoicing.commands import Method, Part, RecordPayment, ReverseReason
from models import clock, db
from models.errors import Refusal
from models.invoices import Invoice, Status
from models.merchants import Client, Member, Merchant
from models.money import Money
from models.payments import Payment
from models.text import _
from payments import booking, receipts, telling
from payments.evidence import Evidence, Source

_NOON = 12
TWIN_WITHIN = timedelta(days=1)


@dataclass(frozen=True)
class Recorded:
    """What became of money that was written down: the parts by invoice, and what is left over."""

    payment: Payment
    booked: Mapping[int, Booked]
    left: Money


def record(
    session: Session,
    invoice: Invoice,
    amount: Money,
    method: Method,
    paid_on: date,
    reference: str | None,
    note: str | None,
    member: Member,
) -> Payment:
    """As `record_for`, for one invoice; what is more than owed stays as the client's credit."""
    fits = Money(min(amount.amount_minor, invoice.balance.amount_minor), amount.currency)
    parts = (Part(invoice.id, fits if fits.amount_minor > 0 else amount),)
    command = RecordPayment(
        invoice.client_id, amount, method, paid_on, reference, note, parts, again=True
    )
    return record_for(session, command, member).payment


def record_for(
    session: Session, command: RecordPayment, member: Member, *, ask: int | None = None
) -> Recorded:
    """Book money that came by hand on a client's invoices, as she said; the rest is credit.

    What meanwhile fits an invoice no more is credit too, unless none of it fits. `ask` is the
    contact who is asked whether she paid it. Raises Refusal: `void`, `draft`, `already_paid`,
    `currency`, `amount`, `date`, `duplicate`, `twin`, `client`, `not_found`.
    """
    session.flush()
    standings = allocation.lock(session, [part.invoice_id for part in command.parts])
    client = _held_client(session, command, standings)
    _check(session, command, standings, client)
    evidence = Evidence(
        provider=booking.BY_HAND,
        source=Source.MANUAL,
        amount=command.amount,
        account=(command.reference or "").strip() or None,
        paid_at=_moment(session, command.paid_on),
    )
    if not command.again:
        _check_twin(session, command, client, evidence)
    payment_id = booking.keep(
        session,
        evidence,
        method=command.method.value,
        note=command.note,
        recorded_by=member.id,
        client_id=client.id,
        confirmation="asked" if ask is not None else None,
        confirmation_at=db.now(session) if ask is not None else None,
    )
    if payment_id is None:
        raise RuntimeError("a payment without a receipt meets no other")
    booked = _book(session, payment_id, command.parts, standings)
    _written(session, payment_id, command, booked, member)
    receipts.arrived(session, payment_id, booked, ask=ask)
    session.expire_all()
    left = sum(done.booked_minor for done in booked.values())
    return Recorded(
        session.get_one(Payment, (db.merchant_id(session), payment_id)),
        booked,
        Money(command.amount.amount_minor - left, command.amount.currency),
    )


def _book(
    session: Session, payment_id: int, parts: tuple[Part, ...], standings: Mapping[int, Standing]
) -> dict[int, Booked]:
    booked = {}
    for part in parts:
        done = allocation.book(
            session, payment_id, standings[part.invoice_id], part.amount.amount_minor
        )
        if done.booked_minor:
            booked[part.invoice_id] = done
    return booked


def _written(
    session: Session,
    payment_id: int,
    command: RecordPayment,
    booked: Mapping[int, Booked],
    member: Member,
) -> None:
    telling.audit(
        session,
        "payment.recorded",
        next(iter(booked), None),
        person_id=member.person_id,
        payment_id=payment_id,
        amount_minor=command.amount.amount_minor,
        parts={str(invoice_id): done.booked_minor for invoice_id, done in booked.items()},
    )


def _held_client(
    session: Session, command: RecordPayment, standings: Mapping[int, Standing]
) -> Client:
    """The client, held after the invoices: two people who write down the same meet here."""
    client_id = command.client_id
    if client_id is None:
        first = standings.get(command.parts[0].invoice_id) if command.parts else None
        client_id = first.client_id if first else 0
    client = clients.get(session, client_id)
    session.execute(
        sa.select(Client.id)
        .where(Client.merchant_id == client.merchant_id, Client.id == client.id)
        .with_for_update(key_share=True)
    )
    return client


def _check(
    session: Session, command: RecordPayment, standings: Mapping[int, Standing], client: Client
) -> None:
    amount = command.amount
    if amount.amount_minor <= 0 or any(part.amount.amount_minor <= 0 for part in command.parts):
        raise Refusal(_("A payment is more than nothing."), "amount")
    family = set(session.scalars(clients.family(session, client.id)))
    for part in command.parts:
        standing = standings.get(part.invoice_id)
        if standing is None or standing.client_id not in family:
            raise Refusal(_("I cannot find that invoice."), "not_found")
        _check_invoice(standing, amount)
    if len(standings) < len(command.parts) or _sum(command.parts) > amount.amount_minor:
        raise Refusal(_("The parts come to more than the payment."), "amount")
    if standings and not any(standing.balance_minor for standing in standings.values()):
        raise Refusal(_("That invoice is paid already."), "already_paid")
    _check_reference(session, command.reference)


def _sum(parts: tuple[Part, ...]) -> int:
    return sum(part.amount.amount_minor for part in parts)


def _check_invoice(standing: Standing, amount: Money) -> None:
    if standing.status == Status.VOID:
        raise Refusal(_("That invoice was cancelled, so nothing can be booked on it."), "void")
    if standing.status == Status.DRAFT:
        raise Refusal(_("That invoice is still a draft. Send it first."), "draft")
    if amount.currency != standing.currency:
        raise Refusal(_("That money is in another currency than the invoice."), "currency")


def _moment(session: Session, paid_on: date) -> datetime:
    """A moment on the merchant's local day: now for today, otherwise noon."""
    zone = session.get_one(Merchant, db.merchant_id(session)).zone
    today = db.today(session, zone)
    if paid_on > today:
        raise Refusal(_("That day has not come yet. When did the money arrive?"), "date")
    if today - paid_on > timedelta(days=3660):
        raise Refusal(_("That day is too long ago. When did the money arrive?"), "date")
    return db.now(session) if paid_on == today else clock.start_of_day(paid_on, zone, _NOON)


def _check_reference(session: Session, reference: str | None) -> None:
    """A receipt that a gateway has told us of is not recorded by hand once more."""
    code = (reference or "").strip().upper()
    if not code:
        return
    told = Evidence(provider=booking.BY_HAND, source=Source.MANUAL, receipt=code)
    if any(one.receipt == code for one in booking.known_payments(session, told, None)):
        raise Refusal(
            _(
                "The payment {receipt} is here already. There is no need to record it.",
                receipt=code,
            ),
            "duplicate",
        )


def _check_twin(
    session: Session, command: RecordPayment, client: Client, evidence: Evidence
) -> None:
    """The same sum, way and day, written down a moment ago: perhaps by somebody else."""
    zone = session.get_one(Merchant, client.merchant_id).zone
    rows = session.execute(
        sa.select(Payment.paid_at, Payment.account).where(
            Payment.merchant_id == client.merchant_id,
            Payment.client_id.in_(clients.family(session, client.id)),
            Payment.provider == booking.BY_HAND,
            Payment.method == command.method.value,
            Payment.amount_minor == command.amount.amount_minor,
            Payment.currency == command.amount.currency,
            Payment.reversed_at.is_(None),
            Payment.made_at > db.now(session) - TWIN_WITHIN,
        )
    )
    for row in rows:
        same_day = clock.local_day(row.paid_at, zone) == command.paid_on
        differ = row.account and evidence.account and row.account != evidence.account
        if same_day and not differ:
            raise Refusal(
                _(
                    "*{amount}* from {client} on {day} is written down already. "
                    "Is this another payment?",
                    amount=command.amount,
                    client=client.name,
                    day=command.paid_on,
                ),
                "twin",
            )


def reverse(
    session: Session,
    payment: Payment,
    why: ReverseReason | str = ReverseReason.MISTAKE,
    member: Member | None = None,
) -> bool:
    """Take a payment back: what it paid is owed again. Twice is once; whether it was this time.

    Raises Refusal (`refunded`) while some of it counts as given back.
    """
    session.flush()
    standings = allocation.lock_with_invoices(session, payment.id)
    session.refresh(payment)
    if payment.reversed_at is not None:
        return False
    if allocation.given_back(session, payment.id):
        raise Refusal(
            _("Some of this money was given back, so the payment stays as it is."), "refunded"
        )
    booking.take_back(session, payment.id)
    telling.audit(
        session,
        "payment.reversed",
        min(standings, default=None),
        person_id=member.person_id if member else None,
        payment_id=payment.id,
        why=str(why),
    )
    receipts.taken_back(session, payment.id, sorted(standings))
    session.expire_all()
    return True
