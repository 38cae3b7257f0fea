"""A statement in chat: for the merchant about any client, for the customer about her own account."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from invoicing import clients
from models import db
from models.merchants import Client, Member
from models.people import Contact
from tests import make
from tests.world import Talk, Words, bill, in_words, merchant_talk

LIKE = {"en": "English", "sw": "Kiswahili"}


@pytest.fixture
def language(language_on_channel: str) -> str:
    """Every talk is held in each language, and on each channel."""
    return language_on_channel


@pytest.fixture
def shop(session: Session) -> Talk:
    """A merchant."""
    return merchant_talk(session)


def theirs(shop: Talk) -> Session:
    """The session, seeing the shop's rows."""
    db.enter(shop.session, shop.conversation.merchant_id)
    shop.session.expire_all()
    return shop.session


def customer(shop: Talk, language: str, name: str = "Jane", phone: str = "0712345678") -> Talk:
    """Someone who opened her invoice, and whom the shop said yes to."""
    talk = Talk(shop.session, name=name, language_code=language)
    talk.say(f"/start {bill(shop, client=name, phone=phone)}")
    session = theirs(shop)
    row = session.scalars(sa.select(Client).where(Client.name == name)).one()
    contact = sa.select(Contact.id).where(Contact.person_id == talk.person.id)
    clients.link_contact(session, row, session.scalars(contact).one(), confirmed_by=1)
    db.enter(session, None)
    talk.look()
    return talk


@pytest.mark.parametrize(
    "words", ["statement for Jane", "Jane's statement", "taarifa ya Jane", "/statement jane",
              "nitumie taarifa ya mteja Jane mwezi huu"],
)  # fmt: skip
def test_a_merchant_asks_in_her_own_words(session: Session, language: str, words: str) -> None:
    """What came and went this month, what is owed, and the same on paper or as a picture."""
    talk = merchant_talk(session, language=LIKE[language])
    bill(talk)
    said = talk.say(words)
    assert in_words("*Statement for {name}*", language, name="Jane") in said
    assert in_words("Owed now: *{amount}*", language, amount="KSh 2,550") in said
    labels = ("PDF", "Picture", "Last month", "This year", "From the beginning")
    assert talk.labels()[:5] == [in_words(one, language) for one in labels]
    talk.tap(in_words("PDF", language))
    paper = talk.prompt(talk.screen[-1]).attachment
    assert paper is not None
    assert (paper.kind, paper.document.partition(".")[0]) == ("pdf", "statement")
    talk.tap(in_words("Last month", language))
    assert talk.labels()[0] == in_words("This month", language)


def test_the_slash_command_asks_whose(shop: Talk) -> None:
    """Without a name the client is asked; a viewer may look too."""
    bill(shop)
    theirs(shop).execute(sa.update(Member).values(role="viewer"))
    assert "Whose statement do you want to see?" in shop.say("/statement")
    assert "Statement for Jane" in shop.say("Jane")


@pytest.mark.parametrize(
    "words", ["/statement", "my statement", "how much do I owe?", "deni langu", "statement",
              "naomba taarifa yangu", "menu"],
)  # fmt: skip
def test_a_customer_asks_for_her_own(shop: Talk, language: str, say: Words, words: str) -> None:
    """By a command, in plain words of either language, or from the menu."""
    jane = customer(shop, language)
    said = jane.say(words)
    if words == "menu":
        said = jane.tap(say("My account"))
    assert say("*Your account with {business}*", business="Wanjiru Hardware") in said
    assert say("You owe *{amount}*", amount="KSh 2,550") in said
    jane.tap(say("Picture"))
    paper = jane.prompt(jane.screen[-1]).attachment
    assert paper is not None
    assert (paper.kind, paper.merchant_id) == ("png", shop.conversation.merchant_id)


