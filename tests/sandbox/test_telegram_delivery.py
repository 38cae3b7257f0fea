"""Updates to the webhook: who waits for whom, what is tried again, what is dropped."""

import itertools
import json
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.sandbox.conftest import App, Outside, until

OK: tuple[int, dict[str, str], bytes] = (200, {}, b"")
FAILED: tuple[int, dict[str, str], bytes] = (500, {}, b"")


def kinds(app: App) -> list[str]:
    return [next(name for name in one.json if name != "update_id") for one in app.got]


def test_one_update_per_post_with_the_secret(hooked: Outside, app: App) -> None:
    """A text arrives as one Update with the secret header and no User-Agent."""
    hooked.does("phones/jane/say", text="/start abc")
    [got] = app.wait(1)
    assert got.headers["X-Telegram-Bot-Api-Secret-Token"] == "s3cret"
    assert got.headers["Content-Type"] == "application/json"
    assert not {"user-agent", "accept"} & {name.lower() for name in got.headers}
    message = got.json["message"]
    assert message["text"] == "/start abc"
    assert message["from"] == {
        "id": 700102, "is_bot": False, "first_name": "Jane", "language_code": "en"
    }  # fmt: skip
    assert message["chat"] == {"id": 700102, "type": "private", "first_name": "Jane"}
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]


def test_status_turns_to_delivered(hooked: Outside, app: App) -> None:
    """A message counts as delivered once the app took it."""
    app.answers = [FAILED, OK]
    hooked.does("phones/jane/say", text="hi")
    app.wait(2)
    until(lambda: hooked.phone("jane")["messages"][0]["status"] == "delivered")


def test_ladder(start: Callable[..., Outside], app: App) -> None:
    """The first retry comes at once, then 2, 4, 8 (scaled) and the next message waits."""
    hooked = start(retry_scale=0.05)
    hooked.bot("setWebhook", url=app.url)
    app.answers = [FAILED] * 4
    hooked.does("phones/jane/say", text="one")
    hooked.does("phones/jane/say", text="two")
    got = app.wait(6)
    assert [one.json["message"]["text"] for one in got] == ["one"] * 5 + ["two"]
    waits = [(b.at - a.at) / 0.05 for a, b in itertools.pairwise(got)]
    assert waits[0] < 2 <= waits[1]
    assert waits[2] >= 4
    assert waits[3] >= 8


def test_retry_after_is_obeyed(start: Callable[..., Outside], app: App) -> None:
    """A Retry-After in the app's refusal replaces the ladder."""
    outside = start(retry_scale=0.1)
    outside.bot("setWebhook", url=app.url)
    app.answers = [(503, {"Retry-After": "3"}, b"")]
    outside.does("phones/jane/say", text="one")
    first, second = app.wait(2)
    assert second.at - first.at >= 0.3


def test_chats_do_not_wait_for_each_other(hooked: Outside, app: App) -> None:
    """Two people's messages travel side by side; so do one person's text and tap."""
    app.delay_s = 1.0
    began = time.monotonic()
    sent = hooked.does("phones/jane/say", text="a")
    hooked.does("phones/otieno/say", text="b")
    hooked.does("phones/jane/press", message_id=sent["message_id"], data="x")
    app.wait(3)
    assert time.monotonic() - began < 0.95


def test_an_update_expires(start: Callable[..., Outside], app: App) -> None:
    """A tap is given up after 150 s (scaled), and the queue goes on."""
    outside = start(retry_scale=0.001)
    outside.bot("setWebhook", url=app.url)

    def info() -> dict[str, Any]:
        found: dict[str, Any] = outside.bot("getWebhookInfo")["result"]
        return found

    sent = outside.does("phones/jane/say", text="a")
    until(lambda: info()["pending_update_count"] == 0)
    app.answers = [FAILED] * 1000
    outside.does("phones/jane/press", message_id=sent["message_id"], data="x")
    until(lambda: info()["pending_update_count"] == 0)
    assert info()["last_error_message"].startswith("Wrong response from the webhook: 500")
    app.answers = []
    outside.does("phones/jane/press", message_id=sent["message_id"], data="y")
    until(lambda: app.got[-1].json.get("callback_query", {}).get("data") == "y")


def test_updates_wait_for_a_webhook(outside: Outside, app: App) -> None:
    """Without a webhook updates pend; drop_pending_updates forgets them."""
    outside.does("phones/jane/say", text="one")
    assert outside.bot("getWebhookInfo")["result"]["pending_update_count"] == 1
    outside.bot("deleteWebhook", drop_pending_updates=True)
    outside.does("phones/jane/say", text="two")
    outside.bot("setWebhook", url=app.url)
    assert app.wait(1)[0].json["message"]["text"] == "two"


