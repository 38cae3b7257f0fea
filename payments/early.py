"""Successes told before we knew the gateway's name of their attempt: kept aside until it is known.

Nobody signs a callback. One whose ids we cannot compare yet may be genuine and only faster than the
gateway's answer to us, or anybody's who has the address (facts: daraja 3, 2.4). It waits as an open
event until the push's answer names the attempt, or the gateway confirms the name that was told.
"""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import db, jobs
from models.platform import ProviderEvent
from payments.evidence import Settled


def waiting(session: Session, reference: str) -> list[int]:
    """The events of an attempt that wait, oldest first; plainly read, never waited for."""
    return list(session.scalars(_waiting(session, reference)))


def take_up(session: Session, reference: str) -> None:
    """Settle what waits by its job again: now the attempt has a name, or its money is known."""
    for event_id in waiting(session, reference):
        jobs.defer(
            session, "payments.settle", merchant_id=db.merchant_id(session), event_id=event_id
        )


def hold(session: Session, reference: str) -> None:
    """Lock what waits. Events are locked before their attempt, as settling an event does."""
    session.execute(_waiting(session, reference).with_for_update()).all()


def _waiting(session: Session, reference: str) -> sa.Select[int]:
    return (
        sa.select(ProviderEvent.id)
        .where(
            ProviderEvent.merchant_id == db.merchant_id(session),
            ProviderEvent.reference == reference,
            ProviderEvent.handled_at.is_(None),
            ProviderEvent.outcome == Settled.EARLY,
        )
        .order_by(ProviderEvent.id)
    )
