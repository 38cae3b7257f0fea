"""What is changed of a client: a field, archived or blocked, forgotten. Issued invoices keep theirs."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from invoicing import audit, clients, merchants
from invoicing.commands import ClientField, ClientStatus
from invoicing.phones import normalise
from models import clock, db
from models.errors import Refusal
from models.merchants import Client
from models.people import Contact
from models.text import LANGUAGES, _

MOST_AT_ONCE = 500  # clients archived together
LONGEST = {
    ClientField.COMPANY: 120,
    ClientField.CONTACT_PERSON: 120,
    ClientField.EMAIL: 254,
    ClientField.ADDRESS: 300,
    ClientField.NOTES: 1000,
}
_E164 = re.compile(r"\+\d{7,15}", re.ASCII)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]{2,}")
_DONE = {
    (ClientStatus.ARCHIVED, ClientStatus.ACTIVE): "client.restored",
    (ClientStatus.BLOCKED, ClientStatus.ACTIVE): "client.unblocked",
    (ClientStatus.ACTIVE, ClientStatus.ARCHIVED): "client.archived",
    (ClientStatus.BLOCKED, ClientStatus.ARCHIVED): "client.archived",
    (ClientStatus.ACTIVE, ClientStatus.BLOCKED): "client.blocked",
    (ClientStatus.ARCHIVED, ClientStatus.BLOCKED): "client.blocked",
}
# Nothing owed either way and nothing billed since: counted over whoever was merged into them.
IDLE = (
    "WITH whole AS (SELECT id, COALESCE(merged_into_id, id) AS root FROM clients"
    "  WHERE merchant_id = %(merchant_id)s),"
    " busy AS (SELECT w.root FROM invoices i JOIN whole w ON w.id = i.client_id"
    "  WHERE i.merchant_id = %(merchant_id)s AND i.status <> 'void'"
    "  AND (i.made_at >= %(since)s OR (i.status = 'issued' AND i.settled_at IS NULL))),"
    " owing AS (SELECT w.root FROM payments p JOIN whole w ON w.id = p.client_id"
    "  WHERE p.merchant_id = %(merchant_id)s AND p.reversed_at IS NULL"
    "  AND p.amount_minor > COALESCE((SELECT sum(a.amount_minor) FROM allocations a"
    "   WHERE a.merchant_id = p.merchant_id AND a.payment_id = p.id AND a.released_at IS NULL), 0))"
    " SELECT c.id, c.name FROM clients c"
    " WHERE c.merchant_id = %(merchant_id)s AND c.status = 'active' AND c.made_at < %(since)s"
    "  AND c.id NOT IN (SELECT root FROM busy) AND c.id NOT IN (SELECT root FROM owing)"
    " ORDER BY lower(c.name), c.id LIMIT %(most)s"
)


def edit(
    session: Session, client: Client, field: ClientField, value: str | None, by: int | None
) -> str | None:
    """Change one field (None empties it) and say what stood there before.

    A chat that the channel vouched for by the old phone is not hers any more by a new one. Raises
    Refusal: `name`, `phone`, `phone_taken`, `email`, `language`, `long`.
    """
    cleaned = _CLEAN.get(field, _words)(session, field, value)
    before: str | None = getattr(client, field.value)
    if cleaned == before:
        return before
    if field is ClientField.PHONE:
        _free(session, client, cleaned)
        _leave_chat(session, client, cleaned)
    _set(session, client, field, cleaned)
    facts = {"client_id": client.id, "field": field.value, "emptied": cleaned is None}
    audit.note(session, "client.edited", person_id=by, facts=facts)
    session.flush()
    return before


def _set(session: Session, client: Client, field: ClientField, value: str | None) -> None:
    """Two who take one phone at the same moment meet the index."""
    try:
        with session.begin_nested():
            setattr(client, field.value, value)
            session.flush()
    except IntegrityError as clash:
        session.refresh(client)
        raise _taken() from clash


def _free(session: Session, client: Client, phone: str | None) -> None:
    holder = clients.holder(session, phone) if phone else None
    if holder is not None and holder.id != client.id:
        raise _taken()


def _taken() -> Refusal:
    return Refusal(_("Another of your clients has that number already."), "phone_taken")


def _leave_chat(session: Session, client: Client, phone: str | None) -> None:
    contact = session.get(Contact, client.contact_id) if client.contact_id else None
    if contact is not None and contact.phone is not None and contact.phone != phone:
        client.contact_id = None


def _name(_session: Session, _field: ClientField, value: str | None) -> str:
    return clients.clean_name(value or "")


def _phone(session: Session, _field: ClientField, value: str | None) -> str | None:
    if value is None or _E164.fullmatch(value):
        return value
    return normalise(merchants.get(session).country, value)


def _email(session: Session, field: ClientField, value: str | None) -> str | None:
    found = _words(session, field, value)
    if found is not None and not _EMAIL.fullmatch(found):
        raise Refusal(_("That does not look like an e-mail address."), "email")
    return found


def _language(_session: Session, _field: ClientField, value: str | None) -> str | None:
    if value is not None and value not in LANGUAGES:
        raise Refusal(_("We do not speak that language yet."), "language")
    return value


def _words(_session: Session, field: ClientField, value: str | None) -> str | None:
    found = " ".join((value or "").split())
    if len(found) > LONGEST[field]:
        words = _("That is too long for me. Please use at most {most} letters.",
                  most=LONGEST[field])  # fmt: skip
        raise Refusal(words, "long")
    return found or None


_CLEAN: Mapping[ClientField, Callable[[Session, ClientField, str | None], Any]] = {
    ClientField.NAME: _name,
    ClientField.PHONE: _phone,
    ClientField.EMAIL: _email,
    ClientField.LANGUAGE: _language,
}


# --- In the lists, out of them, shut out ---


def set_status(session: Session, client: Client, status: ClientStatus, by: int | None) -> bool:
    """Archive, restore, block or unblock; whether anything changed. Twice is once."""
    session.refresh(client, with_for_update={"key_share": True})
    done = _DONE.get((ClientStatus(client.status), status))
    if done is None or client.merged_into_id is not None:
        return False
    client.status = status.value
    client.archived_at = db.now(session) if status is ClientStatus.ARCHIVED else None
    audit.note(session, done, person_id=by, facts={"client_id": client.id})
    session.flush()
    return True


def idle(session: Session, months: int, most: int = MOST_AT_ONCE) -> list[tuple[int, str]]:
    """Active clients, by name, with nothing owed by them or to them and nothing billed for months.

    Id and name of each; nobody who was added since then.
    """
    values = {
        "merchant_id": db.merchant_id(session),
        "since": _since(session, months),
        "most": most,
    }
    session.flush()
    return [(row.id, row.name) for row in db.look(session, IDLE, values).fetchall()]


def _since(session: Session, months: int) -> datetime:
    zone = merchants.get(session).zone
    today = db.today(session, zone)
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return clock.start_of_day(date(year, month + 1, min(today.day, 28)), zone)


def archive_idle(session: Session, ids: Sequence[int], months: int, by: int | None) -> list[int]:
    """Archive those of the clients who are still idle; their ids."""
    wanted = sorted(set(ids) & {client_id for client_id, _name in idle(session, months)})
    rows = session.scalars(
        sa.update(Client)
        .where(
            Client.merchant_id == db.merchant_id(session),
            Client.id.in_(wanted),
            Client.status == ClientStatus.ACTIVE,
        )
        .values(status=ClientStatus.ARCHIVED, archived_at=db.now(session))
        .returning(Client.id)
    )
    archived = sorted(rows)
    for client_id in archived:
        facts = {"client_id": client_id, "months": months}
        audit.note(session, "client.archived", person_id=by, facts=facts)
    session.flush()
    return archived


def delete(session: Session, client: Client, by: int | None) -> None:
    """Forget someone who was never billed, name and all. Raises Refusal `has_history` otherwise."""
    facts = {"client_id": client.id}
    try:
        with session.begin_nested():
            session.delete(client)
            session.flush()
    except IntegrityError as kept:
        raise Refusal(
            _("*{name}* has invoices or payments, and those must be kept. You can archive them "
              "instead: they leave your lists.", name=client.name),
            "has_history",
        ) from kept  # fmt: skip
    audit.note(session, "client.deleted", person_id=by, facts=facts)
    session.flush()
