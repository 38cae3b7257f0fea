"""What a typed line says beside client and items, and its note.

Each `take_…` removes its words from the tokens, leaves a cut in their place, and says what it found
and whether that must be asked.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal

from conversations.lines.tokens import Token, cut_at, low, token_at
from conversations.lines.words import word_set


@dataclass(slots=True)
class Terms:
    """The note, discount and tax of a line, and which of them must be asked."""

    note: str | None = None
    percent: Decimal | None = None
    amount: Decimal | None = None
    rate: Decimal | None = None
    inclusive: bool = False
    currency: str | None = None  # said with the discount
    asked: set[str] = field(default_factory=set)
    offered: dict[str, Decimal] = field(default_factory=dict)  # a figure whose meaning is open


# -- note -------------------------------------------------------------------------------------------
_NOTE = word_set("note notes kumbuka maelezo nb n.b remark remarks memo ps maelekezo noti")
_DUE_IN_NOTE = word_set("due alipe atalipa @ each vat discount punguzo")


_HEADS = word_set(
    "items item goods services service bidhaa vitu huduma description details maelezo-ya-bidhaa "
    "deni mkopo sale mauzo oda order kazi work job"
)


def drop_heads(tokens: list[Token]) -> list[Token]:
    """Puts a line end for the heads of a list: "Items:", "Bidhaa:"."""
    kept: list[Token] = []
    for at, token in enumerate(tokens):
        head = token.low in _HEADS and low(tokens, at + 1) == ":"
        tail = token.text == ":" and at > 0 and tokens[at - 1].low in _HEADS
        if _enumerates(tokens, at):
            continue
        if head:
            kept.append(Token("nl", "\n", "\n", token.start, token.end))
        elif not tail:
            kept.append(token)
    return kept


def _enumerates(tokens: list[Token], at: int) -> bool:
    """The "1)" or "2." at the head of a line."""
    opens = token_at(tokens, at - 1)
    if tokens[at].kind == "sym":
        return (
            tokens[at].text in {")", "."}
            and at > 0
            and _enumerates(tokens, at - 1)
            and tokens[at].tight
        )
    behind = low(tokens, at + 1)
    alone = tokens[at].kind == "num" and tokens[at].digits.isdigit() and len(tokens[at].digits) < 3
    return (
        alone
        and (opens is None or opens.kind == "nl")
        and behind in {")", "."}
        and tokens[at + 1].tight
    )


def take_note(text: str, tokens: list[Token], terms: Terms) -> list[Token]:
    """Takes out "note: …" to the end of its line, and what stands in brackets behind the items."""
    kept: list[Token] = []
    notes: list[str] = []
    index = 0
    while index < len(tokens):
        end = _marked_note(tokens, index) or _bracketed(tokens, index)
        if not end:
            kept.append(tokens[index])
            index += 1
            continue
        opened = tokens[index].text in "(["
        inside = _inside(tokens[index:end], opened=opened)
        notes.append(_slice(text, inside))
        _doubt_note(tokens, index, end, inside, terms, opened=opened)
        kept.append(cut_at(tokens[index]))
        index = end
    if len([note for note in notes if note]) > 1:
        terms.asked.add("note")
    terms.note = next((note for note in notes if note), None)
    return kept


def _slice(text: str, inside: list[Token]) -> str:
    return re.sub(r"\s+", " ", text[inside[0].start : inside[-1].end]).strip() if inside else ""


def _inside(span: list[Token], *, opened: bool) -> list[Token]:
    if opened:
        return span[1:-1] if span[-1].text in ")]" else span[1:]
    start = next((at for at, token in enumerate(span) if token.text in {":", "-"}), 0)
    return span[start + 1 :]


def _doubt_note(
    tokens: list[Token], start: int, end: int, inside: list[Token], terms: Terms, *, opened: bool
) -> None:
    """What stands in brackets amid an item may be part of it; terms hidden in a note are asked."""
    amid = opened and start > 0 and end < len(tokens) and tokens[start - 1].kind == "word"
    if amid and (tokens[end].kind == "num" or tokens[end].text in {"@", "x"}):
        terms.asked |= {"note", "items"}
    if opened and tokens[end - 1].text not in ")]":
        terms.asked.add("note")
    few = sum(token.kind == "word" for token in inside) < 2  # (call her 0712 …) is a note for sure
    if opened and few and sum(len(re.sub(r"\D", "", token.text)) for token in inside) >= 9:
        terms.asked |= {"note", "phone"}
    comma = next((at for at, token in enumerate(inside) if token.text in {",", ";"}), len(inside))
    said = {token.low for token in inside[comma:]}
    if not opened and said & _DUE_IN_NOTE:
        terms.asked |= {"note", "due", "items", "discount", "tax"}
    if opened and len(inside) < 4 and {token.low for token in inside} & {"vat", "tax"}:
        terms.asked |= {"note", "tax"}


def _marked_note(tokens: list[Token], index: int) -> int:
    """The end of "note: …" at `index`, or 0. Without the colon only at the head of a clause."""
    if tokens[index].low not in _NOTE:
        return 0
    colon = low(tokens, index + 1) in {":", "-"}
    heads = index > 0 and (
        tokens[index - 1].kind in {"nl", "cut"} or low(tokens, index - 1) in ",.;"
    )
    if not colon and not (heads and index + 1 < len(tokens)):
        return 0
    end = index
    while end < len(tokens) and tokens[end].kind != "nl":
        end += 1
    return end


def _bracketed(tokens: list[Token], index: int) -> int:
    """The end of a bracket at `index`, or 0; a size in brackets stays with its item."""
    if tokens[index].text not in {"(", "["}:
        return 0
    end = index + 1
    while end < len(tokens) and tokens[end].text not in {")", "]"}:
        end += 1
    inside = tokens[index + 1 : end]
    figures = sum(len(re.sub(r"\D", "", token.text)) for token in inside)
    if figures >= 9 and all(token.kind == "num" or token.text in "+-." for token in inside):
        return 0  # a phone number
    return min(end + 1, len(tokens))
