"""The Bot API as the sandbox plays it: encodings, refusals, messages, files, menus."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from sandbox.telegram_api import METHODS
from tests.sandbox.conftest import Outside

SPEC = Path(__file__).parents[3] / "shared" / "specs" / "telegram-bot-api.json"
TOKEN = "700001:sandbox-bot-token-for-local-use"
JANE = 700102


@pytest.fixture
def jane(outside: Outside) -> Outside:
    outside.does("phones/jane/say", text="/start")
    return outside


@pytest.mark.parametrize("how", ["query", "form", "json", "multipart"])
def test_takes_four_encodings(jane: Outside, how: str) -> None:
    """The same call is understood as query, form, JSON body and multipart."""
    fields = {"chat_id": str(JANE), "text": "hi", "reply_markup": '{"remove_keyboard": true}'}
    url = f"{jane.url}/bot{TOKEN}/SENDmessage"
    answer = {
        "query": lambda: jane.client.get(url, params=fields),
        "form": lambda: jane.client.post(url, data=fields),
        "json": lambda: jane.client.post(
            url, json=fields | {"chat_id": JANE, "reply_markup": {"remove_keyboard": True}}
        ),
        "multipart": lambda: jane.client.post(url, data=fields, files={"x": b"y"}),
    }[how]()
    assert answer.json()["result"]["text"] == "hi"
    assert jane.phone("jane")["messages"][-1]["reply_keyboard"] == []


@pytest.mark.parametrize(
    ("path", "status", "description"),
    [
        (f"/bot{TOKEN}/dance", 404, "Not Found: method not found"),
        ("/botnonsense/getMe", 401, "Unauthorized: invalid token specified"),
        ("/bot1:abc/getMe", 401, "Unauthorized"),
        ("/elsewhere", 404, "Not Found"),
    ],
)
def test_refuses_strangers(outside: Outside, path: str, status: int, description: str) -> None:
    """Wrong tokens, methods and paths get the server's own words."""
    answer = outside.client.post(outside.url + path)
    assert answer.status_code == answer.json()["error_code"] == status
    assert answer.json()["description"] == description


MANY = [[{"text": "x", "callback_data": "y"}]] * 101


