"""Payments in a list, a page at a time: what came, from whom, and which invoices it paid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from invoicing import allocation
from invoicing.commands import PaymentList
from models import db
from models.invoices import Invoice
from models.merchants import Client
from models.money import Money
from models.payments import Allocation, Payment
from payments import booking

SIZE = 8


@dataclass(frozen=True)
class Paid:
    """The part of a payment that stands on one invoice."""

    invoice_id: int
    number: str
    amount: Money


@dataclass(frozen=True)
class Row:
    """One payment; `left` is booked nowhere, `who` the client or the payer's own name."""

    id: int
    amount: Money
    left: Money
    given_back: Money
    who: str
    paid_at: datetime
    gateway: bool
    unowned: bool
    reversed: bool
    parts: tuple[Paid, ...]


@dataclass(frozen=True)
class Page:
    """Some rows, and after which payment the next page begins (None: this is the last)."""

    rows: tuple[Row, ...]
    after: int | None


_CLIENT = sa.and_(Client.merchant_id == Payment.merchant_id, Client.id == Payment.client_id)
_KEEPER = sa.orm.aliased(Client)  # whom a merged client was merged into
_NAME = sa.func.coalesce(_KEEPER.name, Client.name, Payment.payer_name, "?")


def page(
    session: Session,
    kind: PaymentList = PaymentList.ALL,
    *,
    after: int | None = None,
    words: str = "",
    size: int = SIZE,
    reversible: bool = False,
) -> Page:
    """Newest first; `words` look in names, receipts and references. Claims nobody proved are left out.

    `reversible` leaves out those taken back. Two queries, whatever the size.
    """
    wanted = _wanted(session).order_by(Payment.id.desc()).limit(size + 1)
    if kind is PaymentList.UNOWNED:
        mine = Payment.needs_review.is_distinct_from(booking.DISOWNED)
        wanted = wanted.where(Payment.client_id.is_(None), Payment.reversed_at.is_(None), mine)
    if reversible:
        wanted = wanted.where(Payment.reversed_at.is_(None))
    if after is not None:
        wanted = wanted.where(Payment.id < after)
    if words.strip():
        wanted = wanted.where(_says(words))
    found = session.execute(wanted).all()
    rows = _rows(session, found[:size])
    return Page(rows, rows[-1].id if len(found) > size else None)


def one(session: Session, payment_id: int) -> Row | None:
    """One payment as a row, or None."""
    found = session.execute(_wanted(session).where(Payment.id == payment_id)).all()
    rows = _rows(session, found)
    return rows[0] if rows else None


def _wanted(session: Session) -> sa.Select[Any]:
    kept = sa.and_(_KEEPER.merchant_id == Client.merchant_id, _KEEPER.id == Client.merged_into_id)
    return (
        sa.select(
            Payment.id,
            Payment.amount_minor,
            Payment.currency,
            Payment.paid_at,
            Payment.provider,
            Payment.client_id,
            Payment.reversed_at,
            allocation.LEFT.label("left_minor"),
            allocation.GIVEN_BACK.label("given_minor"),
            _NAME.label("who"),
        )
        .outerjoin(Client, _CLIENT)
        .outerjoin(_KEEPER, kept)
        .where(Payment.merchant_id == db.merchant_id(session), Payment.provider != booking.UNPROVEN)
    )


def _says(words: str) -> sa.ColumnElement[bool]:
    wanted = words.strip().lower()
    columns = (_NAME, Payment.receipt, Payment.account)
    return sa.or_(*(sa.func.lower(column).contains(wanted, autoescape=True) for column in columns))


def _rows(session: Session, found: Sequence[Any]) -> tuple[Row, ...]:
    parts = _parts(session, [row.id for row in found])
    return tuple(
        Row(
            id=row.id,
            amount=Money(row.amount_minor, row.currency),
            left=Money(0 if row.reversed_at else row.left_minor, row.currency),
            given_back=Money(int(row.given_minor), row.currency),
            who=row.who,
            paid_at=row.paid_at,
            gateway=row.provider != booking.BY_HAND,
            unowned=row.client_id is None and row.reversed_at is None,
            reversed=row.reversed_at is not None,
            parts=parts.get(row.id, ()),
        )
        for row in found
    )


def _parts(session: Session, payment_ids: Sequence[int]) -> dict[int, tuple[Paid, ...]]:
    rows = session.execute(
        sa.select(
            Allocation.payment_id,
            Allocation.invoice_id,
            Invoice.number_text,
            Invoice.currency,
            sa.func.sum(Allocation.amount_minor).label("booked"),
        )
        .join(
            Invoice,
            sa.and_(
                Invoice.merchant_id == Allocation.merchant_id,
                Invoice.id == Allocation.invoice_id,
            ),
        )
        .where(
            Allocation.merchant_id == db.merchant_id(session),
            Allocation.payment_id.in_(payment_ids),
            Allocation.released_at.is_(None),
        )
        .group_by(
            Allocation.payment_id, Allocation.invoice_id, Invoice.number_text, Invoice.currency
        )
        .order_by(Allocation.invoice_id)
    ).all()
    found: dict[int, tuple[Paid, ...]] = {}
    for row in rows:
        part = Paid(row.invoice_id, row.number_text or "…", Money(int(row.booked), row.currency))
        found[row.payment_id] = (*found.get(row.payment_id, ()), part)
    return found
