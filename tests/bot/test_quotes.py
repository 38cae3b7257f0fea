"""Quotes: from the line a merchant types to the customer's yes and the invoice made of it."""

import re
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import papers
from models import db
from models.invoices import Invoice
from models.merchants import Member
from models.quotes import Quote
from tests import world
from tests.world import Talk, house, in_words, merchant_talk


def offer(talk: Talk, line: str = "quote Jane 0712345678 3 bags cement @850") -> str:
    """A quote by one line; the token of its link."""
    talk.say(line)
    said = talk.tap("Send quote" if talk.language == "en" else "Tuma makadirio")
    found = re.search(r"/q/([\w-]{20,})", said)
    assert found, said
    return found[1]


def rows(session: Session, talk: Talk, model: type[Any]) -> list[Any]:
    db.enter(session, talk.conversation.merchant_id)
    found = list(session.scalars(sa.select(model).order_by(model.id)))
    db.enter(session, None)
    return found


def test_a_quote_question_by_question(session: Session, channel: str) -> None:
    """Client, item, price, look, send: good for thirty days unless she says otherwise."""
    talk = merchant_talk(session)
    for words in ("/quote", "Jane", "0712345678", "3 bags of cement"):
        talk.say(words)
    said = talk.say("850")
    assert "Quote for Jane" in said
    assert "Good until Sun 20 Dec" in said
    talk.tap("Good until")
    assert "Good until Fri 4 Dec" in talk.say("4 Dec")
    said = talk.tap("Send quote")
    assert "Quote Q-0001 for KSh 2,550 is ready. Please pass it on to Jane" in said
    assert "Hello Jane, this is quote Q-0001" in said
    (quote,) = rows(session, talk, Quote)
    assert (quote.total_minor, quote.status) == (255_000, "open")
    assert not rows(session, talk, Invoice)


def test_a_link_typed_is_as_good_as_opened(session: Session, channel: str) -> None:
    """Whoever was passed the message sends it on to the bot: the quote is shown to her."""
    token = offer(merchant_talk(session))
    jane = Talk(session, name="Jane")
    said = jane.say(f"Hello Jane, this is quote Q-0001: {world.APP_URL}/q/{token}")
    assert "cement" in said


def test_yes_and_the_invoice(session: Session, channel: str) -> None:
    """The customer opens the link, says yes; the merchant hears it and bills with two answers."""
    talk = merchant_talk(session)
    token = offer(talk)
    jane = Talk(session, name="Jane")
    said = jane.say(f"/start {token}")
    assert "Wanjiru Hardware sent you quote Q-0001" in said
    assert "3 × bags cement: KSh 2,550" in said
    assert "I have told Wanjiru Hardware" in jane.tap("Accept")
    assert "You have accepted it already" in jane.tap("Accept")
    world.tell(session)
    assert talk.look() == "✅ Jane accepted quote Q-0001 for KSh 2,550."

    assert "When should it be paid?" in talk.tap("Make the invoice")
    assert "From quote Q-0001" in talk.say("2")
    assert "INV-0001" in talk.tap("Send")
    (invoice,) = rows(session, talk, Invoice)
    assert invoice.quote_id == rows(session, talk, Quote)[0].id
    assert "Billed as INV-0001" in talk.say("quote Q-0001")
    assert "See the invoice" in talk.labels()


def test_a_quote_is_billed_once(session: Session) -> None:
    """An old button, tapped again after the quote was billed, makes no second invoice."""
    talk = merchant_talk(session)
    offer(talk)
    talk.say("quote 1")
    card = talk.screen[-1]
    for _turn in range(2):
        talk.tap_on(card, "Make the invoice")
        talk.say("2")
        said = talk.tap("Send")
    assert "This quote was billed as INV-0001." in said
    assert len(rows(session, talk, Invoice)) == 1


