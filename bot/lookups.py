"""What a question wants looked up, found: at most ten options, in the merchant's own rows."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import phonenumbers
import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import catalogue_lookups, client_lookups, correction_lookups, money_lookups
from bot.meeting import Who
from conversations.one_line import KnownClient
from conversations.prompts import BUTTON_CHARS
from conversations.said import NOTHING_FOUND, Found, Need, Option
from invoicing import clients, listing, merchants
from invoicing.commands import ListKind
from invoicing.phones import masked
from models import db
from models.errors import Refusal
from models.invoices import Invoice, Status
from models.merchants import Client
from models.text import Text, ngettext, raw

MOST = 10
LABEL = BUTTON_CHARS  # where few are found they are buttons
READ = 2_000  # characters of a line that are searched for clients
MOST_NAMED, MOST_WORDS = 50, 200
TAIL = 9  # digits of a phone that are the same however it is written
NAMED = (
    "SELECT id, name, phone FROM clients WHERE merchant_id = %(merchant_id)s AND status = 'active'"
    " AND (regexp_split_to_array(lower(name), '[^[:alnum:]''&-]+') && CAST(%(words)s AS text[])"
    f"  OR right(phone, {TAIL}) = ANY(CAST(%(tails)s AS text[])))"
    " ORDER BY COALESCE(billed_at, made_at) DESC, id DESC LIMIT %(most)s"
)


def find(session: Session, need: Need) -> Found:
    """Look up what a question needs; the session works as the merchant it is about."""
    return SOURCES[need.source](session, need)


def _clients(session: Session, need: Need) -> Found:
    if (wanted := need.filters.get("value")) is not None:
        return _one_client(session, str(wanted))
    if need.query.startswith("+"):
        known = clients.by_phone(session, need.query)
        return Found(exact=_client_option(known)) if known else NOTHING_FOUND
    without = need.filters.get("without")
    rows = [row for row in clients.find(session, need.query, MOST) if row.id != without]
    options = tuple(_client_option(row) for row in rows)
    same = [o for o in options if _plain(str(o.stored["name"])) == _plain(need.query)]
    return Found(options, exact=same[0] if len(same) == 1 else None)


def _one_client(session: Session, value: str) -> Found:
    if not value.isdigit():
        return NOTHING_FOUND
    try:
        row = clients.get(session, int(value))
    except Refusal:
        return NOTHING_FOUND
    return Found(exact=_client_option(row)) if row.status == "active" else NOTHING_FOUND


def _plain(words: str) -> str:
    return "".join(sign for sign in words.casefold() if sign.isalnum())


def _client_option(row: Client) -> Option:
    stored = {"id": row.id, "name": row.name, "phone": row.phone}
    return Option(str(row.id), raw(cut(row.name)), stored)


def cut(words: str) -> str:
    """Words short enough for a button."""
    return words if len(words) <= LABEL else f"{words[: LABEL - 1]}…"


def _invoices(session: Session, need: Need) -> Found:
    filters = need.filters
    if (value := filters.get("value")) is not None:
        found = invoice(session, int(value)) if str(value).isdigit() else None
        if found and filters.get("kind") == "creditable":
            found |= correction_lookups.creditable(session, found["id"])
        return Found(exact=_invoice_option(found)) if found else NOTHING_FOUND
    if "rows" in filters:
        return _page_of_invoices(session, need)
    today = db.today(session, merchants.get(session).zone)
    found_rows = [_facts(bill, client, today) for bill, client in session.execute(_wanted(need))]
    if filters.get("kind") == "creditable":
        found_rows = [one | correction_lookups.creditable(session, one["id"]) for one in found_rows]
    options = tuple(_invoice_option(facts) for facts in found_rows)
    exact = options[0] if len(options) == 1 and need.query else None
    return Found(options, exact=exact)


def _page_of_invoices(session: Session, need: Need) -> Found:
    """A page of a list; what was typed is looked for in all of it."""
    filters, today = need.filters, db.today(session, merchants.get(session).zone)
    kind, after = ListKind(filters.get("kind", ListKind.OPEN)), filters.get("after")
    words = need.query or str(filters.get("words", ""))
    page = listing.page(
        session,
        kind,
        today,
        after=None if need.query else after,
        words=words,
        size=int(filters["rows"]),
    )
    options = tuple(_invoice_option(_row_facts(row)) for row in page.rows)
    exact = options[0] if len(options) == 1 and need.query else None
    card = _totals(session, kind, today) if options and not words else ()
    return Found(options, exact=exact, card=card, more=page.after is not None)


def _row_facts(row: listing.Row) -> dict[str, Any]:
    return {
        "id": row.id,
        "number": row.number or "…",
        "client": row.client,
        "currency": row.balance.currency,
        "balance_minor": row.balance.amount_minor,
    }


def _totals(session: Session, kind: ListKind, today: date) -> tuple[Text, ...]:
    """What a list comes to, a line for each currency."""
    if kind is ListKind.ALL:
        return ()
    tallies = [getattr(each, kind) for each in listing.summary(session, today).values()]
    lines = tuple(_tally(tally) for tally in tallies if tally.count)
    return (Text("{lines}", {"lines": lines}),) if lines else ()


def _tally(tally: listing.Tally) -> Text:
    n, amount = tally.count, tally.amount
    return ngettext("{n} invoice, *{amount}*", "{n} invoices, *{amount}*", n, amount=amount)


def _wanted(need: Need) -> sa.Select[Invoice, Client]:
    rows = clients.with_client(sa.select(Invoice, Client)).order_by(Invoice.id.desc())
    kind = need.filters.get("kind", "open")
    rows = rows.where(KINDS.get(str(kind), OPEN)).limit(MOST)
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
    "draft": Invoice.status == Status.DRAFT,
    "creditable": sa.and_(
        Invoice.status == Status.ISSUED, Invoice.total_minor > Invoice.adjusted_minor
    ),
    "written_off": Invoice.written_off_at.is_not(None),
    "numbered": Invoice.number.is_not(None),
    "attachable": Invoice.status == Status.ISSUED,
}


def invoice(session: Session, invoice_id: int, who: Who | None = None) -> dict[str, Any] | None:
    """What dialogues know of an invoice, as it stands now; for its payer with his own number."""
    bill = session.get(Invoice, (db.merchant_id(session), invoice_id))
    if bill is None:
        return None
    client = clients.get(session, bill.client_id)
    facts = _facts(bill, client, db.today(session, merchants.get(session).zone))
    phone = promptable(session, who.phone if who else None) or promptable(session, client.phone)
    business = (bill.parties or {}).get("business", {}).get("name", "")
    shown = {"phone": masked(phone)} if phone else {}
    return {**facts, **shown, "business": business, "parts": True}


def promptable(session: Session, phone: str | None) -> str | None:
    """A number of the merchant's country, where her gateways reach phones; None for any other."""
    code = phonenumbers.country_code_for_region(merchants.get(session).country)
    return phone if phone and phone.startswith(f"+{code}") else None


