"""Twilio's door: genuine calls alone come in, whole and once, and are answered with nothing to say."""

import base64
import hashlib
import hmac
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from apiflask import APIFlask
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]
from werkzeug.test import TestResponse

from bot import outbox
from bot.channel import Sent, base62
from bot.outbox import Result
from models.db import Database
from models.people import Contact
from models.traffic import Inbound, Outbound
from tests import twilio_forms
from tests.conftest import SECRETS, counting, web_process

URL = "https://bili.test/webhooks/twilio"
ASHA = "+255754000444"
Post = Callable[..., TestResponse]


def sign(url: str, fields: dict[str, str], token: str = SECRETS["twilio_auth_token"]) -> str:
    """As Twilio signs: the address and every field by name, without separators."""
    said = url + "".join(f"{name}{fields[name]}" for name in sorted(fields))
    return base64.b64encode(hmac.new(token.encode(), said.encode(), hashlib.sha1).digest()).decode()


@pytest.fixture
def post(web: APIFlask) -> Post:
    """Posts fields, signed over our public address unless told otherwise."""
    client = web.test_client()

    def send(fields: dict[str, str], path: str = "", **more: Any) -> TestResponse:
        signature = more.pop("signature", None) or sign(URL + path, fields)
        headers = {"X-Twilio-Signature": signature, **more.pop("headers", {})}
        url = f"http://127.0.0.1:8000/webhooks/twilio{path}"
        return client.post(url, data=fields, headers=headers, **more)

    return send


def rows(web: APIFlask, what: Any) -> list[Any]:
    """Committed rows."""
    found: Database = web.extensions["bili.database"]
    with found.transaction() as session:
        return list(session.scalars(what))


def bodies(web: APIFlask) -> list[dict[str, Any]]:
    """What was stored."""
    return rows(web, sa.select(Inbound.body))


# --- The signature ---


def test_the_published_vector() -> None:
    """The example of Twilio's own documentation comes out the same with our way of signing."""
    fields = {
        "CallSid": "CA1234567890ABCDE",
        "Caller": "+14158675309",
        "Digits": "1234",
        "From": "+14158675309",
        "To": "+18005551212",
    }
    url = "https://mycompany.com/myapp.php?foo=1&bar=2"
    known = "RSOYDt4T1cUTdK1PDd93/VVr8B8="
    assert sign(url, fields, "12345") == known
    assert RequestValidator("12345").validate(url, fields, known)


def test_a_genuine_message_is_taken(web: APIFlask, post: Post) -> None:
    """The fields are kept as they came, an answer waits, and the person gets no TwiML words."""
    fields = twilio_forms.form(ASHA, "Asha", Body="hi")
    answer = post(fields)
    assert (answer.status_code, answer.content_type) == (200, "text/xml")
    assert answer.get_data(as_text=True).endswith("<Response/>")
    assert bodies(web) == [fields]
    assert len(rows(web, sa.select(Outbound.id))) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"Body": "pay me"}, {"Body": "hi "}, {"From": "whatsapp:+254700000009"}, {"New": "x"},
        {"Body": ""},
    ],
)  # fmt: skip
def test_a_changed_field_is_a_forgery(web: APIFlask, post: Post, change: dict[str, str]) -> None:
    """Whatever field is changed, added or emptied: 403, empty, and nothing is stored (I-21)."""
    fields = twilio_forms.form(ASHA, Body="hi")
    answer = post(fields | change, signature=sign(URL, fields))
    assert (answer.status_code, answer.data) == (403, b"")
    assert bodies(web) == []


def test_a_dropped_blank_field_is_a_forgery(web: APIFlask, post: Post) -> None:
    """Blank fields are signed like all others."""
    fields = twilio_forms.form(ASHA, Body="hi") | {"Blank": ""}
    assert post(fields).status_code == 200
    fields = twilio_forms.form(ASHA, Body="hi") | {"Blank": ""}
    without = {name: value for name, value in fields.items() if name != "Blank"}
    assert post(without, signature=sign(URL, fields)).status_code == 403
    assert len(bodies(web)) == 1


