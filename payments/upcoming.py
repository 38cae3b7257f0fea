"""When an attempt is looked at again: its row of due work, and how long to wait each time."""

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from models import db
from models.platform import DueWork

KIND = "reconcile"
# Seconds between one question and the next: at 30 s, 90 s, then ever rarer (facts: daraja 3.3).
GAPS_S = (30, 60, 120, 300, 600)
HOURLY_S = 3600
CONFIRM_S = 10
ONCE_MORE_S = 60
ANSWER_S = 5  # the push's own answer, which its callback overtook, is there by then


def look_after(session: Session, attempt_id: int, seconds: float, *, afresh: bool = False) -> None:
    """Look at this attempt again in so many seconds; `afresh` counts the tries from none."""
    act_after = db.now(session) + timedelta(seconds=seconds)
    changed = {"act_after": act_after, "lease_until": None}
    session.execute(
        insert(DueWork)
        .values(
            merchant_id=db.merchant_id(session),
            kind=KIND,
            subject_id=attempt_id,
            act_after=act_after,
            tries=0,
        )
        .on_conflict_do_update(
            index_elements=["merchant_id", "kind", "subject_id"],
            set_=changed | {"tries": 0} if afresh else changed,
        )
    )


def forget(session: Session, attempt_id: int) -> None:
    """Nothing more to learn of this attempt."""
    session.execute(
        sa.delete(DueWork).where(
            DueWork.merchant_id == db.merchant_id(session),
            DueWork.kind == KIND,
            DueWork.subject_id == attempt_id,
        )
    )


def put_off(session: Session, attempt_id: int, seconds: float) -> None:
    """Its turn came too early: again in so many seconds, and this one does not count."""
    session.execute(
        sa.update(DueWork)
        .where(
            DueWork.merchant_id == db.merchant_id(session),
            DueWork.kind == KIND,
            DueWork.subject_id == attempt_id,
        )
        .values(
            act_after=db.now(session) + timedelta(seconds=seconds),
            lease_until=None,
            tries=sa.func.greatest(DueWork.tries - 1, 0),
        ),
        execution_options={"synchronize_session": False},
    )


def tries(session: Session, attempt_id: int) -> int:
    """How often its turn has come so far: the claim counts (`models.due`)."""
    found = session.scalar(
        sa.select(DueWork.tries).where(
            DueWork.merchant_id == db.merchant_id(session),
            DueWork.kind == KIND,
            DueWork.subject_id == attempt_id,
        )
    )
    return found or 0


def gap_s(tries_so_far: int) -> int:
    """How long to wait after so many questions without a verdict."""
    return GAPS_S[tries_so_far] if tries_so_far < len(GAPS_S) else HOURLY_S
