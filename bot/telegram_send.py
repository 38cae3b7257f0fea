"""Our prompts sent through Telegram's Bot API, and its refusals in our words."""

import asyncio
import os
import warnings
from dataclasses import dataclass
from typing import Any

import telegram
from telegram import Bot
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TimedOut
from telegram.warnings import PTBUserWarning

from bot.channel import (
    Letter,
    SendError,
    Sent,
    Trouble,
    button,
)
from bot.options import TelegramOptions
from bot.pieces import split, units
from bot.telegram import NAME
from bot.telegram_http import NOT_SENT, Http
from conversations.prompts import Choice, Prompt
from models.text import Markup, render

# The library asks there whether its waits may be timedeltas; without, each 429 is a warning.
os.environ.setdefault("PTB_TIMEDELTA", "true")
# Words are sent by its general method, whose answer is plain JSON: as objects, the message sent and
# its buttons cost a third of a worker's time, and of them we need one number. It advises otherwise.
warnings.filterwarnings("ignore", "Please use 'Bot.sendMessage'", PTBUserWarning)

TEXT_UNITS = 4000  # of UTF-16; 4096 is the documented limit, its unit is not (facts: 1.6)
CAPTION_UNITS = 1000
Keys = dict[str, Any]  # Telegram's InlineKeyboardMarkup


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
        return await self._say_one(letter, pieces[-1], mode, keys)

    async def _say(self, letter: Letter, pieces: list[str], mode: str | None, way: "Way") -> None:
        """What comes before the last message, from where an earlier try stopped."""
        for piece in pieces[way.pieces_sent :]:
            await self._say_one(letter, piece, mode)
            way.pieces_sent += 1

    async def _say_one(
        self, letter: Letter, words: str, mode: str | None, keys: Keys | None = None
    ) -> Sent:
        asked = {
            "chat_id": letter.address, "text": words, "parse_mode": mode, "reply_markup": keys,
        }  # fmt: skip
        sent = await self.bot.do_api_request("sendMessage", api_kwargs=asked)
        return Sent(str(sent["message_id"]))

    async def _send_file(
        self,
        letter: Letter,
        words: str,
        keys: Keys | None,
        mode: str | None,
        way: "Way",
    ) -> Sent:
        file = letter.file
        assert file is not None  # noqa: S101 - checked by the caller, said to the type checker
        what = file.known_as or telegram.InputFile(file.content, filename=file.name)
        caption = words if units(words) <= CAPTION_UNITS else None
        if caption is None:
            await self._say(letter, split(words, TEXT_UNITS), mode, way)
        buttons = {"reply_markup": keys}
        if file.as_photo:
            sent = await self.bot.send_photo(
                letter.address, what, caption=caption, parse_mode=mode, api_kwargs=buttons
            )
            return Sent(str(sent.message_id), sent.photo[-1].file_id if sent.photo else None)
        sent = await self.bot.send_document(
            letter.address, what, caption=caption, parse_mode=mode, api_kwargs=buttons
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


def keyboard(letter: Letter) -> Keys | None:
    """Inline keys: short labels two in a row, long ones alone."""
    if not letter.prompt.choices:
        return None
    rows: list[list[dict[str, str]]] = []
    room = 0
    for choice in letter.prompt.choices:
        key = _key(letter, choice)
        wide = len(key["text"]) > 15
        if room and not wide:
            rows[-1].append(key)
            room = 0
        else:
            rows.append([key])
            room = 0 if wide else 1
    return {"inline_keyboard": rows}


def _key(letter: Letter, choice: Choice) -> dict[str, str]:
    label = render(choice.label, letter.language)
    if choice.url:
        return {"text": label, "url": choice.url}
    return {"text": label, "callback_data": button(letter.outbound_id, choice.value)}
