"""Accounts for every word of a line: one that was dropped without a role casts doubt on the draft.

A clerk who understood a line can say of each word what it was for: the verb, a courtesy, the name,
the goods, a measure, a mark. A word that ended up nowhere, or a description put together from both
sides of something else, means that the line was not understood there.
"""

import re

from conversations.lines.doubt import is_verb
from conversations.lines.items import Items
from conversations.lines.kinds import kind_of
from conversations.lines.known import Who
from conversations.lines.seam import holds_client, unclear_seam
from conversations.lines.tokens import Token
from conversations.lines.verbs import does_to, helps, is_bill
from conversations.lines.words import (
    ARTICLES,
    CLIENT_LABELS,
    FILLERS,
    HELP_VERBS,
    MEASURES,
    PARENTS,
    STORY,
    STORY_TO,
    STRONG_TAILS,
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
    found.odd = found.odd or (not who.asked and not all(_courtesy(token) for token in dropped))
    taken = {token.start for token in dropped} | named
    colons = {token.start for token in tokens if token.text == ":"}
    for item in found.items:
        found.odd = found.odd or _straddles(item.words, taken)
        if _straddles(item.words, colons) or all(
            word.low in _UNITS or _SIZE.fullmatch(word.low) for word in item.words
        ):
            item.asked.add("items")  # 22 kgs @ 600: of what?
    if not any(token.kind == "num" for token in tokens) and not _plain_goods(found):
        found.asked.add("items")
        unknown = any(kind_of(item.words[0].low) == "unknown" for item in found.items if item.words)
        found.odd = found.odd or unknown  # invoice kioko nzau: his name, or what he bought
    if not who.known and not who.asked:
        found.odd = found.odd or unclear_seam(tokens, who.words, found)
    if who.name is None and holds_client(tokens, found):
        found.asked.add("items")
    if any(item.words and item.words[-1].low in _PAPERS for item in found.items):
        found.asked |= {"items", "note"}  # …, lpo 4521: the number of a paper is no price
    sold = [word.low.removesuffix("'s") for item in found.items for word in item.words]
    person = any(kind_of(word) == "name" or word in STRONG_TAILS | PARENTS for word in sold)
    found.odd = found.odd or person
    if found.items and any(_stray(token, found) for token in who.rest):
        found.asked.add("items")


_PAPERS = word_set("lpo po lso ref reference grn dnote quotation quote receipt")
_SIZE = re.compile(r"[\dx]+")
_UNITS = word_set(
    "kg kgs kilo kilos gram grams g ton tons tonne tonnes litre litres liter liters ltr ltrs lita l ml "
    "metre metres meter meters mita m cm mm ft feet foot inch inches km kms hr hrs hour hours masaa saa "
    "day days siku week weeks wiki month months mwezi miezi dozen dozens dazeni"
)


def _courtesy(token: Token) -> bool:
    word = token.low
    verb = is_bill(token) or is_verb(word) or helps(word) or does_to(token)
    return verb or word in _CLOSED


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


def _stray(token: Token, found: Items) -> bool:
    """Whether a number is no count and no price: the sum of an item, its size, or lost."""
    value, items = token.value, found.items
    if token.kind != "num" or value in {None, 1} or token.bad:
        return False
    if any(word.start <= token.start < word.end for item in items for word in item.words):
        return False
    if any(item.quantity is None for item in items):
        return False
    known = {found.total, *(item.quantity for item in items), *(item.price for item in items)}
    known |= {amount for item in items for _, amount in item.prices}
    return value not in known and value not in {
        item.price * item.quantity for item in items if item.price and item.quantity
    }
