"""Any answer of any dialogue can be changed without losing the rest, and no old yes counts."""

import pytest

from conversations import turn as turns
from conversations.engine import OPEN
from tests.conversations.scripts import BY_NAME, SCRIPTS, Script
from tests.conversations.talk import Talk

KEYS = [(name, key) for name, script in BY_NAME.items() for key in script.changed]


@pytest.mark.parametrize("name", BY_NAME)
def test_every_dialogue_ends_in_its_command(name: str) -> None:
    """Played to its end, each dialogue returns what was asked for."""
    script = BY_NAME[name]
    talk = script.play().say(script.end)
    assert type(talk.command).__name__ == script.command
    assert talk.turn.question is None
    assert talk.journal.asked is None


@pytest.mark.parametrize(("name", "key"), KEYS)
def test_answering_the_same_again_changes_nothing(name: str, key: str) -> None:
    """Opening any field and giving the same answer leads straight back, everything kept."""
    script = BY_NAME[name]
    talk = script.play()
    before = talk.journal
    assert talk.edit(key).asked == key
    talk.say(script.said[key])
    assert talk.asked == script.last
    assert talk.journal.answers == before.answers
    assert talk.journal.digest == before.digest


@pytest.mark.parametrize(("name", "key"), KEYS)
def test_only_what_became_invalid_is_asked_again(name: str, key: str) -> None:
    """Another answer to any field asks again what it made invalid, and nothing else (F-2)."""
    script = BY_NAME[name]
    talk = script.play()
    before = talk.journal.answers
    talk.edit(key).say(script.changed[key])
    expected = script.asked_again.get(key, {})
    for again, words in expected.items():
        assert talk.asked == again
        talk.say(words)
    assert talk.asked == script.last
    forgotten = {key, *expected} | turned_away(script, key)
    for other, stored in before.items():
        if other not in forgotten:
            assert talk.journal.answers[other] == stored, other
    if key in talk.journal.answers:
        assert talk.journal.answers[key] != before.get(key)


def turned_away(script: Script, key: str) -> set[str]:
    """Answers that say something about the old answer."""
    if key == "client":
        return {"client.which", "client.phone"}
    if key in ("payer", "split"):
        return {"split", "part.7", "part.9"}
    return {"line.1.quantity"} if key == "line.1.what" else set()


@pytest.mark.parametrize("script", [s for s in SCRIPTS if s.last == "ok"], ids=lambda s: s.end)
def test_an_old_yes_after_an_edit_never_counts(script: Script) -> None:
    """The button under the old card answers nothing, during the edit and after it (C-6)."""
    for key in script.changed:
        talk = script.play()
        old = talk.button(talk.prompt.choices[0])
        talk.edit(key)
        assert talk.take(old).command is None
        assert talk.asked == key
        talk.say(script.changed[key])
        for words in script.asked_again.get(key, {}).values():
            talk.say(words)
        assert talk.asked == "ok"
        assert talk.take(old).command is None
        assert talk.asked == "ok"
        assert type(talk.say(script.end).command).__name__ == script.command


def test_a_yes_stored_for_another_card_is_refused() -> None:
    """Even a stored confirmation is bound to what was shown when it was given."""
    talk = BY_NAME["new_invoice-Send"].play()
    answers = {**talk.journal.answers, "ok": {"chose": "send", "digest": "0" * 16}}
    turn = turns.begin("new_invoice", talk.journal.opening, answers)
    assert turn.command is None
    assert turn.journal.asked == "ok"


def test_typed_yes_counts_only_for_the_card_last_shown() -> None:
    """Words changed by a release between card and answer: the card is shown again first."""
    talk = BY_NAME["new_invoice-Send"].play()
    journal = talk.journal
    other = type(journal)(**{**vars(journal), "digest": "0" * 16})
    turn = turns.take(other, turns.Said(text="Send"))
    assert turn.command is None
    assert turns.take(turn.journal, turns.Said(text="Send")).command is not None


def test_a_removed_item_is_gone_and_another_can_be_added() -> None:
    """Removing the last of two items, then adding one, asks for a new one."""
    talk = BY_NAME["new_invoice-Send"].play()
    talk.press("Items").press("delivery").press("Remove it")
    assert talk.asked == "ok"
    assert "delivery" not in talk.shown
    talk.press("Add item")
    assert talk.asked == "line.3.what"
    talk.say("loading").say("300")
    command = talk.say("Send").command
    assert [line.description for line in command.lines] == ["bags of flour", "loading"]


def test_the_only_item_cannot_be_removed() -> None:
    """An invoice has at least one item."""
    talk = Talk("new_invoice")
    for words in ("Otieno", "soap", "50", "today"):
        talk.say(words)
    assert talk.asked == "ok"
    assert "Remove it" not in talk.edit("line.1.menu").labels


def test_a_menu_left_alone_leads_back_to_the_card() -> None:
    """“Leave it as it is” changes nothing."""
    talk = BY_NAME["new_invoice-Send"].play()
    before = talk.journal.answers
    talk.press("Items").press("Leave it as it is")
    assert talk.asked == "ok"
    assert talk.journal.answers == before


def test_taking_the_added_item_back_forgets_it() -> None:
    """Back through an added item arrives where it was added, with nothing of it left."""
    talk = Talk("new_invoice")
    for words in ("Otieno", "soap", "50", "Add another item", "bread"):
        talk.say(words)
    talk.back().back()
    assert talk.asked == "due"
    assert talk.say("Add another item").asked == "line.2.what"


def test_going_back_to_what_was_in_doubt_asks_it_again() -> None:
    """A number that may be how many or how much is never taken for “one” on the way back."""
    known = {
        "client": {"id": 3, "name": "Asha", "phone": None},
        "line.1.what": "oil",
        "line.1.quantity": OPEN,
    }
    turn = turns.begin("new_invoice", Talk("new_invoice").journal.opening, known)
    assert turn.journal.asked == "line.1.quantity"
    turn = turns.take(turn.journal, turns.Said(text="300"))
    assert turn.journal.asked == "line.1.price"
    assert turns.back(turn.journal).journal.asked == "line.1.quantity"


def test_an_answer_that_stopped_fitting_is_asked_even_where_one_could_be_assumed() -> None:
    """The question shown with the apology is the one that the next words answer (C-2)."""
    known = {
        "client": {"id": 3, "name": "Asha", "phone": None},
        "line.1.what": "oil",
        "line.1.quantity": "none at all",
    }
    turn = turns.begin("new_invoice", Talk("new_invoice").journal.opening, known)
    assert turn.journal.asked == "line.1.quantity"
    turn = turns.take(turn.journal, turns.Said(text="4"))
    assert turn.notes == ()
    assert turn.journal.answers["line.1.quantity"] == "4"


@pytest.mark.parametrize("script", SCRIPTS, ids=list(BY_NAME))
def test_back_n_times_reaches_the_first_question(script: Script) -> None:
    """Back never loops and never loses the way: it ends at the question the dialogue began with."""
    talk = script.play()
    first = Talk(script.flow, script.opening).asked
    for _step in range(30):
        talk.back()
        if "first question" in talk.shown:
            break
    assert talk.asked == first
