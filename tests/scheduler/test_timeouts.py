"""Questions nobody answers, and what has been kept long enough."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import timeouts
from models import db
from models.db import Database
from scheduler import retention
from tests.scheduler import bed
from tests.world import Talk, merchant_talk


def later(session: Session, hours: int) -> int:
    """Time goes by and the clock looks; how many talks were moved on."""
    session.info["offset_s"] = session.info.get("offset_s", 0) + hours * 3600
    db.enter(session, None)
    return sum(timeouts.move_on(session, person) for person in timeouts.expired(session))


@pytest.fixture
def talk(session: Session) -> Talk:
    """A merchant in the middle of an invoice."""
    found = merchant_talk(session)
    found.say("/invoice")
    found.say("Jane Mwangi")
    return found


def test_one_nudge_then_parked_then_forgotten(session: Session, talk: Talk) -> None:
    """A day without an answer: one nudge; another: set aside; thirty more: gone (C-15)."""
    assert later(session, 23) == 0
    assert later(session, 1) == 1
    assert "You have not finished an invoice" in talk.words(talk.history()[-1])
    assert talk.labels() == ["Continue", "Not now"]
    assert later(session, 23) == 0
    said = len(talk.history())
    assert later(session, 1) == 1
    assert len(talk.history()) == said
    session.expire_all()
    assert talk.conversation.journal is None
    assert len(talk.conversation.parked) == 1
    assert later(session, 29 * 24) == 0
    assert later(session, 24) == 1
    session.expire_all()
    assert talk.conversation.parked == []
    assert later(session, 24 * 60) == 0


def test_continue_from_the_nudge(session: Session, talk: Talk) -> None:
    """The same question stands again, with everything that was answered."""
    asked = talk.words(talk.history()[-1])
    later(session, 24)
    assert asked in talk.tap("Continue")


def test_what_was_set_aside_is_taken_up(session: Session, talk: Talk) -> None:
    """Twenty-nine days later the menu still offers it."""
    asked = talk.words(talk.history()[-1])
    later(session, 24)
    later(session, 24)
    later(session, 29 * 24)
    session.expire_all()
    assert "You have not finished" in talk.say("/menu")
    assert asked in talk.tap("Continue")


OLD = (
    "INSERT INTO provider_events (provider, kind, key, headers, body, received_at, handled_at)"
    " VALUES ('daraja', 'stk', decode(:key, 'hex'), '{\"a\": 1}', 'secret', :at, :handled)"
)
HEARD = (
    "INSERT INTO inbound (channel, address, delivery_key, said_key, kind, body, received_at)"
    " VALUES ('telegram', '1', :key, :key, 'text', '{}', :at)"
)


def test_retention(database: Database) -> None:
    """Handled payloads lose their words after 90 days, messages go after 180; the rest stays."""
    with database.transaction() as session:
        now = db.now(session)
        for key, age, handled in (("aa", 91, True), ("bb", 91, False), ("cc", 89, True)):
            at = now - timedelta(days=age)
            values = {"key": key, "at": at, "handled": at if handled else None}
            session.execute(sa.text(OLD), values)
        for key, age in (("old", 181), ("young", 179)):
            session.execute(sa.text(HEARD), {"key": key, "at": now - timedelta(days=age)})
    assert retention.sweep(database) == 2
    assert retention.sweep(database) == 0
    left = bed.rows(database, "SELECT encode(key, 'hex') FROM provider_events WHERE body <> ''")
    assert sorted(row[0] for row in left) == ["bb", "cc"]
    assert [row[0] for row in bed.rows(database, "SELECT said_key FROM inbound")] == ["young"]


JOB = (
    "INSERT INTO jobs.procrastinate_jobs (queue_name, task_name, status)"
    " VALUES ('talk', 'bot.tell', 'todo') RETURNING id"
)
BECAME = "UPDATE jobs.procrastinate_jobs SET status = :status WHERE id = :job"
AGED = "UPDATE jobs.procrastinate_events SET at = :at WHERE job_id = :job"


def test_finished_jobs_go(database: Database) -> None:
    """Finished for more than a week: gone with its events; failed or unfinished ones stay."""
    with database.as_owner() as session:
        now = db.now(session)
        for status, age in (("succeeded", 8), ("succeeded", 6), ("todo", 8), ("failed", 8)):
            job = session.scalar(sa.text(JOB))
            session.execute(sa.text(BECAME), {"status": status, "job": job})
            session.execute(sa.text(AGED), {"at": now - timedelta(days=age), "job": job})
    assert retention.sweep(database) == 1
    left = bed.rows(database, "SELECT status::text FROM jobs.procrastinate_jobs ORDER BY id")
    assert [row[0] for row in left] == ["succeeded", "todo", "failed"]
