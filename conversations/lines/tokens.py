"""Cuts a typed line into tokens: words, numbers as written, dates as written, signs, line ends.

Nothing is understood here. The text is cleaned of direction marks and other invisible characters,
digits of other scripts become 0-9, and every token keeps its place in the cleaned text so that a
name or description can be given back as typed.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

MAX_LENGTH = 1000  # characters read; nobody types an invoice longer than this in one message
MAX_TOKENS = 220  # about thirty items
_QUOTES = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "–": "-", "—": "-", "−": "-",
     "×": "x", "½": " 1/2", "¼": " 1/4", "¾": " 3/4", "\u00a0": " ", "\u202f": " ", "\t": " ",
     "\r": "\n", "\u2028": "\n", "\u2029": "\n", "•": "\n", "·": " ", "…": " "}
)  # fmt: skip
_TOKEN = re.compile(
    r"(?P<nl>\n[\s]*)"
    r"|(?P<iso>\d{4}-\d{1,2}-\d{1,2}(?![\d/-]))"
    r"|(?P<date>\d{1,2}(?P<sep>[/.-])\d{1,2}(?P=sep)(?:\d{4}|\d{2})(?![\w/-])|\d{1,2}/\d{1,2}(?![\w/,]))"
    r"|(?P<size>\d{3}/\d{2}/?(?i:z?r)\d{2}(?!\w)|\d{1,3}(?:\.\d)?\"(?=[\s,)]|$))"
    r"|(?P<num>\d+(?:[.,]\d+)*)"
    r"|(?P<money>/=|/-)"
    r"|(?P<glue>(?:(?i:kshs?|kes|tshs?|tzs|ugx|ushs?|ngn|ghs|ghc|usd|eur|gbp|shs?|net|x)|N)(?=\.?\d))"
    r"|(?P<word>[^\W\d_][^\W_]*(?:['-][^\W_]+)*)"
    r"|(?P<sym>\S)"
)


@dataclass(slots=True)
class Token:
    """One piece of the line. `kind`: word, num, date, sym, nl; parsing adds cut, due, phone."""

    kind: str
    text: str
    low: str
    start: int
    end: int
    tight: bool = False  # nothing between it and the token before
    value: Decimal | None = None  # of a number; None where the writing has two readings
    readings: tuple[Decimal, ...] = ()  # of a number with more than one reading
    money: bool = False  # a sign, a code, k or million says that it is money
    currency: str | None = None  # the code said with it; "own" for the merchant's
    closed: bool = False  # its currency stood after it
    digits: str = ""  # as typed, for a number that stood in digits
    spelled: bool = False  # it stood in words
    suffix: str = ""  # letters glued to the number: kg, th, pcs
    bad: str = ""  # why a number may not be filled in: negative, range, vague, about

    @property
    def capital(self) -> bool:
        """Whether it opens with a capital letter."""
        return self.text[:1].isupper()

    @property
    def small(self) -> bool:
        """Whether it opens with a small letter."""
        return self.text[:1].islower()

    @property
    def proper(self) -> bool:
        """Whether it opens with a capital and is not SHOUTED."""
        return self.capital and not self.text.isupper()


def clean(text: str) -> str:
    """`text` without invisible characters, digits and quotes made plain, at most MAX_LENGTH."""
    shown = re.sub(r"(?i)\bgh(?=₵)", "", text[: MAX_LENGTH * 2])
    shown = unicodedata.normalize("NFKC", shown.translate(_QUOTES))
    shown = "".join(_plain(char) for char in shown.translate(_QUOTES))
    return re.sub(r"(?<=\s)--+(?=\s)", "-", shown).strip()


def _plain(char: str) -> str:
    if char.isascii():
        return char if char >= " " or char == "\n" else " "
    category = unicodedata.category(char)
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if category in {"Cf", "Cc", "Mn", "Cs", "Co", "Cn"} and not _is_accent(char):
        return ""
    return char


def _is_accent(char: str) -> bool:
    return "\u0300" <= char <= "\u036f"


def tokenise(text: str) -> list[Token]:
    """The tokens of a cleaned `text`, in order; emoji and other pictures are left out."""
    tokens: list[Token] = []
    for found in _TOKEN.finditer(text):
        kind = found.lastgroup or "sym"
        shown = found.group()
        if kind == "sep":
            kind = "date"
        if kind == "sym" and unicodedata.category(shown) in {"So", "Sk", "Mn"}:
            continue
        tight = bool(tokens) and tokens[-1].end == found.start()
        token = Token(
            _KINDS.get(kind, kind), shown, shown.lower(), found.start(), found.end(), tight
        )
        if token.kind == "num":
            token.digits = shown
        tokens.append(token)
    return _join_suffixes(tokens)


_NEVER_GLUED = frozenset(
    ("/=", "/-", "each", "ea", "per", "kila", "apiece", "for", "total", "only")
)
_KINDS = {"size": "word", "iso": "date", "money": "word", "glue": "word"}


def _join_suffixes(tokens: list[Token]) -> list[Token]:
    """Letters glued to a number ("50kg", "5th") become its suffix."""
    joined: list[Token] = []
    for token in tokens:
        before = joined[-1] if joined else None
        if (
            before
            and before.kind == "num"
            and not before.suffix
            and token.kind == "word"
            and token.tight
            and token.low not in _NEVER_GLUED
        ):
            before.text += token.text
            before.suffix = token.low
            before.end = token.end
            before.low = before.text.lower()
        else:
            joined.append(token)
    return joined


# -- looking around -----------------------------------------------------------------------------------
def token_at(tokens: list[Token], index: int) -> Token | None:
    """The token at `index`, or None outside the list."""
    return tokens[index] if 0 <= index < len(tokens) else None


def low(tokens: list[Token], index: int) -> str:
    """The lower-case text at `index`, empty outside the list."""
    return tokens[index].low if 0 <= index < len(tokens) else ""


def what_follows(tokens: list[Token], token: Token) -> list[Token]:
    """What stands behind `token` in its line."""
    return [other for other in tokens if other.start >= token.end]


def touching(tokens: list[Token], left: Token, right: Token) -> bool:
    """Whether `right` stands behind `left` and nothing of the line stands between them."""
    return left.end <= right.start and not any(
        left.end <= token.start < right.start for token in tokens
    )


def says(tokens: list[Token], index: int, phrases: Iterable[tuple[str, ...]]) -> int:
    """The index behind the first of `phrases` that stands at `index`, or 0."""
    first = low(tokens, index)
    for words in phrases:
        if words[0] == first and all(
            low(tokens, index + step) == word for step, word in enumerate(words)
        ):
            return index + len(words)
    return 0


def cut_at(token: Token) -> Token:
    """What stands where something was taken out."""
    return Token("cut", "", "", token.start, token.end)


def as_typed(text: str, tokens: list[Token]) -> str:
    """The words of `tokens` as typed: the slice of the text where they stand side by side."""
    parts: list[str] = []
    for index, token in enumerate(tokens):
        gap = text[tokens[index - 1].end : token.start] if index else ""
        keep = gap if gap.strip() in {"", "."} else " "
        parts.append((keep if index else "") + text[token.start : token.end])
    return re.sub(r"\s+", " ", "".join(parts)).strip(" .,;:-")


def slips(left: str, right: str) -> int:
    """How many typing slips (add, drop, change, swap a letter) lie between two words; 3 = many."""
    if abs(len(left) - len(right)) > 2:
        return 3
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        before, last, row = row, before, [i]
        for j, b in enumerate(right, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return min(row[-1], 3)
