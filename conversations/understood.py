"""What one typed line said, as answers that a new invoice begins with; what is in doubt is asked."""

from decimal import Decimal
from typing import Any

from conversations.engine import OPEN
from conversations.one_line import Line, Understood, plain


def answers(said: Understood) -> dict[str, Any]:
    """Answers for `new_invoice`. A slot in doubt is left out, or marked to be asked all the same."""
    found = _client(said) | _lines(said.items, sure="items" not in said.unsure)
    found |= {slot: OPEN for slot in ("discount", "tax", "currency") if slot in said.unsure}
    if said.currency and "currency" not in said.unsure:
        found["currency"] = said.currency
    if said.due and "due" not in said.unsure:
        found["due"] = said.due.isoformat()
    if said.note:
        found["note"] = said.note
    return _terms(said) | found


def readings(said: Understood) -> dict[str, list[list[str]]]:
    """What each slot in doubt may mean, by the key of the question that asks: `[kind, value]` each."""
    found: dict[str, list[list[str]]] = {}
    for slot, meant in said.readings.items():
        for one in meant:
            key = slot if one.item is None else f"line.{one.item + 1}.{slot}"
            found.setdefault(key, []).append([one.kind, one.value])
    for number, item in enumerate(said.items, 1):
        if item.quantity is None and item.unit_price is None:
            _pair(found, f"line.{number}")
    if "items" in said.unsure:
        for number, item in enumerate(said.items, 1):
            if item.description:
                found[f"line.{number}.what"] = [["typed", item.description]]
    return found


def _pair(found: dict[str, list[list[str]]], line: str) -> None:
    """Soda 300 2: of two numbers one is how many, and the other then the price of one.

    The second stands second if it is 2, so that who types “2” means the same either way.
    """
    counts = [value for _kind, value in found.get(f"{line}.quantity", ())]
    if len(counts) != 2 or found.get(f"{line}.price"):
        return
    first, second = sorted(counts, key=lambda value: value == _TWO)
    found[f"{line}.quantity"] = [["count", first, second], ["count", second, first]]


_TWO = "2"


def _client(said: Understood) -> dict[str, Any]:
    """The client, or (in doubt) the ones that may be meant, to choose from."""
    if said.client is not None:
        return {"client": {"id": said.client.id, "name": said.client.name,
                           "phone": said.client.phone}}  # fmt: skip
    meant = said.readings.get("client", ())
    known = [
        {"id": one.id, "name": one.value, "phone": None} for one in meant if one.id is not None
    ]
    typed = next((one.value for one in meant if one.kind == "typed"), None)
    if not known:
        return {}
    name = typed or str(known[0]["name"])
    return {"client": {"name": name, "phone": None, "like": known}}


def _lines(items: tuple[Line, ...], *, sure: bool) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for number, item in enumerate(items, 1):
        key = f"line.{number}"
        found[f"{key}.quantity"] = OPEN if item.quantity is None else plain(item.quantity)
        found[f"{key}.more"] = number < len(items)
        if item.description is not None and sure:
            found[f"{key}.what"] = item.description
        if item.unit_price is not None:
            found[f"{key}.price"] = plain(item.unit_price)
    return found


def _terms(said: Understood) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if said.discount is not None:
        percent, amount = said.discount.percent, said.discount.amount
        found["discount"] = (
            {"percent": plain(percent)}
            if percent is not None
            else {"amount": plain(amount or Decimal(0))}
        )
    if said.tax is not None:
        found["tax"] = {"rate": plain(said.tax.rate), "inclusive": said.tax.inclusive}
    return found
