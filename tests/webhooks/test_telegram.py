"""Telegram's calls: only Telegram gets in, whatever it says is kept, and it is never sent away twice."""

import json
import operator
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from apiflask import APIFlask
from werkzeug.test import TestResponse

from bot import dispatch
from bot.acts import people
from models.db import Database
from models.people import Contact
from models.traffic import Inbound, Outbound
from tests.conftest import SECRETS, web_process

PATH = "/webhooks/telegram"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
SECRET = {HEADER: SECRETS["telegram_webhook_secret"]}
UNREACHABLE = "postgresql://nobody@127.0.0.1:9/nothing"
Post = Callable[..., TestResponse]


def update(number: int, text: Any = "hi", **more: Any) -> dict[str, Any]:
    """A private message from one person."""
    chat = {"id": 7001, "type": "private", "first_name": "Wanjiru"}
    sender = {"id": 7001, "is_bot": False, "first_name": "Wanjiru"}
    message = {"message_id": number, "date": 1_795_000_000, "chat": chat, "from": sender}
    return {"update_id": number, "message": {**message, "text": text, **more}}


@pytest.fixture
def post(web: APIFlask) -> Post:
    """Post a body as Telegram would."""
    client = web.test_client()

    def send(body: Any, headers: dict[str, str] = SECRET) -> TestResponse:
        data = body if isinstance(body, bytes) else json.dumps(body)
        return client.post(PATH, data=data, headers=headers, content_type="application/json")

    return send


def kept(database: Database) -> list[tuple[str, str | None]]:
    """Kind and outcome of everything that came in."""
    with database.transaction() as session:
        rows = session.execute(sa.select(Inbound.kind, Inbound.outcome).order_by(Inbound.id))
        return [(row.kind, row.outcome) for row in rows]


def replies(database: Database) -> int:
    """How many things we have to say."""
    with database.transaction() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(Outbound)) or 0


def test_a_message_is_taken_and_answered_by_a_row(database: Database, post: Post) -> None:
    """200 with an empty body; the words wait for a worker."""
    answer = post(update(1))
    assert (answer.status_code, answer.data) == (200, b"")
    assert kept(database) == [("text", "handled")]
    assert replies(database) == 1


@pytest.mark.parametrize(
    "given", [None, "", "wrong", SECRETS["telegram_webhook_secret"][:-1], "hush\u00e9"]
)
def test_a_stranger_gets_nothing(database: Database, post: Post, given: str | None) -> None:
    """Without the very secret: 403, an empty body, and nothing is stored (I-21)."""
    answer = post(update(1), {} if given is None else {HEADER: given})
    assert (answer.status_code, answer.data) == (403, b"")
    assert kept(database) == []


def test_without_a_secret_of_our_own_nobody_gets_in() -> None:
    """An empty setting is no secret that an empty header could match."""
    client = web_process(UNREACHABLE, telegram_webhook_secret="").test_client()
    assert client.post(PATH, json=update(1), headers={HEADER: ""}).status_code == 403


def test_the_same_update_again_says_nothing_again(database: Database, post: Post) -> None:
    """Telegram repeats what it thinks was lost: 200, one row, one reply (I-9)."""
    for _again in range(3):
        assert post(update(1)).status_code == 200
    assert len(kept(database)) == 1
    assert replies(database) == 1


def test_a_tap_is_answered_in_the_answer(database: Database, post: Post) -> None:
    """The spinner stops without another call, with a word where the button is stale."""
    tap = {
        "id": "30088", "from": update(1)["message"]["from"], "chat_instance": "1", "data": "1.x",
    }  # fmt: skip
    answer = post({"update_id": 5, "callback_query": tap})
    assert answer.json == {
        "method": "answerCallbackQuery",
        "callback_query_id": "30088",
        "text": "That button is no longer in use.",
    }
    assert kept(database) == [("press", "stale")]


NOT_UNDERSTOOD: dict[str, bytes] = {
    "empty": b"",
    "no json": b"<html>",
    "half": b'{"update_id": 1, "message"',
    "a list": b"[]",
    "a number": b"7",
    "null": b"null",
    "no id": b"{}",
    "id of a wrong type": b'{"update_id": "1"}',
    "no utf-8": b'{"update_id": 1, "x": "\xff"}',
    "utf-16": '{"update_id": 1}'.encode("utf-16"),
    "too deep": b'{"update_id": 1, "x": ' + b"[" * 50_000 + b"]" * 50_000 + b"}",
    "deep": b'{"update_id": 1, "x": ' + b"[" * 400 + b"]" * 400 + b"}",
    "empty message": b'{"update_id": 1, "message": {}}',
    "message of a wrong type": b'{"update_id": 1, "message": "hi"}',
    "text of a wrong type": json.dumps(update(1, text={"a": 1})).encode(),
    "a year that never comes": json.dumps(update(1, date=10**20)).encode(),
    "unknown kind": b'{"update_id": 1, "subscription": {"a": [1, 2]}}',
    "not a number": b'{"update_id": 1, "rate": NaN, "far": Infinity, "low": -Infinity}',
    "a huge id": b'{"update_id": ' + b"9" * 300 + b"}",
    "an endless number": b'{"update_id": ' + b"9" * 5000 + b"}",
    "a zero character": b'{"update_id": 1, "x": "\\u0000 \\ud800"}',
}


