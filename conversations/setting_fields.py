"""Every setting as people see it: its name, its present value, and the one question that asks it.

A table, so that a new setting is one row here and one rule in `invoicing.settings`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from conversations.engine import Move, Question
from conversations.figures import PhoneNumber
from conversations.opening import Opening
from conversations.prompts import Choice
from conversations.questions import Asked, Pick, Words, maybe
from conversations.setting_questions import (
    NO_QUIET,
    USUAL_QUIET,
    BusinessName,
    Hours,
    OrTyped,
    Picture,
    Typed,
    switch,
)
from invoicing.commands import DESIGNS, TERMS, Setting
from models.countries import COUNTRIES
from models.money import EXPONENTS
from models.text import Text, _, ngettext, raw

SHOWN = 60  # letters of a value on a card; the question shows all of it
NOT_SET = _("not set")
EMPTY = _("Leave it empty")
KEEP = Choice("keep", _("Leave as it is"))
Make = Callable[[str, Text, Opening], Asked[Any]]
Show = Callable[[Any], Text]


def cut(words: str, most: int = SHOWN) -> str:
    """Words short enough for a card."""
    return words if len(words) <= most else f"{words[: most - 1]}…"


def plainly(value: Any) -> Text:
    """Someone's own words as they are."""
    return raw(cut(str(value))) if value else NOT_SET


def worded(choices: tuple[Choice, ...]) -> Show:
    """The label of what was chosen."""
    labels = {choice.value: choice.label for choice in choices}
    return lambda value: labels.get(str(value), plainly(value))


def line(most: int) -> Make:
    """Someone's own words."""
    return lambda key, words, _opening: Words(key, words, most=most)


def typed(most: int = 60) -> Make:
    """A short answer."""
    return lambda key, words, _opening: Typed(key, words, most=most)


def pick(choices: tuple[Choice, ...]) -> Make:
    """One of several."""
    return lambda key, words, _opening: Pick(key, words, options=choices)


@dataclass(frozen=True)
class Field:
    """One row: `label` on buttons and cards, `asks` the question, `empties` a way to set nothing."""

    setting: Setting
    label: Text
    asks: Text
    make: Make
    shows: Show = field(default=plainly)
    empties: Text | None = None

    @property
    def key(self) -> str:
        """The key of its answer, for ever."""
        return f"value.{self.setting.value}"

    def question(self, opening: Opening, now: Any) -> Question[Any]:
        """What it is now, then the question; optional ones may be emptied."""
        words = Text("{lines}", {"lines": (_("*{what}* now: {value}", what=self.label,
                                             value=self.shows(now)), self.asks)})  # fmt: skip
        asked = self.make(self.key, words, opening)
        if not isinstance(asked, Pick):
            card = Move(f"field.{SECTION_OF[self.setting]}")
            asked = replace(asked, also=((KEEP, card),))
        if self.empties is None or not now:
            return asked
        return maybe(asked, skip=Choice("empty", self.empties))


TERMS_CHOICES = tuple(
    Choice(value, label, synonyms=(raw(f"{value} days"), raw(f"siku {value}")))
    for value, label in zip(
        TERMS,
        (_("Same day"), _("In 7 days"), _("In 14 days"), _("In 30 days"), _("End of month")),
        strict=True,
    )
)
DESIGN_CHOICES = tuple(
    Choice(value, label)
    for value, label in zip(DESIGNS, (_("Classic"), _("Bold"), _("Simple")), strict=True)
)
MODES = (Choice("exclusive", _("Added on top")), Choice("inclusive", _("In the price")))
LANGUAGES = (
    Choice("en", raw("English"), synonyms=(raw("en"), raw("kiingereza"))),
    Choice("sw", raw("Kiswahili"), synonyms=(raw("sw"), raw("swahili"))),
)
CURRENCIES = tuple(Choice(code, raw(code)) for code in EXPONENTS)
ZONES = tuple(
    Choice(country.zone, country.name, synonyms=(raw(country.zone),))
    for country in COUNTRIES.values()
)
USUAL_DAYS = Choice("-3 0 3 7 14", _("The usual days"))
WORD = {True: _("on"), False: _("off")}


def _percent(value: Any) -> Text:
    return raw(f"{value}%") if value else _("no tax")


def _days(value: Any) -> Text:
    """`-3, 0, 7` as people say it."""
    days = [int(day) for day in str(value or "").replace(",", " ").split()]
    before = [-day for day in days if day < 0]
    after = [day for day in days if day > 0]
    parts = []
    if before:
        parts.append(ngettext("{days} day before", "{days} days before", **_named(before)))
    if 0 in days:
        parts.append(_("on the due day"))
    if after:
        parts.append(ngettext("{days} day after", "{days} days after", **_named(after)))
    if not parts:
        return _("no reminders")
    marks = " · ".join(f"{{part{place}}}" for place in range(len(parts)))
    return Text(marks, {f"part{place}": part for place, part in enumerate(parts)})


def _named(days: Sequence[int]) -> dict[str, Any]:
    """Days in a row; several of one day each are still days."""
    return {"days": ", ".join(map(str, days)), "n": days[0] if len(days) == 1 else 0}


def _hours(value: Any) -> Text:
    start, _dash, end = str(value).partition("-")
    return raw(f"{start}:00–{end}:00") if end else NO_QUIET.label


def _zone(value: Any) -> Text:
    return raw(str(value).rpartition("/")[2].replace("_", " "))


def _kept(value: Any) -> Text:
    return _("there is one") if value else NOT_SET


def _switch_of(value: Any) -> Text:
    return WORD[value == "on"]


def _is_on(key: str, words: Text, _opening: Opening) -> Asked[Any]:
    return switch(key, words)