@pytest.mark.parametrize("signature", ["", "x", "RSOYDt4T1cUTdK1PDd93/VVr8B8=", "é"])
def test_a_wrong_signature(web: APIFlask, post: Post, signature: str) -> None:
    """None, nonsense, and somebody else's."""
    fields = twilio_forms.form(ASHA, Body="hi")
    answer = web.test_client().post(
        "/webhooks/twilio", data=fields, headers={"X-Twilio-Signature": signature}
    )
    assert (answer.status_code, answer.data) == (403, b"")


@pytest.mark.parametrize(
    ("signed", "status"),
    [
        (URL, 200),
        ("https://bili.test:443/webhooks/twilio", 200),
        ("http://bili.test/webhooks/twilio", 403),
        ("https://bili.test/webhooks/twilio/", 403),
        (URL + "#rc=5&rp=all", 403),
        ("https://127.0.0.1/webhooks/twilio", 403),
        (URL + "?a=1", 403),
    ],
)
def test_which_address_is_signed(post: Post, signed: str, status: int) -> None:
    """Our public one without its fragment, with the default port or without it."""
    fields = twilio_forms.form(ASHA, Body="hi")
    assert post(fields, signature=sign(signed, fields)).status_code == status


def test_the_query_is_signed_too(post: Post) -> None:
    """As it came, without a lone question mark where there is none."""
    fields = twilio_forms.form(ASHA, Body="hi")
    assert post(fields, path="?a=b%20c&d=").status_code == 200
    fields = twilio_forms.form(ASHA, Body="hi")
    assert post(fields, path="?a=1", signature=sign(URL + "?a=2", fields)).status_code == 403


def test_a_json_body_is_hashed(web: APIFlask) -> None:
    """The trap of the empty form: a body that does not fit its signed hash is a forgery."""
    body = b'{"From": "whatsapp:+254712345678"}'
    path = f"?bodySHA256={hashlib.sha256(body).hexdigest()}"
    headers = {"X-Twilio-Signature": sign(URL + path, {})}
    client = web.test_client()
    kind = {"content_type": "application/json", "headers": headers}
    assert client.post(f"/webhooks/twilio{path}", data=body, **kind).status_code == 200
    assert client.post(f"/webhooks/twilio{path}", data=body + b" ", **kind).status_code == 403
    assert bodies(web) == []


def test_the_header_chooses_no_algorithm(post: Post) -> None:
    """Signed with SHA256 under a header that says so: not what we agreed on."""
    fields = twilio_forms.form(ASHA, Body="hi")
    said = URL + "".join(f"{name}{fields[name]}" for name in sorted(fields))
    key = SECRETS["twilio_auth_token"].encode()
    strong = base64.b64encode(hmac.new(key, said.encode(), hashlib.sha256).digest()).decode()
    settings = {"X-Twilio-Webhooks-Signature-Settings": "key=k,algorithm=HMAC_SHA256"}
    assert post(fields, signature=strong, headers=settings).status_code == 403


def test_without_a_token_there_is_no_door(server_url: str) -> None:
    """Where Twilio is not configured the address is not ours."""
    app = web_process(server_url, twilio_auth_token="", twilio_account_sid="")
    assert app.test_client().post("/webhooks/twilio").status_code == 404


# --- What is said ---


def test_the_same_message_twice(web: APIFlask, post: Post) -> None:
    """Repeated deliveries are answered alike and heard once (I-9)."""
    fields = twilio_forms.form(ASHA, Body="hi")
    assert [post(fields).status_code for _n in range(3)] == [200] * 3
    assert len(bodies(web)) == 1
    assert len(rows(web, sa.select(Outbound.id))) == 1


@pytest.mark.parametrize(
    "fields",
    [
        twilio_forms.form(ASHA, Body="hi", From="+254712345678"),
        twilio_forms.form(ASHA, MessageStatus="delivered"),
        {"Hello": "world"},
    ],
)
def test_what_says_nothing_to_us(web: APIFlask, post: Post, fields: dict[str, str]) -> None:
    """Genuine, but no message of WhatsApp's: accepted and passed over."""
    assert post(fields).status_code == 200
    assert bodies(web) == []


def test_a_contact_card_is_fetched_later(web: APIFlask, post: Post) -> None:
    """The web process calls nobody: a job fetches the card and takes the message in."""
    post(twilio_forms.media(ASHA, "text/vcard"))
    assert bodies(web) == []
    jobs = sa.text("SELECT task_name FROM jobs.procrastinate_jobs")
    assert rows(web, jobs) == ["bot.read_card"]


