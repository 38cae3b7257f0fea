"""Numbers in words, English and Swahili: elfu kumi na tatu, viwili, two thousand five hundred, nusu."""

from decimal import Decimal

from conversations.lines.tokens import Token

SWAHILI_ONES = {
    "moja": 1, "mmoja": 1, "kimoja": 1, "mbili": 2, "wawili": 2, "mawili": 2, "viwili": 2,
    "miwili": 2, "tatu": 3, "watatu": 3, "matatu": 3, "vitatu": 3, "mitatu": 3, "nne": 4, "wanne": 4,
    "manne": 4, "vinne": 4, "minne": 4, "tano": 5, "watano": 5, "matano": 5, "vitano": 5,
    "mitano": 5, "sita": 6, "saba": 7, "nane": 8, "wanane": 8, "manane": 8, "vinane": 8,
    "minane": 8, "tisa": 9,
}  # fmt: skip
_SW_TENS = {
    "kumi": 10, "ishirini": 20, "thelathini": 30, "arobaini": 40, "arubaini": 40, "hamsini": 50,
    "sitini": 60, "sabini": 70, "themanini": 80, "tisini": 90,
}  # fmt: skip
_SW_BIG = {
    "mia": 100, "soo": 100, "elfu": 1000, "alfu": 1000, "thao": 1000, "thaos": 1000, "ngiri": 1000,
    "laki": 100_000, "milioni": 1_000_000,
}  # fmt: skip
_EN_ONES = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_EN_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
_EN_BIG = {"hundred": 100, "thousand": 1000, "grand": 1000, "million": 1_000_000}
_PARTS = {"nusu": Decimal("0.5"), "robo": Decimal("0.25"), "half": Decimal("0.5")}
MONEY_UNITS = {"elfu", "alfu", "thao", "thaos", "ngiri", "laki", "soo", "milioni", "grand"}


def number_at(tokens: list[Token], index: int) -> tuple[Decimal | None, int]:
    """The value of the number in words that starts at `index` and the place after it."""
    if _is_minibus(tokens, index):
        return None, index
    for reader in (_fraction, _swahili, _english):
        value, after = reader(tokens, index)
        if value is not None:
            return value, after
    return None, index


def _is_minibus(tokens: list[Token], index: int) -> bool:
    """Matatu counts three of a ma- noun; behind ya, for or nothing it is a minibus."""
    return _low(tokens, index) == "matatu" and _low(tokens, index - 1) in {
        "ya",
        "za",
        "la",
        "kwa",
        "for",
        "na",
        "",
    }


def _low(tokens: list[Token], index: int) -> str:
    return tokens[index].low if 0 <= index < len(tokens) and tokens[index].kind == "word" else ""


def _plain_digits(tokens: list[Token], index: int) -> Decimal | None:
    if index >= len(tokens) or tokens[index].kind != "num":
        return None
    token = tokens[index]
    return None if token.suffix or token.money or token.spelled else token.value


def _fraction(tokens: list[Token], index: int) -> tuple[Decimal | None, int]:
    """1/2, 2 1/2, nusu, robo, half."""
    whole = _plain_digits(tokens, index)
    part = _slashed(tokens, index + 1) if whole is not None else None
    if whole is not None and part is not None:
        return whole + part, index + 2
    part = _slashed(tokens, index)
    if part is not None and _low(tokens, index - 1) not in {"due", "on", "by", "tarehe", "before"}:
        return part, index + 1
    behind = tuple(_low(tokens, index + step) for step in (1, 2, 3))
    if _low(tokens, index) in _EN_ONES and behind == ("and", "a", "half"):
        return _EN_ONES[_low(tokens, index)] + _PARTS["half"], index + 4
    return _PARTS.get(_low(tokens, index)), index + 1


def _slashed(tokens: list[Token], index: int) -> Decimal | None:
    if index >= len(tokens) or tokens[index].text not in {"1/2", "1/4", "3/4"}:
        return None
    after = _low(tokens, index + 1)
    if not after or after in {"note", "net"}:
        return None
    top, bottom = tokens[index].text.split("/")
    return Decimal(top) / Decimal(bottom)


