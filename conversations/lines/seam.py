"""Whether it stays open where a client's name ends and the goods begin, nothing standing between."""

import re

from conversations.lines.item import Item
from conversations.lines.items import Items
from conversations.lines.kinds import (
    GOODS,
    LOOKS,
    ONLY_ENGLISH,
    ONLY_SWAHILI,
    kind_of,
    looks_like_goods,
)
from conversations.lines.runs import BORNE
from conversations.lines.spelled import SWAHILI_ONES
from conversations.lines.split import COMPOUND, MONTHLY
from conversations.lines.tokens import Token, token_at, touching, what_follows
from conversations.lines.words import (
    BARE_COUNTERS,
    MEASURES,
    MODEL_HEADS,
    MONTHS,
    OF,
    ORG_HEADS,
    ORG_TAILS,
    STRONG_TAILS,
    TITLES,
    word_set,
)


def unclear_seam(tokens: list[Token], name: list[Token], found: Items) -> bool:
    """Whether the line of `tokens` leaves it open where the client's `name` ends and goods begin."""
    if not name:
        return False
    after = token_at(what_follows(tokens, name[-1]), 0)
    if after is None:
        return False
    words = found.items[0].words if found.items else []
    if after.low == "the" or name[-1].low.endswith("'s"):
        return True  # Zuri the baker, St Luke's 30 Hospital blankets
    if _turns_capital(name) or _capital_goods(name, found):
        return True
    if _odd_name(name, after) or _swallowed(name, after, found) or _fitted_out(name, after):
        return True
    if not words:
        return False
    if _unseen(name, after, words) or _month_of(name, words):
        return True
    return touching(tokens, name[-1], words[0]) and (
        _same_dress(name, words)
        or _place_between(tokens, words)
        or _two_things(tokens, found.items[0])
        or _two_tongues(name, words)
        or _complete_behind(tokens, words)
    )


# -- the name by itself -----------------------------------------------------------------------------
def _odd_name(name: list[Token], after: Token) -> bool:
    """A name that is goods, a mere shop or hotel that a number may belong to, or ends in a count."""
    first = name[0].low
    if len(name) > 1 and name[-1].low in SWAHILI_ONES:
        return True  # kina mama mbili unga 5
    if len(name) > 1:
        tailed = first in TITLES or any(word.low in ORG_TAILS | ORG_HEADS for word in name)
        small = any(word.small for word in name)
        return small and not tailed and kind_of(first) in {"goods", "measure"}
    if kind_of(first) == "goods" or first in _ROLES:
        return True  # fumigation for …, cement: 3 bags, landlord
    small_number = after.kind == "num" and (after.value is None or after.value < 1000)
    return first in ORG_HEADS | ORG_TAILS and small_number and not after.money


_ROLES = word_set(
    "tenant landlord neighbour neighbor guest passenger student pupil parent patient driver worker "
    "friend mpangaji jirani mgeni abiria mwanafunzi mzazi mgonjwa dereva mpangishaji lady man guy"
)


def _turns_capital(name: list[Token]) -> bool:
    """New *Gideon Sang*: a small word before a capital one may be no part of the name."""
    if len(name) < 2 or not name[0].small or not name[1].capital:
        return False
    known = name[0].low in TITLES | ORG_HEADS or kind_of(name[0].low) in {"name", "wordname"}
    return not known and name[1].low not in ORG_TAILS


def _capital_goods(name: list[Token], found: Items) -> bool:
    """Invoice joel 2 lamps *Purity*: the one capital word of a small-letter line is in the goods."""
    small = all(word.text.islower() for word in name)
    return small and any(
        word.proper and kind_of(word.low) not in {"goods", "measure"}
        for item in found.items
        for word in item.words
    )


def _swallowed(name: list[Token], after: Token, found: Items) -> bool:
    """Mukasa *dipewu* 2 @ 500, *warur* trei 4: no goods are left, so the name may hold them."""
    words = [word for item in found.items for word in item.words]
    if any(word.low not in MEASURES for word in words):
        return False
    if kind_of(name[-1].low) != "unknown" or name[-1].low in ORG_TAILS:
        return False
    return (len(name) > 1 and after.kind == "num") or (bool(words) and after is words[0])


def _fitted_out(name: list[Token], after: Token) -> bool:
    """Coach robert *gym* sessions, faiza *salon* chairs: the last word of a name may be the goods'."""
    if (
        len(name) < 2
        or not name[-1].small
        or name[-1].low not in COMPOUND | ORG_TAILS - STRONG_TAILS
    ):
        return False
    kind = kind_of(name[-2].low)
    counted = kind == "name" and kind_of(after.low) == "measure"
    person = kind in {"name", "unknown", "wordname"} and name[0].low not in {"st", "saint"}
    return counted or (person and after.low in _FITTED)


_FITTED = word_set(  # what a salon, a school or a hotel is fitted with
    "chair chairs seat seats desk desks bed beds bench benches table tables tool tools uniform uniforms "
    "furniture equipment supplies curtains signage mirror mirrors dryer dryers towels sinks bags mats"
)


