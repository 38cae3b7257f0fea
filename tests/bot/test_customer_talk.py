"""What a customer says and reads: opening, paying, asking, complaining, stopping; both languages."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot.channel import button
from invoicing import links
from models import db
from models.invoices import Invoice
from models.merchants import Client
from models.payments import Attempt
from models.people import Contact
from models.platform import AbuseReport
from models.told import Viewer
from models.traffic import Outbound
from tests.world import Talk, Words, bill, merchant_talk, tell


@pytest.fixture
def shop(session: Session) -> Talk:
    """The merchant, with one invoice out."""
    return merchant_talk(session)


@pytest.fixture
def token(shop: Talk) -> str:
    """The link that was passed on."""
    return bill(shop)


@pytest.fixture
def jane(session: Session, language: str, token: str) -> Talk:
    """The customer, who has opened the link in Telegram."""
    talk = Talk(session, name="Jane", language_code=language)
    talk.say(f"/start {token}")
    return talk


def theirs(talk: Talk, shop: Talk) -> Session:
    """The session, seeing the shop's rows."""
    db.enter(talk.session, shop.conversation.merchant_id)
    talk.session.expire_all()
    return talk.session


def share_number(talk: Talk, phone: str = "254712345678") -> str:
    """Tap Telegram's own button that shares the account's number."""
    card = {"phone_number": phone, "first_name": talk.name, "user_id": talk.user_id}
    return talk.post(talk.message(contact=card))


def test_the_link_opens_the_invoice(jane: Talk, shop: Talk, say: Words) -> None:
    """What it is for, how much, by when, and what may be done; the shop hears who came."""
    shown = jane.words(jane.screen[-1])
    assert say("*{business}* sent you invoice *{number}*",
               business="Wanjiru Hardware", number="INV-0001") in shown  # fmt: skip
    assert "KSh 2,550" in shown
    assert jane.labels() == [
        say("Pay {amount}", amount="KSh 2,550"), say("PDF"), say("Open the page"),
        "Kiswahili / English", say("Something is wrong"),
    ]  # fmt: skip
    assert theirs(jane, shop).scalars(sa.select(Viewer.contact_id)).all()


@pytest.mark.parametrize(
    "wrong", ["nonsense", "A" * 22, "../../etc/passwd", "' OR 1=1 --", "x" * 3000]
)
def test_a_link_that_opens_nothing(session: Session, wrong: str) -> None:
    """Unknown, revoked and nonsense look alike (I-20)."""
    talk = Talk(session)
    assert "does not open an invoice" in talk.say(f"/start {wrong}")


def test_a_revoked_link_opens_nothing(jane: Talk, shop: Talk, token: str) -> None:
    """The same words as for a link that never was (I-20)."""
    unknown = jane.say("/start AAAAAAAAAAAAAAAAAAAAAA")
    session = theirs(jane, shop)
    links.revoke(session, session.scalars(sa.select(Invoice)).one())
    db.enter(session, None)
    assert jane.say(f"/start {token}") == unknown


def test_paying_with_the_number_the_channel_knows(jane: Talk, shop: Talk, say: Words) -> None:
    """Her own number was shared: one tap opens the attempt, and the push is a job."""
    share_number(jane)
    jane.tap(say("Pay {amount}", amount="KSh 2,550"))
    jane.tap(say("Pay now"))
    attempt = theirs(jane, shop).scalars(sa.select(Attempt)).one()
    assert (attempt.state, attempt.amount_minor, attempt.phone) == (
        "created", 255_000, "+254712345678",
    )  # fmt: skip


def test_paying_from_another_number(jane: Talk, shop: Talk, say: Words) -> None:
    """The prompt goes to the phone she names, and the attempt remembers who asked."""
    jane.tap(say("Pay {amount}", amount="KSh 2,550"))
    jane.tap(say("Another number"))
    jane.say("0722000111")
    said = jane.tap(say("Pay now"))
    assert "KSh 2,550" in said
    attempt = theirs(jane, shop).scalars(sa.select(Attempt)).one()
    assert attempt.phone == "+254722000111"
    db.enter(jane.session, None)
    assert jane.conversation.journal is None


