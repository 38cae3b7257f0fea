"""Issues an invoice: its link and account code, the parties for good, its number, its reminders."""

import json
from datetime import date
from typing import Any

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from invoicing import audit, catalogue, links, numbering, reminders, reminding
from models import clock, db, hot_rows
from models.invoices import Invoice, Status
from models.merchants import Client, Merchant
from models.secrets import key_hash, new_account_code, new_token

# A new invoice has no id yet: what leads to it draws one.
ROUTE = (
    "WITH target AS MATERIALIZED (SELECT"
    "  COALESCE(CAST(%(target_id)s AS bigint), nextval('invoices_id_seq')) AS id)"
    " INSERT INTO routes (kind, key_hash, merchant_id, target_id)"
    " SELECT k.kind, k.key_hash, %(merchant_id)s, target.id FROM target, (VALUES"
    f" ('{links.KIND}', CAST(%(link)s AS bytea)), ('account', %(account)s)) AS k(kind, key_hash)"
    " ON CONFLICT DO NOTHING RETURNING kind, target_id"
)
SAID = (
    "merchant_id", "id", "client_id", "number", "number_text", "status", "currency", "language",
    "issued_on", "due_on", "subtotal_minor", "discount_minor", "discount_percent", "tax_label",
    "tax_rate", "tax_inclusive", "tax_rounding", "tax_minor", "total_minor", "note", "parties",
    "account_code", "token", "made_by", "made_at", "issued_at", "deposit_minor", "revises_id",
    "quote_id", "terms", "pay_note", "series", "reminders_off",
)  # fmt: skip
LINE = {
    "position": "bigint",
    "description": "text",
    "quantity": "numeric",
    "unit_price_minor": "bigint",
    "amount_minor": "bigint",
    "discount_minor": "bigint",
    "discount_percent": "numeric",
    "tax_rate": "numeric",
}
# In one statement, since every invoice that is sent costs it. The lines are counted so that they
# are written before the invoice: those of an issued one are frozen (I-12).
INSERT = (
    "WITH item AS (INSERT INTO invoice_lines (merchant_id, invoice_id, {names})"
    "  SELECT %(merchant_id)s, %(id)s, {names}"
    "  FROM jsonb_to_recordset(CAST(%(lines)s AS jsonb)) AS line({types}) RETURNING position)"
    " INSERT INTO invoices ({columns}) SELECT {values} FROM (SELECT count(*) FROM item) AS items"
).format(
    names=", ".join(LINE),
    types=", ".join(f"{name} {kind}" for name, kind in LINE.items()),
    columns=", ".join(SAID),
    values=", ".join(f"%({name})s" for name in SAID),
)


def issue(
    session: Session, invoice: Invoice, merchant: Merchant, client: Client, *, by: int | None
) -> Invoice:
    """Issue a draft that the caller has locked, or an invoice that is not in the database yet.

    A due day that went by while it lay as a draft moves on by the days it lay.
    """
    today = db.today(session, merchant.zone)
    is_new = invoice.id is None
    token, invoice.account_code, invoice.id = _routed(session, merchant.id, invoice.id)
    invoice.parties = parties(merchant, client)
    invoice.issued_on, invoice.issued_at = today, db.now(session)
    invoice.due_on = _due(invoice, today, merchant.zone)
    invoice.token = db.vault(session).seal(token)
    catalogue.learn(session, invoice)
    # The number comes late: its lock is the one that other issues of this merchant wait for.
    with session.no_autoflush:
        invoice.number, invoice.number_text = numbering.take(session)
    invoice.status = Status.ISSUED
    _insert(session, invoice, client) if is_new else session.flush()
    nothing_booked(invoice)
    reminding.schedule(session, invoice, merchant, client)
    audit.note(session, "invoice.issued", person_id=by, invoice_id=invoice.id, facts=_sums(invoice))
    return invoice


def nothing_booked(invoice: Invoice) -> None:
    """A fresh invoice has nothing booked on it: no need to ask the database."""
    set_committed_value(invoice, "paid_minor", 0)
    set_committed_value(invoice, "adjusted_minor", 0)


def _insert(session: Session, invoice: Invoice, client: Client) -> None:
    """Write it as it is; from here on it is the session's own, as if it had been read."""
    values = {name: getattr(invoice, name) for name in SAID}
    lines = [{name: getattr(line, name) for name in LINE} for line in invoice.lines]
    values["parties"], values["lines"] = json.dumps(invoice.parties), json.dumps(lines, default=str)
    db.hot(session, INSERT, values)
    for line in invoice.lines:
        line.invoice_id = invoice.id
        hot_rows.adopt(session, line)
    hot_rows.adopt(session, invoice)
    set_committed_value(invoice, "client", client)


def _due(invoice: Invoice, today: date, zone: str) -> date:
    due = invoice.due_on or today
    made = clock.local_day(invoice.made_at, zone)
    return due + (today - made) if due < today and made < today else due


def _sums(invoice: Invoice) -> dict[str, Any]:
    return {"total_minor": invoice.total_minor, "currency": invoice.currency}


def _routed(session: Session, merchant_id: int, known: int | None) -> tuple[str, str, int]:
    """A token and an account code that lead to the invoice, drawn again should a code be someone's.

    The id is the one that is known, or a new one.
    """
    while True:
        token, code = new_token(), new_account_code()
        hashes = {"link": key_hash(token), "account": key_hash(code)}
        where = {"merchant_id": merchant_id, "target_id": known}
        made = db.hot(session, ROUTE, where | hashes).fetchall()
        if len(made) == len(hashes):
            return token, code, made[0].target_id
        keys = {links.KIND: hashes["link"], "account": hashes["account"]}
        links.forget(session, merchant_id, [keys[row.kind] for row in made])


def parties(merchant: Merchant, client: Client) -> dict[str, Any]:
    """Who bills whom, as printed for good, however either changes later (A-32)."""
    return {
        "business": {
            "name": merchant.name,
            "phone": merchant.phone,
            "address": merchant.address,
            "city": merchant.city,
            "email": merchant.email,
            "contact": merchant.contact,
            "tax_number": merchant.tax_number,
            "country": merchant.country,
            "ways_to_pay": merchant.ways_to_pay,
            "pay_note": merchant.pay_note,
            "footer": merchant.footer,
            "logo": merchant.logo,
            "design": merchant.design,
        },
        "client": {
            "name": client.name,
            "phone": client.phone,
            "email": client.email,
            "language": client.language,
        },
        reminders.OFFSETS_SETTING: merchant.settings.get(reminders.OFFSETS_SETTING),
    }
