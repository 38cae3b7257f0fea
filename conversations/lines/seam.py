"""Doubts about the seam between a client's name and the goods, where nothing stands between them."""

import re

from conversations.lines.items import Items
from conversations.lines.kinds import GOODS, LOOKS, kind_of, looks_like_goods
from conversations.lines.runs import BORNE
from conversations.lines.split import COMPOUND
from conversations.lines.tokens import Token, token_at, touching, what_follows
from conversations.lines.verbs import does_to
from conversations.lines.words import (
    BRANDS,
    MEASURES,
    MODEL_HEADS,
    OF,
    ORG_HEADS,
    ORG_TAILS,
    STRONG_TAILS,
    TITLES,
    word_set,
)


def unclear_seam(tokens: list[Token], name: list[Token], found: Items) -> bool:
    """Whether the line of `tokens` leaves it open where the client's `name` ends and goods begin."""
    return (
        _odd_name(tokens, name)
        or _second_name(name, found)
        or _goes_on(tokens, name, found)
        or _same_dress(tokens, name, found)
        or _unseen(tokens, name, found)
        or _swallowed(tokens, name, found)
        or _parted(tokens, name, found)
        or _two_things(tokens, name, found)
        or _compound_end(tokens, name)
    )


def _odd_name(tokens: list[Token], words: list[Token]) -> bool:
    """A name that opens with goods, ends in 's, is a mere role, or may go on with a number."""
    if not words:
        return False
    lows = [word.low for word in words]
    tailed = any(low in ORG_TAILS | ORG_HEADS for low in lows) or lows[0] in TITLES
    if len(words) > 1 and does_to(words[0]):
        return True  # mchape ledama …
    behind = what_follows(tokens, words[-1])[:2]
    if len(behind) > 1 and behind[0].low in {"of", "la", "cha"} and behind[1].capital:
        return True  # county government of Nyeri
    if _turns_capital(words) or lows[-1].endswith("'s") or (len(lows) == 1 and lows[0] in _ROLES):
        return True
    after = token_at(what_follows(tokens, words[-1]), 0)
    counted = after is not None and lows[0] in ORG_HEADS and _counted(tokens, after)
    if len(lows) == 1 and kind_of(lows[0]) == "goods" and not counted:
        return True  # fumigation for …, cement: 3 bags
    small = any(word.small for word in words)
    if len(lows) > 1 and small and not tailed and kind_of(lows[0]) in {"goods", "measure"}:
        return True
    lone = len(lows) == 1 and lows[0] in ORG_HEADS | ORG_TAILS
    if not lone or after is None or after.kind != "num" or after.money:
        return False
    return (after.value is None or after.value < 1000) and not counted


def _counted(tokens: list[Token], number: Token) -> bool:
    """School 3 *cartons* chalk @ 900: containers in the plural are counted by the number."""
    after = what_follows(tokens, number)[:2]
    full = (
        number.kind == "num"
        and len(after) > 1
        and after[1].kind == "word"
        and after[1].text.isalpha()
    )
    return (
        full and after[0].low in MEASURES and after[0].low.endswith("s") and len(after[0].low) > 3
    )


_ROLES = word_set(
    "tenant landlord neighbour neighbor guest passenger student pupil parent patient driver worker "
    "friend mpangaji jirani mgeni abiria mwanafunzi mzazi mgonjwa dereva mpangishaji lady man guy"
)


def _turns_capital(words: list[Token]) -> bool:
    """New *Gideon Sang*: a small word before a capital one may be no part of the name."""
    if len(words) < 2 or not words[0].small:
        return False
    known = words[0].low in TITLES | ORG_HEADS or kind_of(words[0].low) in {"name", "wordname"}
    return not known and words[1].capital and words[1].low not in ORG_TAILS


def _second_name(name: list[Token], found: Items) -> bool:
    """Omo … *Gafar* repair of gen: the one capital word of a small-letter line is in the goods."""
    if any(word.capital for word in name):
        return False
    return any(
        word.capital
        and not word.text.isupper()
        and kind_of(word.low) not in {"goods", "measure"}
        and any(other.text.islower() for other in (*item.words, *name))
        for item in found.items
        if "items" not in item.asked
        for word in item.words[:2]
    )


