"""Tells the providers where we are: registers what can be registered, prints what must be pasted."""

import asyncio
from collections.abc import Callable

import telegram
from telegram import Bot, BotCommand

from bot.options import Options, TelegramOptions
from bot.telegram_http import Http
from bot.whatsapp_send import RETRY
from models.db import Database
from models.errors import ProviderError
from models.text import Text, _, render
from payments import daraja
from payments.options import Options as PaymentOptions

UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]
COMMANDS: tuple[tuple[str, Text], ...] = (
    ("menu", _("Everything I can do")),
    ("invoice", _("New invoice")),
    ("invoices", _("My invoices")),
    ("quote", _("New quote")),
    ("credit", _("Credit note")),
    ("client", _("New client")),
    ("clients", _("My clients")),
    ("statement", _("A client's statement")),
    ("copy", _("Copy an invoice")),
    ("drafts", _("My drafts")),
    ("attach", _("Attach a file")),
    ("items", _("Items and prices")),
    ("payment", _("Record a payment")),
    ("remind", _("Remind who is late")),
    ("reminders", _("When I remind customers")),
    ("payments", _("Money that came")),
    ("team", _("My team")),
    ("approvals", _("What waits for my yes")),
    ("account", _("My chats and businesses")),
    ("link", _("Link another chat")),
    ("settings", _("Settings")),
    ("why", _("What happened to an invoice")),
    ("language", _("Kiswahili / English")),
    ("cancel", _("Stop what we are doing")),
    ("help", _("How I work")),
)


def register(
    database: Database, bot: Options, payments: PaymentOptions, say: Callable[[str], None]
) -> bool:
    """Register with every provider that is on; says each outcome. Whether all went well."""
    well = True
    if bot.telegram.token:
        well &= _telegram(bot.telegram, bot.app_url, say)
    if bot.twilio.whatsapp_on:
        say(f"WhatsApp: paste at Twilio for messages of {bot.twilio.whatsapp_from}: ")
        say(f"  {bot.app_url}/webhooks/twilio{RETRY}")
        say("  statuses need no entry; if Twilio asks for an address, give it:")
        say(f"  {bot.app_url}/webhooks/twilio/status{RETRY}")
    if payments.daraja.on:
        well &= _daraja(database, payments, say)
    return well


def _telegram(options: TelegramOptions, app_url: str, say: Callable[[str], None]) -> bool:
    url = f"{app_url}/webhooks/telegram"
    try:
        asyncio.run(_tell_telegram(options, url))
    except telegram.error.TelegramError as error:
        say(f"Telegram: refused {url}: {error.message}")
        return False
    say(f"Telegram: sends updates to {url}; commands set in English and Swahili")
    return True


async def _tell_telegram(options: TelegramOptions, url: str) -> None:
    request = Http()
    bot = Bot(options.token, base_url=f"{options.api_url}/bot", request=request)
    try:
        await bot.set_webhook(
            url,
            secret_token=options.webhook_secret,
            allowed_updates=UPDATES,
            max_connections=40,
        )
        for language in ("en", "sw"):
            commands = [BotCommand(name, render(words, language)) for name, words in COMMANDS]
            await bot.set_my_commands(commands, language_code=language)
            if language == "en":
                await bot.set_my_commands(commands)
    finally:
        await request.shutdown()


def _daraja(database: Database, payments: PaymentOptions, say: Callable[[str], None]) -> bool:
    try:
        daraja.Daraja(database, payments).register_urls()
    except ProviderError as error:
        if "already registered" in error.detail.lower():
            say("M-Pesa: paybill addresses were registered before; change them in the portal")
            return True
        say(f"M-Pesa: registering the paybill addresses failed: {error}")
        return False
    say(f"M-Pesa: paybill payments of {payments.daraja.shortcode} come to {payments.app_url}")
    return True
