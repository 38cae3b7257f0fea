"""The clock: small sweeps on their intervals. It holds no state; any number of clocks may run."""

import signal
from collections.abc import Callable
from types import FrameType

import structlog
from apscheduler.schedulers.blocking import BlockingScheduler

import logs
import settings as environment
from models.db import AWAY, Database
from scheduler import (
    attempts,
    audit,
    beat,
    events,
    missed,
    notices,
    reminders,
    reports,
    retention,
    timeouts,
)

log = structlog.get_logger()

# Seconds between two runs. A missed run costs nothing: rules are "due and not yet done".
SWEEPS: tuple[tuple[Callable[[Database], object], int], ...] = (
    (beat.beat, 5),
    (attempts.look_again, 2),
    (audit.seal, 5),
    (events.take_up, 15),
    (notices.take_up, 15),
    (reminders.remind, 15),
    (reports.tell, 60),
    (timeouts.sweep, 30),
    (retention.sweep, 3600),
    (missed.ask, 3600),
)


def guarded(sweep: Callable[[Database], object], database: Database) -> Callable[[], None]:
    """A sweep that waits for its next run when Postgres is away."""

    def run() -> None:
        try:
            sweep(database)
        except AWAY as error:
            log.warning("sweep skipped", sweep=sweep.__module__, error=type(error).__name__)

    return run


def main() -> None:
    """Run every sweep on its interval until told to stop."""
    settings = environment.load()
    logs.set_up(settings.log_level, settings.sentry_dsn)
    database = Database(settings.database_options())
    clock = BlockingScheduler(timezone="UTC")
    for sweep, seconds in SWEEPS:
        clock.add_job(
            guarded(sweep, database),
            "interval",
            seconds=seconds,
            id=sweep.__module__,
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,
        )

    def stop(_sign: int, _frame: FrameType | None) -> None:
        clock.shutdown(wait=False)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    clock.start()
    database.close()


if __name__ == "__main__":
    main()
