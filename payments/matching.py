"""Money without an owner finds one: by a person's tap, remembered, and undone again (F-5)."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from invoicing import allocation, clients
from models import db
from models.errors import Refusal
from models.invoices import Invoice, Status
from models.merchants import Member
from models.payments import Payment
from models.text import _
from payments import booking, outcomes, payers, receipts, telling


def match(
    session: Session, payment: Payment, invoice: Invoice, member: Member | None = None
) -> None:
    """Book what is left of a payment on an invoice: a person says whose money it is.

    Raises Refusal: `void`, `draft`, `already_paid`, `currency`, `nothing_left`, `reversed`.
    """
    session.flush()
    standing = allocation.lock(session, [invoice.id])[invoice.id]
    left = _hold(session, payment)
    _check_takes(standing, payment)
    if not left:
        raise Refusal(_("All of that money is booked already."), "nothing_left")
    client_id = clients.get(session, standing.client_id).id
    booking.change_payment(session, payment.id, client_id=client_id, needs_review=None)
    done = outcomes.book(session, payment.id, standing, left, payment.provider)
    payers.learn(session, payment, client_id)
    _written(session, "payment.matched", payment, member, invoice.id, done.booked_minor)
    receipts.arrived(session, payment.id, {invoice.id: done}, again=True)
    session.expire_all()


def _check_takes(standing: allocation.Standing, payment: Payment) -> None:
    if standing.status == Status.VOID:
        raise Refusal(_("That invoice was cancelled, so nothing can be booked on it."), "void")
    if standing.status == Status.DRAFT:
        raise Refusal(_("That invoice is still a draft. Send it first."), "draft")
    if payment.currency != standing.currency:
        raise Refusal(_("That money is in another currency than the invoice."), "currency")
    if not standing.balance_minor:
        raise Refusal(_("That invoice is paid already."), "already_paid")


def to_credit(
    session: Session, payment: Payment, client_id: int, member: Member | None = None
) -> None:
    """Money without an owner is a client's, for whatever she is billed for next.

    Raises Refusal: `client`, `nothing_left`, `reversed`.
    """
    session.flush()
    client = clients.get(session, client_id)
    left = _hold(session, payment)
    if not left or payment.client_id is not None:
        raise Refusal(_("That money has an owner already."), "nothing_left")
    booking.change_payment(session, payment.id, client_id=client.id, needs_review=None)
    payers.learn(session, payment, client.id)
    _written(session, "payment.credited", payment, member, None, left)
    receipts.arrived(session, payment.id, {}, again=True)
    session.expire_all()


def disown(session: Session, payment: Payment, member: Member | None = None) -> None:
    """It pays for nothing that was billed: nobody is asked about it any more, and it stays there.

    Raises Refusal: `nothing_left` once it has an owner, `reversed`.
    """
    _hold(session, payment)
    if payment.client_id is not None:
        raise Refusal(_("That money has an owner already."), "nothing_left")
    booking.change_payment(session, payment.id, needs_review=booking.DISOWNED)
    _written(session, "payment.disowned", payment, member, None, None)
    session.expire_all()


def unmatch(session: Session, payment: Payment, member: Member | None = None) -> list[int]:
    """The money was for something else: off its invoices, without an owner; those invoices' ids.

    Raises Refusal: `by_hand` for money that a person wrote down, `refunded`, `reversed`.
    """
    session.flush()
    standings = allocation.lock_with_invoices(session, payment.id)
    _still(session, payment)
    if payment.provider == booking.BY_HAND:
        raise Refusal(
            _("You wrote this payment down yourself. Reverse it and record it anew."), "by_hand"
        )
    if allocation.given_back(session, payment.id):
        raise Refusal(
            _("Some of this money was given back, so the payment stays as it is."), "refunded"
        )
    if payment.client_id is None:
        return []
    allocation.release(session, payment.id)
    booking.change_payment(session, payment.id, client_id=None, needs_review=None)
    payers.forget(session, payment)
    _written(session, "payment.unmatched", payment, member, min(standings, default=None), None)
    receipts.taken_back(session, payment.id, sorted(standings))
    session.expire_all()
    return sorted(standings)


def unowned(session: Session, *, most: int, after: int | None = None) -> list[Payment]:
    """Money that nobody knows the owner of, newest first; without what is nobody's business."""
    wanted = sa.select(Payment).where(*_ownerless(session))
    if after is not None:
        wanted = wanted.where(Payment.id < after)
    return list(session.scalars(wanted.order_by(Payment.id.desc()).limit(most)))


def count_unowned(session: Session) -> int:
    """How many of them there are."""
    counted = sa.select(sa.func.count(Payment.id)).where(*_ownerless(session))
    return session.scalar(counted) or 0


def _ownerless(session: Session) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        Payment.merchant_id == db.merchant_id(session),
        Payment.client_id.is_(None),
        Payment.reversed_at.is_(None),
        Payment.needs_review.is_distinct_from(booking.DISOWNED),
        Payment.provider != booking.UNPROVEN,
    )


def _hold(session: Session, payment: Payment) -> int:
    """Hold the payment and read it anew; what of it is booked nowhere."""
    allocation.lock_payment(session, payment.id)
    _still(session, payment)
    return allocation.unallocated(session, payment.id)


def _still(session: Session, payment: Payment) -> None:
    session.refresh(payment)
    if payment.reversed_at is not None:
        raise Refusal(_("That payment was taken back."), "reversed")


def _written(
    session: Session,
    action: str,
    payment: Payment,
    member: Member | None,
    invoice_id: int | None,
    amount_minor: int | None,
) -> None:
    by = member.person_id if member else None
    told = {"payment_id": payment.id, "amount_minor": amount_minor}
    telling.audit(session, action, invoice_id, person_id=by, **told)