def test_only_the_kinds_asked_for(outside: Outside, app: App) -> None:
    """allowed_updates keeps other kinds away, and stays until another list is given."""
    outside.bot("setWebhook", url=app.url, allowed_updates=["message"])
    sent = outside.does("phones/jane/say", text="one")
    outside.does("phones/jane/press", message_id=sent["message_id"], data="x")
    outside.does("phones/jane/block", on=True)
    app.wait(1)
    time.sleep(0.1)
    assert kinds(app) == ["message"]
    outside.bot("deleteWebhook")
    outside.bot("setWebhook", url=app.url)
    assert outside.bot("getWebhookInfo")["result"]["allowed_updates"] == ["message"]


@pytest.mark.parametrize("how", ["twice", "twice at once"])
def test_twice(hooked: Outside, app: App, how: str) -> None:
    """An update may come again, unchanged, afterwards or at the same time."""
    app.delay_s = 0.3
    hooked.switch("Telegram delivery", how)
    hooked.does("phones/jane/say", text="one")
    first, second = app.wait(2)
    assert first.json == second.json
    assert (second.at - first.at < 0.3) == (how == "twice at once")


def test_tap_again_with_new_id(hooked: Outside, app: App) -> None:
    """The same tap may come again under another update id."""
    sent = hooked.does("phones/jane/say", text="one")
    app.wait(1)
    hooked.switch("Telegram delivery", "taps again, new id")
    hooked.does("phones/jane/press", message_id=sent["message_id"], data="x")
    _, first, second = (one.json for one in app.wait(3))
    assert first["callback_query"] == second["callback_query"]
    assert first["update_id"] != second["update_id"]


def answering(**method: Any) -> tuple[int, dict[str, str], bytes]:
    return 200, {"Content-Type": "application/json"}, json.dumps(method).encode()


def test_method_in_the_answer(hooked: Outside, app: App) -> None:
    """A method in the webhook's answer is carried out: here a tap is answered, once."""
    sent = hooked.does("phones/jane/say", text="one")
    app.wait(1)
    app.reply = lambda update: answering(
        method="answerCallbackQuery",
        callback_query_id=update["callback_query"]["id"],
        text="Done",
        show_alert=True,
    )
    pressed = hooked.does("phones/jane/press", message_id=sent["message_id"], data="x")
    app.wait(2)
    until(lambda: hooked.phone("jane")["toast"] == {"text": "Done", "alert": True})
    query_id = pressed["callback_query_id"]
    again = hooked.bot("answerCallbackQuery", callback_query_id=query_id)
    assert again["description"].startswith("Bad Request: query is too old")


@pytest.mark.parametrize("method", ["getMe", "setWebhook", "deleteWebhook", "logOut"])
def test_forbidden_in_the_answer(hooked: Outside, app: App, method: str) -> None:
    """Methods that ask or rewire are refused in a webhook's answer."""
    app.answers = [answering(method=method, url="")]
    hooked.does("phones/jane/say", text="one")
    app.wait(1)
    refused = f"in the webhook's answer: {method}: refused"
    until(lambda: refused in [entry["line"] for entry in hooked.state()["log"]])
    assert hooked.bot("getWebhookInfo")["result"]["url"]


def test_people_can_do_the_rest(hooked: Outside, app: App) -> None:
    """Edits, contacts, photos, voices, stickers and blocking arrive in their own shapes."""
    said = hooked.does("phones/jane/say", text="one")["message_id"]
    hooked.does("phones/jane/edit", message_id=said, text="two")
    hooked.does("phones/jane/contact")
    hooked.does("phones/jane/forward_contact", name="Otieno", number="+254722000222")
    hooked.does("phones/jane/forward_contact")
    hooked.switch("contact number", "without +")
    hooked.does("phones/jane/contact")
    hooked.does("phones/jane/photo", caption="look")
    hooked.does("phones/jane/voice")
    hooked.does("phones/jane/sticker")
    hooked.does("phones/jane/document", caption="INV-1")
    messages = [one.json.get("message", one.json) for one in app.wait(10)]
    assert messages[1]["edited_message"]["message_id"] == said
    assert messages[1]["edited_message"]["edit_date"]
    assert messages[2]["contact"] == {
        "phone_number": "+254712345678", "first_name": "Jane", "user_id": 700102
    }  # fmt: skip
    assert "forward_origin" not in messages[2]
    assert messages[3]["contact"]["user_id"] == 700103
    assert messages[4]["contact"]["user_id"] == 700102
    assert messages[4]["forward_origin"]["type"] == "user"
    assert messages[5]["contact"]["phone_number"] == "254712345678"
    assert messages[6]["photo"][0]["width"] == 240
    assert messages[6]["caption"] == "look"
    assert messages[7]["voice"]["mime_type"] == "audio/ogg"
    assert messages[8]["sticker"]["type"] == "regular"
    assert messages[9]["document"]["mime_type"] == "application/pdf"
    assert messages[9]["caption"] == "INV-1"
    hooked.does("phones/jane/block", on=True)
    change = app.wait(11)[-1].json["my_chat_member"]
    assert change["new_chat_member"]["status"] == "kicked"


