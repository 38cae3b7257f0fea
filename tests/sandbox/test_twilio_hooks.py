"""What the sandbox's WhatsApp posts to the application: signed, retried, in order and disorder."""

from typing import Any
from urllib.parse import parse_qsl

import pytest
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]

from sandbox import twilio_hook
from tests.sandbox.conftest import App, Got, Outside, until

ACCOUNT, TOKEN = "AC5a4db0a5a4db0a5a4db0a5a4db0a5a4d", "sandbox-auth-token"
ASHA = "+255754000444"


def fields(got: Got) -> dict[str, str]:
    """The form of a request."""
    return dict(parse_qsl(got.raw.decode(), keep_blank_values=True))


def is_genuine(app: App, got: Got) -> bool:
    """Whether Twilio's own library takes the signature."""
    signature = got.headers["X-Twilio-Signature"]
    valid: bool = RequestValidator(TOKEN).validate(app.url + got.path, fields(got), signature)
    return valid


def said(outside: Outside, app: App, act: str, **body: Any) -> dict[str, str]:
    """What the application is told of an act of Asha's."""
    app.got.clear()
    outside.does(f"phones/asha/{act}", **body)
    got = app.wait(1, "/webhooks/twilio")[0]
    assert is_genuine(app, got)
    return fields(got)


def test_the_published_vector() -> None:
    """The example of Twilio's documentation."""
    form = {"CallSid": "CA1234567890ABCDE", "Caller": "+14158675309", "Digits": "1234",
            "From": "+14158675309", "To": "+18005551212"}  # fmt: skip
    url = "https://mycompany.com/myapp.php?foo=1&bar=2"
    assert twilio_hook.signature("12345", url, form) == "RSOYDt4T1cUTdK1PDd93/VVr8B8="


@pytest.mark.parametrize(
    ("act", "body", "expected"),
    [
        ("say", {"text": "Habari"}, {"Body": "Habari", "NumMedia": "0", "WaId": ASHA[1:]}),
        ("say", {"text": "x", "forwarded": True}, {"Forwarded": "true"}),
        ("photo", {"caption": "look"}, {"Body": "look", "MediaContentType0": "image/png"}),
        ("voice", {}, {"Body": "", "MediaContentType0": "audio/ogg"}),
        ("sticker", {}, {"MediaContentType0": "image/webp"}),
        ("document", {}, {"MediaContentType0": "application/pdf"}),
        (
            "document",
            {"kind": "webp", "caption": "INV-1"},
            {"MediaContentType0": "image/webp", "Body": "INV-1"},
        ),
        ("contact", {}, {"MediaContentType0": "text/vcard"}),
        ("location", {}, {"Latitude": "-1.2921"}),
    ],
)
def test_every_kind_of_message(
    outside: Outside, app: App, act: str, body: dict[str, Any], expected: dict[str, str]
) -> None:
    """Signed, with the fields of the real ones."""
    told = said(outside, app, act, **body)
    assert told | expected == told
    assert told["MessageSid"] == told["SmsSid"] == told["SmsMessageSid"]
    assert told["From"] == f"whatsapp:{ASHA}"


def test_a_card_is_fetched_with_the_login(outside: Outside, app: App) -> None:
    """The media address asks for Basic auth, then sends elsewhere."""
    told = said(outside, app, "forward_contact", name="Jane", number="+254712345678")
    url = told["MediaUrl0"]
    assert outside.client.get(url).status_code == 401
    card = outside.client.get(url, auth=(ACCOUNT, TOKEN), follow_redirects=True).text
    assert "waid=254712345678" in card


def test_a_hidden_number(outside: Outside, app: App) -> None:
    """Only the user id stands in From, and WaId is missing."""
    outside.does("phones/asha/hide", user_id="TZ.abc123")
    told = said(outside, app, "say", text="hi")
    assert told["From"] == told["ExternalUserId"] == "whatsapp:TZ.abc123"
    assert "WaId" not in told


@pytest.mark.parametrize(
    ("way", "count"), [("twice", 2), ("twice at once", 2), ("unknown fields", 1)]
)
def test_deliveries_by_switch(outside: Outside, app: App, way: str, count: int) -> None:
    """The same message again has the same id; a new field is signed like the others."""
    outside.switch("WhatsApp delivery", way)
    outside.does("phones/asha/say", text="hi")
    got = app.wait(count, "/webhooks/twilio")
    assert len({fields(one)["MessageSid"] for one in got}) == 1
    assert all(is_genuine(app, one) for one in got)


