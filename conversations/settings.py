"""Shows what is set, section by section, and changes one thing at a time with one question."""

from collections.abc import Mapping
from typing import Any

from conversations.engine import Dialogue, Move, ask
from conversations.opening import Opening
from conversations.pay_ways import change_ways
from conversations.prompts import Choice
from conversations.questions import Card, Pick
from conversations.setting_fields import BY_SETTING, FIELDS, Field
from invoicing.commands import OWN, REPORTS, ChangeSetting, ChangeWays, SetLogo, Setting
from models.text import Text, _, raw

PAY = "pay"
SECTIONS = (
    Choice("business", _("My business"), synonyms=(raw("business"), raw("biashara"))),
    Choice("invoices", _("My invoices"), synonyms=(raw("invoices"), raw("ankara"))),
    Choice("tax", _("Tax and money"), synonyms=(raw("tax"), raw("kodi"))),
    Choice(PAY, _("How I am paid"), synonyms=(raw("payment"), raw("malipo"))),
    Choice("news", _("What I hear"), synonyms=(raw("notifications"), raw("arifa"))),
    Choice("place", _("Language and time"), synonyms=(raw("language and clock"),)),
)
OTHER = Choice("other", _("Other settings"), synonyms=(raw("other"), raw("nyingine")))
MANAGES = ("owner", "manager")


def settings(opening: Opening) -> Dialogue[ChangeSetting | SetLogo | ChangeWays]:
    """Keys: `section`, `field.<section>`, `value.<setting>`; of ways to pay those of `pay_ways`."""
    words = _("Settings of *{business}*. What do you want to see?", business=opening.business)
    section = yield from ask(Pick("section", words, options=SECTIONS))
    other = (OTHER, Move("section"))
    if section == PAY:
        return (yield from change_ways(opening, _may(opening, PAY), other))
    chosen = yield from ask(_card(opening, section, other))
    row = BY_SETTING[Setting(chosen)]
    answer = yield from ask(row.question(opening, opening.settings.get(chosen)))
    if isinstance(answer, Mapping):
        return SetLogo(str(answer["channel"]), str(answer["file"]))
    return ChangeSetting(row.setting, None if answer is None else str(answer))


def _card(opening: Opening, section: str, other: tuple[Choice, Move]) -> Card:
    now = opening.settings
    hidden = REPORTS if now.get("role") == "cashier" else frozenset()
    rows = tuple(row for row in FIELDS[section] if row.setting not in hidden)
    lines = tuple(_line(row, now.get(row.setting.value)) for row in rows)
    mine = tuple(row for row in rows if row.setting in OWN or _may(opening, section))
    words = _("What do you want to change?") if mine else NOT_YOURS
    choices = tuple(Choice(row.setting.value, row.label) for row in mine)
    return Card(
        f"field.{section}",
        words,
        options=choices,
        card=lines,
        guess=Setting.LANGUAGE.value,
        also=(other,),
    )


def _line(row: Field, now: Any) -> Text:
    return _("{what}: *{value}*", what=row.label, value=row.shows(now))


def _may(opening: Opening, section: str) -> bool:
    """Whether the person who asks may change a section; the money's ways are the owner's."""
    role = opening.settings.get("role", "owner")
    return role == "owner" or (section != PAY and role in MANAGES)


NOT_YOURS = _("Only the owner or a manager can change this.")
