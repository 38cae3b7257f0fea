"""Runs of words that may hold a name, and what ends them."""

from dataclasses import dataclass, field

from conversations.lines.kinds import kind_of
from conversations.lines.split import goods_like, proud
from conversations.lines.tokens import Token, low, token_at
from conversations.lines.verbs import is_bill
from conversations.lines.words import (
    ABOUT,
    ARTICLES,
    BARE_COUNTERS,
    CLIENT_LABELS,
    CORRECTION,
    EACH,
    FOR,
    HELPERS,
    KILA,
    MONTHS,
    OF,
    ORG_HEADS,
    ORG_TAILS,
    PRICE_WORDS,
    STORY,
    STORY_TO,
    TITLES,
    TOTAL,
    VAGUE,
    WEEKDAYS,
    word_set,
)


@dataclass(slots=True)
class Run:
    """Words that may hold a name: where they stand and what leads and follows them."""

    start: int
    words: list[Token] = field(default_factory=list)
    lead: str = ""
    stop: str = ""

    @property
    def end(self) -> int:
        """The index behind the last word."""
        return self.start + len(self.words)


# -- runs of words ----------------------------------------------------------------------------------
def run_from(tokens: list[Token], start: int, lead: str = "") -> Run:
    """The words from `start` on that may belong to a name, up to what cannot."""
    index = start
    while index < len(tokens):
        stop = _stops(tokens, index, start)
        if stop:
            return Run(start, tokens[start:index], lead, stop)
        index += 1
    return Run(start, tokens[start:index], lead, "end")


def _stops(tokens: list[Token], index: int, start: int) -> str:
    token = tokens[index]
    word = token.low
    if token.kind == "word":
        if _breaks(tokens, index, start):
            return "link" if word in FOR | OF else word
        return ""
    if token.text == "&" and index > start and index + 1 < len(tokens):
        return ""
    if token.kind == "num" and _names_number(tokens, index, start):
        return ""
    return token.kind if token.kind != "sym" else token.text


_NEVER = (
    ABOUT
    | VAGUE
    | CORRECTION
    | word_set(
        "kati between x now he she they please pls plz tafadhali kindly asante thanks qty quantity idadi"
    )
)
_ENDS = (
    _NEVER
    | STORY
    | STORY_TO
    | EACH
    | KILA
    | TOTAL
    | PRICE_WORDS
    | CLIENT_LABELS
    | ARTICLES
    | {"at"}
)


def _breaks(tokens: list[Token], index: int, start: int) -> bool:
    word = tokens[index].low
    if word in HELPERS and index + 1 < len(tokens) and tokens[index + 1].low in STORY:
        return True
    if word in _ENDS:
        return not opens_business(tokens, index)
    if index > start and is_bill(tokens[index]):
        return True
    if word in BARE_COUNTERS and any(
        token.kind == "num" for token in tokens[index - 1 : index + 2]
    ):
        return True
    if index == start:
        return False
    if word in {"na", "and", "plus"}:
        return low(tokens, index + 1) not in _PARTNERS
    if word not in FOR | OF | {"to", "give", "ni", "on", "with"}:
        return False
    return not _holds(tokens, index, start)


def opens_business(tokens: list[Token], index: int) -> bool:
    """*Asubuhi* Njema Cafe, *Bei* Traders: a common word that a business bears as its name."""
    after = tokens[index + 1 : index + 3]
    if not after or after[0].kind != "word":
        return False
    if tokens[index].low == "new" and any(token.low in ORG_TAILS for token in after):
        return True  # new life church
    if after[0].low in ORG_TAILS and after[0].text != "&":
        return tokens[index].capital == after[0].capital
    proud = all(token.capital for token in tokens[index : index + 3])
    return proud and len(after) == 2 and after[1].low in ORG_TAILS


def billed_business(tokens: list[Token], index: int) -> bool:
    """Invoice *Due* Diligence Ltd: a capital word behind the verb that a business bears."""
    behind = index > 0 and is_bill(tokens[index - 1])
    return behind and tokens[index].capital and opens_business(tokens, index)


_PARTNERS = word_set("sons co company brothers daughters wanawe associates partners bros")


def _holds(tokens: list[Token], index: int, start: int) -> bool:
    """Whether a connecting word is part of a name: duka *la* neema, sisters *of* mercy."""
    word, before, first = tokens[index].low, tokens[index - 1].low, tokens[start]
    after = token_at(tokens, index + 1)
    if after is None or after.kind != "word" or word in {"kwa", "for", "to"}:
        return False
    if word == "wa" and _child_of(first, after, index - start):
        return True
    if word == "of":
        named = kind_of(first.low) == "name" or goods_like(tokens[start:index])
        return before in ORG_TAILS | ORG_HEADS or not named
    opens = index - 1 == start or tokens[index - 2].low in OF | TITLES | ORG_HEADS
    placed = index == start + 1 and first.capital and after.proper
    unknown = kind_of(after.low) == "unknown"  # Bar ya Kilimanjaro, Kijiwe cha Soweto
    return (before in ORG_HEADS and opens) or before in _LEVELS or (placed and unknown)


_LEVELS = word_set("msingi sekondari upili")


def _child_of(first: Token, after: Token, words: int) -> bool:
    """Njoroge *wa* Kamau, Shosh *wa* Githurai: whose child, or from where."""
    if kind_of(first.low) in {"goods", "measure"} or words > 2:
        return False
    both = after.capital and first.capital
    return kind_of(after.low) == "name" or (both and kind_of(after.low) == "unknown")


def _names_number(tokens: list[Token], index: int, start: int) -> bool:
    """Hotel 254: 3 mats, Three Sisters Salon: a number inside a business's name."""
    after = token_at(tokens, index + 1)
    if after is None:
        return False
    if tokens[index].spelled:
        ahead = [token.low for token in tokens[index + 1 : index + 4] if token.kind == "word"]
        shop = any(word in ORG_TAILS for word in ahead[1:])
        return shop if index == start else tokens[index].capital and after.low in ORG_TAILS
    counted = after.low in FOR and any(
        token.kind == "num" for token in tokens[index + 2 : index + 3]
    )
    led = counted or after.kind in {"num", "phone"} or after.text in ",:"
    behind = index == start + 1 and tokens[start].low in ORG_HEADS | ORG_TAILS
    return behind and led and not tokens[index].money


def names_day(run: Run) -> bool:
    """*Friday*, *Jumanne*: a day's or month's name in capitals where a name stands."""
    word = run.words[0]
    day = word.low in WEEKDAYS or word.low in MONTHS
    return day and word.proper


BORNE = word_set(  # goods and places that a business bears at the end of its name
    "house foods food kitchen hair gifts phones flowers events electronics cakes beauty photos media tours travel "
    "travels furniture electricals gas feeds gardens meats cottages computers autos spares tyres lab labs "
    "pictures photography logistics security cleaners printers press drinks waters tents"
)


def business(words: list[Token]) -> bool:
    """Whether words in capitals may be a business's name, and not goods alone: Java House."""
    tailed = words[-1].low in ORG_TAILS | BORNE if words else False
    kinds = {kind_of(word.low) for word in words}
    return proud(words) and (tailed or not kinds <= {"goods", "measure"})
