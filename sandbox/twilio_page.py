"""A WhatsApp chat as the page shows it: messages with safe HTML, buttons, files and ticks."""

import html
import re
from typing import Any

from .state import iso
from .twilio import Message, Person, Twilio

LINK = re.compile(r"(https?://[^\s<]+[^\s<.,:;!?\")\]])")
STYLES = (
    (re.compile(r"```(.+?)```", re.DOTALL), r"<code>\1</code>"),
    (re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])"), r"<b>\1</b>"),
    (re.compile(r"(?<![\w_])_(?=\S)([^_\n]+?)(?<=\S)_(?![\w_])"), r"<i>\1</i>"),
    (re.compile(r"(?<![\w~])~(?=\S)([^~\n]+?)(?<=\S)~(?![\w~])"), r"<s>\1</s>"),
)
SEEN = {"sent": "sent", "delivered": "delivered", "read": "read"}


def to_html(text: str) -> str:
    """WhatsApp's own formatting and links, as safe HTML."""
    parts = LINK.split(text)
    shown = []
    for number, part in enumerate(parts):
        words = html.escape(part)
        if number % 2:
            shown.append(f'<a href="{words}" target="_blank" rel="noopener">{words}</a>')
            continue
        for pattern, markup in STYLES:
            words = pattern.sub(markup, words)
        shown.append(words.replace("\n", "<br>"))
    return "".join(shown)


def shown_message(message: Message) -> dict[str, Any]:
    """One message in the shape of the control interface."""
    return {
        "id": message.number,
        "sid": message.sid,
        "seq": message.seq,
        "from": "me" if message.inbound else "bot",
        "text": message.body,
        "html": to_html(message.body) or html.escape(message.card),
        "at": iso(message.at),
        "edited": False,
        "status": SEEN.get(message.status, "sent"),
        "fate": message.status,
        "buttons": [[button] for button in message.buttons],
        "reply_keyboard": None,
        "document": _document(message),
        "photo": _photo(message),
    }


def _address(message: Message) -> str:
    return f"/sandbox/media/{message.media[0].sid}"


def _is_picture(message: Message) -> bool:
    return bool(message.media) and message.media[0].content_type.startswith("image/")


def _document(message: Message) -> dict[str, Any] | None:
    if not message.media or _is_picture(message) or message.card:
        return None
    media = message.media[0]
    name = media.name or "file"
    return {"name": name, "size": len(media.content), "url": _address(message)}


def _photo(message: Message) -> dict[str, Any] | None:
    return {"url": _address(message)} if _is_picture(message) and not message.card else None


def shown_chat(twilio: Twilio, person: Person, after: int = 0) -> dict[str, Any]:
    """A chat for programs: messages that came or changed after a number of changes."""
    return {
        "address": person.address,
        "seq": max((m.seq for m in person.messages.values()), default=after),
        "open": twilio.is_open(person),
        "blocked": person.blocked,
        "messages": [shown_message(m) for m in person.messages.values() if m.seq > after],
    }
