"""A chat as the page shows it: messages with safe HTML, keys and files."""

from datetime import UTC, datetime
from typing import Any

from . import telegram_markup, telegram_text
from .state import iso
from .telegram import Telegram
from .telegram_chats import Chat, Message
from .telegram_errors import ApiError


def shown_message(telegram: Telegram, message: Message) -> dict[str, Any]:
    """One message in the shape of the control interface."""
    wire = message.wire
    return {
        "id": message.id,
        "seq": message.seq,
        "from": "me" if message.mine else "bot",
        "text": wire.get("text", wire.get("caption", "")),
        "html": _html(wire),
        "at": iso(datetime.fromtimestamp(wire["date"], UTC)),
        "edited": message.edited,
        "status": message.status,
        "buttons": telegram_markup.shown_buttons(wire.get("reply_markup")),
        "reply_keyboard": telegram_markup.shown_reply_keys(message.keyboard),
        "document": _document(telegram, wire),
        "photo": _photo(telegram, wire),
    }


def _html(wire: dict[str, Any]) -> str:
    if "text" in wire:
        return telegram_text.to_html(wire["text"], wire.get("entities", []))
    if "contact" in wire:
        card = wire["contact"]
        return telegram_text.to_html(f"👤 {card['first_name']}, {card['phone_number']}", [])
    caption = telegram_text.to_html(wire.get("caption", ""), wire.get("caption_entities", []))
    return caption or ("🎤 0:02" if "voice" in wire else "👍" if "sticker" in wire else "")


def _address(telegram: Telegram, file_id: str) -> str:
    try:
        return f"/sandbox/files/{telegram.files.get(file_id).token}"
    except ApiError:  # an old file may have made room for newer ones
        return ""


def _document(telegram: Telegram, wire: dict[str, Any]) -> dict[str, Any] | None:
    sent = wire.get("document")
    if not sent:
        return None
    address = _address(telegram, sent["file_id"])
    return {"name": sent["file_name"], "size": sent["file_size"], "url": address}


def _photo(telegram: Telegram, wire: dict[str, Any]) -> dict[str, Any] | None:
    sizes = wire.get("photo")
    return {"url": _address(telegram, sizes[-1]["file_id"])} if sizes else None


def shown_chat(telegram: Telegram, chat: Chat, after: int = 0) -> dict[str, Any]:
    """A chat for programs: messages that came or changed after a number of changes."""
    messages = [
        shown_message(telegram, message)
        for message in chat.messages.values()
        if message.seq > after
    ]
    return {
        "chat_id": chat.user.id,
        "seq": max((m.seq for m in chat.messages.values()), default=after),
        "blocked": chat.blocked,
        "typing": chat.typing,
        "toast": chat.toast,
        "messages": messages,
    }
