"""Provider events that were stored and not acted on, since a worker died or failed over them."""

from datetime import timedelta

import sqlalchemy as sa

from models import db, jobs
from models.db import Database

PATIENCE_S = 60
WITHIN_S = 86_400
MOST = 200
UNHANDLED = sa.text(
    "SELECT id, merchant_id FROM provider_events WHERE handled_at IS NULL"
    " AND outcome IS NULL AND merchant_id IS NOT NULL AND received_at < :before AND received_at > :after"
    " ORDER BY id LIMIT :most"
)


def take_up(database: Database) -> int:
    """Defer the settling of every such event again (it settles once however often); how many."""
    with database.transaction() as session:
        now = db.now(session)
        rows = session.execute(
            UNHANDLED,
            {
                "before": now - timedelta(seconds=PATIENCE_S),
                "after": now - timedelta(seconds=WITHIN_S),
                "most": MOST,
            },
        ).all()
        for row in rows:
            jobs.defer(session, "payments.settle", merchant_id=row.merchant_id, event_id=row.id)
    return len(rows)
