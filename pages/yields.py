"""What comes of the work, for Prometheus: how tries end, how soon bills are paid, what reminders bring."""

from collections.abc import Iterator
from datetime import timedelta

import sqlalchemy as sa
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from sqlalchemy.orm import Session

from models import db

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
RESULTS = sa.text(
    "SELECT gateway, COALESCE(result_code, '') AS code, count(*) FROM attempts"
    " WHERE ended_at > :since GROUP BY 1, 2"
)
TIME_TO_PAY = sa.text(
    "SELECT percentile_cont(0.5) WITHIN GROUP"
    " (ORDER BY extract(epoch FROM settled_at - issued_at)) FROM invoices"
    " WHERE status = 'issued' AND settled_at > :since"
)
REMINDED = sa.text(
    "SELECT count(*) AS reminded, count(*) FILTER (WHERE i.settled_at > r.at) AS paid FROM"
    " (SELECT merchant_id, invoice_id, min(sent_at) AS at FROM reminders"
    "  WHERE sent_at > :since AND audience = 'client' GROUP BY 1, 2) r"
    " JOIN invoices i ON i.merchant_id = r.merchant_id AND i.id = r.invoice_id"
)


def families(session: Session) -> Iterator[Metric]:
    """Of the last day or week; needs a session that sees every merchant."""
    now = db.now(session)
    results = GaugeMetricFamily(
        "bili_attempt_results",
        "Attempts that ended in the last day, by the gateway's code",
        labels=["gateway", "result_code"],
    )
    for gateway, code, count in session.execute(RESULTS, {"since": now - DAY}):
        results.add_metric([gateway, code], count)
    yield results
    week = {"since": now - WEEK}
    median = session.scalar(TIME_TO_PAY, week)
    if median is not None:
        about = "Median seconds from issue to paid, of the last week"
        yield GaugeMetricFamily("bili_time_to_pay_s", about, value=median)
    row = session.execute(REMINDED, week).one()
    about = "Invoices of which a customer was reminded in the last week"
    yield GaugeMetricFamily("bili_reminded", about, value=row.reminded)
    yield GaugeMetricFamily("bili_reminded_paid", "Those of them paid since", value=row.paid)
