"""What has been kept long enough: finished jobs, what gateways said, the words of old messages."""

from datetime import timedelta

import sqlalchemy as sa

from models import db
from models.db import Database

BATCH = 1000
MOST_BATCHES = 50  # an hour's work; the rest waits for the next run
JOBS_FOR = timedelta(days=7)
PAYLOADS_FOR = timedelta(days=90)
WORDS_FOR = timedelta(days=180)
# Each takes a batch of what is older than `before`, oldest first, and touches nothing else.
JOBS = sa.text(
    "DELETE FROM jobs.procrastinate_jobs WHERE id IN ("
    " SELECT j.id FROM jobs.procrastinate_jobs j WHERE j.status IN ('succeeded', 'cancelled')"
    "  AND NOT EXISTS (SELECT 1 FROM jobs.procrastinate_events e"
    "   WHERE e.job_id = j.id AND e.at >= :before)"
    " ORDER BY j.id LIMIT :batch FOR UPDATE SKIP LOCKED)"
)
# That it came, and what became of it, stays; what it said about a person goes.
PAYLOADS = sa.text(
    "UPDATE provider_events SET body = '', headers = '{}' WHERE id IN ("
    " SELECT id FROM provider_events WHERE received_at < :before AND handled_at IS NOT NULL"
    "  AND body <> '' ORDER BY id LIMIT :batch FOR UPDATE SKIP LOCKED)"
)
INBOUND = sa.text(
    "DELETE FROM inbound WHERE id IN ("
    " SELECT id FROM inbound WHERE received_at < :before ORDER BY id LIMIT :batch"
    " FOR UPDATE SKIP LOCKED)"
)
OUTBOUND = sa.text(
    "DELETE FROM outbound WHERE id IN ("
    " SELECT id FROM outbound WHERE made_at < :before AND status NOT IN ('waiting', 'held')"
    " ORDER BY id LIMIT :batch FOR UPDATE SKIP LOCKED)"
)
RULES = ((JOBS, JOBS_FOR), (PAYLOADS, PAYLOADS_FOR), (INBOUND, WORDS_FOR), (OUTBOUND, WORDS_FOR))


def sweep(database: Database) -> int:
    """Let go of what is past its time, in small transactions; how many rows."""
    return sum(_all(database, statement, age) for statement, age in RULES)


def _all(database: Database, statement: sa.TextClause, age: timedelta) -> int:
    count = 0
    for _batch in range(MOST_BATCHES):
        with database.transaction() as session:
            values = {"before": db.now(session) - age, "batch": BATCH}
            gone = session.execute(statement, values).rowcount  # type: ignore[attr-defined]
        count += gone
        if gone < BATCH:
            break
    return count
