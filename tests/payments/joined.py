"""A database whose transactions all end in one rollback: quick where no two run at once."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.db import PUT_OFF, TAKE_BACK, AppSession, Database


class Joined(Database):
    """As the real one, on one connection that the test rolls back."""

    def __init__(self, real: Database, connection: sa.Connection) -> None:
        self.options = real.options
        self.vault = real.vault
        self.engine = real.engine
        self._connection = connection
        self._info = {"vault": real.vault, "clock_moves": True}

    @contextmanager
    def transaction(self, merchant_id: int | None = None) -> Iterator[Session]:
        """A savepoint that looks like a transaction to whoever works in it."""
        info = self._info | {"merchant_id": merchant_id}
        with (
            AppSession(
                self._connection, join_transaction_mode="create_savepoint", info=info
            ) as session,
            session.begin(),
        ):
            yield session

    @contextmanager
    def as_owner(self) -> Iterator[Session]:
        """Sees every merchant."""
        with (
            Session(self._connection, join_transaction_mode="create_savepoint") as session,
            session.begin(),
        ):
            session.execute(TAKE_BACK)
            yield session
            session.execute(sa.text(PUT_OFF))  # the outer transaction goes on, unlike a real one


@pytest.fixture
def joined(worker_database: Database) -> Iterator[Database]:
    """Transactions that come one after the other, and leave nothing behind."""
    with worker_database.engine.connect() as connection:
        outer = connection.begin()
        yield Joined(worker_database, connection)
        outer.rollback()
