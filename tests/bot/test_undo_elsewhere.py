"""Undo where the merchant passes the invoice on, by plain words, by others, and beside void."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import db
from models.invoices import Status
from models.merchants import Member
from models.traffic import Outbound
from tests.bot.test_undo import UNDO_S, deliver, heard, known, later, newest, send, shop
from tests.conftest import NOW
from tests.world import Talk, Words, bill, tell


def test_what_the_merchant_passes_on(
    session: Session, monkeypatch: pytest.MonkeyPatch, language: str, say: Words
) -> None:
    """The same seconds, though nobody is written to; what she passed on opens nothing."""
    talk = shop(session, language)
    token = bill(talk)
    assert say("Undo") in talk.labels() or any(
        say("Undo") in str(row.body) or "Undo" in str(row.body) for row in talk.screen
    )
    later(monkeypatch, timedelta(seconds=19))
    said = talk.tap(say("Undo"))
    assert "INV-0001" in said
    assert newest(talk, Status.VOID).token is None
    db.enter(session, None)
    assert "does not open" in Talk(session).say(f"/start {token}")


def test_what_was_passed_on_and_opened(session: Session) -> None:
    """Whoever the link came to has seen it: it stays."""
    talk = shop(session)
    Talk(session).say(f"/start {bill(talk)}")
    assert "was opened already" in talk.tap("Undo")


def test_passed_on_and_over(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """After twenty seconds it stays."""
    talk = shop(session)
    bill(talk)
    later(monkeypatch, UNDO_S)
    assert "seconds to undo INV-0001 are over" in talk.tap("Undo")


def test_void_in_the_same_seconds(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """What still waits is not sent to be taken back: the customer hears neither."""
    talk = shop(session)
    jane = known(session, talk)
    send(talk)
    deliver(session)
    before = heard(session, jane)
    talk.say("void INV-2")
    talk.say("wrong price")
    talk.tap("Void it")
    assert newest(talk, Status.VOID).number_text == "INV-0002"
    db.enter(session, None)
    tell(session)
    later(monkeypatch, timedelta(hours=1))
    deliver(session)
    assert heard(session, jane) == before


def test_sent_again_while_it_waits(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """The customer gets it once."""
    talk = shop(session)
    jane = known(session, talk)
    send(talk)
    deliver(session)
    before = heard(session, jane)
    talk.say("INV-2")
    talk.tap("Send again")
    later(monkeypatch, UNDO_S)
    deliver(session)
    assert heard(session, jane) == before + 1


def test_without_undo(session: Session) -> None:
    """Zero seconds: sent at once, and no button."""
    talk = shop(session)
    jane = known(session, talk)
    talk.house = replace(talk.house, bot=replace(talk.house.bot, undo_s=0))
    said = send(talk)
    assert "went to" in said
    assert "Undo" not in talk.labels()
    deliver(session)
    assert heard(session, jane) == sum(1 for row in jane.history())
    assert "cannot be undone" in talk.say("undo INV-2") or "over" in talk.screen[-1].body


@pytest.mark.parametrize(
    ("role", "own", "may"),
    [("owner", False, True), ("manager", False, True), ("cashier", True, True),
     ("cashier", False, False), ("viewer", True, False)],
)  # fmt: skip
def test_who_may_undo(session: Session, role: str, *, own: bool, may: bool) -> None:
    """Whoever sent it and may send; of others' only who may void."""
    talk = shop(session)
    bill(talk)
    merchant_id = talk.conversation.merchant_id
    if not own:
        talk = Talk(session, name="Otieno")
        talk.say("/help")
        talk.conversation.merchant_id = merchant_id
        db.enter(session, merchant_id)
        who = {"merchant_id": merchant_id, "person_id": talk.person.id}
        session.add(Member(**who, role=role, made_at=NOW))
    db.enter(session, merchant_id)
    mine = Member.person_id == talk.person.id
    session.execute(sa.update(Member).where(mine).values(role=role))
    db.enter(session, None)
    assert ("is taken back" in talk.say("undo INV-1")) is may


@pytest.mark.parametrize("words", ["undo", "Undo it", "undo INV-2", "tengua", "rudisha hiyo"])
def test_in_plain_words(session: Session, words: str) -> None:
    """The newest, or the one she names."""
    talk = shop(session)
    known(session, talk)
    send(talk)
    assert "INV-0002 is taken back" in talk.say(words)


def test_the_talk_it_came_between_goes_on_afterwards(session: Session) -> None:
    """What she had begun meanwhile is asked again once the card is done with."""
    talk = shop(session)
    known(session, talk)
    send(talk)
    talk.say("/client")
    talk.tap("Undo")
    said = talk.tap("Save as draft")
    assert "Back to where we were" in said


def test_the_story_of_an_undone_invoice(session: Session) -> None:
    """Its card and /why say that it was taken back and that nobody heard of it."""
    talk = shop(session)
    known(session, talk)
    send(talk)
    talk.tap("Undo")
    talk.say("/cancel")
    said = talk.say("/why INV-2")
    assert "Taken back within 20 seconds; nothing had gone out, by Wanjiru" in said
    assert "The invoice: not sent to Jane, it was taken back in time" in said
    assert "Undone" in talk.say("INV-2")
    assert db.now(session)
    assert session.scalars(sa.select(Outbound.error_code).where(Outbound.status == "dropped")).all()
