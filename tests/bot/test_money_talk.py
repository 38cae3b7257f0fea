"""Money by hand and money without an owner, as merchant and customer meet them in chat."""

import re

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from conversations.prompts import from_json
from models import db
from models.invoices import Invoice
from models.merchants import Member
from models.money import Money
from models.payments import Payment
from payments import settlement
from payments.evidence import Evidence, Source
from tests.world import Talk, bill, in_words, merchant_talk, tell

PHONE = "0712345678"


pytestmark = pytest.mark.usefixtures("channel")


def customer(talk: Talk, token: str) -> Talk:
    """Jane opens her invoice and her merchant says that it is she."""
    jane = Talk(talk.session, name="Jane")
    jane.say(f"/start {token}")
    tell(talk.session)
    talk.look()
    talk.tap("Yes, it is")
    return jane


def arrives(talk: Talk, minor: int, account: str, receipt: str, phone: str = "254711222333") -> str:
    """Money nobody was asked for; what the merchant reads of it."""
    db.enter(talk.session, talk.conversation.merchant_id)
    told = Evidence("daraja", Source.C2B, amount=Money(minor, "KES"), receipt=receipt,
                    account=account, payer_name="PETER K", payer_phone=phone)  # fmt: skip
    settlement.settle(talk.session, told)
    db.enter(talk.session, None)
    tell(talk.session)
    return talk.look()


def balances(talk: Talk) -> list[int]:
    """What her invoices ask for, by id."""
    db.enter(talk.session, talk.conversation.merchant_id)
    talk.session.expire_all()
    found = [row.balance.amount_minor for row in
             talk.session.scalars(sa.select(Invoice).order_by(Invoice.id))]  # fmt: skip
    db.enter(talk.session, None)
    return found


@pytest.mark.parametrize("words", ["payments", "malipo", "/payments", "/malipo"])
def test_payments_are_asked_for(session: Session, words: str) -> None:
    """By a plain word or a command, in both languages."""
    talk = merchant_talk(session)
    bill(talk)
    talk.say("jane paid 500 cash")
    talk.tap("Save payment")
    assert "KSh 500, Jane, INV-0001" in talk.say(words)


def test_payments_are_listed(session: Session) -> None:
    """Eight a page, newest first, the next page after the last one seen; each has its card."""
    talk = merchant_talk(session)
    bill(talk)
    for at in range(10):
        talk.say(f"jane paid {100 + at} cash ref A{at}")
        talk.tap("Save payment")
    said = talk.say("payments")
    assert "KSh 109, Jane, INV-0001" in said
    assert "KSh 101, Jane" not in said
    assert len([label for label in talk.labels() if label.startswith("KSh")]) == 8
    said = talk.tap("More")
    assert "KSh 101, Jane" in said
    assert "KSh 109" not in said
    card = talk.tap("KSh 101")
    assert "KSh 101 from Jane" in card
    assert "Reference: A1" in card
    assert "On INV-0001: KSh 101" in card
    assert "Written down by Wanjiru" in card


def test_the_last_payment_is_taken_back(session: Session) -> None:
    """By a plain sentence, after a look; the invoice is owed again."""
    talk = merchant_talk(session)
    bill(talk)
    talk.say("jane paid 500 cash")
    talk.tap("Save payment")
    assert balances(talk) == [205_000]
    assert "What is wrong with the KSh 500 from Jane?" in talk.say("reverse the last payment")
    assert "INV-0001: KSh 500 is owed again" in talk.tap("Written wrongly")
    said = talk.tap("Take it back")
    assert "KSh 500 is taken back." in said
    assert "INV-0001: KSh 2,550 is to be paid again." in said
    assert balances(talk) == [255_000]
    assert "No money has come yet." in talk.say("futa malipo ya mwisho")


def test_money_given_back(session: Session) -> None:
    """From the card: amount, way, and what opens again."""
    talk = merchant_talk(session)
    bill(talk)
    talk.say("jane paid 3000 bank")
    talk.tap("Save payment")
    talk.tap("See the payment")
    talk.tap("Money given back")
    talk.say("650")
    assert "INV-0001: KSh 200 is owed again" in talk.tap("Cash")
    assert "KSh 650 given back is written down." in talk.tap("Save")
    assert balances(talk) == [20_000]
    assert "Given back: KSh 650" in talk.tap("See the payment")


@pytest.mark.real_clock  # who was met at this very moment has no credit
def test_credit_is_offered_and_used(session: Session) -> None:
    """After the next invoice went out; a second tap uses nothing twice (F-6)."""
    talk = merchant_talk(session)
    bill(talk)
    talk.say("jane paid 2850 bank")
    assert "Kept as credit: KSh 300" in talk.words(talk.screen[-1])
    talk.tap("Save payment")
    said = talk.say("same as last time for Jane") + talk.say("1") + talk.say("Send")
    assert "Jane has KSh 300 credit. Shall I use it on INV-0002?" in said
    row = talk.screen[-1]
    assert "KSh 300 credit is used on INV-0002. KSh 2,250 is left." in talk.tap("Use the credit")
    assert "There is no credit left to use." in talk.tap_on(row, "Use the credit")
    assert balances(talk) == [0, 225_000]


