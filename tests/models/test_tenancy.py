"""A merchant sees and writes only her own rows; the application never works as the owner."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from models import db
from models.db import Database
from models.invoices import Invoice
from tests import make


def test_an_application_transaction_works_as_bili_app(worker_database: Database) -> None:
    """The first statement puts off the owner's rights."""
    with worker_database.transaction() as session:
        assert session.scalar(sa.text("SELECT current_user")) == "bili_app"


def test_a_merchant_sees_only_her_own_invoices(session: Session) -> None:
    """Row-level security hides the other's rows without a WHERE."""
    first = make.merchant(session)
    make.invoice(session)
    make.merchant(session)
    assert session.scalars(sa.select(Invoice)).all() == []
    db.enter(session, first.id)
    assert len(session.scalars(sa.select(Invoice)).all()) == 1


def test_no_merchant_sees_nothing(session: Session) -> None:
    """Outside every tenant the tables look empty."""
    make.merchant(session)
    make.invoice(session)
    db.enter(session, None)
    assert session.scalar(sa.text("SELECT count(*) FROM invoices")) == 0


def test_writing_for_another_merchant_is_refused(session: Session) -> None:
    """The policy checks what is written as well."""
    first = make.merchant(session)
    make.merchant(session)
    with pytest.raises(ProgrammingError, match="row-level security"):
        session.execute(
            sa.text("INSERT INTO number_series VALUES (:m, 'quote', 'Q-', 0)"), {"m": first.id}
        )
