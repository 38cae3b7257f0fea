"""A quarter of reminders at full size: 200 merchants, ten invoices each, five clocks; what came of it.

`DATABASE_URL` names a migrated database of its own, which is filled: `python -m benchmarks.quarter`.
"""

import os
import time

from cryptography.fernet import Fernet

from models.db import Database, Options
from tests.scheduler import quarter


def main() -> None:
    """Run it and print the counts; raises AssertionError where a rule was broken."""
    options = Options(
        url=os.environ["DATABASE_URL"],
        keys=(Fernet.generate_key().decode(),),
        pool_size=8,
        clock_moves=True,
    )
    database = Database(options)
    begun = time.perf_counter()
    counts = quarter.run(database, merchants=200, invoices=10, clocks=5)
    print(dict(counts), f"{time.perf_counter() - begun:.0f} s")


if __name__ == "__main__":
    main()