@pytest.mark.parametrize(
    ("fields", "description"),
    [
        ({"chat_id": 1, "text": "x"}, "chat not found"),
        ({"chat_id": 700103, "text": "x"}, "chat not found"),
        ({"text": "x"}, "chat_id is empty"),
        ({"text": "  "}, "message text is empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "😀" * 2049}, "message is too long"),
        ({"text": "x" * 33_000}, "text is too long"),
        ({"text": "x", "parse_mode": "RTF"}, "unsupported parse_mode"),
        ({"reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "é" * 33}]]}},
         "BUTTON_DATA_INVALID"),
        ({"reply_markup": {"inline_keyboard": MANY}}, "reply markup is too long"),
        ({"reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
        ({"reply_markup": {"inline_keyboard": [[{"text": "a"}]]}},
         "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
        ({"reply_parameters": {"message_id": 9}}, "message to be replied not found"),
    ],
)  # fmt: skip
def test_refuses_bad_messages(jane: Outside, fields: dict[str, Any], description: str) -> None:
    """Lengths, keyboards and chats are checked and named as the server names them."""
    fields = {"chat_id": JANE, "text": "x"} | fields
    if description == "chat_id is empty":
        del fields["chat_id"]
    assert jane.bot("sendMessage", **fields)["description"] == f"Bad Request: {description}"


def test_takes_what_just_fits(jane: Outside) -> None:
    """4096 letters after parsing and 64 bytes under a button are allowed."""
    keys = {"inline_keyboard": [[{"text": "a", "callback_data": "é" * 32}]]}
    text = "<b>" + "&lt;" * 4096 + "</b>"
    answer = jane.bot("sendMessage", chat_id=JANE, text=text, parse_mode="HTML", reply_markup=keys)
    assert answer["result"]["text"] == "<" * 4096


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("é<x>", 'Unsupported start tag "x" at byte offset 2'),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("1 < 2", "Unclosed start tag at byte offset 2"),
    ],
)
def test_refuses_broken_html(jane: Outside, raw: str, reason: str) -> None:
    """Broken HTML is refused with its place, and nothing is shown."""
    answer = jane.bot("sendMessage", chat_id=JANE, text=raw, parse_mode="HTML")
    assert answer["description"] == f"Bad Request: can't parse entities: {reason}"
    assert len(jane.phone("jane")["messages"]) == 1


def test_html_becomes_entities_and_safe_html(jane: Outside) -> None:
    """Entities count UTF-16 units; what the page shows is escaped."""
    raw = " 😀 <b>Pay &lt;now&gt;</b>\n<a href='javascript:x'>a</a> <a href=\"http://x/?a=1&amp;b\">y</a>"
    jane.bot("sendMessage", chat_id=JANE, text=raw, parse_mode="HTML")
    found = jane.sandbox.telegram.chats.find(JANE)
    assert found is not None
    wire = next(reversed(found.messages.values())).wire
    assert wire["text"] == "😀 Pay <now>\na y"
    assert wire["entities"][0] == {"type": "bold", "offset": 3, "length": 9}
    assert jane.phone("jane")["messages"][-1]["html"] == (
        '😀 <b>Pay &lt;now&gt;</b><br>a <a href="http://x/?a=1&amp;b" target="_blank" rel="noopener">y</a>'
    )


def test_markdown_v2(jane: Outside) -> None:
    """MarkdownV2 is read too, and its reserved signs are insisted on."""
    raw = r"*KES 1,200\.50* __u__ `a_b` [pay](http://x/a\)b)"
    answer = jane.bot("sendMessage", chat_id=JANE, text=raw, parse_mode="MarkdownV2")
    assert answer["result"]["text"] == "KES 1,200.50 u a_b pay"
    kinds = [entity["type"] for entity in answer["result"]["entities"]]
    assert kinds == ["bold", "underline", "code", "text_link"]
    assert answer["result"]["entities"][3]["url"] == "http://x/a)b"
    refused = jane.bot("sendMessage", chat_id=JANE, text="Hi!", parse_mode="MarkdownV2")
    assert refused["description"].startswith("Bad Request: can't parse entities: Character '!'")


def test_edits(jane: Outside) -> None:
    """An edit replaces text and keyboard; the same again is "not modified"; mine is not the bot's."""
    keys = {"inline_keyboard": [[{"text": "a", "callback_data": "y"}]]}
    sent = jane.bot("sendMessage", chat_id=JANE, text="one", reply_markup=keys)["result"]
    where = {"chat_id": JANE, "message_id": sent["message_id"]}
    same = jane.bot("editMessageText", **where, text="one", reply_markup=keys)
    assert same["description"].startswith("Bad Request: message is not modified: ")
    assert "reply_markup" not in jane.bot("editMessageText", **where, text="two")["result"]
    assert jane.bot("editMessageReplyMarkup", **where, reply_markup=keys)["result"]["reply_markup"]
    assert jane.phone("jane")["messages"][-1]["edited"] is True
    mine = jane.phone("jane")["messages"][0]["id"]
    refused = jane.bot("editMessageText", chat_id=JANE, message_id=mine, text="x")
    assert refused["description"] == "Bad Request: message can't be edited"
    gone = jane.bot("editMessageText", chat_id=JANE, message_id=1, text="x")
    assert gone["description"] == "Bad Request: message to edit not found"
    assert jane.bot("deleteMessage", **where)["result"] is True
    again = jane.bot("deleteMessage", **where)
    assert again["description"] == "Bad Request: message to delete not found"


def test_files_by_upload_id_and_path(jane: Outside) -> None:
    """An upload keeps its name, can be sent again by file_id and fetched with %3A in the token."""
    url = f"{jane.url}/bot{TOKEN}/sendDocument"
    sent = jane.client.post(
        url,
        data={"chat_id": str(JANE), "caption": "*x*"},
        files={"document": ("INV-7.pdf", b"%PDF-1.7", "application/pdf")},
    ).json()["result"]
    document = sent["document"]
    assert (document["file_name"], document["file_size"]) == ("INV-7.pdf", 8)
    again = jane.bot("sendDocument", chat_id=JANE, document=document["file_id"])
    assert again["result"]["document"]["file_id"] == document["file_id"]
    path = jane.bot("getFile", file_id=document["file_id"])["result"]["file_path"]
    fetched = jane.client.get(f"{jane.url}/file/bot{TOKEN.replace(':', '%3A')}/{path}")
    assert fetched.content == b"%PDF-1.7"
    shown = jane.phone("jane")["messages"][-1]["document"]
    assert jane.client.get(jane.url + shown["url"]).content == b"%PDF-1.7"


@pytest.mark.parametrize(
    ("method", "fields", "reason"),
    [
        ("sendDocument", {"document": "BQACxyz"},
         "wrong file_id or the file is temporarily unavailable"),
        ("sendDocument", {}, "there is no document in the request"),
        ("sendDocument", {"document": "http://example.com/x.pdf"},
         "failed to get HTTP URL content"),
        ("sendDocument", {"document": "x", "caption": "c" * 1025},
         "message caption is too long"),
        ("getFile", {"file_id": "x"}, "wrong file_id or the file is temporarily unavailable"),
        ("sendChatAction", {"action": "dance"}, "wrong parameter action in request"),
        ("answerCallbackQuery", {"callback_query_id": "1"},
         "query is too old and response timeout expired or query ID is invalid"),
        ("setMyCommands", {"commands": [{"command": "Hi", "description": "x"}]},
         "BOT_COMMAND_INVALID"),
        ("setWebhook", {"url": "http://example.com/"},
         "bad webhook: An HTTPS URL must be provided for webhook"),
        ("setWebhook", {"url": "http://127.0.0.1/", "secret_token": "a b"},
         "secret token contains unallowed characters"),
    ],
)  # fmt: skip
def test_refuses_the_rest(jane: Outside, method: str, fields: dict[str, Any], reason: str) -> None:
    """Files, actions, menus and addresses have their own refusals."""
    fields = ({"chat_id": JANE} if method.startswith("send") else {}) | fields
    assert jane.bot(method, **fields)["description"] == f"Bad Request: {reason}"


def test_photo_is_measured(jane: Outside) -> None:
    """A photo must be a picture."""
    url = f"{jane.url}/bot{TOKEN}/sendPhoto"
    refused = jane.client.post(url, data={"chat_id": JANE}, files={"photo": b"%PDF"}).json()
    assert refused["description"] == "Bad Request: IMAGE_PROCESS_FAILED"


def test_menu_by_language(jane: Outside) -> None:
    """A phone sees the menu of its language, or the one without."""
    english = [{"command": "invoice", "description": "New invoice"}]
    swahili = [{"command": "invoice", "description": "Bili mpya"}]
    jane.bot("setMyCommands", commands=english)
    jane.bot("setMyCommands", commands=swahili, language_code="sw")
    assert jane.phone("jane")["commands"] == english
    assert jane.phone("otieno")["commands"] == swahili
    assert jane.bot("getMyCommands", language_code="sw")["result"] == swahili


def test_blocked_person(jane: Outside) -> None:
    """Who has blocked the bot gets nothing, and says nothing but /start."""
    jane.does("phones/jane/block", on=True)
    refused = jane.bot("sendMessage", chat_id=JANE, text="x")
    assert (refused["error_code"], refused["description"]) == (
        403,
        "Forbidden: bot was blocked by the user",
    )
    assert "blocked" in jane.refused("phones/jane/say", text="hello")
    jane.does("phones/jane/say", text="/start")
    assert jane.bot("sendMessage", chat_id=JANE, text="x")["ok"]


@pytest.mark.parametrize(
    ("fault", "code"), [("429", 429), ("500", 500), ("502", 502), ("403 blocked", 403)]
)
def test_answers_can_fail(jane: Outside, fault: str, code: int) -> None:
    """A switch makes the next call fail, and only that one."""
    jane.switch("how often", "next time only")
    jane.switch("Telegram answer", fault)
    answer = jane.client.post(f"{jane.url}/bot{TOKEN}/getMe")
    assert answer.status_code == code
    if code == 429:
        assert answer.json()["parameters"] == {"retry_after": 3}
        assert answer.headers["Retry-After"] == "3"
    assert jane.bot("getMe")["result"]["is_bot"] is True


@pytest.mark.parametrize(("fault", "arrived"), [("reset", 1), ("lost answer", 2)])
def test_the_line_can_be_cut(jane: Outside, fault: str, arrived: int) -> None:
    """A reset happens before the message is shown or after."""
    jane.switch("Telegram answer", fault)
    with pytest.raises(httpx.NetworkError):
        jane.bot("sendMessage", chat_id=JANE, text="x")
    assert len(jane.phone("jane")["messages"]) == arrived


def test_second_set_webhook_within_a_second(outside: Outside) -> None:
    """Workers that all register at start are told to wait."""
    assert outside.bot("setWebhook", url="http://127.0.0.1:1/x")["description"] == "Webhook was set"
    assert outside.bot("setWebhook", url="http://127.0.0.1:1/x")["error_code"] == 429
    assert outside.bot("deleteWebhook")["description"] == "Webhook was deleted"
    assert outside.bot("deleteWebhook")["description"] == "Webhook is already deleted"


@pytest.mark.skipif(not SPEC.exists(), reason="the published interface is not beside the project")
def test_parameters_are_those_of_the_published_interface() -> None:
    """Every method takes exactly the parameters that the Bot API names, and requires the same."""
    spec = json.loads(SPEC.read_text())["methods"]
    for method in METHODS.values():
        fields = spec[method.name].get("fields", [])
        required = {field["name"] for field in fields if field["required"]}
        optional = {field["name"] for field in fields} - required
        assert (method.name, set(method.required)) == (method.name, required)
        assert (method.name, set(method.optional)) == (method.name, optional)
