"""A merchant's clients, a page at a time with what each owes, and what the card of one says."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, lazyload

from invoicing import client_sums, clients
from invoicing.client_sums import ClientSums
from models import db
from models.invoices import Invoice, Status
from models.merchants import Client
from models.money import Money

SIZE = 8
LAST = 3
# By name, so that whoever is billed between two pages neither repeats nor hides anyone. Those
# merged into another are no rows of their own, but what they owe counts.
PAGE = (
    "WITH page AS (SELECT id, name, phone, status FROM clients WHERE merchant_id = %(merchant_id)s"
    "  AND merged_into_id IS NULL AND (status = 'active') = %(active)s AND {fits} AND {beyond}"
    "  ORDER BY lower(name), id LIMIT %(most)s),"
    " owed AS (SELECT page.id, i.currency, sum(i.total_minor"
    "   - COALESCE((SELECT sum(a.amount_minor) FROM allocations a WHERE a.merchant_id = i.merchant_id"
    "      AND a.invoice_id = i.id AND a.released_at IS NULL), 0)"
    "   - COALESCE((SELECT sum(d.amount_minor) FROM adjustments d WHERE d.merchant_id = i.merchant_id"
    "      AND d.invoice_id = i.id), 0)) AS minor"
    "  FROM page JOIN clients w ON w.merchant_id = %(merchant_id)s"
    "   AND (w.id = page.id OR w.merged_into_id = page.id)"
    "  JOIN invoices i ON i.merchant_id = w.merchant_id AND i.client_id = w.id"
    "   AND i.series = 'invoice' AND i.status = 'issued' AND i.settled_at IS NULL GROUP BY 1, 2)"
    " SELECT page.*, (SELECT jsonb_agg(jsonb_build_array(o.currency, o.minor) ORDER BY o.currency)"
    "  FROM owed o WHERE o.id = page.id AND o.minor > 0) AS owed"
    " FROM page ORDER BY lower(name), id"
)
FITS = (
    "(strpos(replace(lower(concat_ws(' ', name, company)), ' ', ''), %(wanted)s) > 0"
    " OR strpos(phone, CAST(%(digits)s AS text)) > 0)"
)
BEYOND = (
    "(lower(name), id) > (SELECT lower(name), id FROM clients"
    " WHERE merchant_id = %(merchant_id)s AND id = %(after)s)"
)


@dataclass(frozen=True)
class ClientRow:
    """One client in a list, and what is owed, per currency."""

    id: int
    name: str
    phone: str | None
    status: str
    owed: tuple[Money, ...]


@dataclass(frozen=True)
class ClientPage:
    """Some rows, and after which client the next page begins (None: this is the last)."""

    rows: tuple[ClientRow, ...]
    after: int | None


def page(
    session: Session,
    *,
    active: bool = True,
    after: int | None = None,
    words: str = "",
    size: int = SIZE,
) -> ClientPage:
    """One page in one statement: active clients, or those archived and blocked, by name.

    `words` look in names, companies and phones.
    """
    session.flush()
    wanted = "".join(words.lower().split())
    digits = "".join(sign for sign in words if sign.isdigit()).lstrip("0")
    statement = PAGE.format(
        fits=FITS if wanted else "true", beyond=BEYOND if after is not None else "true"
    )
    values = {
        "merchant_id": db.merchant_id(session),
        "active": active,
        "wanted": wanted,
        "digits": digits if len(digits) >= clients.FEWEST_DIGITS else None,
        "after": after,
        "most": size + 1,
    }
    found = db.hot(session, statement, values).fetchall()
    rows = tuple(_row(row) for row in found[:size])
    return ClientPage(rows, rows[-1].id if len(found) > size else None)


def _row(row: Any) -> ClientRow:
    owed = tuple(Money(int(minor), currency) for currency, minor in row.owed or ())
    return ClientRow(row.id, row.name, row.phone, row.status, owed)


@dataclass(frozen=True)
class CardFacts:
    """What the card of a client says beside her own fields; `last` are her newest invoices."""

    sums: ClientSums
    last: tuple[Invoice, ...]


def facts(session: Session, client: Client) -> CardFacts:
    """In three statements, whatever she was billed."""
    newest = (
        sa.select(Invoice)
        .where(
            Invoice.merchant_id == client.merchant_id,
            Invoice.client_id.in_(clients.family(session, client.id)),
            Invoice.status != Status.DRAFT,
            Invoice.series == "invoice",
        )
        .options(lazyload(Invoice.lines))
        .order_by(Invoice.id.desc())
        .limit(LAST)
    )
    return CardFacts(
        client_sums.of(session, client.id), tuple(_newest_first(session.scalars(newest)))
    )


def _newest_first(found: Iterable[Invoice]) -> Iterable[Invoice]:
    return sorted(found, key=lambda invoice: -invoice.id)