def test_two_shops_are_asked_about(session: Session, shop: Talk) -> None:
    """Whoever buys from two is asked which."""
    jane = customer(shop, "en")
    timber = merchant_talk(session, name="Otieno Timber")
    jane.say(f"/start {bill(timber)}")
    row = theirs(timber).scalars(sa.select(Client)).one()
    contact = sa.select(Contact.id).where(Contact.person_id == jane.person.id)
    clients.link_contact(session, row, session.scalars(contact).one(), confirmed_by=1)
    db.enter(session, None)
    assert "Your account with which shop?" in jane.say("what do I owe")
    assert jane.labels() == ["Wanjiru Hardware", "Otieno Timber"]
    assert "Your account with Otieno Timber" in jane.tap("Otieno Timber")


def test_a_shop_that_buys_elsewhere_sees_what_it_owes(session: Session, shop: Talk) -> None:
    """“What do I owe” of a merchant is her own account with another; else her clients' are meant."""
    other = merchant_talk(session, name="Otieno Timber")
    assert "Whose statement" in other.say("my statement")
    other.say("/cancel")
    other.say(f"/start {bill(shop, client='Otieno')}")
    row = theirs(shop).scalars(sa.select(Client)).one()
    contact = sa.select(Contact.id).where(Contact.person_id == other.person.id)
    clients.link_contact(session, row, session.scalars(contact).one(), confirmed_by=1)
    db.enter(session, None)
    assert "Your account with Wanjiru Hardware" in other.say("what do I owe")


def test_whoever_only_opened_a_link_sees_no_account(shop: Talk, language: str, say: Words) -> None:
    """A forwarded link shows that invoice and nothing else (DESIGN, section 4)."""
    mallory = Talk(shop.session, name="Mallory", language_code=language)
    mallory.say(f"/start {bill(shop)}")
    said = mallory.say("/statement")
    assert "KSh 2,550" not in said
    assert say("I know no account of yours here. Please open the link of an invoice that the "
               "shop sent you, and ask the shop to confirm that this chat is yours.") in said  # fmt: skip


def test_a_button_with_another_clients_id_shows_nothing(shop: Talk) -> None:
    """The account is checked again when the button is pressed, text and paper."""
    jane = customer(shop, "en")
    asha = make.client(theirs(shop), name="Asha").id
    jane.say("my statement")
    row = jane.screen[-1]
    for label in ("PDF", "This year", "Other days"):
        body = dict(row.body)
        for choice in body["choices"]:
            choice["start"]["answers"] |= {"client": {"id": asha}, "about": asha}
        update = sa.update(type(row)).where(type(row).id == row.id)
        jane.session.execute(update.values(body=body))
        db.enter(jane.session, None)
        said = jane.tap_on(row, label)
        if label == "Other days":
            jane.tap("A year ago")
            said = jane.tap("Today")
        assert said.startswith("Only the shop and its own client can see that account.")


def test_days_of_her_own_choice(shop: Talk, language: str, say: Words) -> None:
    """First and last day are asked, a last day before the first again; the paper has the same days."""
    jane = customer(shop, language)
    jane.say("my statement")
    jane.tap(say("Other days"))
    jane.tap(say("30 days ago"))
    assert say("Up to which day?") in jane.say("1 Oct 2026")
    said = jane.tap(say("Today"))
    assert say("You owe *{amount}*", amount="KSh 2,550") in said
    jane.tap("PDF")
    paper = jane.prompt(jane.screen[-1]).attachment
    assert paper is not None
    assert paper.document == "statement.261021-261120"


def test_back_shows_a_customer_no_list_of_clients(shop: Talk) -> None:
    """However far she goes back while she chooses days, she sees no other customer's name."""
    jane = customer(shop, "en")
    make.client(theirs(shop), name="Asha Secret")
    db.enter(shop.session, None)
    jane.say("my statement")
    jane.tap("Other days")
    jane.tap("30 days ago")
    for _n in range(3):
        assert "Asha" not in jane.say("back")
        assert "Asha Secret" not in jane.labels()
