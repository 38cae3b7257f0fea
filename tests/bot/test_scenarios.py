"""The scenarios every flow must survive, over a new invoice and through dispatch (I-25)."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import dispatch, telegram
from bot.channel import button
from models import db
from models.invoices import Invoice
from models.people import Contact
from models.traffic import Outbound
from tests import make
from tests.world import Talk, bill, merchant_talk

ANSWERS = ("Jane", "0712345678", "3 bags of cement", "850", "2")
CONFIRM = "Shall I send it?"


@pytest.fixture
def talk(session: Session) -> Talk:
    """A merchant with nothing under way."""
    return merchant_talk(session)


@pytest.fixture
def ready(talk: Talk) -> Talk:
    """One who has answered everything and is asked to confirm KSh 2,550."""
    talk.say("/invoice")
    for words in ANSWERS:
        talk.say(words)
    assert CONFIRM in talk.words(talk.screen[-1])
    return talk


def invoices(talk: Talk) -> list[Invoice]:
    """Everything she has billed."""
    db.enter(talk.session, talk.conversation.merchant_id)
    found = list(talk.session.scalars(sa.select(Invoice).order_by(Invoice.id)))
    db.enter(talk.session, None)
    return found


def again(talk: Talk, update: dict[str, Any]) -> str:
    """The very same body once more."""
    inbound = telegram.read(update)
    assert inbound is not None
    talk.receipt = dispatch.receive(talk.session, inbound, talk.house)
    db.enter(talk.session, None)
    return talk.look()


def tap_update(talk: Talk, row: Outbound, choice: str, number: int) -> dict[str, Any]:
    """A tap with a callback id of its own."""
    return {
        "update_id": number,
        "callback_query": {
            "id": "777001", "from": talk.sender(), "chat_instance": "1",
            "data": button(row.id, choice),
            "message": {"message_id": 1, "date": 0, "chat": talk.chat()},
        },
    }  # fmt: skip


# --- The same thing twice ---


def test_an_update_delivered_twice_is_heard_once(talk: Talk) -> None:
    """The same update id: stored once, answered once (I-9)."""
    talk.say("/invoice")
    update = {"update_id": 990_001, **talk.message(text="Jane")}
    assert "Jane" in again(talk, update)
    assert again(talk, update) == ""
    assert not talk.receipt.fresh


def test_a_message_under_a_new_update_id_is_heard_once(talk: Talk) -> None:
    """What was said is known by itself, not only by its delivery."""
    talk.say("/invoice")
    message = talk.message(text="Jane")
    assert again(talk, {"update_id": 990_002, **message})
    assert again(talk, {"update_id": 990_003, **message}) == ""


def test_a_tap_sent_again_counts_once(ready: Talk) -> None:
    """The app repeats a tap under a new update id: one invoice."""
    card = ready.screen[-1]
    send = next(
        c.value for c in ready.prompt(card).choices if c.value == "send" or "send" in c.value
    )
    assert "INV-0001" in again(ready, tap_update(ready, card, send, 990_004))
    assert again(ready, tap_update(ready, card, send, 990_005)) == ""
    assert len(invoices(ready)) == 1


def test_two_taps_on_one_confirm_issue_once(ready: Talk) -> None:
    """Two fingers, two callback ids, one button: one invoice, and a word for the second."""
    card = ready.screen[-1]
    ready.tap_on(card, "Send")
    ready.tap_on(card, "Send")
    assert ready.receipt.toast == "You have answered this already."
    assert len(invoices(ready)) == 1


# --- Old buttons ---


def test_a_stale_button_answers_no_other_question(ready: Talk) -> None:
    """A tap on a question long past changes nothing and shows where we are."""
    due = next(row for row in ready.history() if row.asked_key == "due")
    before = ready.conversation.journal
    ready.tap_on(due, "In 30 days")
    assert ready.receipt.toast or CONFIRM in ready.words(ready.screen[-1])
    assert ready.conversation.journal == before
    assert invoices(ready) == []


def test_an_old_confirm_after_an_edit_never_issues(ready: Talk) -> None:
    """The button said KSh 2,550; the price is another now: it sends nothing (C-6)."""
    old = ready.screen[-1]
    ready.tap("Price")
    assert "KSh 2,700" in ready.say("900")
    said = ready.tap_on(old, "Send")
    assert invoices(ready) == []
    assert ready.receipt.toast or "KSh 2,700" in said
    ready.tap("Send")
    assert [invoice.total_minor for invoice in invoices(ready)] == [270_000]


def test_the_old_confirm_works_again_when_nothing_differs(ready: Talk) -> None:
    """Edited there and back: what is shown is what the old button said, so it may count."""
    old = ready.screen[-1]
    ready.tap("Price")
    ready.say("900")
    ready.tap("Price")
    ready.say("850")
    ready.tap_on(old, "Send")
    assert [invoice.total_minor for invoice in invoices(ready)] in ([], [255_000])


def test_a_button_after_the_end(ready: Talk) -> None:
    """Everything of a dialogue that has ended is closed."""
    rows = [row for row in ready.history() if row.asked_key]
    ready.tap("Send")
    for row in rows:
        for choice in ready.prompt(row).choices:
            ready.press(button(row.id, choice.value), row)
            assert ready.receipt.toast
    assert len(invoices(ready)) == 1


def test_an_old_offer_answers_no_other_question(talk: Talk) -> None:
    """“Use menu as the name?”, answered in words; its button later is no answer to the price."""
    talk.say("/invoice")
    talk.say("menu")
    offer = talk.screen[-1]
    talk.say("1")
    talk.say("0712345678")
    assert talk.conversation.journal is not None
    before = talk.conversation.journal
    talk.tap_on(offer, "Yes")
    assert talk.conversation.journal == before
    talk.tap_on(offer, "No")
    assert talk.conversation.journal == before


def test_a_word_of_ours_as_an_answer_is_kept_as_typed(session: Session) -> None:
    """A shop may be called “Stop”, with its capital."""
    talk = Talk(session)
    talk.say("/start")
    talk.tap("English")
    talk.say("Stop")
    talk.tap("Yes")
    assert (talk.conversation.journal or {})["answers"]["business"] == "Stop"


# --- Edit, back, cancel, go on ---


def test_every_answer_can_be_changed_before_it_is_sent(ready: Talk) -> None:
    """Each field of the card in turn; what is sent is what was shown last."""
    for label, words, seen in [
        ("Quantity", "4", "4 × bags of cement"),
        ("Item name", "bags of sand", "4 × bags of sand"),
        ("Price", "700", "KSh 2,800"),
        ("Phone", "0722000111", "+254722000111"),
        ("Due date", "3", "Fri 4 Dec"),
    ]:
        ready.tap(label)
        assert seen in ready.say(words)
    assert "KSh 2,800" in ready.tap("Send")
    assert invoices(ready)[0].total_minor == 280_000


def test_back_to_the_first_question_and_forth(ready: Talk) -> None:
    """Back drops one answer at a time and never falls off the edge."""
    asked = []
    for _step in range(8):
        ready.say("/back")
        assert ready.conversation.journal is not None
        asked.append(ready.conversation.journal["asked"])
    assert asked[:2] == ["due", "line.1.price"]
    assert asked.index("client.phone") < asked.index("client")
    assert asked[-1] == "client"
    for words in ANSWERS:
        ready.say(words)
    assert "KSh 2,550" in ready.tap("Send")


def test_cancel_and_go_on(ready: Talk) -> None:
    """Nothing was sent, nothing was lost: continued, it stands where it stood."""
    assert "Nothing was sent" in ready.say("cancel")
    assert ready.conversation.journal is None
    assert CONFIRM in ready.tap("Continue")
    ready.tap("Send")
    assert len(invoices(ready)) == 1


def test_two_digressions(talk: Talk) -> None:
    """A client, and within it a language: each is finished, then the invoice goes on (C-13)."""
    talk.say("/invoice")
    talk.say("Jane")
    talk.say("/client")
    talk.say("Otieno")
    talk.say("/language")
    assert "What is the phone number of Otieno?" in talk.tap("English")
    assert "What is the phone number of Jane?" in talk.say("0722000111")
    for words in ("0712345678", "3 bags of cement", "850", "2"):
        talk.say(words)
    talk.tap("Send")
    assert len(invoices(talk)) == 1


def test_help_and_a_puzzle_in_between(talk: Talk) -> None:
    """A word that is nobody's answer leaves the question where it was."""
    talk.say("/invoice")
    assert talk.say("/help").endswith("Who is it for?")
    talk.say("/nosuchcommand")
    assert talk.conversation.journal is not None
    assert "What is the phone number of Jane?" in talk.say("Jane")


