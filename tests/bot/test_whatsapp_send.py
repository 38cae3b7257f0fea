"""Sending over Twilio's REST API: what can go wrong, and that nothing is sent twice for it."""

import asyncio
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import httpx
import pytest

from bot.channel import File, Letter, SendError, Sent, Trouble
from bot.twilio_codes import of_code
from bot.twilio_rest import Rest
from bot.whatsapp_send import WhatsApp
from conversations.prompts import Attachment, Prompt, Template
from models.text import raw
from tests import twilio_forms, world

WORDS = Prompt((raw("Karibu"),))
Answer = Callable[[httpx.Request], httpx.Response]


def sid(number: int) -> str:
    """A message's id."""
    return f"SM{number:032x}"


class Twilio:
    """Answers as told; remembers what was asked."""

    def __init__(self) -> None:
        self.asked: list[httpx.Request] = []
        self.created = 0
        self.listed: list[dict[str, Any]] = []
        self.answer: Answer = self.take

    def take(self, request: httpx.Request) -> httpx.Response:
        """Create or list, as when all goes well."""
        if request.method == "GET":
            return httpx.Response(200, json={"messages": self.listed, "next_page_uri": None})
        self.created += 1
        return httpx.Response(201, json={"sid": sid(self.created), "status": "queued"})

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        return self.answer(request)

    def form(self, number: int = -1) -> dict[str, str]:
        """The fields of a request."""
        return dict(httpx.QueryParams(self.asked[number].content.decode()))


@pytest.fixture
def twilio() -> Twilio:
    """The other end."""
    return Twilio()


@pytest.fixture
def channel(twilio: Twilio) -> Iterator[WhatsApp]:
    """The channel with a line to it."""
    options = world.house().bot
    options = replace(options, twilio=replace(options.twilio, api_url="http://twilio.test/api"))
    rest = Rest(options.twilio)
    rest._http.client = httpx.Client(transport=httpx.MockTransport(twilio))
    found = WhatsApp(options, rest)
    yield found
    asyncio.run(found.close())


def send(channel: WhatsApp, prompt: Prompt = WORDS, **more: Any) -> Sent:
    """Send a prompt to Asha."""
    return asyncio.run(channel.send(Letter(62, "+255754000444", prompt, "en", **more)))


def trouble(channel: WhatsApp) -> SendError:
    """What sending ends in."""
    with pytest.raises(SendError) as caught:
        send(channel)
    return caught.value


def refusal(code: int, status: int = 400) -> Answer:
    """Twilio's no."""
    body = {"code": code, "message": "no", "more_info": "", "status": status}
    return lambda _request: httpx.Response(status, json=body)


def test_what_goes_out(channel: WhatsApp, twilio: Twilio) -> None:
    """One form to the configured address: to, from, words, and where to tell the status."""
    assert send(channel).provider_id == sid(1)
    request = twilio.asked[0]
    account = twilio_forms.ACCOUNT
    assert str(request.url) == f"http://twilio.test/api/2010-04-01/Accounts/{account}/Messages.json"
    assert request.headers["authorization"].startswith("Basic ")
    assert twilio.form() == {
        "To": "whatsapp:+255754000444",
        "From": "whatsapp:+14155238886",
        "Body": "Karibu",
        "StatusCallback": "https://bili.test/webhooks/twilio/status?o=10#rc=5&rp=all",
    }


def test_only_the_last_of_several_stands_for_the_row(channel: WhatsApp, twilio: Twilio) -> None:
    """Statuses of the first pieces are told apart from the message's own."""
    prompt = Prompt((raw("\n".join("x" * 79 for _n in range(30))),))
    assert send(channel, prompt).provider_id == sid(2)
    callbacks = [twilio.form(n)["StatusCallback"] for n in (0, 1)]
    assert ["part=1" in one for one in callbacks] == [True, False]


def test_a_long_text_goes_on_where_it_stopped(channel: WhatsApp, twilio: Twilio) -> None:
    """After a failure in its middle the next try begins with the piece that failed."""
    prompt = Prompt((raw("\n".join(f"{n:02d}" + "x" * 77 for n in range(30))),))
    answers = iter([twilio.take, refusal(20429, 429)])

    def answer(request: httpx.Request) -> httpx.Response:
        return next(answers)(request)

    twilio.answer = answer
    with pytest.raises(SendError) as caught:
        send(channel, prompt)
    assert caught.value.pieces_sent == 1
    twilio.answer = twilio.take
    send(channel, prompt, pieces_sent=1)
    first, failed, again = (twilio.form(n)["Body"] for n in range(3))
    assert failed == again
    assert first != again


def test_a_closed_window_tells_it_all_in_one(channel: WhatsApp, twilio: Twilio) -> None:
    """Half of it went out freely, then the window closed: the template is sent all the same."""
    found = Prompt(WORDS.paragraphs, template=Template("invoice", (raw("Jane"),)))
    twilio_options = replace(channel.options.twilio, templates={"invoice": {"en": "HX1"}})
    channel.options = replace(channel.options, twilio=twilio_options)
    send(channel, found, free=False, pieces_sent=1)
    assert twilio.form()["ContentSid"] == "HX1"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("21211", Trouble.BLOCKED), ("21614", Trouble.BLOCKED), ("63003", Trouble.BLOCKED),
        ("63024", Trouble.BLOCKED), ("63015", Trouble.BLOCKED), ("63014", Trouble.BLOCKED),
        ("21610", Trouble.STOPPED),
        ("63016", Trouble.WINDOW), ("63040", Trouble.WINDOW), ("63041", Trouble.WINDOW),
        ("20429", Trouble.WAIT), ("63018", Trouble.WAIT), ("63017", Trouble.WAIT),
        ("21611", Trouble.WAIT), ("30001", Trouble.WAIT),
        ("20003", Trouble.WAIT), ("63007", Trouble.WAIT), ("63051", Trouble.WAIT),
        ("63038", Trouble.WAIT),
        ("63049", Trouble.NEVER), ("63032", Trouble.NEVER), ("21617", Trouble.NEVER),
        ("63019", Trouble.AGAIN),
        ("98765", Trouble.NEVER),
    ],
)  # fmt: skip
def test_codes_mean_what_to_do(code: str, expected: Trouble) -> None:
    """Each class of the fact sheet's table; an unknown code is kept."""
    error = of_code(code)
    assert (error.trouble, error.code) == (expected, code)
    assert (error.wait_s > 0) == (expected is Trouble.WAIT)


