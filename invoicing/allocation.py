"""How money is booked on invoices: what is owed, how much of a payment fits, what is left over.

Whoever books holds the invoice's row: `lock` takes it, and only then reads the sums, because a
statement that waits for a lock still sees other tables as they were before it waited.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from invoicing import clients, reminding
from models import db, hot_rows
from models.invoices import Invoice, Status
from models.payments import Adjustment, Allocation, Payment, Refund


@dataclass(frozen=True)
class Standing:
    """A locked invoice and what it still asks for, in minor units of `currency`."""

    invoice_id: int
    client_id: int
    status: str
    currency: str
    account_code: str | None
    total_minor: int
    paid_minor: int
    adjusted_minor: int

    @property
    def balance_minor(self) -> int:
        """Total - paid - credited - rounded (I-2)."""
        return self.total_minor - self.paid_minor - self.adjusted_minor

    @property
    def takes_money(self) -> bool:
        """Whether anything may be booked on it at all."""
        return self.status == Status.ISSUED


@dataclass(frozen=True)
class Booked:
    """What became of an amount: `booked` on the invoice, `left` over, `rounded` off the rest."""

    booked_minor: int
    left_minor: int
    rounded_minor: int
    balance_minor: int


def share(arrived_minor: int, balance_minor: int, unit_minor: int = 1) -> Booked:
    """How an amount meets a balance, both not negative.

    What the payer cannot send because money moves in steps of `unit_minor` is rounded off: a rest
    below one step is nobody's debt any more.
    """
    booked = min(arrived_minor, balance_minor)
    rest = balance_minor - booked
    rounded = rest if booked and 0 < rest < unit_minor else 0
    return Booked(booked, arrived_minor - booked, rounded, rest - rounded)


def spread(arrived_minor: int, balances_minor: Sequence[int]) -> list[int]:
    """Shares of one amount over several balances, first come first served (A-11)."""
    shares = []
    for balance in balances_minor:
        part = min(arrived_minor, max(balance, 0))
        shares.append(part)
        arrived_minor -= part
    return shares


def lock(session: Session, invoice_ids: Collection[int]) -> dict[int, Standing]:
    """Lock invoices in the order of their ids and say what each asks for; unknown ids are absent.

    The lock leaves foreign keys alone, so that nobody waits who only refers to the invoice.
    """
    chosen = (Invoice.merchant_id == db.merchant_id(session), Invoice.id.in_(sorted(invoice_ids)))
    rows = session.execute(
        sa.select(
            Invoice.id,
            Invoice.client_id,
            Invoice.status,
            Invoice.currency,
            Invoice.account_code,
            Invoice.total_minor,
        )
        .where(*chosen)
        .order_by(Invoice.id)
        .with_for_update(key_share=True)
    ).all()
    sums = session.execute(
        sa.select(Invoice.id, Invoice.paid_minor, Invoice.adjusted_minor).where(*chosen)
    ).all()
    found = {row.id: (int(row.paid_minor), int(row.adjusted_minor)) for row in sums}
    return {row.id: Standing(*row, *found[row.id]) for row in rows}


def book(
    session: Session,
    payment_id: int,
    standing: Standing,
    arrived_minor: int,
    *,
    unit_minor: int = 1,
) -> Booked:
    """Book on a locked invoice what fits; remember the moment at which nothing is owed any more.

    An invoice that takes no money leaves everything over.
    """
    room = standing.balance_minor if standing.takes_money else 0
    done = share(arrived_minor, room, unit_minor)
    if not done.booked_minor:
        return replace(done, balance_minor=standing.balance_minor)
    now = db.now(session)
    row = {"merchant_id": db.merchant_id(session), "invoice_id": standing.invoice_id}
    session.execute(
        sa.insert(Allocation).values(
            payment_id=payment_id, amount_minor=done.booked_minor, made_at=now, **row
        )
    )
    if done.rounded_minor:
        session.execute(
            sa.insert(Adjustment).values(
                kind="rounding", amount_minor=done.rounded_minor, made_at=now, **row
            )
        )
    if not done.balance_minor:
        _settled(session, [standing.invoice_id], now)
    return done


def release(session: Session, payment_id: int) -> list[int]:
    """Take a payment off every invoice it was booked on; their ids. Nothing is deleted.

    The invoices must be locked by the caller, in the order of their ids.
    """
    return sorted(_release(session, payment_id))


def release_from(session: Session, payment_id: int, invoice_id: int) -> int:
    """Take a payment off one invoice, locked by the caller; how much of it was booked there."""
    return sum(_release(session, payment_id, Allocation.invoice_id == invoice_id).values())


def _release(session: Session, payment_id: int, *which: sa.ColumnElement[bool]) -> dict[int, int]:
    rows = session.execute(
        sa.update(Allocation)
        .where(
            Allocation.merchant_id == db.merchant_id(session),
            Allocation.payment_id == payment_id,
            Allocation.released_at.is_(None),
            *which,
        )
        .values(released_at=db.now(session))
        .returning(Allocation.invoice_id, Allocation.amount_minor),
        execution_options={"synchronize_session": False},
    ).all()
    released: dict[int, int] = {}
    for row in rows:
        released[row.invoice_id] = released.get(row.invoice_id, 0) + row.amount_minor
    if released:
        _settled(session, sorted(released), None)
        _unround(session, sorted(released))
        reminding.wake(session, sorted(released))
    return released


def _unround(session: Session, invoice_ids: Sequence[int]) -> None:
    """What was rounded off is owed again: rounding holds only while nothing else is owed."""
    merchant_id = db.merchant_id(session)
    taken_back = (
        sa.select(
            Adjustment.merchant_id,
            Adjustment.invoice_id,
            sa.literal("rounding"),
            sa.cast(-sa.func.sum(Adjustment.amount_minor), sa.BigInteger),
            sa.literal(db.now(session), sa.DateTime(timezone=True)),
        )
        .where(
            Adjustment.merchant_id == merchant_id,
            Adjustment.invoice_id.in_(invoice_ids),
            Adjustment.kind == "rounding",
        )
        .group_by(Adjustment.merchant_id, Adjustment.invoice_id)
        .having(sa.func.sum(Adjustment.amount_minor) > 0)
    )
    columns = ["merchant_id", "invoice_id", "kind", "amount_minor", "made_at"]
    session.execute(sa.insert(Adjustment).from_select(columns, taken_back))


def _settled(session: Session, invoice_ids: Sequence[int], moment: datetime | None) -> None:
    session.execute(
        sa.update(Invoice)
        .where(Invoice.merchant_id == db.merchant_id(session), Invoice.id.in_(invoice_ids))
        .values(settled_at=moment),
        execution_options={"synchronize_session": False},
    )


def invoices_of(session: Session, payment_id: int) -> list[int]:
    """The invoices a payment is booked on now, by id."""
    return sorted(parts(session, payment_id))


def parts(session: Session, payment_id: int) -> dict[int, int]:
    """What of a payment is booked on which invoice now, in minor units."""
    rows = session.execute(
        sa.select(Allocation.invoice_id, sa.func.sum(Allocation.amount_minor))
        .where(
            Allocation.merchant_id == db.merchant_id(session),
            Allocation.payment_id == payment_id,
            Allocation.released_at.is_(None),
        )
        .group_by(Allocation.invoice_id)
        .order_by(Allocation.invoice_id)
    ).all()
    return {invoice_id: int(booked) for invoice_id, booked in rows}


def lock_payment(session: Session, payment_id: int) -> None:
    """Hold a payment, so that what is left of it is booked once; after its invoices, never before."""
    session.execute(
        sa.select(Payment.id)
        .where(Payment.merchant_id == db.merchant_id(session), Payment.id == payment_id)
        .with_for_update(key_share=True)
    )


def lock_with_invoices(session: Session, payment_id: int) -> dict[int, Standing]:
    """Hold a payment and every invoice it is booked on, invoices first; what each asks for.

    Should it be booked elsewhere while we wait, the locks are let go and taken anew.
    """
    while True:
        hold = session.begin_nested()
        found = lock(session, invoices_of(session, payment_id))
        lock_payment(session, payment_id)
        if set(invoices_of(session, payment_id)) <= set(found):
            hold.commit()
            return found
        hold.rollback()


NOTHING: sa.ColumnElement[int] = sa.literal_column("0")
# What of a payment is booked somewhere, and what of it was given back.
BOOKED = (
    sa.select(sa.func.coalesce(sa.func.sum(Allocation.amount_minor), NOTHING))
    .where(
        Allocation.merchant_id == Payment.merchant_id,
        Allocation.payment_id == Payment.id,
        Allocation.released_at.is_(None),
    )
    .correlate(Payment)
    .scalar_subquery()
)
GIVEN_BACK = (
    sa.select(sa.func.coalesce(sa.func.sum(Refund.amount_minor), NOTHING))
    .where(Refund.merchant_id == Payment.merchant_id, Refund.payment_id == Payment.id)
    .correlate(Payment)
    .scalar_subquery()
)
LEFT = sa.cast(Payment.amount_minor - BOOKED - GIVEN_BACK, sa.BigInteger)
CREDIT = hot_rows.compiled(
    sa.select(Payment.currency, sa.func.sum(LEFT).label("credit"))
    .where(
        Payment.merchant_id == sa.bindparam("merchant_id"),
        Payment.client_id.in_(clients.FAMILY),
        Payment.reversed_at.is_(None),
    )
    .group_by(Payment.currency)
)


def unallocated(session: Session, payment_id: int) -> int:
    """What of a payment is neither booked nor given back, in minor units; 0 once it is reversed."""
    left = session.scalar(
        sa.select(LEFT).where(
            Payment.merchant_id == db.merchant_id(session),
            Payment.id == payment_id,
            Payment.reversed_at.is_(None),
        )
    )
    return int(left or 0)


def given_back(session: Session, payment_id: int) -> int:
    """What of a payment was given back, in minor units."""
    merchant_id = db.merchant_id(session)
    given = sa.select(sa.func.coalesce(sa.func.sum(Refund.amount_minor), 0)).where(
        Refund.merchant_id == merchant_id, Refund.payment_id == payment_id
    )
    return int(session.scalar(given) or 0)


def credit(session: Session, client_id: int) -> dict[str, int]:
    """A client's credit by currency: what arrived and stands, less what is booked or given back.

    In minor units, without currencies in which there is none (I-3).
    """
    session.flush()
    whose = {"merchant_id": db.merchant_id(session), "client_id": client_id}
    rows = db.look(session, CREDIT, whose).fetchall()
    return {row.currency: int(row.credit) for row in rows if row.credit}
