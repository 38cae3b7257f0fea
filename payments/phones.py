"""Phone numbers of payers: as a gateway can reach them, and as its messages show them."""

import hashlib
import re

import phonenumbers

from models.errors import Refusal
from models.text import _
from payments.gateway import Rules

_NOT_A_NUMBER = _("That does not look like a phone number. Type it like 0712 345 678.")
_NOT_OURS = _(
    "The M-Pesa prompt only reaches Kenyan numbers, like 0712 345 678."
    " Use one of those, or pay in another way."
)


def read(words: str, country: str, rules: Rules) -> str:
    """A typed number as E.164 that the gateway can reach; `country` explains `07…`.

    Only the gateway's own pattern decides: ranges are opened faster than libraries learn of them.
    Raises Refusal (code `phone`) for what is no number, or one of another country (A-40).
    """
    try:
        found = phonenumbers.parse(words, country)
    except phonenumbers.NumberParseException:
        raise Refusal(_NOT_A_NUMBER, "phone") from None
    number = phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164)
    if not phonenumbers.is_possible_number(found):
        raise Refusal(_NOT_A_NUMBER, "phone")
    if not re.fullmatch(rules.phone_pattern, number):
        raise Refusal(_NOT_OURS, "phone")
    return number


def agrees(shown: str | None, number: str | None) -> bool | None:
    """Whether a number as a provider shows it can be this one; None when nothing is shown.

    Daraja masks (`2547 ***** 126`, `25470****149`) or hashes it (facts: daraja 5.1).
    """
    if not shown or not number:
        return None
    digits = re.sub(r"\D", "", number)
    told = re.sub(r"[\s+]", "", shown).lower()
    if re.fullmatch(r"[0-9a-f]{64}", told):
        return hashlib.sha256(digits.encode()).hexdigest() == told
    head, stars, tail = re.fullmatch(r"([^*]*)(\**)(.*)", told).groups()  # type: ignore[union-attr]
    if not stars:
        return bool(told == digits)
    return bool(digits.startswith(head) and digits.endswith(tail))
