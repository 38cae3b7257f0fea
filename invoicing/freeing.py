"""Money taken off an invoice that asks for less now: it stays the client's and can be used again."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import db
from models.invoices import Invoice
from models.payments import Allocation, Payment


@dataclass(frozen=True)
class Freed:
    """A part of a payment that is booked nowhere any more, in minor units."""

    payment_id: int
    amount_minor: int


def free(session: Session, invoice: Invoice, amount_minor: int) -> list[Freed]:
    """Take so much of what was paid off an invoice that the caller has locked; the newest first.

    Bookings are released whole and what is to stay is booked anew, so that nothing that happened
    is changed. Money of nobody becomes the client's whose invoice it paid. The payments stay
    locked: until the end of the transaction nobody else gives the same money out. Raises
    ValueError when less than this is booked.
    """
    invoice_id = invoice.id
    freed, now = [], db.now(session)
    for row in _bookings(session, invoice):
        if not amount_minor:
            break
        part = min(amount_minor, row.amount_minor)
        _release(session, row.id)
        if part < row.amount_minor:
            session.execute(
                sa.insert(Allocation).values(
                    merchant_id=db.merchant_id(session),
                    payment_id=row.payment_id,
                    invoice_id=invoice_id,
                    amount_minor=row.amount_minor - part,
                    made_at=now,
                )
            )
        freed.append(Freed(row.payment_id, part))
        amount_minor -= part
    if amount_minor:
        raise ValueError("less is booked on the invoice than is to be freed")
    return freed


def _bookings(session: Session, invoice: Invoice) -> Sequence[Any]:
    mine = sa.and_(
        Allocation.merchant_id == invoice.merchant_id,
        Allocation.invoice_id == invoice.id,
        Allocation.released_at.is_(None),
    )
    rows = sa.select(Allocation.id, Allocation.payment_id, Allocation.amount_minor).where(mine)
    paid = sa.select(Allocation.payment_id).where(mine)
    known = (Payment.merchant_id == invoice.merchant_id, Payment.id.in_(paid))
    session.execute(
        sa.select(Payment.id).where(*known).order_by(Payment.id).with_for_update(key_share=True)
    ).all()
    session.execute(
        sa.update(Payment)
        .where(*known, Payment.client_id.is_(None))
        .values(client_id=invoice.client_id),
        execution_options={"synchronize_session": False},
    )
    return session.execute(rows.order_by(Allocation.id.desc())).all()


def _release(session: Session, allocation_id: int) -> None:
    session.execute(
        sa.update(Allocation)
        .where(Allocation.merchant_id == db.merchant_id(session), Allocation.id == allocation_id)
        .values(released_at=db.now(session)),
        execution_options={"synchronize_session": False},
    )
