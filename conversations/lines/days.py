"""Which calendar day a few words name: kesho, ijumaa, next friday, 5th, 5 dec, 30/11.

`day_at` gives all days that survive: one is an answer, none or several must be asked.
"""

import re
from datetime import date, timedelta

from conversations.lines.tokens import Token, low, says
from conversations.lines.words import MONTHS, WEEKDAYS, word_set

Days = tuple[tuple[date, ...], int]
_RELATIVE = {
    "leo": 0, "today": 0, "kesho": 1, "tomorrow": 1, "tomoro": 1, "tomorow": 1, "tommorow": 1,
    "tommorrow": 1, "tmrw": 1, "tmr": 1, "2moro": 1, "tmorrow": 1, "keshokutwa": 2, "kesho-kutwa": 2,
    "tonight": 0,
}  # fmt: skip
_NEXT = word_set("next ijayo lijalo ujao nxt")
_COMING = word_set("coming inayokuja upcoming")
_THIS = word_set("this hii huu hiyo")
_NEXT_WEEK = (("next", "week"), ("wiki", "ijayo"), ("ya", "wiki", "ijayo"), ("of", "next", "week"),
              ("juma", "lijalo"), ("nxt", "week"))  # fmt: skip
_THIS_WEEK = (("this", "week"), ("wiki", "hii"), ("ya", "wiki", "hii"))
_OPEN = (("next", "week"), ("wiki", "ijayo"), ("next", "month"), ("mwezi", "ujao"), ("this", "week"),
         ("wiki", "hii"), ("this", "month"), ("mwezi", "huu"), ("next", "year"), ("mwaka", "ujao"),
         ("end", "of", "week"), ("end", "of", "the", "week"), ("mwisho", "wa", "wiki"),
         ("end", "of", "year"), ("mid", "month"), ("mid", "next", "month"), ("when", "paid"),
         ("on", "delivery"), ("the", "weekend"), ("this", "weekend"), ("wiki", "kesho"),
         ("juma", "lijalo"), ("katikati", "ya", "mwezi"), ("weekend",), ("wikendi",), ("soon",),
         ("nxt", "week"), ("next", "weekend"), ("when", "he"), ("when", "she"), ("when", "they"),
         ("month", "of"), ("end", "of", "december"))  # fmt: skip
_FROM_MONTH = re.compile(r"(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})(?:[/.-](?P<y>\d{4}|\d{2}))?")
_DOTTED = re.compile(r"\d{1,2}\.\d{1,2}")
_DASHED = re.compile(r"\d{1,2}-\d{1,2}")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_HALF_YEAR = timedelta(days=183)
_DAYS_AHEAD = timedelta(days=1100)


def day_at(tokens: list[Token], index: int, today: date, *, told: bool) -> Days | None:
    """The days named at `index` and the index behind them, or None where no day is named."""
    if index >= len(tokens):
        return None
    for reader in (_relative, _weekday, _written, _open_span):
        found = reader(tokens, index, today)
        if found:
            return found
    token = tokens[index]
    if told and token.kind == "num" and _DOTTED.fullmatch(token.digits) and not token.suffix:
        return _numeric(token.digits, today), index + 1  # due 25.12
    return _day_of_month(tokens, index, today, told=told)


def _relative(tokens: list[Token], index: int, today: date) -> Days | None:
    if says(tokens, index, (("day", "after", "tomorrow"),)):
        return (today + timedelta(2),), index + 3
    if says(tokens, index, (("next", "tomorrow"),)):
        return (), index + 2  # the day after tomorrow in Lagos, tomorrow elsewhere
    step = _RELATIVE.get(low(tokens, index))
    if step is None:
        return None
    if step == 1 and low(tokens, index + 1) == "kutwa":
        return (today + timedelta(2),), index + 2
    return (today + timedelta(step),), index + 1


