"""Rows that hot statements read and write, as the library's own objects, and its own as statements."""

from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import psycopg as dialect
from sqlalchemy.orm import Session, make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.util import identity_key

from models.base import Base

Kind = TypeVar("Kind", bound=Base)

DIALECT: sa.Dialect = dialect.dialect()  # type: ignore[no-untyped-call]


def columns(kind: type[Base]) -> str:
    """All columns of a table, named for a hot statement.

    With `*` a statement that is prepared would break on the day that a release adds a column.
    """
    return ", ".join(kind.__table__.columns.keys())


def compiled(statement: sa.Select[*tuple[Any, ...]]) -> str:
    """A statement of the library's as text for `hot`, with its `bindparam`s as names.

    Made once where a module is read: to build and recognise one anew takes longer than to run it.
    """
    return str(statement.compile(dialect=DIALECT))


def loaded(session: Session, kind: type[Kind], row: Any) -> Kind:
    """A whole row that a hot statement brought, as the session's own object.

    One that the session knows already is read anew, after what was changed in it is written.
    """
    ident = tuple(getattr(row, str(column.key)) for column in sa.inspect(kind).primary_key)
    known: Kind | None = session.identity_map.get(identity_key(kind, ident))
    if known is not None:
        session.refresh(known)
        return known
    found = kind()
    for name, value in row._asdict().items():
        set_committed_value(found, name, value)
    make_transient_to_detached(found)
    session.add(found)
    return found


def adopt(session: Session, row: Base) -> None:
    """Take what a hot statement wrote or read as the session's own, as if it had loaded it.

    Columns that were not given are empty in the database too; related rows are read when asked for.
    """
    state = sa.inspect(row)
    for name in set(type(row).__table__.columns.keys()) & state.unloaded:
        set_committed_value(row, name, None)
    make_transient_to_detached(row)
    session.add(row)
