"""A merchant sees and writes only her own rows; the application never works as the owner."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from bot import meeting
from bot.channel import Inbound, Kind
from models import db
from models.db import APP_ROLE, Database
from models.invoices import Invoice
from models.people import Conversation
from tests import make

WHO = sa.text("SELECT current_user")
INVOICES = sa.text("SELECT count(*) FROM invoices")


@pytest.fixture(params=[True, False], ids=["development", "production"])
def lonely(database: Database, request: pytest.FixtureRequest) -> Iterator[Database]:
    """One connection for everybody, one after the other."""
    moves = bool(request.param)
    found = Database(replace(database.options, pool_size=1, clock_moves=moves))
    yield found
    found.close()


def test_every_connection_works_as_bili_app(lonely: Database) -> None:
    """The owner's rights are off before the first statement, and off again after a look of hers."""
    with lonely.engine.connect() as bare:
        assert bare.scalar(WHO) == APP_ROLE
    with lonely.as_owner() as owner:
        assert owner.scalar(WHO) != APP_ROLE
    with lonely.transaction() as session:
        assert session.scalar(WHO) == APP_ROLE


def test_a_connection_forgets_its_merchant(lonely: Database) -> None:
    """Who comes next on it sees what she may see, also where nothing was said of a merchant."""
    with lonely.transaction() as session:
        merchant_id = make.merchant(session).id
        make.invoice(session)
    for merchant, seen in ((merchant_id, 1), (None, 0), (merchant_id, 1)):
        with lonely.transaction(merchant) as session:
            assert session.scalar(INVOICES) == seen
    with suppress(ZeroDivisionError), lonely.transaction(merchant_id):
        raise ZeroDivisionError
    with lonely.transaction() as session:
        assert session.scalar(INVOICES) == 0


def test_hearing_someone_enters_her_merchant(lonely: Database) -> None:
    """From her message on, and not beyond it."""
    with lonely.transaction() as session:
        merchant = make.merchant(session)
        make.invoice(session)
        person = make.person(session)
        contact = make.contact(session, person)
        session.get_one(Conversation, person.id).merchant_id = merchant.id
        merchant_id, address = merchant.id, contact.address
    with lonely.transaction() as session:
        meeting.hear(session, message(address))
        assert db.merchant_id(session) == merchant_id
        assert session.scalar(INVOICES) == 1
    with lonely.transaction() as session:
        meeting.hear(session, message("nobody-yet"))
        assert session.scalar(INVOICES) == 0


def message(address: str) -> Inbound:
    """Some words from there."""
    return Inbound("telegram", address, address, address, Kind.TEXT, {}, text="hi")


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
