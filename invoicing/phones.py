"""Phone numbers: read as people of a country type them, kept as E.164, shown masked."""

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberType

from models.errors import Refusal
from models.text import _

MOBILE = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
EXAMPLES = {
    "KE": "0712 345 678",
    "TZ": "0754 123 456",
    "UG": "0772 123 456",
    "NG": "0803 123 4567",
    "GH": "024 123 4567",
    "RW": "0788 123 456",
}


def normalise(country: str, text: str) -> str:
    """A mobile number as typed to E.164: `0712 345 678` in KE to `+254712345678`.

    Numbers of other countries are welcome with their `+` or `00`, and without it where nothing
    else fits. Raises Refusal with an example of the country.
    """
    typed = text.strip()
    typed = "+" + typed[2:] if typed.startswith("00") else typed
    for attempt in (typed, "+" + typed.lstrip("+0")):
        found = _read(attempt, country)
        if found is not None:
            return phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164)
    example = EXAMPLES.get(country, "+254 712 345 678")
    words = _("That does not look like a mobile number. Try it like {example}", example=example)
    raise Refusal(words, "phone")


def _read(text: str, country: str) -> PhoneNumber | None:
    try:
        found = phonenumbers.parse(text, country)
    except NumberParseException:
        return None
    valid = phonenumbers.is_valid_number(found)
    return found if valid and phonenumbers.number_type(found) in MOBILE else None


def national(phone: str) -> str:
    """As people write it at home, without spaces: `0712345678`; unreadable ones stay as they are."""
    try:
        found = phonenumbers.parse(phone)
    except NumberParseException:
        return phone
    form = phonenumbers.PhoneNumberFormat.NATIONAL
    return "".join(sign for sign in phonenumbers.format_number(found, form) if sign.isdigit())


def masked(phone: str) -> str:
    """Enough for its owner to know it again, and nobody else: `0712•••678`."""
    digits = national(phone)
    return f"{digits[:4]}•••{digits[-3:]}" if len(digits) >= 9 else "•••"
