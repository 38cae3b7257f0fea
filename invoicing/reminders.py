"""When a customer is reminded of an invoice and her merchant hears that it is overdue: the rules.

Pure: facts and a moment in, what to do now and when to look again out. A step is due from a day on
until it was done or skipped, never on a day only, so that a clock which slept loses nothing.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from phonenumbers import NumberParseException, parse
from phonenumbers.timezone import UNKNOWN_TIMEZONE, time_zones_for_number

from models import clock
from models.errors import Refusal
from models.text import _

OFFSETS = {"before_3": -3, "due": 0, "after_3": 3, "after_7": 7, "after_14": 14}
USUAL = tuple(OFFSETS.values())
OFFSETS_SETTING = "reminder_days"  # her own days, among a merchant's settings and on each invoice
MOST_OFFSETS = 8
FARTHEST_DAYS = 90
OVERDUE = "overdue"
SNOOZED = "snoozed"
SNOOZE_DAYS = 3
# Nobody is written to between 20:00 and 08:00 of her own clock; the last minutes are for delivery.
OPENS = time(8)
CLOSES = time(19, 55)
WHILE_COLLECTING = timedelta(minutes=15)


class Audience(StrEnum):
    """Whom a step is for."""

    CLIENT = "client"
    MEMBER = "member"


class Reason(StrEnum):
    """Why a step was skipped."""

    ISSUED_LATE = "issued late"
    OVERTAKEN = "overtaken"
    OFF = "switched off"
    DISPUTED = "disputed"
    PAID = "paid"
    VOID = "void"
    WRITTEN_OFF = "written off"


@dataclass(frozen=True)
class Step:
    """One thing to say once: due from a local day of the merchant on."""

    name: str
    audience: Audience
    day: date


@dataclass(frozen=True)
class Situation:
    """Where an invoice stands.

    `zone` is the merchant's, `client_zone` that of whoever gets the customer's reminders. `ended`
    says why there is nothing to ask for any more; `collecting` that someone is paying right now.
    """

    due_on: date
    zone: str
    client_zone: str
    done: frozenset[tuple[str, str]] = frozenset()
    snoozed_until: date | None = None
    off: bool = False
    disputed: bool = False
    collecting: bool = False
    ended: Reason | None = None
    offsets: tuple[int, ...] = USUAL


@dataclass(frozen=True)
class Decision:
    """What is done now, and when to look again; never again when `look_at` is None."""

    send: tuple[Step, ...] = ()
    skip: tuple[tuple[Step, Reason], ...] = ()
    look_at: datetime | None = None


def offsets(kept: Mapping[str, Any]) -> tuple[int, ...]:
    """The days from the due day on which a customer is reminded, as kept; else the usual ones."""
    found = kept.get(OFFSETS_SETTING)
    return tuple(int(day) for day in found) if isinstance(found, list) else USUAL


def name_of(offset: int) -> str:
    """The name of the step so many days from the due day; what was done is known by it for ever."""
    if offset == 0:
        return "due"
    return f"before_{-offset}" if offset < 0 else f"after_{offset}"


def written(days: Sequence[int]) -> str:
    """`-3, 0, 7`, as `read_offsets` reads it."""
    return ", ".join(str(day) for day in days)


_BEFORE = re.compile(r"\b(\d+) ?(?:days? |siku )?(?:before|kabla)\b")
_FILLING = re.compile(r"\b(?:and|na|then|days?|siku|after|later|baada(?: ya)?)\b|[,;&+]")


def read_offsets(words: str) -> tuple[int, ...]:
    """Days from the due day: `-3, 0, 7`; empty means no reminders. Raises Refusal."""
    parts = _FILLING.sub(" ", _BEFORE.sub(r"-\1", words.casefold())).split()
    try:
        days = sorted({int(part) for part in parts})
    except ValueError:
        raise Refusal(_("Please type days as numbers, like *-3, 0, 7*."), "days") from None
    if len(days) > MOST_OFFSETS or any(abs(day) > FARTHEST_DAYS for day in days):
        words_back = _("At most {n} reminders, none more than {most} days away, please.",
                       n=MOST_OFFSETS, most=FARTHEST_DAYS)  # fmt: skip
        raise Refusal(words_back, "days")
    return tuple(days)


def plan(
    due_on: date, snoozed_until: date | None = None, offsets: Sequence[int] = USUAL
) -> tuple[Step, ...]:
    """Every step of an invoice; the one that the customer asked for herself stands among them."""
    steps = [
        Step(name_of(offset), Audience.CLIENT, due_on + timedelta(days=offset))
        for offset in offsets
    ]
    if snoozed_until is not None:
        steps.append(Step(f"{SNOOZED}_{snoozed_until}", Audience.CLIENT, snoozed_until))
    steps.append(Step(OVERDUE, Audience.MEMBER, due_on + timedelta(days=1)))
    return tuple(steps)


def issued_late(due_on: date, today: date, offsets: Sequence[int] = USUAL) -> tuple[Step, ...]:
    """Steps whose day has come when the invoice goes out: whoever gets it needs no reminder (A-6)."""
    return tuple(step for step in plan(due_on, offsets=offsets) if step.day <= today)


def phone_zone(phone: str | None) -> str | None:
    """The zone in which a number (E.164) lives, where its country or area has but one known."""
    try:
        zones = time_zones_for_number(parse(phone or ""))
    except NumberParseException:
        return None
    return zones[0] if zones and zones[0] != UNKNOWN_TIMEZONE else None


def polite(moment: datetime, zone: str) -> datetime:
    """The first moment, from this one on, at which someone in a zone may be written to."""
    local = clock.local_time(moment, zone)
    if OPENS <= local.time() < CLOSES:
        return moment
    day = local.date() + timedelta(days=1) if local.time() >= CLOSES else local.date()
    return datetime.combine(day, OPENS, ZoneInfo(zone)).astimezone(UTC)


def decide(at: Situation, now: datetime) -> Decision:
    """What is due and not yet done: the newest is said, those it overtook are skipped (I-14)."""
    pending = [
        step
        for step in plan(at.due_on, at.snoozed_until, at.offsets)
        if (step.name, step.audience) not in at.done
    ]
    if at.ended is not None:
        return Decision(skip=tuple((step, at.ended) for step in pending))
    due = [step for step in pending if _earliest(step, at) <= now]
    if due and at.collecting:
        return Decision(look_at=now + WHILE_COLLECTING)
    send: list[Step] = []
    skip: list[tuple[Step, Reason]] = []
    for audience in Audience:
        _judge([step for step in due if step.audience is audience], at, now, send, skip)
    left = set(pending) - set(send) - {step for step, _reason in skip}
    moments = [polite(max(_earliest(step, at), now), _zone(step.audience, at)) for step in left]
    return Decision(tuple(send), tuple(skip), min(moments, default=None))


def _judge(
    due: list[Step],
    at: Situation,
    now: datetime,
    send: list[Step],
    skip: list[tuple[Step, Reason]],
) -> None:
    """Sort what is due for one audience into what is said and what is not."""
    if not due:
        return
    newest = max(due, key=lambda step: step.day)
    if (why := _unwanted(newest.audience, at)) is not None:
        skip += [(step, why) for step in due]
    elif polite(now, _zone(newest.audience, at)) <= now:
        send.append(newest)
        skip += [(step, Reason.OVERTAKEN) for step in due if step is not newest]


def _unwanted(audience: Audience, at: Situation) -> Reason | None:
    if at.disputed:
        return Reason.DISPUTED
    # Her own switch silences what her customers get; that a bill became overdue she hears anyway.
    return Reason.OFF if at.off and audience is Audience.CLIENT else None


def _earliest(step: Step, at: Situation) -> datetime:
    """When a step becomes due: its day begins at the merchant's, and a snooze is over."""
    day = step.day
    if step.audience is Audience.CLIENT and at.snoozed_until is not None:
        day = max(day, at.snoozed_until)
    return clock.start_of_day(day, at.zone)


def _zone(audience: Audience, at: Situation) -> str:
    return at.client_zone if audience is Audience.CLIENT else at.zone
