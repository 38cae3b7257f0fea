"""The room's jobs, run by a real worker."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from unittest.mock import Mock

import psycopg
import pytest
import sqlalchemy as sa

import bot.jobs
from models import job_queue, jobs
from models.db import Database
from models.invoices import Invoice
from models.payments import Attempt
from payments import events, reconcile
from payments import jobs as room
from payments.gateway import Succeeded
from tests.payments import bed
from tests.payments.test_news import payload
from tests.world import house


def run(database: Database, gateway: bed.Fake) -> None:
    """Do every job of the money queue that is there."""

    async def work() -> None:
        app = job_queue.reader(database.options.url, 2)
        with ThreadPoolExecutor(2) as pool:
            room.register(app, database, bed.options(), pool, {"daraja": gateway})
            async with app.open_async():
                await app.run_worker_async(
                    queues=[jobs.MONEY], wait=False, install_signal_handlers=False
                )

    asyncio.run(work())


def test_open_push_callback_settle(database: Database) -> None:
    """From the click to the paid invoice by jobs alone, and none of them fails."""
    merchant_id, invoice_id = bed.committed(database)
    gateway = bed.Fake()
    with database.transaction(merchant_id) as session:
        bill = session.get_one(Invoice, (merchant_id, invoice_id))
        attempt = bed.opened(session, bill)
        key, reference = (merchant_id, attempt.id), attempt.reference
    run(database, gateway)
    assert [ask.reference for ask in gateway.charged] == [reference]
    told = events.Told("daraja", "stk", "/stk", payload("stk_success"), {}, None, None, reference)
    with database.transaction() as session:
        events.store(session, told, events.attempt_merchant(session, reference))
    run(database, gateway)
    with database.transaction(merchant_id) as session:
        assert session.get_one(Attempt, key).state == "succeeded"
        states = session.execute(
            sa.text(
                "SELECT task_name, status = 'succeeded' FROM jobs.procrastinate_jobs ORDER BY id"
            )
        ).all()
    assert [tuple(row) for row in states] == [
        ("payments.push", True),
        ("payments.settle", True),
        ("bot.tell", False),
    ]


def test_a_query_by_its_job(database: Database) -> None:
    """As the clock's sweep defers it."""
    merchant_id, invoice_id = bed.committed(database)
    with database.transaction(merchant_id) as session:
        bill = session.get_one(Invoice, (merchant_id, invoice_id))
        attempt = bed.pending(session, bill)
        key = (merchant_id, attempt.id)
        jobs.defer(session, "payments.query", merchant_id=key[0], attempt_id=key[1])
    run(database, bed.Fake(verdict=Succeeded()))
    with database.transaction(merchant_id) as session:
        assert session.get_one(Attempt, key).state == "succeeded"


NOW_DUE = sa.text("UPDATE jobs.procrastinate_jobs SET scheduled_at = NULL")


def test_a_job_outlives_a_restart_of_postgres(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Postgres goes away under a query: it is done a moment later, never given up."""
    merchant_id, invoice_id = bed.committed(database)
    with database.transaction(merchant_id) as session:
        attempt = bed.pending(session, session.get_one(Invoice, (merchant_id, invoice_id)))
        key = (merchant_id, attempt.id)
        jobs.defer(session, "payments.query", merchant_id=key[0], attempt_id=key[1])
    with monkeypatch.context() as away:
        gone = psycopg.errors.AdminShutdown("terminating connection")
        away.setattr(reconcile, "reconcile", Mock(side_effect=gone))
        run(database, bed.Fake())
    with database.as_owner() as session:
        session.execute(NOW_DUE)
    run(database, bed.Fake(verdict=Succeeded()))
    with database.transaction(merchant_id) as session:
        assert session.get_one(Attempt, key).state == "succeeded"


def test_so_does_every_job(worker_database: Database) -> None:
    """Whichever room made it."""
    app = job_queue.reader(worker_database.options.url, 2)
    room.register(app, worker_database, bed.options(), None, {})
    bot.jobs.register(app, worker_database, house())
    ours = {name: task for name, task in app.tasks.items() if name.startswith(("bot", "payments"))}
    assert len(ours) > 6
    assert [name for name, task in ours.items() if task.retry_strategy is not job_queue.AGAIN] == []
