"""Telegram's updates read into our words, and a tap answered at once."""

from typing import Any

import telegram
from telegram import Update

from bot.channel import (
    Inbound,
    Kind,
    file_kind,
    pressed,
)

NAME = "telegram"
MEDIA = (
    "photo", "voice", "audio", "video", "video_note", "sticker", "document", "location", "venue",
    "animation", "poll", "dice", "story",
)  # fmt: skip


# What the library and we may raise over a body that is no update.
UNREADABLE = (
    ArithmeticError, AttributeError, LookupError, OSError, RecursionError, TypeError, ValueError,
)  # fmt: skip


def read(payload: dict[str, Any]) -> Inbound | None:
    """A neutral message from one update, or None for what is not said to us in private.

    An update of a kind that we do not know is kept as strange. Raises one of UNREADABLE for what
    is no update at all.
    """
    update = Update.de_json(_lean(payload), None)
    if update.callback_query is not None:
        return _tap(update, payload)
    if update.my_chat_member is not None:
        return _membership(update, payload)
    message = update.message or update.edited_message
    if message is None and update.effective_chat is None:
        return strange(payload, str(update.update_id))
    if message is None or message.from_user is None or message.chat.type != "private":
        return None
    return _message(update, message, payload)


def _lean(payload: dict[str, Any]) -> dict[str, Any]:
    """A tap without the whole message it hangs on: that is ours, and known by the button."""
    tap = payload.get("callback_query")
    if not isinstance(tap, dict):
        return payload
    return payload | {"callback_query": {k: v for k, v in tap.items() if k != "message"}}


def strange(body: dict[str, Any], key: str) -> Inbound:
    """Something genuine that we do not understand: kept for the operator, answered to nobody."""
    return Inbound(
        channel=NAME,
        address="",
        delivery_key=f"u{key}",
        said_key=f"x{key}",
        kind=Kind.STRANGE,
        body=body,
    )


def _common(update: Update, user: telegram.User, payload: dict[str, Any]) -> dict[str, Any]:
    return {
        "channel": NAME,
        "address": str(user.id),
        "delivery_key": f"u{update.update_id}",
        "body": payload,
        "sender_name": user.full_name,
        "language_hint": user.language_code,
    }


def _message(update: Update, message: telegram.Message, payload: dict[str, Any]) -> Inbound:
    user = message.from_user
    assert user is not None  # noqa: S101 - checked by the caller, said to the type checker
    common = _common(update, user, payload)
    if update.edited_message is not None:
        edited = int(message.edit_date.timestamp()) if message.edit_date else 0
        key = f"e{message.chat_id}.{message.message_id}.{edited}"
        return Inbound(**common, said_key=key, kind=Kind.EDITED, text=message.text)
    common["said_key"] = f"m{message.chat_id}.{message.message_id}"
    if message.contact is not None:
        # Own only if the account's id is the sender's and the card was not passed on (facts: 1.5).
        own = message.contact.user_id == user.id and message.forward_origin is None
        name = " ".join(filter(None, (message.contact.first_name, message.contact.last_name)))
        return Inbound(
            **common,
            kind=Kind.CONTACT,
            contact_phone=message.contact.phone_number,
            contact_name=name,
            contact_is_own=own,
        )
    if message.text is not None:
        return Inbound(**common, kind=Kind.TEXT, text=message.text)
    media = next((name for name in MEDIA if getattr(message, name, None)), "other")
    file = _file(message)
    return Inbound(**common, kind=Kind.MEDIA, media=media, text=message.caption, **file)


def _file(message: telegram.Message) -> dict[str, Any]:
    """A photo, the largest there is of it, or a picture or PDF sent as a document."""
    if message.photo:
        photo = message.photo[-1]
        return {"file": photo.file_id, "file_kind": "jpg", "file_size": photo.file_size or 0}
    document = message.document
    kind = file_kind(document.mime_type, document.file_name) if document else None
    if document is None or kind is None:
        return {}
    return {"file": document.file_id, "file_kind": kind, "file_name": document.file_name or "",
            "file_size": document.file_size or 0}  # fmt: skip


def _tap(update: Update, payload: dict[str, Any]) -> Inbound | None:
    query = update.callback_query
    assert query is not None  # noqa: S101 - checked by the caller, said to the type checker
    row, choice = pressed(query.data or "")
    return Inbound(
        **_common(update, query.from_user, payload),
        said_key=f"t{query.id}",
        kind=Kind.PRESS,
        pressed_id=row,
        choice=choice,
        tap_id=query.id,
    )


def _membership(update: Update, payload: dict[str, Any]) -> Inbound | None:
    change = update.my_chat_member
    assert change is not None  # noqa: S101 - checked by the caller, said to the type checker
    if change.chat.type != "private":
        return None
    gone = change.new_chat_member.status in ("kicked", "left")
    return Inbound(
        **_common(update, change.from_user, payload),
        said_key=f"s{update.update_id}",
        kind=Kind.BLOCKED if gone else Kind.JOINED,
    )


def answer_tap(inbound: Inbound, toast: str | None) -> dict[str, Any]:
    """The webhook's own answer to a tap: stops the button's spinner without another call."""
    answer: dict[str, Any] = {"method": "answerCallbackQuery", "callback_query_id": inbound.tap_id}
    if toast:
        answer["text"] = toast[:200]
    return answer
