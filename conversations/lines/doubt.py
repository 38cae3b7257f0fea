"""What casts doubt on a draft that reads well: words that no name and no description holds.

The grammar may have taken talk for goods ("… he will pay half now"). A pronoun, a verb of paying, a
second person's name or a leftover sign inside a name or description means that something was not
understood, and then the slot is asked.
"""

import re

from conversations.lines.kinds import kind_of
from conversations.lines.marks import Part
from conversations.lines.money import currency_of
from conversations.lines.spans import STRONG
from conversations.lines.tokens import Token
from conversations.lines.words import (
    ABOUT,
    BRANDS,
    CORRECTION,
    CURRENCY_WORDS,
    HELP_VERBS,
    MEASURES,
    MODEL_HEADS,
    MONTHS,
    ORG_TAILS,
    PARENTS,
    SERIES,
    STORY,
    STORY_TO,
    VAGUE,
    WEEKDAYS,
    word_set,
)

TALK = word_set(
    "and or but he she they it him his them their my mine your yours our we i me you us is are was were "
    "be been will would can could should must go goes going went come comes came coming pay pays paid "
    "paying payment half now then later before after not never don't dont didn't yes please thanks tell "
    "said says want wants need needs give gave get gets got take takes took do does did doing "
    "deliver delivered delivering because so that those there when while if both all everything nothing "
    "total again also only even still already who what where why how which cancel delete remove change "
    "ignore instructions rules mark another other rest owe owes debt loan credit cash "
    "na au ama lakini kwamba yeye wewe mimi sisi wao yake yangu yako yetu yenu zake zangu zako wake "
    "wangu kati halafu alafu kisha bado tayari tena sasa ndio hapana sio si ila kama kwa ambayo ambao "
    "yule huyu hawa wale wote zote yote deni mkopo taslimu lipa leo kesho jana juzi yesterday today "
    "tomorrow tonight saa between baina from until till mpaka hadi am pm o'clock discount punguzo less "
    "minus off vat tax deposit advance balance salio due percent asilimia % invoice ankara lipisha "
    "mdai bili client customer mteja jumla nimesema nilisema please aende akuje wey dey abi sha na-im "
    "hivi hivyo bal balanc sorry wait actually oops approx about maybe labda pengine huenda probably don't-know sijui forgot "
    "nimesahau lot last no kila each per @ = bei price ni ya za"
)
_TIME = frozenset(WEEKDAYS)
_CHAT = re.compile(
    r"(?:nita|nime|nina|nili|ata|ame|ana|ali|wata|wame|wana|wali|tuta|tume|tuna|tuli|hata|haja|sija|ita|ime|zita|"
    r"zime|umeni|utani|unani|hawaja|hatuja|ninge|ange)[a-z]{3,}$"
)
_SIGNS = frozenset("%@=<>{}[]\\|^~`_;#*")


_GLUED = re.compile(r"\d+[a-z]{4,}")  # 3keyboard: a count, or a word such as 2seater
_ON = frozenset(("on", "by", "and", "na", "to", "tarehe", "from"))
_PERSONS = PARENTS | word_set("mr mrs ms dr mzee pastor mwalimu bi bw prof alhaji hajia")


def doubtful_words(words: list[Token]) -> bool:
    """Whether a description holds words of talk, or a person's name."""
    for at, token in enumerate(words):
        edge = at in {0, len(words) - 1}
        numbered = 0 < at < len(words) - 1 and words[at + 1].kind == "num"
        if numbered and token.low == "no" and words[at - 1].low in MODEL_HEADS:
            continue  # house no 5
        if _between_months(words, at):
            continue
        if _is_talk(token, edge=edge) or (at and token.low in _TIME):
            return True
        titled = at and token.low in _PERSONS and at + 1 < len(words)
        dated = token.kind == "ord" and (
            at + 1 == len(words) or words[at + 1].low in MONTHS or words[at - 1].low in _ON
        )
        if (
            dated
            or titled
            or _GLUED.fullmatch(token.low)
            or kind_of(token.low) == "name"
            or (token.kind == "date")
            or token.low == "num"
        ):
            return True
    return False


def _between_months(words: list[Token], at: int) -> bool:
    """Rent for november *and* december, kwenda *na* kurudi."""
    if at and at + 1 < len(words) and words[at + 1].low == "kurudi":
        return True
    return (
        words[at].low in {"and", "na", "&"}
        and 0 < at < len(words) - 1
        and words[at - 1].low in MONTHS
        and words[at + 1].low in MONTHS
    )


