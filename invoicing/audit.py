"""What happened, in ids: audit rows, the hash chain that seals them, and its check (I-24)."""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import db
from models.told import Audit, AuditSeal

FIRST_LINK = bytes(32)
LOCK = 0x42494C49  # any number of our own: the first half of the sealer's advisory lock
MOST_AT_ONCE = 1000
NOTE = (
    "INSERT INTO audit (merchant_id, action, person_id, invoice_id, facts, made_at) VALUES"
    " (%(merchant_id)s, %(action)s, %(person_id)s, %(invoice_id)s, %(facts)s, %(made_at)s)"
)
LATE_ROWS = 10_000  # a row's id is drawn before its commit, which may come long after


def note(
    session: Session,
    action: str,
    *,
    person_id: int | None = None,
    invoice_id: int | None = None,
    facts: dict[str, Any] | None = None,
) -> None:
    """Write down one change of state; `facts` are ids, sums and words of ours, no names."""
    values = {
        "merchant_id": db.merchant_id(session),
        "action": action,
        "person_id": person_id,
        "invoice_id": invoice_id,
        "facts": json.dumps(facts or {}),
        "made_at": db.now(session),
    }
    db.hot(session, NOTE, values)


def seal(session: Session, merchant_id: int) -> int:
    """Link the merchant's unsealed rows into her chain; how many it were.

    One sealer per merchant at a time. A row that was committed late is sealed late: the chain's
    order is that of sealing, not of ids.
    """
    with db.as_merchant(session, merchant_id):
        session.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK, merchant_id)))
        position, link = _end(session, merchant_id)
        rows = session.scalars(_unsealed().limit(MOST_AT_ONCE)).all()
        for row in rows:
            position, previous, link = position + 1, link, chained(link, row)
            session.add(
                AuditSeal(
                    merchant_id=merchant_id,
                    position=position,
                    audit_id=row.id,
                    previous_hash=previous,
                    hash=link,
                )
            )
        session.flush()
    return len(rows)


def waiting(owner_session: Session) -> list[int]:
    """The merchants who have rows to seal; looks a little behind the newest link for late ones."""
    newest = sa.select(sa.func.coalesce(sa.func.max(AuditSeal.audit_id), 0)).scalar_subquery()
    rows = _unsealed().where(Audit.id > newest - LATE_ROWS).order_by(None)
    return list(owner_session.scalars(rows.with_only_columns(Audit.merchant_id).distinct()))


def _end(session: Session, merchant_id: int) -> tuple[int, bytes]:
    last = session.execute(
        sa.select(AuditSeal.position, AuditSeal.hash)
        .where(AuditSeal.merchant_id == merchant_id)
        .order_by(AuditSeal.position.desc())
        .limit(1)
    ).one_or_none()
    return (last.position, last.hash) if last else (0, FIRST_LINK)


def _unsealed() -> sa.Select[Audit]:
    sealed = sa.exists().where(
        AuditSeal.merchant_id == Audit.merchant_id, AuditSeal.audit_id == Audit.id
    )
    return sa.select(Audit).where(~sealed).order_by(Audit.merchant_id, Audit.id)


def chained(previous: bytes, row: Audit) -> bytes:
    """The hash of a row upon the hash before it."""
    said = [
        row.merchant_id,
        row.id,
        row.action,
        row.person_id,
        row.invoice_id,
        row.facts,
        row.made_at.astimezone(UTC).isoformat(),
    ]
    text = json.dumps(said, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(previous + text.encode()).digest()


@dataclass(frozen=True)
class Verdict:
    """What the check of all chains found: `faults` in words for the operator, the unsealed ids."""

    faults: tuple[str, ...]
    sealed: int
    unsealed: tuple[int, ...]


def verify(owner_session: Session) -> Verdict:
    """Walk every merchant's chain from its first link; needs a session that sees all merchants."""
    faults, sealed = [], 0
    place: dict[int, tuple[int, bytes]] = {}
    for row, link in owner_session.execute(_chain()).yield_per(1000):
        position, previous = place.get(link.merchant_id, (0, FIRST_LINK))
        faults += _broken(position, previous, row, link)
        place[link.merchant_id] = (link.position, link.hash)
        sealed += 1
    unsealed = tuple(owner_session.scalars(_unsealed().with_only_columns(Audit.id)))
    return Verdict(tuple(faults), sealed, unsealed)


def _chain() -> sa.Select[Audit, AuditSeal]:
    return (
        sa.select(Audit, AuditSeal)
        .join_from(
            AuditSeal,
            Audit,
            sa.and_(AuditSeal.merchant_id == Audit.merchant_id, AuditSeal.audit_id == Audit.id),
            isouter=True,
        )
        .order_by(AuditSeal.merchant_id, AuditSeal.position)
    )


def _broken(position: int, previous: bytes, row: Audit | None, link: AuditSeal) -> list[str]:
    where = f"merchant {link.merchant_id}, link {link.position}"
    if link.position != position + 1:
        return [f"{where}: links {position + 1} to {link.position - 1} are missing"]
    if link.previous_hash != previous:
        return [f"{where}: does not follow the link before it"]
    if row is None:
        return [f"{where}: audit row {link.audit_id} is missing"]
    if chained(previous, row) != link.hash:
        return [f"{where}: audit row {row.id} was changed"]
    return []
