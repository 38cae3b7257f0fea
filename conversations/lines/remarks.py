"""Remarks on when the work was or will be done, which bill nothing and name no due date."""

from datetime import date

from conversations.lines.days import day_at
from conversations.lines.tokens import Token, cut_at, low
from conversations.lines.words import word_set

_DONE = word_set(
    "deliver done delivered completed finished supplied installed fixed collected picked delivery "
    "ilifanyika ilifanywa imefanyika itafanyika itafanywa nilifanya tulifanya nilipeleka "
    "tulipeleka nitapeleka ilipelekwa zilipelekwa itapelekwa zitapelekwa ilichukuliwa"
)
_BEFORE = word_set(
    "work job kazi it to be will was were goods mzigo bidhaa already has been have service"
)
_ON_CREDIT = {
    ("on", "credit"),
    ("on", "loan"),
    ("kwa", "mkopo"),
    ("kwa", "deni"),
    ("kwa", "credit"),
}
_BEHIND = word_set("on last by this siku ya the tarehe")


def drop_remarks(tokens: list[Token], today: date) -> list[Token]:
    """`tokens` with a cut for each clause like ", delivered yesterday", ", work done on tuesday"."""
    kept: list[Token] = []
    index = 0
    while index < len(tokens):
        opens = index > 0 and (
            tokens[index - 1].text in {",", ".", ";"} or tokens[index - 1].kind == "nl"
        )
        end = _remark(tokens, index, today) if opens else 0
        end = end or _credit(tokens, index)
        kept.append(cut_at(tokens[index]) if end else tokens[index])
        index = end or index + 1
    return kept


def _credit(tokens: list[Token], index: int) -> int:
    """5 jerricans *on credit* 300 each: how it was sold, which the invoice says by itself."""
    pair = (low(tokens, index), low(tokens, index + 1))
    return index + 2 if pair in _ON_CREDIT else 0


def _remark(tokens: list[Token], index: int, today: date) -> int:
    """Where a remark that begins at `index` ends, or 0."""
    while low(tokens, index) in _BEFORE:
        index += 1
    if low(tokens, index) not in _DONE:
        return 0
    index += 1
    while low(tokens, index) in _BEHIND and day_at(tokens, index, today, told=False) is None:
        index += 1
    day = day_at(tokens, index, today, told=False) or _past(tokens, index)
    if day is None:
        return 0
    end = day[1]
    closed = end >= len(tokens) or tokens[end].kind == "nl" or tokens[end].text in {",", ".", ";"}
    return end if closed else 0


def _past(tokens: list[Token], index: int) -> tuple[None, int] | None:
    return (None, index + 1) if low(tokens, index) in {"yesterday", "jana", "juzi"} else None
