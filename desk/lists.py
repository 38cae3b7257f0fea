"""What an operator looks at: events, dialogues set aside, dead messages, merchants, reports.

These read across merchants, so they are read as the owner of the database; they change nothing.
"""

from collections.abc import Callable, Sequence
from typing import Any

import sqlalchemy as sa

from conversations.prompts import from_json
from desk.tables import hidden, hidden_number, write
from models.db import Database
from models.text import render
from payments import events

Say = Callable[[str], None]
MOST = 100

PARKED = sa.text(
    "SELECT v.person_id, p.name, v.merchant_id, v.journal ->> 'flow' AS running,"
    "  (SELECT string_agg(s.kept #>> '{journal,flow}', ', ') FROM jsonb_array_elements(v.parked)"
    "   AS s(kept)) AS aside,"
    "  (SELECT max(i.received_at) FROM contacts c JOIN inbound i ON i.channel = c.channel"
    "   AND i.address = c.address WHERE c.person_id = v.person_id AND i.outcome = 'failed') AS failed"
    " FROM conversations v JOIN people p ON p.id = v.person_id"
    " WHERE jsonb_array_length(v.parked) > 0 ORDER BY failed DESC NULLS LAST, v.person_id LIMIT :most"
)
DEAD = sa.text(
    "SELECT o.id, o.merchant_id, c.channel, c.address, o.error_code, o.tries, o.made_at, o.body,"
    "  p.language FROM outbound o JOIN contacts c ON c.id = o.contact_id"
    " JOIN people p ON p.id = c.person_id"
    " WHERE o.status = 'failed' AND c.channel <> 'terminal' ORDER BY o.id DESC LIMIT :most"
)
MERCHANTS = sa.text(
    "SELECT m.id, m.name, m.country, m.currency, m.made_at, m.trusted_at, m.paused_at,"
    "  (SELECT count(*) FROM members x WHERE x.merchant_id = m.id) AS members,"
    "  (SELECT count(*) FROM clients x WHERE x.merchant_id = m.id) AS clients,"
    "  (SELECT count(*) FROM invoices x WHERE x.merchant_id = m.id AND x.number IS NOT NULL)"
    "   AS invoices,"
    "  (SELECT count(*) FROM payments x WHERE x.merchant_id = m.id AND x.reversed_at IS NULL)"
    "   AS payments"
    " FROM merchants m ORDER BY m.id"
)
REPORTS = sa.text(
    "SELECT r.id, r.merchant_id, r.invoice_id, i.number_text, r.reason, r.note, r.made_at,"
    "  (SELECT count(DISTINCT COALESCE('p' || c.person_id, 'i' || o.invoice_id))"
    "   FROM abuse_reports o LEFT JOIN contacts c ON c.id = o.contact_id"
    "   WHERE o.merchant_id = r.merchant_id AND o.reason IN ('abuse', 'not_mine')) AS reporters"
    " FROM abuse_reports r LEFT JOIN invoices i"
    "  ON i.merchant_id = r.merchant_id AND i.id = r.invoice_id ORDER BY r.id DESC LIMIT :most"
)


def list_events(database: Database, say: Say, *, unhandled: bool, most: int = MOST) -> None:
    """The newest events of the gateways, or those of them on which nothing was done."""
    with database.transaction() as session:
        found = events.unhandled(session, most) if unhandled else events.newest(session, most)
    heads = ("id", "received", "provider", "kind", "merchant", "outcome", "flagged")
    rows = [
        (e.id, e.received_at, e.provider, e.kind, e.merchant_id, e.outcome, e.flagged)
        for e in found
    ]
    write(say, heads, rows)


def list_parked(database: Database, say: Say, *, show: bool, most: int = MOST) -> None:
    """People with a dialogue set aside, those after a bug of ours first."""
    heads = ("person", "name", "merchant", "running", "set aside", "last bug")
    rows = [
        (r.person_id, hidden(r.name, show=show), r.merchant_id, r.running, r.aside, r.failed)
        for r in _read(database, PARKED, most)
    ]
    write(say, heads, rows)


def list_dead(database: Database, say: Say, *, show: bool, most: int = MOST) -> None:
    """Messages that will never be sent by themselves, with the channel's reason."""
    heads = ("id", "made", "merchant", "channel", "to", "error", "tries", "words")
    rows = [
        (
            *(r.id, r.made_at, r.merchant_id, r.channel, hidden_number(r.address, show=show)),
            *(r.error_code, r.tries, _words(r.body, r.language, show=show)),
        )
        for r in _read(database, DEAD, most)
    ]
    write(say, heads, rows)


def _words(body: dict[str, Any], language: str, *, show: bool) -> str:
    """The first paragraph: with `show` as it would be read, otherwise without what it tells."""
    paragraphs = from_json(body).paragraphs
    if not paragraphs:
        return ""
    return render(paragraphs[0], language) if show else paragraphs[0].msgid


def list_merchants(database: Database, say: Say, *, show: bool) -> None:
    """Every merchant with the size of her business."""
    heads = (
        "id",
        "name",
        "country",
        "money",
        "since",
        "members",
        "clients",
        "invoices",
        "payments",
        "standing",
    )
    rows = [
        (
            *(r.id, hidden(r.name, show=show), r.country, r.currency, r.made_at.date()),
            *(r.members, r.clients, r.invoices, r.payments),
            "paused" if r.paused_at else "trusted" if r.trusted_at else "new",
        )
        for r in _read(database, MERCHANTS)
    ]
    write(say, heads, rows)


def list_reports(database: Database, say: Say, *, show: bool, most: int = MOST) -> None:
    """Invoices that someone called dishonest, the newest first.

    `reporters`: how many different people called this merchant a fraud.
    """
    heads = ("id", "made", "merchant", "reporters", "invoice", "number", "reason", "note")
    rows = [
        (
            *(r.id, r.made_at, r.merchant_id, r.reporters, r.invoice_id, r.number_text, r.reason),
            hidden(r.note, show=show),
        )
        for r in _read(database, REPORTS, most)
    ]
    write(say, heads, rows)


def _read(database: Database, query: Any, most: int | None = None) -> Sequence[Any]:
    with database.as_owner() as session:
        return session.execute(query, {"most": most} if most is not None else {}).all()
