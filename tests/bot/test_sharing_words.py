"""How long a sent invoice can be undone is said in good grammar, for one second as for twenty."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from bot import sharing
from models.text import render
from tests import make
from tests.world import house


@pytest.mark.parametrize(("seconds", "said"), [(1, "1 second to"), (20, "20 seconds to")])
def test_seconds_are_counted(session: Session, seconds: int, said: str) -> None:
    """The customer who has no chat: the card that goes with the words to pass on."""
    make.merchant(session)
    here = house()
    here = replace(here, bot=replace(here.bot, undo_s=seconds))
    card, _passed = sharing.send(session, here, make.invoice(session))
    last = card.paragraphs[-1]
    assert f"You have {said} undo it." in render(last, "en")
    assert f"Una sekunde {seconds} za kuitengua." in render(last, "sw")


@pytest.mark.parametrize(("seconds", "said"), [(1, "in 1 second."), (20, "in 20 seconds.")])
def test_to_a_customer_in_chat(session: Session, seconds: int, said: str) -> None:
    """The card that says when it goes out."""
    make.merchant(session)
    chat = make.contact(session, make.person(session, name="Jane"))
    invoice = make.invoice(session, make.client(session, contact_id=chat.id))
    here = house()
    here = replace(here, bot=replace(here.bot, undo_s=seconds))
    (card,) = sharing.send(session, here, invoice)
    assert said in render(card.paragraphs[0], "en")
    assert f"baada ya sekunde {seconds}." in render(card.paragraphs[0], "sw")
