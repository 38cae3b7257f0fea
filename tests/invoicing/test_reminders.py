"""When a reminder is due, in which hours, and what overtakes what: by table, in three zones."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from invoicing import reminders
from invoicing.reminders import Audience, Decision, Reason, Situation
from models import clock
from models.invoices import Invoice, Status

DUE = date(2026, 11, 27)
ZONES = ("Africa/Nairobi", "Africa/Lagos", "America/New_York")
AT = Situation(due_on=DUE, zone="Africa/Nairobi", client_zone="Africa/Nairobi")
CLIENT_STEPS = ("before_3", "due", "after_3", "after_7", "after_14")


def moment(day: date, hour: int, minute: int = 0, zone: str = "Africa/Nairobi") -> datetime:
    """A wall-clock time of a zone as UTC."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(zone)).astimezone(
        UTC
    )


def after(days: int) -> date:
    """A day counted from the due day."""
    return DUE + timedelta(days=days)


def done(*names: str) -> frozenset[tuple[str, str]]:
    """Steps that were sent or skipped."""
    return frozenset(
        (name, Audience.MEMBER if name == "overdue" else Audience.CLIENT) for name in names
    )


def sent(decision: Decision) -> list[str]:
    return [step.name for step in decision.send]


def skipped(decision: Decision) -> dict[str, str]:
    return {step.name: why.value for step, why in decision.skip}


@pytest.mark.parametrize(
    ("days", "hour", "minute", "expected"),
    [
        (-4, 12, 0, []),
        (-4, 23, 30, []),
        (-3, 0, 30, []),  # its day has begun, and everybody sleeps
        (-3, 7, 59, []),
        (-3, 8, 0, ["before_3"]),
        (-3, 19, 54, ["before_3"]),
        (-3, 19, 55, []),
        (-3, 23, 30, []),
        (-2, 0, 30, []),
        (-2, 8, 0, ["before_3"]),  # not done yesterday: still due
    ],
)
@pytest.mark.parametrize("zone", ZONES)
def test_the_first_step_by_the_hour(
    zone: str, days: int, hour: int, minute: int, expected: list[str]
) -> None:
    """Three days before by the merchant's calendar, and only by day (A-1)."""
    at = replace(AT, zone=zone, client_zone=zone)
    decision = reminders.decide(at, moment(after(days), hour, minute, zone))
    assert sent(decision) == expected


@pytest.mark.parametrize("zone", ZONES)
def test_every_step_comes_once_on_its_day(zone: str) -> None:
    """An hourly clock over five weeks says each step once, on its own day, and is then finished."""
    at = replace(AT, zone=zone, client_zone=zone)
    said: list[tuple[str, date]] = []
    now = moment(after(-10), 0, zone=zone)
    look_at: datetime | None = now
    while look_at is not None:
        decision = reminders.decide(at, now)
        look_at = decision.look_at
        assert decision.skip == ()
        for step in decision.send:
            said.append((step.name, clock.local_day(now, zone)))
            at = replace(at, done=at.done | {(step.name, step.audience)})
        now += timedelta(hours=1)
        assert now < moment(after(30), 0)
    days = {"overdue": 1} | reminders.OFFSETS
    assert sorted(said) == sorted((name, after(offset)) for name, offset in days.items())


@pytest.mark.parametrize("zone", ZONES)
def test_overdue_by_the_minute(zone: str) -> None:
    """Overdue is what the calendar of the merchant says, and what the clock says, to the minute (I-13)."""
    invoice = Invoice(status=Status.ISSUED, due_on=DUE, total_minor=100, currency="KES")
    invoice.paid_minor = invoice.adjusted_minor = 0
    at = replace(AT, zone=zone, client_zone=zone, done=done(*CLIENT_STEPS))
    now, end = moment(DUE, 0, zone=zone) - timedelta(hours=3), moment(after(2), 0, zone=zone)
    seen = set()
    while now < end:
        overdue = invoice.is_overdue(clock.local_day(now, zone))
        assert overdue == (now.astimezone(ZoneInfo(zone)).date() > DUE)
        open_hours = reminders.polite(now, zone) == now
        assert bool(reminders.decide(at, now).send) == (overdue and open_hours), now
        seen.add((overdue, open_hours))
        now += timedelta(minutes=1)
    assert len(seen) == 4


