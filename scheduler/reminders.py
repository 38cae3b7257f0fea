"""Reminders and overdue notices: each invoice whose time has come, in a transaction of its own."""

import structlog
from sqlalchemy.orm import Session

from bot import reach
from invoicing import clients, lifecycle, merchants, reminding
from invoicing.reminders import Audience, Step
from models import due
from models.db import AWAY, Database
from models.due import Due
from models.errors import Refusal
from models.invoices import Invoice

log = structlog.get_logger()


def remind(database: Database) -> int:
    """Do what is due for every invoice whose time has come; how many notices were written.

    Any number of clocks may run it at once: rows are leased, the invoice is locked, and a step
    is recorded once.
    """
    count = 0
    for work in due.claimed(database, reminding.KIND):
        try:
            with database.transaction(work.merchant_id) as session:
                count += one(session, work)
        except AWAY:
            raise
        except Exception:
            log.exception(
                "reminder failed", merchant_id=work.merchant_id, invoice_id=work.subject_id
            )
    return count


def one(session: Session, work: Due) -> int:
    """Do what is due for one invoice, under its lock; how many notices were written."""
    try:
        invoice = lifecycle.get(session, work.subject_id, lock=True)
    except Refusal:
        reminding.forget(session, work.subject_id)
        return 0
    client = clients.get(session, invoice.client_id)
    in_chat = bool(reach.customers(session, invoice, None))
    steps = reminding.act(session, invoice, merchants.get(session), client, in_chat=in_chat)
    for step in steps:
        _note(session, invoice, step, in_chat=in_chat)
    return len(steps)


def _note(session: Session, invoice: Invoice, step: Step, *, in_chat: bool) -> None:
    if step.audience is Audience.CLIENT:
        reach.note_step(session, invoice, step.name, in_chat=in_chat)
        return
    facts, key = {"step": step.name}, f"overdue {invoice.id} {step.name}"
    reach.note(session, invoice, "overdue", audience=step.audience.value, key=key, facts=facts)
