"""A point to come back to costs nothing until something is written, and then undoes all of it."""

import os
from collections.abc import Callable
from contextlib import ExitStack, suppress
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Session

from invoicing import audit, merchants
from models import db
from models.db import AppSession, Database, Options
from models.told import Audit
from tests import make
from tests.conftest import KEY, Counter, cloned, counting

NOTES = sa.select(sa.func.count()).select_from(Audit)
SAVED = "SAVEPOINT turn"
Writing = Callable[[Session], None]


def straight(session: Session) -> None:
    """By a hot statement."""
    audit.note(session, "never.happened")


def through_the_library(session: Session) -> None:
    """By a flush, in a savepoint of the library's own."""
    with session.begin_nested():
        make.client(session)


def inside_another(session: Session) -> None:
    """By a hot statement within the library's savepoint, which ends before we come back."""
    with session.begin_nested():
        audit.note(session, "never.happened")
        make.client(session)


def by_a_statement(session: Session) -> None:
    """By a statement of the library's without any object."""
    session.execute(sa.text("UPDATE merchants SET footer = 'never'"))


def test_looking_makes_no_point(session: Session, statements: Counter) -> None:
    """A turn that only looks sends no savepoint; the first that writes sends one."""
    make.merchant(session)
    session.expunge_all()
    db.mark(session)
    statements.statements.clear()
    merchants.role_of(session, 1)
    assert SAVED not in statements.statements
    audit.note(session, "seen")
    audit.note(session, "seen")
    assert statements.statements.count(SAVED) == 1


def test_what_stays_needs_no_point(session: Session, statements: Counter) -> None:
    """Once nothing will be undone any more, writing costs no savepoint."""
    make.merchant(session)
    db.mark(session)
    db.unmark(session)
    statements.statements.clear()
    audit.note(session, "kept")
    assert SAVED not in statements.statements


@pytest.mark.parametrize("write", [straight, through_the_library, inside_another, by_a_statement])
def test_everything_since_the_mark_is_undone(session: Session, write: Writing) -> None:
    """However it was written; the merchant of before is the one worked for again."""
    merchant_id = make.merchant(session).id
    session.flush()
    before = state(session)
    db.mark(session)
    write(session)
    db.enter(session, None)
    assert db.undo(session)
    assert db.merchant_id(session) == merchant_id
    assert state(session) == before


def state(session: Session) -> tuple[object, ...]:
    """What the writers above would have changed."""
    clients = session.scalar(sa.text("SELECT count(*) FROM clients"))
    return session.scalar(NOTES), clients, session.scalar(sa.text("SELECT footer FROM merchants"))


def test_undoing_nothing_brings_the_merchant_back(session: Session) -> None:
    """Nothing was written, but another merchant entered."""
    merchant_id = make.merchant(session).id
    session.flush()
    db.mark(session)
    db.enter(session, None)
    assert db.undo(session)
    assert session.scalar(sa.text("SELECT count(*) FROM merchants")) == 1
    assert db.merchant_id(session) == merchant_id


def test_undone_twice(session: Session) -> None:
    """What is said after a refusal may fail as well."""
    make.merchant(session)
    db.mark(session)
    before = session.scalar(NOTES)
    for _again in range(2):
        audit.note(session, "never.happened")
        assert db.undo(session)
    assert session.scalar(NOTES) == before


def test_a_look_up_that_breaks_takes_everything_with_it(database: Database) -> None:
    """There is nothing to come back to: we are told so, each time, and can begin anew."""
    merchant_id = committed_merchant(database)
    with database.transaction(merchant_id) as session:
        audit.note(session, "never.happened")
        db.mark(session)
        with suppress(psycopg.errors.DivisionByZero):
            db.look(session, "SELECT 1 / 0", {})
        assert not db.undo(session)
        assert not db.undo(session)
        db.begin_anew(session)
        db.enter(session, merchant_id)
        audit.note(session, "happened")
    with database.as_owner() as session:
        assert session.scalars(sa.select(Audit.action)).all() == ["happened"]


def committed_merchant(database: Database) -> int:
    """One who is really there."""
    with database.transaction() as session:
        return make.merchant(session).id


def test_the_next_transaction_has_no_point(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mark ends with its transaction, also on the connection that it was made on."""
    merchant_id = committed_merchant(database)
    with database.transaction() as session:
        db.mark(session)
    sent = counting(monkeypatch)
    with database.transaction(merchant_id) as session:
        audit.note(session, "kept")
    with database.as_owner() as owner:
        assert owner.scalar(NOTES) == 1
    assert SAVED not in sent.statements


def test_a_mark_outlives_the_end_of_the_transaction_before(
    server_url: str, template: str, worker_id: str
) -> None:
    """Its connection is ours while the one before is still told that it has ended."""
    with cloned(server_url, template, f"bili_points_{os.getpid()}_{worker_id}") as url:
        lonely = Database(Options(url=url, keys=(KEY,), pool_size=1))
        merchant_id = committed_merchant(lonely)
        with ExitStack() as next_one:
            begun: list[Session] = []

            def in_between(_session: Session, transaction: Any) -> None:
                if transaction.parent is None and not begun:
                    begun.append(next_one.enter_context(lonely.transaction(merchant_id)))
                    db.mark(begun[0])

            event.listen(AppSession, "after_transaction_end", in_between, insert=True)
            next_one.callback(event.remove, AppSession, "after_transaction_end", in_between)
            with lonely.transaction(merchant_id) as before:
                db.mark(before)
            audit.note(begun[0], "never.happened")
            assert db.undo(begun[0])
            assert begun[0].scalar(NOTES) == 0
        lonely.close()


def test_nothing_marked_is_nothing_to_come_back_to(session: Session) -> None:
    """A mark that got lost is an error of ours, and half a command is not kept in silence."""
    make.merchant(session)
    db.mark(session)
    db.unmark(session)
    with pytest.raises(RuntimeError, match="nothing to come back to"):
        db.undo(session)


def test_the_first_error_is_the_one_that_is_told(database: Database) -> None:
    """What broke while we were somebody says so itself: it may be one to try again after."""
    merchant_id = committed_merchant(database)
    with (
        pytest.raises(psycopg.errors.DivisionByZero),
        database.transaction() as session,
        db.as_merchant(session, merchant_id),
    ):
        db.look(session, "SELECT 1 / 0", {})
