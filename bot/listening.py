"""Which members hear a piece of news, and from when on: their switches and their quiet hours."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from invoicing import hearing
from invoicing.hearing import Topic
from models import db
from models.merchants import Member
from models.people import Contact, Person
from models.told import Notice

# What a member may switch off, by kind of notice; everything else is always told.
TOPICS: Mapping[str, Topic] = {
    "paid": Topic.PAID,
    "part_paid": Topic.PAID,
    "overdue": Topic.OVERDUE,
    "reminded": Topic.REMINDED,
    "client_added": Topic.CLIENT,
    "weekly": Topic.WEEKLY,
    "monthly": Topic.MONTHLY,
}
# What can wait until her quiet hours are over. Money that arrived and whatever somebody waits for
# cannot.
WAITS = frozenset(
    {"overdue", "remind_yourself", "reminded", "client_added", "weekly", "monthly", "arrived",
     "reported", "joined"}
)  # fmt: skip


def heard(
    session: Session,
    notice: Notice,
    contact_ids: Sequence[int],
    zone: str,
    not_before: datetime | None,
) -> Mapping[int, datetime | None]:
    """Whom of these a notice goes to, each from when on; where nobody is left it says why."""
    found: Mapping[int, datetime | None] = dict.fromkeys(contact_ids, not_before)
    if notice.audience == "member":
        found = listeners(session, notice, contact_ids, zone)
    if not found:
        notice.skipped = "switched off" if contact_ids else "nobody to tell"
    return found


def listeners(
    session: Session, notice: Notice, contact_ids: Sequence[int], zone: str
) -> dict[int, datetime]:
    """Of the members behind these contacts those who want to hear it, each with her first moment.

    Quiet hours are told by the merchant's clock. A contact that is no member's any more is left in.
    """
    after = earliest(session, notice)
    found = dict.fromkeys(contact_ids, after)
    for row in _rows(session, notice.merchant_id, contact_ids):
        if _deaf(notice, row):
            del found[row.id]
        elif notice.kind in WAITS:
            hours = row.quiet_from, row.quiet_until
            found[row.id] = hearing.may_speak_at(after, zone, *hours)
    return found


def earliest(session: Session, notice: Notice) -> datetime:
    """Now; what is told together with something that itself waits, not before that."""
    now, with_it = db.now(session), notice.facts.get("not_before")
    return max(now, datetime.fromisoformat(with_it)) if with_it else now


def _rows(
    session: Session, merchant_id: int, contact_ids: Sequence[int]
) -> Sequence[sa.Row[tuple[int, int, str, dict[str, object], int, int]]]:
    return session.execute(
        sa.select(
            Contact.id,
            Contact.person_id,
            Member.role,
            Member.hears,
            Person.quiet_from,
            Person.quiet_until,
        )
        .join(Person, Person.id == Contact.person_id)
        .join(Member, Member.person_id == Contact.person_id)
        .where(Member.merchant_id == merchant_id, Contact.id.in_(contact_ids))
    ).all()


def _deaf(notice: Notice, row: sa.Row[tuple[int, int, str, dict[str, object], int, int]]) -> bool:
    """Whether a member is not told: she did it herself, it is not for her, or she switched it off."""
    if row.person_id == notice.facts.get("by"):
        return True
    topic = TOPICS.get(notice.kind)
    if topic is None:
        return False
    return not (hearing.may_hear(row.role, topic) and hearing.wants(row.hears, topic))
