"""Lengths of time and ends of months in a due phrase: net 30, in 7 days, siku 7, mwisho wa mwezi."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from conversations.lines.tokens import Token, low, says
from conversations.lines.words import MONTHS, word_set

STRONG = word_set(
    "due duedate payable alipe atalipa analipa walipe watalipa ilipwe italipwa zilipwe alipie "
    "alipwe atanilipa atatulipa tulipwe nilipwe anilipe alipeni kufikia deadline pays paying "
    "deu dued lipwe kulipa atamaliza"
)
SOFT = word_set("by before hadi mpaka till until pay payment malipo lipa terms ifikapo mwisho")
FILL = word_set(
    "on by before date is ni the siku ya kabla kufikia at of tarehe tar mnamo ifikapo within "
    "in ndani baada for to from latest not later than wa he she it up day 's iwe mwisho be "
    "within :"
)


@dataclass(frozen=True, slots=True)
class Found:
    """The days a phrase may mean and where it ends."""

    days: tuple[date, ...]
    after: int  # the index behind the phrase


def by_itself(tokens: list[Token], index: int, today: date) -> Found | None:
    """Phrases that say "due" without a lead: net 30, in 7 days, baada ya siku 7, end of month."""
    for reader in (_net, _within, _month_end, _receipt):
        found = reader(tokens, index, today)
        if found:
            return found
    return None


def _count(tokens: list[Token], index: int) -> int | None:
    if index >= len(tokens) or tokens[index].kind != "num":
        return 1 if low(tokens, index) in {"a", "an"} else None
    token = tokens[index]
    if token.value is None or token.money or token.value != int(token.value):
        return None
    return int(token.value) if 0 < token.value <= 730 else None


def _net(tokens: list[Token], index: int, today: date) -> Found | None:
    if low(tokens, index) != "net":
        return None
    index += 1 + (low(tokens, index + 1) == "-")
    days = _count(tokens, index)
    if days is None or tokens[index].suffix not in {"", "days"}:
        return None
    if low(tokens, index + 1) in _PRICED or tokens[min(index + 1, len(tokens) - 1)].kind == "num":
        return None if index + 1 < len(tokens) else Found((today + timedelta(days),), index + 1)
    return Found((today + timedelta(days),), index + 1 + (low(tokens, index + 1) == "days"))


_PRICED = {"@", "at", "each", "ea", "x", "per", "kila"}  # a fishing net 3 @ 500 is goods
_UNITS = {"day": 1, "days": 1, "siku": 1, "week": 7, "weeks": 7, "wk": 7, "wks": 7, "wiki": 7,
          "juma": 7, "majuma": 7, "fortnight": 14, "fortnights": 14}  # fmt: skip
_MONTH_UNITS = {"month", "months", "mwezi", "miezi"}


def _within(tokens: list[Token], index: int, today: date) -> Found | None:
    """In N days, within N weeks, baada ya siku N, ndani ya wiki N, siku N after due."""
    start = index
    first, second = low(tokens, index), low(tokens, index + 1)
    if first in {"in", "within", "after"}:
        index += 1
    elif first in {"baada", "ndani"} and second in {"ya", "za"}:
        index += 2
    elif not (start and low(tokens, start - 1) in STRONG | SOFT | FILL):
        return None
    elif low(tokens, start - 1) in _OF and not _leads(low(tokens, start - 2)):
        return None  # mafunzo ya siku 3: how long the work takes
    span = span_at(tokens, index)
    if span is None or (span[0] is None and index == start):
        return None
    days, after = span
    return Found((today + timedelta(days),) if days else (), _skip_of(tokens, after))


_OF = frozenset(("ya", "za", "wa", "la"))


def _leads(word: str) -> bool:
    return word in STRONG | SOFT | FILL


def _skip_of(tokens: list[Token], index: int) -> int:
    return says(tokens, index, _OF_NOW) or index


_OF_NOW = (("from", "now"), ("from", "today"), ("time",), ("zijazo",), ("kuanzia", "leo"))


def span_at(tokens: list[Token], index: int) -> tuple[int | None, int] | None:
    """A length of time at `index`: its days (None where a month makes it unsure) and its end."""
    token = tokens[index] if index < len(tokens) else None
    if token is None:
        return None
    if token.kind == "num" and token.suffix in _UNITS and token.value is not None:
        days = int(token.value) * _UNITS[token.suffix]
        return (days if 0 < days <= 730 else None), index + 1
    if token.low in _UNITS or token.low in _MONTH_UNITS:  # Swahili order: siku 7
        count = _count(tokens, index + 1)
        if token.low == "fortnight":
            return 14, index + 1
        if count is None:
            return None
        return (count * _UNITS[token.low] if token.low in _UNITS else None), index + 2
    count = _count(tokens, index)
    unit = low(tokens, index + 1)
    if count is None or unit not in {*_UNITS, *_MONTH_UNITS}:
        return None
    return (count * _UNITS[unit] if unit in _UNITS else None), index + 2


_ENDS = (
    ("end", "of", "the", "month"), ("end", "of", "this", "month"), ("end", "of", "month"),
    ("end", "month"), ("month", "end"), ("mwisho", "wa", "mwezi", "huu"), ("mwisho", "wa", "mwezi"),
    ("mwisho", "mwezi"), ("eom",), ("month-end",), ("endmonth",), ("mwezi", "ukiisha"),
    ("mwishoni", "mwa", "mwezi", "huu"), ("mwishoni", "mwa", "mwezi"), ("end", "of", "d", "month"),
    ("mwisho", "wa", "huu", "mwezi"), ("end", "of", "mwezi"),
)  # fmt: skip
_NEXT_ENDS = (
    ("end", "of", "next", "month"), ("end", "next", "month"), ("mwisho", "wa", "mwezi", "ujao"),
    ("mwishoni", "mwa", "mwezi", "ujao"), ("next", "month", "end"), ("mwisho", "wa", "mwezi", "kesho"),
    ("end", "of", "the", "next", "month"),
)  # fmt: skip


def _month_end(tokens: list[Token], index: int, today: date) -> Found | None:
    for ends, step in ((_NEXT_ENDS, 1), (_ENDS, 0)):
        after = says(tokens, index, ends)
        if after:
            return Found((_last_day(_shift(today, step)),), after)
    named = _named_end(tokens, index)
    if not named:
        return None
    month = MONTHS[low(tokens, named)]
    year = today.year + (month < today.month)
    return Found((_last_day(date(year, month, 1)),), named + 1)


def _named_end(tokens: list[Token], index: int) -> int:
    lead = (low(tokens, index), low(tokens, index + 1))
    if lead in {("end", "of"), ("mwisho", "wa"), ("mwishoni", "mwa")}:
        return index + 2 if low(tokens, index + 2) in MONTHS else 0
    return index + 1 if lead[0] == "end" and lead[1] in MONTHS else 0


def _last_day(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _shift(day: date, months: int) -> date:
    """The first of the month `months` after the one of `day`."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def _receipt(tokens: list[Token], index: int, today: date) -> Found | None:
    if low(tokens, index) in {"on", "upon"} and low(tokens, index + 1) == "receipt":
        return Found((today,), index + 2)
    return None
