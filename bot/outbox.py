"""The queue of what is to be said: claims contacts that have due rows, records what was sent.

A claim names its worker, which holds an advisory lock for as long as its connection lives, and
carries a token as fence: a worker that was taken for dead can record nothing any more. A claim
whose worker's lock is free is taken up at once, so a crash costs a second and at most one message
twice (channels have no idempotency keys).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import unreached, window
from bot.channel import SendError, Sent, Trouble
from bot.storable import written
from conversations.prompts import Prompt, from_json
from models import clock, db

LOCK_CLASS = 0x62696C69  # "bili": the first half of every worker's advisory lock
TERMINAL = "terminal"  # who talks there fetches her own words (`bin/bili talk`)
MOST_TRIES = 8
LONGEST_WAIT_S = 900
ASKABLE = ("whatsapp",)  # channels that tell what they sent: nothing need be sent twice there
FINAL = (Trouble.BLOCKED, Trouble.STOPPED, Trouble.NEVER, Trouble.WINDOW)

# Replies before what nobody asked for; the oldest first.
CLAIM = (
    "WITH due AS (SELECT contact_id, bool_or(purpose = 'reply') AS asked, min(id) AS first"
    "  FROM outbound WHERE status = 'waiting' AND not_before <= %(now)s"
    f"   AND contact_id NOT IN (SELECT id FROM contacts WHERE channel = '{TERMINAL}')"
    "  GROUP BY contact_id"
    "  ORDER BY asked DESC, first LIMIT %(look)s),"
    " free AS (SELECT c.id FROM contacts c JOIN due ON due.contact_id = c.id"
    "  WHERE c.claimed_by IS NULL AND (c.held_until IS NULL OR c.held_until <= %(real_now)s)"
    "  ORDER BY due.asked DESC, due.first LIMIT %(most)s FOR UPDATE OF c SKIP LOCKED),"
    " mine AS (UPDATE contacts c SET claimed_by = %(worker)s, claim_token = claim_token + 1"
    "  FROM free WHERE c.id = free.id RETURNING c.id, c.person_id, c.channel, c.address,"
    "  c.claim_token, c.last_inbound_at)"
    " SELECT m.id AS contact_id, m.channel, m.address, m.claim_token, m.last_inbound_at,"
    "  p.language, o.id, o.body, o.merchant_id, o.tries, o.doubts, o.pieces_sent,"
    "  o.purpose = 'proactive' AS unasked, v.journal IS NOT NULL AS asked"
    " FROM mine m JOIN people p ON p.id = m.person_id"
    " JOIN conversations v ON v.person_id = m.person_id"
    " JOIN outbound o ON o.contact_id = m.id AND o.status = 'waiting' AND o.not_before <= %(now)s"
    " ORDER BY m.id, o.id"
)
# What an abandoned claim was sending may have been sent. Where it was the second time, there is no
# third (see `sends_again`). Claims are found by what waits: an index of them would cost every claim
# and every release an entry in each index of contacts.
ABANDONED = sa.text(
    "WITH freed AS (UPDATE contacts SET claimed_by = NULL WHERE claimed_by IS NOT NULL"
    " AND id IN (SELECT contact_id FROM outbound WHERE status = 'waiting') AND NOT EXISTS ("
    "SELECT 1 FROM pg_locks l WHERE l.locktype = 'advisory' AND l.objsubid = 2"
    f" AND l.classid = {LOCK_CLASS} AND l.objid = contacts.claimed_by::oid AND l.granted"
    " AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()))"
    "  RETURNING id), doubted AS (UPDATE outbound SET error_code = 'abandoned',"
    "   doubts = GREATEST(doubts, 1),"
    "   status = CASE WHEN doubts > 1 THEN 'failed' ELSE status END"
    "  WHERE status = 'waiting' AND not_before <= :now"
    "   AND contact_id IN (SELECT id FROM freed) RETURNING id, merchant_id, status, purpose)"
    " SELECT id, merchant_id FROM doubted WHERE status = 'failed' AND purpose = 'proactive'"
)
# Only rows of claims that still hold are recorded; then the contacts are free again.
RECORD = (
    "WITH done AS (SELECT * FROM jsonb_to_recordset(CAST(%(results)s AS jsonb)) AS r(id bigint,"
    "  contact_id bigint, token bigint, status text, provider_id text, error_code text,"
    "  tries bigint, doubts bigint, pieces_sent bigint)),"
    " held AS (SELECT * FROM jsonb_to_recordset(CAST(%(contacts)s AS jsonb)) AS h(id bigint,"
    "  token bigint, held_until timestamptz, blocked boolean, stopped boolean, shown_id bigint)),"
    " marked AS (UPDATE outbound o SET status = done.status,"
    # An id of theirs stands for one row of ours; a bot under another token counts anew.
    "   provider_id = CASE WHEN EXISTS (SELECT 1 FROM outbound x WHERE x.id <> o.id"
    "     AND x.contact_id = o.contact_id AND x.provider_id = done.provider_id)"
    "    THEN o.provider_id ELSE COALESCE(done.provider_id, o.provider_id) END,"
    "   error_code = done.error_code, tries = done.tries, doubts = done.doubts,"
    "   pieces_sent = done.pieces_sent,"
    "   sent_at = CASE WHEN done.status = 'sent' THEN CAST(%(now)s AS timestamptz) END"
    "  FROM done JOIN contacts c ON c.id = done.contact_id AND c.claim_token = done.token"
    "  WHERE o.id = done.id AND o.status = 'waiting')"
    " UPDATE contacts c SET claimed_by = NULL, held_until = held.held_until,"
    "  shown_id = COALESCE(held.shown_id, c.shown_id),"
    "  blocked_at = CASE WHEN held.blocked THEN CAST(%(now)s AS timestamptz) ELSE c.blocked_at END,"
    "  stopped_at = CASE WHEN held.stopped THEN CAST(%(now)s AS timestamptz) ELSE c.stopped_at END"
    " FROM held WHERE c.id = held.id AND c.claim_token = held.token"
)
KNOWN = sa.text(
    "SELECT provider_id FROM outbound WHERE contact_id = :contact AND provider_id IS NOT NULL"
    " ORDER BY id DESC LIMIT 50"
)
SENDS_AGAIN = sa.text(
    "UPDATE outbound o SET doubts = 2 FROM contacts c WHERE o.id = :id AND o.status = 'waiting'"
    " AND c.id = o.contact_id AND c.claim_token = :token RETURNING o.id"
)
DROP_BLOCKED = sa.text(
    "UPDATE outbound SET status = 'dropped', error_code = 'blocked'"
    " WHERE status = 'waiting' AND contact_id = ANY(:contacts)"
)


@dataclass(frozen=True)
class Row:
    """One due outbound row.

    `busy`: nobody asked for it and its reader has another question open. `doubts`: so many earlier
    tries may have reached her. `pieces_sent`: of its messages, so many went out before one did not.
    """

    id: int
    prompt: Prompt
    merchant_id: int | None
    tries: int
    unasked: bool = False
    busy: bool = False
    doubts: int = 0
    pieces_sent: int = 0


@dataclass(frozen=True)
class Claim:
    """A contact that is ours to write to, with its due rows in order."""

    contact_id: int
    channel: str
    address: str
    language: str
    token: int
    rows: tuple[Row, ...]
    free: bool = True


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
    return [_claim(found, db.now(session)) for found in claims.values()]


def _claim(rows: Sequence[Any], now: datetime) -> Claim:
    first = rows[0]
    return Claim(
        first.contact_id,
        first.channel,
        first.address,
        first.language,
        first.claim_token,
        tuple(_row(row) for row in rows),
        free=window.is_open(first.channel, first.last_inbound_at, now),
    )


def _row(row: Any) -> Row:
    return Row(
        row.id,
        from_json(row.body),
        row.merchant_id,
        row.tries,
        unasked=row.unasked,
        busy=row.unasked and row.asked,
        doubts=row.doubts,
        pieces_sent=row.pieces_sent,
    )


def known(session: Session, contact_id: int) -> frozenset[str]:
    """The channel's ids of what a contact got lately, by our books."""
    return frozenset(session.scalars(KNOWN, {"contact": contact_id}))