@pytest.mark.parametrize(
    ("fragment", "statuses", "calls"),
    [
        ("", [500], 1),  # by default only a failed connection is tried again
        ("#rc=5&rp=all", [500, 503], 3),
        ("#rc=1&rp=all", [500, 500, 500], 2),
        ("#rc=2&rp=5xx", [404], 1),
        ("#rc=2&rp=4xx", [404], 2),
    ],
)
def test_retries_by_the_fragment(
    outside: Outside, app: App, fragment: str, statuses: list[int], calls: int
) -> None:
    """The rules stand behind the # and are neither sent nor signed."""
    app.answers = [(status, {}, b"") for status in statuses]
    form = {"Body": "x"}
    twilio = outside.sandbox.twilio
    twilio_hook.call(twilio, f"{app.url}/webhooks/twilio{fragment}", form, "test")
    assert len(app.got) == calls
    assert all(is_genuine(app, one) for one in app.got)


def send(outside: Outside, app: App) -> str:
    """Something goes to Asha; its sid."""
    outside.does("phones/asha/say", text="hi")
    app.wait(1)
    app.got.clear()
    form = {"To": f"whatsapp:{ASHA}", "From": "whatsapp:+14155238886", "Body": "x",
            "StatusCallback": f"{app.url}/status?o=1#rc=5&rp=all"}  # fmt: skip
    url = f"{outside.url}/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    return str(outside.client.post(url, data=form, auth=(ACCOUNT, TOKEN)).json()["sid"])


@pytest.mark.parametrize(
    ("way", "expected"),
    [
        ("normal", ["sent", "delivered", "read"]),
        ("shuffled", ["read", "delivered", "sent"]),
        ("duplicate", ["sent", "sent", "delivered", "delivered", "read", "read"]),
        ("missing delivered", ["sent", "read"]),
        ("no read receipts", ["sent", "delivered"]),
    ],
)
def test_status_callbacks(outside: Outside, app: App, way: str, expected: list[str]) -> None:
    """Each signed, at the address the message named, in the order that is chosen."""
    outside.switch("WhatsApp status", way)
    sid = send(outside, app)
    got = app.wait(len(expected), "/status")
    assert [fields(one)["MessageStatus"] for one in got] == expected
    assert {fields(one)["MessageSid"] for one in got} == {sid}
    assert all(is_genuine(app, one) and one.path == "/status?o=1" for one in got)


def test_a_failure_names_its_code(outside: Outside, app: App) -> None:
    """The reason stands in the callback."""
    outside.switch("WhatsApp fate", "not joined")
    send(outside, app)
    told = fields(app.wait(1, "/status")[0])
    assert (told["MessageStatus"], told["ErrorCode"]) == ("failed", "63015")


def test_the_answer_may_speak(outside: Outside, app: App) -> None:
    """TwiML words are shown; an empty Response says nothing; plain text would be sent as it is."""
    xml = {"Content-Type": "text/xml"}
    app.answers = [
        (200, xml, b"<Response/>"),
        (200, xml, b"<Response><Message><Body>Hello</Body></Message></Response>"),
        (200, {"Content-Type": "text/plain"}, b"OK"),
    ]
    for number in range(3):
        outside.does("phones/asha/say", text=str(number))
        app.wait(number + 1)
    until(lambda: len(words(outside)) == 2)
    assert set(words(outside)) == {"Hello", "OK"}


def words(outside: Outside) -> list[str]:
    """What Asha's phone shows of ours."""
    return [m["text"] for m in outside.phone("asha")["messages"] if m["from"] == "bot"]


def test_opting_out_at_twilio(outside: Outside, app: App) -> None:
    """With Advanced Opt-Out the word is answered there, told of, and nothing gets through after."""
    outside.switch("WhatsApp opt-out", "by Twilio")
    assert said(outside, app, "say", text="Stop")["OptOutType"] == "STOP"
    url = f"{outside.url}/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    form = {"To": f"whatsapp:{ASHA}", "From": "whatsapp:+14155238886", "Body": "x"}
    refused = outside.client.post(url, data=form, auth=(ACCOUNT, TOKEN)).json()
    assert refused["code"] == 21610
    assert said(outside, app, "say", text="START")["OptOutType"] == "START"
    assert outside.client.post(url, data=form, auth=(ACCOUNT, TOKEN)).status_code == 201


def test_formatting_on_the_phone(outside: Outside, app: App) -> None:
    """Bold, italics, links and nothing else become HTML."""
    xml = "<Response><Message>*Bold* _it_ a_b_c &lt;b&gt; https://x.test/i/a_b-c 5*3*2</Message></Response>"
    app.answers = [(200, {"Content-Type": "text/xml"}, xml.encode())]
    outside.does("phones/asha/say", text="hi")
    until(lambda: words(outside))
    shown = next(m for m in outside.phone("asha")["messages"] if m["from"] == "bot")["html"]
    assert "<b>Bold</b> <i>it</i> a_b_c &lt;b&gt; " in shown
    assert 'href="https://x.test/i/a_b-c"' in shown
    assert shown.endswith("5*3*2")


def test_what_whatsapp_has_not(outside: Outside) -> None:
    """No editing; no button that was not shown."""
    assert "WhatsApp has no edit" in outside.refused("phones/asha/edit", message_id=1, text="x")
    assert outside.refused("phones/asha/press", message_id=1, data="x")
