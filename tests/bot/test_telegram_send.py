"""Prompts on their way to Telegram: what goes over the wire, and what each answer means for us."""

import asyncio
import email
import email.policy
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import pytest

from bot import telegram_http
from bot.channel import File, Letter, SendError, Sent, Trouble
from bot.options import TelegramOptions
from bot.pieces import split, units
from bot.telegram_send import TEXT_UNITS, Telegram
from conversations.prompts import Choice, Prompt, Start
from models.text import _, raw

TOKEN = "700001:AAtest-token-of-the-tests-000000002"
MESSAGE = {"message_id": 41, "date": 1, "chat": {"id": 7001, "type": "private"}}
DOCUMENT = {"file_id": "BQACAgQ", "file_unique_id": "AgAD"}
Answer = tuple[int, dict[str, Any]]


def ok(**more: Any) -> Answer:
    """A message was sent."""
    return 200, {"ok": True, "result": {**MESSAGE, **more}}


def no(code: int, description: str, **parameters: Any) -> Answer:
    """A refusal in Telegram's shape."""
    body: dict[str, Any] = {"ok": False, "error_code": code, "description": description}
    return code, body | ({"parameters": parameters} if parameters else {})


@dataclass
class BotApi:
    """Telegram as far as the wire goes: remembers calls, answers as told, then with success."""

    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    delay_s: float = 0
    hang_up: bool = False
    url: str = ""

    @property
    def texts(self) -> list[str]:
        """What was said, message by message."""
        return [call.get("text", call.get("caption", "")) for _method, call in self.calls]


def handler(api: BotApi) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            raw_body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            method = self.path.rpartition("/")[2]
            api.calls.append((method, fields(self.headers.get("Content-Type", ""), raw_body)))
            time.sleep(api.delay_s)
            if api.hang_up:
                self.close_connection = True
                self.connection.close()
                return
            status, body = api.answers.pop(0) if api.answers else ok(document=DOCUMENT)
            answer = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_args: Any) -> None:
            """Quiet."""

    return Handler


def fields(kind: str, body: bytes) -> dict[str, Any]:
    """A form's fields, files as bytes."""
    if not kind.startswith("multipart/"):
        return {name: values[0] for name, values in parse_qs(body.decode()).items()}
    whole = b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body
    parts = email.message_from_bytes(whole, policy=email.policy.HTTP).iter_parts()
    found: dict[str, Any] = {}
    for part in parts:
        name = part.get_param("name", header="content-disposition")
        payload = part.get_payload(decode=True)
        file = part.get_filename()
        found[str(name)] = (file, payload) if file else bytes(payload or b"").decode()
    return found


@pytest.fixture
def api() -> Iterator[BotApi]:
    made = BotApi()
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(made))
    server.daemon_threads = True
    made.url = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield made
    server.shutdown()
    server.server_close()


def deliver(api: BotApi, *letters: Letter, **options: Any) -> list[Sent]:
    """Send through the real adapter, on a loop as the worker's."""

    async def run() -> list[Sent]:
        made = TelegramOptions(TOKEN, "bili_test_bot", "hush", api.url, None, None)
        channel = Telegram(TelegramOptions(**(vars(made) | options)))
        try:
            return [await channel.send(letter) for letter in letters]
        finally:
            await channel.close()

    return asyncio.run(run())


def letter(*words: str, **more: Any) -> Letter:
    """A letter of somebody's own words."""
    prompt = Prompt(tuple(raw(one) for one in words), choices=more.pop("choices", ()))
    return Letter(9_000_000_001, "7001", prompt, more.pop("language", "en"), **more)


def test_words_are_escaped_and_bold_is_bold(api: BotApi) -> None:
    """Somebody's name can be no tag; our own stars become bold; the id comes back."""
    prompt = Prompt((_("*{name}* is on your list.", name="<b>Jane</b> & *Co*"),))
    assert deliver(api, Letter(1, "7001", prompt, "en")) == [Sent("41")]
    method, call = api.calls[0]
    assert method == "sendMessage"
    assert call["text"] == "<b>&lt;b&gt;Jane&lt;/b&gt; &amp; *Co*</b> is on your list."
    assert (call["chat_id"], call["parse_mode"]) == ("7001", "HTML")


