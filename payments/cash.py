"""Cash that both sides agree on: the customer confirms it, or says that it was not her (F-13)."""

from collections.abc import Sequence
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Session

from invoicing import allocation
from invoicing.commands import ReverseReason
from models import db
from models.errors import Refusal
from models.invoices import Invoice
from models.merchants import Member
from models.payments import Payment
from models.text import _
from payments import booking, manual, telling
from payments.telling import MEMBER, notice


class Said(StrEnum):
    """What the customer said of cash that was written down; stored with the payment."""

    ASKED = "asked"  # nothing yet: it counts, and is flagged
    CONFIRMED = "confirmed"
    DENIED = "denied"
    KEPT = "kept"  # she denied it and the merchant lets it stand


def confirm(session: Session, payment: Payment, person_id: int) -> bool:
    """She says that she paid it; whether that was new. Raises Refusal: `reversed`."""
    if not _may_answer(session, payment, {Said.ASKED, Said.DENIED}, Said.CONFIRMED):
        return False
    denied = payment.confirmation == Said.DENIED
    if denied:
        _settle_dispute(session, payment)
        _tell_members(session, payment, "cash_agreed")
    _answered(session, payment, Said.CONFIRMED, person_id)
    return True


def deny(session: Session, payment: Payment, person_id: int) -> bool:
    """She says that it was not her: its invoices are disputed, and the merchant decides.

    Whether that was new. Raises Refusal: `reversed`; `confirmed` once she has confirmed it.
    """
    if not _may_answer(session, payment, {Said.ASKED}, Said.DENIED):
        return False
    _answered(session, payment, Said.DENIED, person_id)
    session.execute(
        sa.update(Invoice)
        .where(
            Invoice.merchant_id == payment.merchant_id,
            Invoice.id.in_(allocation.invoices_of(session, payment.id)),
            Invoice.disputed_at.is_(None),
        )
        .values(disputed_at=payment.confirmation_at),
        execution_options={"synchronize_session": False},
    )
    _tell_members(session, payment, "cash_denied")
    session.expire_all()
    return True


def accept(session: Session, payment: Payment, member: Member) -> bool:
    """The merchant agrees that it was not paid: the payment is taken back. Whether it was now."""
    _hold(session, payment)
    if payment.reversed_at is not None:
        return False
    _settle_dispute(session, payment)
    return manual.reverse(session, payment, ReverseReason.DENIED, member)


def keep(session: Session, payment: Payment, member: Member) -> bool:
    """The merchant lets it stand: it counts, and nobody is asked again. Whether that was new."""
    _hold(session, payment)
    if payment.reversed_at is not None or payment.confirmation != Said.DENIED:
        return False
    _settle_dispute(session, payment)
    _answered(session, payment, Said.KEPT, member.person_id)
    return True


def _may_answer(session: Session, payment: Payment, before: set[Said], now: Said) -> bool:
    """Whether this answer is still awaited; held until the transaction ends."""
    _hold(session, payment)
    if payment.reversed_at is not None:
        raise Refusal(_("That payment was taken back already."), "reversed")
    if payment.confirmation in before:
        return True
    if payment.confirmation == Said.CONFIRMED and now is Said.DENIED:
        raise Refusal(
            _("You confirmed this payment already. Please talk to the shop."), "confirmed"
        )
    return False


def _hold(session: Session, payment: Payment) -> None:
    session.flush()
    allocation.lock_with_invoices(session, payment.id)
    session.refresh(payment)


def _answered(session: Session, payment: Payment, said: Said, person_id: int) -> None:
    moment = db.now(session)
    values = {"confirmation": said.value, "confirmation_at": moment}
    booking.change_payment(session, payment.id, **values)
    told = {"person_id": person_id, "payment_id": payment.id}
    telling.audit(session, f"cash.{said.value}", _first(_invoices(session, payment)), **told)
    session.refresh(payment)


def _settle_dispute(session: Session, payment: Payment) -> None:
    """Those invoices that only this denial disputed are disputed no more."""
    session.execute(
        sa.update(Invoice)
        .where(
            Invoice.merchant_id == payment.merchant_id,
            Invoice.id.in_(_invoices(session, payment)),
            Invoice.disputed_at == payment.confirmation_at,
        )
        .values(disputed_at=None),
        execution_options={"synchronize_session": False},
    )
    session.expire_all()


def _invoices(session: Session, payment: Payment) -> list[int]:
    return allocation.invoices_of(session, payment.id)


def _first(invoice_ids: Sequence[int]) -> int | None:
    return min(invoice_ids, default=None)


def _tell_members(session: Session, payment: Payment, kind: str) -> None:
    told = {"payment_id": payment.id, "invoice_id": _first(_invoices(session, payment))}
    key = f"{payment.id}:{db.now(session).isoformat()}"
    telling.tell(session, [notice(kind, MEMBER, key, **told)])
