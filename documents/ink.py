"""Which characters our font can draw, and which words a paper could not hold."""

import re
import unicodedata
from functools import cache
from pathlib import Path

COVERAGE = Path(__file__).resolve().parent / "fonts" / "coverage.txt"

# Longer than any word of ours: a web address, or a cat on the keys. 24 letters fit every column.
_LONG_WORD = re.compile(r"\S{25}")
_SPACES = re.compile(r"[^\S\n]+")


def printable(words: str) -> str:
    """The words composed (NFC), without what the font cannot draw.

    Control and direction marks and symbols such as emoji are left out; letters of scripts
    we have no font for become `?`, so that a reader sees that something stood there.
    """
    composed = unicodedata.normalize("NFC", words.replace("\r\n", "\n"))
    return _SPACES.sub(" ", composed.translate(_INK)).strip()


def overlong(words: str) -> bool:
    """True when a word must be broken somewhere to stay on the paper.

    The templates do it: a zero-width space in the words would be glued to the letter before it,
    and every such letter of the paper would be copied out together with one.
    """
    return _LONG_WORD.search(words) is not None


def _drawn(character: str) -> str:
    category = unicodedata.category(character)
    if character == "\n" or category == "Zs":
        return character if character in "\n\u00a0" else " "
    if category[0] == "C":
        return " " if character == "\t" else ""
    if ord(character) in drawable():
        return character
    return "?" if category[0] in "LN" else ""


class _Ink(dict[int, str]):
    """What is drawn for each character, found once; only for those of our fonts, which are few."""

    def __missing__(self, code: int) -> str:
        drawn = _drawn(chr(code))
        if code in drawable():
            self[code] = drawn
        return drawn


_INK = _Ink()


@cache
def drawable() -> frozenset[int]:
    """The code points of the committed fonts, as listed beside them."""
    found: set[int] = set()
    for row in COVERAGE.read_text(encoding="ascii").split():
        first, last = (int(end, 16) for end in row.split("-"))
        found.update(range(first, last + 1))
    return frozenset(found)
