"""Many messages at once, on real Postgres: what was said is heard once, and in whole turns."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import dispatch, telegram
from bot.channel import Inbound, button
from models.db import Database
from models.invoices import Invoice
from models.people import Contact, Conversation, Person
from models.traffic import Inbound as Stored
from models.traffic import Outbound
from tests.world import Talk, house, merchant_talk

HOUSE = house()
_numbers = count(50_000_000)


def message(user: int, text: str, update: int | None = None) -> Inbound:
    """One private message; the same update if one is named."""
    number = update or next(_numbers)
    who = {"id": user, "is_bot": False, "first_name": "Wanjiru"}
    chat = {"id": user, "type": "private", "first_name": "Wanjiru"}
    said = {"message_id": number, "date": 0, "chat": chat, "from": who, "text": text}
    found = telegram.read({"update_id": number, "message": said})
    assert found is not None
    return found


def tap(user: int, data: str) -> Inbound:
    """One tap of its own on a button."""
    number = next(_numbers)
    who = {"id": user, "is_bot": False, "first_name": "Wanjiru"}
    query = {"id": str(number), "from": who, "chat_instance": "1", "data": data}
    found = telegram.read({"update_id": number, "callback_query": query})
    assert found is not None
    return found


def at_once(database: Database, inbounds: Sequence[Inbound]) -> list[bool]:
    """Receive them all in the same moment, each as a web thread would; which were fresh."""
    gate = threading.Barrier(len(inbounds))

    def receive(inbound: Inbound) -> bool:
        gate.wait(30)
        with database.transaction() as session:
            return dispatch.receive(session, inbound, HOUSE).fresh

    with ThreadPoolExecutor(len(inbounds)) as threads:
        return list(threads.map(receive, inbounds))


def number_of(session: Session, table: Any) -> int:
    """How many rows there are."""
    return session.scalar(sa.select(sa.func.count()).select_from(table)) or 0


@pytest.mark.slow
def test_the_same_update_fifty_times(database: Database) -> None:
    """One inbound row, one reply, one person, whoever was first (I-9)."""
    fresh = at_once(database, [message(7001, "hi", 1)] * 50)
    assert sorted(fresh) == [False] * 49 + [True]
    with database.transaction() as session:
        counted = [number_of(session, t) for t in (Stored, Outbound, Person, Contact)]
    assert counted == [1, 1, 1, 1]


@pytest.mark.slow
def test_first_messages_at_once_make_one_person(database: Database) -> None:
    """Ten strangers say three things each in the same moment: ten people, thirty answers."""
    said = [message(8000 + n % 10, f"hi {n}") for n in range(30)]
    assert all(at_once(database, said))
    with database.transaction() as session:
        counted = [number_of(session, t) for t in (Person, Contact, Conversation, Stored)]
        turns = session.scalars(sa.select(Conversation.seq)).all()
    assert counted == [10, 10, 10, 30]
    assert set(turns) == {3}


def committed(database: Database, talk: Callable[[Session], Talk]) -> Talk:
    """A talk whose rows are really there; its session is over."""
    with database.transaction() as session:
        found = talk(session)
        session.flush()
        found.read_until = found.history()[-1].id
        return found


def ready(session: Session) -> Talk:
    """A merchant whose invoice waits for her to confirm it."""
    talk = merchant_talk(session)
    for words in ("/invoice", "Jane", "0712345678", "3 bags of cement", "850", "2"):
        talk.say(words)
    return talk


@pytest.mark.slow
def test_twenty_taps_on_one_confirm(database: Database) -> None:
    """Twenty callback ids on one button in the same moment: one invoice (I-25)."""
    talk = committed(database, ready)
    data = button(talk.read_until, "send")
    at_once(database, [tap(talk.user_id, data) for _finger in range(20)])
    with database.as_owner() as session:
        assert session.scalars(sa.select(Invoice.number)).all() == [1]
        taps = sa.select(Stored.outcome).where(Stored.kind == "press").order_by(Stored.id)
        outcomes = session.scalars(taps).all()[-20:]
    assert set(outcomes) == {"handled", "stale"}
    assert outcomes.count("handled") == 1


@pytest.mark.slow
def test_a_person_who_says_twelve_things_at_once(database: Database) -> None:
    """Each is a whole turn after another: every one is counted and answered."""
    talk = committed(database, merchant_talk)
    before = talk.read_until
    at_once(database, [message(talk.user_id, f"/menu {n}") for n in range(12)])
    with database.transaction() as session:
        answers = session.scalars(
            sa.select(Outbound.inbound_id).where(Outbound.id > before).order_by(Outbound.id)
        ).all()
    assert len(set(answers)) == len(answers) == 12


@pytest.mark.parametrize("moment", ["meeting.lock", "keep"])
def test_a_turn_is_kept_whole_or_not_at_all(
    database: Database, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    """A process that dies in mid-turn leaves no inbound row without its reply (I-15)."""

    class PulledPlugError(BaseException):
        """The process is gone."""

    def die(*_args: Any) -> None:
        raise PulledPlugError

    with monkeypatch.context() as patched:
        patched.setattr(f"bot.dispatch.{moment}", die)
        with pytest.raises(PulledPlugError), database.transaction() as session:
            dispatch.receive(session, message(7001, "hi", 5), HOUSE)
    with database.transaction() as session:
        assert [number_of(session, t) for t in (Stored, Outbound, Person)] == [0, 0, 0]
        assert dispatch.receive(session, message(7001, "hi", 5), HOUSE).fresh
