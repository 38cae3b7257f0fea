"""Telegram's updates in our words: a table over bodies as Telegram shapes them."""

import contextlib
import json
from pathlib import Path
from typing import Any

import pytest

from bot import telegram
from bot.channel import Kind, button, pressed

PAYLOADS = Path(__file__).parents[1] / "payloads" / "telegram"
PRESSED = pressed("1C.in_7")[0]

READ: dict[str, dict[str, Any]] = {
    "text": {"kind": Kind.TEXT, "text": "3 bags of cement at 850 for Jane", "said_key": "m7001.41"},
    "start_with_token": {"kind": Kind.TEXT, "text": "/start Zm9vYmFyYmF6cXV4MDAwMQ"},
    "edited": {"kind": Kind.EDITED, "text": "4 bags", "said_key": "e7001.41.1795000060"},
    "contact_own": {
        "kind": Kind.CONTACT, "contact_phone": "254712345678", "contact_is_own": True,
        "contact_name": "Wanjiru Kamau",
    },
    "contact_other": {"kind": Kind.CONTACT, "contact_is_own": False, "contact_name": "Otieno"},
    "contact_stranger": {
        "kind": Kind.CONTACT, "contact_is_own": False, "contact_phone": "0722 000 111",
        "contact_name": "Mama Mboga",
    },
    "contact_forwarded": {"kind": Kind.CONTACT, "contact_is_own": False},
    "sticker": {"kind": Kind.MEDIA, "media": "sticker", "text": None},
    "voice": {"kind": Kind.MEDIA, "media": "voice"},
    "photo_caption": {"kind": Kind.MEDIA, "media": "photo", "text": "the delivery note"},
    "location": {"kind": Kind.MEDIA, "media": "location"},
    "document": {"kind": Kind.MEDIA, "media": "document"},
    "dice": {"kind": Kind.MEDIA, "media": "dice"},
    "tap": {
        "kind": Kind.PRESS, "pressed_id": PRESSED, "choice": "in_7", "tap_id": "30088160511",
        "said_key": "t30088160511",
    },
    "tap_inaccessible": {"kind": Kind.PRESS, "pressed_id": PRESSED, "choice": "in_7"},
    "tap_not_ours": {"kind": Kind.PRESS, "pressed_id": None, "choice": None},
    "tap_of_a_game": {"kind": Kind.PRESS, "pressed_id": None, "choice": None},
    "blocked": {"kind": Kind.BLOCKED},
    "unblocked": {"kind": Kind.JOINED},
    "unknown_content": {"kind": Kind.MEDIA, "media": "other"},
    "unknown_fields": {"kind": Kind.TEXT, "text": "hi"},
    "no_language": {"kind": Kind.TEXT, "language_hint": None, "sender_name": "Wanjiru"},
}  # fmt: skip
NOT_FOR_US = ("added_to_group", "group_message", "channel_post", "business_message")


def payload(name: str) -> dict[str, Any]:
    """An update as it is posted."""
    found: dict[str, Any] = json.loads((PAYLOADS / f"{name}.json").read_text("utf-8"))
    return found


def test_every_payload_is_in_the_table() -> None:
    """A body that somebody collected is one whose meaning is written down."""
    named = {path.stem for path in PAYLOADS.glob("*.json")}
    assert named == {*READ, *NOT_FOR_US, "unknown_kind"}


@pytest.mark.parametrize("name", READ)
def test_what_an_update_means(name: str) -> None:
    """The neutral message, and who sent it by which delivery."""
    update = payload(name)
    found = telegram.read(update)
    assert found is not None
    assert {field: getattr(found, field) for field in READ[name]} == READ[name]
    assert (found.channel, found.address) == ("telegram", "7001")
    assert found.delivery_key == f"u{update['update_id']}"
    assert found.body == update


@pytest.mark.parametrize("name", NOT_FOR_US)
def test_what_is_not_said_to_us(name: str) -> None:
    """Groups, channels and other people's business chats are none of our talk."""
    assert telegram.read(payload(name)) is None


def test_a_kind_that_is_not_known_yet() -> None:
    """It is kept as strange, said by nobody."""
    found = telegram.read(payload("unknown_kind"))
    assert found is not None
    assert (found.kind, found.address, found.body) == (Kind.STRANGE, "", payload("unknown_kind"))


def test_a_language_and_a_name_come_along() -> None:
    """The phone's language greets a newcomer; her name is both names."""
    found = telegram.read(payload("text"))
    assert found is not None
    assert (found.language_hint, found.sender_name) == ("sw", "Wanjiru Kamau")


def test_no_other_key_for_the_same_words() -> None:
    """The same message under a new update id has another delivery key and the same said key."""
    update = payload("text")
    first, again = telegram.read(update), telegram.read(update | {"update_id": 1})
    assert first is not None
    assert again is not None
    assert first.said_key == again.said_key
    assert first.delivery_key != again.delivery_key


def test_an_edit_is_neither_the_message_nor_another_edit() -> None:
    """Each edit of a message is something new that was said."""
    update = payload("edited")
    keys = set()
    for moment in (1_795_000_060, 1_795_000_061):
        update["edited_message"]["edit_date"] = moment
        found = telegram.read(update)
        assert found is not None
        keys.add(found.said_key)
    assert len(keys | {"m7001.41"}) == 3


@pytest.mark.parametrize("number", [1, 61, 62, 3844, 10**9, 2**63 - 1])
def test_a_button_comes_back_as_it_was_made(number: int) -> None:
    """Row and choice survive the way through a phone, within 64 bytes."""
    data = button(number, "x" * 24)
    assert pressed(data) == (number, "x" * 24)
    assert len(data.encode()) <= 64


@pytest.mark.parametrize(
    "data", ["", ".", "1C", ".ok", "1 C.ok", "é.ok", "zzzzzzzzzzzz.ok", "AzL8n0Y58m8.ok", "\x00.x"]
)
def test_what_is_no_button_of_ours(data: str) -> None:
    """Whatever we never made presses nothing, and no number is too large for the database."""
    assert pressed(data) == (None, None)


BROKEN: list[Any] = [
    {"message": []},
    {"message": {}},
    {"message": "hi"},
    {"message": {"message_id": 1, "date": "yesterday", "chat": {"id": 1, "type": "private"}}},
    {"message": {"message_id": 1, "date": 10**20, "chat": {"id": 1, "type": "private"}}},
    {"message": {"message_id": 1, "date": -(10**20), "chat": {"id": 1, "type": "private"}}},
    {"message": {"message_id": 1, "date": 0, "chat": None, "from": 7}},
    {"callback_query": {"id": 1}},
    {"callback_query": {"id": "1", "from": {"id": 1}, "chat_instance": "1"}},
    {"my_chat_member": {"chat": 5}},
    {"edited_message": [[]]},
]


@pytest.mark.parametrize("body", BROKEN, ids=str)
def test_what_is_no_update_at_all(body: dict[str, Any]) -> None:
    """A body of the wrong shape is None or one of the errors that the webhook expects."""
    with contextlib.suppress(*telegram.UNREADABLE):
        assert telegram.read({"update_id": 1, **body}) is None
