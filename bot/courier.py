"""The worker's side of the outbox: many contacts in flight on one loop, each in its own order."""

import asyncio
import contextlib
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import structlog
from sqlalchemy.orm import Session

from bot import outbox, papers
from bot.channel import Channel, File, Letter, SendError, Trouble
from bot.house import House
from bot.keeping import ALARM
from bot.outbox import LOCK_CLASS, Claim, Result, Row
from models.db import APP_ROLE, AWAY, Database

log = structlog.get_logger()

POLL_S = 1.0
TOGETHER_S = 0.001  # how long one waits for others, to share a transaction with them,
MOST_TOGETHER_S = 0.015  # and how long at most: the more sends are under way, the longer
DRAW_ID = "SELECT nextval('worker_ids')::int"


class Courier:
    """Delivers until told to stop; any number of them may run, in any number of processes."""

    def __init__(
        self,
        database: Database,
        channels: Mapping[str, Channel],
        house: House,
        threads: ThreadPoolExecutor,
    ) -> None:
        self.database = database
        self.channels = channels
        self.house = house
        self.threads = threads
        self.worker_id = 0
        self._free = house.bot.sends_in_flight
        self._woken = asyncio.Event()
        self._finished: list[tuple[Claim, list[Result]]] = []
        self._due = True  # something may be, since we looked last
        self._rung = 0  # how many notices said so
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self, stop: asyncio.Event) -> None:
        """Deliver until `stop`; what is being sent then is finished and recorded first."""
        try:
            while not stop.is_set():
                try:
                    await self._listen_and_deliver(stop)
                except (psycopg.OperationalError, *AWAY) as error:
                    log.warning("database away", error=type(error).__name__)
                    await asyncio.sleep(POLL_S)
        finally:
            await asyncio.gather(*self._tasks, return_exceptions=True)
            await self._exchange(most=0, sweep=False)

    async def _listen_and_deliver(self, stop: asyncio.Event) -> None:
        """Hold the worker's lock and the ear on one connection; its end frees every claim."""
        async with await psycopg.AsyncConnection.connect(
            self.database.options.url.replace("postgres://", "postgresql://", 1), autocommit=True
        ) as ear:
            await ear.execute(f"SET ROLE {APP_ROLE}")
            row = await (await ear.execute(DRAW_ID)).fetchone()
            assert row is not None  # noqa: S101 - a sequence always has a next value
            self.worker_id = row[0]
            await ear.execute("SELECT pg_advisory_lock(%s, %s)", [LOCK_CLASS, self.worker_id])
            await ear.execute(f"LISTEN {ALARM}")
            listener = asyncio.create_task(self._listen(ear))
            try:
                await self._deliver_forever(stop, listener)
            finally:
                listener.cancel()
                with contextlib.suppress(asyncio.CancelledError, psycopg.Error):
                    await listener

    async def _listen(self, ear: psycopg.AsyncConnection[Any]) -> None:
        async for _notify in ear.notifies():
            self._rung += 1
            self._due = True
            self._woken.set()

    async def _deliver_forever(self, stop: asyncio.Event, listener: asyncio.Task[None]) -> None:
        """Woken by a notice, by a finished send or each second: record, claim, send."""
        loop = asyncio.get_running_loop()
        swept_at = 0.0
        while not stop.is_set() and not listener.done():
            self._woken.clear()
            sweep = loop.time() - swept_at > POLL_S
            swept_at = loop.time() if sweep else swept_at
            self._due |= sweep
            rung = self._rung
            for claim in await self._exchange(self._free, sweep=sweep):
                self._free -= 1
                task = asyncio.create_task(self._deliver(claim, rung))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), POLL_S)
                await asyncio.sleep(min(TOGETHER_S * (1 + len(self._tasks)), MOST_TOGETHER_S))

    async def _exchange(self, most: int, *, sweep: bool) -> list[Claim]:
        """Write down what is finished and take what is due, in one transaction.

        Nobody looks for what is due where nothing was rung for since the last time.
        """
        finished, self._finished = self._finished, []
        looks = most > 0 and self._due
        if not (finished or looks or sweep):
            return []
        self._due &= not looks

        def work(session: Session) -> list[Claim]:
            if sweep:
                outbox.take_up_abandoned(session)
            if finished:
                outbox.record(session, finished)
            return outbox.claim(session, self.worker_id, most) if looks else []

        try:
            claims: list[Claim] = await self._in_thread(work)
        except BaseException:
            self._finished = finished + self._finished
            self._due = True
            raise
        if len(claims) == most and most:
            self._due = True  # there may be more
            self._woken.set()
        return claims

    async def _deliver(self, claim: Claim, rung: int) -> None:
        results: list[Result] = []
        try:
            for row in claim.rows:
                if results:
                    await asyncio.sleep(getattr(self._channel(claim), "chat_pause_s", 0))
                results.append(await self._send(claim, row, _ids(results)))
                if not outbox.goes_on(results[-1].error):
                    break
        finally:
            self._finished.append((claim, results))
            self._free += 1
            if rung != self._rung or len(results) < len(claim.rows):
                self._due = True  # for her, too, something may have come or been left meanwhile
            self._woken.set()

    def _channel(self, claim: Claim) -> Channel | None:
        return self.channels.get(claim.channel)

    async def _send(self, claim: Claim, row: Row, just_sent: frozenset[str]) -> Result:
        channel = self._channel(claim)
        if channel is None:
            return Result(row, error=SendError(claim.channel, "off", Trouble.NEVER))
        try:
            file = None
            paper = row.prompt.attachment
            if paper is not None:
                file = await self._in_thread(
                    lambda s: papers.fetch(s, paper, claim.channel, claim.language, self.house)
                )
            known = await self._known(claim, row, just_sent) if row.doubts else None
            sent = await channel.send(_letter(claim, row, file, known))
            if paper is not None and file is not None and sent.file_id and not file.known_as:
                with contextlib.suppress(*AWAY):  # it is sent; next time it is uploaded once more
                    await self._in_thread(
                        lambda s: papers.remember(s, paper, claim.channel, file, sent.file_id or "")
                    )
            return Result(row, sent=sent)
        except SendError as error:
            log.info("send failed", outbound_id=row.id, code=error.code, trouble=error.trouble)
            return Result(row, error=error)
        except AWAY as error:
            log.warning("database away", error=type(error).__name__)
            return Result(row, error=SendError(claim.channel, "database", Trouble.AGAIN))
        except Exception:
            log.exception("send broke", outbound_id=row.id)
            return Result(row, error=SendError(claim.channel, "bug", Trouble.AGAIN))

    async def _known(
        self, claim: Claim, row: Row, just_sent: frozenset[str]
    ) -> frozenset[str] | None:
        """Of a row that may have been sent: what the channel is not to take for it; None: it tells nothing.

        Raises SendError where the row is another's by now.
        """
        if claim.channel in outbox.ASKABLE:
            found: frozenset[str] = await self._in_thread(
                lambda s: outbox.known(s, claim.contact_id)
            )
            return found | just_sent
        if not await self._in_thread(lambda s: outbox.sends_again(s, claim, row)):
            raise SendError(claim.channel, "taken", Trouble.AGAIN)
        return None

    async def _in_thread(self, work: Callable[[Any], Any]) -> Any:
        def in_transaction() -> Any:
            with self.database.transaction() as session:
                return work(session)

        return await asyncio.get_running_loop().run_in_executor(self.threads, in_transaction)


def _ids(results: list[Result]) -> frozenset[str]:
    return frozenset(one.sent.provider_id for one in results if one.sent is not None)


def _letter(claim: Claim, row: Row, file: File | None, known: frozenset[str] | None) -> Letter:
    return Letter(
        row.id,
        claim.address,
        row.prompt,
        claim.language,
        file,
        free=claim.free,
        busy=row.busy,
        known=known,
        pieces_sent=row.pieces_sent,
    )
