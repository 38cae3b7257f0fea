"""Many invoices at once, and time that is moved under the clock's feet."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from invoicing import lifecycle
from models import clock, db
from models.db import Database
from models.platform import ClockOffset
from tests import make
from tests.pages.bed import pay

# Straight into the table: what is under test begins with an issued invoice.
INVOICES = sa.text(
    "INSERT INTO invoices (merchant_id, client_id, series, number, number_text, status, currency,"
    " issued_on, issued_at, due_on, subtotal_minor, total_minor, parties, account_code, made_at)"
    " SELECT :merchant, :client, 'invoice', n, 'INV-' || n, 'issued', 'KES', :today, :now,"
    " CAST(:due AS date) + (n * :spread % 30)::int, 85000, 85000, '{}', :merchant || '-' || n, :now"
    " FROM generate_series(1, :count) n"
)
WORK = sa.text(
    "INSERT INTO due_work (merchant_id, kind, subject_id, act_after)"
    " SELECT merchant_id, 'remind', id, :now FROM invoices WHERE merchant_id = :merchant"
)


def many(
    database: Database, count: int, due_on: date, *, spread: int = 0, zone: str = "Africa/Nairobi"
) -> int:
    """A merchant with so many open invoices, her customer in chat; due days may be spread out."""
    with database.transaction() as session:
        merchant = make.merchant(session, zone=zone)
        chat = make.contact(session, make.person(session))
        client = make.client(session, contact_id=chat.id, phone=None)
        values: dict[str, Any] = {
            "merchant": merchant.id,
            "client": client.id,
            "count": count,
            "due": due_on,
            "spread": spread,
            "today": db.today(session, zone),
            "now": db.now(session),
        }
        session.execute(INVOICES, values)
        session.execute(WORK, {"merchant": merchant.id, "now": db.now(session)})
    return merchant.id


def move_to(database: Database, moment: datetime) -> None:
    """From now on business time is this moment."""
    offset = int((moment - clock.real_now()).total_seconds())
    with database.transaction() as session:
        session.execute(sa.update(ClockOffset).values(offset_s=offset))


def rows(database: Database, statement: str) -> list[Any]:
    """What the database holds, of all merchants."""
    with database.as_owner() as session:
        return list(session.execute(sa.text(statement)).all())


def settle(database: Database, merchant_id: int, invoice_id: int) -> None:
    """It is paid in full, under the invoice's lock as any payment."""
    with database.transaction(merchant_id) as session:
        invoice = lifecycle.get(session, invoice_id, lock=True)
        pay(session, invoice, invoice.balance.amount_minor, None)
        invoice.settled_at = db.now(session)
