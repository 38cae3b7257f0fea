"""Every code in plain words, in both languages, each with a next step (F-4)."""

from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file

from models.text import catalogue, render
from payments import daraja_codes
from payments.gateway import Step

ROOM = Path(daraja_codes.__file__).parent
# facts/daraja 3.2, as people meet them
RIGHT = {
    "1": Step.TOP_UP,
    "3": Step.LESS,
    "4": Step.OTHER_NUMBER,
    "17": Step.WAIT,
    "1001": Step.WAIT,
    "1019": Step.AGAIN,
    "1032": Step.AGAIN,
    "1037": Step.OTHER_NUMBER,
    "2001": Step.AGAIN,
    "2028": Step.OURS,
    "8006": Step.CALL,
    "SFC_IC0003": Step.OURS,
}


@pytest.mark.parametrize(("code", "step"), RIGHT.items())
def test_the_right_rung(code: str, step: Step) -> None:
    """Each result of a prompt leads to what helps."""
    assert daraja_codes.explain(code).step is step


@pytest.mark.parametrize("code", daraja_codes.known())
def test_every_code_speaks_both_languages(code: str) -> None:
    """No code, no jargon in the words; English and Swahili differ."""
    found = daraja_codes.explain(code)
    english, swahili = render(found.text, "en"), render(found.text, "sw")
    assert found.known
    assert english != swahili
    assert "STK" not in english
    assert code not in english or code.isdigit()


def test_an_unknown_code_is_kept() -> None:
    """It is shown, asked about again, and never dropped."""
    found = daraja_codes.explain("4242")
    assert (found.code, found.known, found.doubtful) == ("4242", False, True)
    assert "4242" in render(found.text, "en")


def test_every_sentence_of_the_room_has_its_swahili() -> None:
    """Nobody meets English in a Swahili chat."""
    said = set()
    for path in ROOM.glob("*.py"):
        marks = {"_": None, "ngettext": (1, 2)}
        for _line, words, _notes, _context in extract_from_file("python", path, keywords=marks):
            said.add(words[0] if isinstance(words, tuple) else words)
    missing = said - set(catalogue("sw"))
    assert not missing
