"""What each member of a business wants to be told of, and at which hours of her day."""

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from models import clock, db
from models.merchants import Member, Role


class Topic(StrEnum):
    """What can be switched off; everything else is always told."""

    PAID = "paid"
    OVERDUE = "overdue"
    REMINDED = "reminded"
    CLIENT = "client"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


REPORTS = (Topic.WEEKLY, Topic.MONTHLY)
HEARERS = "SELECT person_id, role, hears FROM members WHERE merchant_id = %(merchant_id)s"
OFF_AT_FIRST = frozenset({Topic.REMINDED})  # each reminder told to her would be as much again


def wants(hears: Mapping[str, Any], topic: Topic) -> bool:
    """Whether a member's switches let a topic through; what she never set has its default."""
    return bool(hears.get(topic, topic not in OFF_AT_FIRST))


def may_hear(role: str, topic: Topic) -> bool:
    """Whether somebody of a role is told of it at all, whatever her switches say."""
    return topic not in REPORTS or role != Role.CASHIER


def anybody(session: Session, topic: Topic, *, but: int | None = None) -> bool:
    """Whether any member of the merchant, `but` that person, wants to be told of it."""
    rows: Any = db.look(session, HEARERS, {"merchant_id": db.merchant_id(session)})
    return any(
        row.person_id != but and may_hear(row.role, topic) and wants(row.hears, topic)
        for row in rows
    )


def switch(member: Member, topic: Topic, *, on: bool) -> None:
    """Turn one topic on or off for one member."""
    member.hears = {**member.hears, topic.value: on}


def may_speak_at(moment: datetime, zone: str, quiet_from: int, quiet_until: int) -> datetime:
    """The first moment, from this one on, outside someone's quiet hours in her zone.

    The hours are whole hours of her day; equal ones mean that there are none.
    """
    local = clock.local_time(moment, zone)
    if not _is_quiet(local.hour, quiet_from, quiet_until):
        return moment
    day = local.date() + timedelta(days=1 if local.hour >= quiet_until else 0)
    return datetime.combine(day, time(quiet_until), ZoneInfo(zone)).astimezone(UTC)


def _is_quiet(hour: int, quiet_from: int, quiet_until: int) -> bool:
    if quiet_from <= quiet_until:
        return quiet_from <= hour < quiet_until
    return hour >= quiet_from or hour < quiet_until
