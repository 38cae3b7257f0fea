"""What gateways told us, raw: stored before it is understood, settled once, kept for good."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
import structlog
from sqlalchemy.orm import Session

from models import db, jobs
from models.payments import Attempt
from models.platform import ProviderEvent, Route
from models.secrets import key_hash
from payments import booking, daraja, daraja_news, serving, settlement
from payments.evidence import Evidence, Settled
from payments.options import Options

log = structlog.get_logger(__name__)

READERS = {daraja.RULES.name: daraja_news.READERS}
WHOSE = "SELECT merchant_id FROM routes WHERE kind = 'attempt' AND key_hash = %(key)s"
# Both are there or neither is: what a gateway told, and the job that acts on it.
ITS_JOB = jobs.DEFERRED.format("jsonb_build_object('merchant_id', merchant_id, 'event_id', id)")
STORE = (
    "WITH kept AS (INSERT INTO provider_events (provider, kind, key, reference, merchant_id, headers,"
    "  source_ip, flagged, body, received_at) VALUES (%(provider)s, %(kind)s, %(key)s, %(reference)s,"
    "  %(merchant)s, CAST(%(headers)s AS jsonb), %(source_ip)s, %(flagged)s, %(body)s, %(now)s)"
    "  ON CONFLICT DO NOTHING RETURNING id, merchant_id)"
    f" SELECT id, CASE WHEN merchant_id IS NOT NULL THEN {ITS_JOB} END AS job FROM kept"
)
SECRET_HEADERS = frozenset({"authorization", "cookie", "proxy-authorization"})
LONGEST = 200
MOST_HEADERS = 40


@dataclass(frozen=True)
class Told:
    """One call of a gateway: `path` and `body` as they came, `flagged` why to be wary."""

    provider: str
    kind: str
    path: str
    body: bytes
    headers: Mapping[str, str]
    source_ip: str | None
    flagged: str | None = None
    reference: str | None = None


def attempt_merchant(session: Session, reference: str) -> int | None:
    """Whose attempt this reference is; None for one we never gave."""
    row = db.look(session, WHOSE, {"key": key_hash(reference)}).fetchone()
    return row.merchant_id if row else None


def account_merchant(session: Session, options: Options, evidence: Evidence) -> int | None:
    """Who receives money that came unasked: by account code, otherwise by shortcode.

    An account code counts only where the merchant collects by that shortcode: money sent to one
    merchant's own paybill is hers, whatever the payer typed. None: not our shortcode.
    """
    if not serving.is_ours(options, evidence.destination):
        return None
    code = booking.typed_code(evidence.account)
    found = code and session.scalar(
        sa.select(Route.merchant_id).where(
            Route.kind == "account", Route.key_hash == key_hash(code)
        )
    )
    if found and serving.serves(session, options, found):
        return int(found)
    return serving.owner(session, options)


def store(session: Session, told: Told, merchant_id: int | None) -> int | None:
    """Keep the event and, when it is new and somebody's, its settle job. None: told before.

    The key is made of path and body, so that a forgery cannot squat on the genuine one.
    """
    values = {
        "provider": told.provider,
        "kind": told.kind,
        "key": hashlib.sha256(told.path.encode() + b"\n" + told.body).digest(),
        "reference": told.reference and _clean(told.reference),
        "merchant": merchant_id,
        "headers": json.dumps(_headers(told.headers)),
        "source_ip": told.source_ip,
        "flagged": told.flagged,
        "body": told.body,
        "now": db.now(session),
        **jobs.placed("payments.settle"),
    }
    kept = db.hot(session, STORE, values).fetchone()
    return kept.id if kept else None


def settle(session: Session, event_id: int) -> Settled | None:
    """Settle a stored event as its merchant, once. None: handled before, or not understood."""
    attempt_id = (
        sa.select(Attempt.id)
        .where(
            Attempt.merchant_id == db.merchant_id(session),
            Attempt.reference == ProviderEvent.reference,
        )
        .scalar_subquery()
    )
    event = session.execute(
        sa.select(
            ProviderEvent.provider,
            ProviderEvent.kind,
            ProviderEvent.body,
            attempt_id.label("attempt_id"),
        )
        .where(
            ProviderEvent.id == event_id,
            ProviderEvent.merchant_id == db.merchant_id(session),
            ProviderEvent.handled_at.is_(None),
        )
        .with_for_update(of=ProviderEvent)
    ).one_or_none()
    if event is None:
        return None
    reader = READERS.get(event.provider, {}).get(event.kind)
    evidence = reader(event.body, event.attempt_id) if reader else None
    if evidence is None:
        log.warning("event not understood", event_id=event_id, kind=event.kind)
        _close(session, event_id, "not understood", None)
        return None
    outcome = settlement.settle(session, replace(evidence, event_id=event_id))
    settled_at = None if outcome is Settled.EARLY else db.now(session)
    _close(session, event_id, outcome.value, settled_at)
    return outcome


@dataclass(frozen=True)
class Named:
    """What an event says of an attempt whose ids the gateway has not told us itself."""

    event_id: int
    waits: bool
    evidence: Evidence


def names(session: Session, attempt: booking.Attempted) -> list[Named]:
    """Every event of an attempt that names it and was not found wrong, oldest first."""
    rows = session.execute(
        sa.select(ProviderEvent.id, ProviderEvent.kind, ProviderEvent.body, ProviderEvent.outcome)
        .where(
            ProviderEvent.merchant_id == db.merchant_id(session),
            ProviderEvent.reference == attempt.reference,
            ProviderEvent.provider == attempt.gateway,
            ProviderEvent.outcome.in_([Settled.EARLY, Settled.FAILED, Settled.ASKED]),
        )
        .order_by(ProviderEvent.id)
    )
    found = []
    for row in rows:
        reader = READERS.get(attempt.gateway, {}).get(row.kind)
        evidence = reader(row.body, attempt.id) if reader else None
        if evidence is not None and evidence.handle is not None:
            told = replace(evidence, event_id=row.id)
            found.append(Named(row.id, row.outcome == Settled.EARLY, told))
    return found


def disbelieve(session: Session, attempt: booking.Attempted, claims: list[Named]) -> None:
    """The gateway knows nothing of these successes: kept as claims that a person looks at (I-7)."""
    for claim in claims:
        outcome = settlement.keep_claim(session, claim.evidence, attempt, "ids")
        _close(session, claim.event_id, outcome.value, db.now(session))


def replay(session: Session, event_id: int) -> bool:
    """Settle a stored event again, by its job; False when it is nobody's. Settling twice is once."""
    merchant_id = session.scalar(
        sa.update(ProviderEvent)
        .where(ProviderEvent.id == event_id, ProviderEvent.merchant_id.is_not(None))
        .values(handled_at=None)
        .returning(ProviderEvent.merchant_id)
    )
    if merchant_id is None:
        return False
    jobs.defer(session, "payments.settle", merchant_id=merchant_id, event_id=event_id)
    return True


