"""The engine's rules, each by the mistake it prevents."""

from collections.abc import Mapping
from typing import Any

import pytest

from conversations import turn as turns
from conversations.engine import AskedTwiceError, Dialogue, ask, present, walk
from conversations.figures import Amount
from conversations.flows import Flow
from conversations.opening import Opening
from conversations.questions import Words, YesNo
from conversations.review import Given
from conversations.said import Said
from conversations.turn import Journal
from invoicing.commands import Nothing
from models.money import Money
from models.text import Text, raw
from tests.conversations.talk import OPENING, Talk


def shop(opening: Opening) -> Dialogue[Nothing]:
    """Items in a loop with a question after each, then a deposit not above the sum."""
    del opening
    total, number, more = Money.zero("KES"), 0, True
    while more:
        number += 1
        total += yield from ask(Amount(f"line.{number}.price", raw("Price?"), currency="KES"))
        more = yield from ask(YesNo(f"line.{number}.more", raw("More?")))
    deposit = yield from ask(Amount("deposit", raw("Deposit?"), currency="KES", most=total))
    note = yield from ask(Words("note", raw("Note?")))
    return Nothing(raw(f"{total} {deposit} {note}"))


def twice(opening: Opening) -> Dialogue[Nothing]:
    """A loop whose key has no number."""
    del opening
    for _n in range(3):
        yield from ask(Words("item", raw("Item?")))
    return Nothing(raw("done"))


@pytest.fixture(autouse=True)
def _shops(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "FLOWS", {"shop": Flow(shop), "twice": Flow(twice)})


def said(flow: str, *words: str) -> Talk:
    talk = Talk(flow)
    for word in words:
        talk.say(word)
    return talk


def test_the_first_unanswered_question_waits() -> None:
    """A walk goes as far as the answers reach and stops at the next question."""
    at = walk(lambda: shop(OPENING), {"line.1.price": "100", "line.1.more": False})
    assert at.path == ("line.1.price", "line.1.more")
    assert at.question is not None
    assert at.question.key == "deposit"


def test_the_result_is_one_command() -> None:
    """When every question has its answer, the walk ends with what the dialogue returned."""
    talk = said("shop", "500", "no", "100", "thanks")
    assert talk.turn.question is None
    assert talk.command == Nothing(raw("KSh 500 KSh 100 thanks"))


def test_one_key_asked_twice_in_a_pass_is_a_mistake() -> None:
    """An un-numbered key in a loop would fill three items from one answer (C-8)."""
    with pytest.raises(AskedTwiceError):
        said("twice", "soap")


def test_an_answer_no_longer_valid_is_asked_again_alone() -> None:
    """Price down, deposit now too big: only the deposit is asked again, with an apology (C-2)."""
    talk = said("shop", "500", "no", "400").edit("line.1.price").say("300")
    assert talk.asked == "deposit"
    assert "does not fit any more" in talk.shown
    assert "deposit" not in talk.journal.answers
    assert "does not fit" not in talk.say("x").shown  # said once
    assert talk.say("300").asked == "note"


def test_an_edit_keeps_what_came_later() -> None:
    """Changing one answer asks nothing else again while the rest is valid (C-3)."""
    talk = said("shop", "500", "no", "400").edit("line.1.price")
    assert talk.asked == "line.1.price"
    assert talk.journal.answers["deposit"] == "400.00"
    assert talk.say("450").asked == "note"
    assert talk.journal.answers["deposit"] == "400.00"


def test_back_drops_the_last_answer_only() -> None:
    """Back asks the question before the present one; those before that keep their answers."""
    talk = said("shop", "500", "no").back()
    assert talk.asked == "line.1.more"
    assert talk.journal.answers == {"line.1.price": "500.00"}


def test_back_from_an_edit_leaves_everything_as_it_was() -> None:
    """Whoever opens a field and thinks better of it loses nothing."""
    talk = said("shop", "500", "no", "400").edit("line.1.price").back()
    assert talk.asked == "note"
    assert talk.journal.answers["line.1.price"] == "500.00"


def test_back_at_the_first_question_says_so() -> None:
    """There is nothing to go back to, and the same question stands."""
    talk = Talk("shop").back()
    assert talk.asked == "line.1.price"
    assert "first question" in talk.shown


