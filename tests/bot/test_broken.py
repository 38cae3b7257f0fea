"""What happens when we break, or may not do in the end what was asked (I-25)."""

from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import sharing
from conversations import turn
from invoicing import lifecycle
from models import db
from models.errors import Refusal
from models.merchants import Member
from models.text import _
from models.traffic import Inbound
from tests.bot.test_scenarios import ANSWERS, CONFIRM, invoices
from tests.world import Talk, merchant_talk


@pytest.fixture
def talk(session: Session) -> Talk:
    """A merchant with nothing under way."""
    return merchant_talk(session)


@pytest.fixture
def ready(talk: Talk) -> Talk:
    """One who is asked to confirm KSh 2,550."""
    for words in ("/invoice", *ANSWERS):
        talk.say(words)
    return talk


def broken(*_args: Any, **_more: Any) -> Any:
    raise ZeroDivisionError("a bug of ours")


@pytest.mark.parametrize("place", ["bill", "send"])
def test_a_bug_parks_the_dialogue(ready: Talk, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    """One apology, no invoice, the message kept; once mended, the same answers go through."""
    room = {"bill": lifecycle, "send": sharing}[place]
    with monkeypatch.context() as patched:
        patched.setattr(room, place, broken)
        assert "something went wrong on my side" in ready.tap("Send")
    last = ready.session.scalars(sa.select(Inbound).order_by(Inbound.id.desc()).limit(1)).one()
    assert last.outcome == "failed"
    assert ready.conversation.journal is None
    assert invoices(ready) == []
    ready.say("menu")
    assert CONFIRM in ready.tap("Continue")
    ready.tap("Send")
    assert [invoice.number_text for invoice in invoices(ready)] == ["INV-0001"]


def test_a_bug_in_a_question_is_no_loop(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A dialogue that cannot go on is left: the next word is heard without it."""
    talk.say("/invoice")
    with monkeypatch.context() as patched:
        patched.setattr(turn, "take", broken)
        assert "something went wrong" in talk.say("Jane")
        assert "What would you like to do?" in talk.say("menu")


def test_a_refusal_at_the_end_keeps_every_answer(
    ready: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It could not be carried out: she is told why and asked to confirm again, nothing retyped."""

    def refuse(*_args: Any, **_more: Any) -> Any:
        raise Refusal(_("Only the owner or a manager can do that."), "role")

    answers = (ready.conversation.journal or {})["answers"]
    with monkeypatch.context() as patched:
        patched.setattr(lifecycle, "bill", refuse)
        said = ready.tap("Send")
    assert "Only the owner or a manager can do that." in said
    assert CONFIRM in said
    assert (ready.conversation.journal or {})["answers"] == answers
    ready.tap("Send")
    assert len(invoices(ready)) == 1


def test_who_may_no_longer_bill_is_refused_at_the_end(ready: Talk) -> None:
    """The command is checked when it is carried out, not when the talk began (C-9)."""
    db.enter(ready.session, ready.conversation.merchant_id)
    ready.session.execute(sa.update(Member).values(role="viewer"))
    db.enter(ready.session, None)
    assert "You may look here, but not change anything." in ready.tap("Send")
    assert invoices(ready) == []
