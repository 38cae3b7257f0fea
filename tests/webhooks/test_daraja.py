"""Safaricom's calls: admitted by the path's secret, stored raw, acknowledged, settled by a job."""

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from models.db import AWAY, Database, Options
from models.payments import Attempt
from models.platform import ProviderEvent
from payments import events, jobs
from tests.conftest import KEY, counting
from tests.payments import bed
from tests.payments.test_news import payload
from webhooks import daraja as webhook

BASE = f"/webhooks/daraja/{bed.SECRET}"


ACK = {"ResultCode": 0, "ResultDesc": "Accepted"}


def caller(database: Database, **more: Any) -> FlaskClient:
    """Safaricom, as far as the app can tell."""
    app = Flask(__name__)
    app.register_blueprint(webhook.blueprint(database, bed.options(**more)))
    return app.test_client()


def stored(database: Database) -> list[ProviderEvent]:
    """All events, oldest first."""
    with database.transaction() as session:
        found = list(session.scalars(sa.select(ProviderEvent).order_by(ProviderEvent.id)))
        session.expunge_all()
        return found


def waiting(database: Database) -> list[dict[str, Any]]:
    """The settle jobs."""
    with database.transaction() as session:
        return bed.jobs(session, "payments.settle")


def work(database: Database) -> None:
    """Do the settle jobs."""
    for job in waiting(database):
        jobs.settle(database, **job)


def post(client: FlaskClient, path: str, body: bytes) -> TestResponse:
    """With the headers of the real one."""
    headers = {"Content-Type": "application/json;charset=UTF-8", "Businessshortcode": bed.SHORTCODE}
    return client.post(path, data=body, headers=headers)


def test_a_callback_is_stored_raw_and_acknowledged(joined: Database, prompt: Attempt) -> None:
    """Body, headers, address; one job; nothing else is touched by the web process (I-21)."""
    body = payload("stk_success")
    answer = post(caller(joined), f"{BASE}/stk/{prompt.reference}", body)
    assert (answer.status_code, answer.json) == (200, ACK)
    (event,) = stored(joined)
    assert event.body == body
    assert (event.provider, event.kind, event.reference) == ("daraja", "stk", prompt.reference)
    assert (event.merchant_id, event.source_ip) == (prompt.merchant_id, "127.0.0.1")
    assert event.headers["Businessshortcode"] == bed.SHORTCODE
    assert (event.handled_at, event.flagged) == (None, None)
    assert waiting(joined) == [{"merchant_id": prompt.merchant_id, "event_id": event.id}]
    with joined.transaction(prompt.merchant_id) as session:
        assert bed.payments(session) == []


@pytest.mark.parametrize("name", ["stk_success", "stk_success_java_map"])
def test_its_job_settles_it_once(joined: Database, prompt: Attempt, name: str) -> None:
    """Run twice, one payment; the event says what became of it."""
    post(caller(joined), f"{BASE}/stk/{prompt.reference}", payload(name))
    work(joined)
    work(joined)
    with joined.transaction(prompt.merchant_id) as session:
        assert len(bed.payments(session)) == 1
    (event,) = stored(joined)
    assert event.outcome == "booked"
    assert event.handled_at is not None


def test_the_same_call_again_is_nothing_new(joined: Database, prompt: Attempt) -> None:
    """A-19: acknowledged every time, one event, one job."""
    client = caller(joined)
    for _time in range(3):
        answer = post(client, f"{BASE}/stk/{prompt.reference}", payload("stk_success"))
        assert answer.json == ACK
    assert len(stored(joined)) == len(waiting(joined)) == 1


def test_a_forgery_does_not_squat_on_the_genuine_event(joined: Database, prompt: Attempt) -> None:
    """Another body or another path is another event."""
    client = caller(joined)
    post(client, f"{BASE}/stk/{prompt.reference}", b'{"forged": 1}')
    post(client, f"{BASE}/stk/{'00' * 16}", payload("stk_success"))
    post(client, f"{BASE}/stk/{prompt.reference}", payload("stk_success"))
    work(joined)
    assert [event.outcome for event in stored(joined)] == ["not understood", None, "booked"]


STRANGE = ["0" * 16, "c0ffee", bed.SECRET.upper(), bed.SECRET + "0", "é", "%00"]


@pytest.mark.parametrize("secret", STRANGE)
@pytest.mark.parametrize("path", ["stk/ab", "c2b/confirmation", "c2b/validation", "result/ab"])
def test_a_wrong_secret_is_any_unknown_address(
    worker_database: Database, secret: str, path: str
) -> None:
    """The same answer to the letter; nothing is stored."""
    client = caller(worker_database)
    wrong = client.post(f"/webhooks/daraja/{secret}/{path}", data=b"{}")
    unknown = client.post("/webhooks/nothing/here", data=b"{}")
    assert (wrong.status_code, wrong.data) == (404, unknown.data)


def test_without_a_secret_of_ours_nobody_gets_in(worker_database: Database) -> None:
    """An empty setting is not an empty password."""
    client = caller(worker_database, callback_secret="")
    assert client.post("/webhooks/daraja//stk/ab").status_code == 404
    assert client.post("/webhooks/daraja/x/stk/ab").status_code == 404


