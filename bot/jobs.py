"""The bot's deferred work: wording notices."""

import asyncio

from procrastinate import App

from bot import notices
from bot.house import House
from models.db import Database


def register(app: App, database: Database, house: House) -> None:
    """Make the bot's tasks known to a worker; each may run twice and then does nothing more."""

    @app.task(name="bot.tell")
    async def tell(merchant_id: int, notice_ids: list[int]) -> None:
        def work() -> None:
            with database.transaction(merchant_id) as session:
                notices.tell(session, merchant_id, notice_ids, house)

        await asyncio.to_thread(work)
