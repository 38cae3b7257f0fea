"""The reminders of one invoice as rows: due work from its issue on, each step decided under lock."""

import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from invoicing import audit, reminders
from invoicing.commands import ClientStatus
from invoicing.reminders import Decision, Reason, Situation, Step
from models import clock, db
from models.invoices import Invoice, Status
from models.merchants import Client, Merchant
from models.payments import OPEN_STATES, Attempt
from models.platform import DueWork
from models.told import Reminder

KIND = "remind"
SETTING = "reminders"  # among a merchant's settings: reminders are on unless it is false
# One statement, since every invoice that is sent costs it.
SCHEDULE = (
    "WITH late AS (INSERT INTO reminders"
    "   (merchant_id, invoice_id, step, audience, skipped_at, reason)"
    "  SELECT %(merchant)s, %(invoice)s, s.step, s.audience, CAST(%(now)s AS timestamptz),"
    "   %(reason)s FROM jsonb_to_recordset(CAST(%(late)s AS jsonb)) AS s(step text, audience text)"
    "  ON CONFLICT DO NOTHING)"
    " INSERT INTO due_work (merchant_id, kind, subject_id, act_after)"
    f" SELECT %(merchant)s, '{KIND}', %(invoice)s, CAST(%(look_at)s AS timestamptz)"
    " WHERE CAST(%(look_at)s AS timestamptz) IS NOT NULL ON CONFLICT DO NOTHING"
)
# Whoever asks for an earlier look gets it; nobody puts off another's.
LOOK_BY = (
    "INSERT INTO due_work (merchant_id, kind, subject_id, act_after)"
    f" VALUES (%(merchant)s, '{KIND}', %(invoice)s, %(look_at)s)"
    " ON CONFLICT (merchant_id, kind, subject_id) DO UPDATE"
    " SET act_after = LEAST(due_work.act_after, excluded.act_after), lease_until = NULL"
)
DONE = "SELECT step, audience FROM reminders WHERE merchant_id = %(merchant)s AND invoice_id = %(invoice)s"


def schedule(session: Session, invoice: Invoice, merchant: Merchant, client: Client) -> None:
    """Write the due work of an invoice that is being issued; steps already past are skipped.

    One statement; the invoice's row and due day must be in the database.
    """
    assert invoice.due_on is not None  # noqa: S101 - an issued invoice has one
    now = db.now(session)
    offsets = reminders.offsets(invoice.parties or {})
    late = reminders.issued_late(invoice.due_on, clock.local_day(now, merchant.zone), offsets)
    at = Situation(
        due_on=invoice.due_on,
        zone=merchant.zone,
        client_zone=reminders.phone_zone(client.phone) or merchant.zone,
        done=frozenset((step.name, step.audience) for step in late),
        offsets=offsets,
    )
    values = _key(invoice) | {
        "now": now,
        "reason": Reason.ISSUED_LATE,
        "late": json.dumps([{"step": step.name, "audience": step.audience} for step in late]),
        "look_at": reminders.decide(at, now).look_at,
    }
    db.hot(session, SCHEDULE, values)


def _key(invoice: Invoice) -> dict[str, Any]:
    return {"merchant": invoice.merchant_id, "invoice": invoice.id}


def act(
    session: Session, invoice: Invoice, merchant: Merchant, client: Client, *, in_chat: bool
) -> tuple[Step, ...]:
    """Do what is due for an invoice that the caller has locked; the steps to be told now.

    `in_chat`: the customer herself can be written to; otherwise her steps go through the merchant
    and keep to the merchant's hours. The due work is moved on, or gone when nothing is left.
    """
    at = situation(session, invoice, merchant, client, in_chat=in_chat)
    decision = reminders.decide(at, db.now(session))
    _record(session, invoice, decision)
    _move(session, invoice, decision.look_at)
    return decision.send


def situation(
    session: Session, invoice: Invoice, merchant: Merchant, client: Client, *, in_chat: bool
) -> Situation:
    """Where a locked invoice stands now: its bookings are read after the lock was had."""
    assert invoice.due_on is not None  # noqa: S101 - an issued invoice has one
    session.flush()
    rows = db.look(session, DONE, _key(invoice)).fetchall()
    return Situation(
        due_on=invoice.due_on,
        zone=merchant.zone,
        client_zone=(reminders.phone_zone(client.phone) if in_chat else None) or merchant.zone,
        done=frozenset((row.step, row.audience) for row in rows),
        snoozed_until=invoice.snoozed_until,
        off=switched_off(invoice, merchant, client),
        disputed=invoice.disputed_at is not None,
        collecting=_collecting(session, invoice),
        ended=ended(invoice),
        offsets=reminders.offsets(invoice.parties or {}),
    )


def switched_off(invoice: Invoice, merchant: Merchant, client: Client) -> bool:
    """Whether this customer is not to be reminded of this invoice, for whatever reason."""
    everywhere = merchant.settings.get(SETTING, True) is False
    shut_out = client.status == ClientStatus.BLOCKED
    return everywhere or shut_out or client.reminders_off or invoice.reminders_off


