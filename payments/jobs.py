"""The room's jobs, by name: push, settle, query. Each may run twice and does its work once.

They work in threads, never on the worker's loop: gateways are slow and sessions are blocking.
"""

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from functools import partial

import procrastinate

from models.db import Database
from models.job_queue import AGAIN
from models.jobs import MONEY
from payments import events, push, reconcile, serving
from payments.gateway import Gateway
from payments.options import Options


def register(
    app: procrastinate.App,
    database: Database,
    options: Options,
    executor: Executor | None = None,
    gateways: Mapping[str, Gateway] | None = None,
) -> None:
    """Hang the tasks on a worker's app. `executor` bounds the threads (the pool has 8 places)."""
    known = serving.clients(database, options) if gateways is None else gateways

    async def run(work: Callable[[], None]) -> None:
        await asyncio.get_running_loop().run_in_executor(executor, work)

    @app.task(name="payments.push", queue=MONEY, retry=AGAIN)
    async def _push(*, merchant_id: int, attempt_id: int) -> None:
        await run(partial(push.push, database, known, merchant_id, attempt_id))

    @app.task(name="payments.settle", queue=MONEY, retry=AGAIN)
    async def _settle(*, merchant_id: int, event_id: int) -> None:
        await run(partial(settle, database, merchant_id, event_id))

    @app.task(name="payments.query", queue=MONEY, retry=AGAIN)
    async def _query(*, merchant_id: int, attempt_id: int) -> None:
        await run(partial(reconcile.reconcile, database, known, merchant_id, attempt_id))


def settle(database: Database, merchant_id: int, event_id: int) -> None:
    """Settle one stored event in a transaction of its own."""
    with database.transaction(merchant_id) as session:
        events.settle(session, event_id)