@dataclass(frozen=True)
class Listed:
    """An event as an operator sees it: not what it says."""

    id: int
    provider: str
    kind: str
    merchant_id: int | None
    reference: str | None
    flagged: str | None
    outcome: str | None
    received_at: datetime


def unhandled(session: Session, limit: int = 100) -> list[Listed]:
    """The newest events that were not acted on, for an operator."""
    return _listed(session, _newest(limit).where(ProviderEvent.handled_at.is_(None)))


def newest(session: Session, limit: int = 100) -> list[Listed]:
    """The newest events, whatever was done, for an operator."""
    return _listed(session, _newest(limit))


def find(session: Session, event_id: int) -> Listed | None:
    """One event by its id; None if there is none."""
    found = _listed(session, _newest(1).where(ProviderEvent.id == event_id))
    return found[0] if found else None


def _newest(limit: int) -> sa.Select[Any]:
    columns = [getattr(ProviderEvent, name) for name in Listed.__dataclass_fields__]
    return sa.select(*columns).order_by(ProviderEvent.id.desc()).limit(limit)


def _listed(session: Session, wanted: sa.Select[Any]) -> list[Listed]:
    return [Listed(**row) for row in session.execute(wanted).mappings()]


def _close(session: Session, event_id: int, outcome: str, handled_at: datetime | None) -> None:
    session.execute(
        sa.update(ProviderEvent)
        .where(ProviderEvent.id == event_id)
        .values(outcome=outcome, handled_at=handled_at and handled_at.astimezone(UTC)),
        execution_options={"synchronize_session": False},
    )


def _headers(headers: Mapping[str, str]) -> dict[str, str]:
    """What may help later, without what opens doors."""
    kept = [(name, value) for name, value in headers.items() if name.lower() not in SECRET_HEADERS]
    return {_clean(name): _clean(value) for name, value in kept[:MOST_HEADERS]}


def _clean(words: str) -> str:
    return "".join(sign for sign in words if sign.isprintable())[:LONGEST]
