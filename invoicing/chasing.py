"""Reminding everybody who is late at once: who that is, each at most once a day and never unwanted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session, lazyload

from invoicing import audit, merchants, reminding
from invoicing.commands import ClientStatus
from invoicing.listing import IS_OPEN
from invoicing.reminders import Audience
from models import clock, db
from models.invoices import Invoice
from models.merchants import Client
from models.money import Money
from models.told import Reminder

MOST = 20  # at once; those that are late the longest come first


@dataclass(frozen=True)
class Late:
    """One overdue invoice whose customer may be reminded today."""

    invoice_id: int
    number: str
    client: str
    balance: Money
    due_on: date


def late(session: Session) -> tuple[Late, ...]:
    """Whom a reminder is due to, the latest first, up to `MOST`; two statements.

    Left out are invoices that were reminded of today already, are disputed or hushed, and clients
    who are blocked.
    """
    merchant = merchants.get(session)
    if merchant.settings.get(reminding.SETTING, True) is False:
        return ()
    today = db.today(session, merchant.zone)
    wanted = (
        sa.select(Invoice, Client.name)
        .join(
            Client,
            sa.and_(Client.merchant_id == Invoice.merchant_id, Client.id == Invoice.client_id),
        )
        .where(
            Invoice.merchant_id == merchant.id,
            IS_OPEN,
            Invoice.due_on < today,
            Invoice.disputed_at.is_(None),
            Invoice.written_off_at.is_(None),
            Invoice.reminders_off.is_(False),
            Client.reminders_off.is_(False),
            Client.status != ClientStatus.BLOCKED,
            ~_told_since(clock.start_of_day(today, merchant.zone)),
        )
        .options(lazyload(Invoice.lines))
        .order_by(Invoice.due_on, Invoice.id)
        .limit(MOST)
    )
    return tuple(_late(invoice, name) for invoice, name in session.execute(wanted))


def _told_since(moment: object) -> sa.ColumnElement[bool]:
    return sa.exists().where(
        Reminder.merchant_id == Invoice.merchant_id,
        Reminder.invoice_id == Invoice.id,
        Reminder.audience == Audience.CLIENT.value,
        Reminder.sent_at >= moment,
    )


def _late(invoice: Invoice, client: str) -> Late:
    assert invoice.due_on is not None  # noqa: S101 - an issued invoice has one
    return Late(invoice.id, invoice.number_text or "", client, invoice.balance, invoice.due_on)


def take(session: Session, invoice_ids: Sequence[int], by: int | None) -> list[tuple[int, str]]:
    """Write down that these are reminded of today; each with its step, those taken before left out.

    However often it is asked for and by however many at once, an invoice is taken once a day.
    """
    merchant = merchants.get(session)
    step = f"asked_{db.today(session, merchant.zone)}"
    wanted = {row.invoice_id for row in late(session)} & set(invoice_ids)
    if not wanted:
        return []
    rows = [
        {
            "merchant_id": merchant.id,
            "invoice_id": invoice_id,
            "step": step,
            "audience": Audience.CLIENT.value,
            "sent_at": db.now(session),
        }
        for invoice_id in sorted(wanted)
    ]
    made = insert(Reminder).values(rows).on_conflict_do_nothing().returning(Reminder.invoice_id)
    taken = sorted(session.scalars(made))
    for invoice_id in taken:
        audit.note(session, "reminder.asked", person_id=by, invoice_id=invoice_id)
    return [(invoice_id, step) for invoice_id in taken]
