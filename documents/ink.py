"""Which characters our font can draw, and how to tame words that a paper could not hold."""

import re
import unicodedata
from functools import cache
from pathlib import Path

COVERAGE = Path(__file__).resolve().parent / "fonts" / "coverage.txt"
BREAK = "\u200b"  # a zero-width space: the line may be broken here, nothing is drawn

# Longer than any word of ours: a web address or a typist's cat. 24 letters fit every column.
_LONG_WORD = re.compile(r"\S{25,}")
_SPACES = re.compile(r"[^\S\n]+")


def printable(words: str) -> str:
    """The words composed (NFC), without what the font cannot draw, and breakable everywhere.

    Control and direction marks and symbols such as emoji are left out; letters of scripts
    we have no font for become `?`, so that a reader sees that something stood there.
    """
    composed = unicodedata.normalize("NFC", words.replace("\r\n", "\n"))
    drawn = "".join(_drawn(character) for character in composed)
    tidy = _SPACES.sub(" ", drawn).strip()
    return _LONG_WORD.sub(lambda m: _breakable(m[0]), tidy)


def _drawn(character: str) -> str:
    category = unicodedata.category(character)
    if character == "\n" or category == "Zs":
        return character if character in "\n\u00a0" else " "
    if category[0] == "C":
        return " " if character == "\t" else ""
    if ord(character) in drawable():
        return character
    return "?" if category[0] in "LN" else ""


def _breakable(word: str) -> str:
    return re.sub(r"(?<=[^\u200b])(?=[^\u0300-\u036f])", BREAK, word)


@cache
def drawable() -> frozenset[int]:
    """The code points of the committed fonts, as listed beside them."""
    found: set[int] = set()
    for row in COVERAGE.read_text(encoding="ascii").split():
        first, last = (int(end, 16) for end in row.split("-"))
        found.update(range(first, last + 1))
    return frozenset(found)