def test_no_then_yes(session: Session) -> None:
    """Who said no may still say yes; the merchant hears both, each once."""
    talk = merchant_talk(session)
    token = offer(talk)
    jane = Talk(session, name="Jane")
    jane.say(f"/start {token}")
    jane.tap("No, thank you")
    jane.tap("No, thank you")
    world.tell(session)
    assert talk.look() == "Jane said no to quote Q-0001 for KSh 2,550."
    assert "Declined" in jane.say(f"/start {token}")
    jane.tap("Accept")
    world.tell(session)
    assert "accepted" in talk.look()


def test_taken_back(session: Session, channel: str) -> None:
    """Asked first; afterwards the customer's old button says so and nothing is told twice."""
    talk = merchant_talk(session)
    token = offer(talk)
    jane = Talk(session, name="Jane")
    jane.say(f"/start {token}")
    talk.say("quotes for Jane")
    assert "Shall I take back quote Q-0001?" in talk.tap("Take it back")
    assert "Quote Q-0001 is taken back." in talk.tap("Take it back")
    assert "This quote was taken back" in jane.tap("Accept")
    assert rows(session, talk, Quote)[0].status == "withdrawn"


def test_quotes_are_listed(session: Session, channel: str) -> None:
    """Eight at a time, the newest first; one is opened by its number or found by its client."""
    talk = merchant_talk(session)
    assert "You have no quotes yet" in talk.say("/quotes")
    for n in range(9):
        offer(talk, f"quote Client{'abcdefghi'[n]} 07123456{n}0 cement 850")
    talk.say("my quotes")
    labels = talk.labels()
    assert labels[0].startswith("Q-0009")
    assert labels[8:] == ["More", "New quote"]
    talk.tap("More")
    assert talk.labels()[0].startswith("Q-0001")
    assert "Quote Q-0003 for Clientc" in talk.say("show quote 3")
    assert "Quote Q-0005 for Cliente" in talk.say("quotes for cliente")


def test_its_paper(session: Session) -> None:
    """The quote as a document, for the merchant and for the customer."""
    talk = merchant_talk(session)
    token = offer(talk)
    jane = Talk(session, name="Jane")
    jane.say(f"/start {token}")
    jane.tap("PDF")
    paper = jane.prompt(jane.screen[-1]).attachment
    assert paper is not None
    db.enter(session, paper.merchant_id)
    file = papers.fetch(session, paper, "telegram", "en", house())
    assert (file.name, file.content[:4]) == ("Q-0001.pdf", b"%PDF")


@pytest.mark.parametrize("line", [
    "quote for Jane", "estimate for Jane", "make a quote for Jane", "send Jane a quote", "/quote Jane",
    "makadirio ya Jane", "tengeneza makadirio kwa Jane", "naomba kutengeneza makadirio ya bei ya Jane",
])  # fmt: skip
def test_sentences_that_begin_a_quote(session: Session, line: str) -> None:
    """By name in a sentence or behind the command; her number is asked next."""
    talk = merchant_talk(session)
    assert "phone number of Jane" in talk.say(line)


def test_a_swahili_line(session: Session) -> None:
    """The day that is named is the last one that the price is good for."""
    talk = merchant_talk(session, language="Kiswahili")
    said = talk.say("makadirio ya Otieno 0722000222 mifuko 3 ya saruji @850 kabla ya 4/12")
    assert in_words("Good until {day}", "sw", day=date(2026, 12, 4)) in said


def test_a_cashier_may_offer_and_not_take_back(session: Session) -> None:
    """Offers are made at the counter; taking one back is for the owner or a manager."""
    talk = merchant_talk(session)
    db.enter(session, talk.conversation.merchant_id)
    session.execute(sa.update(Member).values(role="cashier"))
    db.enter(session, None)
    offer(talk)
    talk.say("quote 1")
    assert "Only the owner or a manager" in talk.tap("Take it back")


def test_another_business_sees_nothing(session: Session) -> None:
    """Neither by number nor in the list; a stranger who types a number is told nothing."""
    offer(merchant_talk(session))
    other = merchant_talk(session, name="Other Shop")
    assert "I find no quote" in other.say("show quote 1")
    assert "You have no quotes yet" in other.say("/quotes")
