"""What is wrong with the database, in one line for whoever typed a command."""

import psycopg
from sqlalchemy.exc import SQLAlchemyError

from models.db import AWAY

TROUBLE = (SQLAlchemyError, psycopg.Error)
NO_SCHEMA = (psycopg.errors.UndefinedTable, psycopg.errors.UndefinedColumn)


def in_words(error: Exception) -> str:
    """A missing schema and a database that is away are everyday; anything else is said as it is."""
    cause = getattr(error, "orig", None) or error
    if isinstance(cause, NO_SCHEMA):
        return "the database has no schema, or an old one: bin/bili migrate"
    first = str(cause).strip().split("\n", 1)[0]
    if isinstance(error, AWAY) or isinstance(cause, psycopg.OperationalError):
        return f"the database does not answer: {first}"
    return f"the database refuses: {first}"
