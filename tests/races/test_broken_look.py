"""A look-up that breaks inside Postgres ends the transaction: the turn begins anew and apologises."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import dispatch, lookups
from bot.channel import Inbound
from models import db
from models.db import Database
from models.people import Conversation
from models.traffic import Inbound as Stored
from models.traffic import Outbound
from tests.races.test_receive import HOUSE, committed, message
from tests.world import Talk, merchant_talk


def asked_for_whom(session: Session) -> Talk:
    """A merchant whose new invoice asks for its client, who will be looked up."""
    talk = merchant_talk(session)
    talk.say("/invoice")
    return talk


@pytest.fixture
def talk(database: Database, monkeypatch: pytest.MonkeyPatch) -> Talk:
    """The same, with a look-up that breaks from now on."""

    def broken(session: Session, *_need: Any) -> Any:
        db.look(session, "SELECT 1 / 0", {})

    found = committed(database, asked_for_whom)
    monkeypatch.setattr(lookups, "find", broken)
    return found


def receive(database: Database, inbound: Inbound) -> bool:
    """As a web thread would; whether it was new."""
    with database.transaction() as session:
        return dispatch.receive(session, inbound, HOUSE).fresh


def left(database: Database, talk: Talk) -> tuple[list[str], int, Any]:
    """Outcomes of what she said since, how many answers she got, what stands."""
    with database.transaction() as session:
        said = sa.select(Stored.outcome).where(Stored.body["message"]["text"].astext == "Jane")
        answers = sa.select(sa.func.count()).select_from(Outbound)
        newer = session.scalar(answers.where(Outbound.id > talk.read_until)) or 0
        stands = session.scalars(sa.select(Conversation)).one()
        return list(session.scalars(said)), newer, (stands.journal, len(stands.parked))


def test_one_apology_and_nothing_lost(database: Database, talk: Talk) -> None:
    """Her words are kept once, her dialogue is set aside, and a second delivery says nothing."""
    words = message(talk.user_id, "Jane", 61_000_001)
    assert receive(database, words)
    assert not receive(database, words)
    assert left(database, talk) == (["failed"], 1, (None, 1))


def test_the_same_comes_in_between(
    database: Database, talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Delivered again in the moment in which nothing of it is kept: answered there, once."""
    words = message(talk.user_id, "Jane", 61_000_002)
    begin_anew: Callable[[Session], None] = db.begin_anew

    def and_then(session: Session) -> None:
        begin_anew(session)
        monkeypatch.setattr(db, "begin_anew", begin_anew)
        assert receive(database, words)

    monkeypatch.setattr(db, "begin_anew", and_then)
    assert not receive(database, words)
    assert left(database, talk) == (["failed"], 1, (None, 1))
