"""Settings in chat: seen section by section, changed one at a time, in both languages and channels."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from conversations.prompts import from_json
from conversations.setting_fields import BY_SETTING, FIELDS
from invoicing import lifecycle
from models import db
from models.invoices import Invoice
from models.merchants import Member
from models.text import render
from models.told import Audit
from tests.bot.shop import merchant_of
from tests.world import Talk, bill, merchant_talk

pytestmark = pytest.mark.usefixtures("channel")


@pytest.mark.parametrize("opening", ["/settings", "settings", "mipangilio"])
def test_settings_are_a_card_with_sections(session: Session, opening: str) -> None:
    """By command or word the sections are offered; a section shows what is set."""
    talk = merchant_talk(session)
    said = talk.say(opening)
    assert "Settings of Wanjiru Hardware" in said
    assert talk.labels()[0] == "My business"
    said = talk.tap("My business")
    assert "Business name: Wanjiru Hardware" in said
    assert "Town: not set" in said
    assert "Other settings" in talk.labels()


def test_the_menu_leads_to_settings(session: Session) -> None:
    """A button of the menu opens them."""
    talk = merchant_talk(session)
    talk.say("menu")
    assert "Settings of" in talk.tap("Settings")


@pytest.mark.parametrize("language", ["English", "Kiswahili"])
def test_every_section_is_shown_in_both_languages(session: Session, language: str) -> None:
    """Each section's card fits every channel and names every field of it."""
    talk = merchant_talk(session, language=language)
    for section, rows in FIELDS.items():
        talk.say("/settings")
        number = list(FIELDS).index(section) + 1 + (section in ("news", "place"))
        said = talk.say(str(number))
        for row in rows:
            assert render(row.label, talk.language) in said


def test_one_field_is_changed_and_told_with_what_it_was(session: Session) -> None:
    """The answer says what is set now and what was, and the audit keeps both."""
    talk = merchant_talk(session)
    talk.say("/settings")
    talk.tap("My business")
    assert "Business name now: Wanjiru Hardware" in talk.tap("Business name")
    said = talk.say("Wanjiru Tools")
    assert "Business name is now: Wanjiru Tools" in said
    assert "Before: Wanjiru Hardware" in said
    assert merchant_of(talk).name == "Wanjiru Tools"
    noted = session.scalars(sa.select(Audit).where(Audit.action == "setting.changed")).one()
    assert noted.facts == {"setting": "name", "old": "Wanjiru Hardware", "new": "Wanjiru Tools"}
    assert noted.person_id == talk.person.id
    assert "Business name: Wanjiru Tools" in talk.tap("More settings")


def test_a_mask_is_refused_at_the_question(session: Session) -> None:
    """A name that pretends to be M-Pesa is refused kindly, here and at sign-up, and asked again."""
    talk = merchant_talk(session)
    talk.say("/settings")
    talk.tap("My business")
    talk.tap("Business name")
    assert "could take it for M-Pesa" in talk.say("M-P3SA Agent")
    assert merchant_of(talk).name == "Wanjiru Hardware"
    newcomer = Talk(session)
    newcomer.say("/start")
    newcomer.tap("English")
    assert "could take it for Safaricom" in newcomer.say("Safaric0m Care")
    assert "Which country" in newcomer.say("Safari Salon")


def test_what_the_rule_refuses_is_asked_again(session: Session) -> None:
    """A PIN of the wrong shape changes nothing; the question stands with the reason."""
    talk = merchant_talk(session)
    talk.say("/settings")
    talk.tap("My business")
    talk.tap("Tax number")
    said = talk.say("12345")
    assert "KRA PIN" in said
    assert "What is your tax number?" in said
    assert "P051234567X" in talk.say("p051234567x")
    assert merchant_of(talk).tax_number == "P051234567X"


def test_leave_as_it_is_goes_back_to_the_card(session: Session) -> None:
    """Nothing is lost by looking."""
    talk = merchant_talk(session)
    talk.say("/settings")
    talk.tap("My business")
    talk.tap("Town")
    assert "Business name:" in talk.tap("Leave as it is")
    assert not session.scalars(sa.select(Audit).where(Audit.action == "setting.changed")).all()


def test_looking_at_settings_waits_for_nothing(session: Session) -> None:
    """A line that makes an invoice is understood over the card, and nothing is left unfinished."""
    talk = merchant_talk(session)
    talk.say("/settings")
    assert "phone number of Jane" in talk.say("Jane 3 bags cement @850 due tomorrow")
    talk.say("/settings")
    assert "You have not finished an invoice." in talk.say("menu")
    assert len(talk.conversation.parked) == 1


def test_an_invoice_under_way_is_taken_up_again(session: Session) -> None:
    """A change of settings in the middle of an invoice loses none of it."""
    talk = merchant_talk(session)
    talk.say("/invoice")
    talk.say("Jane")
    talk.say("0712345678")
    talk.say("3 bags of cement")
    talk.say("/settings")
    talk.tap("My business")
    talk.tap("Town")
    said = talk.say("Nakuru")
    assert "Town is now: Nakuru" in said
    assert "Back to where we were" in said
    assert "price" in said


def test_a_stale_button_and_a_double_tap_change_nothing(session: Session) -> None:
    """A switch tapped twice is switched once."""
    talk = merchant_talk(session)
    talk.say("/settings")
    talk.tap("What I hear")
    talk.tap("Weekly report")
    row = next(row for row in reversed(talk.screen) if from_json(row.body).choices)
    talk.tap_on(row, "Off")
    if talk.channel == "telegram":
        talk.tap_on(row, "On")
    merchant_of(talk)
    member = session.scalars(sa.select(Member)).one()
    assert member.hears == {"weekly": False}


def test_every_field_can_be_opened_and_left(session: Session) -> None:
    """From the card to each question and back, with nothing changed by looking."""
    talk = merchant_talk(session)
    for setting, row in BY_SETTING.items():
        section = next(name for name, rows in FIELDS.items() if row in rows)
        talk.say("/settings")
        talk.say(str(list(FIELDS).index(section) + 1 + (section in ("news", "place"))))
        said = talk.tap(render(row.label, "en"))
        assert f"{render(row.label, 'en')} now:" in said, setting
        talk.say("back")
    assert not session.scalars(sa.select(Audit).where(Audit.action == "setting.changed")).all()


def test_terms_come_first_and_the_currency_is_for_new_invoices(session: Session) -> None:
    """Her usual terms lead the days offered; a changed currency leaves sent invoices alone."""
    talk = merchant_talk(session)
    bill(talk)
    merchant = merchant_of(talk)
    merchant.terms, merchant.currency = "month_end", "USD"
    session.flush()
    db.enter(session, None)
    talk.say("/invoice")
    talk.say("Otieno")
    talk.say("skip")
    talk.say("2 doors")
    talk.say("50")
    assert talk.labels()[0] == "End of month"
    merchant_of(talk)
    assert lifecycle.get(session, session.scalars(sa.select(Invoice.id)).one()).currency == "KES"
