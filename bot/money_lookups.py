"""Who may have paid, and payments that came: found for the questions that ask which one."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, lazyload

from conversations.prompts import BUTTON_CHARS
from conversations.said import NOTHING_FOUND, Found, Need, Option
from invoicing import allocation, clients, merchants
from invoicing.commands import PaymentList
from models import clock, db
from models.errors import Refusal
from models.invoices import Invoice, Status
from models.merchants import Client
from models.money import Money
from models.payments import Payment
from models.text import Text, _, raw
from payments import listing

MOST = 10
MOST_BILLS = 20
OPEN = sa.and_(Invoice.status == Status.ISSUED, Invoice.settled_at.is_(None))


def payer(session: Session, client_id: int) -> dict[str, Any]:
    """What the dialogue knows of whoever paid: her open invoices, oldest first. Raises Refusal."""
    return payers(session, [clients.get(session, client_id)])[0]


def payers(session: Session, rows: Sequence[Client]) -> list[dict[str, Any]]:
    """As `payer`, for several at once, none of them merged into another; as many statements."""
    merchant = merchants.get(session)
    bills = _open_bills(session, [row.id for row in rows], merchant.currency)
    return [
        {
            "id": row.id,
            "name": row.name,
            "phone": row.phone,
            "currency": merchant.currency,
            "bills": [_bill(bill) for bill in bills.get(row.id, ())],
        }
        for row in rows
    ]


def _open_bills(
    session: Session, client_ids: Sequence[int], currency: str
) -> dict[int, list[Invoice]]:
    """The first open invoices of each, and of those merged into her; one statement."""
    owner = sa.func.coalesce(Client.merged_into_id, Client.id)
    place = sa.func.row_number().over(partition_by=owner, order_by=(Invoice.due_on, Invoice.id))
    placed = (
        sa.select(Invoice.id, owner.label("owner"), place.label("place"))
        .join(Client, sa.and_(Client.merchant_id == Invoice.merchant_id,
                              Client.id == Invoice.client_id))
        .where(Invoice.merchant_id == db.merchant_id(session), owner.in_(client_ids),
               Invoice.currency == currency, OPEN)
        .subquery()
    )  # fmt: skip
    first = sa.and_(placed.c.id == Invoice.id, placed.c.place <= MOST_BILLS)
    rows = session.execute(
        sa.select(placed.c.owner, Invoice)
        .join(placed, first)
        .where(Invoice.merchant_id == db.merchant_id(session))
        .options(lazyload(Invoice.lines))
        .order_by(placed.c.place)
    )
    found: dict[int, list[Invoice]] = {}
    for client_id, bill in rows:
        found.setdefault(client_id, []).append(bill)
    return found


def fresh(session: Session, said: Mapping[str, Any]) -> dict[str, Any]:
    """What a button says of a payer or a payment, as it stands now."""
    found: dict[str, Any] = {}
    for key, look in (("payer", payer), ("payment", payment)):
        about = said.get(key)
        if isinstance(about, dict) and "id" in about:
            known = look(session, int(about["id"]))
            found |= {key: known} if known else {}
    return found


def _bill(row: Invoice) -> dict[str, Any]:
    return {
        "id": row.id,
        "number": row.number_text or "…",
        "currency": row.currency,
        "balance_minor": row.balance.amount_minor,
    }


def _payers(session: Session, need: Need) -> Found:
    """Clients by name or phone, or whose invoice it is; without words those who owe, newest first.

    Of kind `credit` it is those who have something left over.
    """
    if (wanted := need.filters.get("value")) is not None:
        return _one_payer(session, str(wanted))
    if not need.query:
        likely = _in_credit if need.filters.get("kind") == "credit" else _debtors
        return Found(_options(session, _by_ids(session, likely(session))))
    if (bill := _numbered(session, need.query)) is not None:
        return Found(exact=_bill_option(session, bill))
    rows = clients.find(session, need.query, MOST)
    options = _options(session, rows)
    same = [o for o in options if _plain(str(o.stored["name"])) == _plain(need.query)]
    return Found(options, exact=same[0] if len(same) == 1 else None)


def _one_payer(session: Session, value: str) -> Found:
    try:
        found = payer(session, int(value)) if value.isdigit() else None
    except Refusal:
        found = None
    return Found(exact=_option(found)) if found else NOTHING_FOUND


def _by_ids(session: Session, client_ids: Sequence[int]) -> list[Client]:
    mine = (Client.merchant_id == db.merchant_id(session), Client.id.in_(client_ids))
    rows = {row.id: row for row in session.scalars(sa.select(Client).where(*mine))}
    return [rows[client_id] for client_id in client_ids]


def _options(session: Session, rows: Sequence[Client]) -> tuple[Option, ...]:
    return tuple(map(_option, payers(session, rows))) if rows else ()


def _option(found: dict[str, Any]) -> Option:
    return Option(str(found["id"]), raw(_cut(str(found["name"]))), found)


def _debtors(session: Session) -> list[int]:
    """The clients who owe, those billed last first; merged ones under their new name."""
    owner = sa.func.coalesce(Client.merged_into_id, Client.id)
    rows = session.execute(
        sa.select(owner)
        .join(Invoice, sa.and_(Invoice.merchant_id == Client.merchant_id,
                               Invoice.client_id == Client.id))
        .where(Client.merchant_id == db.merchant_id(session), OPEN)
        .group_by(owner)
        .order_by(sa.func.max(Invoice.id).desc())
        .limit(MOST)
    ).scalars()  # fmt: skip
    return list(rows)


def _in_credit(session: Session) -> list[int]:
    """The clients who have money left over, those who paid last first."""
    owner = sa.func.coalesce(Client.merged_into_id, Client.id)
    rows = session.execute(
        sa.select(owner)
        .join(Payment, sa.and_(Payment.merchant_id == Client.merchant_id,
                               Payment.client_id == Client.id))
        .where(Client.merchant_id == db.merchant_id(session), Payment.reversed_at.is_(None),
               allocation.LEFT > 0)
        .group_by(owner)
        .order_by(sa.func.max(Payment.id).desc())
        .limit(MOST)
    ).scalars()  # fmt: skip
    return list(rows)


def _numbered(session: Session, typed: str) -> Invoice | None:
    """The open invoice whose number this is; a bare number may leave zeros out."""
    plain = typed.replace(" ", "").removeprefix("#").upper()
    fits = [sa.func.upper(Invoice.number_text) == plain]
    if plain.isdigit() and plain.isascii() and len(plain) < 10:
        fits.append(Invoice.number == int(plain))
    return session.scalars(
        sa.select(Invoice)
        .where(Invoice.merchant_id == db.merchant_id(session), sa.or_(*fits), OPEN)
        .limit(1)
    ).one_or_none()


def _bill_option(session: Session, bill: Invoice) -> Option:
    client = clients.get(session, bill.client_id)
    facts = _bill(bill) | {"client": client.name, "client_id": client.id}
    return Option(str(bill.id), raw(_cut(f"{facts['number']} {client.name}")), facts)


def _payments(session: Session, need: Need) -> Found:
    """A page of payments, newest first; each page begins after the one before (`after`)."""
    filters = need.filters
    if (wanted := filters.get("value")) is not None:
        row = listing.one(session, int(wanted)) if str(wanted).isdigit() else None
        return Found(exact=_payment_option(session, row)) if row else NOTHING_FOUND
    kind = PaymentList(filters.get("kind", PaymentList.ALL))
    page = listing.page(
        session,
        kind,
        after=filters.get("after") or None,
        words=need.query or str(filters.get("words", "")),
        size=int(filters.get("rows", listing.SIZE)),
        reversible=bool(filters.get("standing")),
    )
    options = tuple(_payment_option(session, row) for row in page.rows)
    exact = options[0] if len(options) == 1 and need.query else None
    card = (Text("{lines}", {"lines": tuple(_line(session, row) for row in page.rows)}),)
    return Found(options, exact, card if options else (), more=page.after is not None)


def _payment_option(session: Session, row: listing.Row) -> Option:
    return Option(str(row.id), raw(_cut(f"{row.amount} {row.who}")), _payment_facts(session, row))


def _payment_facts(session: Session, row: listing.Row) -> dict[str, Any]:
    return {
        "id": row.id,
        "number": str(row.amount),
        "client": row.who,
        "currency": row.amount.currency,
        "amount_minor": row.amount.amount_minor,
        "left_minor": row.left.amount_minor,
        "given_minor": row.given_back.amount_minor,
        "paid_on": clock.local_day(row.paid_at, merchants.get(session).zone).isoformat(),
        "gateway": row.gateway,
        "parts": [
            {"id": part.invoice_id, "number": part.number, "currency": row.amount.currency,
             "balance_minor": part.amount.amount_minor}
            for part in row.parts
        ],
    }  # fmt: skip


def payment(session: Session, payment_id: int) -> dict[str, Any] | None:
    """What dialogues know of a payment as it stands now, or None."""
    row = listing.one(session, payment_id)
    return _payment_facts(session, row) if row else None


def _line(session: Session, row: listing.Row) -> Text:
    """A payment in one line of a list."""
    when = clock.local_day(row.paid_at, merchants.get(session).zone)
    known: dict[str, Any] = {"day": when, "amount": row.amount, "who": row.who}
    if row.reversed:
        return _("{day}: {amount}, {who} (taken back)", **known)
    if row.unowned:
        return _("{day}: {amount}, {who} (whose is it?)", **known)
    if row.parts:
        numbers = ", ".join(part.number for part in row.parts)
        return _("{day}: {amount}, {who}, {numbers}", numbers=numbers, **known)
    return _("{day}: {amount}, {who} (credit)", **known)


def _cut(words: str) -> str:
    return words if len(words) <= BUTTON_CHARS else f"{words[: BUTTON_CHARS - 1]}…"


def _plain(words: str) -> str:
    return "".join(sign for sign in words.casefold() if sign.isalnum())


def amount_of(facts: Mapping[str, Any]) -> Money:
    """What arrived, by its facts."""
    return Money(int(facts["amount_minor"]), str(facts["currency"]))


SOURCES: Mapping[str, Callable[[Session, Need], Found]] = {
    "payers": _payers,
    "payments": _payments,
}
