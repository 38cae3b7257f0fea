"""All that ever happened to an invoice, in one look: books, messages, prompts, callbacks, reminders.

Rows come oldest first and hold ids, sums and our own words; how they read is said in `bot.why` and
`bot.timeline`. No address and no token is among them, and of a phone only what `masked` leaves.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from models import db
from models.invoices import Invoice

MOST = 500  # the newest
# Of what happens at one moment, causes come before what follows from them.
PARTS = (
    ("SELECT made_at AS at, 1 AS rank, id, 'made' AS kind, made_by AS person_id,"
    "  '{}'::jsonb AS facts FROM invoices WHERE merchant_id = %(merchant)s AND id = %(invoice)s"),
    ("SELECT made_at, 2, id, 'audit', person_id, jsonb_build_object('action', action, 'more', facts)"
    "  FROM audit WHERE merchant_id = %(merchant)s AND invoice_id = %(invoice)s"),
    ("SELECT o.made_at, 3, o.id, 'message.' || o.status, c.person_id, jsonb_build_object("
    "  'channel', c.channel, 'notice', n.kind, 'audience', COALESCE(n.audience, 'client'),"
    "  'error', o.error_code, 'tries', o.tries)"
    "  FROM outbound o JOIN contacts c ON c.id = o.contact_id"
    "  LEFT JOIN notices n ON n.merchant_id = o.merchant_id AND n.id = o.notice_id"
    "  WHERE o.merchant_id = %(merchant)s AND o.invoice_id = %(invoice)s"
    "  AND o.status IN ('waiting', 'held', 'failed', 'dropped')"),
    ("SELECT m.at, 4, o.id, m.kind, c.person_id, jsonb_build_object('channel', c.channel,"
    "  'notice', n.kind, 'audience', COALESCE(n.audience, 'client'), 'tries', o.tries)"
    "  FROM outbound o JOIN contacts c ON c.id = o.contact_id"
    "  LEFT JOIN notices n ON n.merchant_id = o.merchant_id AND n.id = o.notice_id"
    "  CROSS JOIN LATERAL (VALUES (o.sent_at, 'message.sent'), (o.delivered_at,"
    "   'message.delivered'), (o.read_at, 'message.read')) AS m(at, kind)"
    "  WHERE o.merchant_id = %(merchant)s AND o.invoice_id = %(invoice)s AND m.at IS NOT NULL"),
    ("SELECT made_at, 5, id, 'not_told', NULL, jsonb_build_object('notice', kind,"
    "  'audience', audience, 'reason', skipped) FROM notices"
    "  WHERE merchant_id = %(merchant)s AND invoice_id = %(invoice)s AND skipped IS NOT NULL"),
    ("SELECT o.at, 6, i.id, o.kind, NULL, '{}'::jsonb FROM invoices i CROSS JOIN LATERAL (VALUES"
    "  (i.first_opened_at, 'opened'), (NULLIF(i.last_opened_at, i.first_opened_at), 'opened.last'))"
    "  AS o(at, kind) WHERE i.merchant_id = %(merchant)s AND i.id = %(invoice)s"
    "  AND o.at IS NOT NULL"),
    ("SELECT a.at, a.rank, t.id, a.kind, NULL, jsonb_build_object('amount', t.amount_minor,"
    "  'currency', t.currency, 'phone', t.phone, 'gateway', t.gateway, 'state', t.state,"
    "  'code', t.result_code, 'queries', t.queries)"
    "  FROM attempts t CROSS JOIN LATERAL (VALUES (t.made_at, 7, 'prompt'),"
    "   (t.submitted_at, 8, 'prompt.sent'), (t.ended_at, 10, 'prompt.' || t.state))"
    "   AS a(at, rank, kind)"
    "  WHERE t.merchant_id = %(merchant)s AND t.invoice_id = %(invoice)s AND a.at IS NOT NULL"),
    ("SELECT e.received_at, 9, e.id, 'callback', NULL, jsonb_build_object('provider', e.provider,"
    "  'what', e.kind, 'outcome', e.outcome, 'flagged', e.flagged, 'handled', e.handled_at)"
    "  FROM provider_events e WHERE e.reference IN (SELECT reference FROM attempts"
    "   WHERE merchant_id = %(merchant)s AND invoice_id = %(invoice)s)"
    "  OR e.id IN (SELECT p.event_id FROM payments p JOIN allocations a"
    "   ON a.merchant_id = p.merchant_id AND a.payment_id = p.id"
    "   WHERE a.merchant_id = %(merchant)s AND a.invoice_id = %(invoice)s)"),
    ("SELECT b.at, b.rank, a.id, b.kind, p.recorded_by, jsonb_build_object('amount', a.amount_minor,"
    "  'currency', p.currency, 'method', p.method, 'receipt', p.receipt, 'source', p.source)"
    "  FROM allocations a JOIN payments p ON p.merchant_id = a.merchant_id AND p.id = a.payment_id"
    "  CROSS JOIN LATERAL (VALUES (a.made_at, 11, 'booked'), (a.released_at, 12, 'released'))"
    "   AS b(at, rank, kind)"
    "  WHERE a.merchant_id = %(merchant)s AND a.invoice_id = %(invoice)s AND b.at IS NOT NULL"),
    ("SELECT j.made_at, 13, j.id, 'adjusted.' || j.kind, j.made_by, jsonb_build_object('amount',"
    "  j.amount_minor, 'currency', i.currency, 'reason', j.reason)"
    "  FROM adjustments j JOIN invoices i ON i.merchant_id = j.merchant_id AND i.id = j.invoice_id"
    "  WHERE j.merchant_id = %(merchant)s AND j.invoice_id = %(invoice)s"),
    ("SELECT COALESCE(sent_at, skipped_at), 14, 0, CASE WHEN sent_at IS NULL THEN 'reminder.skipped'"
    "  ELSE 'reminder' END, NULL, jsonb_build_object('step', step, 'audience', audience,"
    "  'reason', reason) FROM reminders"
    "  WHERE merchant_id = %(merchant)s AND invoice_id = %(invoice)s"),
)  # fmt: skip
HISTORY = (
    "SELECT h.at, h.id, h.kind, h.facts, p.name FROM ("
    + " UNION ALL ".join(PARTS)
    + ") AS h LEFT JOIN people p ON p.id = h.person_id ORDER BY h.at DESC, h.rank DESC, h.id DESC"
    " LIMIT %(most)s"
)


@dataclass(frozen=True)
class Happening:
    """One thing that happened; `name` is the person who did it, or to whom a message went."""

    at: datetime
    id: int
    kind: str
    facts: Mapping[str, Any]
    name: str | None


def of(session: Session, invoice: Invoice) -> list[Happening]:
    """All of it, or the newest of very much, oldest first; the session works as the invoice's merchant."""
    session.flush()
    values = {"merchant": invoice.merchant_id, "invoice": invoice.id, "most": MOST}
    rows = db.look(session, HISTORY, values).fetchall()
    return [Happening(row.at, row.id, row.kind, row.facts, row.name) for row in reversed(rows)]