def _same_dress(tokens: list[Token], name: list[Token], found: Items) -> bool:
    """Dove *Funeral Home* 3 coffins, Zuri *the* baker: what follows may still be the name."""
    if not name:
        return False
    after = what_follows(tokens, name[-1])[:2]
    if after and after[0].low == "the":
        return True
    words = found.items[0].words if found.items else []
    if not after or not words or after[0].start != words[0].start:
        return False
    capital = all(word.proper for word in (name[-1], words[0]))
    if kind_of(name[-1].low) == "name" and _begins_goods(words):
        return False
    mixed = any(token.kind == "word" and token.text.islower() for token in tokens)
    return capital and (mixed or both_sides(tokens, found))


def _begins_goods(words: list[Token]) -> bool:
    """Mary *Toyota* brake pads, Kevin *English* lessons: a proper word that says what kind of goods."""
    if len(words) < 2 or kind_of(words[0].low) != "goods" or not words[1].text.islower():
        return False
    shops = ORG_TAILS | BORNE | MODEL_HEADS
    named = words[0].low in shops - BRANDS or words[1].low in shops
    return not named and kind_of(words[1].low) in {"goods", "measure"}


def _unseen(tokens: list[Token], name: list[Token], found: Items) -> bool:
    """Lorna *sosesin* 90 *bugefe*: an unknown word in small letters on either side of a number."""
    words = found.items[0].words if found.items else []
    if len(name) < 2 or not words or not name[-1].text.islower():
        return False
    after = token_at(what_follows(tokens, name[-1]), 0)
    if after is None or kind_of(name[-1].low) != "unknown":
        return False
    if after.kind != "num" and after.text != ",":
        return False
    held = name[-1].low in ORG_TAILS or name[-2].low in TITLES | ORG_HEADS | OF
    kinds = {kind_of(word.low) for word in words}
    return not held and kinds <= {"unknown", "measure"} and words[0].start > after.start


def _swallowed(tokens: list[Token], name: list[Token], found: Items) -> bool:
    """Mukasa *dipewu* 2 @ 500, *warur* trei 4: no goods are left, so the name may hold them."""
    words = [word for item in found.items for word in item.words]
    if not name or not found.items or any(word.low not in MEASURES for word in words):
        return False
    last = name[-1].low
    plain = kind_of(last) == "unknown" and not (len(name) > 1 and name[-2].low in TITLES)
    after = token_at(what_follows(tokens, name[-1]), 0)
    if not plain or last in ORG_TAILS or after is None:
        return False
    return (len(name) > 1 and after.kind == "num") or (bool(words) and after is words[0])


def _goes_on(tokens: list[Token], name: list[Token], found: Items) -> bool:
    """Charcoal Grill *House* 40 kg beef: goods on both sides of a number, the first close to the name."""
    if not name or not found.items or not found.items[0].words:
        return False
    words = found.items[0].words
    if (
        not touching(tokens, name[-1], words[0])
        or kind_of(words[0].low) == "measure"
        or is_work(words[0].low)
    ):
        return False  # Kijana Fundi Works painting 4 rooms
    tailed = name[-1].low in ORG_TAILS
    if not tailed and words[0].low not in ORG_TAILS | ORG_HEADS:
        return False
    absorbed = {word.start for word in words if word.kind == "num"}
    for token in tokens:
        if token.kind != "num" or not words[0].start < token.start < words[-1].start:
            continue
        if token.suffix or (token.start in absorbed and not tailed):
            continue
        if any(word.start > token.start and word.low not in MEASURES for word in words):
            return True
    return False


def _parted(tokens: list[Token], name: list[Token], found: Items) -> bool:
    """Peter *kunjira* 3 vinyago, charity *home* 20 mattresses: the first word may end the name."""
    words = found.items[0].words if found.items else []
    if not name or len(words) < 2 or not both_sides(tokens, found):
        return False
    first = words[0]
    beside = touching(tokens, name[-1], first)
    shaped = looks_like_goods(first.low) and first.low not in GOODS
    return beside and (first.low in _PLACES or shaped)


_WORK = re.compile(r".*(?:ing|tion|sion|ment|ance|aji|work|works)$|ku[a-z]{3,}$|kw[aei][a-z]{2,}$")
_DONE = word_set(
    "repair repairs hire service services transport delivery security labour tuition installation wash "
    "design rent print dj fundi ufundi usafiri huduma"
)


