"""News of an attempt in tests: posted, worked off, asked about; and what became of it."""

import json
from typing import Any

import sqlalchemy as sa

from models import due
from models.db import Database
from models.payments import Attempt
from models.platform import ProviderEvent
from models.told import Notice
from payments import events, jobs, reconcile, upcoming
from payments.evidence import Settled
from payments.gateway import Verdict
from tests import make
from tests.conftest import NOW
from tests.payments import bed
from tests.payments.test_news import payload

FORGED = {"CheckoutRequestID": "ws_CO_191220191020363925", "MerchantRequestID": "29115-34620561-1"}
PAID = [(255_000, bed.RECEIPT, None)]
Key = tuple[int, int]


def opened(database: Database, state: str = "submitting", **more: Any) -> Key:
    """A committed attempt whose push was not answered: merchant and attempt id."""
    with database.transaction() as session:
        merchant = make.merchant(session)
        attempt = bed.opened(session, make.invoice(session), **more)
        attempt.state, attempt.submitted_at = state, NOW
        return merchant.id, attempt.id


def attempt_of(database: Database, key: Key) -> Attempt:
    with database.transaction(key[0]) as session:
        found = session.get_one(Attempt, key)
        session.expunge(found)
        return found


def tell(database: Database, key: Key, name: str = "stk_success", **changes: object) -> Settled:
    """Safaricom posts, the job settles: what became of it."""
    body = json.loads(payload(name))
    body["Body"]["stkCallback"] |= changes
    reference = attempt_of(database, key).reference
    raw = json.dumps(body).encode()
    told = events.Told("daraja", "stk", f"/stk/{reference}", raw, {}, None, None, reference)
    with database.transaction() as session:
        event_id = events.store(session, told, events.attempt_merchant(session, reference))
        assert event_id is not None
    work(database)
    with database.transaction() as session:
        return Settled(str(session.get_one(ProviderEvent, event_id).outcome))


def work(database: Database) -> None:
    """Every settle job that is there, once."""
    with database.as_owner() as session:
        waiting = bed.jobs(session, "payments.settle")
        session.execute(sa.text("DELETE FROM jobs.procrastinate_jobs"))
    for job in waiting:
        jobs.settle(database, **job)


def sweep(database: Database, verdict: Verdict) -> list[str | None]:
    """One tick: the ids that were asked about."""
    gateway = bed.Fake(verdict=verdict)
    for row in due.claimed(database, upcoming.KIND):
        reconcile.reconcile(database, {"daraja": gateway}, row.merchant_id, row.subject_id)
    work(database)
    return [ask.handle for ask in gateway.queried]


def booked(database: Database, key: Key) -> list[tuple[int, str | None, str | None]]:
    """Amount, receipt and what is wrong with it, of every payment that stands."""
    with database.transaction(key[0]) as session:
        return [(p.amount_minor, p.receipt, p.needs_review) for p in bed.payments(session)]


def told(database: Database, key: Key) -> list[str]:
    with database.transaction(key[0]) as session:
        return sorted(session.scalars(sa.select(Notice.kind)))


def open_events(database: Database) -> int:
    with database.transaction() as session:
        unhandled = sa.select(sa.func.count()).where(ProviderEvent.handled_at.is_(None))
        return session.scalar(unhandled) or 0
