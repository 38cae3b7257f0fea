"""A question nobody answers: one nudge, then the dialogue is set aside, then it is forgotten (C-15)."""

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from bot import cards, reach
from bot.keeping import waits_for
from bot.meeting import MOST_PARKED, PARKED_FOR
from bot.storable import written
from conversations.prompts import Choice, Prompt, Start
from models import db
from models.text import _

MOST = 200
EXPIRED = (
    "SELECT person_id FROM conversations WHERE expires_at <= %(now)s"
    " ORDER BY expires_at LIMIT %(most)s"
)
# Who is talking to us at this moment is left alone.
LOCK = (
    "SELECT journal, parked, nudged_at, asked_id, merchant_id FROM conversations"
    " WHERE person_id = %(person)s AND expires_at <= %(now)s FOR UPDATE SKIP LOCKED"
)
WHERE = (
    "SELECT c.id, c.channel FROM outbound o JOIN contacts c ON c.id = o.contact_id"
    " WHERE o.id = %(asked)s AND c.blocked_at IS NULL AND c.stopped_at IS NULL"
)
NUDGED = (
    "UPDATE conversations SET nudged_at = %(now)s, expires_at = %(next)s"
    " WHERE person_id = %(person)s"
)
PARK = (
    "UPDATE conversations SET journal = NULL, parked = CAST(%(parked)s AS jsonb),"
    " nudged_at = NULL, expires_at = %(next)s WHERE person_id = %(person)s"
)


def expired(session: Session) -> list[int]:
    """People whose time for an answer, or for taking up what was set aside, is over."""
    rows = db.hot(session, EXPIRED, {"now": db.now(session), "most": MOST})
    return [row.person_id for row in rows.fetchall()]


def move_on(session: Session, person_id: int) -> bool:
    """Nudge, set aside or forget, whichever comes next; whether there was anything to do."""
    now = db.now(session)
    row = db.hot(session, LOCK, {"person": person_id, "now": now}).fetchone()
    if row is None:
        return False
    if row.journal is None:
        _park(session, person_id, [], None)
        return True
    contact = db.hot(session, WHERE, {"asked": row.asked_id}).fetchone()
    if row.nudged_at is None and contact is not None:
        reach.put_out(session, contact.id, nudge(row.journal["flow"]), merchant_id=row.merchant_id)
        next_at = now + waits_for(contact.channel)
        db.hot(session, NUDGED, {"person": person_id, "now": now, "next": next_at})
        return True
    others = [kept for kept in row.parked if kept["journal"]["flow"] != row.journal["flow"]]
    parked = [*others, {"journal": row.journal, "detour": False}][-MOST_PARKED:]
    _park(session, person_id, parked, PARKED_FOR)
    return True


def _park(session: Session, person_id: int, parked: list[Any], keep_for: timedelta | None) -> None:
    next_at = db.now(session) + keep_for if keep_for else None
    values = {"person": person_id, "parked": written(parked), "next": next_at}
    db.hot(session, PARK, values)


def nudge(flow: str) -> Prompt:
    """Asks, once, whether to go on."""
    what = cards.FLOW_WORDS.get(flow, _("what we were doing"))
    choices = (
        Choice("resume", _("Continue"), Start("resume")),
        Choice("later", _("Not now"), Start("cancel")),
    )
    return Prompt((_("You have not finished {what}.", what=what),), choices, kind="card")