def test_a_second_tap_is_no_second_prompt(jane: Talk, shop: Talk, say: Words) -> None:
    """The confirm pays once, however often it is tapped and whatever her network does."""
    jane.tap(say("Pay {amount}", amount="KSh 2,550"))
    card = jane.screen[-1]
    for _again in range(3):
        jane.tap_on(card, say("Pay now"))
    assert len(theirs(jane, shop).scalars(sa.select(Attempt)).all()) == 1


def test_something_is_wrong(jane: Talk, shop: Talk, say: Words) -> None:
    """Her report is kept for the operator, and the shop is told to talk to her."""
    jane.tap(say("Something is wrong"))
    jane.say("1")
    thanks = jane.say("the bags were wet")
    assert say("Thank you. I have told the shop, and we look into it.") in thanks
    report = theirs(jane, shop).scalars(sa.select(AbuseReport)).one()
    assert report.note == "the bags were wet"
    tell(jane.session)
    assert "says that something is wrong with INV-0001" in shop.look()


def test_a_pdf_for_the_customer(jane: Talk, say: Words) -> None:
    """The same paper that the shop gets, under her own row."""
    jane.tap(say("PDF"))
    assert jane.prompt(jane.screen[-1]).attachment is not None


def test_the_shop_confirms_who_came(jane: Talk, shop: Talk, say: Words) -> None:
    """Until a tap says so she is only the viewer of one invoice; afterwards she is written to."""
    tell(jane.session)
    assert "Jane opened INV-0001" in shop.look()
    assert theirs(jane, shop).scalars(sa.select(Client.contact_id)).all() == [None]
    db.enter(jane.session, None)
    shop.press_first()
    assert theirs(jane, shop).scalars(sa.select(Client.contact_id)).one() is not None
    db.enter(jane.session, None)
    bill(shop)
    assert say("*{business}* sent you invoice *{number}*",
               business="Wanjiru Hardware", number="INV-0002") in jane.look()  # fmt: skip


def test_a_vouched_number_needs_no_tap(session: Session, shop: Talk, token: str) -> None:
    """Telegram says the account's number is the client's: she is the client's contact at once."""
    jane = Talk(session, name="Jane")
    jane.say("hi")
    share_number(jane)
    jane.say(f"/start {token}")
    tell(session)
    assert "opened" not in shop.look()
    assert theirs(jane, shop).scalars(sa.select(Client.contact_id)).one() is not None


@pytest.mark.parametrize("trick", ["passed on", "somebody else's"])
def test_a_number_that_nobody_vouches_for(
    session: Session, shop: Talk, token: str, trick: str
) -> None:
    """A forwarded card or another account's makes nobody the client's contact."""
    mallory = Talk(session, name="Mallory")
    mallory.say("hi")
    more: dict[str, object] = {}
    user_id = mallory.user_id
    if trick == "passed on":
        more["forward_origin"] = {"type": "hidden_user", "date": 1, "sender_user_name": "Jane"}
    else:
        user_id += 1
    card = {"phone_number": "254712345678", "first_name": "Jane", "user_id": user_id}
    mallory.post(mallory.message(contact=card, **more))
    mallory.say(f"/start {token}")
    assert theirs(mallory, shop).scalars(sa.select(Client.contact_id)).all() == [None]


def test_stop_and_start_again(jane: Talk, shop: Talk, say: Words) -> None:
    """Nothing unasked goes out after stop; what she asks herself is answered; resume undoes it."""
    tell(jane.session)
    shop.look()
    shop.press_first()
    jane.say("stop")
    contact = jane.session.scalars(
        sa.select(Contact).where(Contact.address == str(jane.user_id))
    ).one()
    assert contact.stopped_at is not None
    bill(shop)
    assert jane.look() == ""
    assert jane.say("help")
    jane.say("resume")
    bill(shop)
    assert "INV-0003" in jane.look()


