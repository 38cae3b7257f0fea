"""Twilio's REST API as the sandbox plays it: what is taken, refused, listed and fetched."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.sandbox.conftest import App, Outside, until

ACCOUNT, TOKEN = "AC5a4db0a5a4db0a5a4db0a5a4db0a5a4d", "sandbox-auth-token"
ASHA = "+255754000444"
SENDER = "whatsapp:+14155238886"
Create = Callable[..., httpx.Response]


def path(outside: Outside, rest: str = "Messages.json") -> str:
    """An address of the account."""
    return f"{outside.url}/2010-04-01/Accounts/{ACCOUNT}/{rest}"


@pytest.fixture
def create(outside: Outside) -> Create:
    """Creates a message, good but for what is changed."""

    def call(auth: tuple[str, str] = (ACCOUNT, TOKEN), **fields: str) -> httpx.Response:
        form = {"To": f"whatsapp:{ASHA}", "From": SENDER, "Body": "Karibu"} | fields
        said = {name: value for name, value in form.items() if value}
        return outside.client.post(path(outside), data=said, auth=auth)

    return call


def open_window(outside: Outside) -> None:
    """Asha writes, so that she may be written to."""
    outside.does("phones/asha/say", text="hi")


def shown(outside: Outside) -> list[dict[str, Any]]:
    """What Asha's phone shows of ours."""
    return [m for m in outside.phone("asha")["messages"] if m["from"] == "bot"]


def fetched(outside: Outside, sid: str) -> dict[str, Any]:
    """The message as Twilio knows it now."""
    found = outside.client.get(path(outside, f"Messages/{sid}.json"), auth=(ACCOUNT, TOKEN))
    body: dict[str, Any] = found.json()
    return body


def test_a_message_is_created(outside: Outside, create: Create) -> None:
    """201 with the fields of the real one: counts as strings, dates of mail."""
    open_window(outside)
    answer = create()
    body = answer.json()
    assert answer.status_code == 201
    assert (body["status"], body["direction"], body["num_media"]) == ("queued", "outbound-api", "0")
    assert body["sid"].startswith("SM")
    assert len(body["sid"]) == 34
    assert body["date_created"].endswith("+0000")
    until(lambda: shown(outside))
    assert shown(outside)[0]["text"] == "Karibu"
    until(lambda: fetched(outside, body["sid"])["status"] == "read")


@pytest.mark.parametrize(
    ("fields", "code", "status"),
    [
        ({"To": ""}, 21604, 400),
        ({"From": ""}, 21603, 400),
        ({"Body": ""}, 21619, 400),
        ({"Body": "x" * 1601}, 21617, 400),
        ({"To": ASHA}, 21910, 400),
        ({"From": "whatsapp:+15550001111"}, 63007, 400),
        ({"To": "whatsapp:+12"}, 21211, 400),
        ({"ContentSid": "HXnone", "Body": ""}, 21655, 400),
        ({"StatusCallback": "http://my_host/x"}, 21609, 400),
    ],
)
def test_what_is_refused_at_once(
    create: Create, fields: dict[str, str], code: int, status: int
) -> None:
    """The code, and where to read about it."""
    answer = create(**fields)
    body = answer.json()
    assert (answer.status_code, body["code"], body["status"]) == (status, code, status)
    assert body["more_info"].endswith(str(code))


def test_a_wrong_login(create: Create) -> None:
    """401 with 20003; an API key with the account's secret is as good as the account."""
    assert create(auth=(ACCOUNT, "wrong")).json()["code"] == 20003
    assert create(auth=("SK" + "1" * 32, TOKEN)).status_code == 201


@pytest.mark.parametrize(
    ("fault", "status"),
    [("20429", 429), ("500, not sent", 500), ("500, sent", 500), ("21610 opted out", 400)],
)
def test_faults_by_switch(outside: Outside, create: Create, fault: str, status: int) -> None:
    """Each answers as named; only “sent” ones reach the phone."""
    open_window(outside)
    outside.switch("WhatsApp answer", fault)
    assert create().status_code == status
    if fault == "500, sent":
        until(lambda: shown(outside))
    else:
        assert shown(outside) == []


@pytest.mark.parametrize("fault", ["lost answer", "reset", "broken JSON", "hang, sent"])
def test_no_answer_to_go_by(outside: Outside, create: Create, fault: str) -> None:
    """The caller cannot know whether it was sent; the list tells."""
    open_window(outside)
    outside.switch("WhatsApp answer", fault)
    try:
        answer = create()
        assert fault == "hang, sent" or answer.text == "{"
    except httpx.HTTPError:
        assert fault in {"lost answer", "reset"}
    found = outside.client.get(
        path(outside), params={"To": f"whatsapp:{ASHA}"}, auth=(ACCOUNT, TOKEN)
    )
    assert len(found.json()["messages"]) == (0 if fault == "reset" else 1)


