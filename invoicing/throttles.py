"""How often something may happen: counted by hashed key in a running window."""

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from models import db
from models.platform import Throttle
from models.secrets import key_hash


def count(session: Session, kind: str, key: str, window: timedelta) -> int:
    """Count one more and say how many it were in the window, which begins with the first."""
    now = db.now(session)
    fresh = insert(Throttle).values(
        kind=kind, key_hash=key_hash(kind, key), window_ends=now + window, count=1
    )
    over = Throttle.window_ends <= now
    found = session.scalar(
        fresh.on_conflict_do_update(
            index_elements=[Throttle.kind, Throttle.key_hash],
            set_={
                "count": sa.case((over, 1), else_=Throttle.count + 1),
                "window_ends": sa.case((over, now + window), else_=Throttle.window_ends),
            },
        ).returning(Throttle.count)
    )
    return found or 0
