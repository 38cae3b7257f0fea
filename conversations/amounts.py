"""Reads a number or an amount of money from what was typed; two readings ask back, never guess."""

import re
from decimal import Decimal

from models.errors import Refusal
from models.money import EXPONENTS, Money
from models.text import Text, _

ABSURD = Decimal(10) ** 12  # major units; no bill is so big, and no column overflows below it

_SIGNS = {
    "KES": ("ksh", "kshs", "kes"), "TZS": ("tsh", "tshs", "tzs"), "UGX": ("ush", "ushs", "ugx"),
    "NGN": ("₦", "n", "ngn", "naira"), "GHS": ("₵", "gh₵", "ghs", "cedi", "cedis"),
    "RWF": ("rf", "rwf", "frw"), "ZAR": ("r", "zar", "rand"), "USD": ("$", "us$", "usd"),
    "EUR": ("€", "eur"), "GBP": ("£", "gbp"),
}  # fmt: skip
_CURRENCY_OF = {sign: currency for currency, signs in _SIGNS.items() for sign in signs}
_OWN = {"sh", "shs", "shillings", "shilingi", "bob", ""}  # whichever shilling is hers
_EACH = re.compile(r"^@\s*|^(?:at|kila moja)\s+|\s*(?:each|ea|per one|kila moja|moja)$")
_SHAPE = re.compile(
    r"(?P<before>[^\W\d_]{0,9}|[^\w\s]?|us\$|gh₵)\.?\s*(?P<number>\d(?:[\d.,' ]*\d)?)\s*"
    r"(?P<times>k|m)?\s*(?P<after>[^\W\d_]{0,9}|[₦₵$€£])\.?\s*(?:/[=-]{1,2}|=)?",
    re.ASCII,
)
_WHOLE = re.compile(r"\d+")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?")
_SPACED = re.compile(r"\d{1,3}(?: \d{3})+")
_POINT = re.compile(r"\d+\.\d{1,2}")
_TWO_READINGS = re.compile(r"(\d+)[.,](\d{1,3})")


def read_amount(words: str, currency: str) -> Money:
    """`2k`, `1,200`, `KSh 850`, `850/=` as money above zero. Raises Refusal.

    `1.500` and `2,50` can be read two ways and are refused with both readings; so is another
    currency than this one.
    """
    typed = words.strip()
    shape = _SHAPE.fullmatch(_EACH.sub("", typed.casefold()).strip()) if len(typed) <= 60 else None
    if shape is None:
        raise Refusal(_not_an_amount(typed[:60]))
    _check_currency(shape["before"], shape["after"], currency)
    times = {"k": 1_000, "m": 1_000_000}.get(shape["times"], 1)
    return _money(read_number(shape["number"]) * times, currency)


def _money(major: Decimal, currency: str) -> Money:
    exponent = EXPONENTS[currency]
    if not 0 < major < ABSURD:
        raise Refusal(_("Please type an amount above zero, like *1,200*."))
    if major != major.quantize(Decimal(1).scaleb(-exponent)):
        raise Refusal(_("{currency} has no cents. Please type a whole amount.", currency=currency))
    return Money.of(major, currency)


def _check_currency(before: str, after: str, currency: str) -> None:
    for sign in {before, after} - _OWN:
        if sign not in _CURRENCY_OF:
            raise Refusal(_not_an_amount(sign))
        if _CURRENCY_OF[sign] != currency:
            raise Refusal(
                _("Here we count in {currency}. Please type the amount in it.", currency=currency)
            )


def read_number(digits: str) -> Decimal:
    """`1,200`, `4 500`, `2.5`, `12,500.50` as a number. Raises Refusal where two readings exist."""
    if _WHOLE.fullmatch(digits):
        return Decimal(digits)
    if _GROUPED.fullmatch(digits) or _SPACED.fullmatch(digits):
        return Decimal(re.sub("[, ]", "", digits))
    if _POINT.fullmatch(digits):
        return Decimal(digits)
    if two := _TWO_READINGS.fullmatch(digits):
        raise Refusal(_ambiguous(digits, two[1], two[2]))
    raise Refusal(_not_an_amount(digits))


def _ambiguous(typed: str, whole: str, rest: str) -> Text:
    return _(
        "I can read *{typed}* in two ways. Is it *{big}* or *{small}*? Please type the one you mean.",
        typed=typed,
        big=f"{int(whole + rest)}",
        small=f"{whole}.{rest[:2].ljust(2, '0')}",
    )


def _not_an_amount(typed: str) -> Text:
    return _("I could not read an amount in *{typed}*. Please type one like *1,200*.", typed=typed)
