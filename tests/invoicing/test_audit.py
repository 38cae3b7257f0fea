"""The audit's hash chain: sealed in order, and any tampering found (I-24)."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from invoicing import audit
from models.db import Database
from tests import make


def note_some(session: Session, count: int) -> None:
    for number in range(count):
        audit.note(session, "invoice.issued", invoice_id=number, facts={"total_minor": number})
    session.flush()


@pytest.fixture
def merchant_id(database: Database) -> int:
    """A merchant with five sealed rows and one that waits."""
    with database.transaction() as session:
        found = make.merchant(session).id
        note_some(session, 5)
        assert audit.seal(session, found) == 5
        note_some(session, 1)
    return found


def verdict(database: Database) -> audit.Verdict:
    with database.as_owner() as session:
        return audit.verify(session)


def tamper(database: Database, statement: str) -> None:
    with database.as_owner() as session:
        session.execute(sa.text(statement))


def test_an_honest_chain_holds_and_names_its_tail(database: Database, merchant_id: int) -> None:
    """What is not sealed yet is named, not called a fault."""
    found = verdict(database)

    assert (found.faults, found.sealed, len(found.unsealed)) == ((), 5, 1)


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE audit SET facts = '{\"total_minor\": 9}' WHERE invoice_id = 2", "was changed"),
        ("UPDATE audit SET made_at = made_at - interval '1 day' WHERE invoice_id = 2", "changed"),
        ("UPDATE audit_seals SET hash = '\\x00' WHERE position = 3", "was changed"),
        ("DELETE FROM audit_seals WHERE position = 3", "links 3 to 3 are missing"),
        ("UPDATE audit_seals SET previous_hash = '\\x00' WHERE position = 3", "does not follow"),
    ],
)
def test_tampering_is_found(
    database: Database, merchant_id: int, statement: str, fault: str
) -> None:
    """A changed, removed or reordered row breaks the chain where it happened."""
    tamper(database, statement)

    assert any(fault in words for words in verdict(database).faults)


def test_the_application_cannot_touch_what_is_written(database: Database, merchant_id: int) -> None:
    """The application's role has neither UPDATE nor DELETE on the audit and its seals."""
    for statement in ("UPDATE audit SET action = 'x'", "DELETE FROM audit_seals"):
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            database.transaction(merchant_id) as session,
        ):
            session.execute(sa.text(statement))


def test_many_sealers_make_one_chain(database: Database, merchant_id: int) -> None:
    """Sealers at the same time wait for one another: no row twice, no fork."""

    def work(_turn: int) -> None:
        with database.transaction(merchant_id) as session:
            note_some(session, 3)
        with database.transaction() as session:
            audit.seal(session, merchant_id)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(work, range(16)))

    found = verdict(database)
    assert (found.faults, found.sealed, found.unsealed) == ((), 5 + 1 + 48, ())