def ended(invoice: Invoice) -> Reason | None:
    """Why there is nothing to remind of any more, or None."""
    if invoice.status != Status.ISSUED:
        return Reason.VOID
    if invoice.written_off_at is not None:
        return Reason.WRITTEN_OFF
    return Reason.PAID if invoice.balance.amount_minor <= 0 else None


def _collecting(session: Session, invoice: Invoice) -> bool:
    asked = sa.exists().where(
        Attempt.merchant_id == invoice.merchant_id,
        Attempt.invoice_id == invoice.id,
        Attempt.state.in_(OPEN_STATES),
    )
    return bool(session.scalar(sa.select(asked)))


def _record(session: Session, invoice: Invoice, decision: Decision) -> None:
    now = db.now(session)
    rows = [_row(invoice, step) | {"sent_at": now} for step in decision.send]
    rows += [
        _row(invoice, step) | {"skipped_at": now, "reason": why.value}
        for step, why in decision.skip
    ]
    if rows:
        session.execute(sa.insert(Reminder).values(rows))


def _row(invoice: Invoice, step: Step) -> dict[str, Any]:
    return {
        "merchant_id": invoice.merchant_id,
        "invoice_id": invoice.id,
        "step": step.name,
        "audience": step.audience.value,
        "sent_at": None,
        "skipped_at": None,
        "reason": None,
    }


def _move(session: Session, invoice: Invoice, look_at: datetime | None) -> None:
    mine = (
        DueWork.merchant_id == invoice.merchant_id,
        DueWork.kind == KIND,
        DueWork.subject_id == invoice.id,
    )
    if look_at is None:
        session.execute(sa.delete(DueWork).where(*mine))
        return
    changed = {"act_after": look_at, "lease_until": None, "tries": 0}
    session.execute(
        sa.update(DueWork).where(*mine).values(changed),
        execution_options={"synchronize_session": False},
    )


def forget(session: Session, invoice_id: int) -> None:
    """There is no such invoice: nothing to look at."""
    session.execute(
        sa.delete(DueWork).where(
            DueWork.merchant_id == db.merchant_id(session),
            DueWork.kind == KIND,
            DueWork.subject_id == invoice_id,
        )
    )


def wake(session: Session, invoice_ids: Sequence[int]) -> None:
    """Money was taken back: what was skipped because it had been paid is open once more."""
    if not invoice_ids:
        return
    merchant_id = db.merchant_id(session)
    session.execute(
        sa.delete(Reminder).where(
            Reminder.merchant_id == merchant_id,
            Reminder.invoice_id.in_(invoice_ids),
            Reminder.reason == Reason.PAID.value,
        )
    )
    row = {"merchant_id": merchant_id, "kind": KIND, "act_after": db.now(session)}
    rows = [row | {"subject_id": invoice_id} for invoice_id in sorted(invoice_ids)]
    session.execute(insert(DueWork).values(rows).on_conflict_do_nothing())


def snooze(session: Session, invoice: Invoice, merchant: Merchant, by: int | None) -> date:
    """Silence for three days and then one reminder, whatever else was planned; that day.

    The invoice must be locked by the caller.
    """
    until = db.today(session, merchant.zone) + timedelta(days=reminders.SNOOZE_DAYS)
    invoice.snoozed_until = until
    audit.note(session, "reminders.snoozed", person_id=by, invoice_id=invoice.id)
    session.flush()
    look_at = clock.start_of_day(until, merchant.zone)
    db.hot(session, LOOK_BY, _key(invoice) | {"look_at": look_at})
    return until


def switch(session: Session, invoice: Invoice, *, on: bool, by: int | None) -> None:
    """Reminders of this one invoice, on or off; locked by the caller."""
    invoice.reminders_off = not on
    _noted(session, invoice, "invoice", on=on, by=by)


def switch_client(
    session: Session, invoice: Invoice, client: Client, *, on: bool, by: int | None
) -> None:
    """Reminders of everything that this client is billed for, on or off."""
    client.reminders_off = not on
    _noted(session, invoice, "client", on=on, by=by)


def switch_all(
    session: Session, invoice: Invoice, merchant: Merchant, *, on: bool, by: int | None
) -> None:
    """Reminders to all of a merchant's clients, on or off."""
    merchant.settings = {**merchant.settings, SETTING: on}
    _noted(session, invoice, "all", on=on, by=by)


def _noted(session: Session, invoice: Invoice, scope: str, *, on: bool, by: int | None) -> None:
    action = "reminders.on" if on else "reminders.off"
    audit.note(session, action, person_id=by, invoice_id=invoice.id, facts={"scope": scope})
    session.flush()


def not_said(session: Session, invoice: Invoice, step: str, why: Reason) -> None:
    """Between decision and delivery it turned out to be unwanted: the step counts as skipped."""
    changed = session.execute(
        sa.delete(Reminder)
        .where(
            Reminder.merchant_id == invoice.merchant_id,
            Reminder.invoice_id == invoice.id,
            Reminder.step == step,
            Reminder.sent_at.is_not(None),
        )
        .returning(Reminder.audience)
    )
    for audience in changed.scalars().all():
        row = {"merchant_id": invoice.merchant_id, "invoice_id": invoice.id, "step": step}
        session.execute(
            sa.insert(Reminder).values(
                **row, audience=audience, skipped_at=db.now(session), reason=why.value
            )
        )
