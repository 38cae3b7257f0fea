"""Deferred work: procrastinate jobs written in the caller's own transaction, by name.

Two apps share one queue table in the schema `jobs`: the one that a worker runs, and one that is
never opened and only writes, on the session's own connection. A job is visible exactly when the
fact that caused it is. No queueing locks and no scheduled jobs here: the first aborts the
transaction, the second would block every later job under its lock.
"""

from typing import Any

from procrastinate import App, PsycopgConnector, RetryStrategy, SyncPsycopgConnector
from procrastinate.exceptions import ConnectorException
from psycopg_pool import AsyncConnectionPool
from sqlalchemy.orm import Session

from models.db import AWAY

SCHEMA = "jobs"
MONEY = "money"  # its own queue, so that reports cannot delay a prompt
TALK = "talk"
SLOW = "slow"
QUEUES = (MONEY, TALK, SLOW)
QUEUE_OF = {"payments": MONEY, "bot": TALK}

# Postgres went away under a job: it runs again once Postgres is back, instead of being given up.
# No job has a lock, so one that waits holds up nobody.
AGAIN = RetryStrategy(max_attempts=10, wait=1, retry_exceptions=AWAY)

_writer = App(connector=SyncPsycopgConnector())


def defer(session: Session, task: str, **arguments: Any) -> None:
    """Write a job into the session's transaction; `task` is `<room>.<verb>`, found by name.

    The connection is asked of the session, which begins a transaction when none runs: on a bare
    driver connection the job would be lost without a word. Raises the driver's own error, so that
    one of `AWAY` is known for what it is.
    """
    queue = QUEUE_OF.get(task.split(".", 1)[0], SLOW)
    driver = session.connection().connection.driver_connection
    job = _writer.configure_task(task, queue=queue, connection=driver, allow_unknown=True)
    try:
        job.defer(**arguments)
    except ConnectorException as wrapped:
        raise wrapped.__cause__ or wrapped from wrapped


def reader(url: str, size: int) -> App:
    """The app that a worker opens and runs; rooms register their tasks on it."""
    connector = PsycopgConnector(
        conninfo=url,
        kwargs={"options": f"-c search_path={SCHEMA},public"},
        min_size=1,
        max_size=size,
    )
    return App(connector=connector)


__all__ = ["AGAIN", "MONEY", "QUEUES", "SLOW", "TALK", "AsyncConnectionPool", "defer", "reader"]
