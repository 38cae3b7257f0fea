"""Accounts for every word of a line: one that was dropped without a role casts doubt on the draft.

A clerk who understood a line can say of each word what it was for: the verb, a courtesy, the name,
the goods, a measure, a mark. A word that ended up nowhere, or a description put together from both
sides of something else, means that the line was not understood there.
"""

from conversations.lines.doubt import is_verb
from conversations.lines.goods import GOODS, looks_like_goods
from conversations.lines.items import Items
from conversations.lines.known import Who
from conversations.lines.money import currency_of
from conversations.lines.split import COMPOUND, kind_of
from conversations.lines.tokens import Token
from conversations.lines.verbs import does_to, helps, is_bill, near_send
from conversations.lines.words import (
    ABOUT,
    AND,
    ARTICLES,
    BARE_COUNTERS,
    CLIENT_LABELS,
    CORRECTION,
    EACH,
    FILLERS,
    HELP_VERBS,
    KILA,
    LINK,
    MEASURES,
    OF,
    OR,
    ORG_HEADS,
    ORG_TAILS,
    PARENTS,
    PRICE_WORDS,
    SOFT_FILLERS,
    STORY,
    STORY_TO,
    TITLES,
    TOTAL,
    VAGUE,
    word_set,
)

_CLOSED = (
    ARTICLES | CLIENT_LABELS | FILLERS | HELP_VERBS | MEASURES | STORY | STORY_TO
    | word_set(
        "to for kwa ya za of la wa give 's now leo haraka am name jina itume iende wants needs asked "
        "don has have had wey who me us ka asks requested requests says said hiyo hii from kutoka today owing yule huyo "
        "huyu"
    )
)  # fmt: skip


def account(tokens: list[Token], who: Who, found: Items) -> None:
    """Marks what must be asked because a word of `tokens` has no role, or two at once."""
    left = {token.start for token in who.rest if token.kind != "cut"}
    named = {token.start for token in who.words}
    dropped = [
        token for token in tokens if token.kind == "word" and token.start not in left | named
    ]
    talk = _address(tokens)
    if not who.asked and any(not _courtesy(token) for token in dropped if token.start >= talk):
        found.odd = True
    taken = {token.start for token in dropped} | named
    for item in found.items:
        found.odd = found.odd or _straddles(item.words, taken)
        if _straddles(item.words, _cuts(tokens) | {t.start for t in tokens if t.text == ":"}):
            item.asked.add("items")
        if any(word.low == "the" for word in item.words):
            item.asked.add("items")  # Rasta for the drums
        letters = any(char.isalpha() for word in item.words for char in word.text)
        if not letters or all(word.low in _UNITS for word in item.words):
            item.asked.add("items")  # 22 kgs @ 600: of what?
    if not any(token.kind == "num" for token in tokens) and not _plain_goods(found):
        found.asked.add("items")
    if not who.known and not who.asked:
        found.odd = (
            found.odd
            or _odd_name(tokens, who.words)
            or _second_name(who.words, found)
            or _goes_on(tokens, who.words, found)
            or _same_dress(tokens, who.words, found)
            or _unseen(tokens, who.words, found)
            or _swallowed(tokens, who.words, found)
            or _parted(tokens, who.words, found)
            or _compound_end(tokens, who.words)
        )
    if who.name is None and (_both_sides(tokens, found) or _capital_goods(found)):
        found.asked.add("items")  # Savanna 2 nights camping: the first word may be the client
    people = [item for item in found.items if item.words and item.words[0].low in PARENTS]
    if people or any(
        kind_of(word.low.removesuffix("'s")) == "name"
        for item in found.items
        for word in item.words
    ):
        found.odd = True
    _roles_of_rest(who.rest, found)


_UNITS = word_set(
    "kg kgs kilo kilos gram grams g ton tons tonne tonnes litre litres liter liters ltr ltrs lita l ml "
    "metre metres meter meters mita m cm mm ft feet foot inch inches km kms hr hrs hour hours masaa saa "
    "day days siku week weeks wiki month months mwezi miezi dozen dozens dazeni"
)


def _address(tokens: list[Token]) -> int:
    """Where "how far, abeg …", "bana fanya hivi, tuma …" end: unknown words up to a comma and a verb."""
    verb = next((at for at, token in enumerate(tokens) if is_bill(token)), 0)
    comma = next((at for at in range(verb - 1, 0, -1) if tokens[at].text in {",", "."}), 0)
    before = tokens[:comma]
    if any(token.kind != "word" and token.text not in {",", "."} for token in before):
        return 0
    known = any(kind_of(token.low) not in {"unknown", "wordname"} for token in before)
    return 0 if known or len(before) > _GREETING else tokens[comma].start if comma else 0