def test_due_day_is_the_merchants_and_hours_are_the_customers() -> None:
    """A merchant in Nairobi, a customer in Lagos: the day of the one, the morning of the other (A-2)."""
    at = replace(AT, client_zone="Africa/Lagos")
    begins = moment(after(-3), 0)  # 22:00 of the evening before in Lagos
    early = reminders.decide(at, begins)
    assert sent(early) == []
    assert early.look_at == moment(after(-3), 8, zone="Africa/Lagos")
    assert sent(reminders.decide(at, early.look_at)) == ["before_3"]
    # At 20:30 in Nairobi it is 18:30 in Lagos.
    assert sent(reminders.decide(at, moment(after(-3), 20, 30))) == ["before_3"]
    assert sent(reminders.decide(at, moment(after(-3), 22, 30))) == []


def test_three_days_asleep() -> None:
    """The clock wakes and says one thing, the newest; what it overtook is written down (I-14)."""
    at = replace(AT, done=done("before_3"))
    decision = reminders.decide(at, moment(after(3), 9))
    assert sent(decision) == ["after_3", "overdue"]  # one to the customer, one to the merchant
    assert skipped(decision) == {"due": "overtaken"}
    assert decision.look_at == moment(after(7), 8)
    late = reminders.decide(AT, moment(after(60), 9))
    assert sent(late) == ["after_14", "overdue"]
    assert set(skipped(late).values()) == {"overtaken"}
    assert late.look_at is None


def test_steps_past_when_it_goes_out() -> None:
    """Issued two days before it is due: the first step is late, as is one of that very day (A-6)."""
    names = [step.name for step in reminders.issued_late(DUE, after(-2))]
    assert names == ["before_3"]
    assert [step.name for step in reminders.issued_late(DUE, DUE)] == ["before_3", "due"]
    assert reminders.issued_late(DUE, after(-4)) == ()
    assert len(reminders.issued_late(DUE, after(20))) == 6


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"ended": Reason.PAID}, "paid"),
        ({"ended": Reason.VOID}, "void"),
        ({"disputed": True}, "disputed"),
        ({"off": True}, "switched off"),
    ],
)
def test_what_silences(change: dict[str, object], expected: str) -> None:
    """Paid, void, disputed, switched off: nothing is said, and the reason is kept (A-7)."""
    at = replace(AT, **change)  # type: ignore[arg-type]
    decision = reminders.decide(at, moment(DUE, 9))
    assert sent(decision) == []
    assert skipped(decision)["due"] == expected
    if at.ended:
        assert decision.look_at is None
        assert len(decision.skip) == 6


def test_switched_off_the_merchant_still_hears() -> None:
    """Her switch is for her customers; that a bill became overdue she is told once (DF-39)."""
    at = replace(AT, off=True, done=done(*CLIENT_STEPS[:2]))
    assert sent(reminders.decide(at, moment(after(1), 9))) == ["overdue"]
    assert sent(reminders.decide(replace(at, disputed=True), moment(after(1), 9))) == []


def test_silence_while_someone_pays() -> None:
    """An attempt is open: look again in a quarter of an hour, and nothing is skipped."""
    now = moment(DUE, 9)
    decision = reminders.decide(replace(AT, collecting=True), now)
    assert (decision.send, decision.skip) == ((), ())
    assert decision.look_at == now + timedelta(minutes=15)


def test_snoozed() -> None:
    """Silence until that day, then one reminder: what came due meanwhile is overtaken."""
    snoozed = replace(AT, done=done("before_3", "due"), snoozed_until=after(4))
    assert sent(reminders.decide(snoozed, moment(after(3), 9))) == ["overdue"]
    snoozed = replace(snoozed, done=snoozed.done | done("overdue"))
    wait = reminders.decide(snoozed, moment(after(3), 9))
    assert (wait.send, wait.look_at) == ((), moment(after(4), 8))
    said = reminders.decide(snoozed, moment(after(4), 8))
    assert sent(said) == [f"snoozed_{after(4)}"]
    assert skipped(said) == {"after_3": "overtaken"}
    assert said.look_at == moment(after(7), 8)


def test_snoozed_after_the_last_step() -> None:
    """Who asks to be reminded after the fortnight is reminded."""
    at = replace(AT, done=done(*CLIENT_STEPS, "overdue"), snoozed_until=after(17))
    assert reminders.decide(at, moment(after(14), 9)).look_at == moment(after(17), 8)
    assert sent(reminders.decide(at, moment(after(17), 8))) == [f"snoozed_{after(17)}"]


@pytest.mark.parametrize(
    ("phone", "zone"),
    [
        ("+254712345678", "Africa/Nairobi"),
        ("+255754123456", "Africa/Dar_es_Salaam"),
        ("+2348031234567", "Africa/Lagos"),
        ("+12125551234", "America/New_York"),
        ("+80012345678", None),
        ("nonsense", None),
        (None, None),
    ],
)
def test_where_a_phone_lives(phone: str | None, zone: str | None) -> None:
    """The zone of a number, if it says one."""
    assert reminders.phone_zone(phone) == zone
