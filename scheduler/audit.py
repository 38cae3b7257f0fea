"""Seals what was noted in the last seconds into each merchant's chain."""

import structlog

from invoicing import audit
from models.db import AWAY, Database

log = structlog.get_logger()


def seal(database: Database) -> int:
    """Seal every merchant's waiting audit rows; how many rows."""
    with database.as_owner() as session:
        waiting = audit.waiting(session)
    count = 0
    for merchant_id in waiting:
        try:
            with database.transaction() as session:
                count += audit.seal(session, merchant_id)
        except AWAY:
            raise
        except Exception:
            log.exception("sealing failed", merchant_id=merchant_id)
    return count