def test_tap_on_a_message_that_is_gone(hooked: Outside, app: App) -> None:
    """A deleted message under a tapped button arrives as InaccessibleMessage."""
    hooked.does("phones/jane/say", text="one")
    sent = hooked.bot("sendMessage", chat_id=700102, text="x")["result"]["message_id"]
    hooked.bot("deleteMessage", chat_id=700102, message_id=sent)
    hooked.does("phones/jane/press", message_id=sent, data="x")
    tapped = app.wait(2)[-1].json["callback_query"]["message"]
    assert tapped == {
        "chat": {"id": 700102, "type": "private", "first_name": "Jane"},
        "message_id": sent,
        "date": 0,
    }


def test_programs_drive_any_chat(hooked: Outside, app: App) -> None:
    """Hundreds of chats: everyone's messages arrive once and in order, and can be read back."""
    for turn in range(3):
        for chat in range(1000, 1100):
            hooked.does(f"chats/{chat}/say", text=str(turn))
    got = app.wait(300)
    for chat in range(1000, 1100):
        said = [g.json["message"]["text"] for g in got if g.json["message"]["chat"]["id"] == chat]
        assert said == ["0", "1", "2"]
    assert len({one.json["update_id"] for one in got}) == 300
    seq = hooked.client.get(f"{hooked.url}/sandbox/chats/1001").json()["seq"]
    later = threading.Timer(0.1, lambda: hooked.bot("sendMessage", chat_id=1001, text="hi"))
    later.start()
    read = hooked.client.get(f"{hooked.url}/sandbox/chats/1001?after={seq}&wait_s=5").json()
    later.join()
    assert [message["text"] for message in read["messages"]] == ["hi"]


def test_any_update_can_be_injected(hooked: Outside, app: App) -> None:
    """An update made by hand gets its number and is sent."""
    number = hooked.does("telegram/update", poll={"id": "1", "question": "?"})["update_id"]
    assert app.wait(1)[0].json == {"update_id": number, "poll": {"id": "1", "question": "?"}}
    assert "exactly one" in hooked.refused("telegram/update", poll={}, message={})


def test_typing_is_shown_until_the_next_message(outside: Outside) -> None:
    """SendChatAction shows typing; the message that follows ends it."""
    outside.does("phones/jane/say", text="one")
    outside.bot("sendChatAction", chat_id=700102, action="typing")
    assert outside.phone("jane")["typing"] is True
    outside.bot("sendMessage", chat_id=700102, text="x")
    assert outside.phone("jane")["typing"] is False


def test_polling_instead_of_a_webhook(outside: Outside) -> None:
    """GetUpdates waits, acknowledges by offset, and is refused while a webhook is set."""
    outside.does("phones/jane/say", text="one")
    [first] = outside.bot("getUpdates")["result"]
    assert first["message"]["text"] == "one"
    later = threading.Timer(0.1, lambda: outside.does("phones/jane/say", text="two"))
    later.start()
    [second] = outside.bot("getUpdates", offset=first["update_id"] + 1, timeout=5)["result"]
    later.join()
    assert second["message"]["text"] == "two"
    outside.bot("setWebhook", url="http://127.0.0.1:1/")
    refused = outside.bot("getUpdates")
    assert (refused["error_code"], refused["description"][:33]) == (
        409, "Conflict: can't use getUpdates me",
    )  # fmt: skip


def test_login_in_the_address(outside: Outside, app: App) -> None:
    """A name and password in the webhook's address arrive as Basic authorization."""
    outside.bot("setWebhook", url=app.url.replace("://", "://u:p%40@"))
    outside.does("phones/jane/say", text="one")
    assert app.wait(1)[0].headers["Authorization"] == "Basic dTpwQA=="
