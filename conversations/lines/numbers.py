"""Numbers of a typed line: digits with separators, words in both languages, signs of money.

`read` turns the number pieces of a token list into number tokens. A writing with two readings
("2.500", "2,50") keeps both and has no value, so that whoever needs it must ask.
"""

import re
from dataclasses import replace
from decimal import Decimal

from conversations.lines.kinds import looks_plural
from conversations.lines.money import join_money, join_spaced
from conversations.lines.spelled import MONEY_UNITS, number_at
from conversations.lines.tokens import Token
from conversations.lines.words import BILL, CURRENCY_WORDS, GLUED_MEASURES, OWN_CURRENCY, TITLES

_GROUPED = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d{1,2})?")
_DOTTED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3}){2,}")
_PLAIN = re.compile(r"\d+(?:\.\d{1,2})?")


def read_digits(text: str) -> tuple[Decimal | None, tuple[Decimal, ...]]:
    """The value of digits with separators, or no value and the readings it may have."""
    if len(text) > 24:
        return None, ()
    if _PLAIN.fullmatch(text):
        return Decimal(text), ()
    if _GROUPED.fullmatch(text):
        return Decimal(text.replace(",", "")), ()
    if _DOTTED.fullmatch(text):
        return Decimal(text.replace(".", "")), ()
    return None, _readings(text)


def _readings(text: str) -> tuple[Decimal, ...]:
    whole = re.sub(r"[.,]", "", text)
    marks = [char for char in text if char in ".,"]
    if len(marks) != 1:
        return (Decimal(whole),)
    return (Decimal(text.replace(",", ".")), Decimal(whole))


def read(tokens: list[Token]) -> list[Token]:
    """`tokens` with number words joined, suffixes and money signs understood."""
    apart = [part for token in tokens for part in _unglue(token)]
    spelled = _join_words(
        [_from_digits(token) if token.kind == "num" else token for token in apart]
    )
    return join_spaced(join_money(spelled))


def _unglue(token: Token) -> list[Token]:
    """3keyboards, 5soaps: a count typed against what it counts."""
    word = token.suffix
    counted = len(word) > 3 and token.digits.isdigit() and looks_plural(word)
    if (
        token.kind != "num"
        or not counted
        or word in GLUED_MEASURES | _UNITS
        or len(token.digits) > 3
    ):
        return [token]
    middle = token.end - len(word)
    count = replace(token, text=token.digits, low=token.digits, suffix="", end=middle)
    noun = Token("word", token.text[len(token.digits) :], word, middle, token.end, tight=True)
    return [count, noun]


_UNITS = {
    "thaos",
    "mils",
    "bobs",
    "thousands",
    "millions",
    "dollars",
    "euros",
    "pounds",
    "cedis",
    "shillings",
}


def _from_digits(token: Token) -> Token:
    value, readings = read_digits(token.digits)
    suffix = token.suffix
    if suffix in {"st", "nd", "rd", "th"}:
        return replace(token, kind="ord", value=value)
    if suffix in {"k", "mil", "million", "thousand", "thao"}:
        return _times(token, 1000 if suffix in {"k", "thousand", "thao"} else 1_000_000)
    code = CURRENCY_WORDS.get(suffix) or ("own" if suffix in OWN_CURRENCY else None)
    if code:
        return replace(token, value=value, readings=readings, suffix="", money=True, currency=code)
    if suffix and suffix not in GLUED_MEASURES:
        return replace(token, kind="word", suffix="")
    return replace(token, value=value, readings=readings)


def _times(token: Token, factor: int) -> Token:
    number = token.digits
    if re.fullmatch(r"\d+(?:\.\d{1,3})?", number) and len(number) < 16:
        return replace(token, value=Decimal(number) * factor, suffix="", money=True)
    value, readings = read_digits(number)
    scaled = tuple(reading * factor for reading in readings)
    grown = None if value is None else value * factor
    return replace(token, value=grown, readings=scaled, suffix="", money=True)


# -- words ----------------------------------------------------------------------------------------
def _join_words(tokens: list[Token]) -> list[Token]:
    joined: list[Token] = []
    index = 0
    while index < len(tokens):
        value, after = number_at(tokens, index)
        dotted = len(joined) > 1 and joined[-1].text == "." and joined[-1].tight  # Bi. Tatu
        before = joined[-2 if dotted else -1] if joined else None
        titled = before is not None and before.low in TITLES and tokens[index].kind == "word"
        if value is None or titled or _is_named(tokens, index, after):
            joined.append(tokens[index])
            index += 1
            continue
        joined.append(_spelled(tokens[index:after], value))
        if _may_be_named(tokens, index, after):
            joined[-1].bad = "vague"
        index = after
    return joined


_LEADS = BILL | {"kwa", "to"}


def _is_named(tokens: list[Token], index: int, after: int) -> bool:
    """Invoice *Mia* 5 cupcakes, kwa *Tatu*: a number word in capitals where a client is named."""
    token = tokens[index]
    if token.kind != "word" or not token.capital or not _led(tokens, index):
        return False
    beside = tokens[index + 1 : after]
    return not token.text.isupper() and all(part.kind == "num" for part in beside)


def _led(tokens: list[Token], index: int) -> bool:
    return index > 0 and tokens[index - 1].kind == "word" and tokens[index - 1].low in _LEADS


def _may_be_named(tokens: list[Token], index: int, after: int) -> bool:
    """Invoice *mia* 5 cupcakes @ 100: five for Mia, or five hundred."""
    figures = any(token.kind == "num" for token in tokens[after:])
    mixed = tokens[index].kind == "word" and any(part.kind == "num" for part in tokens[index:after])
    return mixed and figures and index > 0 and tokens[index - 1].low in BILL


def _spelled(parts: list[Token], value: Decimal) -> Token:
    money = any(part.low in MONEY_UNITS or part.money for part in parts)
    text = " ".join(part.text for part in parts)
    return replace(
        parts[0], kind="num", text=text, low=text.lower(), end=parts[-1].end, value=value,
        money=money, spelled=True, digits="", suffix="",
    )  # fmt: skip
