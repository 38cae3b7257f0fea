"""The clock's reminders over real rows: from the issue to the words, and what stops them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from bot import notices
from conversations.prompts import from_json
from invoicing import lifecycle, merchants, reminding
from invoicing.commands import BilledTo, InvoiceLine, IssueInvoice
from models.db import Database
from models.invoices import Invoice
from models.money import Money
from models.people import Contact
from models.platform import DueWork
from models.text import render
from scheduler import reminders
from tests import make
from tests.pages.bed import attempt, pay
from tests.scheduler import bed
from tests.world import house

NOTICES = "SELECT merchant_id, id, kind, audience, told_at, skipped FROM notices ORDER BY id"
STEPS = "SELECT step, sent_at, reason FROM reminders ORDER BY step"
SAID = "SELECT body, status, not_before, contact_id FROM outbound ORDER BY id"
LINES = (InvoiceLine("cement", Decimal(1), Money.of(850, "KES")),)


def nine(day: int, month: int = 11, hour: int = 9) -> datetime:
    """An hour of a day in Nairobi."""
    return datetime(2026, month, day, hour - 3, tzinfo=UTC)


def issued(database: Database, *, chat: bool = True, due: date = date(2026, 11, 27)) -> Invoice:
    """An invoice as a merchant sends it, a week before it is due."""
    with database.transaction() as session:
        make.merchant(session)
        member = session.scalars(sa.text("SELECT person_id FROM members")).one()
        session.add(Contact(person_id=member, channel="telegram", address="1", made_at=nine(20)))
        client = make.client(session, phone="+254712345678")
        if chat:
            client.contact_id = make.contact(session, make.person(session)).id
        order = IssueInvoice(BilledTo(client.name, client.phone, client.id), LINES, due)
        return lifecycle.bill(session, order, by=None)


def tell(database: Database) -> list[str]:
    """Word what is noted, as the worker does; what went out so far, in English."""
    for row in bed.rows(database, NOTICES):
        with database.transaction(row.merchant_id) as session:
            notices.tell(session, row.merchant_id, [row.id], house())
    said = [from_json(row.body) for row in bed.rows(database, SAID)]
    return ["\n".join(render(words, "en") for words in prompt.paragraphs) for prompt in said]


def steps(database: Database) -> dict[str, Any]:
    """Each step that was done: `sent`, or the reason why not."""
    return {row.step: row.reason or "sent" for row in bed.rows(database, STEPS)}


def at(database: Database, moment: datetime) -> int:
    """Let the clock tick at a moment."""
    bed.move_to(database, moment)
    return reminders.remind(database)


def test_from_issue_to_the_last_step(database: Database) -> None:
    """Three days before, on the day, 3, 7 and 14 after; the merchant hears on the first day late."""
    issued(database)
    assert at(database, nine(23)) == 0
    for day, month in ((24, 11), (27, 11), (28, 11), (30, 11), (4, 12), (11, 12)):
        assert at(database, nine(day, month)) == 1, (day, month)
        assert at(database, nine(day, month)) == 0
    assert set(steps(database).values()) == {"sent"}
    assert bed.rows(database, "SELECT 1 FROM due_work WHERE kind = 'remind'") == []
    said = tell(database)
    assert len(said) == 6
    assert all("850" in words and "INV-0001" in words for words in said)


def test_words_say_what_is_left(database: Database) -> None:
    """Half is paid: the reminder asks for the other half and never for the total (A-9)."""
    invoice = issued(database)
    with database.transaction(invoice.merchant_id) as session:
        pay(session, lifecycle.get(session, invoice.id, lock=True), 50_000, None)
    at(database, nine(24))
    [words] = tell(database)
    assert "Left to pay: KSh 350" in words
    assert "You have paid KSh 500" in words
    assert "850" not in words


def test_issued_late(database: Database) -> None:
    """Due tomorrow when it is sent: the step of three days before is skipped, not fired (A-6)."""
    issued(database, due=date(2026, 11, 21))
    assert steps(database) == {"before_3": "issued late"}
    assert at(database, nine(20, hour=12)) == 0
    assert at(database, nine(21)) == 1


def test_asleep_for_three_days(database: Database) -> None:
    """One catch-up to the customer, not three; the rest is written down (I-14)."""
    issued(database)
    assert at(database, nine(30)) == 2
    assert steps(database) == {
        "before_3": "overtaken", "due": "overtaken", "after_3": "sent", "overdue": "sent",
    }  # fmt: skip


def test_nothing_at_night(database: Database) -> None:
    """Due since midnight, said from eight on; what is worded too late waits for the morning."""
    issued(database)
    assert at(database, datetime(2026, 11, 23, 21, 30, tzinfo=UTC)) == 0  # 00:30 of the day
    assert at(database, nine(24, hour=8)) == 1
    bed.move_to(database, nine(24, hour=21))
    tell(database)
    [row] = bed.rows(database, SAID)
    assert row.not_before == nine(25, hour=8)


def test_paid_a_second_before(database: Database) -> None:
    """Paid between decision and words, and between words and delivery: nothing is said (A-7)."""
    first = issued(database)
    at(database, nine(24))
    bed.settle(database, first.merchant_id, first.id)
    assert tell(database) == []
    assert steps(database)["before_3"] == "paid"
    assert [row.skipped for row in bed.rows(database, NOTICES)] == ["paid"]
    assert at(database, nine(27)) == 0
    assert set(steps(database).values()) == {"paid"}
    assert bed.rows(database, "SELECT 1 FROM due_work WHERE kind = 'remind'") == []


def test_money_taken_back(database: Database) -> None:
    """What was skipped as paid is open again once the payment is released."""
    invoice = issued(database)
    bed.settle(database, invoice.merchant_id, invoice.id)
    at(database, nine(24))
    assert len(steps(database)) == 6
    with database.transaction(invoice.merchant_id) as session:
        session.execute(sa.text("UPDATE allocations SET released_at = made_at"))
        reminding.wake(session, [invoice.id])
    assert at(database, nine(27)) == 1
    assert steps(database) == {"before_3": "overtaken", "due": "sent"}


def test_who_has_no_chat_is_reminded_by_the_merchant(database: Database) -> None:
    """The merchant gets the message ready to pass on, once a step."""
    issued(database, chat=False)
    at(database, nine(24))
    at(database, nine(24, hour=10))
    [words] = tell(database)
    assert "It is time to remind Jane Mwangi" in words
    assert "Hello Jane Mwangi, a friendly reminder of invoice INV-0001" in words
    assert [(row.kind, row.audience) for row in bed.rows(database, NOTICES)] == [
        ("remind_yourself", "member")
    ]


def test_snooze_and_switches(database: Database) -> None:
    """Snoozed: silence and one reminder on the third day. Off: skipped, on again: the next one."""
    invoice = issued(database)
    at(database, nine(27))
    with database.transaction(invoice.merchant_id) as session:
        found = lifecycle.get(session, invoice.id, lock=True)
        assert reminding.snooze(session, found, merchants.get(session), None) == date(2026, 11, 30)
    assert at(database, nine(28)) == 1  # the merchant's own
    assert at(database, nine(29)) == 0
    assert at(database, nine(30)) == 1
    with database.transaction(invoice.merchant_id) as session:
        reminding.switch(session, lifecycle.get(session, invoice.id, lock=True), on=False, by=None)
    assert at(database, nine(4, 12)) == 0
    with database.transaction(invoice.merchant_id) as session:
        reminding.switch(session, lifecycle.get(session, invoice.id, lock=True), on=True, by=None)
    assert at(database, nine(11, 12)) == 1
    assert steps(database) == {
        "before_3": "overtaken", "due": "sent", "overdue": "sent", "after_3": "sent",
        "snoozed_2026-11-30": "overtaken", "after_7": "switched off", "after_14": "sent",
    }  # fmt: skip


def test_silence_while_someone_pays(database: Database) -> None:
    """An open attempt moves the reminder by a quarter of an hour and skips nothing."""
    invoice = issued(database)
    with database.transaction(invoice.merchant_id) as session:
        attempt(session, lifecycle.get(session, invoice.id), "pending")
    assert at(database, nine(24)) == 0
    assert steps(database) == {}
    with database.transaction() as session:
        due = session.scalars(sa.select(DueWork).where(DueWork.kind == "remind")).one()
        assert due.act_after == nine(24) + timedelta(minutes=15)
