"""A point in a transaction to come back to, made no sooner than something is about to be written."""

from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg.pq import TransactionStatus


@dataclass
class Point:
    """One connection's: wished for, there, or neither; its name is the same each time.

    Most turns of a talk only ask and look up: for them it would be a statement for nothing.
    """

    wished: bool = False
    there: bool = False

    def wish(self) -> None:
        """From here on everything may have to be undone."""
        self.wished, self.there = True, False

    def forget(self) -> None:
        """Nothing will have to be undone any more."""
        self.wished = self.there = False

    def before_writing(self, driver: psycopg.Connection[Any]) -> None:
        """Whoever is about to write says so first."""
        if self.wished and not self.there:
            driver.execute("SAVEPOINT turn")
            self.there = True

    def come_back(self, driver: psycopg.Connection[Any]) -> bool:
        """Undo what was written. False: a look-up broke before that, and the transaction with it."""
        if self.there:
            driver.execute("ROLLBACK TO SAVEPOINT turn")
        return driver.info.transaction_status != TransactionStatus.INERROR
