"""Every dialogue of merchants and customers on WhatsApp: the same tests, numbers typed for taps."""

from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import dispatch, whatsapp
from bot.channel import button
from models import db
from models.merchants import Client
from models.payments import Attempt
from models.people import Contact
from models.traffic import Outbound
from tests import twilio_forms, world
from tests.bot.test_customer_talk import *  # noqa: F403 - every test of it
from tests.bot.test_customer_talk import theirs
from tests.bot.test_merchant_talk import *  # noqa: F403 - every test of it
from tests.conftest import Counter
from tests.world import Talk, bill, merchant_talk, tell

# Theirs are about what only Telegram has (its own button for sharing a number, blocks it tells of,
# a user's numeric id, words under a tapped button); what WhatsApp does instead stands below.
for telegrams_own in (
    "test_paying_with_the_number_the_channel_knows",
    "test_a_vouched_number_needs_no_tap",
    "test_a_number_that_nobody_vouches_for",
    "test_stop_and_start_again",
    "test_a_stranger_cannot_press_for_her",
    "test_a_block_drops_what_waits",
):
    del globals()[telegrams_own]


@pytest.fixture(autouse=True)
def _on_whatsapp(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody talks on WhatsApp."""
    monkeypatch.setattr(world, "CHANNEL", ["whatsapp"])


@pytest.fixture
def owner(session: Session) -> Talk:
    """A merchant who speaks English."""
    return merchant_talk(session)


def contact_of(talk: Talk) -> Contact:
    """Her row, read afresh."""
    talk.session.expire_all()
    return talk.session.scalars(sa.select(Contact).where(Contact.address == talk.address)).one()


def test_the_number_that_writes_is_the_one_that_pays(session: Session, owner: Talk) -> None:
    """WhatsApp vouches for the sender's number: it is prompted, and nobody has to share it."""
    token = bill(owner)
    asha = Talk(session, name="Asha")
    asha.say(f"/start {token}")
    asha.tap("Pay KSh")
    asha.tap("Pay now")
    attempt = theirs(asha, owner).scalars(sa.select(Attempt)).one()
    assert attempt.phone == asha.address


def test_a_foreign_number_is_not_prompted(session: Session, owner: Talk) -> None:
    """M-Pesa Kenya reaches no Tanzanian phone: it is not offered, she is asked for another."""
    token = bill(owner, client="Zawadi", phone="+255754000999")
    for words in (f"/start {token}", "pay"):
        said = whatsapp.read(twilio_forms.form("+255754000999", "Zawadi", Body=words))
        assert said is not None
        dispatch.receive(session, said, owner.house)
    contact = session.scalars(sa.select(Contact).where(Contact.address == "+255754000999")).one()
    rows = sa.select(Outbound).where(Outbound.contact_id == contact.id).order_by(Outbound.id)
    assert session.scalars(rows).all()[-1].asked_key == "phone"


def test_the_clients_own_number_needs_no_tap(session: Session, owner: Talk) -> None:
    """Who writes from the number on the invoice is the client's contact at once."""
    asha = Talk(session, name="Asha")
    token = bill(owner, client="Asha", phone=asha.address)
    asha.say(f"/start {token}")
    tell(session)
    assert "opened" not in owner.look()
    assert theirs(asha, owner).scalars(sa.select(Client.contact_id)).one() is not None


def test_a_sent_card_proves_no_number(session: Session, owner: Talk) -> None:
    """Anyone can send Jane's card: it makes nobody Jane."""
    token = bill(owner, client="Jane", phone="0712345678")
    mallory = Talk(session, name="Mallory")
    mallory.say("hi")
    card = {"phone_number": "+254712345678", "first_name": "Jane"}
    mallory.post(mallory.message(contact=card))
    mallory.say(f"/start {token}")
    assert theirs(mallory, owner).scalars(sa.select(Client.contact_id)).all() == [None]
    db.enter(session, None)
    assert contact_of(mallory).phone == mallory.address


@pytest.mark.parametrize("word", ["STOP", "Acha", "simama"])
@pytest.mark.parametrize("again", ["START", "resume"])
def test_stop_and_start(session: Session, owner: Talk, word: str, again: str) -> None:
    """Whole-message words in both languages: nothing unasked afterwards, until she says start."""
    asha = Talk(session, name="Asha")
    token = bill(owner, client="Asha", phone=asha.address)
    asha.say(f"/start {token}")
    assert "nothing more from me" in asha.say(word)
    assert contact_of(asha).stopped_at is not None
    bill(owner, client="Asha")
    assert asha.look() == ""
    assert "again" in asha.say(again)
    assert contact_of(asha).stopped_at is None


def test_stop_in_mid_dialogue(session: Session) -> None:
    """It ends the dialogue and says how to end everything; said once more it does."""
    talk = merchant_talk(session)
    for words in ("/invoice", "Jane", "0712345678", "cement", "850"):
        talk.say(words)
    assert "once more" in talk.say("stop")
    assert contact_of(talk).stopped_at is None
    assert "nothing more" in talk.say("stop")
    assert contact_of(talk).stopped_at is not None


def test_twilio_heeds_a_stop_itself(session: Session) -> None:
    """Advanced Opt-Out: we are silent, what waits is dropped; her START brings her back."""
    talk = Talk(session)
    talk.say("hi")
    talk.hear(whatsapp.read(twilio_forms.form(talk.address, Body="STOP", OptOutType="STOP")))
    assert {row.status for row in talk.history()} == {"dropped"}
    assert contact_of(talk).blocked_at is not None
    assert talk.hear(whatsapp.read(twilio_forms.form(talk.address, Body="START")))
    assert contact_of(talk).blocked_at is None


def test_a_stranger_has_no_button_of_hers(session: Session, owner: Talk) -> None:
    """A payload belongs to whom it was shown: for anyone else it does nothing, and says so."""
    token = bill(owner)
    asha = Talk(session, name="Asha")
    asha.say(f"/start {token}")
    thief = Talk(session, name="Thief")
    thief.say("hi")
    said = thief.press(button(asha.history()[-1].id, "pay"))
    assert said == "That button is no longer in use."


def test_a_message_twice_is_heard_once(session: Session) -> None:
    """The same MessageSid again, even with other fields, changes nothing (I-9)."""
    talk = Talk(session)
    fields = twilio_forms.form(talk.address, Body="hi")
    first = talk.hear(whatsapp.read(fields))
    inbound = whatsapp.read(fields | {"Body": "hi there", "BrandNew": "1"})
    assert inbound is not None
    receipt = dispatch.receive(session, inbound, talk.house)
    assert (bool(first), receipt.fresh, talk.look()) == (True, False, "")


def test_who_hides_her_number_is_the_same_person(session: Session) -> None:
    """The number goes, the id stays: one contact, and it answers to either from then on."""
    talk = merchant_talk(session)
    user = {"ExternalUserId": "whatsapp:KE.abc123"}
    talk.hear(whatsapp.read(twilio_forms.form(talk.address, Body="menu", **user)))
    hidden: dict[str, Any] = twilio_forms.form("KE.abc123", Body="/invoices", **user)
    talk.hear(whatsapp.read(hidden | {"WaId": ""}))
    assert session.scalar(sa.select(sa.func.count()).select_from(Contact)) == 1
    assert contact_of(talk).external_user_id == "KE.abc123"
    assert contact_of(talk).phone == talk.address


def test_a_number_shown_at_last_is_kept(session: Session) -> None:
    """Someone first met by her id alone has a number as soon as it is shown."""
    user = {"ExternalUserId": "whatsapp:KE.xyz789"}
    talk = Talk(session)
    first = whatsapp.read(twilio_forms.form("KE.xyz789", Body="hi", **user) | {"WaId": ""})
    then = whatsapp.read(twilio_forms.form(talk.address, Body="1", **user))
    assert first is not None
    assert then is not None
    dispatch.receive(session, first, talk.house)
    assert session.scalars(sa.select(Contact.phone)).one() is None
    dispatch.receive(session, then, talk.house)
    assert session.scalars(sa.select(Contact.phone)).one() == talk.address


def test_what_came_between_is_answered_by_its_words(session: Session) -> None:
    """In mid-question a typed number answers the question, the words of a card begin its act."""
    owner = merchant_talk(session)
    asha = Talk(session, name="Asha")
    token = bill(owner, client="Asha", phone=asha.address)
    asha.say(f"/start {token}")
    asha.tap("Something is wrong")
    bill(owner, client="Asha")
    assert "INV-0002" in asha.look()
    before = asha.conversation.journal
    said = asha.say("PDF")
    assert "INV-0002" in said
    assert asha.conversation.journal == before


def test_a_number_after_a_document_means_the_card(session: Session, owner: Talk) -> None:
    """A paper offers nothing to choose: the numbers above it still count."""
    token = bill(owner)
    asha = Talk(session, name="Asha")
    asha.say(f"/start {token}")
    asha.tap("PDF")
    assert "Shall I go on?" in asha.say("1")


@pytest.mark.parametrize(("language", "named"), [("en", "sent you"), ("sw", "amekutumia")])
def test_a_forwarded_message_opens_its_invoice(
    session: Session, owner: Talk, language: str, named: str
) -> None:
    """The merchant's message passed on to us, link and all, is as good as a tap on the link."""
    token = bill(owner)
    asha = Talk(session, name="Asha", language_code=language)
    link = f"https://bili.test/i/{token}"
    assert named in asha.say(f"Hello Asha, this is invoice INV-0001. See it and pay here: {link}")


def test_what_a_plain_invoice_costs(session: Session, owner: Talk) -> None:
    """Eight messages asked step by step, each of which Twilio and Meta charge for."""
    before = owner.sent
    bill(owner)
    assert owner.sent - before == 8


def test_what_an_invoice_in_one_line_costs(session: Session, owner: Talk) -> None:
    """The summary, what came of it, and the message to pass on: three, whatever was sold."""
    before = owner.sent
    owner.say("/invoice Jane 0712345678 3 bags of cement @850 due friday")
    owner.tap("Send")
    assert owner.sent - before == 3


def statements_of(talk: Talk, statements: Counter, words: str) -> int:
    """What a typed message costs; entering the transaction counts as one."""
    inbound = whatsapp.read(twilio_forms.form(talk.address, Body=words))
    assert inbound is not None
    talk.session.expunge_all()
    statements.statements.clear()
    dispatch.receive(talk.session, inbound, talk.house)
    cost = len(statements) + 1
    talk.look()
    return cost


def test_turns_cost_what_they_cost_on_telegram(session: Session, statements: Counter) -> None:
    """A first word, an answer typed in words, and one chosen by its number."""
    assert statements_of(Talk(session), statements, "hi") <= 11
    talk = merchant_talk(session)
    for words in ("/invoice", "Jane", "0712345678"):
        talk.say(words)
    assert statements_of(talk, statements, "cement") <= 7  # its last price is looked up
    assert statements_of(talk, statements, "850") <= 5
    assert statements_of(talk, statements, "2") <= 5
