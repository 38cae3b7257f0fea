"""Due work: rows whose time has come, leased to one clock at a time, worked each on its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import clock, db
from models.db import Database

LEASE_S = 60
MOST = 100
CLAIM = sa.text(
    "UPDATE due_work d SET lease_until = :lease, tries = tries + 1 FROM ("
    "  SELECT merchant_id, kind, subject_id FROM due_work"
    "  WHERE kind = :kind AND act_after <= :now AND (lease_until IS NULL OR lease_until <= :real)"
    "  ORDER BY act_after LIMIT :most FOR UPDATE SKIP LOCKED) mine"
    " WHERE d.merchant_id = mine.merchant_id AND d.kind = mine.kind"
    "  AND d.subject_id = mine.subject_id"
    " RETURNING d.merchant_id, d.subject_id, d.act_after, d.tries"
)


@dataclass(frozen=True)
class Due:
    """One row of due work that is ours for the length of a lease (real time)."""

    merchant_id: int
    kind: str
    subject_id: int
    act_after: datetime
    tries: int


def claim(session: Session, kind: str, most: int = MOST) -> list[Due]:
    """Lease up to `most` rows whose time has come; other clocks skip them."""
    rows = session.execute(
        CLAIM,
        {
            "kind": kind,
            "now": db.now(session),
            "real": clock.real_now(),
            "lease": clock.real_now() + timedelta(seconds=LEASE_S),
            "most": most,
        },
    )
    return [Due(r.merchant_id, kind, r.subject_id, r.act_after, r.tries) for r in rows]


def claimed(database: Database, kind: str) -> Iterator[Due]:
    """All due rows of a kind, in batches, until none is left."""
    while True:
        with database.transaction() as session:
            batch = claim(session, kind)
        yield from batch
        if len(batch) < MOST:
            return