def test_the_same_twice_is_asked(session: Session) -> None:
    """A payment like the one before is saved only on an express wish."""
    talk = merchant_talk(session)
    bill(talk)
    for said in ("jane paid 500 cash", "jane amelipa 500 taslimu"):
        talk.say(said)
        answer = talk.tap("Save payment")
    assert "is written down already" in answer
    assert balances(talk) == [205_000]
    assert "Shall I save it as another payment?" in talk.tap("It is another one")
    talk.tap("Save payment")
    assert balances(talk) == [155_000]


@pytest.mark.parametrize("agrees", [True, False])
def test_cash_is_confirmed_by_whoever_paid(session: Session, *, agrees: bool) -> None:
    """She is asked; “not me” stops reminders and lets the merchant decide (F-13)."""
    talk = merchant_talk(session)
    jane = customer(talk, bill(talk))
    talk.say("jane paid 500 cash")
    assert "I have asked Jane to confirm it." in talk.tap("Save payment")
    assert "They have not confirmed it yet." in talk.tap("See the payment")
    tell(session)
    assert "wrote down that you paid KSh 500 in cash" in jane.look()
    if agrees:
        assert "agree on it" in jane.tap("Confirm")
        assert "They confirmed it." in talk.tap("See the payment")
        return
    assert "I have told Wanjiru Hardware" in jane.tap("Not me")
    tell(session)
    assert "says that they did not pay the KSh 500" in talk.look()
    assert "KSh 500 is taken back." in talk.tap("Take it back")
    assert balances(talk) == [255_000]
    tell(session)
    assert "does not count any more" in jane.look()


def test_nobody_else_answers_for_her(session: Session) -> None:
    """The button in another's hands answers nothing."""
    talk = merchant_talk(session)
    jane = customer(talk, bill(talk))
    talk.say("jane paid 500 cash")
    talk.tap("Save payment")
    tell(session)
    jane.look()
    row = jane.screen[-1]
    thief = Talk(session, name="Thief")
    thief.say("hi")
    choice = from_json(row.body).choices[1]
    thief.press(f"{row.id}.{choice.value}")
    db.enter(session, talk.conversation.merchant_id)
    assert session.scalars(sa.select(Payment.confirmation)).all() == ["asked"]
    db.enter(session, None)


def test_money_without_an_owner(session: Session) -> None:
    """A card with the likeliest invoices; one tap books it, undo gives it back (F-5)."""
    talk = merchant_talk(session)
    bill(talk)
    said = arrives(talk, 255_000, "shop", "UKX0000001")
    assert "KSh 2,550 arrived from PETER K" in said
    assert "INV-0001 Jane, KSh 2,550: the same amount" in said
    row = talk.screen[-1]
    assert "KSh 2,550 is booked. INV-0001 of Jane is paid." in talk.tap("INV-0001 Jane")
    assert "has found its place already" in talk.tap_on(row, "INV-0001 Jane")
    assert balances(talk) == [0]
    assert "without an owner again" in talk.tap("Undo")
    assert balances(talk) == [255_000]


def test_a_known_payer_comes_first(session: Session) -> None:
    """The second payment of a payer is suggested for the right client."""
    talk = merchant_talk(session)
    bill(talk)
    bill(talk, "Otieno", "0722000111")
    arrives(talk, 1_000, "x", "UKX0000002")
    talk.tap("Another invoice")
    talk.tap("INV-0001 Jane")
    said = arrives(talk, 2_000, "y", "UKX0000003")
    assert re.search(r"INV-0001 Jane, KSh 2,540: they paid for this client before", said)


def test_as_credit_or_not_mine(session: Session) -> None:
    """It may be somebody's for later, or nobody's here; both can be found again."""
    talk = merchant_talk(session)
    bill(talk)
    arrives(talk, 1_000, "x", "UKX0000004")
    talk.tap("A client's credit")
    assert "KSh 10 is kept as credit of Jane." in talk.tap("Jane")
    arrives(talk, 2_000, "y", "UKX0000005")
    assert "I ask no more about this KSh 20" in talk.tap("Not mine")
    talk.say("payments")
    said = talk.tap("Whose is it?")
    assert "All the money that came has its place." in said


@pytest.mark.parametrize("role", ["viewer", "cashier"])
def test_roles(session: Session, role: str) -> None:
    """A viewer only looks; a cashier records and matches but takes nothing back."""
    talk = merchant_talk(session)
    bill(talk)
    talk.say("jane paid 500 cash")
    talk.tap("Save payment")
    db.enter(session, talk.conversation.merchant_id)
    session.execute(sa.update(Member).values(role=role))
    db.enter(session, None)
    said = talk.say("reverse the last payment")
    assert "Only the owner or a manager can do that." in said
    assert talk.conversation.journal is None
    assert balances(talk) == [205_000]


def test_in_swahili(session: Session) -> None:
    """The same way from the sentence to the money, in Swahili."""
    talk = merchant_talk(session, "Duka", "Kiswahili")
    bill(talk)
    said = talk.say("Jane amelipa 500 taslimu")
    assert in_words("*Payment from {client}*", "sw", client="Jane") in said
    done = talk.say("1")
    assert "INV-0001" in done
    assert balances(talk) == [205_000]
