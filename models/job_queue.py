"""The queue as a worker reads it: the library's app, and which failures are tried again."""

from procrastinate import App, PsycopgConnector, RetryStrategy

from models.db import AWAY

SCHEMA = "jobs"

# Postgres went away under a job: it runs again once Postgres is back, instead of being given up.
# No job has a lock, so one that waits holds up nobody.
AGAIN = RetryStrategy(max_attempts=10, wait=1, retry_exceptions=AWAY)


def reader(url: str, size: int) -> App:
    """The app that a worker opens and runs; rooms register their tasks on it."""
    connector = PsycopgConnector(
        conninfo=url,
        kwargs={"options": f"-c search_path={SCHEMA},public"},
        min_size=1,
        max_size=size,
    )
    return App(connector=connector)