def test_a_block_drops_what_waits(jane: Talk, shop: Talk) -> None:
    """Whoever blocks the bot is told nothing more; whoever writes again is back."""
    chat = {"chat": jane.chat(), "from": jane.sender(), "date": 1}
    bot = {"id": 700001, "is_bot": True, "first_name": "Bili"}
    change = {"old_chat_member": {"user": bot, "status": "member"},
              "new_chat_member": {"user": bot, "status": "kicked", "until_date": 0}}  # fmt: skip
    jane.post({"my_chat_member": {**chat, **change}})
    assert {row.status for row in jane.history()} == {"dropped"}
    assert jane.say("hello")
    assert jane.history()[-1].status == "waiting"


def test_one_person_is_merchant_and_customer(session: Session, shop: Talk) -> None:
    """She runs a shop and is billed by another: both at once, neither sees the other's rows."""
    other = merchant_talk(session, name="Otieno Timber")
    token = bill(shop, client="Otieno", phone="0722000111")
    card = other.say(f"/start {token}")
    assert "Wanjiru Hardware sent you invoice INV-0001" in card
    assert "Pay KSh 2,550" in other.labels()
    assert "Void it" not in other.labels()
    bill(other, client="Wanjiru", phone="0712000999")
    assert "INV-0001 Wanjiru" in (other.say("/invoices") and other.labels())
    assert "INV-0001 Otieno" not in other.labels()
    other.tap_on(next(r for r in other.history() if "sent you" in other.words(r)), "Pay")
    other.tap("Pay now")
    attempt = theirs(other, shop).scalars(sa.select(Attempt)).one()
    assert attempt.merchant_id == shop.conversation.merchant_id


def test_a_merchant_opens_her_own_link(shop: Talk, token: str) -> None:
    """She sees the card of the one who made it, and nobody is told that anyone came."""
    assert "INV-0001 for Jane" in shop.say(f"/start {token}")
    tell(shop.session)
    assert shop.look() == ""


def test_a_link_in_mid_question(shop: Talk, token: str) -> None:
    """A merchant in the middle of an invoice opens a link: then her question stands again."""
    shop.say("/invoice")
    said = shop.say(f"/start {token}")
    assert "INV-0001 for Jane" in said
    assert said.endswith("New invoice. Who is it for?")


def test_a_stranger_cannot_press_for_her(jane: Talk) -> None:
    """A button belongs to whom it was shown: for anyone else it is no button at all."""
    card = jane.screen[-1]
    thief = Talk(jane.session, name="Thief")
    thief.say("hi")
    thief.press(button(card.id, "pay"), card)
    assert thief.receipt.toast == "That button is no longer in use."
    assert thief.screen == []


def test_no_merchant_is_named_in_another_ones_rows(jane: Talk, shop: Talk) -> None:
    """What is said to a customer about a bill is filed under the shop that billed her."""
    tell(jane.session)
    rows = jane.session.scalars(sa.select(Outbound).where(Outbound.notice_id.is_not(None))).all()
    assert {row.merchant_id for row in rows} == {shop.conversation.merchant_id}


@pytest.mark.parametrize("button", ["Pay KSh 2,550", "Something is wrong"])
def test_back_shows_a_customer_nobody_elses_invoice(
    shop: Talk, jane: Talk, say: Words, button: str
) -> None:
    """However far she goes back, or whatever she types, the shop's other invoices stay its own."""
    bill(shop, client="Asha Secret", phone="0722000123")
    label = say("Pay {amount}", amount="KSh 2,550") if button.startswith("Pay") else say(button)
    asked = jane.tap(label)
    for _n in range(2):
        said = jane.say("back")
        assert said == f"{say('This is the first question. To stop, say *cancel*.')}\n\n{asked}"
        assert not any("Asha" in one for one in jane.labels())
    if button.startswith("Pay"):
        jane.tap(say("Another number"))
        assert jane.say("back") == asked
