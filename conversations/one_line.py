"""Reads "invoice Jane 3 bags cement @850 due Friday": one typed line into a draft invoice.

A written grammar for English, Swahili, Sheng and Pidgin, without model, network or clock. Every
reading that fits is kept; where two survive, the slot is left open and asked. What is filled in
must be right: a slot in doubt belongs into `unsure`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from conversations.one_line_clients import KnownClient, Who, find, name_words
from conversations.one_line_dates import Due, extract
from conversations.one_line_doubt import doubtful_name, leftover_signs
from conversations.one_line_intent import is_invoice
from conversations.one_line_items import Item, Items, read_items
from conversations.one_line_numbers import read
from conversations.one_line_terms import Terms, drop_heads, take_discount, take_note, take_phone, take_tax
from conversations.one_line_tokens import MAX_LENGTH, MAX_TOKENS, Token, clean, tokenise
from conversations.one_line_words import ORG_HEADS, ORG_TAILS

__all__ = ["Client", "Discount", "KnownClient", "Line", "Reading", "Tax", "Understood", "parse", "to_json"]


@dataclass(frozen=True, slots=True)
class Client:
    """Whom to bill: the name as typed or as stored, the phone in E.164, the stored client's id."""

    name: str
    phone: str | None = None
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One billed thing; None where it must be asked."""

    description: str | None
    quantity: Decimal | None
    unit_price: Decimal | None


@dataclass(frozen=True, slots=True)
class Discount:
    """A discount on the whole: either a percentage or an amount."""

    percent: Decimal | None = None
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Tax:
    """A tax rate in percent, and whether the prices include it."""

    rate: Decimal
    inclusive: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading that survives for an unsure slot, to be offered as a button.

    `kind` by slot: price "each" or "in_all"; quantity "count"; client "known" (with `id`) or
    "typed"; due "day" (ISO date); currency "code"; discount "percent" or "amount"; tax "added" or
    "included" (the rate). `item` is the index of the line for price and quantity.
    """

    kind: str
    value: str
    item: int | None = None
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Understood:
    """What a line says. `unsure` names the slots to ask; their values are None."""

    invoice: bool
    client: Client | None = None
    items: tuple[Line, ...] = ()
    currency: str | None = None
    due: date | None = None
    discount: Discount | None = None
    tax: Tax | None = None
    note: str | None = None
    unsure: tuple[str, ...] = ()
    readings: Mapping[str, tuple[Reading, ...]] = field(default_factory=dict)


_CODE = re.compile(r"['\"]\s*;|;\s*--|--|<[a-z/!?]|\{\{|\$\{|drop table|\|\||&&|\\x", re.IGNORECASE)
"""Signs of programs, not of names and goods: the words around them are asked, whatever they say."""

NOT_AN_INVOICE = Understood(invoice=False)


def parse(
    text: str, *, today: date, region: str, currency: str, clients: Sequence[KnownClient] = ()
) -> Understood:
    """What `text` says, counted from `today`, for a merchant of `region` (KE, TZ, UG, NG).

    `currency` is the merchant's own (ISO code); `clients` are the stored clients that may be meant.
    Never raises for any text; the text is data only.
    """
    shown = clean(text)
    if not shown:
        return NOT_AN_INVOICE
    terms = Terms()
    raw = take_note(shown, tokenise(shown), terms)
    tokens, phones = take_phone(drop_heads(raw), region, terms)
    tokens = _without_dots(read(tokens))
    if not is_invoice(shown, tokens):
        return NOT_AN_INVOICE
    if len(shown) > MAX_LENGTH or len(tokens) > MAX_TOKENS:
        return Understood(invoice=True, currency=currency, unsure=("client", "items"))
    tokens, due = extract(tokens, today)
    tokens = take_tax(take_discount(tokens, terms), region, terms)
    who = find(shown, tokens, clients, phones)
    found = read_items(shown, who.rest)
    found.odd = found.odd or bool(_CODE.search(shown)) or leftover_signs(who.rest)
    return _Draft(who, found, terms, due, phones, currency).understood()


def _without_dots(tokens: list[Token]) -> list[Token]:
    """Drops the dot of an abbreviation or initial (dr. j. ltd.), keeps the one that ends a clause."""
    kept: list[Token] = []
    for at, token in enumerate(tokens):
        before = tokens[at - 1] if at else None
        if token.text == "." and before and before.kind == "word" and token.tight and len(before.text) <= 4:
            continue
        kept.append(token)
    return kept


class _Draft:
    """Puts the parts of a line together and collects what must be asked."""

    def __init__(
        self, who: Who, found: Items, terms: Terms, due: Due, phones: list[str], currency: str
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
                prices += [Reading(kind, plain(value), at) for kind, value in dict.fromkeys(item.prices)]
            if item.quantity is None:
                counts += [Reading("count", plain(value), at) for value in dict.fromkeys(item.quantities)]
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


def to_json(understood: Understood) -> dict[str, Any]:
    """The draft as JSON data: {"intent": "none"}, or client, items, currency and the rest."""
    if not understood.invoice:
        return {"intent": "none"}
    client, discount, tax = understood.client, understood.discount, understood.tax
    return {
        "client": {"name": client.name, "phone": client.phone} if client else None,
        "items": [_line_json(line) for line in understood.items],
        "currency": understood.currency,
        "due": understood.due.isoformat() if understood.due else None,
        "discount": _discount_json(discount) if discount else None,
        "tax": {"rate": plain(tax.rate), "inclusive": tax.inclusive} if tax else None,
        "note": understood.note,
        "unsure": list(understood.unsure),
    }


def _line_json(line: Line) -> dict[str, str | None]:
    return {
        "description": line.description,
        "quantity": None if line.quantity is None else plain(line.quantity),
        "unit_price": None if line.unit_price is None else plain(line.unit_price),
    }


def _discount_json(discount: Discount) -> dict[str, str]:
    if discount.percent is not None:
        return {"percent": plain(discount.percent)}
    return {"amount": plain(discount.amount or Decimal(0))}
