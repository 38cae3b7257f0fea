"""A simulated quarter in three zones, small; `benchmarks/quarter.py` runs the large one."""

from models.db import Database
from tests.scheduler import quarter


def test_a_quarter(database: Database) -> None:
    """Every step is sent once or skipped with a reason, by day, and never after the payment (F-8)."""
    found = quarter.run(database, merchants=6, invoices=5, clocks=2)
    assert found["sent"] > 60
    assert found["paid"] > 5
    assert found["overtaken"]
