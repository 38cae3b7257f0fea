"""The questions about what of an invoice is taken back: which item, and how many of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from conversations.engine import ASK, Dialogue, ask
from conversations.figures import Quantity
from conversations.invoice_card import short
from conversations.prompts import Choice, plain
from conversations.questions import Asked, YesNo
from conversations.said import Found, Said
from invoicing.commands import CreditedLine, Sold, part
from models.errors import Refusal
from models.text import _, ngettext

_EVERYTHING = ("all", "all of them", "everything", "yote", "zote", "wote", "vyote")
SHOWN = 10  # items offered as buttons; any other is typed by its name


class Item(NamedTuple):
    """A line of the invoice: how many of it are left to take back, and what it was sold for."""

    position: int
    what: str
    left: Decimal
    sold: Sold


def items_of(invoice: Mapping[str, Any]) -> tuple[Item, ...]:
    """The lines that whoever looked the invoice up has found on it."""
    return tuple(_item(invoice, *row) for row in invoice.get("items", ()))


def _item(invoice: Mapping[str, Any], position: Any, what: Any, left: Any, *row: Any) -> Item:
    count = Decimal(str(left))
    if len(row) == 1:
        sold = _shared(invoice, int(row[0]), count)
    else:
        price, quantity, net, tax = row
        sold = Sold(int(price), Decimal(str(quantity)), count, int(net), int(tax))
    return Item(int(position), str(what), count, sold)


def _shared(invoice: Mapping[str, Any], price: int, left: Decimal) -> Sold:
    """An older look-up knew no more of a line than its price: it has its share of the sums."""
    discount, tax, subtotal = (
        int(invoice.get(name, 0)) for name in ("discount_minor", "tax_minor", "subtotal_minor")
    )
    gross = int(price * left)
    off = part(discount, gross, subtotal)
    return Sold(price, left, left, gross - off, part(tax, gross, subtotal))


@dataclass(frozen=True)
class WhichItem(Asked[Item]):
    """One of the items, by a tap or by words of its name. Stored as its position."""

    items: tuple[Item, ...] = ()

    def own_choices(self, found: Found) -> tuple[Choice, ...]:
        """The first of them."""
        del found
        return tuple(Choice(f"p{one.position}", short(one.what)) for one in self.items[:SHOWN])

    def tapped(self, value: str, found: Found) -> int:
        """The position."""
        del found
        return int(value.removeprefix("p"))

    def read_words(self, words: str, found: Found) -> int:
        """The only item in whose name the words stand."""
        del found
        fits = [one for one in self.items if plain(words) in plain(one.what)]
        if len(fits) != 1:
            raise Refusal(_("Please choose one of the items, or type its name."))
        return fits[0].position

    def load(self, stored: Any) -> Item:
        """The item, while it is among them."""
        for one in self.items:
            if one.position == stored:
                return one
        raise Refusal(_("That choice is not offered any more."))

    def guesses(self) -> tuple[Item, ...]:
        """Any of them."""
        return self.items[:1]

    def forgets(self, stored: Any) -> tuple[str, ...]:
        """How many was about the other item."""
        del stored
        return (f"{self.key}.quantity",)


@dataclass(frozen=True)
class HowMany(Quantity):
    """How many of an item, at most all that are left."""

    most: Decimal = Decimal(1)

    def read(self, said: Said, found: Found) -> Any:
        """A number is how many, never the number of a choice; “all” is all that are left."""
        words = plain(said.text or "")
        if words in _EVERYTHING:
            return f"{self.most.normalize():f}"
        return super().read(said, found)

    def _check(self, number: Decimal) -> Decimal:
        if number > self.most:
            raise Refusal(
                ngettext(
                    "Only {n} is left. Please type less.",
                    "Only {n} are left. Please type less.",
                    self.most.normalize(),
                )
            )
        return super()._check(number)


def chosen(items: Sequence[Item]) -> Dialogue[tuple[tuple[Item, CreditedLine], ...]]:
    """Item after item and how many of each. Keys: `item.N`, `item.N.quantity`, `item.N.more`."""
    found: list[tuple[Item, CreditedLine]] = []
    rest = tuple(items)
    for number in range(1, len(items) + 1):
        words = _("Which item do you take back?")
        key = f"item.{number}"
        item = yield from ask(WhichItem(key, words, items=rest))
        how_many = ngettext(
            "How many *{what}* do you take back? There is {n}: type the number, or *all*.",
            "How many *{what}* do you take back? There are {n}: type the number, or *all*.",
            item.left.normalize(),
            what=item.what,
        )
        assumed = "1" if item.left == 1 else ASK
        count = HowMany(f"{key}.quantity", how_many, most=item.left, assumed=assumed)
        quantity = yield from ask(count)
        found.append((item, CreditedLine(item.position, quantity)))
        rest = tuple(one for one in rest if one.position != item.position)
        if not rest:
            break
        more = YesNo(f"{key}.more", _("Do you take back another item?"))
        if not (yield from ask(more)):
            break
    return tuple(found)
