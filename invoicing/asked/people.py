"""What a person asks for herself: to be a merchant, a language, silence."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from models.text import Text


class PayWay(StrEnum):
    """How a merchant's customers pay her."""

    PAYBILL = "paybill"
    TILL = "till"
    PHONE = "phone"  # to her own number: send money, or Pochi la Biashara
    BANK = "bank"
    CASH = "cash"


@dataclass(frozen=True)
class SignUp:
    """Make me a merchant. `language` is en or sw, `country` two letters.

    `pay_number` is the paybill, till, phone (E.164) or bank account, `pay_account` the account
    name or number that goes with a paybill, or the bank's name; None where the way has none.
    `tax_rate` in percent, None if she charges none.
    """

    language: str
    business: str
    country: str
    currency: str
    zone: str
    pay_way: PayWay
    pay_number: str | None
    pay_account: str | None
    tax_rate: Decimal | None
    tax_inclusive: bool


@dataclass(frozen=True)
class SetLanguage:
    """Speak to me in this language from now on: en or sw."""

    language: str


@dataclass(frozen=True)
class StopMessages:
    """Send me nothing more until I say so."""


@dataclass(frozen=True)
class ResumeMessages:
    """Send me messages again."""


@dataclass(frozen=True)
class Nothing:
    """The person thought better of it: only say these words."""

    words: Text