_GREETING = 5  # words; a longer opening is a message of its own


def _courtesy(token: Token) -> bool:
    word = token.low
    verb = is_bill(token) or is_verb(word) or helps(word) or near_send(word) or does_to(token)
    return verb or word in _CLOSED


def _cuts(tokens: list[Token]) -> set[int]:
    return {token.start for token in tokens if token.kind in {"cut", "due"}}


def _straddles(words: list[Token], taken: set[int]) -> bool:
    """Whether something taken out stands between the words of one description."""
    plain = [word for word in words if word.low not in MEASURES]
    if len(words) < 2 or not plain:
        return False
    first, last = words[0].start, plain[-1].start  # home tuition for Ian, 6 lessons at 1500
    return any(first < place < last for place in taken)


def _plain_goods(found: Items) -> bool:
    """Whether all that is billed is goods for sure."""
    return all(
        word.low in MEASURES or kind_of(word.low) in {"goods", "measure"}
        for item in found.items
        for word in item.words
    )


def _odd_name(tokens: list[Token], words: list[Token]) -> bool:
    """A name that opens with goods, ends in 's, is a mere role, or may go on with a number."""
    if not words:
        return False
    lows = [word.low for word in words]
    tailed = any(low in ORG_TAILS | ORG_HEADS for low in lows) or lows[0] in TITLES
    behind = [token for token in tokens if token.start >= words[-1].end][:2]
    if len(behind) > 1 and behind[0].low in {"of", "la", "cha"} and behind[1].text[:1].isupper():
        return True  # county government of Nyeri
    if _turns_capital(words) or lows[-1].endswith("'s") or (len(lows) == 1 and lows[0] in _ROLES):
        return True
    if len(lows) == 1 and kind_of(lows[0]) == "goods":
        return True  # fumigation for …, cement: 3 bags
    small = any(word.text[:1].islower() for word in words)
    if len(lows) > 1 and small and not tailed and kind_of(lows[0]) in {"goods", "measure"}:
        return True
    after = next((token for token in tokens if token.start >= words[-1].end), None)
    lone = len(lows) == 1 and lows[0] in ORG_HEADS | ORG_TAILS
    if not lone or after is None or after.kind != "num" or after.money:
        return False
    return after.value is None or after.value < 1000


_ROLES = word_set(
    "tenant landlord neighbour neighbor guest passenger student pupil parent patient driver worker "
    "friend mpangaji jirani mgeni abiria mwanafunzi mzazi mgonjwa dereva mpangishaji lady man guy"
)


def _second_name(name: list[Token], found: Items) -> bool:
    """Omo … *Gafar* repair of gen: the one capital word of a small-letter line is in the goods."""
    if any(word.text[:1].isupper() for word in name):
        return False
    return any(
        word.text[:1].isupper()
        and not word.text.isupper()
        and kind_of(word.low) not in {"goods", "measure"}
        and any(other.text.islower() for other in item.words)
        for item in found.items
        if "items" not in item.asked
        for word in item.words[:2]
    )


def _same_dress(tokens: list[Token], name: list[Token], found: Items) -> bool:
    """Dove *Funeral Home* 3 coffins, Zuri *the* baker: what follows may still be the name."""
    if not name:
        return False
    after = [token for token in tokens if token.start >= name[-1].end][:2]
    if after and after[0].low == "the":
        return True
    words = found.items[0].words if found.items else []
    if not after or not words or after[0].start != words[0].start:
        return False
    capital = all(
        word.text[:1].isupper() and not word.text.isupper() for word in (name[-1], words[0])
    )
    return capital and any(word.text.islower() for item in found.items for word in item.words)


def _unseen(tokens: list[Token], name: list[Token], found: Items) -> bool:
    """Lorna *sosesin* 90 *bugefe*: an unknown word in small letters on either side of a number."""
    words = found.items[0].words if found.items else []
    if len(name) < 2 or not words or not name[-1].text.islower():
        return False
    after = next((token for token in tokens if token.start >= name[-1].end), None)
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
    after = next((token for token in tokens if token.start >= name[-1].end), None)
    if not plain or last in ORG_TAILS or after is None:
        return False
    return (len(name) > 1 and after.kind == "num") or (bool(words) and after is words[0])


