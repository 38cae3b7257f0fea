"""Puts the parts of a line together: fills in what is sure, and names what must be asked."""

from datetime import date
from decimal import Decimal

from conversations.lines.dates import Due
from conversations.lines.doubt import doubtful_name
from conversations.lines.item import Item
from conversations.lines.items import Items
from conversations.lines.known import Who, name_words
from conversations.lines.terms import Terms
from conversations.lines.types import Client, Discount, Line, Reading, Tax, Understood
from conversations.lines.words import ORG_HEADS, ORG_TAILS


class Draft:
    """Puts the parts of a line together and collects what must be asked."""

    def __init__(
        self, who: Who, found: Items, terms: Terms, due: Due, *, phones: list[str], currency: str
    ) -> None:
        self.who, self.found, self.terms, self.due = who, found, terms, due
        self.phones, self.own = phones, currency
        self.unsure: set[str] = set(terms.asked) | found.asked
        self.readings: dict[str, tuple[Reading, ...]] = {}

    def understood(self) -> Understood:
        """The draft; slots in doubt are open and named."""
        client = self._client()
        self._check_sum()
        self._check_discount()
        items = self._items()
        currency = self._currency()
        due = self._due()
        unsure = tuple(sorted(self.unsure))
        return Understood(
            invoice=True,
            client=client,
            items=items,
            currency=currency,
            due=due,
            discount=self._discount(),
            tax=self._tax(),
            note=None if "note" in self.unsure else (self.terms.note or None),
            unsure=unsure,
            readings={slot: self.readings[slot] for slot in unsure if slot in self.readings},
        )

    def _client(self) -> Client | None:
        who = self.who
        if who.items_asked:
            self.unsure.add("items")
        if who.name and not who.known and doubtful_name(name_words(who.name)):
            self.unsure |= {"client", "items"}
        unclear = any(item.quantity is None for item in self.found.items)
        if who.name and not who.known and who.name.lower() in ORG_HEADS | ORG_TAILS and unclear:
            self.unsure |= {"client", "items"}  # "Shop 12": the number may belong to the name
        if self.found.odd:
            self.unsure |= {"client", "items"}
        if who.asked or who.name is None or "client" in self.unsure:
            self.unsure.add("client")
            known = [Reading("known", client.name, id=client.id) for client in who.candidates]
            typed = [Reading("typed", name) for name in who.typed]
            self.readings["client"] = tuple(known + typed)
            return None
        phone = self.phones[0] if self.phones and "phone" not in self.unsure else None
        if who.known:
            return Client(who.known.name, phone or who.known.phone, who.known.id)
        return Client(who.name, phone)

    def _items(self) -> tuple[Line, ...]:
        items = self.found.items
        if not items:
            self.unsure.add("items")
        for item in items:
            self.unsure |= item.asked
        unclear = self.who.items_asked
        self._offer_figures(items)
        return tuple(
            Line(None if unclear and not at else item.description, item.quantity, item.price)
            for at, item in enumerate(items)
        )

    def _offer_figures(self, items: list[Item]) -> None:
        prices: list[Reading] = []
        counts: list[Reading] = []
        for at, item in enumerate(items):
            if item.price is None:
                prices += [
                    Reading(kind, plain(value), at) for kind, value in dict.fromkeys(item.prices)
                ]
            if item.quantity is None:
                counts += [
                    Reading("count", plain(value), at) for value in dict.fromkeys(item.quantities)
                ]
        self.readings["price"], self.readings["quantity"] = tuple(prices), tuple(counts)

    def _currency(self) -> str | None:
        said = set(self.found.currencies)
        if self.terms.currency:
            said.add(self.terms.currency)
        codes = {self.own if code == "own" else code for code in said}
        if not codes:
            return self.own
        unsigned = codes != {self.own} and self._has_unsigned()
        if len(codes) == 1 and not unsigned:
            return codes.pop()
        self.unsure.add("currency")
        options = sorted(codes | ({self.own} if unsigned else set()))
        self.readings["currency"] = tuple(Reading("code", code) for code in options)
        return None

    def _has_unsigned(self) -> bool:
        """Whether amounts without a sign stand beside amounts in a foreign currency."""
        priced = [item for item in self.found.items if item.price is not None or item.prices]
        return len(priced) > 1 and self.found.signed < len(priced)

    def _due(self) -> date | None:
        if self.due.asked:
            self.unsure.add("due")
            self.readings["due"] = tuple(Reading("day", day.isoformat()) for day in self.due.days)
        if "due" in self.unsure or not self.due.days:
            return None
        return self.due.days[0]

    # -- sums ---------------------------------------------------------------------------------------
    def _sum(self) -> Decimal | None:
        total = Decimal(0)
        for item in self.found.items:
            if item.price is None or item.quantity is None:
                return None
            total += item.price * item.quantity
        return total

    def _check_sum(self) -> None:
        """A stated sum that agrees is dropped; one that does not, or cannot be checked, is asked."""
        stated, total = self.found.total, self._sum()
        if stated is None:
            return
        if total is None or stated not in self._agreeing(total):
            self.unsure |= {"items", "price"}
            for item in self.found.items:
                item.price = None

    def _agreeing(self, total: Decimal) -> set[Decimal]:
        terms = self.terms
        net = total - (terms.amount or 0)
        if terms.percent:
            net = net * (100 - terms.percent) / 100
        sums = {total, net}
        if terms.rate and not terms.inclusive:
            sums |= {total * (100 + terms.rate) / 100, net * (100 + terms.rate) / 100}
        return sums

    def _check_discount(self) -> None:
        total = self._sum()
        if total is not None and self.terms.amount is not None and self.terms.amount >= total:
            self.unsure.add("discount")

    def _discount(self) -> Discount | None:
        terms = self.terms
        if "discount" in self.unsure:
            value = terms.offered.get("discount")
            kinds = ("percent", "amount") if value is not None and value < 100 else ("amount",)
            if value is not None:
                self.readings["discount"] = tuple(Reading(kind, plain(value)) for kind in kinds)
            return None
        if terms.percent is None and terms.amount is None:
            return None
        return Discount(terms.percent, terms.amount)

    def _tax(self) -> Tax | None:
        if "tax" in self.unsure:
            rate = self.terms.offered.get("tax")
            if rate:
                kinds = ("added", "included")
                self.readings["tax"] = tuple(Reading(kind, plain(rate)) for kind in kinds)
            return None
        return None if self.terms.rate is None else Tax(self.terms.rate, self.terms.inclusive)


def plain(value: Decimal) -> str:
    """A decimal without exponent or trailing zeros: 2500, 0.5, 12.25."""
    shown = format(value, "f")
    return shown.rstrip("0").rstrip(".") if "." in shown else shown
