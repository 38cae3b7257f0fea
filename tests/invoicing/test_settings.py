"""Settings: each checked, changed, audited with what it was; papers that went out stay as they were."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from invoicing import digest, lifecycle, merchants, numbering, reminders, settings
from invoicing.commands import BilledTo, InvoiceLine, IssueInvoice, Setting
from invoicing.hearing import Topic, may_speak_at, wants
from models import db
from models.errors import Refusal
from models.merchants import Member, Merchant, NumberSeries
from models.money import Money
from models.people import Person
from models.platform import DueWork
from models.told import Audit, Reminder
from tests import make


@pytest.fixture
def owner(session: Session) -> Person:
    """The owner of the merchant."""
    return make.person(session)


@pytest.fixture
def merchant(session: Session, owner: Person) -> Merchant:
    """A merchant with all three series."""
    found = make.merchant(session, owner)
    for kind, prefix in (("credit_note", "CN-"), ("quote", "Q-")):
        numbering.begin(session, kind, prefix)
    return found


def bill(session: Session, days: int = 7) -> Any:
    """An invoice issued today."""
    line = InvoiceLine("cement", Decimal(1), Money(85000, "KES"))
    due = db.today(session, "Africa/Nairobi") + timedelta(days=days)
    command = IssueInvoice(BilledTo("Jane", "+254712345678"), (line,), due)
    return lifecycle.bill(session, command, by=None)


GOOD = [
    (Setting.NAME, " Duka  la Asha ", "Duka la Asha"), (Setting.ADDRESS, "Moi Avenue 5", None),
    (Setting.CITY, "Nakuru", None), (Setting.PHONE, "0712 345 678", "+254712345678"),
    (Setting.EMAIL, "asha@example.co.ke", None), (Setting.TAX_NUMBER, "p051234567x", "P051234567X"),
    (Setting.CONTACT, "Asha Wanjiru", None), (Setting.PREFIX, "wh", "WH-"),
    (Setting.TERMS, "month_end", None), (Setting.NOTE, "Asante", None),
    (Setting.PAY_NOTE, "Send the code", None), (Setting.FOOTER, "Karibu tena", None),
    (Setting.DESIGN, "bold", None), (Setting.REMINDERS, "7 -1", "-1, 7"),
    (Setting.TAX_LABEL, "GST", None), (Setting.TAX_RATE, "7.50%", "7.5"),
    (Setting.TAX_MODE, "inclusive", None), (Setting.DISCOUNT, "on", None),
    (Setting.CURRENCY, "USD", None), (Setting.PAPER_LANGUAGE, "sw", None),
    (Setting.ZONE, "Africa/Lagos", None), (Setting.HEAR_PAID, "off", None),
    (Setting.HEAR_REMINDED, "on", None), (Setting.TAX_RATE, None, None),
    (Setting.ADDRESS, None, None), (Setting.REMINDERS, None, ""),
]  # fmt: skip
BAD = [
    (Setting.NAME, "S4faricom", "pretends"), (Setting.NAME, "x" * 81, "name"),
    (Setting.NAME, None, "empty"), (Setting.PHONE, "12", "phone"), (Setting.EMAIL, "asha", "email"),
    (Setting.EMAIL, "a@b..c.ke", "email"), (Setting.TAX_NUMBER, "051234567", "tax_number"),
    (Setting.PREFIX, "CN", "prefix"), (Setting.PREFIX, "TOOLONG", "prefix"),
    (Setting.PREFIX, "Ö", "prefix"), (Setting.PREFIX, None, "prefix"), (Setting.TERMS, "8", "choice"),
    (Setting.NOTE, "x" * 501, "long"), (Setting.DESIGN, "ugly", "choice"),
    (Setting.REMINDERS, "soon", "days"), (Setting.REMINDERS, "91", "days"),
    (Setting.REMINDERS, "1 2 3 4 5 6 7 8 9", "days"), (Setting.TAX_RATE, "100", "tax"),
    (Setting.TAX_RATE, "0", "tax"), (Setting.TAX_RATE, "NaN", "tax"),
    (Setting.TAX_RATE, "1.23456", "tax"), (Setting.DISCOUNT, "maybe", "choice"),
    (Setting.CURRENCY, "ZZZ", "choice"), (Setting.CURRENCY, None, "empty"),
    (Setting.PAPER_LANGUAGE, "fr", "choice"), (Setting.ZONE, "Mars/Olympus", "zone"),
    (Setting.LOGO, "deadbeef", "choice"), (Setting.TAX_MODE, "sideways", "choice"),
]  # fmt: skip


@pytest.mark.parametrize(("setting", "value", "kept"), GOOD)
def test_a_good_value_is_kept_and_audited(
    session: Session, merchant: Merchant, owner: Person, setting: Setting, value: str | None,
    kept: str | None,
) -> None:  # fmt: skip
    """What is set is read back, and the audit says what it was and what it became."""
    member = merchants.member(session, owner.id)
    was = settings.values(session, merchant, member)[setting.value]
    before, after = settings.change(session, setting, value, owner.id)
    session.expire_all()
    now = settings.values(session, merchants.get(session), member)[setting.value]
    assert (before, after) == (was, now)
    assert now == (value if kept is None else kept)
    noted = session.scalars(sa.select(Audit).where(Audit.action == "setting.changed")).all()
    expected = {"setting": setting.value, "old": was, "new": now}
    assert [row.facts for row in noted] == ([expected] if was != now else [])


@pytest.mark.parametrize(("setting", "value", "code"), BAD)
def test_a_bad_value_changes_nothing(
    session: Session, merchant: Merchant, owner: Person, setting: Setting, value: str | None,
    code: str,
) -> None:  # fmt: skip
    """It is refused with a reason, and everything stays."""
    member = merchants.member(session, owner.id)
    was = settings.values(session, merchant, member)
    with pytest.raises(Refusal) as refused:
        settings.change(session, setting, value, owner.id)
    assert refused.value.code == code
    assert settings.values(session, merchant, member) == was
    assert not session.scalars(sa.select(Audit)).all()


def test_every_setting_of_the_business_is_tried() -> None:
    """No setting is without a good value above; the logo, language and quiet hours come otherwise."""
    tried = {setting for setting, _value, _kept in GOOD}
    hears = {setting for setting in Setting if setting.startswith("hear.")}
    assert set(Setting) - hears - tried == {Setting.LOGO, Setting.LANGUAGE, Setting.QUIET}


def test_a_new_prefix_counts_on(session: Session, merchant: Merchant, owner: Person) -> None:
    """INV-0001, then WH-0002: no number is given twice or left out (I-11)."""
    assert bill(session).number_text == "INV-0001"
    settings.change(session, Setting.PREFIX, "WH", owner.id)
    assert bill(session).number_text == "WH-0002"
    prefixes = session.scalars(sa.select(NumberSeries.prefix)).all()
    assert sorted(prefixes) == ["CN-", "Q-", "WH-"]


def test_papers_that_went_out_stay(session: Session, merchant: Merchant, owner: Person) -> None:
    """Name, design, footer, how to pay and reminder days of an issued invoice never change (A-32)."""
    invoice = bill(session)
    was = dict(invoice.parties or {})
    for setting, value in ((Setting.NAME, "Other"), (Setting.DESIGN, "simple"),
                           (Setting.FOOTER, "x"), (Setting.REMINDERS, "1")):  # fmt: skip
        settings.change(session, setting, value, owner.id)
    session.expire_all()
    assert lifecycle.get(session, invoice.id).parties == was
    assert (bill(session).parties or {})["business"]["design"] == "simple"


def test_a_default_note_stands_where_none_was_typed(
    session: Session, merchant: Merchant, owner: Person
) -> None:
    """The note she set goes on new invoices."""
    settings.change(session, Setting.NOTE, "Asante sana", owner.id)
    assert bill(session).note == "Asante sana"


def test_own_reminder_days_hold_for_new_invoices(
    session: Session, merchant: Merchant, owner: Person
) -> None:
    """Days already past are skipped at issue under their own names; others wait for their day."""
    settings.change(session, Setting.REMINDERS, "-10, -1, 5", owner.id)
    invoice = bill(session)
    skipped = session.scalars(sa.select(Reminder.step).where(Reminder.invoice_id == invoice.id))
    assert list(skipped) == ["before_10"]
    names = [step.name for step in reminders.plan(invoice.due_on, None, (-10, -1, 5))]
    assert names == ["before_10", "before_1", "after_5", "overdue"]


def test_a_member_hears_by_her_own_switches(session: Session, merchant: Merchant) -> None:
    """One member's switch is not another's."""
    other = make.person(session)
    session.add(Member(merchant_id=merchant.id, person_id=other.id, role="viewer",
                       made_at=db.now(session)))  # fmt: skip
    session.flush()
    settings.change(session, Setting.HEAR_WEEKLY, "off", other.id)
    hears = {m.person_id: m.hears for m in session.scalars(sa.select(Member))}
    assert not wants(hears.pop(other.id), Topic.WEEKLY)
    assert all(wants(rest, Topic.WEEKLY) for rest in hears.values())
    assert not wants({}, Topic.REMINDED)


def test_a_stranger_changes_nothing(session: Session, merchant: Merchant) -> None:
    """Whoever is no member is refused."""
    stranger = make.person(session)
    with pytest.raises(Refusal):
        settings.change(session, Setting.CITY, "Kisumu", stranger.id)
    assert merchant.city is None


@pytest.mark.parametrize(
    ("hour", "quiet", "expected"),
    [(21, (20, 8), (28, 8)), (3, (20, 8), (27, 8)), (12, (20, 8), None), (8, (20, 8), None),
     (20, (20, 8), (28, 8)), (3, (0, 0), None), (13, (12, 15), (27, 15)), (15, (12, 15), None),
     (23, (22, 0), (28, 0))],
)  # fmt: skip
def test_quiet_hours(hour: int, quiet: tuple[int, int], expected: tuple[int, int] | None) -> None:
    """Over midnight or not, or none at all: a held message goes out when they end."""
    moment = datetime(2026, 11, 27, hour, 30, tzinfo=UTC) - timedelta(hours=3)  # Nairobi's clock
    found = may_speak_at(moment, "Africa/Nairobi", *quiet)
    if expected is None:
        assert found == moment
    else:
        day, until = expected
        assert found == datetime(2026, 11, day, until, tzinfo=UTC) - timedelta(hours=3)


def test_reports_are_due_on_mondays_and_firsts(session: Session, merchant: Merchant) -> None:
    """07:30 of her own zone, also after she moved to another."""
    digest.schedule(session, merchant)
    owner_id = session.scalars(sa.select(Member.person_id)).one()
    settings.change(session, Setting.ZONE, "Africa/Lagos", owner_id)
    rows = session.scalars(sa.select(DueWork).where(DueWork.kind.startswith("report.")))
    for row in rows:
        local = row.act_after.astimezone(UTC) + timedelta(hours=1)
        assert (local.hour, local.minute) == (7, 30)
        assert local.day == 1 if row.kind == "report.monthly" else local.weekday() == 0