# -- the name and what is billed --------------------------------------------------------------------
def _unseen(name: list[Token], after: Token, words: list[Token]) -> bool:
    """Lorna *sosesin* 90 *bugefe*: an unknown word in small letters on either side of a number."""
    last = name[-1]
    if len(name) < 2 or not last.text.islower() or kind_of(last.low) != "unknown":
        return False
    kinds = {kind_of(word.low) for word in words}
    return last.low not in ORG_TAILS and kinds <= {"unknown", "measure"} and words[0] is not after


def _month_of(name: list[Token], words: list[Token]) -> bool:
    """*August* rent 3500: a person, or the month that is billed."""
    return len(name) == 1 and name[0].low in MONTHS and words[0].low in MONTHLY


def _same_dress(name: list[Token], words: list[Token]) -> bool:
    """Dove *Funeral Home* 3 coffins: what follows in capitals may still be the name."""
    brand = kind_of(name[-1].low) == "name" and kind_of(words[0].low) == "goods"
    return name[-1].proper and words[0].proper and not brand  # Peter Samsung charger


def _place_between(tokens: list[Token], words: list[Token]) -> bool:
    """Peter *kunjira* 3 vinyago, charity *home* 20 mattresses: the first word may end the name."""
    first = words[0].low
    shaped = looks_like_goods(first) and first not in GOODS
    return (first in _PLACES or shaped) and both_sides(tokens, words)


_PLACES = COMPOUND | word_set("home house office kitchen hall estate village market stage corner")


def _two_things(tokens: list[Token], item: Item) -> bool:
    """Emeka *phones* 8 cups, sheila *hair* wooden shelves: the first thing may end the name."""
    words, first = item.words, item.words[0].low
    borne = first in BORNE and first.endswith("s") and first != "gas"
    if all(word.low in MEASURES for word in words[1:]):
        return borne and any(word.low in _KILOS for word in words)  # Emeka Phones 22kgs
    if first in _WITH:
        return not (is_work(words[1].low) or words[1].low in _WITH[first])
    if "quantity" in item.asked or is_work(first) or first in LOOKS | MODEL_HEADS:
        return False
    count = next(
        (t for t in tokens if t.kind == "num" and words[0].end <= t.start < words[1].start), None
    )
    if count is None:
        return borne and not is_work(words[1].low)
    dear = count.money or (count.value or 0) >= 100
    goods = kind_of(first) == kind_of(words[-1].low) == "goods" and not is_work(words[-1].low)
    return borne or dear or goods


_KILOS = frozenset(("kg", "kgs", "kilo", "kilos"))
_WITH = {  # what goes with a house and with hair; anything else ends a business's name
    "house": word_set(
        "rent deposit help plan plans party keys girl number no shifting agent manager"
    ),
    "hair": word_set(
        "cut cuts dryer dryers oil oils products food dye relaxer extension extensions piece pieces do "
        "spray gel clips cream style styles net nets wash care"
    ),
}


def _two_tongues(name: list[Token], words: list[Token]) -> bool:
    """Pwani *oil* samaki: no thing is called by an English noun and then by a Swahili one."""
    if len(words) < 2 or kind_of(name[-1].low) == "name" or words[0].low in LOOKS | MODEL_HEADS:
        return False
    one, two = words[0], words[1]
    english = one.low in ONLY_ENGLISH and not is_work(one.low)
    return two.start - one.end == 1 and english and two.low in ONLY_SWAHILI


def _complete_behind(tokens: list[Token], words: list[Token]) -> bool:
    """Baraka *timber* 25 pieces of cypress: what is counted is named in full behind the number."""
    ahead = what_follows(tokens, words[0])[:4]
    if len(ahead) < 4:
        return False
    number, measure, link, thing = ahead
    held = measure.low in MEASURES | BARE_COUNTERS and link.low in OF
    return number.kind == "num" and not number.money and held and thing.kind == "word"


# -- lines without a client -------------------------------------------------------------------------
def both_sides(tokens: list[Token], words: list[Token]) -> bool:
    """Whether a description has words other than measures on both sides of a number."""
    plain = [word.start for word in words if word.low not in MEASURES]
    return bool(plain) and any(
        token.kind == "num" and plain[0] < token.start < plain[-1] for token in tokens
    )


def holds_client(tokens: list[Token], found: Items) -> bool:
    """Savanna 2 nights camping, *Kahawa house* maziwa 3: the first words may be the client."""
    words = found.items[0].words if found.items else []
    if not words:
        return False
    proud = words[0].proper and any(word.text.islower() for word in words[1:])
    shop = len(words) > 2 and kind_of(words[0].low) == "goods" and words[1].low in ORG_TAILS | BORNE
    return proud or both_sides(tokens, words) or (shop and words[2].low in ONLY_SWAHILI | MEASURES)


_WORK = re.compile(r".*(?:ing|tion|sion|ment|ance|aji|work|works)$|ku[a-z]{3,}$|kw[aei][a-z]{2,}$")
_DONE = word_set(
    "repair repairs hire service services transport delivery security labour tuition installation wash "
    "design rent print dj fundi ufundi usafiri huduma"
)


def is_work(word: str) -> bool:
    """Whether `word` (lower case) is work that is done, and no thing."""
    return bool(_WORK.match(word)) or word in _DONE
