"""Notices that were written down and not told, since a worker died or failed over them."""

from collections import defaultdict
from datetime import timedelta

import sqlalchemy as sa

from models import db, jobs
from models.db import Database

PATIENCE_S = 60
MOST = 500
UNTOLD = sa.text(
    "SELECT merchant_id, id FROM notices WHERE told_at IS NULL AND made_at < :before"
    " ORDER BY id LIMIT :most"
)


def take_up(database: Database) -> int:
    """Defer the telling of every such notice again (it is told once however often); how many."""
    with database.as_owner() as session:
        before = db.now(session) - timedelta(seconds=PATIENCE_S)
        rows = session.execute(UNTOLD, {"before": before, "most": MOST}).all()
    waiting: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        waiting[row.merchant_id].append(row.id)
    for merchant_id, ids in waiting.items():
        with database.transaction() as session:
            jobs.defer(session, "bot.tell", merchant_id=merchant_id, notice_ids=ids)
    return len(rows)
