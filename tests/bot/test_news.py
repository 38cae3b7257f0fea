"""What members hear of, and when: their switches and quiet hours govern each piece of news."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import listening, notices, reach
from invoicing import hearing, lifecycle
from invoicing.hearing import Topic
from models import clock, db
from models.invoices import Invoice
from models.merchants import Member
from models.payments import Payment
from models.told import Notice
from models.traffic import Outbound
from payments import telling
from tests import world
from tests.bot.shop import colleague, merchant_of
from tests.bot.test_reminder_buttons import customer
from tests.world import Talk, bill, merchant_talk

NAIROBI = timedelta(hours=3)


@pytest.fixture
def talk(session: Session) -> Talk:
    """A merchant who has sent an invoice."""
    found = merchant_talk(session)
    bill(found)
    return found


def at(session: Session, hour: int) -> None:
    """It is this hour in Nairobi, tomorrow."""
    day = clock.local_day(clock.real_now(), "Africa/Nairobi") + timedelta(days=1)
    moment = datetime.combine(day, time(hour, 30), UTC) - NAIROBI
    session.info["offset_s"] = int((moment - clock.real_now()).total_seconds())


def switch(talk: Talk, topic: Topic, *, on: bool) -> None:
    """As if she had done it in her settings."""
    merchant_of(talk)
    who = talk.person.id
    member = talk.session.scalars(sa.select(Member).where(Member.person_id == who)).one()
    hearing.switch(member, topic, on=on)
    talk.session.flush()
    db.enter(talk.session, None)


def news(talk: Talk, kind: str, facts: dict[str, Any]) -> Outbound | None:
    """Something happens to her invoice; the row it became, if she hears of it."""
    merchant_of(talk)
    session = talk.session
    invoice = lifecycle.get(session, session.scalars(sa.select(Invoice.id)).one())
    reach.note(session, invoice, kind, audience="member", key=f"{kind} x", facts=facts)
    world.tell(session)
    return next(iter(told(talk, kind)), None)


def told(talk: Talk, kind: str) -> list[Outbound]:
    """What was said to someone because of a kind of notice."""
    rows = [row for row in talk.history() if row.notice_id]
    with db.as_merchant(talk.session, rows[0].merchant_id if rows else None) as session:
        kinds = sa.select(Notice.id).where(Notice.kind == kind)
        ids = set(session.scalars(kinds))
        return [row for row in rows if row.notice_id in ids]


def skipped(talk: Talk, kind: str) -> str | None:
    """Why a notice was told to nobody."""
    merchant_of(talk)
    return talk.session.scalars(sa.select(Notice.skipped).where(Notice.kind == kind)).one()


def local_hour(row: Outbound) -> int:
    """The hour in Nairobi before which it is not said."""
    return (row.not_before.astimezone(UTC) + NAIROBI).hour


FACTS = {
    "overdue": {"step": "overdue"},
    "reported": {"reason": "amount"},
    "reminded": {},
}


@pytest.mark.parametrize("topic", [Topic.OVERDUE, Topic.REMINDED])
def test_a_switch_lets_news_through_or_not(talk: Talk, topic: Topic) -> None:
    """On: she is told. Off: nobody is, and the notice says why."""
    switch(talk, topic, on=True)
    assert news(talk, topic.value, FACTS[topic.value]) is not None


@pytest.mark.parametrize("topic", [Topic.OVERDUE, Topic.REMINDED])
def test_what_is_switched_off_is_not_said(talk: Talk, topic: Topic) -> None:
    """Nothing is queued, and why is written down."""
    switch(talk, topic, on=False)
    assert news(talk, topic.value, FACTS[topic.value]) is None
    assert skipped(talk, topic.value) == "switched off"


def test_one_members_switch_is_not_anothers(talk: Talk) -> None:
    """Two of one business: who switched it off hears nothing, the other does."""
    other = colleague(talk, "manager")
    switch(talk, Topic.OVERDUE, on=False)
    assert news(talk, "overdue", FACTS["overdue"]) is None
    assert "is overdue" in other.look()


def test_what_has_no_switch_is_always_said(talk: Talk) -> None:
    """A customer's complaint reaches her with every switch off."""
    for topic in Topic:
        switch(talk, topic, on=False)
    assert news(talk, "reported", FACTS["reported"]) is not None


@pytest.mark.parametrize(("hour", "said_at"), [(21, 8), (3, 8), (12, 12)])
def test_quiet_hours_hold_what_can_wait(talk: Talk, hour: int, said_at: int) -> None:
    """At night it waits for the morning, by day it is said at once."""
    at(talk.session, hour)
    row = news(talk, "reported", FACTS["reported"])
    assert row is not None
    assert local_hour(row) == said_at


def test_her_own_hours_and_none(talk: Talk) -> None:
    """Hours she set herself hold; without any she is told at night too."""
    talk.person.quiet_from, talk.person.quiet_until = 12, 15
    talk.session.flush()
    at(talk.session, 13)
    row = news(talk, "reported", FACTS["reported"])
    assert row is not None
    assert local_hour(row) == 15


def test_no_quiet_hours(talk: Talk) -> None:
    """Equal hours: even at three in the night."""
    talk.person.quiet_from = talk.person.quiet_until = 0
    talk.session.flush()
    at(talk.session, 3)
    row = news(talk, "overdue", FACTS["overdue"])
    assert row is not None
    assert local_hour(row) == 3


def test_money_does_not_wait(session: Session, talk: Talk) -> None:
    """A payment at midnight is told at midnight, unless she wants no such news at all."""
    at(session, 23)
    pay(talk)
    assert [local_hour(row) for row in told(talk, "paid")] == [23]


