"""Shows a merchant what she sells with the last price of each; one is repriced, renamed or forgotten.

Also the question about a price, which offers the last one of the same goods and never takes it
unasked.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from conversations.engine import Dialogue, Move, ask
from conversations.figures import Amount
from conversations.listing import Shelf, pick
from conversations.opening import Opening
from conversations.prompts import Choice
from conversations.questions import Pick, Words
from conversations.said import Found, Need, Said
from invoicing.commands import ForgetItem, KeepItem
from models.errors import Refusal
from models.money import Money
from models.text import _

LONGEST_NAME = 200
_PLAINLY_AN_AMOUNT = re.compile(r"\D*\d[\d,. ]*\d\D*", re.ASCII)
_DO = {
    "price": Choice("price", _("Change the price")),
    "name": Choice("name", _("Change the name")),
    "forget": Choice("forget", _("Forget it")),
}


@dataclass(frozen=True, kw_only=True)
class Price(Amount):
    """The price of one of `what`. Stored as any amount; a last price is a choice among others."""

    what: str = ""

    def need(self, said: Said) -> Need | None:
        """The last price, where it may have been chosen."""
        typed = said.text or ""
        if said.choice is None and (not typed or _PLAINLY_AN_AMOUNT.fullmatch(typed.strip())):
            return None
        if said.choice in [choice.value for choice, _move in (*self.likely, *self.also)]:
            return None
        return self.need_to_show()

    def need_to_show(self) -> Need:
        """The last price."""
        return Need("last_price", self.what, {"currency": self.currency})

    def own_choices(self, found: Found) -> tuple[Choice, ...]:
        """The last price, if it may be charged."""
        return tuple(
            Choice(option.value, option.label)
            for option in found.options
            if self._may(option.stored)
        )

    def _may(self, stored: Any) -> bool:
        try:
            self.load(stored)
        except Refusal:
            return False
        return True

    def tapped(self, value: str, found: Found) -> str:
        """The last price."""
        return next(str(option.stored) for option in found.options if option.value == value)


def items(opening: Opening) -> Dialogue[KeepItem | ForgetItem]:
    """Keys: `find`, `after` (or `after.<words>`), `item`, `item.which`, `do`, `price`, `name`."""
    item = yield from _which()
    price, name = _price_of(item, opening.currency), str(item["name"])
    words = _("*{name}*: {price}. What do you want to do?", name=name, price=price)
    do = yield from ask(Pick("do", words, options=tuple(_DO.values())))
    if do == "forget":
        return ForgetItem(int(item["id"]))
    if do == "price":
        asked = _("What does *{name}* cost now?", name=name)
        price = yield from ask(Amount("price", asked, currency=opening.currency))
    else:
        asked = _("What shall I call *{name}*?", name=name)
        name = yield from ask(Words("name", asked, most=LONGEST_NAME))
    return KeepItem(name, price, int(item["id"]))


def _price_of(item: Mapping[str, Any], currency: str) -> Money:
    return Money(int(item.get("price_minor", 0)), str(item.get("currency", currency)))


def _which() -> Dialogue[Mapping[str, Any]]:
    heading = _("*Your items and their last prices.* Choose one to change it.")
    none = _("I know no items yet. I learn them from the invoices you send.")
    whole = ((Choice("all", _("All items")), Move("find", None)),)
    return pick(Shelf("item", "items", heading, none, also_found=whole))
