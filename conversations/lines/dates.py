"""When an invoice is due: reads the due phrases of a typed line, counted from a given day.

Each phrase yields the days it may mean. One day is an answer; none or several is a question. Only a
phrase that says "due" (due, by, alipe, net, in N days, end of month …) is a due date; a bare day at
the end of the line is asked about, and a day inside the item's words belongs to the item.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from conversations.lines.days import day_at
from conversations.lines.tokens import Token
from conversations.lines.words import MONTHS, WEEKDAYS, word_set

STRONG = word_set(
    "due duedate payable alipe atalipa analipa walipe watalipa ilipwe italipwa zilipwe alipie "
    "alipwe atanilipa atatulipa tulipwe nilipwe anilipe alipeni kufikia deadline pays paying "
    "deu dued lipwe kulipa atamaliza"
)
_PAIRS = (
    ("will", "pay"), ("to", "pay"), ("pay", "by"), ("pay", "on"), ("pay", "before"), ("pay", "in"),
    ("kabla", "ya"), ("mwisho", "wa", "malipo"), ("mwisho", "wa", "kulipa"), ("payment", "by"),
    ("payment", "on"), ("payment", "due"), ("payment", "in"), ("not", "later", "than"),
    ("no", "later", "than"), ("malipo", "kabla"), ("malipo", "ni"), ("malipo", "tarehe"),
    ("siku", "ya", "malipo"), ("siku", "ya", "kulipa"), ("payment", "date"), ("pay", "within"),
    ("tarehe", "ya", "malipo"), ("tarehe", "ya", "kulipa"), ("payment", "terms"),
    ("e", "go", "pay"), ("go", "pay"), ("i", "will", "pay"), ("he", "will", "pay"), ("she", "will", "pay"),
    ("they", "will", "pay"), ("he", "pays"), ("she", "pays"), ("they", "pay"), ("malipo",),
    ("will", "be", "paid"), ("to", "be", "paid"), ("atanipa", "pesa"), ("pesa", "ni"),
)  # fmt: skip
_PAIR_HEADS = {pair[0] for pair in _PAIRS}
_SOFT = word_set("by before hadi mpaka till until pay payment malipo lipa terms ifikapo mwisho")
_FILL = word_set(
    "on by before date is ni the siku ya kabla kufikia at of tarehe tar mnamo ifikapo within "
    "in ndani baada for to from latest not later than wa he she it up day 's iwe mwisho be "
    "within :"
)
_VAGUE = word_set(
    "soon later baadaye asap immediately immediate sasa now paid delivery weekend wikendi "
    "akipata akiuza pesa completion month-end"
)


@dataclass(frozen=True, slots=True)
class Due:
    """What a line says about its due date: the days it may mean, or that it must be asked."""

    days: tuple[date, ...] = ()
    asked: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    days: tuple[date, ...]
    after: int  # the index behind the phrase


def extract(tokens: list[Token], today: date) -> tuple[list[Token], Due]:
    """Takes the due phrases out of `tokens`, leaving a cut in their place."""
    kept: list[Token] = []
    dues: list[tuple[date, ...]] = []
    bare = False
    index = 0
    while index < len(tokens):
        found = _phrase(tokens, index, today)
        if found is None and _ends_line(tokens, index):
            found = _bare(tokens, index, today)
            bare = bare or found is not None
        if found is None:
            kept.append(tokens[index])
            index += 1
            continue
        dues.append(found.days)
        kept.append(_cut(tokens[index]))
        index = max(found.after, index + 1)
    return kept, _decide(dues, bare=bare)


def _cut(token: Token) -> Token:
    return Token("cut", "", "", token.start, token.end)


def _decide(dues: list[tuple[date, ...]], *, bare: bool) -> Due:
    days = tuple(dict.fromkeys(day for group in dues for day in group))
    if not dues:
        return Due()
    return Due(days, bare or len(days) != 1 or not all(dues))


def _low(tokens: list[Token], index: int) -> str:
    return tokens[index].low if 0 <= index < len(tokens) else ""


# -- phrases --------------------------------------------------------------------------------------
def _phrase(tokens: list[Token], index: int, today: date) -> _Found | None:
    if tokens[index].kind != "word":
        return None
    lead = _lead(tokens, index)
    if lead:
        return _after_lead(tokens, lead, today, strong=True)
    itself = _by_itself(tokens, index, today)
    if itself:
        return itself
    if tokens[index].low in _SOFT:
        return _after_lead(tokens, index + 1, today, strong=False)
    return None


def _lead(tokens: list[Token], index: int) -> int:
    """The index behind a word or words that announce a due date, or 0."""
    if tokens[index].low in _PAIR_HEADS:
        for pair in _PAIRS:
            if tuple(_low(tokens, index + step) for step in range(len(pair))) == pair:
                return index + len(pair)
    return index + 1 if tokens[index].low in STRONG else 0


def _after_lead(tokens: list[Token], start: int, today: date, *, strong: bool) -> _Found | None:
    index = start
    while index < len(tokens):
        found = _by_itself(tokens, index, today) or _day(tokens, index, today, told=strong)
        if found:
            return _further(tokens, found, today)
        if _low(tokens, index) not in _FILL and _lead(tokens, index) == 0:
            break
        index = _lead(tokens, index) or index + 1
    if not strong or (start and tokens[start - 1].low == "malipo"):
        return None
    while index < len(tokens) and _low(tokens, index) in _VAGUE | {"when", "they", "akishalipwa"}:
        index += 1
    return _Found((), index)


def _further(tokens: list[Token], found: _Found, today: date) -> _Found:
    """A second date after "or", "and", "to" makes it a question; a time of day is passed over."""
    index = _skip_time(tokens, found.after)
    if _low(tokens, index) in {"or", "au", "ama", "na", "and", "-", "to", "/"}:
        other = _day(tokens, index + 1, today, told=False)
        if other:
            return _Found((*found.days, *other.days), other.after)
    return _Found(found.days, index)


def _skip_time(tokens: list[Token], index: int) -> int:
    if _low(tokens, index) in {"at", "saa"} and index + 1 < len(tokens):
        if tokens[index + 1].kind in {"num", "word"} and _TIME.fullmatch(_low(tokens, index + 1)):
            return index + 2
        return (
            index + 2 if _low(tokens, index) == "saa" and tokens[index + 1].kind == "num" else index
        )
    return (
        index + 1
        if _TIME.fullmatch(_low(tokens, index)) or _low(tokens, index) == "noon"
        else index
    )


_TIME = re.compile(r"\d{1,2}(?:[:.]\d\d)?(?:am|pm)")


def _by_itself(tokens: list[Token], index: int, today: date) -> _Found | None:
    """Phrases that say "due" without a lead: net 30, in 7 days, baada ya siku 7, end of month."""
    for reader in (_net, _within, _month_end, _receipt):
        found = reader(tokens, index, today)
        if found:
            return found
    return None


def _count(tokens: list[Token], index: int) -> int | None:
    if index >= len(tokens) or tokens[index].kind != "num":
        return 1 if _low(tokens, index) in {"a", "an"} else None
    token = tokens[index]
    if token.value is None or token.money or token.value != int(token.value):
        return None
    return int(token.value) if 0 < token.value <= 730 else None


def _net(tokens: list[Token], index: int, today: date) -> _Found | None:
    if _low(tokens, index) != "net":
        return None
    index += 1 + (_low(tokens, index + 1) == "-")
    days = _count(tokens, index)
    if days is None or tokens[index].suffix not in {"", "days"}:
        return None
    if _low(tokens, index + 1) in _PRICED or tokens[min(index + 1, len(tokens) - 1)].kind == "num":
        return None if index + 1 < len(tokens) else _Found((today + timedelta(days),), index + 1)
    return _Found((today + timedelta(days),), index + 1 + (_low(tokens, index + 1) == "days"))


_PRICED = {"@", "at", "each", "ea", "x", "per", "kila"}  # a fishing net 3 @ 500 is goods
_UNITS = {"day": 1, "days": 1, "siku": 1, "week": 7, "weeks": 7, "wk": 7, "wks": 7, "wiki": 7,
          "juma": 7, "majuma": 7, "fortnight": 14, "fortnights": 14}  # fmt: skip
_MONTH_UNITS = {"month", "months", "mwezi", "miezi"}


def _within(tokens: list[Token], index: int, today: date) -> _Found | None:
    """In N days, within N weeks, baada ya siku N, ndani ya wiki N, siku N after due."""
    start = index
    first, second = _low(tokens, index), _low(tokens, index + 1)
    if first in {"in", "within", "after"}:
        index += 1
    elif first in {"baada", "ndani"} and second in {"ya", "za"}:
        index += 2
    elif not (start and _low(tokens, start - 1) in STRONG | _SOFT | _FILL):
        return None
    span = _span(tokens, index)
    if span is None or (span[0] is None and index == start):
        return None
    days, after = span
    return _Found((today + timedelta(days),) if days else (), _skip_of(tokens, after))


def _skip_of(tokens: list[Token], index: int) -> int:
    for words in (("from", "now"), ("from", "today"), ("time",), ("zijazo",), ("kuanzia", "leo")):
        if tuple(_low(tokens, index + step) for step in range(len(words))) == words:
            return index + len(words)
    return index


def _span(tokens: list[Token], index: int) -> tuple[int | None, int] | None:
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
    unit = _low(tokens, index + 1)
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


_END_HEADS = {words[0] for words in _ENDS + _NEXT_ENDS}


def _month_end(tokens: list[Token], index: int, today: date) -> _Found | None:
    if _low(tokens, index) not in _END_HEADS:
        return None
    for ends, step in ((_NEXT_ENDS, 1), (_ENDS, 0)):
        for words in ends:
            if tuple(_low(tokens, index + at) for at in range(len(words))) == words:
                return _Found((_last_day(_shift(today, step)),), index + len(words))
    named = _named_end(tokens, index)
    if not named:
        return None
    month = MONTHS[_low(tokens, named)]
    year = today.year + (month < today.month)
    return _Found((_last_day(date(year, month, 1)),), named + 1)


def _named_end(tokens: list[Token], index: int) -> int:
    lead = (_low(tokens, index), _low(tokens, index + 1))
    if lead in {("end", "of"), ("mwisho", "wa"), ("mwishoni", "mwa")}:
        return index + 2 if _low(tokens, index + 2) in MONTHS else 0
    return index + 1 if lead[0] == "end" and lead[1] in MONTHS else 0


def _last_day(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _shift(day: date, months: int) -> date:
    """The first of the month `months` after the one of `day`."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def _receipt(tokens: list[Token], index: int, today: date) -> _Found | None:
    if _low(tokens, index) in {"on", "upon"} and _low(tokens, index + 1) == "receipt":
        return _Found((today,), index + 2)
    return None