def _capital_goods(found: Items) -> bool:
    """2k *Fashions* 5 jackets, no client: capitals at the head of small goods may be the client."""
    words = [word for item in found.items for word in item.words]
    proud = bool(words) and words[0].text[:1].isupper() and not words[0].text.isupper()
    return proud and any(word.text.islower() for word in words[1:])


def _both_sides(tokens: list[Token], found: Items) -> bool:
    """Whether the first description has words other than measures on both sides of a number."""
    words = found.items[0].words if found.items else []
    numbers = [token.start for token in tokens if token.kind == "num"]
    plain = [word.start for word in words if word.low not in MEASURES]
    return bool(plain) and any(plain[0] < number < plain[-1] for number in numbers)


def _parted(tokens: list[Token], name: list[Token], found: Items) -> bool:
    """Peter *kunjira* 3 vinyago, charity *home* 20 mattresses: the first word may end the name."""
    words = found.items[0].words if found.items else []
    if not name or len(words) < 2 or not _both_sides(tokens, found):
        return False
    first = words[0]
    beside = not any(name[-1].end <= token.start < first.start for token in tokens)
    shaped = looks_like_goods(first.low) and first.low not in GOODS
    return beside and (first.low in _PLACES or shaped)


_PLACES = COMPOUND | word_set("home house office kitchen hall estate village market stage corner")


def _compound_end(tokens: list[Token], name: list[Token]) -> bool:
    """Coach robert *gym* sessions: goods follow at once, so the last word may be theirs."""
    if len(name) < 2 or name[-1].low not in COMPOUND or not name[-1].text.islower():
        return False
    after = next((token for token in tokens if token.start >= name[-1].end), None)
    goods = after is not None and after.kind == "word" and kind_of(after.low) == "measure"
    return goods and kind_of(name[-2].low) == "name"


def _goes_on(tokens: list[Token], name: list[Token], found: Items) -> bool:
    """Charcoal Grill *House* 40 kg beef: goods on both sides of a number, the first close to the name."""
    if not name or not found.items or not found.items[0].words:
        return False
    words = found.items[0].words
    between = [token for token in tokens if name[-1].end <= token.start < words[0].start]
    if between or kind_of(words[0].low) == "measure":
        return False
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


_MARKS = (
    LINK | EACH | KILA | TOTAL | AND | PRICE_WORDS | BARE_COUNTERS | VAGUE | ABOUT | CORRECTION | OR
    | SOFT_FILLERS | word_set("unit in all no vat tax * x")
)  # fmt: skip


def _roles_of_rest(rest: list[Token], found: Items) -> None:
    """A word or number that is left and stands in no item means that something was not understood."""
    spans = [(word.start, word.end) for item in found.items for word in item.words]
    used = {place for start, end in spans for place in range(start, end)}
    said = {word.low for item in found.items for word in item.words}
    figures = {item.quantity for item in found.items} | {item.price for item in found.items}
    figures |= {value for item in found.items for value in item.quantities}
    figures |= {value for item in found.items for _, value in item.prices} | {found.total}
    for at, token in enumerate(rest):
        if token.start in used or not found.items or _of_a_price(rest, at):
            continue
        if (
            token.kind == "word"
            and token.low not in _CLOSED | _MARKS | said
            and not (currency_of(token) or is_bill(token) or len(token.low) == 1)
        ):
            found.asked.add("items")
        if token.kind == "num" and token.value is not None and token.value not in figures:
            _stray(token, found)


def _of_a_price(rest: list[Token], at: int) -> bool:
    """Whether a word only says what a price is of: per *year*, a *plate*, *kiti* kimoja 2500."""
    before = rest[at - 1].low if at else ""
    after = rest[at + 1] if at + 1 < len(rest) else None
    one = after is not None and after.kind == "num" and after.value == 1 and after.spelled
    return rest[at].kind == "word" and (before in KILA | {"/", "a", "an", "kwa"} or one)


def _stray(token: Token, found: Items) -> None:
    """A number that is no count and no price: the sum of an item, its size, or lost."""
    sums = {
        item.price * item.quantity
        for item in found.items
        if item.price is not None and item.quantity is not None
    }
    known = token.value == 1 or token.value in sums or token.suffix or token.bad
    if not known and not any(item.quantity is None for item in found.items):
        found.asked.add("items")


def _turns_capital(words: list[Token]) -> bool:
    """New *Gideon Sang*: a small word before a capital one may be no part of the name."""
    if len(words) < 2 or not words[0].text[:1].islower():
        return False
    known = words[0].low in TITLES | ORG_HEADS or kind_of(words[0].low) in {"name", "wordname"}
    return not known and words[1].text[:1].isupper() and words[1].low not in ORG_TAILS
