"""Words that merchants try first, and figures that a customer can add up."""

import pytest
from sqlalchemy.orm import Session

from tests.world import Talk, in_words, merchant_talk

NOTED, HERE = "Your language is noted.", "I am here."


@pytest.mark.parametrize(
    ("again", "answer"),
    [("English", NOTED), ("1", NOTED), ("kiswahili ", NOTED),
     ("hi", HERE), ("Hello!", HERE), ("habari", HERE)],
)  # fmt: skip
def test_a_word_said_twice_is_no_name(session: Session, again: str, answer: str) -> None:
    """Whoever hears nothing repeats herself or knocks: her business is not called so."""
    talk = Talk(session)
    talk.say("/start")
    talk.tap("English")
    said = talk.say(again)
    assert in_words(answer, "en") in said
    assert "What is the name of your business?" in said
    assert "Which country" in talk.say("English Bakery")


@pytest.mark.parametrize(
    "words",
    ["reminders", "stop reminders", "Reminders off", "zima vikumbusho", "vikumbusho",
     "/reminders", "/vikumbusho"],
)  # fmt: skip
def test_reminders_are_found_by_their_name(session: Session, words: str) -> None:
    """The question of the settings, where “no reminders” is one of the answers."""
    assert "When shall I remind customers?" in merchant_talk(session).say(words)


@pytest.mark.parametrize("words", ["statement Jane", "taarifa Jane", "statement for Jane"])
def test_a_statement_without_a_for(session: Session, words: str) -> None:
    """The name behind the word is enough."""
    owner = merchant_talk(session)
    owner.say("/invoice Jane 0712345678 3 bags cement @850 due tomorrow")
    owner.tap("Send")
    assert "Statement for Jane" in owner.say(words)


@pytest.mark.parametrize("language", ["en", "sw"])
def test_a_customer_sees_what_makes_the_total(session: Session, language: str) -> None:
    """Tax on top and a discount are lines of their own, or the sum looks wrong."""
    owner = merchant_talk(session)
    owner.say("/invoice Jane 0712345678 2 braids @1500 less 10% vat 16% due tomorrow")
    owner.tap("16% on top")
    owner.tap("Send")
    jane = Talk(session, name="Jane", language_code=language)
    said = jane.say(f"/start {link(owner)}")
    assert in_words("Discount: {amount}", language, amount="-KSh 300") in said
    assert "VAT: KSh 432" in said
    assert "KSh 3,132" in said


def link(owner: Talk) -> str:
    """The token in the message to pass on."""
    said = "\n".join(owner.words(row) for row in owner.history())
    return said.rpartition("/i/")[2][:22]


def test_an_undo_after_a_payment_says_how_to_take_that_back(session: Session) -> None:
    """“Undo” right after writing money down is about the money."""
    owner = merchant_talk(session)
    owner.say("/invoice Jane 0712345678 3 bags cement @850 due tomorrow")
    owner.tap("Send")
    owner.say("Jane paid 200 cash")
    owner.tap("Save payment")
    assert "/reverse" in owner.say("undo")
    assert "Which payment was wrong?" in owner.say("/reverse")
