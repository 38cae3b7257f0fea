"""One talk for every row of the table of settings, and for each way the ways to pay are changed."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from conversations.setting_fields import BY_SETTING, path_to
from tests.conversations.talk import OPENING

T = TypeVar("T")

VALUES: Mapping[str, Any] = {
    "name": "Mama Mboga", "address": None, "city": "Nakuru", "phone": "+254712345678",
    "email": None, "tax_number": "P051234567X", "contact": None, "logo": "abc", "design": "bold",
    "prefix": "INV-", "terms": "7", "note": "x" * 500, "pay_note": None, "footer": "Karibu",
    "reminders": "-3, 0, 7", "tax_rate": "16", "tax_label": "VAT", "tax_mode": "exclusive",
    "discount": "off", "currency": "KES", "paper_language": "sw", "zone": "Africa/Nairobi",
    "language": "en", "quiet": "20-8", "role": "owner",
    "ways": [{"way": "paybill", "number": "123456", "account": "789"},
             {"way": "phone", "number": "+254712345678", "account": None},
             {"way": "cash", "number": None, "account": None}],
    **{f"hear.{topic}": "on" for topic in ("paid", "overdue", "reminded", "client", "weekly")},
    "hear.monthly": "off",
}  # fmt: skip
SET = replace(OPENING, settings=VALUES)
SAID_TO = {
    "name": "Duka la Asha", "address": "Moi Avenue 5", "city": "Kisumu", "phone": "0722 000 111",
    "email": "asha@example.com", "tax_number": "A051234567B", "contact": "Asha", "logo": "No logo",
    "design": "Simple", "prefix": "WH", "terms": "End of month", "note": "Asante",
    "pay_note": "Send the code", "footer": "Karibu tena", "reminders": "-1, 5", "tax_rate": "7.5",
    "tax_label": "GST", "tax_mode": "In the price", "discount": "on", "currency": "USD",
    "paper_language": "English", "zone": "Uganda", "language": "Kiswahili", "quiet": "21 to 7",
    "hear.paid": "Off", "hear.overdue": "OFF", "hear.reminded": "On", "hear.client": "off",
    "hear.weekly": "hapana", "hear.monthly": "ndiyo",
}  # fmt: skip


def made(script: Callable[..., T]) -> tuple[T, ...]:
    """The talks, as whatever `script` makes of them."""
    own: dict[str, Any] = {"flow": "settings", "opening": SET}
    fields = tuple(
        script(**own, answers=path_to(setting), said={}, last=f"value.{setting.value}",
               end=SAID_TO[setting.value], command="ChangeSetting", changed={})
        for setting in BY_SETTING
    )  # fmt: skip
    return (
        *fields,
        script(
            **own, said={"section": "My business", "field.business": "Town"}, last="value.city",
            end="Kitale", command="ChangeSetting", changed={},
        ),
        script(
            **own,
            said={"section": "How I am paid", "way": "Add a way", "way.kind": "Bank account"},
            last="way.number", end="Equity 0123456789", command="ChangeWays",
            changed={"way.kind": "M-Pesa paybill"},
        ),
        script(
            **own, said={"section": "How I am paid", "way": "123456"}, last="way.what",
            end="Remove it", command="ChangeWays", changed={"way": "+254712345678"},
        ),
        script(
            **own, said={"section": "4", "way": "2", "way.what": "Change the numbers"},
            last="way.number", end="0722000111", command="ChangeWays", changed={},
        ),
    )  # fmt: skip
