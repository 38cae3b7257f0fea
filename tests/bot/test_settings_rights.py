"""Who may change what of a business, and how its customers pay; on both channels."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import db
from models.merchants import Member
from models.told import Audit
from tests.bot.shop import colleague, merchant_of
from tests.world import Talk, bill, merchant_talk

pytestmark = pytest.mark.usefixtures("channel")


@pytest.mark.parametrize("role", ["manager", "cashier", "viewer"])
def test_roles(session: Session, role: str) -> None:
    """A manager changes all but how money comes; others look, and set their own hours."""
    talk = merchant_talk(session)
    other = colleague(talk, role)
    other.say("/settings")
    said = other.tap("My business")
    assert "Business name: Wanjiru Hardware" in said
    assert ("Town" in other.labels()) is (role == "manager")
    other.tap("Other settings")
    assert "Only the owner can change how you are paid" in other.tap("How I am paid")
    assert other.labels() == ["Other settings"]
    other.tap("Other settings")
    other.tap("What I hear")
    other.tap("Quiet hours")
    assert "21:00–7:00" in other.say("21 to 7")
    session.refresh(other.person)
    assert (other.person.quiet_from, other.person.quiet_until) == (21, 7)
    assert talk.person.quiet_from == 20


def test_a_role_lost_meanwhile_changes_nothing(session: Session) -> None:
    """The act asks again who may: a question that was open before is no right."""
    talk = merchant_talk(session)
    other = colleague(talk, "manager")
    other.say("/settings")
    other.tap("My business")
    other.tap("Town")
    merchant_of(talk)
    member = session.scalars(sa.select(Member).where(Member.person_id == other.person.id)).one()
    member.role = "viewer"
    session.flush()
    db.enter(session, None)
    assert "Only the owner or a manager can do that" in other.say("Kisumu")
    assert merchant_of(talk).city is None


def test_ways_to_pay_are_added_ordered_and_removed(session: Session) -> None:
    """The owner's ways, in the order customers see; invoices that are out keep theirs."""
    talk = merchant_talk(session)
    talk.say("/settings")
    talk.tap("How I am paid")
    talk.tap("Add a way")
    talk.tap("M-Pesa paybill")
    assert "M-Pesa paybill 123456, account 789" in talk.say("123456 account 789")
    assert [way["way"] for way in merchant_of(talk).ways_to_pay] == ["cash", "paybill"]
    talk.tap("More settings")
    talk.tap("123456")
    talk.tap("Put it first")
    assert [way["way"] for way in merchant_of(talk).ways_to_pay] == ["paybill", "cash"]
    talk.tap("More settings")
    talk.tap("123456")
    talk.tap("Change the numbers")
    talk.say("654321")
    assert merchant_of(talk).ways_to_pay[0]["number"] == "654321"
    talk.tap("More settings")
    talk.tap("Cash")
    talk.tap("Remove it")
    assert [way["way"] for way in merchant_of(talk).ways_to_pay] == ["paybill"]
    changed = sa.select(Audit.facts).where(Audit.action == "ways.changed")
    noted = session.scalars(changed.order_by(Audit.id)).all()
    assert [facts["change"] for facts in noted] == ["add", "first", "replace", "remove"]


def test_a_way_changed_meanwhile_is_not_overwritten(session: Session) -> None:
    """A stale card does nothing but say so."""
    talk = merchant_talk(session)
    talk.say("/settings")
    talk.tap("How I am paid")
    talk.tap("Add a way")
    talk.tap("M-Pesa till")
    talk.say("5300001")
    talk.tap("More settings")
    talk.tap("5300001")
    merchant = merchant_of(talk)
    merchant.ways_to_pay = [*merchant.ways_to_pay[:1], {"way": "till", "number": "5300009",
                                                        "account": None}]  # fmt: skip
    session.flush()
    db.enter(session, None)
    assert "changed meanwhile" in talk.tap("Remove it")
    assert [way["number"] for way in merchant_of(talk).ways_to_pay] == [None, "5300009"]


def test_a_customer_has_only_a_language_to_set(session: Session) -> None:
    """Someone without a business is asked which language she likes."""
    talk = merchant_talk(session)
    token = bill(talk)
    customer = Talk(session, name="Jane")
    customer.say(f"/start {token}")
    assert "language" in customer.say("/settings")


def test_another_merchants_settings_stay(session: Session) -> None:
    """Nothing of one business shows or changes in another."""
    talk, other = merchant_talk(session), merchant_talk(session, name="Asha Shop")
    talk.say("/settings")
    talk.tap("My business")
    talk.tap("Town")
    talk.say("Nakuru")
    other.say("/settings")
    said = other.tap("My business")
    assert "Asha Shop" in said
    assert "Nakuru" not in said
    assert merchant_of(other).city is None
