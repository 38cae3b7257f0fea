"""Whom a typed line bills: finds the words of the client's name and matches stored clients.

The name may stand behind the verb ("invoice jane …"), before it ("asha invoice ya …"), at the head
of a line without a verb, behind kwa / to / for at the end, or behind a label ("client ni …"). Two
people, a name that fits several stored clients, or a cut that is not clear are asked.
"""

from collections.abc import Sequence

from conversations.lines.doubt import TALK
from conversations.lines.kinds import LOOKS, ONLY_SWAHILI, kind_of, looks_like_goods
from conversations.lines.known import KnownClient, Who, match, stored_length
from conversations.lines.runs import BORNE, Run, business, names_day
from conversations.lines.spelled import counts_behind
from conversations.lines.split import cut, goods_like, name_like, proud
from conversations.lines.tokens import Token, low
from conversations.lines.verbs import is_bill
from conversations.lines.words import (
    ABOUT,
    AND,
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
    PARENTS,
    PRICE_WORDS,
    STORY,
    TITLES,
    TO,
    TOTAL,
    VAGUE,
    WEEKDAYS,
    word_set,
)


def find(text: str, tokens: list[Token], clients: Sequence[KnownClient], phones: list[str]) -> Who:
    """The client of the line and the tokens left for the items."""
    from conversations.lines.choose import choose

    who = choose(text, tokens, clients)
    match(who, clients, phones)
    return who


def split_run(run: Run, tokens: list[Token], clients: Sequence[KnownClient]) -> tuple[int, bool]:
    """How many words of a run are the name, and whether that is sure."""
    if run.stop == "link" and tokens[run.end].low == "wa" and not goods_like(run.words[-1:]):
        return len(run.words), False  # jane wa nguo: a byname, or whose goods
    if len(run.words) == 1 and run.stop in _PARTS and run.words[0].low in _ADDRESSED:
        return 1, True  # invoice ya mheshimiwa: tents 3 …
    fixed = run.stop in {",", ":", ";", "nl", "phone", "link", "-", "end", "."} or run.stop in STORY
    described = _describes(tokens, run.end, run.stop)
    stored = stored_length(run.words, clients)
    if run.stop == ":" and len(run.words) < 6 and _capitals(run.words) and described:
        return len(run.words), True
    shop = run.words[-1].low in BORNE and kind_of(run.words[0].low) not in {"goods", "measure"}
    if run.stop in {":", "-"} and 1 < len(run.words) < 4 and shop:
        return len(run.words), True  # otieno electricals: wiring …
    ends = run.stop == "nl"
    if run.lead in TO and names_day(run) and goods_like(run.words[1:2]):
        return 1, True  # kwa Jumanne mbegu za mahindi
    if _parted_business(tokens, run):
        return len(run.words), True
    borne = _borne_name(run) or _trade_name(run) or _saint_name(run)
    if borne:
        return borne, True
    made = cut(run.words, described=described, fixed=(fixed + ends) if described else 0)
    if stored and (
        stored == len(run.words) or kind_of(run.words[stored].low) not in {"name", "wordname"}
    ):
        return stored, True
    follows = run.end + 1 < len(tokens) and tokens[run.end + 1].kind == "word"
    short = (described or follows) and run.stop in _HARD and 0 < made.words < len(run.words)
    return made.words, made.sure and not (short and _may_be_business(run, made.words))


def _borne_name(run: Run) -> int:
    """How many words *Entebbe Guest House* airport pickup has: capitals, then goods in small letters."""
    at = next((at for at, word in enumerate(run.words) if word.small), 0)
    if at < 2 or not proud(run.words[:at]) or run.words[at - 1].low not in BORNE:
        return 0
    return 0 if name_like(run.words[at:]) else at


def _saint_name(run: Run) -> int:
    """How many words *st john church* candles has: a saint is billed through what bears the name."""
    if len(run.words) < 4 or run.words[0].low not in {"st", "saint"}:
        return 0
    tail = run.words[2].low in ORG_TAILS and run.words[3].low not in ORG_TAILS
    return 3 if tail and looks_like_goods(run.words[3].low) else 0


_ADDRESSED = (
    TITLES
    - PARENTS
    - word_set("mr mrs ms miss dr dkt bi bw st saint fr rev eng engr hon capt mwl pst")
)


_SHOPS = word_set("foods electronics electricals gardens cottages autos travels hardwares")


def _trade_name(run: Run) -> int:
    """How many words *Upendo tailoring* kushona sare, *westside gym* monthly cleaning have: a trade or
    place behind a name, and then what is done, in full.
    """
    if len(run.words) < 3 or kind_of(run.words[0].low) in {"goods", "measure"}:
        return 0
    second, third = run.words[1].low, run.words[2].low
    work = second.endswith("ing") and third.startswith(("ku", "kw")) and looks_like_goods(third)
    person = kind_of(run.words[0].low) in {"name", "wordname"}
    place = second in ORG_TAILS and third in LOOKS and not person
    tongues = second in _SHOPS and third in ONLY_SWAHILI  # twiga foods nyanya
    return 2 if (work or place or tongues) and run.words[0].low not in TITLES else 0


