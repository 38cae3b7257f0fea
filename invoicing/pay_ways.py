"""The ways a merchant's customers pay her: added, changed, put first, removed; each change audited."""

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from invoicing import audit, merchants
from invoicing.commands import ChangeWays, PayWay, WayChange
from invoicing.phones import normalise
from models.errors import Refusal
from models.merchants import Merchant
from models.text import _

MOST = 6
_SHORT = re.compile(r"\d{5,8}", re.ASCII)
_ACCOUNT = re.compile(r"\d{6,20}", re.ASCII)
LONGEST = 60


def change(session: Session, command: ChangeWays, by: int) -> list[Mapping[str, Any]]:
    """Do it and return the ways as they are now. Invoices that went out keep theirs.

    Raises Refusal for numbers that cannot be, the last way, or a way that is there no longer.
    """
    merchant = merchants.get(session)
    session.refresh(merchant, with_for_update={"key_share": True})
    before = list(merchant.ways_to_pay)
    after = _changed(merchant, before, command)
    if len({(way["way"], way["number"], way["account"]) for way in after}) < len(after):
        raise Refusal(_("Customers can pay you in this way already."), "twice")
    merchant.ways_to_pay = after
    facts = {"change": command.change.value, "old": before, "new": after}
    audit.note(session, "ways.changed", person_id=by, facts=facts)
    session.flush()
    return after


def _changed(merchant: Merchant, before: list[Any], command: ChangeWays) -> list[Any]:
    match command.change:
        case WayChange.ADD:
            if len(before) >= MOST:
                raise Refusal(_("{n} ways are enough. Please remove one first.", n=MOST), "many")
            return [*before, _checked(merchant, command.new)]
        case WayChange.REPLACE:
            at, new = _place(before, command), _checked(merchant, command.new)
            return [*before[:at], new, *before[at + 1 :]]
        case WayChange.FIRST:
            at = _place(before, command)
            return [before[at], *before[:at], *before[at + 1 :]]
        case WayChange.REMOVE:
            at = _place(before, command)
            if len(before) == 1:
                raise Refusal(_("Customers need at least one way to pay you."), "last")
            return [*before[:at], *before[at + 1 :]]


def _place(before: list[Any], command: ChangeWays) -> int:
    if command.old not in before:
        raise Refusal(_("That way was changed meanwhile. Please look again."), "gone")
    return before.index(command.old)


def _checked(merchant: Merchant, new: Mapping[str, Any] | None) -> dict[str, Any]:
    """The numbers once more: nothing that a dialogue brings is proof of anything."""
    try:
        way = PayWay(str((new or {}).get("way")))
    except ValueError:
        raise Refusal(_("That choice is not offered any more."), "choice") from None
    number, account = (new or {}).get("number"), (new or {}).get("account")
    if way is PayWay.CASH:
        number = account = None
    elif way is PayWay.PHONE:
        number, account = normalise(merchant.country, str(number or "")), None
    else:
        shape = _ACCOUNT if way is PayWay.BANK else _SHORT
        if not shape.fullmatch(str(number or "")) or len(str(account or "")) > LONGEST:
            raise Refusal(_("That number does not look right. Please check it."), "number")
    return {"way": way.value, "number": number, "account": account}
