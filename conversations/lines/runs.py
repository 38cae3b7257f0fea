"""Runs of words that may hold a name, and what ends them."""

from dataclasses import dataclass, field

from conversations.lines.kinds import kind_of
from conversations.lines.split import goods_like, proud
from conversations.lines.tokens import Token, low, token_at
from conversations.lines.verbs import is_bill
from conversations.lines.words import (
    ABOUT,
    AND,
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
        return not (opens_business(tokens, index) or _surname(tokens, index, start))
    if index > start and is_bill(tokens[index]):
        return True
    if word in BARE_COUNTERS and (_numbered(tokens, index + 1) or _numbered(tokens, index - 1)):
        return True
    if index == start:
        return False
    if word in {"na", "and", "plus"}:
        return not _joins_org(tokens, index)
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


def _surname(tokens: list[Token], index: int, start: int) -> bool:
    """Kwame *Asante* 4 tyres: a courtesy in capitals behind a name in capitals."""
    ends = index + 1 >= len(tokens)
    proud = index > start and all(token.proper for token in tokens[start : index + 1])
    return proud and not ends and tokens[index].low in {"asante", "karibu", "pole", "wait"}


def _numbered(tokens: list[Token], index: int) -> bool:
    return 0 <= index < len(tokens) and tokens[index].kind == "num"


def _joins_org(tokens: list[Token], index: int) -> bool:
    after = low(tokens, index + 1)
    return after in {
        "sons",
        "co",
        "company",
        "brothers",
        "daughters",
        "wanawe",
        "associates",
        "partners",
        "bros",
    }


def _holds(tokens: list[Token], index: int, start: int) -> bool:
    """Whether a connecting word is part of a name: duka *la* neema, sisters *of* mercy."""
    if (
        index + 1 >= len(tokens)
        or tokens[index + 1].kind != "word"
        or tokens[index].low in {"kwa", "for", "to"}
    ):
        return False
    before = tokens[index - 1].low
    if tokens[index].low == "wa" and _child_of(tokens, index, start):
        return True
    if tokens[index].low == "of" and before in ORG_TAILS | ORG_HEADS:
        return True  # county government of nyeri
    if tokens[index].low == "of":
        if kind_of(tokens[start].low) == "name":
            return False
        return kind_of(before) not in {"measure", "goods"} and not goods_like(tokens[start:index])
    head = tokens[index - 2].low if index - 2 >= start else ""
    level = before in {"msingi", "sekondari", "upili"} or (head in ORG_HEADS and before == "kuu")
    placed = index == start + 1 and tokens[start].capital and _unseen(tokens[index + 1])
    opens = index - 1 == start or tokens[index - 2].low in OF | TITLES | ORG_HEADS
    return (
        (before in ORG_HEADS and opens)
        or level
        or (placed and kind_of(before) in {"unknown", "measure"})
    )


def _unseen(token: Token) -> bool:
    """Bar ya *Kilimanjaro*, Kijiwe cha *Soweto*: a capital word that is in no list."""
    return token.proper and kind_of(token.low) == "unknown"


def _child_of(tokens: list[Token], index: int, start: int) -> bool:
    """Njoroge *wa* Kamau, Shosh *wa* Githurai: whose child, or from where."""
    after = tokens[index + 1]
    if kind_of(tokens[start].low) in {"goods", "measure"} or index - start > 2:
        return False
    both = after.capital and tokens[start].capital
    return kind_of(after.low) == "name" or (both and kind_of(after.low) == "unknown")


def _names_number(tokens: list[Token], index: int, start: int) -> bool:
    """Hotel 254, three sisters salon: a number inside a business's name."""
    after = token_at(tokens, index + 1)
    if index > start:
        before = tokens[index - 1].low
        if after is not None and after.low in ORG_TAILS and tokens[index].spelled:
            return all(token.capital for token in (*tokens[start : index + 1], after))
        counted = index + 2 < len(tokens) and tokens[index + 2].kind == "num"
        led = after is not None and (
            (after.low in {"for", "kwa"} and counted)
            or after.kind in {"num", "phone"}
            or after.text in ",:"
        )
        single = index == start + 1
        return before in ORG_HEADS | ORG_TAILS and led and single and not tokens[index].money
    ahead: list[str] = []
    for token in tokens[index + 1 : index + 5]:
        if token.kind != "word" or token.low in FOR | AND:
            break
        ahead.append(token.low)
        if token.low in ORG_TAILS and len(ahead) > 1 and tokens[index].spelled:
            return True
    return False


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