def take_up_abandoned(session: Session) -> None:
    """Free the claims of workers that are gone."""
    for row in session.execute(ABANDONED, {"now": db.now(session)}).all():
        unreached.note(session, row.merchant_id, row.id)


def sends_again(session: Session, claim: Claim, row: Row) -> bool:
    """Note, before it is done, that a row in doubt is sent once more; False: it is not ours now.

    Should we die in the middle, nobody sends it a third time.
    """
    return session.scalar(SENDS_AGAIN, {"id": row.id, "token": claim.token}) is not None


def record(session: Session, finished: Sequence[tuple[Claim, Sequence[Result]]]) -> None:
    """Write down what became of claims and free their contacts, in one statement."""
    results = [_result(claim, result) for claim, done in finished for result in done]
    contacts = [_contact(claim, done) for claim, done in finished]
    db.hot(
        session,
        RECORD,
        {
            "results": written(results),
            "contacts": written(contacts),
            "now": db.now(session),
        },
    )
    gone = [contact["id"] for contact in contacts if contact["blocked"] or contact["stopped"]]
    if gone:
        session.execute(DROP_BLOCKED, {"contacts": gone})
    for claim, result in ((claim, result) for claim, done in finished for result in done):
        status = _status(claim, result, result.row.tries + 1)
        if result.row.unasked and status in unreached.STATUSES:
            unreached.note(session, result.row.merchant_id, result.row.id)


