"""Whether the books hold: sums, bookings, numbers and the audit chain, of every merchant."""

from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from invoicing import audit
from models.db import Database

MOST = 20  # faults of one kind that are named; the rest is counted

BOOKED = (
    "SELECT merchant_id, payment_id, sum(amount_minor) AS booked FROM allocations"
    " WHERE released_at IS NULL GROUP BY merchant_id, payment_id"
)
SUMS = (
    "SELECT i.merchant_id, i.id, i.status, i.settled_at, i.total_minor,"
    "  i.total_minor - COALESCE(a.paid, 0) - COALESCE(d.adjusted, 0) AS balance"
    " FROM invoices i"
    " LEFT JOIN (SELECT merchant_id, invoice_id, sum(amount_minor) AS paid FROM allocations"
    "   WHERE released_at IS NULL GROUP BY 1, 2) a"
    "  ON a.merchant_id = i.merchant_id AND a.invoice_id = i.id"
    " LEFT JOIN (SELECT merchant_id, invoice_id, sum(amount_minor) AS adjusted FROM adjustments"
    "   GROUP BY 1, 2) d ON d.merchant_id = i.merchant_id AND d.invoice_id = i.id"
)


@dataclass(frozen=True)
class Rule:
    """A rule of the books and the query that finds whoever breaks it: `merchant_id`, `what`."""

    says: str
    broken: str


RULES = (
    Rule(
        "The lines of an invoice add up to its subtotal (I-5)",
        "SELECT i.merchant_id, 'invoice ' || i.id || ': lines ' || COALESCE(l.sum, 0)"
        "  || ', subtotal ' || i.subtotal_minor AS what FROM invoices i"
        " LEFT JOIN (SELECT merchant_id, invoice_id, sum(amount_minor) AS sum FROM invoice_lines"
        "  GROUP BY 1, 2) l ON l.merchant_id = i.merchant_id AND l.invoice_id = i.id"
        " WHERE COALESCE(l.sum, 0) <> i.subtotal_minor",
    ),
    Rule(
        "No more is booked of a payment than arrived, and nothing of a reversed one (I-1)",
        "SELECT p.merchant_id, 'payment ' || p.id || ': ' || b.booked || ' booked of '"
        "  || p.amount_minor || CASE WHEN p.reversed_at IS NULL THEN '' ELSE ', reversed' END"
        f"  AS what FROM payments p JOIN ({BOOKED}) b"
        "  ON b.merchant_id = p.merchant_id AND b.payment_id = p.id"
        " WHERE b.booked > CASE WHEN p.reversed_at IS NULL THEN p.amount_minor ELSE 0 END",
    ),
    Rule(
        "No invoice is paid and credited beyond its total (I-2)",
        "SELECT merchant_id, 'invoice ' || id || ': balance ' || balance AS what"
        f" FROM ({SUMS}) s WHERE balance < 0",
    ),
    Rule(
        "Nothing is booked on a draft or void invoice",
        "SELECT merchant_id, 'invoice ' || id || ': ' || status || ', balance ' || balance AS what"
        f" FROM ({SUMS}) s WHERE status <> 'issued' AND balance <> total_minor",
    ),
    Rule(
        "An invoice is marked settled when, and only when, nothing is owed on it",
        "SELECT merchant_id, 'invoice ' || id || ': balance ' || balance || ', '"
        "  || CASE WHEN settled_at IS NULL THEN 'not ' ELSE '' END || 'marked settled' AS what"
        f" FROM ({SUMS}) s WHERE status = 'issued' AND (balance = 0) <> (settled_at IS NOT NULL)",
    ),
    Rule(
        "Money is booked in its own currency, on invoices of the client it came from (I-3, I-28)",
        "SELECT a.merchant_id, 'allocation ' || a.id || ': payment ' || p.id || ' ' || p.currency"
        "  || ', invoice ' || i.id || ' ' || i.currency AS what FROM allocations a"
        " JOIN payments p ON p.merchant_id = a.merchant_id AND p.id = a.payment_id"
        " JOIN invoices i ON i.merchant_id = a.merchant_id AND i.id = a.invoice_id"
        " JOIN clients b ON b.merchant_id = i.merchant_id AND b.id = i.client_id"
        " LEFT JOIN clients c ON c.merchant_id = p.merchant_id AND c.id = p.client_id"
        " WHERE a.released_at IS NULL AND (p.currency <> i.currency"
        "  OR COALESCE(c.merged_into_id, c.id)"
        "   IS DISTINCT FROM COALESCE(b.merged_into_id, b.id))",
    ),
    Rule(
        "An attempt that succeeded has its payment (A-15)",
        "SELECT t.merchant_id, 'attempt ' || t.id || ' of invoice ' || t.invoice_id AS what"
        " FROM attempts t WHERE t.state = 'succeeded' AND NOT EXISTS (SELECT 1 FROM payments p"
        "  WHERE p.merchant_id = t.merchant_id AND p.attempt_id = t.id)",
    ),
    Rule(
        "Numbers run from 1 to the series' last one without a hole (I-11)",
        "SELECT s.merchant_id, s.kind || ' series: last ' || s.last_number || ', '"
        "  || COALESCE(n.count, 0) || ' numbers from ' || COALESCE(n.min, 0) || ' to '"
        "  || COALESCE(n.max, 0) AS what FROM number_series s"
        " LEFT JOIN (SELECT merchant_id, series, count(*), min(number), max(number) FROM invoices"
        "   WHERE number IS NOT NULL GROUP BY 1, 2) n"
        "  ON n.merchant_id = s.merchant_id AND n.series = s.kind"
        " WHERE COALESCE(n.count, 0) <> s.last_number"
        "  OR s.last_number > 0 AND (n.min <> 1 OR n.max <> s.last_number)",
    ),
    Rule(
        "Every number belongs to a series",
        "SELECT DISTINCT i.merchant_id, i.series || ' series is missing' AS what FROM invoices i"
        " WHERE i.number IS NOT NULL AND NOT EXISTS (SELECT 1 FROM number_series s"
        "  WHERE s.merchant_id = i.merchant_id AND s.kind = i.series)",
    ),
)
COUNTS = sa.text(
    "SELECT (SELECT count(*) FROM merchants) AS merchants,"
    " (SELECT count(*) FROM invoices) AS invoices, (SELECT count(*) FROM payments) AS payments,"
    " (SELECT count(*) FROM allocations) AS allocations"
)