# -- days -----------------------------------------------------------------------------------------
def _day(tokens: list[Token], index: int, today: date, *, told: bool) -> _Found | None:
    """A day at `index`; `told` allows what names a day only behind a lead (a bare number: asked)."""
    found = day_at(tokens, index, today, told=told)
    return None if found is None else _Found(*found)


def _ends_line(tokens: list[Token], index: int) -> bool:
    """Whether a bare day at `index` stands behind an amount, where a due date is often put."""
    return index > 0 and any(token.kind == "num" for token in tokens[:index])


def _bare(tokens: list[Token], index: int, today: date) -> _Found | None:
    """A day without a lead that ends the line or the clause."""
    if tokens[index].kind == "num" or tokens[index].low in MONTHS:
        return None
    before = tokens[index - 1]
    found = _day(tokens, index, today, told=False)
    if found is None or before.low in {"ya", "za", "wa", "la", "for", "of", "on", "from", "since"}:
        return None
    after = _skip_time(tokens, found.after)
    closes = (
        after >= len(tokens)
        or tokens[after].kind in {"nl", "cut"}
        or tokens[after].text in {",", ".", ";"}
    )
    opens = before.kind in {"num", "cut", "nl"} or before.text in {",", ".", ";"}
    known = before.low in WEEKDAYS
    return (
        _Found(found.days, after) if closes and (opens or _is_sign(before)) and not known else None
    )


def _is_sign(token: Token) -> bool:
    return token.kind in {"sym", "phone"} or token.low in {"each", "ea", "moja", "vat", "please"}
