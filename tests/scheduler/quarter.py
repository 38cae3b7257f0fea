"""A quarter in which everything happens: what must hold of every reminder in it."""

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

from models import clock
from models.db import Database
from scheduler import reminders
from tests.scheduler import bed

ZONES = ("Africa/Nairobi", "Africa/Lagos", "Africa/Johannesburg")
BEGINS = datetime(2026, 11, 20, 7, tzinfo=UTC)
DUE = date(2026, 12, 1)
SENT = (
    "SELECT r.merchant_id, r.invoice_id, r.step, r.sent_at, m.zone, i.settled_at, i.due_on"
    " FROM reminders r JOIN merchants m ON m.id = r.merchant_id"
    " JOIN invoices i ON i.merchant_id = r.merchant_id AND i.id = r.invoice_id"
    " WHERE r.sent_at IS NOT NULL"
)


def run(
    database: Database, *, merchants: int, invoices: int, clocks: int, days: int = 75, seed: int = 1
) -> Counter[str]:
    """Live through it with so many clocks, some nights of sleep and payments; raises what is wrong."""
    chance = random.Random(seed)
    ours = [
        bed.many(database, invoices, DUE, spread=7, zone=ZONES[number % len(ZONES)])
        for number in range(merchants)
    ]
    now, end = BEGINS, BEGINS + timedelta(days=days)
    with ThreadPoolExecutor(clocks) as threads:
        while now < end:
            bed.move_to(database, now)
            list(threads.map(lambda _clock: reminders.remind(database), range(clocks)))
            _pay_some(database, chance, ours, merchants * invoices / 1000)
            asleep = chance.random() < 0.02
            now += timedelta(days=3) if asleep else timedelta(minutes=chance.randint(150, 330))
    return _judged(database, merchants * invoices)


def _pay_some(database: Database, chance: random.Random, ours: list[int], often: float) -> None:
    if chance.random() > often:
        return
    merchant_id = chance.choice(ours)
    unpaid = [
        row.id
        for row in bed.rows(database, "SELECT id, merchant_id, settled_at FROM invoices")
        if row.merchant_id == merchant_id and row.settled_at is None
    ]
    if unpaid:
        bed.settle(database, merchant_id, chance.choice(unpaid))


def _judged(database: Database, invoices: int) -> Counter[str]:
    sent = bed.rows(database, SENT)
    for row in sent:
        hour = clock.local_time(row.sent_at, row.zone).hour
        assert 8 <= hour < 20, row
        assert row.settled_at is None or row.sent_at <= row.settled_at, row
    done = Counter(
        (row.merchant_id, row.invoice_id)
        for row in bed.rows(database, "SELECT merchant_id, invoice_id FROM reminders")
    )
    assert len(done) == invoices
    assert set(done.values()) == {6}
    [[notices]] = bed.rows(database, "SELECT count(*) FROM notices")
    assert notices == len(sent)
    assert bed.rows(database, "SELECT 1 FROM due_work WHERE kind = 'remind'") == []
    reasons = bed.rows(database, "SELECT coalesce(reason, 'sent') AS how FROM reminders")
    return Counter(row.how for row in reasons)
