"""Phone numbers in a typed line, in E.164 by the merchant's country."""

import re
from dataclasses import replace

import phonenumbers

from conversations.lines.terms import Terms
from conversations.lines.tokens import Token, cut_at
from conversations.lines.words import word_set

# -- phone ------------------------------------------------------------------------------------------
_CODES = {"KE": "254", "TZ": "255", "UG": "256", "NG": "234", "GH": "233"}
_LENGTH = {"254": 9, "255": 9, "256": 9, "234": 10, "233": 9}
_LABEL = word_set("phone tel simu namba no nambari mobile cell contact number whatsapp call")


def take_phone(tokens: list[Token], region: str, terms: Terms) -> tuple[list[Token], list[str]]:
    """Takes phone numbers out; returns them in E.164. A wrong number of digits asks `phone`."""
    kept: list[Token] = []
    phones: list[str] = []
    index = 0
    tokens = [_undotted(token) for token in tokens]
    while index < len(tokens):
        span = _phone_span(tokens, index, region)
        if span == 0:
            kept.append(tokens[index])
            index += 1
            continue
        number = _e164(tokens[index : index + span], region)
        if number is None:
            terms.asked.add("phone")
        else:
            phones.append(number)
        while kept and kept[-1].low in _LABEL | {":"} and len(kept) > 1 and _labels(kept):
            kept.pop()
        kept.append(replace(cut_at(tokens[index]), kind="phone"))
        index += span
    if len(set(phones)) > 1:
        terms.asked |= {"client"}
    return kept, list(dict.fromkeys(phones))


_DOTTED = re.compile(r"0\d{1,3}(?:\.\d{2,4}){2,4}")


def _undotted(token: Token) -> Token:
    """0722.000.111: dots inside a phone number are blanks."""
    if token.kind != "num" or not _DOTTED.fullmatch(token.digits):
        return token
    return replace(token, digits=token.digits.replace(".", ""))


def _labels(kept: list[Token]) -> bool:
    return kept[-1].low != ":" or kept[-2].low in _LABEL


def _digits(tokens: list[Token]) -> str:
    return "".join(token.digits for token in tokens if token.kind == "num")


def _phone_span(tokens: list[Token], index: int, region: str) -> int:
    """How many tokens from `index` on make a phone number, or 0."""
    plus = tokens[index].text == "+" and index + 1 < len(tokens) and tokens[index + 1].tight
    start = index + plus
    if start >= len(tokens) or not _is_group(tokens[start]):
        return 0
    first = tokens[start].digits
    wanted = _wanted(first, region, plus=plus)
    if not wanted:
        return 0
    end = _grow(tokens, start, wanted)
    total = len(_digits(tokens[start:end]))
    if total < 7 or (total != wanted and not (plus or first.startswith("0"))):
        return 0
    return end - index


def _is_group(token: Token) -> bool:
    return token.kind == "num" and token.digits.isdigit() and not token.suffix


def _wanted(first: str, region: str, *, plus: bool) -> int:
    """How many digits the number that opens with `first` must have; 0 where it opens none."""
    local = _LENGTH[_CODES.get(region, "254")]
    for code, length in _LENGTH.items():
        if first.startswith("00" + code):
            return 5 + length
        if first.startswith(code) and (plus or len(first) in {3, 3 + length}):
            return 3 + length
        if first.startswith(code) and len(first) > 9:
            return 3 + length
    if plus:
        return 11 if first.startswith("1") else 12
    if first.startswith("0") and len(first) >= 3:
        return 1 + local
    return local if len(first) == local and first[0] in "1789" and local == 9 else 0


def _grow(tokens: list[Token], start: int, wanted: int) -> int:
    """Adds groups of digits until the number is long enough; a lone digit is a quantity."""
    end, total = start + 1, len(tokens[start].digits)
    while total < wanted and end < len(tokens):
        step = (
            1 if tokens[end].text == "-" or (tokens[end].text == "." and tokens[end].tight) else 0
        )
        if end + step >= len(tokens) or not _is_group(tokens[end + step]):
            break
        group = tokens[end + step].digits
        if len(group) < 2 or total + len(group) > wanted or _counts(tokens, end + step, total):
            break
        total, end = total + len(group), end + step + 1
    return end


def _counts(tokens: list[Token], index: int, total: int) -> bool:
    """Whether a short group behind a nearly whole number is rather a quantity: "… 78 bags"."""
    if total < 7 or len(tokens[index].digits) > 2 or tokens[index - 1].text == "-":
        return False
    if len(tokens[index - 1].digits) == len(tokens[index].digits):
        return False  # 0700 11 22 33: groups of two
    return index + 1 < len(tokens) and tokens[index + 1].kind == "word"


def _e164(span: list[Token], region: str) -> str | None:
    digits = _digits(span)
    explicit = span[0].text == "+"
    if digits.startswith("00"):
        digits, explicit = digits[2:], True
    for code, length in _LENGTH.items():
        if digits.startswith(code) and len(digits) == len(code) + length:
            return "+" + digits
    if explicit:
        return _foreign(digits)
    code = _CODES.get(region, "254")
    if digits.startswith("0") and len(digits) == _LENGTH[code] + 1:
        return f"+{code}{digits[1:]}"
    return None


def _foreign(digits: str) -> str | None:
    if digits.startswith(tuple(_LENGTH)):
        return None
    try:
        number = phonenumbers.parse("+" + digits)
    except phonenumbers.NumberParseException:
        return None
    return "+" + digits if phonenumbers.is_possible_number(number) else None
