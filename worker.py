"""The worker: delivery and jobs on one loop, the one Telegram Bot, and its threads."""

import asyncio
import contextlib
import signal
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import replace

import sqlalchemy as sa
import structlog
from procrastinate import App

import bot.jobs
import logs
import payments.jobs
import payments.serving
import settings as environment
import warm
from bot.channel import Channel
from bot.courier import Courier
from bot.house import House
from bot.telegram_send import Telegram
from bot.whatsapp_send import WhatsApp
from models import job_queue, jobs
from models.db import AWAY, Database

log = structlog.get_logger()

SQL_THREADS = 8
CONNECTIONS = SQL_THREADS + 6  # deliveries, and jobs that settle or push
JOBS_AT_ONCE = 8
POLL_S = 0.5
BEAT_S = 5
JOB_BEAT_S = 5.0
STALLED_S = 20.0
RESCUE_S = 10
BEAT = sa.text(
    "INSERT INTO heartbeats (process, seen_at) VALUES ('worker', now())"
    " ON CONFLICT (process) DO UPDATE SET seen_at = now()"
)


async def run(settings: environment.Settings) -> None:
    """Work until a signal asks us to stop; what is under way is finished first."""
    database = Database(replace(settings.database_options(), pool_size=CONNECTIONS))
    house = House(settings.bot_options(), settings.payments_options())
    threads = ThreadPoolExecutor(SQL_THREADS, thread_name_prefix="sql")
    # Gateways are slow: their calls have threads of their own, or a hanging one would hold up chats.
    money_threads = ThreadPoolExecutor(JOBS_AT_ONCE, thread_name_prefix="money")
    loop = asyncio.get_running_loop()
    loop.set_default_executor(threads)
    warm.up()
    stop = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sign, stop.set)
    channels: dict[str, Channel] = {}
    if house.bot.telegram.token:
        channels["telegram"] = Telegram(house.bot.telegram)
    if house.bot.twilio.whatsapp_on:
        channels["whatsapp"] = WhatsApp(house.bot)
    courier = Courier(database, channels, house, threads)
    tasks = [
        asyncio.create_task(courier.run(stop)),
        asyncio.create_task(_work(settings, database, house, money_threads, stop)),
        asyncio.create_task(_beat(database, stop)),
    ]
    await _until(stop, tasks)
    await asyncio.gather(*tasks, return_exceptions=True)
    for channel in channels.values():
        await channel.close()
    database.close()


async def _until(stop: asyncio.Event, tasks: list[asyncio.Task[None]]) -> None:
    """Until we are told to stop, or one part of us breaks, which stops the rest."""
    waiting = asyncio.create_task(stop.wait())
    done, _pending = await asyncio.wait([waiting, *tasks], return_when=asyncio.FIRST_COMPLETED)
    stop.set()
    waiting.cancel()
    for task in done & set(tasks):
        if error := task.exception():
            log.error("worker part ended", error=repr(error))


async def _work(
    settings: environment.Settings,
    database: Database,
    house: House,
    threads: Executor,
    stop: asyncio.Event,
) -> None:
    """Run jobs; while Postgres is away, wait and begin again."""
    gateways = payments.serving.clients(database, house.payments)
    while not stop.is_set():
        app = job_queue.reader(settings.database_url.replace("postgres://", "postgresql://", 1), 4)
        bot.jobs.register(app, database, house)
        payments.jobs.register(app, database, house.payments, threads, gateways)
        try:
            async with app.open_async():
                worker = asyncio.create_task(
                    app.run_worker_async(
                        queues=list(jobs.QUEUES),
                        concurrency=JOBS_AT_ONCE,
                        fetch_job_polling_interval=POLL_S,
                        install_signal_handlers=False,
                        update_heartbeat_interval=JOB_BEAT_S,
                        stalled_worker_timeout=STALLED_S,
                        delete_jobs="successful",
                    )
                )
                rescuer = asyncio.create_task(_rescue(app))
                await asyncio.wait(
                    [worker, asyncio.create_task(stop.wait())],
                    return_when=asyncio.FIRST_COMPLETED,
                )
                rescuer.cancel()
                worker.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await worker
        except Exception:
            log.exception("jobs: starting again")
            await asyncio.sleep(1)


async def _rescue(app: App) -> None:
    """Jobs of workers that died are taken up again within a minute; every task bears it."""
    while True:
        await asyncio.sleep(RESCUE_S)
        for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_S):
            log.warning("job taken up again", job_id=job.id, task=job.task_name)
            await app.job_manager.retry_job(job)


async def _beat(database: Database, stop: asyncio.Event) -> None:
    """Say that we are alive, for /readyz and the operator."""

    def beat() -> None:
        with database.transaction() as session:
            session.execute(BEAT)

    while not stop.is_set():
        try:
            await asyncio.to_thread(beat)
        except AWAY as error:
            log.warning("no heartbeat", error=type(error).__name__)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), BEAT_S)


def main() -> None:
    """Start a worker with the environment's settings."""
    settings = environment.load()
    logs.set_up(settings.log_level, settings.sentry_dsn)
    asyncio.run(run(settings))


if __name__ == "__main__":
    main()
