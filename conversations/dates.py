"""Reads a day from what was typed, in English and Swahili; two readings ask back, never guess."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from models.errors import Refusal
from models.text import Text, _, ngettext

WEEKDAYS = (
    ("monday", "mon", "jumatatu"), ("tuesday", "tue", "tues", "jumanne"),
    ("wednesday", "wed", "jumatano"), ("thursday", "thu", "thur", "thurs", "alhamisi"),
    ("friday", "fri", "ijumaa"), ("saturday", "sat", "jumamosi"), ("sunday", "sun", "jumapili"),
)  # fmt: skip
MONTHS = (
    ("january", "jan", "januari"), ("february", "feb", "februari"), ("march", "mar", "machi", "mac"),
    ("april", "apr", "aprili"), ("may", "mei"), ("june", "jun", "juni"), ("july", "jul", "julai"),
    ("august", "aug", "agosti", "ago"), ("september", "sep", "sept", "septemba"),
    ("october", "oct", "oktoba", "okt"), ("november", "nov", "novemba"),
    ("december", "dec", "desemba", "des"),
)  # fmt: skip
NUMBERS = (
    ("one", "moja", "a"), ("two", "mbili"), ("three", "tatu"), ("four", "nne"), ("five", "tano"),
    ("six", "sita"), ("seven", "saba"), ("eight", "nane"), ("nine", "tisa"), ("ten", "kumi"),
)  # fmt: skip
LONGEST_DAYS = 730
HALF_YEAR_DAYS = 183

_WEEKDAY = {name: n for n, names in enumerate(WEEKDAYS) for name in names}
_MONTH = {name: n for n, names in enumerate(MONTHS, 1) for name in names}
_NUMBER = {name: n for n, names in enumerate(NUMBERS, 1) for name in names}
_FIXED = {
    "today": 0, "leo": 0, "now": 0, "sasa": 0, "on receipt": 0, "due on receipt": 0,
    "tomorrow": 1, "tommorow": 1, "kesho": 1, "day after tomorrow": 2, "the day after tomorrow": 2,
    "keshokutwa": 2, "kesho kutwa": 2, "fortnight": 14, "a fortnight": 14, "in a fortnight": 14,
    "yesterday": -1, "jana": -1, "day before yesterday": -2, "the day before yesterday": -2,
    "juzi": -2,
}  # fmt: skip
_VAGUE = {"next week", "wiki ijayo", "wiki lijalo", "next month", "mwezi ujao", "soon", "later"}
_BEFORE = re.compile(r"^(?:by|before|on|due|kufikia|kabla ya|mnamo|siku ya|until|till|hadi)\s+")
_AWAY = re.compile(
    r"(?:in |within |net |after |baada ya |ndani ya )*"
    r"(?:(?P<n>\w+) (?P<unit>days?|weeks?|siku|wiki)|(?P<unit_sw>siku|wiki) (?P<n_sw>\w+)"
    r"|(?<=net )(?P<net>\d+))(?: ago| zilizopita)?"
)
_DAY_MONTH = re.compile(r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_WORDED = re.compile(
    r"(?:the |tarehe )?(\d{1,2})(?:st|nd|rd|th)?(?: of| ya)? ([a-z]+)(?: (\d{4}))?"
)
_WORDED_US = re.compile(r"([a-z]+) (\d{1,2})(?:st|nd|rd|th)?(?: (\d{4}))?")
_OF_MONTH = re.compile(r"(?:the )?(\d{1,2})(?:st|nd|rd|th)|tarehe (\d{1,2})")
_END = re.compile(
    r"(?:the )?(?:end of(?: the| this)? month|month end|eom|mwisho wa mwezi(?: huu)?)"
    r"|(?P<next>(?:the )?end of next month|mwisho wa mwezi ujao)"
)


def read_day(words: str, today: date, *, past: bool = False) -> date:
    """The day meant, counted from `today` (backwards with `past`). Raises Refusal.

    `Friday` said on a Friday is the next one. Day comes before month. What has two readings
    (`next Friday`, `next week`, `30`) is refused with a hint, as is what is two years away.
    """
    said = _BEFORE.sub("", " ".join(words.casefold().replace(",", " ").split()).rstrip(".!"))
    if len(said) > 60:
        raise Refusal(_hint(""))
    if said in _FIXED:
        return today + timedelta(days=_FIXED[said])
    for reader in _READERS:
        day = reader(said, today, -1 if past else 1)
        if day is not None:
            return _within_reason(day, today)
    raise Refusal(_hint(said))


def _hint(said: str) -> Text:
    if said in _VAGUE or re.search(r"\b(?:next|this|ijayo|hii|ujao|iliyopita)\b", said):
        return _(
            "*{said}* can mean more than one day. Please type the date, like *30/11*.", said=said
        )
    if re.fullmatch(r"\d{1,3}", said):
        return ngettext(
            "Is that {n} day, or a day of the month? Please type *{n} day* or *30/11*.",
            "Is that {n} days, or a day of the month? Please type *{n} days* or *30/11*.",
            int(said),
        )
    return _("I could not read that day. Please type it like *30/11*, *Friday* or *10 days*.")


def _within_reason(day: date, today: date) -> date:
    if abs((day - today).days) > LONGEST_DAYS:
        raise Refusal(_("That day is too far away. Please type one within two years."))
    return day


def _away(said: str, today: date, step: int) -> date | None:
    found = _AWAY.fullmatch(said)
    if not found:
        return None
    word = found["n"] or found["n_sw"] or found["net"]
    number = int(word) if word.isdecimal() else _NUMBER.get(word)
    if number is None or number > LONGEST_DAYS:
        return None
    unit = found["unit"] or found["unit_sw"] or "days"
    return today + step * timedelta(days=number * (7 if unit.startswith("w") else 1))


def _weekday(said: str, today: date, step: int) -> date | None:
    if said not in _WEEKDAY:
        return None
    apart = step * (_WEEKDAY[said] - today.weekday())
    return today + step * timedelta(days=(apart - 1) % 7 + 1)


def _iso(said: str, today: date, step: int) -> date | None:
    del today, step
    found = _ISO.fullmatch(said)
    return _real(int(found[1]), int(found[2]), int(found[3])) if found else None


def _day_month(said: str, today: date, step: int) -> date | None:
    found = _DAY_MONTH.fullmatch(said)
    return _dated(int(found[1]), int(found[2]), found[3], today, step) if found else None


def _worded(said: str, today: date, step: int) -> date | None:
    found, swapped = _WORDED.fullmatch(said), _WORDED_US.fullmatch(said)
    if found and found[2] in _MONTH:
        return _dated(int(found[1]), _MONTH[found[2]], found[3], today, step)
    if swapped and swapped[1] in _MONTH:
        return _dated(int(swapped[2]), _MONTH[swapped[1]], swapped[3], today, step)
    return None


def _dated(day: int, month: int, year: str | None, today: date, step: int) -> date:
    """With no year said: this year's, or the neighbouring year's where that is within half a year."""
    if year is not None:
        return _real(int(year) + (2000 if len(year) == 2 else 0), month, day)
    this = _real(today.year, month, day)
    if step * (this - today).days >= 0:
        return this
    other = _real(today.year + step, month, day)
    if abs((other - today).days) > HALF_YEAR_DAYS:
        raise Refusal(_("Which year do you mean? Please type it too, like *30/11/2026*."))
    return other


def _of_month(said: str, today: date, step: int) -> date | None:
    found = _OF_MONTH.fullmatch(said)
    if not found:
        return None
    day = int(found[1] or found[2])
    if step * (day - today.day) >= 0:
        return _real(today.year, today.month, day)
    other = today.replace(day=1) - timedelta(days=1) if step < 0 else _next_month(today)
    return _real(other.year, other.month, day)


def _end_of_month(said: str, today: date, step: int) -> date | None:
    del step
    found = _END.fullmatch(said)
    if not found:
        return None
    return month_end(_next_month(today) if found["next"] else today)


def _next_month(day: date) -> date:
    return month_end(day) + timedelta(days=1)


def month_end(day: date) -> date:
    """The last day of its month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def _real(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Refusal(
            _("There is no such day. Please type the day first, then the month, like *30/11*.")
        ) from None


_READERS: tuple[Callable[[str, date, int], date | None], ...] = (
    _away, _weekday, _iso, _day_month, _worded, _of_month, _end_of_month,
)  # fmt: skip
