"""What a turn leaves behind: replies, the talk as it stands, the button used up; in one statement."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from bot.meeting import FORESEEN, PARKED_FOR, Who
from bot.storable import written
from conversations.prompts import Prompt, to_json
from models import db

HELD_FOR = timedelta(days=7)  # what was held back for longer is of no interest any more
ALARM = "bili_outbound"  # the channel that workers listen to

SAID = (
    "WITH said AS (INSERT INTO outbound (contact_id, merchant_id, inbound_id, purpose, body,"
    "   asked_key, digest, not_before, made_at)"
    "  SELECT %(contact)s, COALESCE(r.merchant_id, CAST(%(merchant)s AS bigint)), %(inbound)s, 'reply', r.body,"
    "   r.asked_key, r.digest, CAST(%(now)s AS timestamptz), CAST(%(now)s AS timestamptz)"
    "  FROM jsonb_to_recordset(CAST(%(replies)s AS jsonb)) AS r(body jsonb, asked_key text, digest text,"
    "   merchant_id bigint)"
    "  RETURNING id, jsonb_exists(body, 'choices') AS choosing),"
    " moved AS (UPDATE conversations SET merchant_id = CAST(%(merchant)s AS bigint), journal = CAST(%(journal)s AS jsonb),"
    "  parked = CAST(%(parked)s AS jsonb), puzzled = %(puzzled)s, seq = seq + 1, nudged_at = NULL,"
    "  expires_at = CAST(%(expires)s AS timestamptz), asked_id = COALESCE((SELECT max(id) FROM said WHERE choosing),"
    "   (SELECT max(id) FROM said), asked_id)"
    "  WHERE person_id = %(person)s)"
)
# What only some turns leave behind. Each costs the database even where it would change nothing.
PRESSED = (
    ", pressed AS (UPDATE outbound SET consumed_at = CAST(%(now)s AS timestamptz)"
    "  WHERE id = CAST(%(pressed)s AS bigint) AND consumed_at IS NULL)"
)
REOPENED = (
    ", heard AS (UPDATE contacts SET last_inbound_at = CAST(%(now)s AS timestamptz), blocked_at = NULL,"
    "  phone = COALESCE(%(phone)s, phone), external_user_id = COALESCE(%(external)s, external_user_id)"
    "  WHERE id = %(contact)s),"
    " freed AS (UPDATE outbound SET status = 'waiting', not_before = CAST(%(now)s AS timestamptz)"
    "  WHERE contact_id = %(contact)s AND status = 'held' AND made_at > CAST(%(stale)s AS timestamptz))"
)
UNFORESEEN = ", handled AS (UPDATE inbound SET outcome = %(outcome)s WHERE id = %(inbound)s)"
RING = f" SELECT pg_notify('{ALARM}', '') WHERE EXISTS (SELECT 1 FROM said)"


@dataclass
class Reply:
    """One thing to say back; a question carries the key and digest its buttons are bound to."""

    prompt: Prompt
    asked_key: str | None = None
    digest: str | None = None
    merchant_id: int | None = None  # whose it is, where not of the business she works for now


@dataclass
class Kept:
    """What a turn leaves behind."""

    replies: list[Reply] = field(default_factory=list)
    outcome: str = FORESEEN
    toast: str | None = None
    pressed_id: int | None = None


def keep(session: Session, who: Who, kept: Kept, inbound_id: int) -> None:
    """Everything of the turn in one statement: replies, conversation, the button used up."""
    session.flush()
    # Only WhatsApp has a window to keep; a blocked contact who writes is back.
    window = (who.channel == "whatsapp" or who.blocked) and kept.outcome != "blocked"
    parts = (
        SAID,
        PRESSED if kept.pressed_id is not None else "",
        REOPENED if window else "",
        UNFORESEEN if kept.outcome != FORESEEN else "",
        RING,
    )
    db.hot(session, "".join(parts), _left(session, who, kept, inbound_id))


def _left(session: Session, who: Who, kept: Kept, inbound_id: int) -> dict[str, Any]:
    """What every part of the statement may ask for."""
    return {
        "contact": who.contact_id,
        "person": who.person_id,
        "merchant": who.merchant_id,
        "inbound": inbound_id,
        "replies": written(_replies(kept.replies)),
        "journal": written(who.journal.to_json()) if who.journal else None,
        "parked": written(
            [{"journal": p.journal.to_json(), "detour": p.detour} for p in who.parked]
        ),
        "puzzled": who.puzzled,
        "expires": _expires(who, db.now(session)),
        "pressed": kept.pressed_id,
        "phone": who.phone,
        "external": who.external_user_id,
        "stale": db.now(session) - HELD_FOR,
        "outcome": kept.outcome,
        "now": db.now(session),
    }


def waits_for(channel: str) -> timedelta:
    """How long a question stands before we ask after it; on WhatsApp while we still may."""
    return timedelta(hours=23 if channel == "whatsapp" else 24)


def _expires(who: Who, now: datetime) -> datetime | None:
    """When the clock looks at this talk again: for an answer, or to forget what was set aside."""
    if who.journal is None and not who.parked:
        return None
    wait = waits_for(who.channel) if who.journal is not None else PARKED_FOR
    return _rounded_up(now + wait)


def _rounded_up(at: datetime) -> datetime:
    """To full ten minutes: turns of one talk then leave the index of times alone."""
    return at + timedelta(seconds=-at.timestamp() % 600)


def _replies(replies: Sequence[Reply]) -> list[dict[str, Any]]:
    kept = ("asked_key", "digest", "merchant_id")
    return [
        {"body": to_json(r.prompt)} | {name: getattr(r, name) for name in kept} for r in replies
    ]
