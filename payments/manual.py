"""Money a merchant tells us of herself, and what she does with money: record, reverse, match."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from invoicing import allocation
from invoicing.allocation import Standing
from invoicing.commands import Method
from models import clock, db
from models.errors import Refusal
from models.invoices import Invoice, Status
from models.merchants import Member, Merchant
from models.money import Money
from models.payments import Payment
from models.text import _
from payments import booking, outcomes, telling
from payments.booking import Case
from payments.evidence import Evidence, Source

_NOON = 12


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
    """Book money that came by hand; what is more than owed stays as the client's credit.

    `paid_on` is the merchant's local day. Raises Refusal: `void`, `draft`, `already_paid`,
    `currency`, `amount`, `date`, `duplicate`.
    """
    standing = _locked(session, invoice.id)
    _check_amount(standing, amount)
    moment = _moment(session, paid_on)
    _check_reference(session, reference)
    evidence = Evidence(
        provider=booking.BY_HAND,
        source=Source.MANUAL,
        amount=amount,
        account=(reference or "").strip() or None,
        paid_at=moment,
    )
    payment_id = booking.keep(
        session,
        evidence,
        method=method.value,
        note=note,
        recorded_by=member.id,
        client_id=standing.client_id,
    )
    if payment_id is None:
        raise RuntimeError("a payment without a receipt meets no other")
    done = allocation.book(session, payment_id, standing, amount.amount_minor)
    notices = outcomes.paid_notices(Case(evidence, None, standing), payment_id, done)
    telling.audit(
        session,
        "payment.recorded",
        invoice.id,
        person_id=member.person_id,
        payment_id=payment_id,
        amount_minor=amount.amount_minor,
    )
    telling.tell(session, _for_client(notices))
    return _reread(session, invoice, payment_id)


def reverse(session: Session, payment: Payment, why: str, member: Member | None = None) -> None:
    """Take a payment back: the invoices it paid are owed again. Twice is once."""
    session.flush()
    allocation.lock(session, allocation.invoices_of(session, payment.id))
    session.refresh(payment, with_for_update={"key_share": True})
    if payment.reversed_at is not None:
        return
    booking.take_back(session, payment.id)
    telling.audit(
        session,
        "payment.reversed",
        person_id=member.person_id if member else None,
        payment_id=payment.id,
        why=why,
    )
    session.expire_all()


def match(
    session: Session, payment: Payment, invoice: Invoice, member: Member | None = None
) -> None:
    """Book what is left of a payment on an invoice: a person says whose money it is (F-5).

    Raises Refusal: `void`, `draft`, `already_paid`, `currency`, `nothing_left`.
    """
    standing = _locked(session, invoice.id)
    if payment.currency != standing.currency:
        raise Refusal(_("That money is in another currency than the invoice."), "currency")
    left = allocation.unallocated(session, payment.id)
    if not left:
        raise Refusal(_("All of that money is booked already."), "nothing_left")
    if not standing.balance_minor:
        raise Refusal(_("That invoice is paid already."), "already_paid")
    booking.change_payment(session, payment.id, client_id=standing.client_id, needs_review=None)
    evidence = Evidence(
        provider=payment.provider,
        source=Source.MANUAL,
        amount=payment.amount,
        receipt=payment.receipt,
    )
    done = outcomes.book(session, payment.id, standing, left, payment.provider)
    notices = outcomes.paid_notices(Case(evidence, None, standing), payment.id, done)
    telling.audit(
        session,
        "payment.matched",
        invoice.id,
        person_id=member.person_id if member else None,
        payment_id=payment.id,
        amount_minor=done.booked_minor,
    )
    telling.tell(session, _for_client(notices))
    session.expire_all()


def _for_client(notices: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Who did it herself is answered where she did it."""
    return [row for row in notices if row["audience"] == telling.CLIENT]


def _locked(session: Session, invoice_id: int) -> Standing:
    session.flush()
    standing = allocation.lock(session, [invoice_id])[invoice_id]
    if standing.status == Status.VOID:
        raise Refusal(_("That invoice was cancelled, so nothing can be booked on it."), "void")
    if standing.status == Status.DRAFT:
        raise Refusal(_("That invoice is still a draft. Send it first."), "draft")
    return standing


def _check_amount(standing: Standing, amount: Money) -> None:
    if amount.currency != standing.currency:
        raise Refusal(_("That money is in another currency than the invoice."), "currency")
    if amount.amount_minor <= 0:
        raise Refusal(_("A payment is more than nothing."), "amount")
    if not standing.balance_minor:
        raise Refusal(_("That invoice is paid already."), "already_paid")


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


def _reread(session: Session, invoice: Invoice, payment_id: int) -> Payment:
    session.expire(invoice)
    return session.get_one(Payment, (invoice.merchant_id, payment_id))
