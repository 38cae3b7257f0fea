"""Words that mean the same everywhere, and the offer to use one as an answer."""

import pytest

from conversations import turn as turns
from conversations.global_words import Global, Word, offer, offered, read
from models.text import render
from tests.conversations.talk import Talk


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("menu", Word.MENU), ("Menyu!", Word.MENU), ("HELP", Word.HELP), ("msaada", Word.HELP),
        ("cancel", Word.CANCEL), ("ghairi", Word.CANCEL), ("acha", Word.STOP),
        ("back", Word.BACK), ("Rudi", Word.BACK), ("lugha", Word.LANGUAGE),
        (" language. ", Word.LANGUAGE), ("stop", Word.STOP),
    ],
)  # fmt: skip
def test_a_bare_word_is_global_as_the_whole_message(text: str, word: Word) -> None:
    """In both languages, whatever the case and stops."""
    assert read(text) == Global(word)


@pytest.mark.parametrize(
    "text",
    ["menu of the day", "help me please with soap", "I want to cancel INV-7", "", "🙂", "paid",
     "done", "sent", "rudi nyumbani", "x" * 10_000, "/", "/ 5", "//"],
)  # fmt: skip
def test_other_words_are_answers(text: str) -> None:
    """A word inside a sentence is no command, and neither is a payment word (C-14)."""
    assert read(text) is None


@pytest.mark.parametrize(
    ("text", "word", "argument"),
    [("/invoice", Word.INVOICE, ""), ("/start abc-DEF", Word.START, "abc-DEF"),
     ("/menu@BiliBot", Word.MENU, ""), ("/Ankara", Word.INVOICE, ""), ("/foo", Word.UNKNOWN, "")],
)  # fmt: skip
def test_a_slash_command_is_always_global(text: str, word: Word, argument: str) -> None:
    """With the bot's name or an argument behind it; unknown ones are known to be unknown."""
    assert read(text) == Global(word, slash=True, argument=argument)


def test_a_word_in_a_free_text_question_is_offered() -> None:
    """“menu” may be a business's name: ask, and both taps say what to do."""
    prompt = offer("Menu")
    assert "Menu" in render(prompt.paragraphs[0], "en")
    meant = [offered(choice.value) for choice in prompt.choices]
    assert meant == [(True, "menu"), (False, "menu")]
    assert offered("send") is None
    assert offered("note:menu") is None


def test_only_free_text_questions_take_any_word() -> None:
    """Names and goods; never a date, an amount or a choice."""
    talk, free = Talk("new_invoice"), {}
    for words in ("Otieno", "soap", "50", "kesho", "menu"):
        free[talk.asked] = turns.is_free_text(talk.journal)
        talk.say(words)
    assert free == {
        "client": True, "line.1.what": True, "line.1.price": False, "due": False, "ok": False,
    }  # fmt: skip
