"""Telegram: its updates read into our words, and our prompts sent through its Bot API."""

import asyncio
import os
from dataclasses import dataclass
from typing import Any

import telegram
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TimedOut

from bot.channel import (
    Inbound,
    Kind,
    Letter,
    SendError,
    Sent,
    Trouble,
    button,
    file_kind,
    pressed,
)
from bot.options import TelegramOptions
from bot.pieces import split, units
from bot.telegram_http import NOT_SENT, Http
from conversations.prompts import Choice, Prompt
from models.text import Markup, render

# The library asks there whether its waits may be timedeltas; without, each 429 is a warning.
os.environ.setdefault("PTB_TIMEDELTA", "true")

NAME = "telegram"
TEXT_UNITS = 4000  # of UTF-16; 4096 is the documented limit, its unit is not (facts: 1.6)
CAPTION_UNITS = 1000
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
    update = Update.de_json(payload, None)
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


class Telegram:
    """Sends letters through one Bot on the worker's loop."""

    name = NAME

    def __init__(self, options: TelegramOptions) -> None:
        self.bot = Bot(
            options.token,
            base_url=f"{options.api_url}/bot",
            base_file_url=f"{options.api_url}/file/bot",
            request=Http(),
        )
        self._pause = Pause(options.bot_per_s)
        self.chat_pause_s = 1 / options.chat_per_s if options.chat_per_s else 0

    async def send(self, letter: Letter) -> Sent:
        """Send the words in as many messages as they need, the buttons under the last.

        Raises SendError, which says how many went out. The id given back is that of the message
        with the buttons.
        """
        await self._pause.wait()
        way = Way(letter.pieces_sent)
        try:
            return await self._send(letter, Markup.HTML, way)
        except BadRequest as error:
            if "parse entities" not in error.message.lower():
                raise trouble(error, way.pieces_sent) from error
        except telegram.error.TelegramError as error:
            raise trouble(error, way.pieces_sent) from error
        try:  # never lose words about money to a markup error; plain ones are cut elsewhere
            return await self._send(letter, Markup.PLAIN, Way())
        except telegram.error.TelegramError as error:
            raise trouble(error, 0) from error

    async def _send(self, letter: Letter, markup: Markup, way: "Way") -> Sent:
        words = write(letter.prompt, letter.language, markup)
        keys = keyboard(letter)
        mode = "HTML" if markup is Markup.HTML else None
        if letter.file is not None:
            return await self._send_file(letter, words, keys, mode, way)
        pieces = split(words, TEXT_UNITS)
        await self._say(letter, pieces[:-1], mode, way)
        sent = await self.bot.send_message(
            letter.address, pieces[-1], parse_mode=mode, reply_markup=keys
        )
        return Sent(str(sent.message_id))

    async def _say(self, letter: Letter, pieces: list[str], mode: str | None, way: "Way") -> None:
        """What comes before the last message, from where an earlier try stopped."""
        for piece in pieces[way.pieces_sent :]:
            await self.bot.send_message(letter.address, piece, parse_mode=mode)
            way.pieces_sent += 1

    async def _send_file(
        self,
        letter: Letter,
        words: str,
        keys: InlineKeyboardMarkup | None,
        mode: str | None,
        way: "Way",
    ) -> Sent:
        file = letter.file
        assert file is not None  # noqa: S101 - checked by the caller, said to the type checker
        what = file.known_as or telegram.InputFile(file.content, filename=file.name)
        caption = words if units(words) <= CAPTION_UNITS else None
        if caption is None:
            await self._say(letter, split(words, TEXT_UNITS), mode, way)
        if file.as_photo:
            sent = await self.bot.send_photo(
                letter.address, what, caption=caption, parse_mode=mode, reply_markup=keys
            )
            return Sent(str(sent.message_id), sent.photo[-1].file_id if sent.photo else None)
        sent = await self.bot.send_document(
            letter.address, what, caption=caption, parse_mode=mode, reply_markup=keys
        )
        return Sent(str(sent.message_id), sent.document.file_id if sent.document else None)

    async def close(self) -> None:
        """Give the connections back."""
        await self.bot.request.shutdown()


@dataclass
class Way:
    """How far a letter of several messages has come."""

    pieces_sent: int = 0


class Pause:
    """Spreads sends evenly over time, so many a second; None: no limit."""

    def __init__(self, per_s: float | None) -> None:
        self._gap_s = 1 / per_s if per_s else 0
        self._next = 0.0

    async def wait(self) -> None:
        """Until it is our turn."""
        if not self._gap_s:
            return
        loop = asyncio.get_running_loop()
        at = max(loop.time(), self._next)
        self._next = at + self._gap_s
        await asyncio.sleep(at - loop.time())


def trouble(error: telegram.error.TelegramError, pieces_sent: int) -> SendError:
    """The library's exception in our words, after so many messages of the letter went out."""
    found = _trouble(error)
    found.pieces_sent = pieces_sent
    return found


def _trouble(error: telegram.error.TelegramError) -> SendError:
    """BadRequest is asked for first, since it is a NetworkError in that library."""
    words = error.message
    if isinstance(error, RetryAfter):
        wait = error.retry_after
        seconds = int(wait if isinstance(wait, int) else wait.total_seconds())
        return SendError(NAME, "429", Trouble.WAIT, wait_s=max(seconds, 1), detail=words)
    if isinstance(error, Forbidden):
        return SendError(NAME, "403", Trouble.BLOCKED, detail=words)
    if isinstance(error, BadRequest):
        gone = "chat not found" in words.lower()
        return SendError(NAME, "400", Trouble.BLOCKED if gone else Trouble.NEVER, detail=words)
    if isinstance(error, InvalidToken):
        return SendError(NAME, "401", Trouble.AGAIN, wait_s=60, detail=words)
    if isinstance(error, TimedOut):
        asked = not isinstance(error.__cause__, NOT_SENT)
        return SendError(NAME, "timeout", Trouble.UNKNOWN if asked else Trouble.AGAIN, detail=words)
    if isinstance(error, NetworkError):
        asked = error.__cause__ is not None and not isinstance(error.__cause__, NOT_SENT)
        return SendError(NAME, "network", Trouble.UNKNOWN if asked else Trouble.AGAIN, detail=words)
    return SendError(NAME, type(error).__name__, Trouble.AGAIN, detail=words)


def write(prompt: Prompt, language: str, markup: Markup) -> str:
    """The paragraphs in a language, a blank line between them."""
    words = "\n\n".join(render(text, language, markup) for text in prompt.paragraphs)
    return words.strip() or "…"


def keyboard(letter: Letter) -> InlineKeyboardMarkup | None:
    """Inline keys: short labels two in a row, long ones alone."""
    if not letter.prompt.choices:
        return None
    rows: list[list[InlineKeyboardButton]] = []
    room = 0
    for choice in letter.prompt.choices:
        key = _key(letter, choice)
        wide = len(key.text) > 15
        if room and not wide:
            rows[-1].append(key)
            room = 0
        else:
            rows.append([key])
            room = 0 if wide else 1
    return InlineKeyboardMarkup(rows)


def _key(letter: Letter, choice: Choice) -> InlineKeyboardButton:
    label = render(choice.label, letter.language)
    if choice.url:
        return InlineKeyboardButton(label, url=choice.url)
    return InlineKeyboardButton(label, callback_data=button(letter.outbound_id, choice.value))
