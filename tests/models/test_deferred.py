"""Jobs written in a transaction of ours: with it or not at all, and its errors are the driver's own."""

from contextlib import suppress

import pytest
import sqlalchemy as sa
from procrastinate import App, SyncPsycopgConnector
from sqlalchemy.orm import Session

from models import db, jobs
from models.db import AWAY, Database

WAITING = "SELECT count(*) FROM jobs.procrastinate_jobs"
CUT = sa.text("SELECT pg_terminate_backend(CAST(:pid AS int), 5000)")


def test_a_job_is_there_when_its_fact_is(database: Database) -> None:
    """Rolled back with the transaction, kept with it."""
    with database.transaction() as session:
        defer(session)
        session.rollback()
    with database.as_owner() as owner:
        assert owner.scalar(sa.text(WAITING)) == 0
    with database.transaction() as session:
        defer(session)
    with database.as_owner() as owner:
        assert owner.scalar(sa.text(WAITING)) == 1


def test_postgres_that_went_away_is_known_as_such(database: Database) -> None:
    """Whoever asks whether it was Postgres that went away is not told of a library's error."""
    with suppress(*AWAY), database.transaction() as session:  # the end of it has no connection
        pid = session.scalar(sa.text("SELECT pg_backend_pid()"))
        with database.as_owner() as owner:
            owner.execute(CUT, {"pid": pid})
        with pytest.raises(Exception) as raised:  # noqa: PT011 - which one is asked below
            defer(session)
    assert isinstance(raised.value, AWAY)


def test_a_job_is_what_the_library_would_have_written(session: Session) -> None:
    """Only its function is called, so every column must be as the library itself fills it."""
    library = App(connector=SyncPsycopgConnector())
    task = library.configure_task(
        "bot.tell", queue=jobs.TALK, connection=db.driver(session), allow_unknown=True
    )
    task.defer(merchant_id=1, notice_ids=[1])
    defer(session)
    ours, theirs = session.execute(
        sa.text("SELECT * FROM jobs.procrastinate_jobs ORDER BY id DESC")
    ).mappings()
    assert {**ours, "id": 0} == {**theirs, "id": 0}


def defer(session: Session) -> None:
    """A job like any other."""
    jobs.defer(session, "bot.tell", merchant_id=1, notice_ids=[1])