def test_hostile_bytes(web: APIFlask, post: Post) -> None:
    """Zero characters and half pairs are stored without what Postgres cannot hold."""
    fields = twilio_forms.form(ASHA, Body="a\x00b")
    assert post(fields).status_code == 200
    assert bodies(web)[0]["Body"] == "ab"


# --- Statuses ---


@pytest.fixture
def sent(web: APIFlask, post: Post) -> Outbound:
    """A reply that the worker has sent."""
    post(twilio_forms.form(ASHA, Body="hi"))
    database: Database = web.extensions["bili.database"]
    with database.transaction() as session:
        for claim in outbox.claim(session, 1, 10):
            sid = "SM" + "a" * 32
            outbox.record(session, [(claim, [Result(claim.rows[0], sent=Sent(sid))])])
    found: Outbound = rows(web, sa.select(Outbound))[0]
    return found


def status(row: Outbound, word: str, **more: str) -> dict[str, str]:
    """A status callback's fields."""
    fields = {
        "MessageSid": row.provider_id or "",
        "SmsSid": row.provider_id or "",
        "MessageStatus": word,
        "SmsStatus": word,
        "AccountSid": twilio_forms.ACCOUNT,
        "From": twilio_forms.SENDER,
        "To": f"whatsapp:{ASHA}",
        "ApiVersion": "2010-04-01",
        "ChannelPrefix": "whatsapp",
    }
    return fields | more


@pytest.mark.parametrize("named", [True, False])
def test_a_status_is_written_down(web: APIFlask, post: Post, sent: Outbound, named: bool) -> None:
    """Found by its id, whether or not the row stands in the address."""
    path = f"/status?o={base62(sent.id)}" if named else "/status"
    answer = post(status(sent, "read"), path=path)
    assert (answer.status_code, answer.data) == (204, b"")
    assert rows(web, sa.select(Outbound.status)) == ["read"]


def test_an_id_found_again_stays_with_its_row(web: APIFlask, post: Post, sent: Outbound) -> None:
    """A message made for one row and taken for another's alike after a crash is the other's."""
    post(twilio_forms.form(ASHA, Body="hi", MessageSid="SM" + "b" * 32))
    (alike,) = rows(web, sa.select(Outbound.id).where(Outbound.provider_id.is_(None)))
    answer = post(status(sent, "read"), path=f"/status?o={base62(alike)}")
    assert answer.status_code == 204
    assert rows(web, sa.select(Outbound.status).order_by(Outbound.id)) == ["read", "waiting"]


@pytest.mark.parametrize("path", ["/status?o=", "/status?o=!!", "/status?o=zzzzzzzzzzzzzzz"])
def test_a_strange_row_in_the_address(web: APIFlask, post: Post, sent: Outbound, path: str) -> None:
    """What we never made counts as not given."""
    assert post(status(sent, "delivered"), path=path).status_code == 204
    assert rows(web, sa.select(Outbound.status)) == ["delivered"]


def test_a_forged_status(web: APIFlask, post: Post, sent: Outbound) -> None:
    """Nobody else may say what became of a message."""
    answer = post(status(sent, "failed"), path="/status", signature="x")
    assert (answer.status_code, answer.data) == (403, b"")
    assert rows(web, sa.select(Outbound.status)) == ["sent"]


def test_a_late_error_moves_the_row_on(web: APIFlask, post: Post, sent: Outbound) -> None:
    """63016 closes the window in our books and has the row tried another way."""
    post(status(sent, "undelivered", ErrorCode="63016"), path="/status")
    assert rows(web, sa.select(Outbound.status)) == ["waiting"]
    assert rows(web, sa.select(Contact.last_inbound_at)) == [None]


# --- What it costs ---


@pytest.fixture
def cost(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The statements of the web process, from now on; BEGIN and COMMIT apart."""
    return counting(monkeypatch).statements


def test_a_status_costs_one_statement(post: Post, sent: Outbound, cost: list[str]) -> None:
    """Three of them come for every message we send."""
    cost.clear()
    post(status(sent, "delivered"), path=f"/status?o={base62(sent.id)}")
    assert len(cost) == 2, cost  # the other asks how far the clock was moved: development only
