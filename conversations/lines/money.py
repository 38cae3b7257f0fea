"""Money in a typed line: signs and codes join their number, and 4 500 becomes 4500 where it must."""

import re
from dataclasses import replace
from decimal import Decimal

from conversations.lines.tokens import Token, low, token_at
from conversations.lines.words import CURRENCY_WORDS, OWN_CURRENCY, SUFFIX_ONLY

_THREE = re.compile(r"\d{3}")


# -- money signs ----------------------------------------------------------------------------------
def currency_of(token: Token) -> str | None:
    """The currency that a word or sign names: an ISO code, or "own" for sh, bob, /=."""
    if token.kind not in {"word", "sym"}:
        return None
    if token.text == "N":
        return "NGN"
    return CURRENCY_WORDS.get(token.low) or ("own" if token.low in OWN_CURRENCY else None)


def join_money(tokens: list[Token]) -> list[Token]:
    """A currency before or after a number becomes part of it."""
    joined: list[Token] = []
    tokens = _of_country(tokens)
    for index, token in enumerate(tokens):
        code = currency_of(token)
        before = joined[-1] if joined else None
        after = token_at(tokens, index + 1)
        if code and after and after.text == "." and index + 2 < len(tokens):
            after = tokens[index + 2]
        if code and before and before.kind == "num" and _may_follow(token, before, after):
            _pay(before, code, token.end)
        elif (
            code
            and after
            and after.kind == "num"
            and (token.low not in SUFFIX_ONLY or _marked(joined))
        ):
            _pay(after, code, after.end)
            after.start, after.tight = token.start, token.tight
        elif not (token.text == "." and index and currency_of(tokens[index - 1]) and after):
            joined.append(token)
    return joined


_COUNTRIES = {
    "tz": "tzs", "tanzanian": "tzs", "tanzania": "tzs", "ug": "ugx", "ugandan": "ugx", "uganda": "ugx",
    "kenya": "kes", "kenyan": "kes", "ke": "kes", "us": "usd",
}  # fmt: skip


def _of_country(tokens: list[Token]) -> list[Token]:
    """Tz shillings, Uganda sh, US dollars: two words name one currency."""
    made: list[Token] = []
    for token in tokens:
        code = _COUNTRIES.get(made[-1].low) if made and made[-1].kind == "word" else None
        dollars = token.low in {"dollar", "dollars"}
        if code and ((token.low in OWN_CURRENCY and code != "usd") or (dollars and code == "usd")):
            made[-1] = replace(
                made[-1], low=code, text=f"{made[-1].text} {token.text}", end=token.end
            )
            continue
        made.append(token)
    return made


def _marked(before: list[Token]) -> bool:
    """@ bob 20: what stands behind a price mark belongs to the amount."""
    return bool(before) and before[-1].low in {"@", "at", "kila"}


def _may_follow(sign: Token, number: Token, after: Token | None) -> bool:
    """Whether the sign belongs to the number before it and not to the one after."""
    if sign.low in {"/=", "/-"}:
        return True
    if number.currency and number.currency != "own":
        return False
    if sign.low in SUFFIX_ONLY:
        return True
    return after is None or after.kind != "num" or (sign.tight and not after.tight)


def _pay(number: Token, code: str, end: int) -> None:
    number.closed = end > number.end
    number.money, number.end = True, end
    if number.currency in {None, "own"}:
        number.currency = code


# -- numbers grouped by blanks ---------------------------------------------------------------------
def join_spaced(tokens: list[Token]) -> list[Token]:
    """4 500 where nothing else can be meant: after @ or a currency, with 000, or in three groups."""
    joined: list[Token] = []
    index = 0
    while index < len(tokens):
        group = _group_at(tokens, index)
        if len(group) > 1 and _surely_one(tokens, index, group):
            joined.append(_merge(group))
        else:
            joined.extend(group)
        index += len(group)
    return joined


def _group_at(tokens: list[Token], index: int) -> list[Token]:
    first = tokens[index]
    group = [first]
    if not _is_short(first, re.compile(r"[1-9]\d{0,2}")):
        return group
    for token in tokens[index + 1 : index + 4]:
        if not _is_short(token, _THREE) or token.tight or group[-1].closed:
            break
        group.append(token)
    return group


def _is_short(token: Token, shape: re.Pattern[str]) -> bool:
    whole = token.kind == "num" and not token.suffix and bool(shape.fullmatch(token.digits))
    return whole and token.value == Decimal(token.digits)  # 15k is no group of digits


def _surely_one(tokens: list[Token], index: int, group: list[Token]) -> bool:
    before = low(tokens, index - 1)
    tail = group[-1]
    if before in {"@", "at"} and not any(token.kind == "num" for token in tokens[:index]):
        group[0].bad = "slash"  # "@ 15 100": 15,100, or a hundred at 15
        return True
    if len(group) > 2 or before in {"@", "at", "each", "moja", "total", "jumla"}:
        return True
    return bool(group[0].currency or (tail.closed)) or tail.digits == "000"


def _merge(group: list[Token]) -> Token:
    digits = "".join(token.digits for token in group)
    code = next((token.currency for token in group if token.currency), None)
    return replace(
        group[0], text=" ".join(token.text for token in group), end=group[-1].end, digits=digits,
        value=Decimal(digits), money=True, currency=code,
    )  # fmt: skip