@pytest.mark.parametrize(
    ("answer", "code", "expected"),
    [
        (refusal(63016), "63016", Trouble.WINDOW),
        (refusal(20429, 429), "20429", Trouble.WAIT),
        (refusal(20003, 401), "20003", Trouble.WAIT),
        (refusal(20500, 500), "http 500", Trouble.UNKNOWN),
        (lambda _r: httpx.Response(503, text="<html>"), "http 503", Trouble.UNKNOWN),
        (lambda _r: httpx.Response(201, text="{"), "unreadable", Trouble.UNKNOWN),
        (lambda _r: httpx.Response(201, text="{}"), "unreadable", Trouble.UNKNOWN),
    ],
)
def test_answers_mean_what_to_do(
    channel: WhatsApp, twilio: Twilio, answer: Answer, code: str, expected: Trouble
) -> None:
    """A clear no is none sent; an answer that says nothing leaves it open."""
    twilio.answer = answer
    error = trouble(channel)
    assert (error.code, error.trouble) == (code, expected)


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (httpx.ConnectError("refused"), Trouble.AGAIN),
        (httpx.ConnectTimeout("slow"), Trouble.AGAIN),
        (httpx.ReadTimeout("hung"), Trouble.UNKNOWN),
        (httpx.ReadError("reset"), Trouble.UNKNOWN),
        (httpx.RemoteProtocolError("cut"), Trouble.UNKNOWN),
    ],
)
def test_faults_mean_what_to_do(
    channel: WhatsApp, twilio: Twilio, fault: httpx.HTTPError, expected: Trouble
) -> None:
    """Only what never left this machine is surely not sent."""

    def broken(_request: httpx.Request) -> httpx.Response:
        raise fault

    twilio.answer = broken
    assert trouble(channel).trouble is expected


def listed(number: int, body: str) -> dict[str, Any]:
    """A message as the list shows it."""
    return {"sid": sid(number), "body": body, "num_media": "0"}


def test_in_doubt_twilio_is_asked_first(channel: WhatsApp, twilio: Twilio) -> None:
    """What an earlier try sent is found and taken for sent: nothing goes out again (I-17)."""
    twilio.listed = [listed(8, "Karibu"), listed(7, "other")]
    assert send(channel, known=frozenset()).provider_id == sid(8)
    assert [request.method for request in twilio.asked] == ["GET"]


def test_in_doubt_what_we_know_of_is_not_it(channel: WhatsApp, twilio: Twilio) -> None:
    """The same words said before are in our books: the doubtful one was not sent."""
    twilio.listed = [listed(8, "Karibu")]
    assert send(channel, known=frozenset({sid(8)})).provider_id == sid(1)
    assert [request.method for request in twilio.asked] == ["GET", "POST"]


def test_in_doubt_only_the_rest_is_sent(channel: WhatsApp, twilio: Twilio) -> None:
    """Of two pieces the first had gone: the second alone follows."""
    lines = ["x" * 79 for _n in range(30)]
    prompt = Prompt((raw("\n".join(lines)),))
    twilio.listed = [listed(8, "\n".join(lines[:20]))]
    assert send(channel, prompt, known=frozenset()).provider_id == sid(1)
    assert twilio.form()["Body"] == "\n".join(lines[20:])


def test_without_doubt_nobody_is_asked(channel: WhatsApp, twilio: Twilio) -> None:
    """One call for one message."""
    send(channel)
    assert [request.method for request in twilio.asked] == ["POST"]


def test_content_goes_as_json_text(channel: WhatsApp, twilio: Twilio) -> None:
    """Variables are a JSON string, and no body goes beside them (facts: chat-channels 2.4)."""
    channel.options = replace(
        channel.options,
        twilio=replace(channel.options.twilio, templates={"paid": {"*": "HX" + "1" * 32}}),
    )
    send(channel, replace(WORDS, template=Template("paid", (raw("Shop"),))), free=False)
    form = twilio.form()
    assert json.loads(form["ContentVariables"]) == {"1": "Shop"}
    assert "Body" not in form


def test_few_words_go_below_a_picture(channel: WhatsApp, twilio: Twilio) -> None:
    """One message says it all; below a document nothing would be shown, so the words follow."""
    picture = Prompt((raw("Bold"),), attachment=Attachment("png", "design", 2, 7))
    send(channel, picture, file=File("bold.png", b"\x89PNG", "png"))
    assert twilio.created == 1
    assert twilio.form()["Body"] == "Bold"
    assert "MediaUrl" in twilio.form()
    paper = replace(picture, attachment=Attachment("pdf", "invoice", 2, 7))
    send(channel, paper, file=File("INV-1.pdf", b"%PDF", "pdf"))
    assert twilio.created == 3
    assert "Body" not in twilio.form(1)
