"""What runs beside the library, straight on the driver, belongs to the same transaction."""

from contextlib import suppress

import sqlalchemy as sa
from sqlalchemy.orm import Session

from invoicing import audit, clients, merchants
from models import db
from models.db import Database
from models.merchants import Merchant
from models.told import Audit
from tests import make
from tests.conftest import Counter

NOTES = sa.select(sa.func.count()).select_from(Audit)


def test_what_a_hot_statement_wrote_inside_is_undone_with_the_rest(session: Session) -> None:
    """The savepoint is there before the first statement of the library's own."""
    make.merchant(session)
    before = session.scalar(NOTES)
    with suppress(LookupError), db.nested(session):
        audit.note(session, "never.happened")
        raise LookupError
    assert session.scalar(NOTES) == before


def test_an_adopted_row_is_the_sessions_own(session: Session, statements: Counter) -> None:
    """Its columns cost no further statement, it is the one that a query finds, and it can change."""
    merchant_id = make.merchant(session).id
    session.expunge_all()
    merchant = merchants.get(session)
    before = len(statements)
    assert (merchant.footer, merchant.paused_at) == (None, None)
    assert len(statements) == before
    assert session.get(Merchant, merchant_id) is merchant
    merchant.footer = "Asante"
    session.flush()
    footer = sa.select(Merchant.__table__.c.footer).where(Merchant.__table__.c.id == merchant_id)
    assert session.scalar(footer) == "Asante"


def test_a_release_that_adds_a_column_disturbs_no_process_that_runs(database: Database) -> None:
    """What is prepared goes on, on the same connection, while the old release still serves."""
    with database.transaction() as session:
        merchant_id = make.merchant(session).id

    def look() -> None:
        for _again in range(4):  # prepared by then
            with database.transaction(merchant_id) as session:
                merchants.get(session)
                clients.find(session, "jane", 8)
                clients.find_recent(session, 8)

    look()
    with database.as_owner() as owner:
        owner.execute(sa.text("ALTER TABLE merchants ADD COLUMN motto text"))
        owner.execute(sa.text("ALTER TABLE clients ADD COLUMN motto text"))
    look()
