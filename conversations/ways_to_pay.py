"""How a merchant's customers pay her, by country, and the numbers they need for it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from conversations.figures import read_phone
from conversations.prompts import Choice
from conversations.questions import Asked
from conversations.said import Found, Said
from invoicing.commands import PayWay
from models.errors import Refusal
from models.text import Text, _

_PAYBILL = Choice("paybill", _("M-Pesa paybill"))
_BANK = Choice("bank", _("Bank account"))
_CASH = Choice("cash", _("Cash only"))
_PHONE = Choice("phone", _("To my phone"))
_TILLS = {
    "KE": Choice("till", _("M-Pesa till")),
    "TZ": Choice("till", _("Lipa number")),
    "UG": Choice("till", _("Merchant code")),
    "GH": Choice("till", _("Merchant code")),
    "RW": Choice("till", _("Merchant code")),
}
_DIGITS = re.compile(
    r"(\d{5,8})\b[\s,/:-]*(?:(?:account|acc?|akaunti)\b[\s.:#-]*)?(.{0,40})", re.IGNORECASE
)
_ACCOUNT = re.compile(r"\d(?:[ -]?\d){5,19}")


def ways(country: str) -> tuple[Choice, ...]:
    """The ways people pay in a country, the most usual first."""
    if country == "NG":
        return (_BANK, _CASH)
    paybill = (_PAYBILL,) if country == "KE" else ()
    till = (_TILLS[country],) if country in _TILLS else ()
    return (*paybill, *till, _PHONE, _BANK, _CASH)


def number_words(way: PayWay) -> Text:
    """How the numbers of a way are asked for."""
    return {
        PayWay.PAYBILL: _("What is your paybill number? If it has a fixed account, "
                          "type it too, like *123456 account 789*."),
        PayWay.TILL: _("What is your till or merchant number?"),
        PayWay.PHONE: _("Which phone number do customers send the money to?"),
        PayWay.BANK: _("Which bank, and which account number? Like *Equity 0123456789*."),
        PayWay.CASH: _("You take cash."),
    }[way]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class PayNumbers(Asked[Mapping[str, Any]]):
    """The numbers that go with a way to pay. Stored as `{"way", "number", "account"}`."""

    way: PayWay
    country: str

    def read_words(self, words: str, found: Found) -> dict[str, Any]:
        """The numbers, checked for their shape only. Raises Refusal."""
        del found
        number, account = self._split(words)
        return {"way": self.way.value, "number": number, "account": account}

    def read_contact(self, said: Said) -> dict[str, Any]:
        """A shared contact is her own phone."""
        if self.way is not PayWay.PHONE:
            return dict(super().read_contact(said))
        return self.read_words(said.contact_phone or "", Found())

    def _split(self, words: str) -> tuple[str, str | None]:
        if self.way is PayWay.PHONE:
            return read_phone(words, self.country), None
        if self.way is PayWay.BANK:
            return _bank(words)
        shape = _DIGITS.fullmatch(words)
        if shape is None:
            raise Refusal(_("That number should have 5 to 8 digits. Please check it."))
        return shape[1], (shape[2].strip() or None) if self.way is PayWay.PAYBILL else None

    def load(self, stored: Any) -> Mapping[str, Any]:
        """The numbers, while they belong to this way."""
        if not isinstance(stored, Mapping) or stored.get("way") != self.way:
            raise Refusal(_("You chose another way to be paid."))
        return stored

    def guesses(self) -> tuple[Mapping[str, Any], ...]:
        """Numbers never steer a dialogue."""
        return ({"way": self.way.value, "number": "0", "account": None},)


def _bank(words: str) -> tuple[str, str]:
    found = _ACCOUNT.search(words)
    bank = " ".join(words.replace(found[0], " ").split()) if found else ""
    if found is None or not any(c.isalpha() for c in bank) or len(bank) > 60:
        raise Refusal(_("Please type the bank and the account number, like *Equity 0123456789*."))
    return re.sub("[ -]", "", found[0]), bank