def test_the_language_is_the_readers(api: BotApi) -> None:
    """The same row in another language: only the edge decides."""
    prompt = Prompt((_("What would you like to do?"),))
    deliver(api, Letter(1, "7001", prompt, "sw"))
    assert api.texts == ["Ungependa kufanya nini?"]


def test_keys_hang_under_the_words(api: BotApi) -> None:
    """Short ones two in a row, long ones alone, links as links, data within 64 bytes."""
    choices = (
        Choice("a", raw("Cash")),
        Choice("b", raw("Bank"), Start("menu")),
        Choice("c", raw("A label of some length")),
        Choice("d", raw("Page"), url="https://bili.test/i/x"),
    )
    deliver(api, letter("How?", choices=choices))
    rows = json.loads(api.calls[0][1]["reply_markup"])["inline_keyboard"]
    assert [[key["text"] for key in row] for row in rows] == [
        ["Cash", "Bank"], ["A label of some length"], ["Page"],
    ]  # fmt: skip
    assert rows[2][0]["url"] == "https://bili.test/i/x"
    assert all(len(key.get("callback_data", "").encode()) <= 64 for row in rows for key in row)


def test_a_long_text_goes_in_pieces(api: BotApi) -> None:
    """Nothing is cut off, no piece is too long, and the keys hang under the last."""
    words = "\n".join(f"line {number} 🎉" for number in range(1500))
    deliver(api, letter(words, choices=(Choice("a", raw("Yes")),)))
    assert "\n".join(api.texts) == words
    assert all(units(piece) <= TEXT_UNITS for piece in api.texts)
    assert ["reply_markup" in call for _method, call in api.calls] == [
        *[False] * (len(api.calls) - 1), True,
    ]  # fmt: skip


def test_a_long_text_goes_on_where_it_stopped(api: BotApi) -> None:
    """After a failure in its middle the next try begins with the piece that failed."""
    words = "\n".join(f"line {number} 🎉" for number in range(1500))
    api.answers = [ok(), ok(), no(429, "Too Many Requests: retry after 7", retry_after=7)]
    with pytest.raises(SendError) as raised:
        deliver(api, letter(words))
    assert raised.value.pieces_sent == 2
    first = api.texts[:2]
    api.calls.clear()
    deliver(api, letter(words, pieces_sent=2))
    assert "\n".join(first + api.texts) == words


def test_words_before_a_paper_go_on_where_they_stopped(api: BotApi) -> None:
    """Only the paper failed: only the paper is sent again."""
    paper = File("x.pdf", b"%PDF", "pdf")
    api.answers = [ok(), no(502, "Bad Gateway")]
    with pytest.raises(SendError) as raised:
        deliver(api, letter("word " * 400, file=paper))
    api.calls.clear()
    deliver(api, letter("word " * 400, file=paper, pieces_sent=raised.value.pieces_sent))
    assert [method for method, _call in api.calls] == ["sendDocument"]


@pytest.mark.parametrize("words", ["x" * 9000, "🎉" * 5000, "a\n" * 5000, "word " * 2500, ""])
def test_pieces_lose_nothing(words: str) -> None:
    """Whatever the words are made of."""
    pieces = split(words, TEXT_UNITS)
    assert all(units(piece) <= TEXT_UNITS for piece in pieces)
    assert "".join(pieces).replace("\n", "") == words.replace("\n", "")


def test_a_markup_error_loses_no_words(api: BotApi) -> None:
    """What Telegram cannot parse goes out plainly."""
    api.answers = [no(400, "Bad Request: can't parse entities: unexpected end tag"), ok()]
    deliver(api, letter("1 < 2"))
    assert [call.get("parse_mode") for _method, call in api.calls] == ["HTML", None]
    assert api.texts[1] == "1 < 2"


TROUBLES: dict[str, tuple[Answer, Trouble, str, int]] = {
    "blocked": (no(403, "Forbidden: bot was blocked by the user"), Trouble.BLOCKED, "403", 0),
    "deactivated": (no(403, "Forbidden: user is deactivated"), Trouble.BLOCKED, "403", 0),
    "no chat": (no(400, "Bad Request: chat not found"), Trouble.BLOCKED, "400", 0),
    "bad": (no(400, "Bad Request: BUTTON_DATA_INVALID"), Trouble.NEVER, "400", 0),
    "wait": (no(429, "Too Many Requests: retry after 7", retry_after=7), Trouble.WAIT, "429", 7),
    "token": (no(401, "Unauthorized"), Trouble.AGAIN, "401", 60),
    "500": (no(500, "Internal Server Error"), Trouble.AGAIN, "network", 0),
    "502": (no(502, "Bad Gateway"), Trouble.AGAIN, "network", 0),
    "conflict": (no(409, "Conflict: terminated by other"), Trouble.AGAIN, "Conflict", 0),
}


