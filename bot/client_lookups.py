"""What the dialogues about clients want looked up: a page of them, who is idle, what a merge means."""

import hashlib
from typing import Any

from sqlalchemy.orm import Session

from conversations.prompts import BUTTON_CHARS
from conversations.said import NOTHING_FOUND, Found, Need, Option
from invoicing import client_changes, client_listing, client_merging, clients
from invoicing.client_listing import ClientRow
from invoicing.commands import ClientStatus
from invoicing.phones import national
from models.errors import Refusal
from models.merchants import Client
from models.text import Text, _, ngettext, raw

NAMED = 20  # names in a preview; the rest is counted
MARKS = {ClientStatus.BLOCKED: "⛔ ", ClientStatus.ARCHIVED: "", ClientStatus.ACTIVE: ""}


def page(session: Session, need: Need) -> Found:
    """A page of the list, or the one that was tapped; what each owes stands above."""
    filters = need.filters
    if (value := filters.get("value")) is not None:
        return _one(session, str(value))
    found = client_listing.page(
        session,
        active=filters.get("kind") != "hidden",
        after=None if need.query else filters.get("after"),
        words=need.query or str(filters.get("words", "")),
        size=int(filters.get("rows", client_listing.SIZE)),
    )
    options = tuple(_option(row) for row in found.rows)
    exact = options[0] if len(options) == 1 and need.query else None
    return Found(options, exact, _owing(found.rows), more=found.after is not None)


def _one(session: Session, value: str) -> Found:
    try:
        row = clients.get(session, int(value)) if value.isdigit() else None
    except Refusal:
        row = None
    if row is None:
        return NOTHING_FOUND
    return Found(exact=Option(value, raw(row.name), _stored(row)))


def _option(row: ClientRow) -> Option:
    mark = MARKS[ClientStatus(row.status)]
    room = BUTTON_CHARS - len(mark)
    name = row.name if len(row.name) <= room else f"{row.name[: room - 1]}…"
    return Option(str(row.id), raw(f"{mark}{name}"), _stored(row))


def _stored(row: ClientRow | Client) -> dict[str, Any]:
    return {"id": row.id, "name": row.name, "phone": row.phone}


def _owing(rows: tuple[ClientRow, ...]) -> tuple[Text, ...]:
    lines = [
        _("{client} owes *{amount}*", client=row.name, amount=amount)
        for row in rows
        for amount in row.owed
    ]
    return (Text("{lines}", {"lines": lines}),) if lines else ()


def idle(session: Session, need: Need) -> Found:
    """Who would be archived: how many, their names, and all of them under one digest."""
    months = int(need.filters["months"])
    found = client_changes.idle(session, months)
    if not found:
        return Found(card=(_("There is nobody to archive: each of them owes you something, has "
                             "credit, or was billed since."),))  # fmt: skip
    ids = [client_id for client_id, _name in found]
    digest = hashlib.sha256(repr(ids).encode()).hexdigest()[:12]
    count = ngettext("*{n} client* owes nothing and had no invoice for so long:",
                     "*{n} clients* owe nothing and had no invoice for so long:", len(ids))  # fmt: skip
    names = [raw(name) for _id, name in found[:NAMED]]
    if len(found) > NAMED:
        names.append(_("… and {n} more", n=len(found) - NAMED))
    card = (count, Text("{lines}", {"lines": tuple(names)}))
    return Found(exact=Option(digest, raw(digest), {"ids": ids}), card=card)


def merging(session: Session, need: Need) -> Found:
    """What would count as the other's from now on."""
    goes = clients.get(session, int(need.filters["client"]))
    stays = clients.get(session, int(need.filters["into"]))
    moves = client_merging.preview(session, goes)
    lines = [
        *(
            (ngettext("{n} invoice moves", "{n} invoices move", moves.invoices),)
            if moves.invoices
            else ()
        ),
        *(_("{client} owes *{amount}*", client=goes.name, amount=owed) for owed in moves.owed),
        *(_("{amount} of credit moves", amount=credit) for credit in moves.credit),
    ]
    if goes.phone and goes.phone != stays.phone:
        lines.append(_("{phone} leads to *{client}*", phone=national(goes.phone),
                       client=stays.name))  # fmt: skip
    if moves.chat and not stays.contact_id:
        lines.append(_("Invoices go to the chat of {client}", client=goes.name))
    elif moves.chat:
        lines.append(_("Invoices go to the chat of {client}", client=stays.name))
    if goes.reminders_off or stays.reminders_off:
        lines.append(_("Reminders are off"))
    lines.append(_("Invoices already sent keep what is printed on them"))
    return Found(card=(Text("{lines}", {"lines": tuple(lines)}),))


SOURCES = {"clients.page": page, "clients.idle": idle, "clients.merge": merging}
