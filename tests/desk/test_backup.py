"""`backup` and `restore`, drilled: into a file, into another database, and the books hold there."""

import stat
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from desk import backup, verify
from desk.backup import BackupError
from invoicing import audit
from models.db import Database, Options
from models.merchants import NumberSeries
from payments import settlement
from tests import make
from tests.conftest import KEY, database_at, drop
from tests.desk.command import bili
from tests.payments import bed

pytestmark = pytest.mark.slow


@pytest.fixture
def books(database: Database) -> Database:
    """A merchant with a paid invoice; its callback's job waits."""
    with database.transaction() as session:
        merchant = make.merchant(session, name="Duka la Asha")
        attempt = bed.pending(session, make.invoice(session, number=1))
        settlement.settle(session, bed.callback(attempt))
        bed.opened(session, make.invoice(session, number=2), phone="+254712345670")
        session.get_one(NumberSeries, (merchant.id, "invoice")).last_number = 2
        session.flush()
        audit.seal(session, merchant.id)
    return database


@pytest.fixture
def elsewhere(server_url: str, tmp_path: Path) -> Iterator[str]:
    """An empty database on the same server."""
    name = f"bili_restored_{tmp_path.name}".replace("-", "_")
    with psycopg.connect(server_url, autocommit=True) as connection:
        drop(connection, name)
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield database_at(server_url, name)
        finally:
            drop(connection, name)


def opened(url: str) -> Database:
    return Database(Options(url=url, keys=(KEY,)))


def names(url: str) -> list[str]:
    found = opened(url)
    with found.as_owner() as session:
        merchants = list(session.scalars(sa.text("SELECT name FROM merchants ORDER BY id")))
    found.close()
    return merchants


def test_the_drill(books: Database, elsewhere: str, tmp_path: Path) -> None:
    """Back up, restore elsewhere, verify there; rights and triggers came along."""
    file = tmp_path / "bili.dump"
    size = backup.backup(books.options.url, file)
    assert size == file.stat().st_size > 10_000
    assert stat.S_IMODE(file.stat().st_mode) == 0o600

    waiting = backup.restore(elsewhere, file, force=False)
    assert any(line.endswith("attempts to collect are open") for line in waiting)
    assert any(line.endswith("jobs wait") for line in waiting)
    restored = opened(elsewhere)
    said: list[str] = []
    assert verify.verify(restored, said.append), said
    assert said[0] == "Looked at 1 merchants, 2 invoices, 1 payments, 1 allocations."
    with restored.transaction(1) as session:
        assert session.scalar(sa.text("SELECT current_user")) == "bili_app"
        assert session.scalar(sa.text("SELECT name FROM merchants")) == "Duka la Asha"
        make.client(session)
    with restored.transaction(2) as session:
        assert session.scalar(sa.text("SELECT count(*) FROM merchants")) == 0
    with pytest.raises(sa.exc.IntegrityError), restored.transaction(1) as session:
        session.execute(sa.text("UPDATE invoices SET total_minor = 1, subtotal_minor = 1"))
    restored.close()


def test_a_full_database_is_not_overwritten(books: Database, tmp_path: Path) -> None:
    """Only --force puts the backup in its place; then what came later is gone."""
    url, file = books.options.url, tmp_path / "bili.dump"
    backup.backup(url, file)
    with books.transaction() as session:
        make.merchant(session, name="Later")
    with pytest.raises(BackupError, match="not empty"):
        backup.restore(url, file, force=False)
    assert names(url) == ["Duka la Asha", "Later"]

    books.close()
    backup.restore(url, file, force=True)
    assert names(url) == ["Duka la Asha"]
    with books.as_owner() as session:
        left = session.scalars(
            sa.text("SELECT nspname FROM pg_namespace WHERE nspname LIKE '%before%'")
        )
        assert list(left) == []


def test_a_broken_file_changes_nothing(books: Database, tmp_path: Path) -> None:
    """Cut off in the middle, or no backup at all: what was there is there again."""
    url, whole = books.options.url, tmp_path / "bili.dump"
    backup.backup(url, whole)
    books.close()
    half, junk = tmp_path / "half.dump", tmp_path / "junk.dump"
    half.write_bytes(whole.read_bytes()[:-500])  # its list is whole, its rows are not
    junk.write_bytes(b"not a backup")

    for file in (half, junk, tmp_path / "missing.dump"):
        with pytest.raises(BackupError):
            backup.restore(url, file, force=True)
        assert names(url) == ["Duka la Asha"]


def test_a_backup_that_fails_leaves_the_old_one(books: Database, tmp_path: Path) -> None:
    """Yesterday's file stays until today's is whole, and no half file lies about."""
    file = tmp_path / "bili.dump"
    file.write_bytes(b"yesterday")
    with pytest.raises(BackupError):
        backup.backup("postgresql://nobody@127.0.0.1:9/none", file)
    assert [(f.name, f.read_bytes()) for f in tmp_path.iterdir()] == [("bili.dump", b"yesterday")]


def test_the_commands(books: Database, elsewhere: str, tmp_path: Path) -> None:
    """As typed: sizes and next steps are told, a refusal is one line."""
    file = str(tmp_path / "bili.dump")
    said = bili("backup", file, DATABASE_URL=books.options.url)
    assert (said.returncode, said.stderr) == (0, "")
    assert said.stdout.endswith(" bytes\n")

    said = bili("restore", file, DATABASE_URL=books.options.url)
    assert said.returncode == 1
    assert said.stderr.startswith("bili: restore: the database is not empty")
    said = bili("restore", file, DATABASE_URL=elsewhere)
    assert said.returncode == 0, said.stderr
    assert bili("verify", DATABASE_URL=elsewhere).returncode == 0


def test_the_password_is_in_no_list_of_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """It travels in the environment of pg_dump, never among its arguments."""
    seen: list[tuple[list[str], dict[str, str]]] = []

    def noted(command: list[str], environment: dict[str, str]) -> object:
        seen.append((command, environment))
        raise BackupError("far enough")

    monkeypatch.setattr(backup, "_call", noted)
    monkeypatch.setattr(backup, "_program", lambda name, _url: name)
    with pytest.raises(BackupError, match="far enough"):
        backup._run("pg_dump", "postgres://me:s3cret@db.example/bili", [])
    ((command, environment),) = seen
    assert "s3cret" not in " ".join(command)
    assert environment["PGPASSWORD"] == "s3cret"
    assert "host=db.example" in command[1]
