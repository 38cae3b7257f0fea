"""What a merchant sells, as options: pages of a list, and the last price of one thing."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from conversations.prompts import BUTTON_CHARS, ROW_CHARS
from conversations.said import NOTHING_FOUND, Found, Need, Option
from invoicing import catalogue
from models.catalogue import CatalogueItem
from models.errors import Refusal
from models.text import LANGUAGES, Text, _, raw, render


def stored(item: CatalogueItem) -> dict[str, Any]:
    """An item as a dialogue keeps it."""
    return {"id": item.id, "name": item.name, "currency": item.currency,
            "price_minor": item.price_minor}  # fmt: skip


def _items(session: Session, need: Need) -> Found:
    filters = need.filters
    if (value := filters.get("value")) is not None:
        try:
            return Found(exact=_option(catalogue.get(session, int(value))))
        except (Refusal, ValueError):
            return NOTHING_FOUND
    words = need.query or str(filters.get("words", ""))
    after = None if need.query else filters.get("after")
    page = catalogue.page(session, words, after, int(filters.get("rows", catalogue.SIZE)))
    options = tuple(_option(item) for item in page.items)
    exact = options[0] if len(options) == 1 and need.query else None
    return Found(options, exact=exact, more=page.more)


def _option(item: CatalogueItem) -> Option:
    return Option(str(item.id), _label(item), stored(item))


def _label(item: CatalogueItem) -> Text:
    """Name and price in a list's row; a long name is cut, a price never."""
    price = f" {item.price}"
    room = min(ROW_CHARS, BUTTON_CHARS) - len(price)
    if room < 4:
        return raw(item.name if len(item.name) <= BUTTON_CHARS else f"{item.name[:19]}…")
    name = item.name if len(item.name) <= room else f"{item.name[: room - 1]}…"
    return raw(f"{name}{price}")


def _last_price(session: Session, need: Need) -> Found:
    """The price that the same goods were billed at last, where a button holds it."""
    item = catalogue.find(session, need.query, str(need.filters["currency"]))
    if item is None or not item.price_minor:
        return NOTHING_FOUND
    label = _("Last: {price}", price=item.price)
    if any(len(render(label, language)) > BUTTON_CHARS for language in LANGUAGES):
        label = Text("{price}", {"price": item.price})
    plain = item.price.plain()
    return Found((Option(f"last.{plain}", label, plain),))


SOURCES: Mapping[str, Callable[[Session, Need], Found]] = {
    "items": _items,
    "last_price": _last_price,
}
