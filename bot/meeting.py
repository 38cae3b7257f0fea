"""Whom we talk to: an inbound row stored once, the person's conversation locked, the turn kept.

The hot path of every message. Its statements are written out, so that a text costs few of them;
`bot.keeping` has the last one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any

from sqlalchemy.orm import Session

from bot.channel import Inbound
from bot.storable import storable, written
from conversations.prompts import Choice, Prompt, choice_of, from_json
from conversations.turn import Journal
from models import db
from models.text import LANGUAGES

MOST_PARKED = 3
LISTS = ("invoices", "clients", "payments")  # looked at, and not waited for
LOOKED_AT = (*LISTS, "settings")  # begun again from the head
LOOKING = (*LOOKED_AT, "language")
PARKED_FOR = timedelta(days=30)
FORESEEN = "handled"  # what nearly every turn comes to

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


def hear(session: Session, inbound: Inbound) -> tuple[int, Who] | None:
    """The new row's id and its sender, locked; None: this delivery, or what it says, was here before."""
    foreseen = {"outcome": FORESEEN}
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


@dataclass(frozen=True)
class Shown:
    """What hangs on an outbound row: its choices, the question it asked, whose business it is.

    In the order of `SHOWN`.
    """

    outbound_id: int
    body: Mapping[str, Any]
    asked_key: str | None
    digest: str | None
    consumed: bool
    merchant_id: int | None = None
    asked_for: bool = True  # an answer of ours, not news

    @cached_property
    def prompt(self) -> Prompt:
        """All that was said; for one button of it `choice` is enough."""
        return from_json(self.body)

    def choice(self, value: str) -> Choice | None:
        """The choice behind a button."""
        return choice_of(self.body, value)


SHOWN = (
    "SELECT o.id, o.body, o.asked_key, o.digest, o.consumed_at IS NOT NULL AS consumed,"
    " o.merchant_id, o.purpose = 'reply' AS asked_for"
    " FROM outbound o JOIN contacts c ON c.id = o.contact_id"
    " WHERE o.id = %(id)s AND c.person_id = %(person)s"
)


def shown(session: Session, who: Who, outbound_id: int) -> Shown | None:
    """What was said to this very person under that id; None for anyone else's."""
    row = db.look(session, SHOWN, {"id": outbound_id, "person": who.person_id}).fetchone()
    return Shown(*row) if row else None


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
