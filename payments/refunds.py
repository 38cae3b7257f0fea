"""Money given back: what is booked nowhere first, then off the invoice that a person names."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from invoicing import allocation
from invoicing.commands import RefundPayment
from models import db
from models.errors import Refusal
from models.merchants import Member
from models.money import Money
from models.payments import Payment, Refund
from models.text import _
from payments import receipts, telling


@dataclass(frozen=True)
class GivenBack:
    """`refund_id` and what of it is owed again on `invoice_id` (None, zero: it was left over)."""

    refund_id: int
    invoice_id: int | None
    reopened: Money


def refund(session: Session, command: RefundPayment, member: Member) -> GivenBack:
    """Write down that money was given back; never more than the payment has left (I-1).

    Raises Refusal: `amount`, `currency`, `reversed`; `which` when an invoice must be named that
    opens again, or the named one has not enough of this payment.
    """
    session.flush()
    allocation.lock_with_invoices(session, command.payment_id)
    payment = session.get_one(
        Payment, (db.merchant_id(session), command.payment_id), populate_existing=True
    )
    _check(session, payment, command.amount)
    wanted = command.amount.amount_minor - allocation.unallocated(session, payment.id)
    invoice_id = _named(session, payment, command, wanted) if wanted > 0 else None
    if invoice_id is not None:
        _take_off(session, payment.id, invoice_id, wanted)
    refund_id = _keep(session, command, member)
    telling.audit(
        session,
        "payment.refunded",
        invoice_id,
        person_id=member.person_id,
        payment_id=payment.id,
        refund_id=refund_id,
        amount_minor=command.amount.amount_minor,
    )
    receipts.given_back(session, payment.id, refund_id, command.amount.amount_minor, invoice_id)
    session.expire_all()
    return GivenBack(refund_id, invoice_id, Money(max(wanted, 0), payment.currency))


def _check(session: Session, payment: Payment, amount: Money) -> None:
    if payment.reversed_at is not None:
        raise Refusal(_("That payment was taken back."), "reversed")
    if amount.currency != payment.currency:
        raise Refusal(_("That money is in another currency than the payment."), "currency")
    most = payment.amount_minor - allocation.given_back(session, payment.id)
    if not 0 < amount.amount_minor <= most:
        words = _(
            "At most {most} of this payment can be given back.", most=Money(most, payment.currency)
        )
        raise Refusal(words, "amount")


def _named(session: Session, payment: Payment, command: RefundPayment, wanted: int) -> int:
    """The invoice that opens again: the named one, or the only one there is."""
    parts = allocation.parts(session, payment.id)
    invoice_id = command.invoice_id
    if invoice_id is None and len(parts) == 1:
        invoice_id = next(iter(parts))
    if invoice_id is None or parts.get(invoice_id, 0) < wanted:
        raise Refusal(
            _("Which invoice is open again then? Please choose one that this payment paid."),
            "which",
        )
    return invoice_id


def _take_off(session: Session, payment_id: int, invoice_id: int, wanted: int) -> None:
    """Less of the payment counts for the invoice; an allocation is released and made anew."""
    was = allocation.release_from(session, payment_id, invoice_id)
    if was > wanted:
        standing = allocation.lock(session, [invoice_id])[invoice_id]
        allocation.book(session, payment_id, standing, was - wanted)


def _keep(session: Session, command: RefundPayment, member: Member) -> int:
    now = db.now(session)
    made = session.scalar(
        sa.insert(Refund)
        .values(
            merchant_id=db.merchant_id(session),
            payment_id=command.payment_id,
            amount_minor=command.amount.amount_minor,
            method=command.method.value,
            reference=(command.reference or "").strip() or None,
            given_at=now,
            recorded_by=member.id,
            made_at=now,
        )
        .returning(Refund.id)
    )
    return int(made or 0)