def _is_talk(token: Token, *, edge: bool) -> bool:
    word = token.low
    if word in {"ya", "za", "ni"}:
        return edge
    if word in {"all", "same", "cash", "half", "service"} and kind_of(word) == "goods":
        return False
    talk = word in TALK or word in STRONG or word in STORY | STORY_TO | VAGUE | ABOUT | CORRECTION
    return talk or currency_of(token) is not None or is_verb(word)


def is_verb(word: str) -> bool:
    """A Swahili verb with a subject: nitakuja, amesema."""
    return (
        bool(_CHAT.match(word))
        and kind_of(word) not in {"goods", "name", "measure"}
        and word not in MEASURES
    )


def doubtful_name(words: list[str]) -> bool:
    """Whether a client's name holds what names do not hold."""
    borne = len(words) > 1 and words[1] in ORG_TAILS  # Bei Traders
    for at, word in enumerate(words):
        if borne and not at and word not in HELP_VERBS:
            continue
        if at and (
            kind_of(word) == "wordname"
            or word == "hawa"
            or words[at - 1] in {"bin", "binti", "bint", "ibn"}
        ):
            continue
        if word in {
            "and",
            "na",
            "&",
            "all",
            "go",
            "mark",
            "will",
            "may",
            "ya",
            "za",
            "ni",
            "both",
            "rest",
        }:
            continue
        if word in TALK | STRONG | STORY | STORY_TO | VAGUE | ABOUT | CORRECTION:
            return True
        if (
            at
            and (word in MONTHS or word in _TIME)
            and word not in {"sunday", "may", "june", "april", "august"}
        ):
            return True
        if at and word in CURRENCY_WORDS:
            return True
        if not at and (word in HELP_VERBS or is_verb(word)):
            return True
        if len(words) == 1 and kind_of(word) == "measure":
            return True
    return False


def leftover_signs(tokens: list[Token]) -> bool:
    """Whether signs that mean something were left without being understood."""
    return any(
        token.kind == "sym" and token.text in _SIGNS - {"@", "*", "=", ";", "#"} for token in tokens
    )


def model_behind_brand(group: list[Part], part: Part) -> bool:
    """Whether a count stands right behind a brand: iphone 13, redmi note 12."""
    at = group.index(part)
    before = group[at - 1].words if at else []
    small = part.kind == "bare" and part.value is not None and part.value <= 60
    told = part.number is not None and not part.number.spelled and not part.per
    branded = any(word.low in BRANDS for word in before[-2:])
    return small and told and branded and before[-1].low in BRANDS | SERIES


def names_day(words: list[Token]) -> bool:
    """Invoice njoki cake *kesho*: a day that ends a description may be when it is due."""
    if not words or (len(words) > 1 and words[-2].low in {"on", "of", "siku"}):
        return False  # delivered on monday
    return words[-1].low in _DAYS or words[-1].low in WEEKDAYS


_DAYS = word_set("kesho leo tomorrow today tonight keshokutwa")
_ORDERED = word_set("week day month lesson session class round night visit shift")
_WEIGHED = word_set(
    "kg kgs kilo kilos litre litres liter liters ltr ltrs lita acre acres ton tonne"
)
_VOLUMES = word_set("litre liter ltr l kg kilo inch inches ft feet foot mm cm ml g gram")


def numbered_name(group: list[Part]) -> bool:
    """Week 3 training, 2021 toyota, 10 litre jerrican: the number may belong to the thing."""
    for at, part in enumerate(group):
        before = group[at - 1].words if at else []
        after = group[at + 1].words if at + 1 < len(group) else []
        if part.number is not None and part.number.low == "half":
            return not (after and after[0].low in _WEIGHED)  # half day cleaning is a thing
        if part.number is None or part.number.money or part.number.spelled or part.value is None:
            continue
        year = part.kind == "bare" and 1980 <= part.value <= 2035 and "," not in part.number.digits
        if year and after and len(group) > 2:
            return True
        if before and before[-1].low in _ORDERED and part.kind == "quantity":
            return True
        if len(after) > 1 and after[0].low in _VOLUMES and after[1].low in MEASURES:
            return True
    return False
