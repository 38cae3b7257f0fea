"""Words said twice in a hurry do what they were meant for, once."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import db
from models.invoices import Invoice
from tests.world import Talk, in_words, merchant_talk

AGAIN = in_words("You said that for the one before. This one too?", "en")


def issued(session: Session, owner: Talk) -> list[str]:
    """The numbers that were given, oldest first."""
    with db.as_merchant(session, owner.conversation.merchant_id):
        named = sa.select(Invoice.number_text).where(Invoice.number_text.is_not(None))
        return list(session.scalars(named.order_by(Invoice.id)))


def card_that_comes_back(session: Session, words: str) -> Talk:
    """One bill left for another; the other is sent with these words, the first stands there again."""
    owner = merchant_talk(session)
    owner.say("/invoice Jane 0712345678 3 bags cement @850 due tomorrow")
    owner.say("/invoice Otieno 0722000222 5 chairs @2300 due tomorrow")
    owner.say(words)
    assert issued(session, owner) == ["INV-0001"]
    assert in_words("Back to where we were:", "en") in owner.words(owner.history()[-1])
    return owner


@pytest.mark.parametrize(
    ("words", "again"),
    [("send", "send"), ("1", "1"), ("Send ", "Send"), ("send", "1"), ("1", "tuma")],
)
def test_the_second_is_not_for_what_came_back(session: Session, words: str, again: str) -> None:
    """It was typed before that card was there: nothing goes out, she is asked once more."""
    owner = card_that_comes_back(session, words)
    said = owner.say(again)
    assert AGAIN in said
    assert "KSh 2,550" in said
    assert issued(session, owner) == ["INV-0001"]
    owner.say(words)
    assert issued(session, owner) == ["INV-0001", "INV-0002"]


def test_words_that_send_nothing_are_an_answer_at_once(session: Session) -> None:
    """Only what would have sent the one before is asked about."""
    owner = card_that_comes_back(session, "1")
    assert AGAIN not in owner.say("2")
    assert issued(session, owner) == ["INV-0001"]


def test_a_tap_is_for_the_card_it_hangs_on(session: Session) -> None:
    """Even where the same word was typed before."""
    owner = card_that_comes_back(session, "Send")
    owner.tap("Send")
    assert issued(session, owner) == ["INV-0001", "INV-0002"]


def test_a_number_said_again_is_no_goods(session: Session) -> None:
    """The answer to the question before, delivered twice, does not become what was sold."""
    owner = merchant_talk(session)
    for words in ("/invoice", "Jane", "0712345678"):
        owner.say(words)
    said = owner.say("+254 712 345678")
    assert in_words("That looks like a phone number. What is sold, in words?", "en") in said
    assert "3 × cement" in owner.say("3 cement")