def test_items_left_behind_do_not_come_back_unasked() -> None:
    """More: no, then yes again: the second item must be asked anew (C-7)."""
    talk = said("shop", "500", "yes", "900", "no")
    talk.edit("line.1.more").say("no")
    assert talk.asked == "deposit"
    assert not [key for key in talk.journal.answers if key.startswith("line.2")]
    talk.back().say("yes")
    assert talk.asked == "line.2.price"


def test_while_the_branch_is_asked_both_ways_stay() -> None:
    """Opening “more?” and answering as before must not cost the second item."""
    talk = said("shop", "500", "yes", "900", "no").edit("line.1.more").say("yes")
    assert talk.asked == "deposit"
    assert talk.journal.answers["line.2.price"] == "900.00"


def test_unreachable_answers_are_dropped_only_behind_the_question() -> None:
    """`present` keeps what some answer to the waiting question still leads to."""
    answers = {"line.1.price": "1", "deposit": "1", "ghost": "boo", "line.2.price": "7"}
    at = walk(lambda: shop(OPENING), answers)
    kept = present(lambda: shop(OPENING), answers, at)
    assert set(kept) == {"line.1.price", "deposit", "line.2.price"}


def test_a_journal_of_another_release_resumes() -> None:
    """Unknown fields, keys and facts are ignored, a question since added is simply asked (C-16)."""
    stored: dict[str, Any] = {
        "flow": "shop", "version": 0, "gone": 1,
        "opening": {"today": "2026-11-20", "moon": "full"},
        "answers": {"line.1.price": "5", "colour": "red", "deposit": "4"}, "asked": "colour",
    }  # fmt: skip
    journal = Journal.from_json(stored)
    turn = turns.take(journal, Said(text="blue"))
    assert turn.journal.asked == "line.1.more"
    assert "changed" in turn.notes[0].msgid
    assert turn.journal.answers == {"line.1.price": "5", "deposit": "4"}


def test_words_said_to_another_question_are_not_its_answer() -> None:
    """A tap that hung on an earlier question explains, and answers nothing."""
    talk = said("shop", "500")
    old = Said(choice="yes", key="line.0.more", digest="0")
    assert talk.take(old).asked == "line.1.more"
    assert "earlier question" in talk.shown


def test_a_button_of_the_same_question_after_other_answers_is_stale() -> None:
    """The digest tells the same question apart after something before it was changed."""
    talk = said("shop", "500")
    old = talk.button(talk.prompt.choices[1])
    talk.edit("line.1.price").say("700").take(old)
    assert talk.asked == "line.1.more"
    assert "before something changed" in talk.shown
    assert talk.take(talk.button(talk.prompt.choices[1])).asked == "deposit"


def test_replay_reads_each_question_once() -> None:
    """Sixty answers cost sixty loads a turn, whatever their number was before: no look-ahead."""
    loads: list[str] = []

    class Counted(Given):
        def load(self, stored: Any) -> Any:
            loads.append(self.key)
            return stored

    def long(opening: Opening) -> Dialogue[Nothing]:
        del opening
        for number in range(60):
            yield from ask(Counted(f"q.{number}"))
        yield from ask(Words("end", raw("End?")))
        return Nothing(raw("done"))

    answers: Mapping[str, Any] = {f"q.{number}": number for number in range(60)}
    at = walk(lambda: long(OPENING), answers)
    present(lambda: long(OPENING), answers, at)
    assert at.question is not None
    assert len(loads) == 60


def test_a_dialogue_that_never_ends_is_stopped() -> None:
    """A loop over assumed answers is a mistake, found out and not walked for ever."""

    def endless(opening: Opening) -> Dialogue[Nothing]:
        del opening
        number = 0
        while True:
            number += 1
            yield from ask(Given(f"q.{number}"))

    with pytest.raises(RuntimeError, match="does not end"):
        walk(lambda: endless(OPENING), {})


def test_notes_come_before_the_question() -> None:
    """A refusal is said first, then the same question again."""
    talk = Talk("shop").say("1.500")
    first, second = talk.prompt.paragraphs
    assert isinstance(first, Text)
    assert "two ways" in first.msgid
    assert second == raw("Price?")