def is_work(word: str) -> bool:
    """Whether `word` (lower case) is work that is done, and no thing."""
    return bool(_WORK.match(word)) or word in _DONE


_KILOS = frozenset(("kg", "kgs", "kilo", "kilos"))


def _two_things(tokens: list[Token], name: list[Token], found: Items) -> bool:
    """Emeka *phones* 8 cups, sheila *cakes* wooden shelves: the first thing may end the name."""
    item = found.items[0] if found.items else None
    words = item.words if item else []
    if item is None or not words or not name or "quantity" in item.asked:
        return False
    first, inside = words[0], {word.start for word in words}
    apart = not touching(tokens, name[-1], first)
    borne = first.low in BORNE and first.low.endswith("s") and first.low != "gas"
    if apart or all(word.low in MEASURES for word in words[1:]):
        weighed = any(word.low in _KILOS for word in words)  # Emeka Phones 22kgs
        return not apart and borne and (weighed or "items" in found.asked)
    heads = LOOKS | MODEL_HEADS - {"house"}
    if is_work(first.low) or first.low in heads or not words[1].text.isalpha():
        return False
    counts = [t for t in tokens if t.kind == "num" and t.start not in inside]
    count = next((token for token in counts if token.start > first.start), None)
    after = [
        word for word in words if count and word.start > count.start and word.low not in MEASURES
    ]
    if count and after and words[1].start > count.start:
        dear = count.money or (count.value or 0) >= 100
        if borne:
            return len(after) > 1 or after[0].low not in LOOKS
        return dear or (_are_goods(first, after[0]) and after[0].low not in LOOKS)
    if first.low in _WITH:
        return not (is_work(words[1].low) or words[1].low in _WITH[first.low])
    swahili = words[1].low.startswith(("ku", "kw"))  # amani flowers kuosha gari
    return borne and words[1].low not in MEASURES and (swahili or not is_work(words[1].low))


_WITH = {  # what goes with a house and with hair; anything else ends a business's name
    "house": word_set(
        "rent deposit help plan plans party keys girl number no shifting agent manager"
    ),
    "hair": word_set(
        "cut cuts dryer dryers oil oils products food dye relaxer extension extensions piece pieces do "
        "spray gel clips cream style styles net nets wash care"
    ),
}


def _are_goods(*words: Token) -> bool:
    return all(kind_of(word.low) == "goods" and not is_work(word.low) for word in words)


_PLACES = COMPOUND | word_set("home house office kitchen hall estate village market stage corner")


def _compound_end(tokens: list[Token], name: list[Token]) -> bool:
    """Coach robert *gym* sessions: goods follow at once, so the last word may be theirs."""
    if (
        len(name) < 2
        or name[-1].low not in COMPOUND | ORG_TAILS - STRONG_TAILS
        or not name[-1].text.islower()
    ):
        return False
    after = token_at(what_follows(tokens, name[-1]), 0)
    goods = after is not None and after.kind == "word" and kind_of(after.low) == "measure"
    fitted = after is not None and after.low in _FITTED
    kind = kind_of(name[-2].low)
    plain = kind in {"name", "unknown", "wordname"} and name[0].low not in {"st", "saint"}
    return (goods and kind == "name") or (fitted and plain)


_FITTED = word_set(  # what a salon, a school or a hotel is fitted with: faiza *salon chairs*
    "chair chairs seat seats desk desks bed beds bench benches table tables tool tools uniform uniforms "
    "furniture equipment supplies curtains signage mirror mirrors dryer dryers towels sinks bags mats"
)


def both_sides(tokens: list[Token], found: Items) -> bool:
    """Whether the first description has words other than measures on both sides of a number."""
    words = found.items[0].words if found.items else []
    numbers = [token.start for token in tokens if token.kind == "num"]
    plain = [word.start for word in words if word.low not in MEASURES]
    return bool(plain) and any(plain[0] < number < plain[-1] for number in numbers)


def capital_goods(found: Items) -> bool:
    """2k *Fashions* 5 jackets, no client: capitals at the head of small goods may be the client."""
    words = [word for item in found.items for word in item.words]
    proud = bool(words) and words[0].proper
    return proud and any(word.text.islower() for word in words[1:])
