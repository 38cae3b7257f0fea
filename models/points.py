"""A point in a transaction to come back to, made no sooner than something is about to be written."""

from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg.pq import TransactionStatus


@dataclass
class Point:
    """One transaction's: wished for, there, or neither.

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
        """Undo what was written. False: a look-up broke before that, and the transaction with it.

        Raises RuntimeError where nobody had wished for a point: half a command would stay.
        """
        if not self.wished:
            raise RuntimeError("there is nothing to come back to")
        if self.there:
            driver.execute("ROLLBACK TO SAVEPOINT turn")
        return driver.info.transaction_status != TransactionStatus.INERROR