def _small(tokens: list[Token], index: int) -> tuple[Decimal | None, int]:
    """Swahili below a hundred (kumi na tatu), or digits standing as a factor (elfu 5)."""
    word = _low(tokens, index)
    if word in _SW_TENS:
        if _low(tokens, index + 1) == "na" and _low(tokens, index + 2) in SWAHILI_ONES:
            return Decimal(_SW_TENS[word] + SWAHILI_ONES[_low(tokens, index + 2)]), index + 3
        return Decimal(_SW_TENS[word]), index + 1
    if word in SWAHILI_ONES:
        return Decimal(SWAHILI_ONES[word]), index + 1
    return None, index


def _swahili(tokens: list[Token], index: int) -> tuple[Decimal | None, int]:
    word = _low(tokens, index)
    if word in _SW_BIG:
        return _swahili_big(tokens, index)
    digits = _plain_digits(tokens, index)
    unit = _low(tokens, index + 1)
    if digits is not None and unit in _SW_BIG and not _factor(tokens, index + 2)[0]:
        return digits * _SW_BIG[unit], index + 2
    value, after = _small(tokens, index)
    if value is None:
        return None, index
    if value <= 3 and _low(tokens, after) == "na" and _low(tokens, after + 1) in {"nusu", "robo"}:
        return value + _PARTS[_low(tokens, after + 1)], after + 2
    return value, after


def _factor(tokens: list[Token], index: int) -> tuple[Decimal | None, int]:
    """What multiplies a big unit: "elfu *kumi na tatu*", "laki *2*"."""
    digits = _plain_digits(tokens, index)
    if digits is not None and digits < 1000:
        return digits, index + 1
    return _small(tokens, index)


def _swahili_big(tokens: list[Token], index: int) -> tuple[Decimal | None, int]:
    total, limit = Decimal(0), 10_000_000
    while True:
        unit = _SW_BIG.get(_low(tokens, index), 0)
        if not unit or unit >= limit:
            break
        factor, index = _unit_factor(tokens, index + 1, unit)
        total, limit = total + factor * unit, unit
        after = index + (_low(tokens, index) == "na")
        if _low(tokens, after) in _PARTS and after > index:
            return total + _PARTS[_low(tokens, after)] * unit, after + 1
        if 0 < _SW_BIG.get(_low(tokens, after), 0) < limit:
            index = after
            continue
        if unit == 100 and _low(tokens, after) in {
            **_SW_TENS,
            **(SWAHILI_ONES if after > index else {}),
        }:
            rest, index = _small(tokens, after)
            return total + (rest or 0), index
        break
    return total, index


def _unit_factor(tokens: list[Token], index: int, unit: int) -> tuple[Decimal, int]:
    if unit == 1000 and _low(tokens, index) == "mia":  # elfu mia mbili: two hundred thousand
        factor, after = _factor(tokens, index + 1)
        return 100 * (factor or Decimal(1)), after
    factor, after = _factor(tokens, index)
    return (Decimal(1), index) if factor is None else (factor, after)


def _english(tokens: list[Token], index: int) -> tuple[Decimal | None, int]:
    total, current, start = Decimal(0), Decimal(0), index
    while index < len(tokens):
        word = _low(tokens, index)
        digits = _plain_digits(tokens, index) if index == start else None
        if digits is not None and _low(tokens, index + 1) in _EN_BIG:
            current = digits
        elif word in _EN_TENS or word in _EN_ONES:
            if current % 10 or (word in _EN_TENS and current % 100):
                break
            current += _EN_TENS.get(word, 0) or _EN_ONES.get(word, 0)
        elif word in _EN_BIG and (current or index == start):
            factor = _EN_BIG[word]
            current = (current or Decimal(1)) * factor
            if factor > 100:
                total, current = total + current, Decimal(0)
        elif not (word == "and" and _continues(tokens, index, total + current)):
            break
        index += 1
    value = total + current
    return (value, index) if index > start and value else (None, start)


def _continues(tokens: list[Token], index: int, so_far: Decimal) -> bool:
    after = _low(tokens, index + 1)
    big_before = _low(tokens, index - 1) in _EN_BIG
    return big_before and so_far >= 100 and (after in _EN_ONES or after in _EN_TENS)
