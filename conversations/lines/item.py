"""One billed thing as far as it is understood, and how a total becomes its unit price."""

from dataclasses import dataclass, field
from decimal import Decimal

from conversations.lines.tokens import Token

MAX_PRICE = Decimal(10) ** 12
MAX_QUANTITY = Decimal(10) ** 6
CENT = Decimal("0.01")


@dataclass(slots=True)
class Item:
    """One billed thing. A None quantity or price must be asked, with the readings that survive."""

    description: str | None = None
    quantity: Decimal | None = Decimal(1)
    price: Decimal | None = None
    asked: set[str] = field(default_factory=set)
    prices: list[tuple[str, Decimal]] = field(default_factory=list)  # ("each" | "in_all", amount)
    quantities: list[Decimal] = field(default_factory=list)
    marked: bool = False  # the price carried a mark of its own
    words_only: bool = False
    lone: Decimal | None = None  # its only number, more likely a price than a count
    words: list[Token] = field(default_factory=list)
    stated: Decimal | None = None  # a total said with it that is not its own


def divide(item: Item, total: Decimal | None) -> None:
    """Unit price = total / quantity, where that is exact to the cent."""
    item.price = None
    if total is not None and item.quantity and total < MAX_PRICE:
        each = total / item.quantity
        if each == each.quantize(CENT) and each * item.quantity == total:
            item.price = each
            item.asked.discard("price")
            return
    item.asked.add("price")