def verify(database: Database, say: Callable[[str], None]) -> bool:
    """Say how each rule fares; whether all hold. A rule is one query: work may go on meanwhile."""
    with database.as_owner() as session:
        counted = session.execute(COUNTS).mappings().one()
        sizes = ", ".join(f"{n} {name}" for name, n in counted.items())
        say(f"Looked at {sizes}.")
        kept = [_hold(session, rule, say) for rule in RULES]
        return all([*kept, _chain(session, say)])


def _hold(session: Session, rule: Rule, say: Callable[[str], None]) -> bool:
    broken = session.execute(sa.text(rule.broken)).all()
    say(f"{'FAULT' if broken else 'ok   '}  {rule.says}")
    for row in broken[:MOST]:
        say(f"         merchant {row.merchant_id}, {row.what}")
    if len(broken) > MOST:
        say(f"         and {len(broken) - MOST} more")
    return not broken


def _chain(session: Session, say: Callable[[str], None]) -> bool:
    """The audit rows; those of the last seconds wait for the sealer and are named."""
    verdict = audit.verify(session)
    mark = "FAULT" if verdict.faults else "ok   "
    say(f"{mark}  What happened is told as it was ({verdict.sealed} sealed audit rows, I-24)")
    for fault in verdict.faults[:MOST]:
        say(f"         {fault}")
    if verdict.unsealed:
        ids = ", ".join(map(str, verdict.unsealed[:MOST]))
        more = f" and {len(verdict.unsealed) - MOST} more" if len(verdict.unsealed) > MOST else ""
        say(f"note   not sealed yet (the clock does it within 10 s): audit rows {ids}{more}")
    return not verdict.faults
