"""Dialogues that wait for an answer too long: each is nudged, set aside or forgotten on its own."""

import structlog

from bot import timeouts
from models.db import AWAY, Database

log = structlog.get_logger()


def sweep(database: Database) -> int:
    """Move on every conversation whose time is over; how many."""
    with database.transaction() as session:
        people = timeouts.expired(session)
    count = 0
    for person_id in people:
        try:
            with database.transaction() as session:
                count += timeouts.move_on(session, person_id)
        except AWAY:
            raise
        except Exception:
            log.exception("time-out failed", person_id=person_id)
    return count