def _hear(topic: str, label: Text, asks: Text) -> Field:
    return Field(Setting(f"hear.{topic}"), label, asks, _is_on, _switch_of)


BUSINESS = (
    Field(Setting.NAME, _("Business name"), _("What is the name of your business?"),
          lambda key, words, _o: BusinessName(key, words, most=80)),
    Field(Setting.ADDRESS, _("Address"), _("What address should stand on your invoices?"),
          line(200), empties=EMPTY),
    Field(Setting.CITY, _("Town"), _("Which town are you in?"), line(60), empties=EMPTY),
    Field(Setting.PHONE, _("Phone"), _("Which phone number should customers call?"),
          lambda key, words, opening: PhoneNumber(key, words, country=opening.country),
          empties=EMPTY),
    Field(Setting.EMAIL, _("E-mail"), _("Which e-mail address should customers write to?"),
          typed(120), empties=EMPTY),
    Field(Setting.TAX_NUMBER, _("Tax number (PIN)"), _("What is your tax number?"), typed(),
          empties=EMPTY),
    Field(Setting.CONTACT, _("Contact person"), _("Whom should customers ask for?"), line(80),
          empties=EMPTY),
    Field(Setting.LOGO, _("Logo"),
          _("Send me your logo as a picture (PNG or JPEG). It goes on new invoices."),
          lambda key, words, _o: Picture(key, words), _kept, empties=_("No logo")),
)  # fmt: skip
INVOICES = (
    Field(Setting.DESIGN, _("Design"), _("Which design do you like for new invoices?"),
          pick(DESIGN_CHOICES), worded(DESIGN_CHOICES)),
    Field(Setting.PREFIX, _("Number prefix"),
          _("Which letters should stand before the number? Up to 6, like *INV*. "
            "The count goes on."), typed(10)),
    Field(Setting.TERMS, _("When to pay"), _("When are new invoices usually due?"),
          pick(TERMS_CHOICES), worded(TERMS_CHOICES)),
    Field(Setting.NOTE, _("Note"), _("What note should stand on every new invoice?"), line(500),
          empties=EMPTY),
    Field(Setting.PAY_NOTE, _("How to pay: a note"),
          _("What should customers know when they pay? It stands beside the ways to pay."),
          line(300), empties=EMPTY),
    Field(Setting.FOOTER, _("Last line"), _("What should the last line of every invoice say?"),
          line(120), empties=EMPTY),
    Field(Setting.REMINDERS, _("Reminder days"),
          _("When shall I remind customers? Count from the due day: *-3* is three days before, "
            "*0* the day itself, *7* a week later. Like *-3, 0, 7*. It holds for new invoices."),
          lambda key, words, _o: OrTyped(key, words, options=(USUAL_DAYS,)), _days,
          empties=_("No reminders")),
)  # fmt: skip
TAX = (
    Field(Setting.TAX_RATE, _("Tax rate"), _("What is your tax rate? Type it like *16*."),
          typed(10), _percent, empties=_("No tax")),
    Field(Setting.TAX_LABEL, _("Name of the tax"), _("What is the tax called, like *VAT*?"),
          typed(12)),
    Field(Setting.TAX_MODE, _("Tax and prices"), _("Is tax added on top, or is it in the price?"),
          pick(MODES), worded(MODES)),
    Field(Setting.DISCOUNT, _("Ask for discount"),
          _("Shall I ask you for a discount on every invoice?"), _is_on, _switch_of),
    Field(Setting.CURRENCY, _("Currency"),
          _("Which currency do you bill in? It holds for *new* invoices only: what is sent "
            "already stays as it is, and the two are never added up."),
          pick(CURRENCIES)),
)  # fmt: skip
NEWS = (
    _hear("paid", _("Payments"), _("Shall I tell you when a payment arrives?")),
    _hear("overdue", _("Overdue invoices"), _("Shall I tell you when an invoice is overdue?")),
    _hear("reminded", _("Reminders I send"), _("Shall I tell you each time I remind a customer?")),
    _hear("client", _("New clients"), _("Shall I tell you when a colleague adds a client?")),
    _hear("weekly", _("Weekly report"), _("Shall I send you a report every Monday?")),
    _hear("monthly", _("Monthly report"), _("Shall I send you a report on the 1st of the month?")),
    Field(Setting.QUIET, _("Quiet hours"),
          _("When do you want peace? Type it like *21 to 7*. Money that arrives and what somebody waits "
            "for is told at once all the same; the rest waits until the morning."),
          lambda key, words, _o: Hours(key, words, options=USUAL_QUIET), _hours),
)  # fmt: skip
PLACE = (
    Field(Setting.LANGUAGE, _("My language"), _("Which language shall I speak with you?"),
          pick(LANGUAGES), worded(LANGUAGES)),
    Field(Setting.PAPER_LANGUAGE, _("Invoice language"),
          _("Which language should new invoices be in, unless a client has another?"),
          pick(LANGUAGES), worded(LANGUAGES)),
    Field(Setting.ZONE, _("Time zone"), _("Where is your clock? Choose, or type it like "
                                          "*Africa/Johannesburg*."),
          lambda key, words, _o: OrTyped(key, words, options=ZONES), _zone),
)  # fmt: skip
FIELDS: Mapping[str, tuple[Field, ...]] = {
    "business": BUSINESS,
    "invoices": INVOICES,
    "tax": TAX,
    "news": NEWS,
    "place": PLACE,
}
SECTION_OF = {row.setting: section for section, rows in FIELDS.items() for row in rows}
BY_SETTING = {row.setting: row for rows in FIELDS.values() for row in rows}


def path_to(setting: Setting) -> dict[str, str]:
    """The answers that lead straight to the question about a setting."""
    section = SECTION_OF[setting]
    return {"section": section, f"field.{section}": setting.value}
