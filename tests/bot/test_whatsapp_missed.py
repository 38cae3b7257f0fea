"""Messages whose webhook never came are found in Twilio's list and answered, if still wanted."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot import dispatch, missed, whatsapp
from models import db
from models.db import Database
from models.traffic import Inbound, Outbound
from scheduler import missed as clock
from tests import twilio_forms, world
from tests.conftest import NOW

ASHA = "+254733000111"


@dataclass
class Listed:
    """A message as Twilio's list gives it."""

    form: dict[str, str]
    date_sent: datetime = NOW
    sid: str = ""

    def __post_init__(self) -> None:
        self.sid = self.form["MessageSid"]


@dataclass
class Rest:
    """Twilio's list, newest first."""

    messages: list[Listed] = field(default_factory=list)
    asked: list[tuple[str, datetime]] = field(default_factory=list)

    def received(self, address: str, since: datetime) -> list[Listed]:
        """What came since then."""
        self.asked.append((address, since))
        return self.messages

    def as_form(self, message: Listed) -> dict[str, str]:
        """The fields its webhook would have had."""
        return message.form


def catch_up(database: Database, rest: Any) -> int:
    """One question."""
    return missed.catch_up(database, world.house(), rest)


def rows(database: Database, what: Any) -> list[Any]:
    """Committed rows."""
    with database.transaction() as session:
        return list(session.scalars(what))


@pytest.fixture
def rest() -> Rest:
    """Nothing is listed yet."""
    return Rest()


def test_what_never_came_is_answered(database: Database, rest: Rest) -> None:
    """In the order it was said, once however often we ask."""
    rest.messages = [
        Listed(twilio_forms.form(ASHA, Body="1")),
        Listed(twilio_forms.form(ASHA, Body="hi"), NOW - timedelta(minutes=1)),
    ]
    assert catch_up(database, rest) == 2
    assert catch_up(database, rest) == 0
    said = rows(database, sa.select(Inbound.body["Body"].astext).order_by(Inbound.id))
    assert said[0] == "hi"
    assert rest.asked[0] == ("whatsapp:+14155238886", NOW - missed.LOOK_BACK)


def test_what_we_have_is_left_alone(database: Database, rest: Rest) -> None:
    """A message that was taken is not taken again."""
    form = twilio_forms.form(ASHA, Body="hi")
    inbound = whatsapp.read(form)
    assert inbound is not None
    with database.transaction() as session:
        dispatch.receive(session, inbound, world.house())
    rest.messages = [Listed(form)]
    assert catch_up(database, rest) == 0
    assert len(rows(database, sa.select(Outbound.id))) == 1


def test_what_was_said_before_her_last_word_is_only_kept(database: Database, rest: Rest) -> None:
    """It would answer another question than the one it was meant for."""
    inbound = whatsapp.read(twilio_forms.form(ASHA, Body="hi"))
    assert inbound is not None
    with database.transaction() as session:
        dispatch.receive(session, inbound, world.house())
    rest.messages = [Listed(twilio_forms.form(ASHA, Body="2"), NOW - timedelta(minutes=5))]
    assert catch_up(database, rest) == 1
    assert len(rows(database, sa.select(Inbound.id))) == 2
    assert len(rows(database, sa.select(Outbound.id))) == 1


def test_what_says_nothing_to_us(database: Database, rest: Rest) -> None:
    """A text message to the same account is passed over."""
    rest.messages = [Listed(twilio_forms.form(ASHA, From=ASHA, Body="hi"))]
    catch_up(database, rest)
    assert rows(database, sa.select(Inbound.id)) == []


def test_the_clock_asks_by_a_job(database: Database) -> None:
    """The worker has the line to Twilio."""
    clock.ask(database)
    with database.transaction() as session:
        db.now(session)
        jobs = sa.text("SELECT task_name FROM jobs.procrastinate_jobs")
        assert session.scalars(jobs).all() == ["bot.catch_up"]
