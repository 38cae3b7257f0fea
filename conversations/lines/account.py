"""Accounts for every word of a line: one that was dropped without a role casts doubt on the draft.

A clerk who understood a line can say of each word what it was for: the verb, a courtesy, the name,
the goods, a measure, a mark. A word that ended up nowhere, or a description put together from both
sides of something else, means that the line was not understood there.
"""

import re

from conversations.lines.address import address_end, called_end
from conversations.lines.doubt import is_verb
from conversations.lines.items import Items
from conversations.lines.kinds import kind_of
from conversations.lines.known import Who
from conversations.lines.money import currency_of
from conversations.lines.seam import holds_client, unclear_seam
from conversations.lines.tokens import Token, token_at
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
    OR,
    PARENTS,
    PRICE_WORDS,
    SOFT_FILLERS,
    STORY,
    STORY_TO,
    STRONG_TAILS,
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
    spoken = address_end(tokens) or called_end(tokens)
    talk = tokens[spoken].start if spoken else 0
    if not who.asked and any(not _courtesy(token) for token in dropped if token.start >= talk):
        found.odd = True
    taken = {token.start for token in dropped} | named
    for item in found.items:
        found.odd = found.odd or _straddles(item.words, taken)
        if _straddles(item.words, _cuts(tokens) | {t.start for t in tokens if t.text == ":"}):
            item.asked.add("items")
        if any(word.low == "the" for word in item.words):
            item.asked.add("items")  # Rasta for the drums
        letters = any(
            char.isalpha() and not _SIZE.fullmatch(word.low)
            for word in item.words
            for char in word.text
        )
        if not letters or all(word.low in _UNITS for word in item.words):
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
    found.odd = found.odd or _holds_name(found)
    _roles_of_rest(who.rest, found)


def _holds_name(found: Items) -> bool:
    """Whether a description holds a person, or the end of a company's name: 3 *city ltd*."""
    if any(item.words and item.words[0].low in PARENTS for item in found.items):
        return True
    words = [word.low for item in found.items for word in item.words]
    return any(word in STRONG_TAILS or kind_of(word.removesuffix("'s")) == "name" for word in words)


_PAPERS = word_set("lpo po lso ref reference grn dnote quotation quote receipt")
_SIZE = re.compile(r"\d+x\d+")
_UNITS = word_set(
    "kg kgs kilo kilos gram grams g ton tons tonne tonnes litre litres liter liters ltr ltrs lita l ml "
    "metre metres meter meters mita m cm mm ft feet foot inch inches km kms hr hrs hour hours masaa saa "
    "day days siku week weeks wiki month months mwezi miezi dozen dozens dazeni"
)


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
    after = token_at(rest, at + 1)
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