@pytest.mark.parametrize("case", TROUBLES)
def test_what_a_refusal_means(api: BotApi, case: str) -> None:
    """Each answer of Telegram in our words, with how long to wait."""
    answer, trouble, code, wait_s = TROUBLES[case]
    api.answers = [answer]
    with pytest.raises(SendError) as raised:
        deliver(api, letter("hi"))
    assert (raised.value.trouble, raised.value.code, raised.value.wait_s) == (trouble, code, wait_s)
    assert TOKEN not in str(raised.value)


def test_an_answer_that_never_comes(api: BotApi, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may have been sent: unknown, so that it is tried once more and no further (I-17)."""
    monkeypatch.setattr(telegram_http, "ANSWER_S", 0.2)
    api.delay_s = 1
    with pytest.raises(SendError) as raised:
        deliver(api, letter("hi"))
    assert (raised.value.trouble, raised.value.code) == (Trouble.UNKNOWN, "timeout")


def test_a_connection_cut_before_the_answer(api: BotApi) -> None:
    """It may have been sent as well."""
    api.hang_up = True
    with pytest.raises(SendError) as raised:
        deliver(api, letter("hi"))
    assert raised.value.trouble is Trouble.UNKNOWN


def test_nobody_listens() -> None:
    """Nothing left this machine: it may safely be tried again."""
    with pytest.raises(SendError) as raised:
        deliver(BotApi(url="http://127.0.0.1:9"), letter("hi"))
    assert raised.value.trouble is Trouble.AGAIN


def test_an_answer_that_is_no_json(api: BotApi) -> None:
    """A proxy's page is trouble, never a crash."""
    api.answers = [(200, {"ok": True})]
    with pytest.raises((SendError, KeyError)):
        deliver(api, letter("hi"))


def test_a_paper_is_uploaded_once(api: BotApi) -> None:
    """The bytes with a name and the words under them; afterwards Telegram's own id is enough."""
    paper = File("INV-0007.pdf", b"%PDF-1.7 ...", "pdf")
    (sent,) = deliver(api, letter("Invoice INV-0007", file=paper))
    assert sent == Sent("41", "BQACAgQ")
    method, call = api.calls[0]
    assert method == "sendDocument"
    assert call["document"] == ("INV-0007.pdf", b"%PDF-1.7 ...")
    assert call["caption"] == "Invoice INV-0007"
    known = File("INV-0007.pdf", b"%PDF-1.7 ...", "pdf", known_as="BQACAgQ")
    deliver(api, letter("again", file=known))
    assert api.calls[1][1]["document"] == "BQACAgQ"


def test_a_picture_goes_as_a_photo(api: BotApi) -> None:
    """A QR code is looked at, not downloaded."""
    size = {"file_id": "AgACAg", "file_unique_id": "AQAD", "width": 9, "height": 9}
    api.answers = [ok(photo=[size])]
    (sent,) = deliver(api, letter("Scan me", file=File("qr.png", b"\x89PNG", "png")))
    assert (api.calls[0][0], sent.file_id) == ("sendPhoto", "AgACAg")


def test_words_too_long_for_a_caption_go_before(api: BotApi) -> None:
    """The paper comes last, with the keys."""
    paper = File("x.pdf", b"%PDF", "pdf")
    deliver(api, letter("word " * 400, file=paper, choices=(Choice("a", raw("Yes")),)))
    assert [method for method, _call in api.calls] == ["sendMessage", "sendDocument"]
    assert "reply_markup" in api.calls[1][1]


def test_many_sends_are_spread(api: BotApi) -> None:
    """With a limit set, twenty a second take their time."""
    began = time.monotonic()
    deliver(api, *[letter(str(number)) for number in range(6)], bot_per_s=20.0)
    assert time.monotonic() - began >= 0.24
