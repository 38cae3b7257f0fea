"""The questions about figures: a quantity, an amount of money, a phone number."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

import phonenumbers

from conversations.amounts import ABSURD, read_amount, read_number
from conversations.prompts import Choice
from conversations.questions import Asked
from conversations.said import Found, Said
from models.errors import Refusal
from models.money import EXPONENTS, Money
from models.text import _, raw

MOST_QUANTITY = 1_000_000

_QUANTITY = re.compile(r"[x×]?\s*(\d(?:[\d.,' ]*\d)?)\s*(?:[x×]|[^\W\d_].*)?", re.ASCII)
_PARTS = {"nusu": "0.5", "half": "0.5", "1/2": "0.5", "½": "0.5", "robo": "0.25", "quarter": "0.25",
          "1/4": "0.25", "¼": "0.25"}  # fmt: skip

_HOW_MANY = _("Please type how many, as a number like *3* or *2.5*.")


def stored_number(stored: Any) -> Decimal:
    """A stored decimal string as a number. Raises Refusal for anything else."""
    try:
        number = Decimal(str(stored))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) >= ABSURD:
        raise Refusal(_("Please type that number once more."))
    return number


@dataclass(frozen=True)
class Quantity(Asked[Decimal]):
    """How many: above zero, at most three decimals. Stored as a decimal string."""

    def read_words(self, words: str, found: Found) -> str:
        """`25`, `2.5 kg`, `nusu`; `2,5` asks back."""
        del found
        number = self._check(self._read(words))
        return f"{number:f}"

    def _read(self, words: str) -> Decimal:
        if words.casefold() in _PARTS:
            return Decimal(_PARTS[words.casefold()])
        shape = _QUANTITY.fullmatch(words)
        if shape is None:
            raise Refusal(_HOW_MANY)
        return read_number(shape[1])

    def _check(self, number: Decimal) -> Decimal:
        if not 0 < number <= MOST_QUANTITY or number != number.quantize(Decimal("0.001")):
            raise Refusal(_HOW_MANY)
        return number

    def load(self, stored: Any) -> Decimal:
        """The number."""
        return self._check(stored_number(stored))

    def guesses(self) -> tuple[Decimal, ...]:
        """A quantity never steers a dialogue."""
        return (Decimal(1),)


@dataclass(frozen=True)
class Amount(Asked[Money]):
    """Money above zero in one currency, at most `most`. Stored as a decimal string of major units.

    With `whole`, the choice `all` stands for that amount.
    """

    currency: str = "KES"
    most: Money | None = None
    whole: Money | None = None

    def own_choices(self, found: Found) -> tuple[Choice, ...]:
        """The whole amount, where there is one."""
        del found
        if self.whole is None:
            return ()
        fits = len(str(self.whole)) <= 14  # a button holds 20 letters
        label = _("All: {amount}", amount=self.whole) if fits else _("All of it")
        return (Choice("all", label, synonyms=_ALL),)

    def tapped(self, value: str, found: Found) -> str:
        """The whole amount."""
        del value, found
        return self.whole.plain() if self.whole else ""

    def read_words(self, words: str, found: Found) -> str:
        """`2k`, `1,200`, `KSh 850`; `1.500` asks back."""
        del found
        amount = read_amount(words, self.currency)
        self._check(amount)
        return amount.plain()

    def _check(self, amount: Money) -> None:
        if self.most is not None and self.most < amount:
            raise Refusal(_("That is more than {most}. Please type less.", most=self.most))

    def load(self, stored: Any) -> Money:
        """The amount, while it is not too much."""
        amount = Money.of(stored_number(stored), self.currency)
        self._check(amount)
        return amount

    def guesses(self) -> tuple[Money, ...]:
        """An amount never steers a dialogue."""
        return (Money(10 ** EXPONENTS[self.currency], self.currency),)


_ALL = tuple(map(raw, ("all", "full", "everything", "yote", "zote", "kamili")))
_PHONE = re.compile(r"\+?[\d\s().-]{6,20}", re.ASCII)


def read_phone(words: str, country: str) -> str:
    """A phone number as E.164; without a country code it is one of `country`. Raises Refusal."""
    typed = words.strip().removeprefix("tel:")
    if not _PHONE.fullmatch(typed):
        raise Refusal(_NO_PHONE)
    digits = re.sub(r"[^\d+]", "", typed)
    for candidate, region in ((digits, country), (f"+{digits.removeprefix('00')}", None)):
        try:
            number = phonenumbers.parse(candidate, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    raise Refusal(_NO_PHONE)


_NO_PHONE = _("That does not look like a phone number. Please check the digits and type it again.")


@dataclass(frozen=True)
class PhoneNumber(Asked[str]):
    """A phone number, typed or shared as a contact. Stored as E.164."""

    country: str = "KE"

    def read_words(self, words: str, found: Found) -> str:
        """Any usual way to write it."""
        del found
        return read_phone(words, self.country)

    def read_contact(self, said: Said) -> str:
        """The contact's number."""
        return read_phone(said.contact_phone or "", self.country)

    def load(self, stored: Any) -> str:
        """The number."""
        return str(stored)

    def guesses(self) -> tuple[str, ...]:
        """A number never steers a dialogue."""
        return ("+254700000000",)
