"""What a typed line may have meant, as buttons on the question that asks which."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from conversations.engine import Move
from conversations.opening import Opening
from conversations.prompts import BUTTON_CHARS, Choice
from models.errors import Refusal
from models.money import Money
from models.text import LANGUAGES, Text, _, raw, render

Way = tuple[Choice, Move]
MOST = 3  # with the usual choices of a question they still fit one list


def days(opening: Opening) -> tuple[Way, ...]:
    """The days that “Friday” may be, as far as they are still to come."""
    meant = [date.fromisoformat(value) for _kind, value in opening.readings.get("due", ())]
    to_come = [day for day in meant if day >= opening.today]
    return _ways("due", [(Text("{day}", {"day": day}), day.isoformat()) for day in to_come])


def names(opening: Opening) -> tuple[Way, ...]:
    """The names that may be the client's."""
    meant = [value for kind, value in opening.readings.get("client", ()) if kind == "typed"]
    return _ways("client", [(raw(name), {"name": name, "phone": None}) for name in meant])


def goods(opening: Opening, number: int) -> tuple[Way, ...]:
    """The words that may be what was sold."""
    key = f"line.{number}.what"
    return _ways(key, [(raw(value), value) for _kind, value in opening.readings.get(key, ())])


def counts(opening: Opening, number: int, currency: str) -> tuple[Way, ...]:
    """The numbers that may be how many, with the price of one where it is then known."""
    key, found = f"line.{number}.quantity", list[Way]()
    for at, (_kind, value, *each) in enumerate(opening.readings.get(key, ())):
        price = _money(each[0], currency) if each else None
        label, known = raw(value), {}
        if price is not None:
            label = _("{n} × {price}", n=Decimal(value), price=price)
            known = {f"line.{number}.price": price.plain()}
        found.append((Choice(f"like.{at}", label), Move(key, value, known)))
    return _fitting(found)


def prices(opening: Opening, number: int, quantity: Decimal, currency: str) -> tuple[Way, ...]:
    """850 for each, or 850 in all; what does not divide evenly is billed as one."""
    key, found = f"line.{number}.price", list[Way]()
    for at, (kind, value) in enumerate(opening.readings.get(key, ())):
        amount = _money(value, currency)
        if amount is None:
            continue
        choice = Choice(f"like.{at}", _price_label(kind, amount, quantity))
        if kind != "in_all":
            found.append((choice, Move(key, amount.plain())))
        elif each := _money(f"{amount.major / quantity:f}", currency):
            found.append((choice, Move(key, each.plain())))
        else:
            found.append((choice, Move(f"line.{number}.whole", amount.plain())))
    return _fitting(found)


def _price_label(kind: str, amount: Money, quantity: Decimal) -> Text:
    if quantity == 1:
        return Text("{amount}", {"amount": amount})
    if kind == "in_all":
        return _("{amount} in all", amount=amount)
    return _("each {amount}", amount=amount)


def _money(value: str, currency: str) -> Money | None:
    """An amount the currency has, or None: 1.5 of a money without cents, a third of a shilling."""
    try:
        amount = Money.of(Decimal(value), currency)
    except (Refusal, ValueError, ArithmeticError):
        return None
    return amount if amount and amount.major == Decimal(value) else None


def discounts(opening: Opening, currency: str) -> tuple[Way, ...]:
    """10 % or 10 shillings."""
    found: list[tuple[Text, Any]] = []
    for kind, value in opening.readings.get("discount", ()):
        if kind == "percent":
            found.append((raw(f"{value}%"), {"percent": value}))
        elif amount := _money(value, currency):
            found.append((Text("{amount}", {"amount": amount}), {"amount": amount.plain()}))
    return _ways("discount", found)


def taxes(opening: Opening, usual: Decimal) -> tuple[Way, ...]:
    """A rate other than the usual, on top or inside."""
    found: list[tuple[Text, Any]] = []
    for kind, value in opening.readings.get("tax", ()):
        if (rate := Decimal(value)) != usual:
            inside = kind == "included"
            label = _("{rate}% included", rate=rate) if inside else _("{rate}% on top", rate=rate)
            found.append((label, {"rate": value, "inclusive": inside}))
    return _ways("tax", found)


def _ways(key: str, meant: Sequence[tuple[Text, Any]]) -> tuple[Way, ...]:
    return _fitting(
        [
            (Choice(f"like.{at}", label), Move(key, stored))
            for at, (label, stored) in enumerate(meant)
        ]
    )


def _fitting(ways: Sequence[Way]) -> tuple[Way, ...]:
    """Those whose words a button holds; whatever is too long is typed."""
    return tuple(way for way in ways if _fits(way[0].label))[:MOST]


def _fits(label: Text) -> bool:
    return all(1 <= len(render(label, language)) <= BUTTON_CHARS for language in LANGUAGES)
