"""When an invoice is due: reads the due phrases of a typed line, counted from a given day.

Each phrase yields the days it may mean. One day is an answer; none or several is a question. Only a
phrase that says "due" (due, by, alipe, net, in N days, end of month …) is a due date; a bare day at
the end of the line is asked about, and a day inside the item's words belongs to the item.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from conversations.lines.days import day_at
from conversations.lines.runs import billed_business
from conversations.lines.spans import FILL, SOFT, STRONG, Found, by_itself, span_at
from conversations.lines.tokens import Token, low, says
from conversations.lines.words import MONTHS, WEEKDAYS, word_set

_PAIRS = (
    ("will", "pay"), ("will", "clear"), ("will", "settle"), ("to", "clear"), ("to", "pay"), ("pay", "by"), ("pay", "on"), ("pay", "before"), ("pay", "in"),
    ("kabla", "ya"), ("mwisho", "wa", "malipo"), ("mwisho", "wa", "kulipa"), ("tarehe", "ya", "mwisho"), ("siku", "ya", "mwisho"), ("last", "date"), ("payment", "by"),
    ("payment", "on"), ("payment", "due"), ("payment", "in"), ("not", "later", "than"),
    ("no", "later", "than"), ("malipo", "kabla"), ("malipo", "ni"), ("malipo", "tarehe"),
    ("siku", "ya", "malipo"), ("siku", "ya", "kulipa"), ("payment", "date"), ("pay", "within"),
    ("tarehe", "ya", "malipo"), ("tarehe", "ya", "kulipa"), ("payment", "terms"),
    ("e", "go", "pay"), ("he", "go", "pay"), ("she", "go", "pay"), ("dem", "go", "pay"),
    ("im", "go", "pay"), ("go", "pay"), ("i", "will", "pay"), ("he", "will", "pay"), ("she", "will", "pay"),
    ("they", "will", "pay"), ("make", "he", "pay"), ("make", "she", "pay"), ("make", "e", "pay"),
    ("make", "dem", "pay"), ("make", "una", "pay"), ("he", "pays"), ("she", "pays"), ("they", "pay"), ("malipo",),
    ("will", "be", "paid"), ("to", "be", "paid"), ("atanipa", "pesa"), ("pesa", "ni"),
)  # fmt: skip
_VAGUE = word_set(
    "soon later baadaye asap immediately immediate sasa now paid delivery weekend wikendi "
    "akipata akiuza pesa completion month-end"
)


_TOLD_TO_PAY = word_set("pay credit terms kulipa")  # ", 14 days to pay" leaves no doubt


@dataclass(frozen=True, slots=True)
class Due:
    """What a line says about its due date: the days it may mean, or that it must be asked."""

    days: tuple[date, ...] = ()
    asked: bool = False


def extract(tokens: list[Token], today: date) -> tuple[list[Token], Due]:
    """Takes the due phrases out of `tokens`, leaving a cut in their place."""
    kept: list[Token] = []
    dues: list[tuple[date, ...]] = []
    bare = False
    index = 0
    while index < len(tokens):
        found = _phrase(tokens, index, today)
        if found is None:
            found = _lone_span(tokens, index, today)
            bare = bare or (found is not None and low(tokens, found.after - 1) not in _TOLD_TO_PAY)
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


# -- phrases --------------------------------------------------------------------------------------
def _phrase(tokens: list[Token], index: int, today: date) -> Found | None:
    if tokens[index].kind != "word" or billed_business(tokens, index):
        return None
    lead = _lead(tokens, index)
    if lead:
        return _after_lead(tokens, lead, today, strong=True)
    itself = by_itself(tokens, index, today)
    if itself:
        return itself
    if tokens[index].low in SOFT:
        return _after_lead(tokens, index + 1, today, strong=False)
    return None


def _lead(tokens: list[Token], index: int) -> int:
    """The index behind a word or words that announce a due date, or 0."""
    return says(tokens, index, _PAIRS) or (index + 1 if tokens[index].low in STRONG else 0)


def _after_lead(tokens: list[Token], start: int, today: date, *, strong: bool) -> Found | None:
    index = start
    while index < len(tokens):
        found = by_itself(tokens, index, today) or _day(tokens, index, today, told=strong)
        if found:
            return _further(tokens, found, today)
        timed = bool(_TIME.fullmatch(low(tokens, index)))  # by 5pm tomorrow
        if low(tokens, index) not in FILL and _lead(tokens, index) == 0 and not timed:
            break
        index = _lead(tokens, index) or index + 1
    if not strong or (start and tokens[start - 1].low == "malipo"):
        return None
    while index < len(tokens) and low(tokens, index) in _VAGUE:
        index += 1
    if _CONDITION.match(low(tokens, index)) or _names_feast(tokens, start, index):
        index = _clause_end(tokens, index)
    return Found((), index)


_CONDITION = re.compile(r"(?:when|once|if|after|akisha|aki|wakisha|waki|baada|as|upon)")


def _names_feast(tokens: list[Token], start: int, index: int) -> bool:
    """Due *valentines*, alipe *sikukuu*: unknown words that end the clause behind an amount."""
    end = _clause_end(tokens, index)
    words = tokens[index:end]
    told = any(token.kind == "num" for token in tokens[:start])
    links = {"for", "ya", "za", "kwa", "na", "and", "to"}
    short = 0 < len(words) < 4 and not any(word.low in links for word in words)
    closed = end >= len(tokens) or tokens[end].kind in {"nl", "cut"}
    return told and short and closed


def _clause_end(tokens: list[Token], index: int) -> int:
    """Pays *when he gets his salary*: the condition goes to the end of its clause."""
    while index < len(tokens) and tokens[index].kind == "word":
        index += 1
    return index


def _further(tokens: list[Token], found: Found, today: date) -> Found:
    """A second date after "or", "and", "to" makes it a question; a time of day is passed over."""
    index = _skip_time(tokens, found.after)
    if low(tokens, index) in {"or", "au", "ama", "na", "and", "-", "to", "/"}:
        other = _day(tokens, index + 1, today, told=False)
        if other:
            return Found((*found.days, *other.days), other.after)
    return Found(found.days, index)


_TIMES_OF_DAY = frozenset(
    ("noon", "morning", "evening", "afternoon", "night", "asubuhi", "jioni", "mchana", "usiku")
)


def _skip_time(tokens: list[Token], index: int) -> int:
    if low(tokens, index) in {"at", "saa"} and index + 1 < len(tokens):
        if tokens[index + 1].kind in {"num", "word"} and _TIME.fullmatch(low(tokens, index + 1)):
            return index + 2
        return (
            index + 2 if low(tokens, index) == "saa" and tokens[index + 1].kind == "num" else index
        )
    return (
        index + 1
        if _TIME.fullmatch(low(tokens, index)) or low(tokens, index) in _TIMES_OF_DAY
        else index
    )


_TIME = re.compile(r"\d{1,2}(?:[:.]\d\d)?(?:am|pm)")


# -- days -----------------------------------------------------------------------------------------
def _day(tokens: list[Token], index: int, today: date, *, told: bool) -> Found | None:
    """A day at `index`; `told` allows what names a day only behind a lead (a bare number: asked)."""
    found = day_at(tokens, index, today, told=told)
    return None if found is None else Found(*found)


_CREDIT = (("to", "pay"), ("credit",), ("terms",), ("payment", "terms"), ("za", "kulipa"))


def _lone_span(tokens: list[Token], index: int, today: date) -> Found | None:
    """…, 14 days: what ends the line behind an amount: the time to pay, most likely."""
    opens = index > 1 and (tokens[index - 1].text == "," or tokens[index - 1].kind == "nl")
    span = span_at(tokens, index) if opens else None
    if span is None or tokens[index].spelled:
        return None
    begin = span[1]
    after = says(tokens, begin, _CREDIT) or begin
    if after < len(tokens) or (after == begin and tokens[index - 2].kind not in {"num", "cut"}):
        return None
    return Found((today + timedelta(span[0]),) if span[0] else (), after)


def _ends_line(tokens: list[Token], index: int) -> bool:
    """Whether a bare day at `index` stands behind an amount, where a due date is often put."""
    return index > 0 and any(token.kind == "num" for token in tokens[:index])


def _bare(tokens: list[Token], index: int, today: date) -> Found | None:
    """A day without a lead that ends the line or the clause."""
    before = tokens[index - 1]
    dated = tokens[index].kind == "num" or tokens[index].low in MONTHS
    if dated and before.text != "," and before.kind != "nl":
        return None
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
        Found(found.days, after) if closes and (opens or _is_sign(before)) and not known else None
    )


def _is_sign(token: Token) -> bool:
    return token.kind in {"sym", "phone"} or token.low in {"each", "ea", "moja", "vat", "please"}