_PARTS = frozenset(("num", ",", ":", ";", "nl", "phone", "link", "-", "."))


def _parted_business(tokens: list[Token], run: Run) -> bool:
    """*Goodluck Phones* 10 pouches, *Java House* for may rent: capitals, then goods in small letters."""
    if run.stop not in _PARTS or not business(run.words):
        return False
    for at, token in enumerate(tokens[run.end : run.end + 8], run.end):
        sized = token.low in MEASURES | LOOKS and at + 1 < len(tokens)
        if token.kind != "word" or token.low in FOR | OF | EACH | KILA | BARE_COUNTERS or sized:
            continue
        return token.text.islower() and kind_of(token.low) == "goods"
    return False


_HARD = frozenset({",", ":", "nl", "phone"})


def _may_be_business(run: Run, length: int) -> bool:
    """Sonko car wash, magari …: what stands before a comma may be a business's name as a whole."""
    return len(run.words) - length > 1 or run.words[length].low in ORG_TAILS


def _capitals(words: list[Token]) -> bool:
    return all(word.capital or word.low in OF | AND for word in words)


def _describes(tokens: list[Token], index: int, stop: str) -> bool:
    """Whether what follows names goods by itself: a noun that is no mere measure."""
    if _counted_behind(tokens, index, stop):
        return False
    crossed = stop in {",", ":", ";", "nl", "phone", "-", "link", "cut", "."} or stop in STORY
    if stop == "link" and tokens[index].low in OF and _goes_on(tokens[:index]):
        return False
    if (
        stop == ","
        and tokens[index - 1].low not in ORG_TAILS
        and goods_like(tokens[index - 1 : index])
        and goods_like(tokens[index + 1 : index + 2])
    ):
        return False
    while crossed and index < len(tokens) and _parts_off(tokens[index]):
        index += 1
    for token in tokens[index + (stop == "link") : index + 10]:
        word = token.low
        if word in AND and token.start > tokens[index].start:
            return False  # caro manicure 1500 na …: what follows is another item
        if token.kind == "word" and word in FOR and not crossed and _names_next(tokens, token):
            return False
        if token.kind == "word" and word not in _NO_GOODS | BARE_COUNTERS and len(word) > 1:
            return not _one_of_it(tokens, token)
        if token.kind in {"cut", "nl"} or token.text in {"@", ",", ";", "+"}:
            return False
    return False


_NO_GOODS = (
    MEASURES | EACH | KILA | TOTAL | OF | PRICE_WORDS | FILLERS | FOR | VAGUE | ABOUT | OR
    | frozenset(MONTHS) | frozenset(WEEKDAYS) | (TALK - {"cash", "credit", "half", "change"})
    | word_set("with without only at on in each")
)  # fmt: skip


def _counted_behind(tokens: list[Token], index: int, stop: str) -> bool:
    """Whether the run's own last word is the goods: viti *viwili*, rent *of january*."""
    before = low(tokens, index - 1)
    if stop == "num":
        return counts_behind(tokens[index]) and kind_of(before) != "name"
    return stop == "link" and _month_next(tokens, index) and goods_like(tokens[index - 1 : index])


def _one_of_it(tokens: list[Token], token: Token) -> bool:
    """4 *kiti kimoja* 2500: what says the price of one is no description."""
    at = tokens.index(token) + 1
    one = tokens[at] if at < len(tokens) else None
    return one is not None and one.spelled and one.value == 1


def _month_next(tokens: list[Token], index: int) -> bool:
    return index + 1 < len(tokens) and tokens[index + 1].low in MONTHS


def _goes_on(before: list[Token]) -> bool:
    """Whether ya, la, wa link a description ("kodi *ya* nyumba"), not a name and its goods."""
    kind = kind_of(before[-1].low) if before else "name"
    if kind in {"goods", "measure"}:
        return True
    return (
        kind == "unknown"
        and len(before) > 1
        and before[-2].kind == "word"
        and not is_bill(before[-2])
    )


def _parts_off(token: Token) -> bool:
    return (
        token.kind in {"nl", "phone", "cut"}
        or token.text in {",", ":", ";", "-", "."}
        or token.low in STORY
    )


def _names_next(tokens: list[Token], link: Token) -> bool:
    at = tokens.index(link)
    after = tokens[at + 1 : at + 4]
    if len(after) > 1 and after[0].kind == "num" and after[1].kind == "word":
        return False  # 3.4m for 20 drums of bitumen
    return not after or after[0].kind != "word" or name_like(after)
