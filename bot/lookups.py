"""What a question wants looked up, found: at most ten options, in the merchant's own rows."""

from collections.abc import Callable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot.meeting import Who
from conversations.said import NOTHING_FOUND, Found, Need, Option
from invoicing import clients, merchants
from invoicing.phones import masked
from models import db
from models.invoices import Invoice, Status
from models.merchants import Client
from models.text import raw

MOST = 10
LABEL = 24  # a WhatsApp list row


def find(session: Session, need: Need) -> Found:
    """Look up what a question needs; the session works as the merchant it is about."""
    return SOURCES[need.source](session, need)


def _clients(session: Session, need: Need) -> Found:
    if (wanted := need.filters.get("value")) is not None:
        return _one_client(session, str(wanted))
    if need.query.startswith("+"):
        known = clients.by_phone(session, need.query)
        return Found(exact=_client_option(known)) if known else NOTHING_FOUND
    rows = clients.find(session, need.query, MOST)
    options = tuple(_client_option(row) for row in rows)
    same = [o for o in options if _plain(str(o.stored["name"])) == _plain(need.query)]
    return Found(options, exact=same[0] if len(same) == 1 else None)


def _one_client(session: Session, value: str) -> Found:
    if not value.isdigit():
        return NOTHING_FOUND
    row = session.get(Client, (db.merchant_id(session), int(value)))
    return Found(exact=_client_option(row)) if row and row.status == "active" else NOTHING_FOUND


def _plain(words: str) -> str:
    return "".join(sign for sign in words.casefold() if sign.isalnum())


def _client_option(row: Client) -> Option:
    stored = {"id": row.id, "name": row.name, "phone": row.phone}
    return Option(str(row.id), raw(_cut(row.name)), stored)


def _cut(words: str) -> str:
    return words if len(words) <= LABEL else f"{words[: LABEL - 1]}…"


def _invoices(session: Session, need: Need) -> Found:
    filters = need.filters
    if (value := filters.get("value")) is not None:
        found = invoice(session, int(value)) if str(value).isdigit() else None
        return Found(exact=_invoice_option(found)) if found else NOTHING_FOUND
    rows, page = int(filters.get("rows", MOST)), int(filters.get("page", 1))
    wanted = _wanted(session, need).offset((page - 1) * rows).limit(rows + 1)
    found_rows = [_facts(bill, client) for bill, client in session.execute(wanted)]
    options = tuple(_invoice_option(facts) for facts in found_rows[:rows])
    exact = options[0] if len(options) == 1 and need.query else None
    return Found(options, exact=exact, more=len(found_rows) > rows)


def _wanted(session: Session, need: Need) -> sa.Select[Invoice, Client]:
    own = sa.and_(Client.merchant_id == Invoice.merchant_id, Client.id == Invoice.client_id)
    rows = sa.select(Invoice, Client).join(Client, own).order_by(Invoice.id.desc())
    kind = need.filters.get("kind", "open")
    if kind == "overdue":
        today = db.today(session, merchants.get(session).zone)
        rows = rows.where(OPEN, Invoice.due_on < today)
    else:
        rows = rows.where(KINDS.get(str(kind), OPEN))
    if need.query:
        fits = [sa.func.lower(Client.name).contains(need.query.lower(), autoescape=True)]
        digits = "".join(sign for sign in need.query if sign.isdigit()).lstrip("0")
        if digits and len(digits) < 10:
            fits.append(Invoice.number == int(digits))
        rows = rows.where(sa.or_(*fits))
    return rows


OPEN = sa.and_(Invoice.status == Status.ISSUED, Invoice.settled_at.is_(None))
KINDS: Mapping[str, sa.ColumnElement[bool]] = {
    "open": OPEN,
    "paid": sa.and_(Invoice.status == Status.ISSUED, Invoice.settled_at.is_not(None)),
    "draft": Invoice.status == Status.DRAFT,
}


def invoice(session: Session, invoice_id: int, who: Who | None = None) -> dict[str, Any] | None:
    """What dialogues know of an invoice, as it stands now; for its payer with his own number."""
    bill = session.get(Invoice, (db.merchant_id(session), invoice_id))
    client = session.get(Client, (bill.merchant_id, bill.client_id)) if bill else None
    if bill is None or client is None:
        return None
    facts = _facts(bill, client)
    phone = (who.phone if who else None) or client.phone
    business = (bill.parties or {}).get("business", {}).get("name", "")
    shown = {"phone": masked(phone)} if phone else {}
    return {**facts, **shown, "business": business, "parts": True}


def _facts(bill: Invoice, client: Client) -> dict[str, Any]:
    return {
        "id": bill.id,
        "number": bill.number_text or "…",
        "client": client.name,
        "currency": bill.currency,
        "balance_minor": bill.balance.amount_minor,
    }


def _invoice_option(facts: dict[str, Any]) -> Option:
    label = raw(_cut(f"{facts['number']} {facts['client']}"))
    return Option(str(facts["id"]), label, facts)


SOURCES: Mapping[str, Callable[[Session, Need], Found]] = {
    "clients": _clients,
    "invoices": _invoices,
}