def test_start_in_the_middle_loses_nothing(ready: Talk) -> None:
    """Whoever presses Start again is shown the question that stands."""
    assert CONFIRM in ready.say("/start")


def test_of_too_many_unfinished_the_oldest_goes(talk: Talk) -> None:
    """Three are kept, so that nobody carries a hundred around."""
    for command in ("/invoice", "/client", "/language", "/invoices", "/invoice"):
        talk.say(command)
    assert len(talk.conversation.parked) <= 3


# --- Who one is ---


def test_a_member_of_two_merchants(session: Session, talk: Talk) -> None:
    """She speaks for one at a time; what is asked of the other's rows finds nothing."""
    bill(talk)
    first = talk.conversation.merchant_id
    other = make.merchant(session, talk.person, name="Second Shop").id
    make.invoice(session)
    db.enter(session, None)
    talk.say("/invoices")
    assert talk.labels()[0] == "INV-0001 Jane"
    assert talk.conversation.merchant_id == first != other


def test_the_same_phone_on_another_channel_is_another_contact(talk: Talk) -> None:
    """Contacts are told apart by channel and address, never by phone alone."""
    make.contact(talk.session, make.person(talk.session), channel="whatsapp",
                 address=str(talk.user_id))  # fmt: skip
    talk.say("/menu")
    found = talk.session.scalars(
        sa.select(Contact.channel).where(Contact.address == str(talk.user_id))
    ).all()
    assert sorted(found) == ["telegram", "whatsapp"]


Move = Callable[[Talk], object]
MOVES: dict[str, Move] = {
    "menu and on": lambda t: (t.say("/menu"), t.tap("Continue")),
    "cancel and on": lambda t: (t.say("/cancel"), t.tap("Continue")),
    "help": lambda t: t.say("/help"),
    "start": lambda t: t.say("/start"),
    "a client": lambda t: (t.say("/client"), t.say("Otieno"), t.say("skip")),
    "a sticker": lambda t: t.post(t.message(dice={"emoji": "🎲", "value": 1})),
    "an edit of a message": lambda t: t.post({"edited_message": {
        **t.message(text="x")["message"], "edit_date": 1_795_000_001}}),
}  # fmt: skip


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("after", range(1, len(ANSWERS)))
def test_no_answer_is_lost(talk: Talk, move: str, after: int) -> None:
    """Whatever is done between two answers, the invoice is the same in the end (I-25)."""
    talk.say("/invoice")
    for number, words in enumerate(ANSWERS, 1):
        talk.say(words)
        if number == after:
            MOVES[move](talk)
    talk.tap("Send")
    assert [invoice.total_minor for invoice in invoices(talk)] == [255_000]