def _facts(bill: Invoice, client: Client, today: date) -> dict[str, Any]:
    return {
        "id": bill.id,
        "number": bill.number_text or "…",
        "client": client.name,
        "client_id": client.id,
        "currency": bill.currency,
        "balance_minor": bill.balance.amount_minor,
        "asked_minor": bill.asked_now(today).amount_minor,
    }


def _invoice_option(facts: dict[str, Any]) -> Option:
    return Option(str(facts["id"]), bill_label(facts), facts)


def bill_label(facts: Mapping[str, Any]) -> Text:
    """An invoice in a list row: its number and whose it is."""
    return raw(cut(f"{facts['number']} {facts['client']}"))


def last_invoice(session: Session, client_id: int) -> Invoice | None:
    """The newest invoice that went to a client, void ones apart."""
    hers = Invoice.client_id.in_(clients.family(session, client_id))
    mine = sa.and_(Invoice.merchant_id == db.merchant_id(session), hers)
    return session.scalars(
        sa.select(Invoice)
        .where(mine, Invoice.status == Status.ISSUED)
        .order_by(Invoice.id.desc())
        .limit(1)
    ).one_or_none()


def named_in(session: Session, text: str) -> tuple[KnownClient, ...]:
    """The clients that a text may mean: a word of the name stands in it, or the phone."""
    words = {word for word in re.split(r"[^\w'&-]+", text[:READ].casefold()) if len(word) > 1}
    runs = (
        re.sub(r"\D", "", run) for run in re.findall(r"\d(?:[ .-]?\d){8,}", text[:READ], re.ASCII)
    )
    tails = {run[at : at + TAIL] for run in runs for at in range(len(run) - TAIL + 1)}
    values = {"merchant_id": db.merchant_id(session), "words": sorted(words)[:MOST_WORDS],
              "tails": sorted(tails)[:MOST_WORDS], "most": MOST_NAMED}  # fmt: skip
    rows = db.look(session, NAMED, values)
    return tuple(KnownClient(row.name, row.phone, row.id) for row in rows.fetchall())


SOURCES: Mapping[str, Callable[[Session, Need], Found]] = {
    "clients": _clients,
    "invoices": _invoices,
    **money_lookups.SOURCES,
    **client_lookups.SOURCES,
    **catalogue_lookups.SOURCES,
}
