"""What a typed line says about tax: added, included, none, or said without saying which."""

from decimal import Decimal

from conversations.lines.runs import opens_business
from conversations.lines.terms import Terms
from conversations.lines.tokens import Token, cut_at, low
from conversations.lines.words import word_set

STANDARD_VAT = {"KE": "16", "TZ": "18", "UG": "18", "NG": "7.5"}
"""Standard rates by country, as in the labelling rules; to be confirmed by the merchant's setting."""


# -- tax --------------------------------------------------------------------------------------------
_VAT = word_set("vat v.a.t vats")
_TAX = word_set("tax kodi")
_RENT = word_set("ya za la wa")
_ADDED = word_set(
    "plus + add added ongeza juu exclusive excl exc ex excluding excluded ongezea haijajumuishwa jumlisha top"
)
_INSIDE = word_set(
    "inclusive incl inc including included ikiwemo ikijumuisha pamoja imejumuishwa ndani "
    "includes include zikiwemo yakiwemo"
)
_NO = word_set("no bila without hakuna non zero exempt exempted isiyo")
_WITH = word_set("with na pamoja of ya on iko kwa at is the ni %")


def take_tax(tokens: list[Token], region: str, terms: Terms) -> list[Token]:
    """Takes out what is said about tax: added, included, none, or said without saying which."""
    kept = list(tokens)
    index = 0
    told: set[tuple[Decimal | None, str]] = set()
    while index < len(kept):
        if not _names_tax(kept, index):
            index += 1
            continue
        start, end = _tax_span(kept, index)
        told.add(_tax_said(kept[start:end]))
        kept[start:end] = [cut_at(kept[start])]
        index = start + 1
    _settle_tax(told, region, terms)
    return kept


def _names_tax(tokens: list[Token], index: int) -> bool:
    word = low(tokens, index)
    if tokens[index].kind != "word" or word not in _VAT | _TAX or opens_business(tokens, index):
        return False
    if word in _VAT:
        return True
    if low(tokens, index + 1) in _RENT:
        return False
    near = {low(tokens, at) for at in (index - 3, index - 2, index - 1, index + 1)}
    return bool(near & (_ADDED | _INSIDE | _NO)) or low(tokens, index - 1) == "%"


def _tax_span(tokens: list[Token], index: int) -> tuple[int, int]:
    start, end = index, index + 1
    while start and _about_tax(tokens, start - 1):
        start -= 1
    while end < len(tokens) and _about_tax(tokens, end):
        end += 1
    while end > index + 1 and tokens[end - 1].text in {
        "+",
        "na",
        "plus",
        "kwa",
        "at",
        "on",
        "ya",
        "the",
    }:
        end -= 1
    return start, end


def _about_tax(tokens: list[Token], index: int) -> bool:
    token = tokens[index]
    if token.kind == "num":
        return _is_rate(tokens, index)
    word = token.low
    if word == "in":
        return False
    if word == "top":
        return low(tokens, index - 1) == "on"
    return (
        word in _ADDED
        or word in _INSIDE
        or word in _NO
        or word in _WITH
        or word in {"percent", "asilimia"}
    )


def _is_rate(tokens: list[Token], index: int) -> bool:
    return low(tokens, index + 1) in {"%", "percent"} or low(tokens, index - 1) == "asilimia"


def _tax_said(span: list[Token]) -> tuple[Decimal | None, str]:
    words = {token.low for token in span}
    rates = [token.value for token in span if token.kind == "num"]
    rate = rates[0] if rates else None
    if words & _NO:
        return rate, "none"
    if words & _INSIDE and not words & (_ADDED - {"+", "plus"}):
        return rate, "open" if words & {"+"} else "inside"
    return rate, "added" if words & _ADDED else "open"


def _settle_tax(told: set[tuple[Decimal | None, str]], region: str, terms: Terms) -> None:
    if not told:
        return
    rate, said = next(iter(told))
    standard = STANDARD_VAT.get(region)
    terms.rate = rate if rate is not None else (Decimal(standard) if standard else None)
    terms.inclusive = said == "inside"
    sound = terms.rate is not None and 0 < terms.rate <= 40
    if len(told) > 1 or said == "open" or (not sound and said != "none"):
        terms.asked.add("tax")
    if said == "none" or "tax" in terms.asked:
        terms.offered["tax"] = terms.rate or Decimal(0)
        terms.rate = None
