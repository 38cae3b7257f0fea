"""The queue of what is to be said: claims contacts that have due rows, records what was sent.

A claim names its worker, which holds an advisory lock for as long as its connection lives, and
carries a token as fence: a worker that was taken for dead can record nothing any more. A claim
whose worker's lock is free is taken up at once, so a crash costs a second and at most one message
twice (channels have no idempotency keys).
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot.channel import SendError, Sent, Trouble
from conversations.prompts import Prompt, from_json
from models import clock, db

LOCK_CLASS = 0x62696C69  # "bili": the first half of every worker's advisory lock
MOST_TRIES = 8
LONGEST_WAIT_S = 900

# Replies before what nobody asked for; the oldest first.
CLAIM = (
    "WITH due AS (SELECT contact_id, bool_or(purpose = 'reply') AS asked, min(id) AS first"
    "  FROM outbound WHERE status = 'waiting' AND not_before <= %(now)s GROUP BY contact_id"
    "  ORDER BY asked DESC, first LIMIT %(look)s),"
    " free AS (SELECT c.id FROM contacts c JOIN due ON due.contact_id = c.id"
    "  WHERE c.claimed_by IS NULL AND (c.held_until IS NULL OR c.held_until <= %(real_now)s)"
    "  ORDER BY due.asked DESC, due.first LIMIT %(most)s FOR UPDATE OF c SKIP LOCKED),"
    " mine AS (UPDATE contacts c SET claimed_by = %(worker)s, claim_token = claim_token + 1"
    "  FROM free WHERE c.id = free.id RETURNING c.id, c.person_id, c.channel, c.address,"
    "  c.claim_token)"
    " SELECT m.id AS contact_id, m.channel, m.address, m.claim_token, p.language,"
    "  o.id, o.body, o.merchant_id, o.tries"
    " FROM mine m JOIN people p ON p.id = m.person_id"
    " JOIN outbound o ON o.contact_id = m.id AND o.status = 'waiting' AND o.not_before <= %(now)s"
    " ORDER BY m.id, o.id"
)
ABANDONED = sa.text(
    "UPDATE contacts SET claimed_by = NULL WHERE claimed_by IS NOT NULL AND NOT EXISTS ("
    "SELECT 1 FROM pg_locks l WHERE l.locktype = 'advisory' AND l.objsubid = 2"
    f" AND l.classid = {LOCK_CLASS} AND l.objid = contacts.claimed_by::oid AND l.granted"
    " AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()))"
)
# Only rows of claims that still hold are recorded; then the contacts are free again.
RECORD = (
    "WITH done AS (SELECT * FROM jsonb_to_recordset(CAST(%(results)s AS jsonb)) AS r(id bigint,"
    "  contact_id bigint, token bigint, status text, provider_id text, error_code text,"
    "  tries bigint)),"
    " held AS (SELECT * FROM jsonb_to_recordset(CAST(%(contacts)s AS jsonb)) AS h(id bigint,"
    "  token bigint, held_until timestamptz, blocked boolean)),"
    " marked AS (UPDATE outbound o SET status = done.status,"
    "   provider_id = COALESCE(done.provider_id, o.provider_id), error_code = done.error_code,"
    "   tries = done.tries, sent_at = CASE WHEN done.status = 'sent' THEN CAST(%(now)s AS timestamptz) END"
    "  FROM done JOIN contacts c ON c.id = done.contact_id AND c.claim_token = done.token"
    "  WHERE o.id = done.id AND o.status = 'waiting')"
    " UPDATE contacts c SET claimed_by = NULL, held_until = held.held_until,"
    "  blocked_at = CASE WHEN held.blocked THEN CAST(%(now)s AS timestamptz) ELSE c.blocked_at END"
    " FROM held WHERE c.id = held.id AND c.claim_token = held.token"
)
DROP_BLOCKED = sa.text(
    "UPDATE outbound SET status = 'dropped', error_code = 'blocked'"
    " WHERE status = 'waiting' AND contact_id = ANY(:contacts)"
)


@dataclass(frozen=True)
class Row:
    """One due outbound row."""

    id: int
    prompt: Prompt
    merchant_id: int | None
    tries: int


@dataclass(frozen=True)
class Claim:
    """A contact that is ours to write to, with its due rows in order."""

    contact_id: int
    channel: str
    address: str
    language: str
    token: int
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Result:
    """What became of one row."""

    row: Row
    sent: Sent | None = None
    error: SendError | None = None


def claim(session: Session, worker: int, most: int) -> list[Claim]:
    """Take up to `most` contacts with due rows; nobody else gets them meanwhile."""
    rows = db.hot(
        session,
        CLAIM,
        {
            "worker": worker,
            "most": most,
            "look": most * 4,
            "now": db.now(session),
            "real_now": clock.real_now(),
        },
    ).fetchall()
    claims: dict[int, list[Any]] = {}
    for row in rows:
        claims.setdefault(row.contact_id, []).append(row)
    return [_claim(found) for found in claims.values()]


def _claim(rows: Sequence[Any]) -> Claim:
    first = rows[0]
    due = tuple(Row(r.id, from_json(r.body), r.merchant_id, r.tries) for r in rows)
    return Claim(
        first.contact_id, first.channel, first.address, first.language, first.claim_token, due
    )


def take_up_abandoned(session: Session) -> int:
    """Free the claims of workers that are gone; how many."""
    return getattr(session.execute(ABANDONED), "rowcount", 0)


def record(session: Session, finished: Sequence[tuple[Claim, Sequence[Result]]]) -> None:
    """Write down what became of claims and free their contacts, in one statement."""
    results = [_result(claim, result) for claim, done in finished for result in done]
    contacts = [_contact(claim, done) for claim, done in finished]
    db.hot(
        session,
        RECORD,
        {
            "results": json.dumps(results),
            "contacts": json.dumps(contacts),
            "now": db.now(session),
        },
    )
    if blocked := [contact["id"] for contact in contacts if contact["blocked"]]:
        session.execute(DROP_BLOCKED, {"contacts": blocked})


def _result(claim: Claim, result: Result) -> dict[str, Any]:
    tries = result.row.tries + 1
    return {
        "id": result.row.id,
        "contact_id": claim.contact_id,
        "token": claim.token,
        "status": _status(result, tries),
        "provider_id": result.sent.provider_id if result.sent else None,
        "error_code": result.error.code if result.error else None,
        "tries": tries,
    }


def _status(result: Result, tries: int) -> str:
    """What the row becomes: gone, given up, or still waiting."""
    if result.error is None:
        return "sent"
    trouble = result.error.trouble
    if trouble is Trouble.BLOCKED:
        return "dropped"
    if trouble is Trouble.WINDOW:
        return "held"
    # A send that may have arrived is tried once more and no further: twice is the most (I-17).
    given_up = trouble is Trouble.NEVER or (trouble is Trouble.UNKNOWN and tries > 1)
    if given_up or (trouble is not Trouble.WAIT and tries >= MOST_TRIES):
        return "failed"
    return "waiting"


def _contact(claim: Claim, done: Sequence[Result]) -> dict[str, Any]:
    last = done[-1].error if done else None
    until = _held_until(last, done[-1].row.tries if done else 0)
    return {
        "id": claim.contact_id,
        "token": claim.token,
        "held_until": until.isoformat() if until else None,
        "blocked": last is not None and last.trouble is Trouble.BLOCKED,
    }


def _held_until(error: SendError | None, tries: int) -> datetime | None:
    """Until when this contact is left alone, so that its rows stay in order; real time."""
    if error is None or error.trouble in (Trouble.BLOCKED, Trouble.NEVER, Trouble.WINDOW):
        return None
    wait_s = error.wait_s or min(2**tries, LONGEST_WAIT_S)
    return clock.real_now() + timedelta(seconds=wait_s)


def goes_on(error: SendError | None) -> bool:
    """Whether the contact's next row may be sent now, after this outcome."""
    return error is None or error.trouble in (Trouble.NEVER, Trouble.WINDOW)