def test_payments_switched_off(session: Session, talk: Talk) -> None:
    """She hears nothing; her customer gets the receipt all the same."""
    payer = customer(session, talk)
    switch(talk, Topic.PAID, on=False)
    pay(talk)
    assert not told(talk, "paid")
    assert "has received your" in payer.look()


def pay(talk: Talk) -> None:
    """Her invoice is paid by the gateway."""
    session = talk.session
    merchant_of(talk)
    invoice = lifecycle.get(session, session.scalars(sa.select(Invoice.id)).one())
    payment_id = paid(session, invoice)
    telling.tell(
        session,
        [
            telling.notice("paid", audience, "1", invoice_id=invoice.id, payment_id=payment_id)
            for audience in (telling.MEMBER, telling.CLIENT)
        ],
    )
    world.tell(session)


def paid(session: Session, invoice: Invoice) -> int:
    """A payment of all of it; its id."""
    now = db.now(session)
    row = Payment(
        merchant_id=invoice.merchant_id, client_id=invoice.client_id, provider="daraja",
        source="callback", method="mpesa", amount_minor=invoice.total_minor, currency=invoice.currency,
        receipt="UJ22T8IYOU", paid_at=now, made_at=now,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row.id


# --- Reminders that went out, new clients ---


def remind(session: Session, talk: Talk) -> None:
    """The clock reminds her customer."""
    merchant_of(talk)
    invoice = lifecycle.get(session, session.scalars(sa.select(Invoice.id)).one())
    reach.note(
        session, invoice, "reminder", audience="client", key="reminder 1", facts={"step": "due"}
    )
    world.tell(session)
    world.tell(session)


def test_each_reminder_is_told_where_it_is_wanted(session: Session, talk: Talk) -> None:
    """When it goes to the customer, not before; once."""
    payer = customer(session, talk)
    switch(talk, Topic.REMINDED, on=True)
    at(session, 22)
    remind(session, talk)
    assert "A reminder from" in payer.look()
    assert "I reminded Jane of INV-0001: KSh 2,550 is left." in talk.look()
    rows = [*told(payer, "reminder"), *told(talk, "reminded")]
    assert [local_hour(row) for row in rows] == [8, 8]


def test_reminders_are_not_told_at_first(session: Session, talk: Talk) -> None:
    """Who never asked for it hears nothing of each reminder, and no notice is written."""
    customer(session, talk)
    remind(session, talk)
    merchant_of(talk)
    assert not session.scalars(sa.select(Notice).where(Notice.kind == "reminded")).all()


def test_a_reminder_that_came_to_nothing_is_not_told(session: Session, talk: Talk) -> None:
    """Paid before either was delivered: neither is said."""
    customer(session, talk)
    switch(talk, Topic.REMINDED, on=True)
    remind(session, talk)
    pay(talk)
    assert [row.status for row in told(talk, "reminded")] == ["dropped"]
    assert [row.status for row in told(talk, "paid")] == ["waiting"]


def test_a_colleagues_new_client_is_told_to_the_others(session: Session, talk: Talk) -> None:
    """By an invoice or from the menu, once, and not to whoever added her."""
    other = colleague(talk, "cashier")
    bill(other, "Halima", "0733000111")
    world.tell(session)
    assert "A new client is on your list: Halima." in talk.look()
    assert "New invoice" in talk.labels()
    other.say("/client")
    other.say("Baraka")
    other.say("0733000222")
    world.tell(session)
    assert "Baraka" in talk.look()
    bill(other, "Halima", "0733000111")
    world.tell(session)
    assert not talk.look()
    assert "on your list: " not in other.look()


def test_who_added_a_client_does_not_hear_of_her(session: Session, talk: Talk) -> None:
    """The owner reads it, the cashier who billed her nothing: not at once and not later."""
    other = colleague(talk, "cashier")
    bill(other, "Halima", "0733000111")
    world.tell(session)
    assert "on your list: " not in other.look()
    assert "Halima" in talk.look()
    bill(talk, "Baraka", "0733000222")
    world.tell(session)
    assert "on your list: " not in talk.look()
    assert "Baraka" in other.look()


def test_a_client_known_before_is_not_announced(session: Session, talk: Talk) -> None:
    """Met while the owner worked alone, or a minute ago: a colleague's first invoice is no news."""
    bill(talk, "Halima", "0733000111")
    other = colleague(talk, "cashier")
    session.info["offset_s"] = 60
    bill(other, "Halima", "0733000111")
    world.tell(session)
    assert "on your list: " not in talk.look()
    assert not session.scalars(sa.select(Notice).where(Notice.kind == "client_added")).all()


def test_who_works_alone_is_told_of_no_client(session: Session, talk: Talk) -> None:
    """No notice is even written."""
    del talk
    assert not session.scalars(sa.select(Notice).where(Notice.kind == "client_added")).all()


def test_new_clients_switched_off(session: Session, talk: Talk) -> None:
    """The owner who does not care hears nothing."""
    other = colleague(talk, "cashier")
    switch(talk, Topic.CLIENT, on=False)
    bill(other, "Halima", "0733000111")
    world.tell(session)
    assert not talk.look()


def test_every_kind_of_member_news_is_known_here() -> None:
    """What may wait or be switched off names kinds that exist."""
    kinds = {kind for kind, audience in notices.WORDS if audience == "member"}
    assert listening.WAITS - {"joined"} <= kinds
    assert set(listening.TOPICS) <= kinds