def _open_span(tokens: list[Token], index: int, _today: date) -> Days | None:
    after = says(tokens, index, _OPEN)
    if not after:
        return None
    while low(tokens, index) == "when" and after < len(tokens) and tokens[after].kind == "word":
        after += 1  # when he *gets his salary*
    return (), after


# -- weekdays -------------------------------------------------------------------------------------
def _weekday(tokens: list[Token], index: int, today: date) -> Days | None:
    week = says(tokens, index, _NEXT_WEEK)
    if week:
        at = week + (low(tokens, week) in {"on", "siku"})
        day = WEEKDAYS.get(low(tokens, at))
        return None if day is None else ((_in_next_week(today, day),), at + 1)
    before = low(tokens, index)
    if before in _NEXT | _COMING | _THIS and low(tokens, index + 1) in WEEKDAYS:
        day = WEEKDAYS[low(tokens, index + 1)]
        return _said_with(before, day, today), index + 2
    return _bare_weekday(tokens, index, today)


def _bare_weekday(tokens: list[Token], index: int, today: date) -> Days | None:
    day = WEEKDAYS.get(low(tokens, index))
    if day is None or tokens[index].kind != "word":
        return None
    week = says(tokens, index + 1, _NEXT_WEEK)
    if week:
        return (_in_next_week(today, day),), week
    this_week = says(tokens, index + 1, _THIS_WEEK)
    if this_week:
        return _said_with("this", day, today), this_week
    after = low(tokens, index + 1)
    if after in _NEXT | _COMING | _THIS:
        return _said_with(after, day, today), index + 2
    dated = _dated(tokens, index + 1, today, day)
    return dated or ((_upcoming(today, day),), index + 1)


def _dated(tokens: list[Token], index: int, today: date, weekday: int) -> Days | None:
    """Friday 27 nov, ijumaa tarehe 27: the date counts, and must be that weekday."""
    index += low(tokens, index) in {",", "the"}
    if index >= len(tokens):
        return None
    found = _written(tokens, index, today) or _day_of_month(tokens, index, today, told=False)
    if found is None or not found[0]:
        return found
    days = tuple(day for day in found[0] if day.weekday() == weekday)
    return days, found[1]


def _upcoming(today: date, weekday: int) -> date:
    return today + timedelta((weekday - today.weekday() - 1) % 7 + 1)


def _in_next_week(today: date, weekday: int) -> date:
    return today + timedelta(7 - today.weekday() + weekday)


def _said_with(word: str, weekday: int, today: date) -> tuple[date, ...]:
    upcoming = _upcoming(today, weekday)
    if word in _COMING:
        return (upcoming,)
    if word in _NEXT:
        return tuple(dict.fromkeys((upcoming, _in_next_week(today, weekday))))
    if weekday > today.weekday():
        return (upcoming,)
    return (today, upcoming) if weekday == today.weekday() else (upcoming, upcoming - timedelta(7))


# -- written dates ----------------------------------------------------------------------------------
def _written(tokens: list[Token], index: int, today: date) -> Days | None:
    index += low(tokens, index) in {"tarehe", "tar", "the"} and index + 1 < len(tokens)
    token = tokens[index]
    if token.kind == "date":
        return _numeric(token.text, today), index + 1
    dashed = "".join(part.text for part in tokens[index : index + 3])
    if _DASHED.fullmatch(dashed) and all(part.tight for part in tokens[index + 1 : index + 3]):
        return _numeric(dashed, today), index + 3
    return _with_month(tokens, index, today)


def _numeric(text: str, today: date) -> tuple[date, ...]:
    iso = _ISO.fullmatch(text)
    if iso:
        year, month, day = (int(part) for part in iso.groups())
        return _in_year(year, month, day, today)
    parts = _FROM_MONTH.fullmatch(text)
    if parts is None:
        return ()
    return _dated_by(int(parts["d"]), int(parts["m"]), parts["y"], today)


