"""The doctor on the telephone: does Telegram, Twilio, Daraja answer, and know us?"""

import asyncio
from collections.abc import Iterator
from datetime import timedelta

import httpx
import telegram
from telegram import Bot

from bot.options import TelegramOptions
from bot.telegram_http import Http
from desk.doctor_line import Line, Mark, Setup
from models import clock
from models.db import Database
from models.errors import ProviderError
from payments.daraja import Daraja

PATIENCE_S = 10
RECENT = timedelta(hours=1)
MANY_PENDING = 100
REAL_TWILIO = "https://api.twilio.com"
PRACTICE_DARAJA = "sandbox.safaricom.co.ke"


def telegram_bot(setup: Setup) -> Iterator[Line]:
    """getMe: is the token good; getWebhookInfo: do updates come to us, and do they get through?"""
    options = setup.bot.telegram
    try:
        me, hook = asyncio.run(_ask_telegram(options))
    except telegram.error.InvalidToken:
        yield Line(Mark.FAULT, "Telegram: does not know TELEGRAM_BOT_TOKEN")
        return
    except (telegram.error.TelegramError, TimeoutError) as error:
        yield Line(Mark.FAULT, f"Telegram: {options.api_url} does not answer ({_short(error)})")
        return
    yield Line(Mark.OK, f"Telegram: answers at {options.api_url} as @{me.username}")
    if (me.username or "").lower() != options.username.lower().removeprefix("@"):
        words = f"TELEGRAM_BOT_USERNAME is not @{me.username}: links to the bot lead elsewhere"
        yield Line(Mark.FAULT, f"Telegram: {words}")
    yield from _webhook(hook, f"{setup.bot.app_url}/webhooks/telegram")


async def _ask_telegram(options: TelegramOptions) -> tuple[telegram.User, telegram.WebhookInfo]:
    request = Http()
    bot = Bot(options.token, base_url=f"{options.api_url}/bot", request=request)
    try:
        async with asyncio.timeout(PATIENCE_S):
            return await bot.get_me(), await bot.get_webhook_info()
    finally:
        await request.shutdown()


def _webhook(hook: telegram.WebhookInfo, ours: str) -> Iterator[Line]:
    if hook.url != ours:
        where = hook.url or "nowhere"
        yield Line(Mark.FAULT, f"Telegram: sends messages to {where}; run bin/bili webhooks")
        return
    waiting = hook.pending_update_count
    if hook.last_error_date and clock.real_now() - hook.last_error_date < RECENT:
        words = f"could not reach us lately: {hook.last_error_message} ({waiting} waiting)"
        yield Line(Mark.NOTE, f"Telegram: {words}")
    elif waiting > MANY_PENDING:
        yield Line(Mark.NOTE, f"Telegram: {waiting} messages wait to be taken by us")
    else:
        yield Line(Mark.OK, f"Telegram: messages come to us; {waiting} waiting")


def whatsapp(setup: Setup) -> Iterator[Line]:
    """Twilio's account: do its id and token fit, and is it active?"""
    options = setup.bot.twilio
    url = f"{options.api_url}/2010-04-01/Accounts/{options.account_sid}.json"
    try:
        login = (options.account_sid, options.auth_token)
        answer = httpx.get(url, auth=login, timeout=PATIENCE_S, trust_env=False)
    except httpx.HTTPError as error:
        yield Line(Mark.FAULT, f"WhatsApp: {options.api_url} does not answer ({_short(error)})")
        return
    if answer.status_code == httpx.codes.OK:
        yield _account(answer)
    elif answer.status_code == httpx.codes.NOT_FOUND and options.api_url != REAL_TWILIO:
        yield Line(Mark.NOTE, f"WhatsApp: {options.api_url} answers, but tells of no accounts")
    elif answer.status_code in (httpx.codes.UNAUTHORIZED, httpx.codes.NOT_FOUND):
        yield Line(Mark.FAULT, "WhatsApp: Twilio does not know this account and token")
    else:
        yield Line(Mark.FAULT, f"WhatsApp: Twilio answers {answer.status_code}")
    if not options.templates:
        cost = "more than 24 hours after someone's last word we cannot write to her there"
        yield Line(Mark.OFF, f"WhatsApp templates: {cost} (set TWILIO_TEMPLATES)")


def _account(answer: httpx.Response) -> Line:
    try:
        status = str(answer.json().get("status"))
    except (ValueError, AttributeError):
        status = "of unknown status"
    good = status == "active"
    return Line(Mark.OK if good else Mark.FAULT, f"WhatsApp: the account at Twilio is {status}")


def mpesa(setup: Setup) -> Iterator[Line]:
    """Daraja's door: a token for our key and secret."""
    if setup.database is None:
        yield Line(Mark.NOTE, "M-Pesa: not asked, since there is no database")
        return
    options = setup.payments.daraja
    database = Database(setup.database)
    try:
        Daraja(database, setup.payments).knock()
    except ProviderError as error:
        how = "does not answer" if error.retryable else "does not know our key and secret"
        yield Line(Mark.FAULT, f"M-Pesa: {options.url} {how} ({error.code})")
        return
    finally:
        database.close()
    kind = f"till {options.till}" if options.till else f"paybill {options.shortcode}"
    yield Line(Mark.OK, f"M-Pesa: answers at {options.url}; customers pay {kind}")
    if setup.production and PRACTICE_DARAJA in options.url:
        yield Line(Mark.NOTE, "M-Pesa: DARAJA_URL is Safaricom's sandbox: no real money moves")


def _short(error: Exception) -> str:
    return type(error).__name__
