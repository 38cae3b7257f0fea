"""Alive, ready, numbers; the front door; the movable clock."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from bot import reach
from conversations.prompts import Prompt
from models import clock
from models.db import Database
from models.db import Options as DatabaseOptions
from models.platform import Heartbeat
from models.text import raw
from models.traffic import Outbound
from pages import front
from tests import make
from tests.conftest import KEY, NOW
from tests.pages.conftest import OPTIONS
from tests.world import house

PRODUCTION = replace(OPTIONS, production=True, metrics_token="hush")


def client(database: Database, options: object = OPTIONS) -> FlaskClient:
    app = Flask("bili-test", static_folder=None)
    front.register(app, database, options, house().payments)  # type: ignore[arg-type]
    return app.test_client()


def test_alive_needs_nothing() -> None:
    """Even with Postgres away the process is alive, and says that it is not ready."""
    nowhere = DatabaseOptions(
        url="postgresql://nobody@127.0.0.1:9/none", keys=(KEY,), pool_timeout_s=1
    )
    away = client(Database(nowhere))

    assert away.get("/healthz").status_code == 200
    got = away.get("/readyz")
    assert (got.status_code, got.get_json()) == (503, {"ready": False, "database": False})


def test_ready_says_how_long_ago_the_others_were_seen(
    browser: FlaskClient, session: Session
) -> None:
    """A process that was never seen is null; the newest migration must be in."""
    session.add(Heartbeat(process="worker", seen_at=NOW - timedelta(seconds=7)))
    session.flush()

    got = browser.get("/readyz")

    assert got.status_code == 200
    assert got.get_json() == {
        "ready": True,
        "database": True,
        "migrations": True,
        "worker_seen_s": 7,
        "clock_seen_s": None,
    }


def test_an_older_schema_is_not_ready(database: Database) -> None:
    """New code on an old schema takes no traffic yet."""
    with database.as_owner() as session:
        session.execute(sa.text("UPDATE alembic_version SET version_num = '0001'"))

    got = client(database).get("/readyz")

    assert (got.status_code, got.get_json()["migrations"]) == (503, False)


def test_the_numbers_of_all_merchants(database: Database) -> None:
    """Counted across tenants, from Postgres."""
    with database.transaction() as session:
        for _turn in range(2):
            make.merchant(session)
            make.invoice(session)
            make.invoice(session, status="void")

    text = client(database).get("/metrics").text

    assert 'bili_invoices{status="issued"} 2.0' in text
    assert 'bili_invoices{status="void"} 2.0' in text
    assert "bili_events_unhandled 0.0" in text
    assert "bili_outbound_dead 0.0" in text
    assert "python_info" in text


@pytest.mark.parametrize(("channel", "oldest_s"), [("telegram", 90), ("terminal", 0)])
def test_the_oldest_message_that_waits(database: Database, channel: str, oldest_s: int) -> None:
    """How long it waits; a terminal fetches its own and alarms nobody."""
    with database.transaction() as session:
        who = make.contact(session, make.person(session), channel=channel)
        row = reach.put_out(session, who.id, Prompt((raw("hi"),)))
        made = clock.real_now() - timedelta(seconds=90)
        session.execute(sa.update(Outbound).where(Outbound.id == row).values(made_at=made))
    text = client(database).get("/metrics").text
    (found,) = re.findall(r"bili_outbound_oldest_s (\d+)", text)
    assert oldest_s <= int(found) <= oldest_s + 30


@pytest.mark.parametrize(
    ("headers", "address", "status"),
    [
        ({}, "127.0.0.1", 200),
        ({}, "10.0.0.7", 403),
        ({"X-Forwarded-For": "127.0.0.1"}, "127.0.0.1", 403),
        ({"Authorization": "Bearer hush"}, "10.0.0.7", 200),
        ({"Authorization": "Bearer hush", "X-Forwarded-For": "1.2.3.4"}, "127.0.0.1", 200),
        ({"Authorization": "Bearer wrong"}, "10.0.0.7", 403),
        ({"Authorization": "Bearer "}, "10.0.0.7", 403),
    ],
)
def test_who_may_look_at_the_numbers(
    worker_database: Database, headers: dict[str, str], address: str, status: int
) -> None:
    """This machine itself, or the token's holder; a proxy's own address opens nothing."""
    got = client(worker_database, PRODUCTION).get(
        "/metrics", headers=headers, environ_base={"REMOTE_ADDR": address}
    )

    assert got.status_code == status
    assert status == 200 or got.data == b""


def test_without_a_token_there_is_none_to_guess(worker_database: Database) -> None:
    """An empty METRICS_TOKEN is not opened by an empty bearer."""
    got = client(worker_database).get(
        "/metrics", headers={"Authorization": "Bearer "}, environ_base={"REMOTE_ADDR": "10.0.0.7"}
    )

    assert got.status_code == 403


def test_the_front_door(browser: FlaskClient) -> None:
    """Says what Bili is and opens the bot, in both languages, with the same safety."""
    got = browser.get("/")

    assert "https://t.me/bili_test_bot" in got.text
    assert "default-src 'none'" in got.headers["Content-Security-Policy"]
    assert '<html lang="sw">' in browser.get("/?lang=sw").text
    assert '<html lang="sw">' in browser.get("/", headers={"Accept-Language": "sw-KE,sw"}).text
    assert '<html lang="en">' in browser.get("/?lang=xx").text


def test_time_is_moved_in_development_only(database: Database) -> None:
    """Each move adds up and every later transaction sees it; production has no such address."""
    develops = client(database)

    assert develops.post("/dev/clock", json={"advance_s": 3600}).get_json()["offset_s"] == 3600
    got = develops.post("/dev/clock", json={"advance_s": 60}).get_json()
    assert got == {"offset_s": 3660, "now": (NOW + timedelta(seconds=3660)).isoformat()}
    wrongs: list[Any] = [{}, {"advance_s": -1}, {"advance_s": 1.5}, {"advance_s": True}, [], None]
    for wrong in wrongs:
        assert develops.post("/dev/clock", json=wrong).status_code == 422
    assert client(database, PRODUCTION).post("/dev/clock", json={}).status_code == 404


def test_production_asks_for_https_for_a_year(worker_database: Database) -> None:
    """Strict transport security stands on every page in production."""
    got = client(worker_database, PRODUCTION).get("/")

    assert "max-age=31536000" in got.headers["Strict-Transport-Security"]
