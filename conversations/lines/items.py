"""What a typed line bills: groups the parts of its clauses into items and weighs bare numbers.

A price is filled in only where one reading is left: a unit price has a mark, a total divides
exactly, or one piece is billed. Everything else is asked, with the readings that survive.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal

from conversations.lines.clauses import clauses_of, groups_of
from conversations.lines.item import Item, divide
from conversations.lines.marks import Part
from conversations.lines.reader import Reader
from conversations.lines.tokens import Token
from conversations.lines.words import MEASURES


@dataclass(slots=True)
class Items:
    """The items of a line, what must be asked of all of them, and a stated sum."""

    items: list[Item] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)
    total: Decimal | None = None
    currencies: set[str] = field(default_factory=set)
    signed: int = 0  # how many amounts carry a currency
    odd: bool = False


def read_items(text: str, tokens: list[Token]) -> Items:
    """The items in what is left of a line when client, dates and terms are taken out."""
    found = Items()
    clauses, found.odd = clauses_of(tokens)
    for parts in clauses:
        if len(parts) == 1 and parts[0].kind == "total" and found.items:
            _state_total(found, parts[0])
            continue
        if len(parts) > 1 and parts[0].kind == parts[1].kind == "bare" and _spelled(parts[0]):
            found.odd = True  # a number word side by side with a number may be someone's name
        groups = groups_of(parts)
        for group in groups:
            found.items.append(Reader(text, group).item())
            if found.items[-1].stated is not None:
                found.total = found.items[-1].stated
        if len(groups) > 1 and any(item.price is None for item in found.items[-len(groups) :]):
            found.asked.add("items")  # cut where no comma stood, and one part has no price
        if any(_model_year(left) for left in groups[:-1]):
            found.asked.add("items")  # toyota vitz 2012 | hire 3 days @ 3500
        _settle_sum(text, groups[-1] if groups else [], found)
        if any(_uncounted(group) for group in groups[1:]):
            found.asked.add("items")  # printing 200 | pages @ 5: the count stayed with the other
    _settle_lone(found)
    _settle_repeated(found)
    _one_for_several(found)
    for token in tokens:
        _note_currency(found, token)
    return found


def _settle_sum(text: str, group: list[Part], found: Items) -> None:
    """Service 2500 na antivirus 1500 jumla 4000: a total that is the sum of all is dropped."""
    totals = [part for part in group if part.kind == "total"]
    if len(totals) != 1 or len(found.items) < 2 or totals[0] is not group[-1]:
        return
    alone = Reader(text, group[:-1]).item()
    items = [*found.items[:-1], alone]
    priced = [(item.price or Decimal(0)) * (item.quantity or Decimal(0)) for item in items]
    if all(priced) and sum(priced) == totals[0].value:
        found.items[-1], found.total = alone, totals[0].value


_CLASS = re.compile(r"(?:ma|vi|ki|mi|m|wa|ji|ny|n)?(?P<stem>[a-z]{2,}?)s?$")


def _settle_repeated(found: Items) -> None:
    """Mayai 30, yai moja 15: the thing named once more with the price of one."""
    for at in range(len(found.items) - 1, 0, -1):
        item, before = found.items[at], found.items[at - 1]
        once = item.quantity == 1 and item.price is not None and before.price is None
        if not once or len(item.words) != 1 or not _alike(item.words[0], before.words):
            continue
        counts = list(dict.fromkeys(before.quantities))
        before.quantity = before.quantity or (counts[0] if len(counts) == 1 else None)
        before.price = item.price
        before.asked -= {"price"} | ({"quantity"} if before.quantity else set())
        del found.items[at]


def _alike(word: Token, others: list[Token]) -> bool:
    """Whether a word is another's singular or plural: yai and mayai, chair and chairs."""
    return any(_stem(word.low) == _stem(other.low) for other in others) or any(
        len(word.low) > 2 and other.low in {"ma" + word.low, word.low + "s"} for other in others
    )


def _stem(word: str) -> str:
    found = _CLASS.match(word)
    return found["stem"] if found else word


def _uncounted(group: list[Part]) -> bool:
    kinds = {part.kind for part in group}
    return "unit" in kinds and not kinds & {"quantity", "bare", "money", "sized"}


def _model_year(group: list[Part]) -> bool:
    """Whether an item ends in a bare number that may be a year."""
    last = group[-1]
    plain = last.kind == "bare" and last.number is not None and last.number.digits.isdigit()
    return plain and last.value is not None and 1985 <= last.value <= 2030 and last.value % 100 != 0


def _spelled(part: Part) -> bool:
    return part.number is not None and part.number.spelled


def _note_currency(found: Items, token: Token) -> None:
    if token.currency:
        found.currencies.add(token.currency)
        found.signed += 1


def _state_total(found: Items, part: Part) -> None:
    last = found.items[-1]
    if len(found.items) == 1 and last.price is None and not last.marked and last.quantity:
        divide(last, part.value)
    else:
        found.total = part.value if part.value is not None else Decimal(-1)


def _only_measures(item: Item) -> bool:
    return bool(item.words) and all(token.low in MEASURES for token in item.words)


def _settle_lone(found: Items) -> None:
    """Soda 60, beside items with prices: the number is its price."""
    if not any(item.price is not None for item in found.items):
        return
    for item in found.items:
        if (
            item.lone is not None
            and item.lone >= 50
            and item.price is None
            and not item.asked - {"price", "quantity"}
        ):
            item.price, item.quantity, item.asked = item.lone, Decimal(1), set()


def _one_for_several(found: Items) -> None:
    """One amount for several items, or an item without any number among others, is asked."""
    bare = [item for item in found.items if item.words_only]
    unpriced = [item for item in found.items if item.price is None]
    if len(found.items) < 2 or not unpriced:
        return
    for item in found.items:
        if item.price is not None and (bare or _trails(found.items, item)):
            item.prices.append(("each", item.price))
            item.price = None
            item.asked.add("price")
    if any(item.price is None and _only_measures(item) for item in found.items):
        found.asked.add("items")
    if bare and len(bare) < len(found.items):
        found.asked.add("items")


def _trails(items: list[Item], item: Item) -> bool:
    """Whether a price that ends a list may be meant for the unpriced items before it."""
    at = items.index(item)
    return at > 0 and items[at - 1].price is None and not items[at - 1].prices
