"""What every table shares: the declarative base, the id of a tenant's row, the kinds of columns."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, Identity, MetaData, Text, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Names of constraints are fixed by rule, so that migrations and errors agree on them."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it from the class
        datetime: DateTime(timezone=True),
        dict[str, Any]: JSONB,
        list[Any]: JSONB,
        int: BigInteger,
        str: Text,
    }


def tenant_column() -> Mapped[int]:
    """The merchant a row belongs to: the first half of every tenant table's key (I-19)."""
    return mapped_column(BigInteger, primary_key=True)


def id_column() -> Mapped[int]:
    """The second half of a tenant row's key, unique on its own as well."""
    return mapped_column(BigInteger, Identity(always=False), primary_key=True)


def made_at_column() -> Mapped[datetime]:
    """When the row was made: given by the code from the one clock, never by the database."""
    return mapped_column(DateTime(timezone=True), nullable=False)


def real_time_column() -> Mapped[datetime]:
    """The machine's time of a row that has nothing to do with business time."""
    return mapped_column(DateTime(timezone=True), server_default=func.now(), nullable=False)
