"""What is asked about the goods and work that a merchant sells again and again."""

from dataclasses import dataclass

from models.money import Money


@dataclass(frozen=True)
class KeepItem:
    """Remember this price of one; with `item_id`, of that item, under this name from now on."""

    name: str
    price: Money
    item_id: int | None = None


@dataclass(frozen=True)
class ForgetItem:
    """Offer and learn this item no more."""

    item_id: int


@dataclass(frozen=True)
class RestoreItem:
    """Offer a forgotten item again."""

    item_id: int