def test_the_list(outside: Outside, create: Create, app: App) -> None:
    """Both directions, newest first, by To, in pages."""
    open_window(outside)
    app.wait(1)
    for number in range(3):
        create(Body=f"number {number}")
    auth = (ACCOUNT, TOKEN)
    page = outside.client.get(
        path(outside), params={"To": f"whatsapp:{ASHA}", "PageSize": 2}, auth=auth
    ).json()
    assert [m["body"] for m in page["messages"]] == ["number 2", "number 1"]
    rest = outside.client.get(outside.url + page["next_page_uri"], auth=auth).json()
    assert [m["body"] for m in rest["messages"]] == ["number 0"]
    assert rest["next_page_uri"] is None
    inbound = outside.client.get(path(outside), params={"To": SENDER}, auth=auth).json()
    assert [m["direction"] for m in inbound["messages"]] == ["inbound"]


def test_media_is_fetched_as_twilio_does(outside: Outside, create: Create, app: App) -> None:
    """HEAD, then GET; what cannot be had ends as 63019."""
    open_window(outside)
    sid = create(Body="", MediaUrl=f"{app.url}/m/x/INV-1.pdf").json()["sid"]
    assert sid.startswith("MM")
    until(lambda: fetched(outside, sid)["status"] == "undelivered")
    assert fetched(outside, sid)["error_code"] == 63019
    assert shown(outside) == []


def test_content_fills_its_places(outside: Outside, create: Create) -> None:
    """A quick reply is created, filled in and shown with its buttons; bad variables are refused."""
    content = {
        "friendly_name": "two",
        "language": "en",
        "types": {
            "twilio/quick-reply": {
                "body": "{{1}}",
                "actions": [{"title": "{{2}}", "id": "{{3}}"}, {"title": "No", "id": "n"}],
            }
        },
    }
    auth = (ACCOUNT, TOKEN)
    made = outside.client.post(f"{outside.url}/v1/Content", json=content, auth=auth).json()
    assert made["sid"].startswith("HX")
    open_window(outside)
    for bad in ("{", '{"1": "a"}', '{"1": "a", "2": "b\\nc", "3": "d"}', '{"1": ""}'):
        answer = create(Body="", ContentSid=made["sid"], ContentVariables=bad)
        assert answer.status_code == 400
    good = '{"1": "Sure?", "2": "Yes", "3": "7.y"}'
    assert create(Body="", ContentSid=made["sid"], ContentVariables=good).status_code == 201
    until(lambda: shown(outside))
    assert shown(outside)[0]["buttons"] == [
        [{"label": "Yes", "data": "7.y"}], [{"label": "No", "data": "n"}]
    ]  # fmt: skip
    listed = outside.client.get(f"{outside.url}/v1/Content", auth=auth).json()
    assert [one["sid"] for one in listed["contents"]] == [made["sid"]]


@pytest.mark.parametrize(
    ("fate", "code"),
    [
        ("not on WhatsApp", 63024),
        ("not joined", 63015),
        ("window closed", 63016),
        ("blocked", 63014),
    ],
)
def test_fates_by_switch(outside: Outside, create: Create, fate: str, code: int) -> None:
    """Taken with 201, and later reported as not delivered."""
    open_window(outside)
    outside.switch("WhatsApp fate", fate)
    sid = create().json()["sid"]
    until(lambda: fetched(outside, sid)["error_code"] == code)
    assert shown(outside) == []


def test_the_window_closes_after_a_day(outside: Outside, create: Create) -> None:
    """By the clock here: free words before, 63016 after, an approved template at any time."""
    open_window(outside)
    outside.does("clock", advance_s=86_401)
    sid = create().json()["sid"]
    until(lambda: fetched(outside, sid)["error_code"] == 63016)
    auth = (ACCOUNT, TOKEN)
    types = {"twilio/text": {"body": "Paid: {{1}}."}}
    made = outside.client.post(f"{outside.url}/v1/Content", json={"types": types}, auth=auth).json()
    outside.client.post(
        f"{outside.url}/v1/Content/{made['sid']}/ApprovalRequests/whatsapp", auth=auth
    )
    create(Body="", ContentSid=made["sid"], ContentVariables='{"1": "KSh 1"}')
    until(lambda: shown(outside))
    assert shown(outside)[0]["text"] == "Paid: KSh 1."
