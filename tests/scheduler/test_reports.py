"""Weekly and monthly reports: sent by the clock, once each, to the members who have them on."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from invoicing import digest, hearing
from invoicing.digest import KINDS, Span
from invoicing.hearing import Topic
from models import clock, db, due
from models.db import Database
from models.merchants import Member
from models.platform import DueWork
from models.told import Notice
from scheduler import reports
from tests import make, world
from tests.bot.shop import colleague, merchant_of
from tests.scheduler import bed
from tests.world import CHANNEL, Talk, bill, merchant_talk

NAIROBI = timedelta(hours=3)


def next_monday(hour: int, minute: int) -> datetime:
    """A moment of the coming Monday in Nairobi."""
    day = clock.local_day(clock.real_now(), "Africa/Nairobi")
    day += timedelta(days=7 - day.weekday())
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC) - NAIROBI


def move(session: Session, moment: datetime) -> None:
    """It is this moment."""
    session.info["offset_s"] = int((moment - clock.real_now()).total_seconds())


def run(talk: Talk, span: Span = Span.WEEKLY) -> int:
    """The clock looks and the worker words; how many reports were written."""
    db.enter(talk.session, None)
    count = 0
    for work in due.claim(talk.session, KINDS[span]):
        db.enter(talk.session, work.merchant_id)
        count += reports.one(talk.session, span, work)
        db.enter(talk.session, None)
    world.tell(talk.session)
    return count


@pytest.mark.parametrize("channel", ["telegram", "whatsapp"])
@pytest.mark.parametrize("language", ["English", "Kiswahili"])
def test_a_week_is_told_on_monday(session: Session, channel: str, language: str) -> None:
    """What came in, what is owed, what is late, who is new; held until her quiet hours end."""
    CHANNEL[0] = channel
    try:
        talk = merchant_talk(session, language=language)
    finally:
        CHANNEL[0] = "telegram"
    bill(talk)
    move(session, next_monday(7, 29))
    assert run(talk) == 0
    move(session, next_monday(7, 31))
    assert run(talk) == 1
    said = talk.look()
    days = digest.span_before(Span.WEEKLY, next_monday(7, 31).date())
    head = "📊 *Your week, {first} to {last}*"
    assert world.in_words(head, talk.language, first=days[0], last=days[1]).strip("*") in said
    assert "KSh 2,550" in said
    assert ("Nothing came in" in said) is (language == "English")
    row = talk.screen[0]
    assert (row.not_before.astimezone(UTC) + NAIROBI).hour == 8
    assert run(talk) == 0


def test_its_buttons_lead_on(session: Session) -> None:
    """To what is overdue, a new invoice, and the switch that turns it off."""
    talk = merchant_talk(session)
    bill(talk)
    move(session, next_monday(9, 0) + timedelta(days=7))
    run(talk)
    assert "Of that overdue: KSh 2,550 (1)" in talk.look()
    assert talk.labels() == ["See overdue", "New invoice", "Change this"]
    assert "Weekly report now: on" in talk.tap("Change this")
    talk.tap("Off")
    move(session, next_monday(9, 0) + timedelta(days=14))
    assert run(talk) == 0


def test_only_those_who_have_it_on_and_no_cashier(session: Session) -> None:
    """The owner switched it off, the manager has it, the cashier is not told what all came to."""
    talk = merchant_talk(session)
    bill(talk)
    manager, cashier = colleague(talk, "manager"), colleague(talk, "cashier")
    merchant_of(talk)
    owner = session.scalars(sa.select(Member).where(Member.person_id == talk.person.id)).one()
    hearing.switch(owner, Topic.WEEKLY, on=False)
    session.flush()
    move(session, next_monday(9, 0))
    assert run(talk) == 1
    assert not talk.look()
    assert "Your week" in manager.look()
    assert not cashier.look()


def test_a_month_is_told_on_the_first(session: Session) -> None:
    """And not on the day before."""
    talk = merchant_talk(session)
    bill(talk)
    day = clock.local_day(clock.real_now(), "Africa/Nairobi")
    first = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    moment = datetime(first.year, first.month, 1, 9, tzinfo=UTC) - NAIROBI
    move(session, moment - timedelta(days=1))
    assert run(talk, Span.MONTHLY) == 0
    move(session, moment)
    assert run(talk, Span.MONTHLY) == 1
    assert "Your month, " in talk.look()


def test_nothing_happened_nothing_is_said(session: Session) -> None:
    """A business that neither billed nor was paid is left alone; its next report stays due."""
    talk = merchant_talk(session)
    move(session, next_monday(9, 0))
    assert run(talk) == 0
    later = session.scalars(
        sa.select(DueWork.act_after).where(DueWork.kind == KINDS[Span.WEEKLY])
    ).one()
    assert later == next_monday(7, 30) + timedelta(days=7)


def test_a_clock_that_slept_tells_the_last_week_once(session: Session) -> None:
    """Three weeks late: one report, of the last whole week, and the next on the Monday after."""
    talk = merchant_talk(session)
    bill(talk)
    moment = next_monday(9, 0) + timedelta(days=23)
    move(session, moment)
    assert run(talk) == 1
    merchant_of(talk)
    facts = session.scalars(sa.select(Notice.facts).where(Notice.kind == "weekly")).one()
    assert facts["last"] == (next_monday(9, 0) + timedelta(days=20)).date().isoformat()
    assert run(talk) == 0


def test_older_merchants_begin_with_a_date(session: Session) -> None:
    """A row of long past brings no report of the past; it is given its first day."""
    talk = merchant_talk(session)
    bill(talk)
    session.execute(sa.update(DueWork).values(act_after=datetime(1970, 1, 1, tzinfo=UTC)))
    assert run(talk) == 0
    rows = session.scalars(sa.select(DueWork.act_after).where(DueWork.kind == KINDS[Span.WEEKLY]))
    assert rows.one() > db.now(session)


def test_two_clocks_tell_it_once(database: Database) -> None:
    """The sweep itself, twice over the same database: one notice, worded by one job."""
    with database.transaction() as session:
        merchant = make.merchant(session)
        make.client(session)
        digest.schedule(session, merchant)
    bed.move_to(database, next_monday(9, 0))
    assert reports.tell(database) == 1
    assert reports.tell(database) == 0
    found = bed.rows(database, "SELECT kind FROM notices")
    assert [row.kind for row in found] == ["weekly"]
