"""A release never stands in the way of those who work: migrations wait briefly, and not for ever."""

import psycopg
import pytest
from sqlalchemy.exc import OperationalError

from models.db import Database
from tests.conftest import counting, migrate


@pytest.mark.slow
def test_a_table_in_use_is_not_waited_for_long(database: Database) -> None:
    """Somebody holds what a migration needs: it gives up within seconds and can be tried again."""
    url = database.options.url
    with psycopg.connect(url.replace("postgres://", "postgresql://", 1)) as busy:
        busy.execute("LOCK TABLE alembic_version IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(OperationalError, match="lock timeout"):
            migrate(url)
    migrate(url)


def test_locks_and_statements_are_bounded_first(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both limits hold before the first lock is asked for."""
    sent = counting(monkeypatch)
    migrate(database.options.url)
    waits = next(n for n, said in enumerate(sent.statements) if "pg_advisory" in said)
    limits = {"SET LOCAL lock_timeout = '4s'", "SET LOCAL statement_timeout = '60s'"}
    assert limits <= set(sent.statements[:waits])
