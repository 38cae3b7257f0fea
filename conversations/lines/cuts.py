"""How many words of a run are the client's name: what stands behind it, and what the words are.

Where nothing tells, every place to cut is weighed by `lines.split`.
"""

from collections.abc import Sequence

from conversations.lines.doubt import TALK
from conversations.lines.kinds import LOOKS, kind_of
from conversations.lines.known import KnownClient, stored_length
from conversations.lines.runs import BORNE, Run, business
from conversations.lines.split import cut, goods_like, name_like, proud
from conversations.lines.tokens import Token
from conversations.lines.verbs import is_bill
from conversations.lines.words import (
    ABOUT,
    BARE_COUNTERS,
    EACH,
    FILLERS,
    FOR,
    KILA,
    MEASURES,
    MONTHS,
    OF,
    OR,
    ORG_TAILS,
    PRICE_WORDS,
    STORY,
    TITLES,
    TOTAL,
    VAGUE,
    WEEKDAYS,
    word_set,
)


def split_run(run: Run, tokens: list[Token], clients: Sequence[KnownClient]) -> tuple[int, bool]:
    """How many words of a run are the name, and whether that is sure."""
    if run.stop == "link" and tokens[run.end].low == "wa" and not goods_like(run.words[-1:]):
        return len(run.words), False  # jane wa nguo: a byname, or whose goods
    if _parted_business(tokens, run):
        return len(run.words), True
    borne = _borne_name(run) or _trade_name(run)
    if borne:
        return borne, True
    described = _describes(tokens, run.end, run.stop)
    fixed = (run.stop in _ENDERS | STORY) + (run.stop == "nl")
    made = cut(run.words, described=described, fixed=fixed if described else 0)
    stored = stored_length(run.words, clients)
    if stored and (
        stored == len(run.words) or kind_of(run.words[stored].low) not in {"name", "wordname"}
    ):
        return stored, True
    shop = run.stop in _HARD and made.words and len(run.words) - made.words > 1
    return made.words, made.sure and not shop  # Sonko car wash, magari …: all of it may be the name


_HARD = frozenset((",", ":", "nl", "phone"))
_PARTS = _HARD | frozenset((";", "link", "-", "."))
_ENDERS = _PARTS | {"end"}


def _borne_name(run: Run) -> int:
    """How many words *Entebbe Guest House* airport pickup has: capitals, then goods in small letters."""
    at = next((at for at, word in enumerate(run.words) if word.small), 0)
    if not proud(run.words[:at]) or run.words[at - 1].low not in BORNE:
        return 0
    return 0 if name_like(run.words[at:]) else at


def _trade_name(run: Run) -> int:
    """How many words *Upendo tailoring* kushona sare, *westside gym* monthly cleaning have: a trade or
    place behind a name, and then what is done, in full.
    """
    if len(run.words) < 3 or run.words[0].low in TITLES:
        return 0
    first, second, third = (word.low for word in run.words[:3])
    work = second.endswith("ing") and third.startswith(("ku", "kw"))
    place = second in ORG_TAILS and third in LOOKS and kind_of(first) not in {"name", "wordname"}
    return 2 if work or place else 0


def _parted_business(tokens: list[Token], run: Run) -> bool:
    """*Goodluck Phones* 10 pouches, *Java House* for may rent: capitals, then goods in small letters."""
    if run.stop not in _PARTS | {"num"} or not business(run.words):
        return False
    for token in tokens[run.end : run.end + 8]:
        if token.kind == "word" and token.low not in MEASURES | LOOKS | FOR:
            return token.text.islower() and kind_of(token.low) == "goods"
    return False


def _describes(tokens: list[Token], index: int, stop: str) -> bool:
    """Whether what follows names goods by itself: a noun that is no mere measure."""
    crossed = stop in _PARTS | STORY | {"cut"}
    if stop == "link" and tokens[index].low in OF and _goes_on(tokens[:index]):
        return False
    if stop == "," and goods_like(tokens[index - 1 : index]):
        return False
    while crossed and index < len(tokens) and _parts_off(tokens[index]):
        index += 1
    for token in tokens[index + (stop == "link") : index + 10]:
        if (
            token.kind == "word"
            and token.low not in _NO_GOODS | BARE_COUNTERS
            and len(token.low) > 1
        ):
            return True
        if token.kind in {"cut", "nl"} or token.text in {"@", ",", ";", "+"}:
            return False
    return False


_NO_GOODS = (
    MEASURES | EACH | KILA | TOTAL | OF | PRICE_WORDS | FILLERS | FOR | VAGUE | ABOUT | OR
    | frozenset(MONTHS) | frozenset(WEEKDAYS) | (TALK - {"cash", "credit", "half", "change"})
    | word_set("with without only at on in each")
)  # fmt: skip


def _goes_on(before: list[Token]) -> bool:
    """Whether ya, la, wa link a description ("kodi *ya* nyumba"), not a name and its goods."""
    kind = kind_of(before[-1].low)
    if kind != "unknown" or len(before) < 2:
        return kind in {"goods", "measure"}
    return before[-2].kind == "word" and not is_bill(before[-2])


def _parts_off(token: Token) -> bool:
    return (
        token.kind in {"nl", "phone", "cut"}
        or token.text in {",", ":", ";", "-", "."}
        or token.low in STORY
    )