def test_an_unknown_reference_is_stored_and_has_no_job(joined: Database) -> None:
    """The right secret: it may matter to an operator one day."""
    answer = post(caller(joined), f"{BASE}/stk/{'ab' * 16}", payload("stk_success"))
    assert answer.json == ACK
    (event,) = stored(joined)
    assert (event.merchant_id, event.reference) == (None, "ab" * 16)
    assert waiting(joined) == []


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b"\xff", b'{"Body": 1}', b"paid!"])
def test_genuine_but_not_understood(joined: Database, prompt: Attempt, body: bytes) -> None:
    """Stored, acknowledged, left for a person (never a 4xx, which would be lost)."""
    answer = post(caller(joined), f"{BASE}/stk/{prompt.reference}", body)
    assert answer.json == ACK
    work(joined)
    (event,) = stored(joined)
    assert (event.body, event.handled_at, event.outcome) == (body, None, "not understood")
    with joined.transaction() as session:
        assert [one.id for one in events.unhandled(session)] == [event.id]


def test_an_event_can_be_settled_again_by_an_operator(joined: Database, prompt: Attempt) -> None:
    """A-15: replayed by its job, and still one payment."""
    post(caller(joined), f"{BASE}/stk/{prompt.reference}", payload("stk_success"))
    work(joined)
    (event,) = stored(joined)
    with joined.transaction() as session:
        assert events.replay(session, event.id)
        assert not events.replay(session, 999_999)
    work(joined)
    (event,) = stored(joined)
    assert event.outcome == "already"
    with joined.transaction(prompt.merchant_id) as session:
        assert len(bed.payments(session)) == 1


def test_secrets_are_not_kept(joined: Database, prompt: Attempt) -> None:
    """Neither what opens doors nor what was sent along by mistake."""
    caller(joined).post(
        f"{BASE}/stk/{prompt.reference}",
        data=payload("stk_success"),
        headers={"Authorization": "Bearer x", "Cookie": "session=x"},
    )
    (event,) = stored(joined)
    assert {"Authorization", "Cookie"}.isdisjoint(event.headers)


def test_other_addresses_are_flagged(joined: Database, prompt: Attempt) -> None:
    """Noted, and refused only where that is wanted."""
    path = f"{BASE}/stk/{prompt.reference}"
    post(caller(joined, allowed_ips=("196.201.212.0/24",)), path, payload("stk_success"))
    assert [event.flagged for event in stored(joined)] == ["address"]
    strict = caller(joined, allowed_ips=("196.201.212.0/24",), enforce_ips=True)
    answer = post(strict, path, payload("stk_cancelled"))
    assert (answer.status_code, answer.data) == (403, b"")
    assert len(stored(joined)) == 1
    known = strict.post(
        path, data=payload("stk_cancelled"), environ_base={"REMOTE_ADDR": "196.201.212.69"}
    )
    assert known.json == ACK


@pytest.mark.parametrize(
    ("address", "fine"),
    [("196.201.214.200", True), ("196.201.213.44", True), ("127.0.0.1", False), (None, False)],
)
def test_the_published_addresses_are_known(address: str | None, fine: bool) -> None:
    """Safaricom's own list where Safaricom is at the other end (facts: daraja 3.1)."""
    live = webhook.allowed(bed.options(url="https://api.safaricom.co.ke").daraja)
    assert webhook.known_address(live, address) is fine
    assert webhook.known_address(webhook.allowed(bed.options().daraja), address)


def test_a_database_that_is_away_is_told_upwards() -> None:
    """The app answers 503; nothing pretends that the news is safe with us."""
    app = Flask(__name__)
    app.testing = True
    away = Database(Options(url="postgresql://nobody@127.0.0.1:1/none", keys=(KEY,)))
    app.register_blueprint(webhook.blueprint(away, bed.options()))
    with pytest.raises(AWAY):
        app.test_client().post(f"{BASE}/stk/ab", data=payload("stk_success"))


@pytest.mark.parametrize("kind", ["result", "timeout"])
def test_other_results_are_kept(joined: Database, kind: str) -> None:
    """Nobody asks for them yet; what comes is stored and acknowledged."""
    assert post(caller(joined), f"{BASE}/{kind}/{'ab' * 16}", b'{"Result": {}}').json == ACK
    (event,) = stored(joined)
    assert event.kind == kind


def test_a_callback_takes_four_statements(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Time, route, event with its job: the web process does nothing else."""
    prompt = bed.prompted(database)
    web = caller(database)
    with database.transaction():
        pass  # a connection that is there
    with monkeypatch.context() as patched:
        seen = counting(patched)
        post(web, f"{BASE}/stk/{prompt.reference}", payload("stk_success"))
    assert 0 < len(seen) <= 4, seen.statements
    assert len(waiting(database)) == 1


def test_a_settlement_takes_sixteen_statements(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the tenant to the event's outcome, with the job that words it."""
    prompt = bed.prompted(database)
    post(caller(database), f"{BASE}/stk/{prompt.reference}", payload("stk_success"))
    (job,) = waiting(database)
    with monkeypatch.context() as patched:
        seen = counting(patched)
        jobs.settle(database, **job)
    assert 0 < len(seen) <= 16, seen.statements
    with database.transaction(prompt.merchant_id) as session:
        assert len(bed.payments(session)) == 1
