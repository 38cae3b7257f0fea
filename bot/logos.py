"""A business's logo: fetched from the channel it was sent on, fitted, kept; and what is said then."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import Executor
from functools import cache

import telegram
from sqlalchemy.orm import Session
from telegram import Bot

from bot import reach
from bot.options import Options, TelegramOptions
from bot.telegram_http import Http
from bot.twilio_rest import RAISED, Rest
from conversations.prompts import Attachment, Choice, Prompt, Start
from conversations.setting_fields import path_to
from documents.logo import BIGGEST_BYTES, fit
from invoicing import logos, merchants
from invoicing.commands import DESIGNS, Setting
from models import db
from models.errors import Refusal
from models.merchants import Role
from models.text import Text, _

MAY = (Role.OWNER, Role.MANAGER)
AGAIN = Choice("again", _("Try another picture"), Start("settings", path_to(Setting.LOGO)))
MORE = Choice("more", _("More settings"), Start("settings", {"section": "business"}))
Fetch = Callable[[str], Awaitable[bytes]]


class NotFetchedError(Exception):
    """The channel did not give the picture out."""


def fetchers(options: Options, threads: Executor) -> Mapping[str, Fetch]:
    """How a picture is had from each channel, by its own name there. Raise NotFetchedError."""
    rest = cache(lambda: Rest(options.twilio))

    def by_address(url: str) -> bytes:
        try:
            return rest().fetch_picture(url, BIGGEST_BYTES)
        except RAISED as error:
            raise NotFetchedError(type(error).__name__) from error

    async def from_twilio(url: str) -> bytes:
        return await asyncio.get_running_loop().run_in_executor(threads, by_address, url)

    return {
        "telegram": lambda file_id: from_telegram(options.telegram, file_id),
        "whatsapp": from_twilio,
    }


async def from_telegram(options: TelegramOptions, file_id: str) -> bytes:
    """By getFile, then its address; what is too big is not fetched at all (facts: chat-channels 1.5)."""
    http = Http()
    bot = Bot(
        options.token,
        base_url=f"{options.api_url}/bot",
        base_file_url=f"{options.api_url}/file/bot",
        request=http,
    )
    try:
        file = await bot.get_file(file_id)
        if (file.file_size or 0) > BIGGEST_BYTES:
            return b""
        return bytes(await file.download_as_bytearray())
    except telegram.error.TelegramError as error:
        raise NotFetchedError(type(error).__name__) from error
    finally:
        await http.shutdown()


def keep(session: Session, person_id: int, contact_id: int, picture: bytes | None) -> None:
    """Make a picture the merchant's logo and say so; None: it could not be had.

    Who may set it is asked once more: it has been a while since she sent it.
    """
    merchant_id = db.merchant_id(session)
    prompt = _said(session, person_id, picture)
    reach.put_out(session, contact_id, prompt, merchant_id=merchant_id, purpose="reply")


def _said(session: Session, person_id: int, picture: bytes | None) -> Prompt:
    if merchants.role_of(session, person_id) not in MAY:
        return Prompt((_("Only the owner or a manager can do that."),))
    if picture is None:
        words = _("I could not get your picture. Please send it once more.")
        return Prompt((words,), (AGAIN, MORE), kind="card")
    try:
        logos.set_logo(session, fit(picture), person_id)
    except Refusal as refusal:
        return Prompt((refusal.text,), (AGAIN, MORE), kind="card")
    return _shown(session)


def _shown(session: Session) -> Prompt:
    merchant = merchants.get(session)
    words: tuple[Text, ...] = (_("✅ Your logo goes on new invoices. This is how they look."),)
    place = DESIGNS.index(merchant.design) + 1 if merchant.design in DESIGNS else 1
    paper = Attachment("png", "design", place, merchant.id)
    return Prompt(words, (AGAIN, MORE), kind="card", attachment=paper)
