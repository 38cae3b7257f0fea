"""Twice in a row not understood: the menu and a person, at a question and out of the blue."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from tests.world import Talk, merchant_talk

PERSON = "+254700999888"


@pytest.fixture
def talk(session: Session) -> Talk:
    """A merchant whose bot has a person behind it."""
    talk = merchant_talk(session)
    talk.house = replace(talk.house, bot=replace(talk.house.bot, support_contact=PERSON))
    return talk


def test_out_of_the_blue(talk: Talk) -> None:
    """The first time the likeliest things, the second time the menu and the person."""
    first = talk.say("qwerty uiop zxcv")
    assert "Is it one of these?" in first
    assert PERSON not in first
    second = talk.say("asdf ghjk lzxc")
    assert f"Write to {PERSON}" in second
    assert "Menu" in talk.labels()


def test_at_a_question(talk: Talk) -> None:
    """An answer that cannot be read twice brings the ways out; a good one ends the count."""
    for said in ("/invoice", "Jane Mwangi", "0712345678", "cement"):
        talk.say(said)
    assert PERSON not in talk.say("a lot")
    assert f"A person answers at {PERSON}" in talk.say("very much")
    assert "When should it be paid?" in talk.say("850")
    assert PERSON not in talk.say("when the cows come home")


def test_nobody_is_promised_who_is_not_there(session: Session) -> None:
    """Without a person behind the bot, only the menu is offered."""
    talk = merchant_talk(session)
    for said in ("/invoice", "Jane Mwangi", "0712345678", "cement", "a lot"):
        talk.say(said)
    again = talk.say("very much")
    assert "Say menu to leave this for later: I keep all you said." in again
    assert "answers at" not in again


def test_in_swahili(talk: Talk) -> None:
    """Both texts in her language."""
    talk.say("/language")
    talk.tap("Kiswahili")
    talk.say("qwerty uiop zxcv")
    assert f"Andika kwa {PERSON}" in talk.say("asdf ghjk lzxc")
