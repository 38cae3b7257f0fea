"""Nobody outside is called inside a database transaction (I-16)."""

import httpx
import pytest
import sqlalchemy as sa

from models.db import Database
from payments import outside
from payments.daraja import Daraja
from tests.payments import bed
from tests.payments.test_daraja import ASK, Wire


def client() -> outside.Client:
    """A client that nobody answers but the test."""
    return outside.Client(transport=httpx.MockTransport(lambda _r: httpx.Response(200)))


@pytest.mark.parametrize("who", ["a merchant", "nobody", "the owner"])
def test_inside_a_transaction_nothing_is_sent(worker_database: Database, who: str) -> None:
    """Whoever the transaction works as."""
    transaction = {
        "a merchant": lambda: worker_database.transaction(1),
        "nobody": worker_database.transaction,
        "the owner": worker_database.as_owner,
    }[who]
    with transaction() as session:
        session.execute(sa.text("SELECT 1"))
        with pytest.raises(outside.InsideTransactionError):
            client().get("https://daraja.test/")


def test_a_transaction_that_ended_is_over(worker_database: Database) -> None:
    """Committed or rolled back."""
    with worker_database.transaction() as session:
        session.execute(sa.text("SELECT 1"))
    with worker_database.transaction() as session:
        session.execute(sa.text("SELECT 1"))
        session.rollback()
    assert client().get("https://daraja.test/").status_code == 200


def test_a_gateway_refuses_to_be_called_from_within(
    worker_database: Database, joined: Database
) -> None:
    """It is a bug, so it is not swallowed as one of the provider's answers."""
    gateway = Daraja(joined, bed.options(), httpx.MockTransport(Wire()))
    with worker_database.transaction() as session:
        session.execute(sa.text("SELECT 1"))
        with pytest.raises(outside.InsideTransactionError):
            gateway.charge(ASK)
