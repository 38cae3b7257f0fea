"""Two businesses of one person, and one she left: a card is never acted on for the wrong one."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from invoicing import invites
from invoicing.commands import InviteMember
from models import db
from models.invoices import Invoice
from models.merchants import Member
from tests import world
from tests.bot.files import LIKE
from tests.bot.shop import colleague
from tests.world import Talk, bill, in_words, merchant_talk

WHOSE = "That belongs to *{theirs}*, and you work for *{mine}* now. Shall I switch?"
FIRST, SECOND = "Wanjiru Hardware", "Duka la Juma"


@pytest.fixture
def talk(session: Session, language_on_channel: str) -> Talk:
    """Wanjiru, who has billed Jane KSh 2,550 and knows her as a client."""
    found = merchant_talk(session, name=FIRST, language=LIKE[language_on_channel])
    bill(found)
    return found


def second(talk: Talk) -> Talk:
    """The owner of another business, where Wanjiru is an owner too from now on, and at work."""
    language = "English" if talk.language == "en" else "Kiswahili"
    other = merchant_talk(talk.session, name=SECOND, language=language)
    db.enter(talk.session, other.conversation.merchant_id)
    _row, token = invites.invite(talk.session, InviteMember("owner"), other.person.id)
    db.enter(talk.session, None)
    talk.say(f"/start {token}")
    talk.tap(words(talk, "Join"))
    assert talk.conversation.merchant_id == other.conversation.merchant_id
    return other


def words(talk: Talk, msgid: str, **known: object) -> str:
    """In her language, without markup."""
    return in_words(msgid, talk.language, **known).replace("*", "")


def invoices(talk: Talk, merchant_id: int | None) -> list[Invoice]:
    db.enter(talk.session, merchant_id)
    talk.session.expire_all()
    found = list(talk.session.scalars(sa.select(Invoice).order_by(Invoice.id)))
    db.enter(talk.session, None)
    return found


@pytest.mark.parametrize("label", ["Record a payment", "Void it", "PDF", "More…", "Copy it"])
def test_an_old_card_says_whose_it_is(talk: Talk, label: str) -> None:
    """Every button of an invoice's card; nothing is done, and it is one tap to go over."""
    home = talk.conversation.merchant_id
    talk.say("INV-0001")
    card = talk.screen[-1]
    second(talk)
    here = talk.conversation.merchant_id
    said = talk.tap_on(card, words(talk, label))
    assert said.replace("*", "") == words(talk, WHOSE, theirs=FIRST, mine=SECOND)
    assert talk.conversation.merchant_id == here
    assert talk.conversation.journal is None
    said = talk.tap(words(talk, "Switch and go on"))
    assert words(talk, "You now work for *{business}*.", business=FIRST) in said.replace("*", "")
    assert talk.conversation.merchant_id == home
    assert len(talk.screen) > 1  # and on with it


def test_going_over_does_what_was_tapped(talk: Talk) -> None:
    """The payment is recorded in the business whose card it was."""
    home = talk.conversation.merchant_id
    talk.say("INV-0001")
    card = talk.screen[-1]
    second(talk)
    talk.tap_on(card, words(talk, "Record a payment"))
    talk.tap(words(talk, "Switch and go on"))
    talk.say("500")
    talk.tap(words(talk, "Cash"))
    talk.press_first()
    assert [one.paid_minor for one in invoices(talk, home)] == [50_000]


def test_a_client_too_and_what_begins_anew(talk: Talk) -> None:
    """A client's card; and a menu, whose buttons she may also mean for where she is."""
    talk.say("menu")
    menu = talk.screen[-1]
    talk.say("show Jane")
    client = talk.screen[-1]
    second(talk)
    said = talk.tap_on(client, words(talk, "New invoice"))
    assert said.replace("*", "") == words(talk, WHOSE, theirs=FIRST, mine=SECOND)
    assert words(talk, "Stay here") not in talk.labels()
    here = talk.conversation.merchant_id
    talk.tap_on(menu, words(talk, "New invoice"))
    talk.tap(words(talk, "Stay here"))
    journal = talk.conversation.journal
    assert journal is not None
    assert journal["opening"]["tenant"] == here


def test_news_of_another_business(talk: Talk) -> None:
    """What its button opens is the right business's, and so is every tap after it."""
    home = talk.conversation.merchant_id
    second(talk)
    here = talk.conversation.merchant_id
    db.enter(talk.session, home)
    from bot import reach

    invoice = talk.session.scalars(sa.select(Invoice)).one()
    reach.tell_members(talk.session, invoice, "reported", {})
    db.enter(talk.session, None)
    world.tell(talk.session)
    talk.look()
    said = talk.tap(words(talk, "See it"))
    assert "INV-0001" in said
    said = talk.tap(words(talk, "Record a payment"))
    assert said.replace("*", "") == words(talk, WHOSE, theirs=FIRST, mine=SECOND)
    assert talk.conversation.merchant_id == here


def test_after_a_switch_its_own_buttons_work(talk: Talk) -> None:
    """The card that says “you now work for …” belongs to the new business."""
    second(talk)
    talk.say("switch business" if talk.language == "en" else "/switch")
    talk.tap(FIRST)
    said = talk.tap(words(talk, "New invoice"))
    assert words(talk, WHOSE, theirs=SECOND, mine=FIRST) not in said.replace("*", "")
    assert talk.conversation.journal is not None


NOT_YOURS = "Only the people of this business can do that."


@pytest.mark.parametrize("opens", ["INV-0001", "show Jane", "/quotes", "/money", "menu"])
def test_who_left_opens_no_card(talk: Talk, opens: str) -> None:
    """Invoice, client, quote, payment, list, menu: each button of them is shut, news included."""
    talk.say("quote Jane 2 bags of lime @ 300")
    for _step in range(5):
        if talk.conversation.journal is None:
            break
        talk.press_first()
    talk.say("jane paid 500 cash" if talk.language == "en" else "Jane amelipa 500 taslimu")
    if talk.conversation.journal is not None:
        talk.press_first()
    seller = colleague(talk, "manager")
    seller.person.language = talk.language
    seller.conversation.journal = None
    talk.session.flush()
    seller.say(opens)
    row = seller.screen[-1]
    before = len(seller.history())
    leave(talk, seller)
    choices = [one for one in seller.prompt(row).choices if one.start is not None]
    assert choices
    for choice in choices:
        from bot.channel import button
        from bot.elsewhere import NOBODYS

        said = seller.press(button(row.id, choice.value), row)
        assert "Jane" not in said, choice
        assert "INV" not in said, choice
        assert "KSh" not in said, choice
        if choice.start is not None and choice.start.flow not in NOBODYS:
            assert said == words(seller, NOT_YOURS), choice
    assert len(seller.history()) > before


def leave(owner: Talk, seller: Talk) -> None:
    """The owner takes her off the team."""
    from bot import chats
    from invoicing import team

    merchant_id = owner.conversation.merchant_id
    assert merchant_id is not None
    db.enter(owner.session, merchant_id)
    mine = sa.select(Member.id).where(Member.person_id == seller.person.id)
    member_id = owner.session.scalars(mine).one()
    person_id = team.remove(owner.session, member_id, owner.person.id)
    chats.leave(owner.session, person_id, merchant_id)
    db.enter(owner.session, None)
