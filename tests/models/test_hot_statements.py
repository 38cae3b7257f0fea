"""What runs beside the library, straight on the driver, belongs to the same transaction."""

from contextlib import suppress

import sqlalchemy as sa
from sqlalchemy.orm import Session

from invoicing import audit, merchants
from models import db
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
