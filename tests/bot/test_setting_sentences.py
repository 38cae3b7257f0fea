"""Settings in plain words: what may be said out of the blue, in both languages, and what came of it."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from conversations.setting_sentences import Wished, read
from invoicing.commands import Setting
from models.merchants import Member
from tests.bot.shop import colleague, merchant_of
from tests.world import Talk, bill, merchant_talk

pytestmark = pytest.mark.usefixtures("channel")


@pytest.mark.parametrize(
    ("said", "setting", "value"),
    [
        ("change my business name", Setting.NAME, None),
        ("Please change the name of my shop to Asha Tools", Setting.NAME, "Asha Tools"),
        ("badilisha jina la biashara liwe Duka Jipya", Setting.NAME, "Duka Jipya"),
        ("my logo", Setting.LOGO, None),
        ("nembo yangu", Setting.LOGO, None),
        ("set my tax rate to 16", Setting.TAX_RATE, "16"),
        ("change template", Setting.DESIGN, None),
        ("muundo wa ankara", Setting.DESIGN, None),
        ("invoice prefix", Setting.PREFIX, None),
        ("sarafu", Setting.CURRENCY, None),
        ("change my phone number", Setting.PHONE, None),
        ("quiet hours", Setting.QUIET, None),
        ("saa za kimya", Setting.QUIET, None),
        ("turn off the weekly report", Setting.HEAR_WEEKLY, "off"),
        ("washa ripoti ya mwezi", Setting.HEAR_MONTHLY, "on"),
        ("usinitumie ripoti ya wiki", Setting.HEAR_WEEKLY, "off"),
        ("turn quiet hours off", Setting.QUIET, "off"),
    ],
)
def test_what_is_meant(said: str, setting: Setting, value: str | None) -> None:
    """Its name in either language, with a verb or without, with what it shall be or without."""
    found = read(said)
    assert found is not None
    assert (found.setting, found.value) == (setting, value)


@pytest.mark.parametrize(
    "said",
    ["Jane paid 500", "jane 3 bags cement @850", "tax", "note", "phone", "payments", "stop",
     "logo design 2 pcs @5000", "Jane logo design 5000", "address\nMoi Avenue", "", "x" * 400],
)  # fmt: skip
def test_what_is_not_meant(said: str) -> None:
    """A bill, another order, a word that may mean anything."""
    assert read(said) is None


def test_sections_have_names_too() -> None:
    """Ways to pay, what one hears, the business."""
    assert read("njia za malipo") == Wished(section="pay")
    assert read("how do customers pay me?") == Wished(section="pay")
    assert read("arifa") == Wished(section="news")
    assert read("business profile") == Wished(section="business")


def test_a_value_said_along_is_set_at_once(session: Session) -> None:
    """One message, and what it was before; a switch too."""
    talk = merchant_talk(session)
    said = talk.say("change my town to Nakuru")
    assert "Town is now: Nakuru" in said
    assert "Weekly report is now: off" in talk.say("turn off weekly report")
    merchant = merchant_of(talk)
    assert merchant.city == "Nakuru"
    assert session.scalars(sa.select(Member.hears)).one() == {"weekly": False}


def test_a_value_that_cannot_be_is_asked(session: Session) -> None:
    """A mask is refused with its reason, and the question stands."""
    talk = merchant_talk(session)
    said = talk.say("change my business name to M-Pesa Support")
    assert "could take it for M-Pesa" in said
    assert "What is the name of your business?" in said
    assert merchant_of(talk).name == "Wanjiru Hardware"
    said = talk.say("Wanjiru Tools")
    assert "Business name is now: Wanjiru Tools" in said


def test_what_the_rule_refuses_is_asked_too(session: Session) -> None:
    """Checked once more where it is set: nothing changes, the question stands."""
    talk = merchant_talk(session)
    said = talk.say("set my tax rate to 160")
    assert "between 0 and 100%" in said
    assert "What is your tax rate?" in said


def test_swahili_leads_there_too(session: Session) -> None:
    """Said and answered in Swahili."""
    talk = merchant_talk(session, language="Kiswahili")
    assert "Jina la biashara sasa ni: Duka Jipya" in talk.say(
        "badilisha jina la biashara liwe Duka Jipya"
    )
    assert "nitumie nembo yako" in talk.say("nembo yangu").casefold()


def test_something_is_taken_away(session: Session) -> None:
    """By one sentence."""
    talk = merchant_talk(session)
    talk.say("set footer to Karibu tena")
    assert merchant_of(talk).footer == "Karibu tena"
    talk.say("remove my footer")
    assert merchant_of(talk).footer is None


def test_an_invoice_under_way_is_kept(session: Session) -> None:
    """Said with a verb in the middle of an invoice, it is done and the invoice goes on."""
    talk = merchant_talk(session)
    bill(talk)
    talk.say("/invoice")
    talk.say("Jane")
    talk.say("2 doors")
    talk.say("500")
    said = talk.say("change my town to Nakuru")
    assert "Town is now: Nakuru" in said
    assert "Back to where we were" in said


def test_who_may_not_is_told_so(session: Session) -> None:
    """A cashier changes nothing by a sentence either."""
    talk = merchant_talk(session)
    other = colleague(talk, "cashier")
    said = other.say("change my business name to Otieno Tools")
    assert "Only the owner or a manager can change this" in said
    assert merchant_of(talk).name == "Wanjiru Hardware"


def test_who_has_no_business_is_understood_otherwise(session: Session) -> None:
    """It means nothing to a customer."""
    talk = merchant_talk(session)
    token = bill(talk)
    customer = Talk(session, name="Jane")
    customer.say(f"/start {token}")
    assert "business name now" not in customer.say("change my business name").casefold()
