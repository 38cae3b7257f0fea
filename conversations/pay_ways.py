"""How customers pay: the ways in their order; one is added, changed, moved to the top or removed."""

from collections.abc import Mapping
from typing import Any

from conversations.engine import Dialogue, Move, ask
from conversations.opening import Opening
from conversations.prompts import Choice
from conversations.questions import Card, Pick
from conversations.ways_to_pay import PayNumbers, number_words, ways
from invoicing.commands import ChangeWays, PayWay, WayChange
from models.text import Text, _, raw

MOST_WAYS = 6
ADD = Choice("add", _("Add a way"), synonyms=(raw("add"), raw("ongeza")))
CHANGES = (
    Choice("replace", _("Change the numbers"), synonyms=(raw("change"), raw("badilisha"))),
    Choice("first", _("Put it first"), synonyms=(raw("first"), raw("kwanza"))),
    Choice("remove", _("Remove it"), synonyms=(raw("remove"), raw("ondoa"))),
)
WORDS = {
    PayWay.PAYBILL: _("M-Pesa paybill"),
    PayWay.TILL: _("Till"),
    PayWay.PHONE: _("To my phone"),
    PayWay.BANK: _("Bank account"),
    PayWay.CASH: _("Cash"),
}
OWNERS_ONLY = _("Only the owner can change how you are paid.")


def ways_of(opening: Opening) -> tuple[Mapping[str, Any], ...]:
    """The ways as they were when the talk began."""
    stored = opening.settings.get("ways")
    return tuple(stored) if isinstance(stored, list | tuple) else ()


def change_ways(opening: Opening, may: bool, other: tuple[Choice, Move]) -> Dialogue[ChangeWays]:
    """Keys: `way`, `way.what`, `way.kind`, `way.number`."""
    known = ways_of(opening)
    which = yield from ask(_which(known, other, may=may))
    if which == "add":
        new = yield from _numbers(opening, (yield from _kind(opening)))
        return ChangeWays(WayChange.ADD, new=new)
    old = known[int(which.removeprefix("way."))]
    words = _("*{way}*. What shall I do with it?", way=way_words(old))
    change = WayChange(
        (yield from ask(Pick("way.what", words, options=_changes(old, known), also=(other,))))
    )
    if change is not WayChange.REPLACE:
        return ChangeWays(change, old=old)
    new = yield from _numbers(opening, PayWay(old["way"]))
    return ChangeWays(change, old=old, new=new)


def _which(known: tuple[Mapping[str, Any], ...], other: tuple[Choice, Move], *, may: bool) -> Card:
    lines = ways_shown(known)
    if not may:
        return Card("way", OWNERS_ONLY, card=lines, guess="add", also=(other,))
    rows = tuple(
        Choice(f"way.{at}", _label(way)) for at, way in enumerate(known) if _changes(way, known)
    )
    add = (ADD,) if len(known) < MOST_WAYS else ()
    words = _("Customers see them in this order. Which one do you want to change?")
    return Card("way", words, options=(*rows, *add), card=lines, also=(other,))


def _changes(old: Mapping[str, Any], known: tuple[Mapping[str, Any], ...]) -> tuple[Choice, ...]:
    return tuple(choice for choice in CHANGES if _fits(choice.value, old, known))


def _fits(change: str, old: Mapping[str, Any], known: tuple[Mapping[str, Any], ...]) -> bool:
    if change == WayChange.REPLACE:
        return PayWay(old["way"]) is not PayWay.CASH
    return len(known) > 1 and (change != WayChange.FIRST or old != known[0])


def _kind(opening: Opening) -> Dialogue[PayWay]:
    words = _("How else can your customers pay you?")
    kind = yield from ask(Pick("way.kind", words, options=ways(opening.country)))
    return PayWay(kind)


def _numbers(opening: Opening, way: PayWay) -> Dialogue[Mapping[str, Any]]:
    if way is PayWay.CASH:
        return {"way": way.value, "number": None, "account": None}
    asked = PayNumbers("way.number", number_words(way), way=way, country=opening.country)
    return (yield from ask(asked))


def ways_shown(known: tuple[Mapping[str, Any], ...]) -> tuple[Text, ...]:
    """Each way on a line of its own, numbered as customers see them."""
    if not known:
        return (_("No way to pay is set yet."),)
    return tuple(_("{n}. {way}", n=n, way=way_words(one)) for n, one in enumerate(known, 1))


def way_words(way: Mapping[str, Any]) -> Text:
    """What it is and its numbers."""
    label = WORDS[PayWay(way["way"])]
    number, account = way.get("number"), way.get("account")
    if not number:
        return label
    if not account:
        return _("{what} {number}", what=label, number=number)
    if way.get("way") == PayWay.BANK:
        return _("{what} {bank} {number}", what=label, bank=account, number=number)
    return _("{what} {number}, account {account}", what=label, number=number, account=account)


def _label(way: Mapping[str, Any]) -> Text:
    """Its number is what tells it apart on a button."""
    number = str(way.get("number") or "")
    return raw(number[:20]) if number else WORDS[PayWay(way["way"])]


def at_place(known: tuple[Mapping[str, Any], ...], kind: str) -> dict[str, str]:
    """The answers that lead to changing the numbers of the only way of a kind, if there is one."""
    found = [at for at, way in enumerate(known) if way.get("way") == kind]
    if len(found) != 1 or kind == PayWay.CASH:
        return {"section": "pay"}
    return {"section": "pay", "way": f"way.{found[0]}", "way.what": "replace"}
