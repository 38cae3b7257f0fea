"""Whom a typed line bills: finds the words of the client's name and matches stored clients.

The name may stand behind the verb ("invoice jane …"), before it ("asha invoice ya …"), at the head
of a line without a verb, behind kwa / to / for at the end, or behind a label ("client ni …"). Two
people, a name that fits several stored clients, or a cut that is not clear are asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from conversations.lines.doubt import TALK
from conversations.lines.known import KnownClient, Who, match, stored_length
from conversations.lines.spelled import counts_behind
from conversations.lines.split import cut, goods_like, kind_of, name_like
from conversations.lines.tokens import Token
from conversations.lines.verbs import is_bill
from conversations.lines.words import (
    ABOUT,
    AND,
    ARTICLES,
    BARE_COUNTERS,
    CLIENT_LABELS,
    CORRECTION,
    EACH,
    FILLERS,
    FOR,
    HELPERS,
    KILA,
    MEASURES,
    MONTHS,
    OF,
    OR,
    ORG_HEADS,
    ORG_TAILS,
    PRICE_WORDS,
    STORY,
    STORY_TO,
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
    if after[0].low in ORG_TAILS and after[0].text != "&":
        return tokens[index].text[:1].isupper() == after[0].text[:1].isupper()
    proud = all(token.text[:1].isupper() for token in tokens[index : index + 3])
    return proud and len(after) == 2 and after[1].low in ORG_TAILS


def _surname(tokens: list[Token], index: int, start: int) -> bool:
    """Kwame *Asante* 4 tyres: a courtesy in capitals behind a name in capitals."""
    ends = index + 1 >= len(tokens)
    proud = index > start and all(
        token.text[:1].isupper() and not token.text.isupper() for token in tokens[start : index + 1]
    )
    return proud and not ends and tokens[index].low in {"asante", "karibu", "pole", "wait"}


def _numbered(tokens: list[Token], index: int) -> bool:
    return 0 <= index < len(tokens) and tokens[index].kind == "num"


def _joins_org(tokens: list[Token], index: int) -> bool:
    after = tokens[index + 1].low if index + 1 < len(tokens) else ""
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
    if tokens[index].low == "of":
        if kind_of(tokens[start].low) == "name":
            return False
        return kind_of(before) not in {"measure", "goods"} and not goods_like(tokens[start:index])
    head = tokens[index - 2].low if index - 2 >= start else ""
    level = before in {"msingi", "sekondari", "upili"} or (head in ORG_HEADS and before == "kuu")
    return before in ORG_HEADS or level


def _child_of(tokens: list[Token], index: int, start: int) -> bool:
    """Njoroge *wa* Kamau, Shosh *wa* Githurai: whose child, or from where."""
    after = tokens[index + 1]
    if kind_of(tokens[start].low) in {"goods", "measure"} or index - start > 2:
        return False
    proud = after.text[:1].isupper() and tokens[start].text[:1].isupper()
    return kind_of(after.low) == "name" or (proud and kind_of(after.low) == "unknown")


def _names_number(tokens: list[Token], index: int, start: int) -> bool:
    """Hotel 254, three sisters salon: a number inside a business's name."""
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if index > start:
        before = tokens[index - 1].low
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


# -- finding -----------------------------------------------------------------------------------------
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
    fixed = run.stop in {",", ":", ";", "nl", "phone", "link", "-", "end", "."} or run.stop in STORY
    described = _describes(tokens, run.end, run.stop)
    stored = stored_length(run.words, clients)
    if run.stop == ":" and len(run.words) < 6 and _capitals(run.words) and described:
        return len(run.words), True
    ends = run.stop == "nl"
    made = cut(run.words, described=described, fixed=(fixed + ends) if described else 0)
    if stored and (
        stored == len(run.words) or kind_of(run.words[stored].low) not in {"name", "wordname"}
    ):
        return stored, True
    follows = run.end + 1 < len(tokens) and tokens[run.end + 1].kind == "word"
    short = (described or follows) and run.stop in _HARD and 0 < made.words < len(run.words)
    return made.words, made.sure and not (short and _may_be_business(run, made.words))


_HARD = frozenset({",", ":", "nl", "phone"})


def _may_be_business(run: Run, length: int) -> bool:
    """Sonko car wash, magari …: what stands before a comma may be a business's name as a whole."""
    return len(run.words) - length > 1 or run.words[length].low in ORG_TAILS


def _capitals(words: list[Token]) -> bool:
    return all(word.text[:1].isupper() or word.low in OF | AND for word in words)


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
    before = tokens[index - 1].low if index else ""
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
