"""What is asked about a business's own settings: one field at a time, its logo, how it is paid."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Setting(StrEnum):
    """Each thing that can be set; the value is stored in old talks and audit rows: for ever."""

    NAME = "name"
    ADDRESS = "address"
    CITY = "city"
    PHONE = "phone"
    EMAIL = "email"
    TAX_NUMBER = "tax_number"
    CONTACT = "contact"
    LOGO = "logo"
    PREFIX = "prefix"
    TERMS = "terms"
    NOTE = "note"
    PAY_NOTE = "pay_note"
    FOOTER = "footer"
    DESIGN = "design"
    REMINDERS = "reminders"
    TAX_LABEL = "tax_label"
    TAX_RATE = "tax_rate"
    TAX_MODE = "tax_mode"
    DISCOUNT = "discount"
    CURRENCY = "currency"
    PAPER_LANGUAGE = "paper_language"
    ZONE = "zone"
    LANGUAGE = "language"
    QUIET = "quiet"
    HEAR_PAID = "hear.paid"
    HEAR_OVERDUE = "hear.overdue"
    HEAR_REMINDED = "hear.reminded"
    HEAR_CLIENT = "hear.client"
    HEAR_WEEKLY = "hear.weekly"
    HEAR_MONTHLY = "hear.monthly"


# What belongs to the person who asks, not to the business: everybody may set her own.
OWN = frozenset(
    {Setting.LANGUAGE, Setting.QUIET} | {one for one in Setting if one.startswith("hear.")}
)
# What the whole business came to is not told to its cashiers.
REPORTS = frozenset({Setting.HEAR_WEEKLY, Setting.HEAR_MONTHLY})
DESIGNS = ("classic", "bold", "simple")
TERMS = ("0", "7", "14", "30", "month_end")


class WayChange(StrEnum):
    """What is done with one of the ways customers pay."""

    ADD = "add"
    REPLACE = "replace"
    REMOVE = "remove"
    FIRST = "first"


@dataclass(frozen=True)
class ChangeSetting:
    """Set one thing; `value` is words as stored (`16`, `on`, `21-7`), None empties it."""

    setting: Setting
    value: str | None


@dataclass(frozen=True)
class SetLogo:
    """Use a picture that she sent: `channel`, and `file`, the channel's own name of it."""

    channel: str
    file: str


@dataclass(frozen=True)
class ChangeWays:
    """Change how customers pay. `old` is the way as it was shown, `new` the numbers given now.

    Both as stored: `{"way", "number", "account"}`.
    """

    change: WayChange
    old: Mapping[str, Any] | None = None
    new: Mapping[str, Any] | None = None