def _result(claim: Claim, result: Result) -> dict[str, Any]:
    tries = result.row.tries + 1
    return {
        "id": result.row.id,
        "contact_id": claim.contact_id,
        "token": claim.token,
        "status": _status(claim, result, tries),
        "provider_id": result.sent.provider_id if result.sent else None,
        "error_code": result.error.code if result.error else None,
        "tries": tries,
        "doubts": 1 if _is_doubtful(result) else result.row.doubts,
        "pieces_sent": _pieces_sent(result),
    }


def _pieces_sent(result: Result) -> int:
    """From which of its messages another try goes on."""
    if result.error is None:
        return 0
    told = result.error.pieces_sent
    return result.row.pieces_sent if told is None else told


def _is_doubtful(result: Result) -> bool:
    return result.error is not None and result.error.trouble is Trouble.UNKNOWN


def _status(claim: Claim, result: Result, tries: int) -> str:
    """What the row becomes: gone, given up, or still waiting."""
    if result.error is None:
        return "sent"
    trouble = result.error.trouble
    if trouble in (Trouble.BLOCKED, Trouble.STOPPED):
        return "dropped"
    if trouble is Trouble.WINDOW:
        return "held"
    # A send that may have arrived is tried once more and no further: twice is the most (I-17).
    # Channels that can be asked are asked before each try.
    twice = _is_doubtful(result) and result.row.doubts > 0 and claim.channel not in ASKABLE
    given_up = trouble is Trouble.NEVER or twice
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
        "stopped": last is not None and last.trouble is Trouble.STOPPED,
        "shown_id": max((r.row.id for r in done if r.sent and r.row.prompt.choices), default=None),
    }


def _held_until(error: SendError | None, tries: int) -> datetime | None:
    """Until when this contact is left alone, so that its rows stay in order; real time."""
    if error is None or error.trouble in FINAL:
        return None
    wait_s = error.wait_s or min(2**tries, LONGEST_WAIT_S)
    return clock.real_now() + timedelta(seconds=wait_s)


def goes_on(error: SendError | None) -> bool:
    """Whether the contact's next row may be sent now, after this outcome."""
    return error is None or error.trouble in (Trouble.NEVER, Trouble.WINDOW)
