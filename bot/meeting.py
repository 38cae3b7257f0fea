"""Whom we talk to: an inbound row stored once, the person's conversation locked, the turn kept.

The hot path of every message. Its statements are written out, so that a text costs few of them
and the last one keeps everything of the turn at once.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from bot.channel import Inbound
from bot.storable import storable, written
from conversations.prompts import Prompt, from_json, to_json
from conversations.turn import Journal
from models import db
from models.text import LANGUAGES

MOST_PARKED = 3
LISTS = ("invoices", "clients", "payments")  # looked at, and not waited for
LOOKED_AT = (*LISTS, "settings")  # begun again from the head
LOOKING = (*LOOKED_AT, "language")
PARKED_FOR = timedelta(days=30)
HELD_FOR = timedelta(days=7)  # what was held back for longer is of no interest any more
ALARM = "bili_outbound"  # the channel that workers listen to

STORE = (
    "INSERT INTO inbound (channel, address, delivery_key, said_key, kind, body, outcome, received_at)"
    " VALUES (%(channel)s, %(address)s, %(delivery_key)s, %(said_key)s, %(kind)s, CAST(%(body)s AS jsonb),"
    "  %(outcome)s, %(now)s)"
    " ON CONFLICT DO NOTHING RETURNING id"
)
FIND = (
    "SELECT c.id, c.person_id, c.phone, c.blocked_at, c.stopped_at, c.cut_off_at, p.name, p.language,"
    " p.language_chosen, v.merchant_id, v.journal, v.parked, v.asked_id, v.puzzled, c.shown_id"
    " FROM contacts c JOIN people p ON p.id = c.person_id"
    " JOIN conversations v ON v.person_id = c.person_id"
    " WHERE c.channel = %(channel)s AND {} FOR UPDATE OF v"
)
LOCK = FIND.format("c.address = %(address)s")
# Stored and locked in one go: the second of two deliveries waits for the first and finds nothing new.
# Most of what follows is asked as the merchant she works for, who is entered with it.
HEAR = (
    f"WITH kept AS ({STORE}) SELECT kept.id AS inbound_id, w.*, {db.ENTERED.format('w.merchant_id')} AS entered"
    f" FROM kept LEFT JOIN ({LOCK}) w ON true"
)
# Someone whose number was shown before, or is shown at last (facts: chat-channels 2.1).
LOCK_BY_ID = FIND.format("c.external_user_id = %(external)s")
ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended(%(key)s, 0))"
MEET = (
    "WITH someone AS (INSERT INTO people (name, language, made_at)"
    "  VALUES (%(name)s, %(language)s, CAST(%(now)s AS timestamptz)) RETURNING id),"
    " reached AS (INSERT INTO contacts (person_id, channel, address, external_user_id, phone,"
    "  display_name, last_inbound_at, made_at) SELECT id, %(channel)s, %(address)s, %(external)s, %(phone)s,"
    "  %(name)s, CAST(%(now)s AS timestamptz), CAST(%(now)s AS timestamptz) FROM someone RETURNING id)"
    " INSERT INTO conversations (person_id, parked) SELECT id, '[]' FROM someone"
)
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


@dataclass(frozen=True)
class Set:
    """A dialogue set aside; one that was left for a `detour` is taken up again by itself."""

    journal: Journal
    detour: bool


@dataclass
class Who:
    """The person at the other end, as locked for this turn, and where her talk stands.

    `asked_id` is the last answer of ours that could be chosen from (or simply the last), `shown_id`
    the newest thing to choose from that was sent, asked for or not.
    """

    contact_id: int
    person_id: int
    channel: str
    address: str
    name: str | None
    phone: str | None
    language: str
    language_chosen: bool
    merchant_id: int | None
    journal: Journal | None
    parked: list[Set]
    asked_id: int | None
    puzzled: int = 0
    blocked: bool = False
    stopped: bool = False
    cut_off: bool = False
    shown_id: int | None = None
    external_user_id: str | None = None


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
    outcome: str = "handled"
    toast: str | None = None
    pressed_id: int | None = None


def hear(session: Session, inbound: Inbound) -> tuple[int, Who] | None:
    """The new row's id and its sender, locked; None: this delivery, or what it says, was here before."""
    foreseen = {"outcome": Kept.outcome}
    row = db.hot(session, HEAR, _row(session, inbound) | foreseen).fetchone()
    if row is None:
        return None
    db.entered(session, row.merchant_id)
    return row.inbound_id, _who(row, inbound) if row.id is not None else lock(session, inbound)


def store(session: Session, inbound: Inbound) -> int | None:
    """The new row's id, where nobody is to be answered; None as above."""
    found = db.hot(session, STORE, _row(session, inbound) | {"outcome": None}).fetchone()
    return found.id if found else None


def _row(session: Session, inbound: Inbound) -> dict[str, Any]:
    return {
        "channel": inbound.channel,
        "address": inbound.address,
        "delivery_key": inbound.delivery_key,
        "said_key": inbound.said_key,
        "kind": inbound.kind.value,
        "body": written(inbound.body),
        "now": db.now(session),
    }


