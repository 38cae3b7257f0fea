"""The room's jobs, run by a real worker."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import sqlalchemy as sa

from models import jobs
from models.db import Database
from models.invoices import Invoice
from models.payments import Attempt
from payments import events
from payments import jobs as room
from payments.gateway import Succeeded
from tests.payments import bed
from tests.payments.test_news import payload


def run(database: Database, gateway: bed.Fake) -> None:
    """Do every job of the money queue that is there."""

    async def work() -> None:
        app = jobs.reader(database.options.url, 2)
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
