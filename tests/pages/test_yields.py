"""The numbers by which an operator sees whether bills get paid."""

from datetime import timedelta

import sqlalchemy as sa

from models.db import Database
from models.told import Reminder
from pages import yields
from tests import make
from tests.conftest import NOW
from tests.payments import bed


def numbers(database: Database) -> dict[tuple[str, ...], float]:
    """Every sample by its name and labels."""
    with database.as_owner() as session:
        return {
            (sample.name, *sample.labels.values()): sample.value
            for family in yields.families(session)
            for sample in family.samples
        }


def test_what_comes_of_the_work(database: Database) -> None:
    """Codes of the last day, the median of the last week, reminders that brought money."""
    hours = {1: 2, 2: 10, 3: 6, 4: 24 * 9}
    with database.transaction() as session:
        make.merchant(session)
        for number, hour in hours.items():
            settled = NOW - timedelta(days=8) if number == 4 else NOW - timedelta(hours=1)
            invoice = make.invoice(
                session, issued_at=settled - timedelta(hours=hour), settled_at=settled
            )
            if number in (1, 2, 4):
                sent = NOW - timedelta(hours=2 if number == 1 else 0, days=9 if number == 4 else 0)
                key = {"merchant_id": invoice.merchant_id, "invoice_id": invoice.id}
                session.add(Reminder(**key, step="due", audience="client", sent_at=sent))
        for code, ended in (("1032", 1), ("1032", 2), ("1", 3), ("1", 30)):
            attempt = bed.pending(
                session,
                make.invoice(session),
                handle=f"{code}{ended}",
                phone=f"+2547123456{ended:02}",
            )
            attempt.state, attempt.result_code = "failed", code
            attempt.ended_at = NOW - timedelta(hours=ended)
        session.flush()

    assert numbers(database) == {
        ("bili_attempt_results", "daraja", "1032"): 2,
        ("bili_attempt_results", "daraja", "1"): 1,
        ("bili_time_to_pay_s",): 6 * 3600,
        ("bili_reminded",): 2,
        ("bili_reminded_paid",): 1,
    }


def test_nothing_happened_yet(database: Database) -> None:
    """No median of nothing, no share of nothing; zeros where a zero is true."""
    assert numbers(database) == {("bili_reminded",): 0, ("bili_reminded_paid",): 0}
    with database.as_owner() as session:
        assert session.scalar(sa.text("SELECT count(*) FROM attempts")) == 0
