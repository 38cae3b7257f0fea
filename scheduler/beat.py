"""Says that a clock is alive, for /readyz and the operator."""

import sqlalchemy as sa

from models.db import Database

BEAT = sa.text(
    "INSERT INTO heartbeats (process, seen_at) VALUES ('clock', now())"
    " ON CONFLICT (process) DO UPDATE SET seen_at = now()"
)


def beat(database: Database) -> None:
    """One heartbeat (real time)."""
    with database.transaction() as session:
        session.execute(BEAT)