def lock(session: Session, inbound: Inbound) -> Who:
    """The sender's conversation, locked; made on the first word she says."""
    row = _locked(session, inbound)
    if row is None:
        # Two first messages at once: the second waits here and finds the person made.
        db.hot(session, ONE_AT_A_TIME, {"key": f"{inbound.channel} {inbound.address}"})
        row = _locked(session, inbound)
    if row is None:
        _meet(session, inbound)
        row = _locked(session, inbound)
    return _who(row, inbound)


def _who(row: Any, inbound: Inbound) -> Who:
    return Who(
        contact_id=row.id,
        person_id=row.person_id,
        channel=inbound.channel,
        address=inbound.address,
        name=row.name,
        phone=row.phone or inbound.phone,
        language=row.language,
        language_chosen=row.language_chosen,
        merchant_id=row.merchant_id,
        journal=Journal.from_json(row.journal) if row.journal else None,
        parked=[Set(Journal.from_json(kept["journal"]), kept["detour"]) for kept in row.parked],
        asked_id=row.asked_id,
        puzzled=row.puzzled,
        blocked=row.blocked_at is not None,
        stopped=row.stopped_at is not None,
        cut_off=row.cut_off_at is not None,
        shown_id=row.shown_id,
        external_user_id=inbound.external_user_id,
    )


def _locked(session: Session, inbound: Inbound) -> Any:
    address = {"channel": inbound.channel, "address": inbound.address}
    found = db.hot(session, LOCK, address).fetchone()
    if found is None and inbound.external_user_id is not None:
        known = {"channel": inbound.channel, "external": inbound.external_user_id}
        found = db.hot(session, LOCK_BY_ID, known).fetchone()
    return found


def _meet(session: Session, inbound: Inbound) -> None:
    hint = (inbound.language_hint or "")[:2].lower()
    db.hot(
        session,
        MEET,
        {
            "name": (storable(inbound.sender_name or "") or None),
            "language": hint if hint in LANGUAGES else "en",
            "channel": inbound.channel,
            "address": inbound.address,
            "external": inbound.external_user_id,
            "phone": inbound.phone,
            "now": db.now(session),
        },
    )


def keep(session: Session, who: Who, kept: Kept, inbound_id: int) -> None:
    """Everything of the turn in one statement: replies, conversation, the button used up."""
    session.flush()
    # Only WhatsApp has a window to keep; a blocked contact who writes is back.
    window = (who.channel == "whatsapp" or who.blocked) and kept.outcome != "blocked"
    foreseen = kept.outcome == Kept.outcome
    parts = (
        SAID,
        PRESSED if kept.pressed_id is not None else "",
        REOPENED if window else "",
        UNFORESEEN if not foreseen else "",
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
        "journal": json.dumps(who.journal.to_json()) if who.journal else None,
        "parked": json.dumps(
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


@dataclass(frozen=True)
class Shown:
    """What hangs on an outbound row: its choices, the question it asked, whose business it is."""

    outbound_id: int
    prompt: Prompt
    asked_key: str | None
    digest: str | None
    consumed: bool
    merchant_id: int | None = None
    asked_for: bool = True  # an answer of ours, not news


SHOWN = (
    "SELECT o.id, o.body, o.asked_key, o.digest, o.consumed_at IS NOT NULL AS consumed,"
    " o.merchant_id, o.purpose = 'reply' AS asked_for"
    " FROM outbound o JOIN contacts c ON c.id = o.contact_id"
    " WHERE o.id = %(id)s AND c.person_id = %(person)s"
)


def shown(session: Session, who: Who, outbound_id: int) -> Shown | None:
    """What was said to this very person under that id; None for anyone else's."""
    row = db.hot(session, SHOWN, {"id": outbound_id, "person": who.person_id}).fetchone()
    if row is None:
        return None
    values = (row.id, from_json(row.body), row.asked_key, row.digest, row.consumed)
    return Shown(*values, row.merchant_id, row.asked_for)


def last_shown(session: Session, who: Who) -> Shown | None:
    """The newest of our answers and of what came unasked, if possible with choices."""
    row = None
    for row_id in sorted({who.asked_id or 0, who.shown_id or 0} - {0}, reverse=True):
        row = shown(session, who, row_id)
        if row is not None and row.prompt.choices:
            break
    return row


def park(who: Who, *, detour: bool) -> None:
    """Set the running dialogue aside; of too many, the oldest is let go.

    Who leaves a list or a choice of language for good has left nothing unfinished.
    """
    if who.journal is not None and not detour and who.journal.flow in LOOKING:
        who.journal = None
    if who.journal is not None:
        others = [kept for kept in who.parked if kept.journal.flow != who.journal.flow]
        who.parked = [*others, Set(who.journal, detour)][-MOST_PARKED:]
        who.journal = None


def take_up(who: Who) -> Journal | None:
    """The dialogue set aside last, running again; None if there is none."""
    if not who.parked:
        return None
    last = who.parked.pop()
    who.journal = last.journal
    return who.journal