@pytest.mark.parametrize("body", NOT_UNDERSTOOD.values(), ids=NOT_UNDERSTOOD)
def test_what_is_genuine_and_not_understood(database: Database, post: Post, body: bytes) -> None:
    """It is kept for the operator and answered with 200: nothing is repeated for a day."""
    for _again in range(2):
        assert post(body).status_code == 200
    assert kept(database) == [("strange", None)]
    assert replies(database) == 0


def test_a_group_is_not_our_business(database: Database, post: Post) -> None:
    """What strangers say to each other is not kept."""
    said = update(1)
    said["message"]["chat"] = {"id": -5, "type": "group", "title": "Soko"}
    assert post(said).status_code == 200
    assert kept(database) == []


def test_a_huge_body_is_refused_unread(database: Database, post: Post) -> None:
    """More than a megabyte is no update: 413."""
    answer = post(b'{"update_id": 1, "x": "' + b"x" * 1_000_000 + b'"}')
    assert (answer.status_code, answer.data) == (413, b"")
    assert kept(database) == []


def test_a_bug_of_ours_is_apologised_for(
    database: Database, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The inbound row stays, an apology goes out, and Telegram is told that all is well."""

    def broken(*_args: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(people, "stop", broken)
    assert post(update(1, "/stop")).status_code == 200
    assert kept(database) == [("text", "failed")]
    assert replies(database) == 1


def test_without_postgres_telegram_tries_again() -> None:
    """503: nothing was stored, so nothing may be acknowledged."""
    client = web_process(UNREACHABLE).test_client()
    answer = client.post(PATH, json=update(1), headers=SECRET)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]


def test_after_postgres_was_away_the_next_message_goes_through(
    database: Database, post: Post
) -> None:
    """Connections that died in between cost one 503 each way at most, never a lost message."""
    assert post(update(1)).status_code == 200
    with database.as_owner() as session:
        session.execute(
            sa.text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                " AND backend_type = 'client backend'"
            )
        )
    first = post(update(2))
    assert first.status_code in (200, 503)
    assert post(update(2)).status_code == 200
    assert [outcome for _kind, outcome in kept(database)] == ["handled", "handled"]


@pytest.mark.parametrize("moment", ["meeting.hear", "meeting.lock", "keep"])
def test_a_connection_cut_in_mid_turn(
    database: Database, post: Post, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    """Whenever it is cut: 503, nothing is half kept, and the repeated update is taken whole."""
    real = operator.attrgetter(moment)(dispatch)

    def cut(session: Any, *args: Any) -> Any:
        monkeypatch.setattr(f"bot.dispatch.{moment}", real)
        pid = session.scalar(sa.text("SELECT pg_backend_pid()"))
        with database.as_owner() as owner:
            owner.execute(
                sa.text("SELECT pg_terminate_backend(CAST(:pid AS int), 5000)"), {"pid": pid}
            )
        return real(session, *args)

    monkeypatch.setattr(f"bot.dispatch.{moment}", cut)
    assert post(update(1)).status_code == 503
    assert kept(database) == []
    assert post(update(1)).status_code == 200
    assert kept(database) == [("text", "handled")]
    assert replies(database) == 1


@pytest.mark.parametrize("moment", ["meeting.lock", "meeting.park", "keep"])
def test_a_deadlock_is_no_bug(
    database: Database, post: Post, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    """Whoever is chosen as the victim is asked to come again, and nobody is apologised to."""

    def victim(*_args: Any, **_more: Any) -> None:
        raise psycopg.errors.DeadlockDetected

    with monkeypatch.context() as patched:
        patched.setattr(f"bot.dispatch.{moment}", victim)
        assert post(update(1, "/menu")).status_code == 503
    assert kept(database) == []
    assert post(update(1, "/menu")).status_code == 200
    assert kept(database) == [("text", "handled")]


def test_a_hidden_name_is_no_obstacle(database: Database, post: Post) -> None:
    """A name of nothing but a zero character leaves a person without a name."""
    said = update(1)
    said["message"]["from"]["first_name"] = "\x00"
    assert post(said).status_code == 200
    with database.transaction() as session:
        assert session.scalars(sa.select(Contact.display_name)).all() == [None]
