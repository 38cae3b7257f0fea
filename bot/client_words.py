"""What a merchant types about her clients in plain words, as something to begin or to say."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from bot import accounts, cards, client_cards
from bot.meeting import Who
from conversations.client_sentences import ClientSentence, Wish, read
from conversations.figures import read_phone
from conversations.lookups import row_label
from conversations.prompts import Choice, Prompt, Start
from invoicing import client_listing, clients, merchants
from invoicing.client_listing import ClientRow
from models import db
from models.errors import Refusal
from models.merchants import Client
from models.text import _

MOST = 8
Meaning = Start | Prompt | None


def understand(session: Session, who: Who, text: str) -> Meaning:
    """What to begin or say; None for what is no sentence about a client we know."""
    said = read(text)
    if said is None:
        return None
    if said.wish is Wish.MY_STATEMENT:
        return accounts.which(session, who)
    if who.merchant_id is None:
        own = said.wish is Wish.STATEMENT and not said.who
        return accounts.which(session, who) if own else None
    db.enter(session, who.merchant_id)
    if said.wish in _PLAIN:
        return _PLAIN[said.wish]
    if said.wish is Wish.STATEMENT and not said.who:
        return Start("statement", {"period": said.period.value} if said.period else {})
    return _about_one(session, said)


_PLAIN: Mapping[Wish, Start] = {
    Wish.LIST: Start("clients"),
    Wish.ARCHIVE_MANY: Start("archive_many"),
}


def _about_one(session: Session, said: ClientSentence) -> Meaning:
    found = _named(session, said.who, hidden=said.wish in (Wish.RESTORE, Wish.SHOW, Wish.STATEMENT))
    if not found:
        return _nobody(said) if said.sure else None
    make = _STARTS[said.wish]
    try:
        starts = [(row, make(session, said, _about(row))) for row in found[:MOST]]
    except Refusal as refusal:
        return Prompt((refusal.text,))
    if len(starts) == 1:
        return starts[0][1]
    choices = tuple(
        Choice(f"client.{row.id}", row_label({"name": row.name, "phone": row.phone}), start)
        for row, start in starts
    )
    return Prompt((_("Which of these do you mean?"),), choices, "list")


def _named(session: Session, name: str, *, hidden: bool) -> list[Client | ClientRow]:
    """The one of exactly this name, otherwise all whose name holds it."""
    rows: list[Client | ClientRow] = list(clients.find(session, name, MOST))
    if hidden:
        rows += client_listing.page(session, active=False, words=name).rows
    exact = [row for row in rows if row.name.casefold() == name.casefold()]
    return exact or rows


def _about(row: Client | ClientRow) -> dict[str, Any]:
    return {"client": {"id": row.id, "name": row.name, "phone": row.phone}}


def _nobody(said: ClientSentence) -> Prompt:
    words = _("I find no client *{name}*.", name=said.who)
    new = Choice("client", _("New client"), Start("new_client", {"client": {"name": said.who}}))
    return Prompt((words,), (client_cards.CLIENTS_BUTTON, new, cards.MENU_BUTTON), "card")


def _statement(_session: Session, said: ClientSentence, about: dict[str, Any]) -> Start:
    when = {"period": said.period.value} if said.period else {}
    return Start("statement_text", {**about, **when})


def _phone(session: Session, said: ClientSentence, about: dict[str, Any]) -> Start:
    phone = read_phone(said.phone, merchants.get(session).country)
    return Start("edit_client", {**about, "field": "phone", "new.phone": phone})


def _rename(_session: Session, said: ClientSentence, about: dict[str, Any]) -> Start:
    return Start("edit_client", {**about, "field": "name", "new.name": said.other})


def _merge(session: Session, said: ClientSentence, about: dict[str, Any]) -> Start:
    """Who is named second stays; where that is not clear, it is asked."""
    mine = about["client"]["id"]
    others = [row for row in _named(session, said.other, hidden=False) if row.id != mine]
    into = {"into": _about(others[0])["client"]} if len(others) == 1 else {}
    return Start("merge_clients", {**about, **into})


_Make = Callable[[Session, ClientSentence, dict[str, Any]], Start]


def _flow(name: str) -> _Make:
    return lambda _session, _said, about: Start(name, about)


_STARTS: Mapping[Wish, _Make] = {
    Wish.SHOW: _flow("client"),
    Wish.EDIT: _flow("edit_client"),
    Wish.ARCHIVE: _flow("archive_client"),
    Wish.RESTORE: _flow("restore_client"),
    Wish.BLOCK: _flow("block_client"),
    Wish.DELETE: _flow("delete_client"),
    Wish.ERASE: _flow("erase_client"),
    Wish.STATEMENT: _statement,
    Wish.PHONE: _phone,
    Wish.RENAME: _rename,
    Wish.MERGE: _merge,
}
