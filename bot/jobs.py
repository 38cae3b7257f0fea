"""The bot's deferred work: wording notices, and what must be asked of Twilio."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import structlog
from procrastinate import App

from bot import attached_files, dispatch, logos, missed, notices, unreached, whatsapp
from bot.house import House
from bot.twilio_rest import RAISED, Rest
from models.db import Database
from models.job_queue import AGAIN

log = structlog.get_logger()


def register(app: App, database: Database, house: House) -> None:
    """Make the bot's tasks known to a worker; each may run twice and then does nothing more."""

    @app.task(name="bot.tell", retry=AGAIN)
    async def tell(merchant_id: int, notice_ids: list[int]) -> None:
        def work() -> None:
            with database.transaction(merchant_id) as session:
                notices.tell(session, merchant_id, notice_ids, house)

        await asyncio.to_thread(work)

    @app.task(name="bot.unreached", retry=AGAIN)
    async def not_reached(merchant_id: int, outbound_id: int) -> None:
        def work() -> None:
            with database.transaction() as session:
                unreached.tell(session, merchant_id, outbound_id)

        await asyncio.to_thread(work)

    _register_twilio(app, database, house)
    _register_pictures(app, database, house)


def _register_twilio(app: App, database: Database, house: House) -> None:
    """What asks Twilio, which blocks for seconds at times: in threads of its own."""
    threads = ThreadPoolExecutor(2, thread_name_prefix="twilio-jobs")
    rest = cache(lambda: Rest(house.bot.twilio))

    @app.task(name="bot.read_card", retry=AGAIN)
    async def read_card(form: dict[str, str]) -> None:
        def work() -> None:
            inbound = whatsapp.read(form)
            if inbound is None:
                return
            try:
                card = rest().fetch_text(form.get("MediaUrl0", ""))
            except RAISED as error:
                log.warning("card not fetched", error=type(error).__name__)
                card = ""
            with database.transaction() as session:
                dispatch.receive(session, whatsapp.with_card(inbound, card), house)

        await asyncio.get_running_loop().run_in_executor(threads, work)

    @app.task(name="bot.catch_up", retry=AGAIN)
    async def catch_up() -> None:
        def work() -> None:
            try:
                missed.catch_up(database, house, rest())
            except RAISED as error:
                log.warning("could not ask Twilio", error=type(error).__name__)

        if house.bot.twilio.whatsapp_on:
            await asyncio.get_running_loop().run_in_executor(threads, work)


def _register_pictures(app: App, database: Database, house: House) -> None:
    """Pictures and papers of merchants, fetched where they were sent."""
    threads = ThreadPoolExecutor(1, thread_name_prefix="pictures")
    fetch = logos.fetchers(house.bot, threads)

    async def fetched(channel: str, file: str) -> bytes | None:
        try:
            return await fetch[channel](file) if channel in fetch else None
        except logos.NotFetchedError as error:
            log.warning("file not fetched", channel=channel, error=str(error))
            return None

    @app.task(name="bot.fetch_logo", retry=AGAIN)
    async def fetch_logo(
        merchant_id: int, person_id: int, contact_id: int, channel: str, file: str
    ) -> None:
        picture = await fetched(channel, file)

        def work() -> None:
            with database.transaction(merchant_id) as session:
                logos.keep(session, person_id, contact_id, picture)

        await asyncio.to_thread(work)

    @app.task(name="bot.fetch_file", retry=AGAIN)
    async def fetch_file(
        merchant_id: int, attached_id: int, contact_id: int, channel: str, file: str
    ) -> None:
        content = await fetched(channel, file)

        def work() -> None:
            with database.transaction(merchant_id) as session:
                attached_files.keep(session, attached_id, contact_id, content, house)

        await asyncio.to_thread(work)