def _dated_by(day: int, month: int, year: str | None, today: date) -> tuple[date, ...]:
    if year:
        full = int(year) + (2000 if len(year) == 2 else 0)
        return _in_year(full, month, day, today)
    this_year = _make(today.year, month, day)
    if this_year and this_year >= today:
        return (this_year,)
    following = _make(today.year + 1, month, day)
    return (following,) if following and following - today <= _HALF_YEAR else ()


def _in_year(year: int, month: int, day: int, today: date) -> tuple[date, ...]:
    made = _make(year, month, day)
    return (made,) if made and today <= made <= today + _DAYS_AHEAD else ()


def _make(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _with_month(tokens: list[Token], index: int, today: date) -> Days | None:
    """5 dec, 5th of december 2026, dec 5th, tarehe 5 mwezi wa 12."""
    day = _number(tokens, index)
    at = index + 1
    if day is None:
        if low(tokens, index) not in MONTHS or _number(tokens, index + 1) is None:
            return None
        day, month, at = _number(tokens, index + 1) or 0, MONTHS[low(tokens, index)], index + 2
    else:
        at += low(tokens, at) in {"of", "ya", "day"}
        month, at = _month(tokens, at)
        if not month:
            return None
    year, at = _year(tokens, at)
    return _dated_by(day, month, year, today), at


def _month(tokens: list[Token], index: int) -> tuple[int, int]:
    if low(tokens, index) == "mwezi":
        at = index + 1 + (low(tokens, index + 1) == "wa")
        number = _number(tokens, at)
        return (number, at + 1) if number and 1 <= number <= 12 else (0, index)
    return MONTHS.get(low(tokens, index), 0), index + 1


def _number(tokens: list[Token], index: int) -> int | None:
    if index >= len(tokens) or tokens[index].kind not in {"num", "ord"}:
        return None
    token = tokens[index]
    if token.value is None or token.money or token.value != int(token.value):
        return None
    return int(token.value) if 1 <= token.value <= 31 and token.suffix in _DAY_SUFFIX else None


_DAY_SUFFIX = {"", "st", "nd", "rd", "th"}


def _year(tokens: list[Token], index: int) -> tuple[str | None, int]:
    at = index + (low(tokens, index) == ",")
    if at < len(tokens) and re.fullmatch(r"20\d\d", tokens[at].low):
        return tokens[at].low, at + 1
    return None, index


# -- days of the month --------------------------------------------------------------------------------
def _day_of_month(tokens: list[Token], index: int, today: date, *, told: bool) -> Days | None:
    """5th, the 5th, tarehe 5; a bare number behind "due" names no day for sure."""
    spoken = low(tokens, index) in {"tarehe", "tar", "trh"}
    index += spoken or low(tokens, index) == "the"
    if index >= len(tokens):
        return None
    number = _number(tokens, index)
    ordinal = tokens[index].kind == "ord"
    if number is None:
        return ((), index + 1) if spoken or ordinal else None
    if not (spoken or ordinal):
        return ((), index + 1) if told and not tokens[index].digits.startswith("0") else None
    after = says(tokens, index + 1, (("next", "month"), ("of", "next", "month"), ("mwezi", "ujao"),
                                      ("ya", "mwezi", "ujao")))  # fmt: skip
    if after:
        return _in_month(today, 1, number), after
    this = says(tokens, index + 1, (("this", "month"), ("mwezi", "huu"), ("of", "this", "month")))
    if this:
        return tuple(day for day in _in_month(today, 0, number) if day >= today), this
    return _next_such(today, number), index + 1


def _in_month(today: date, step: int, number: int) -> tuple[date, ...]:
    index = today.year * 12 + today.month - 1 + step
    made = _make(index // 12, index % 12 + 1, number)
    return (made,) if made else ()


def _next_such(today: date, number: int) -> tuple[date, ...]:
    if number == today.day:
        return (today, *_in_month(today, 1, number))
    return _in_month(today, int(number < today.day), number)
