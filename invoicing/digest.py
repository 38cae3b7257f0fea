"""What a week or a month came to: received, owed, overdue, new clients; and when the next is due."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from invoicing import listing
from models import clock, db
from models.merchants import Client, Merchant
from models.money import Money
from models.payments import Payment
from models.platform import DueWork

AT = time(7, 30)


class Span(StrEnum):
    """How long a time is told of; stored as the kind of notice."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"


KINDS = {span: f"report.{span}" for span in Span}  # of due work
_put = insert(DueWork)
PUT = _put.on_conflict_do_update(
    index_elements=["merchant_id", "kind", "subject_id"],
    set_={"act_after": _put.excluded.act_after, "lease_until": None, "tries": 0},
)


@dataclass(frozen=True)
class Figures:
    """One currency: what came in during the time, and what was owed when it was told."""

    received: Money
    payments: int
    owed: Money
    open: int
    overdue: Money
    late: int


@dataclass(frozen=True)
class Digest:
    """The local days `first` to `last`, both included."""

    first: date
    last: date
    figures: tuple[Figures, ...]
    new_clients: int

    def to_json(self) -> dict[str, Any]:
        """As a notice keeps it: days, counts and sums."""
        rows = [
            [f.received.currency, f.received.amount_minor, f.payments, f.owed.amount_minor,
             f.open, f.overdue.amount_minor, f.late]
            for f in self.figures
        ]  # fmt: skip
        days = {"first": self.first.isoformat(), "last": self.last.isoformat()}
        return {**days, "figures": rows, "new_clients": self.new_clients}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Digest":
        """The inverse of `to_json`."""
        figures = tuple(
            Figures(Money(row[1], row[0]), row[2], Money(row[3], row[0]), row[4],
                    Money(row[5], row[0]), row[6])
            for row in kept["figures"]
        )  # fmt: skip
        first, last = date.fromisoformat(kept["first"]), date.fromisoformat(kept["last"])
        return cls(first, last, figures, int(kept["new_clients"]))


def of(session: Session, merchant: Merchant, first: date, last: date) -> Digest | None:
    """What those days came to; None when there is nothing to tell."""
    start = clock.start_of_day(first, merchant.zone)
    end = clock.start_of_day(last + timedelta(days=1), merchant.zone)
    received = _received(session, start, end)
    owed = listing.summary(session, db.today(session, merchant.zone))
    currencies = sorted(set(received) | {code for code, one in owed.items() if one.open.count})
    figures = tuple(
        _figures(code, received.get(code, (0, 0)), owed.get(code)) for code in currencies
    )
    clients = _new_clients(session, start, end)
    return Digest(first, last, figures, clients) if figures or clients else None


def _figures(code: str, received: tuple[int, int], owed: "listing.Summary | None") -> Figures:
    none = listing.Tally(0, Money.zero(code))
    open_, overdue = (owed.open, owed.overdue) if owed else (none, none)
    return Figures(
        Money(received[0], code),
        received[1],
        open_.amount,
        open_.count,
        overdue.amount,
        overdue.count,
    )


def _received(session: Session, start: datetime, end: datetime) -> dict[str, tuple[int, int]]:
    """Money that arrived and was not taken back, by currency: the sum and how many times."""
    rows = session.execute(
        sa.select(
            Payment.currency,
            sa.cast(sa.func.sum(Payment.amount_minor), sa.BigInteger),
            sa.func.count(),
        )
        .where(
            Payment.merchant_id == db.merchant_id(session),
            Payment.paid_at >= start,
            Payment.paid_at < end,
            Payment.reversed_at.is_(None),
        )
        .group_by(Payment.currency)
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def _new_clients(session: Session, start: datetime, end: datetime) -> int:
    mine = Client.merchant_id == db.merchant_id(session)
    met = sa.and_(mine, Client.made_at >= start, Client.made_at < end)
    return session.scalar(sa.select(sa.func.count()).select_from(Client).where(met)) or 0


# --- When ---


def span_before(span: Span, day: date) -> tuple[date, date]:
    """The last whole week (Monday to Sunday) or month before a day."""
    if span is Span.WEEKLY:
        monday = day - timedelta(days=day.weekday())
        return monday - timedelta(days=7), monday - timedelta(days=1)
    last = day.replace(day=1) - timedelta(days=1)
    return last.replace(day=1), last


def next_at(span: Span, after: datetime, zone: str) -> datetime:
    """The next Monday, or first of a month, 07:30 in a zone, later than a moment."""
    day = clock.local_day(after, zone)
    while True:
        moment = datetime.combine(day, AT, ZoneInfo(zone)).astimezone(UTC)
        if _is_day(span, day) and moment > after:
            return moment
        day += timedelta(days=1)


def _is_day(span: Span, day: date) -> bool:
    return day.weekday() == 0 if span is Span.WEEKLY else day.day == 1


def schedule(session: Session, merchant: Merchant, *spans: Span) -> None:
    """The next report of these kinds (none named: of each), from now on, in the merchant's zone."""
    now = db.now(session)
    rows = [
        {"merchant_id": merchant.id, "kind": kind, "subject_id": merchant.id,
         "act_after": next_at(span, now, merchant.zone), "lease_until": None, "tries": 0}
        for span, kind in KINDS.items()
        if not spans or span in spans
    ]  # fmt: skip
    session.execute(PUT, rows)
