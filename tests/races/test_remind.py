"""Ten clocks at once: every step is said once, and never to someone who has paid meanwhile."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest

from invoicing import lifecycle
from models.db import Database
from models.due import Due
from scheduler import reminders
from tests.pages.bed import pay
from tests.scheduler import bed

CLOCKS = 10
MORNING = datetime(2026, 11, 27, 6, tzinfo=UTC)  # nine o'clock in Nairobi, on the due day
SENT = (
    "SELECT (SELECT count(*) FROM reminders WHERE sent_at IS NOT NULL) AS sent,"
    " (SELECT count(*) FROM reminders WHERE reason = 'overtaken') AS overtaken,"
    " (SELECT count(*) FROM notices) AS notices,"
    " (SELECT count(DISTINCT invoice_id) FROM notices) AS invoices,"
    " (SELECT count(*) FROM jobs.procrastinate_jobs WHERE task_name = 'bot.tell') AS jobs"
)


@pytest.mark.slow
def test_ten_clocks_over_a_thousand_steps(database: Database) -> None:
    """A thousand reminders are due: a thousand are sent, whoever gets there first (A-4, I-10)."""
    for _turn in range(4):
        bed.many(database, 250, date(2026, 11, 27))
    bed.move_to(database, MORNING)
    ready = threading.Barrier(CLOCKS)

    def tick(_clock: int) -> int:
        ready.wait(10)
        return reminders.remind(database) + reminders.remind(database)

    with ThreadPoolExecutor(CLOCKS) as threads:
        counts = list(threads.map(tick, range(CLOCKS)))

    [found] = bed.rows(database, SENT)
    assert sum(counts) == 1000
    assert tuple(found) == (1000, 1000, 1000, 1000, 1000)


def test_a_lease_that_ran_out_does_no_harm(database: Database) -> None:
    """Two clocks hold the same row, since the first was slow: one says it."""
    merchant_id = bed.many(database, 1, date(2026, 11, 27))
    bed.move_to(database, MORNING)
    ready = threading.Barrier(2)
    [row] = bed.rows(database, "SELECT id FROM invoices")
    work = Due(merchant_id, "remind", row.id, MORNING, 1)

    def tick(_clock: int) -> int:
        with database.transaction(merchant_id) as session:
            ready.wait(10)
            return reminders.one(session, work)

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(tick, range(2))) == [0, 1]


def test_a_payment_one_second_before(database: Database) -> None:
    """The payment holds the invoice when the clock comes: the clock waits, reads again, is silent."""
    merchant_id = bed.many(database, 1, date(2026, 11, 27))
    bed.move_to(database, MORNING)
    [row] = bed.rows(database, "SELECT id FROM invoices")
    with ThreadPoolExecutor(1) as threads:
        with database.transaction(merchant_id) as session:
            invoice = lifecycle.get(session, row.id, lock=True)
            sweep = threads.submit(reminders.remind, database)
            with pytest.raises(TimeoutError):
                sweep.result(0.5)
            pay(session, invoice, 85_000, None)
        assert sweep.result(10) == 0
    [found] = bed.rows(database, SENT)
    assert (found.sent, found.notices) == (0, 0)
