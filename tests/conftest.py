"""Real Postgres for every test: a migrated template, one clone a worker, one rollback a test."""

import logging
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
import pytest_socket
import sqlalchemy as sa
from apiflask import APIFlask
from cryptography.fernet import Fernet
from psycopg import sql
from sqlalchemy.orm import Session

import app
import logs
import settings
from models import clock, db
from models.db import AppSession, Database, Options

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
KEY = Fernet.generate_key().decode()
NOW = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)  # a Friday, 10:00 in Nairobi


@pytest.fixture(scope="session")
def server_url() -> Iterator[str]:
    """The owner's address of a Postgres server: the environment's, or our own embedded one."""
    if url := os.environ.get("DATABASE_URL"):
        yield url
        return
    from models import embedded

    with embedded.server(ROOT / "var" / "test") as server:
        yield server.url


def database_at(url: str, name: str) -> str:
    """The same server's address with another database."""
    parts = sa.make_url(url.replace("postgres://", "postgresql://", 1))
    return parts.set(database=name).render_as_string(hide_password=False)


def schema_stamp() -> str:
    """Changes whenever a migration does, so that an old template is never taken for a new one."""
    import hashlib

    versions = sorted((ROOT / "migrations" / "versions").glob("*.py"))
    text = b"".join(path.read_bytes() for path in versions)
    return hashlib.sha256(text).hexdigest()[:12]


def migrate(url: str) -> None:
    """Bring a database to the newest schema by the real migrations."""
    from alembic import command
    from alembic.config import Config

    config = Config(ROOT / "alembic.ini")
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    command.upgrade(config, "head")


@pytest.fixture(scope="session")
def template(server_url: str) -> str:
    """The name of a migrated database to clone; made once for all workers."""
    name = f"bili_template_{schema_stamp()}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(hashtext('bili test template'))")
        if not connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s AND datistemplate", [name]
        ).fetchone():
            drop(connection, name)
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
            migrate(database_at(server_url, name))
            connection.execute(
                sql.SQL("ALTER DATABASE {} IS_TEMPLATE true").format(sql.Identifier(name))
            )
        connection.execute("SELECT pg_advisory_unlock(hashtext('bili test template'))")
    return name


def drop(connection: psycopg.Connection[tuple[object, ...]], name: str) -> None:
    """Forget a database, whoever is still connected.

    `WITH (FORCE)` would also end an autovacuum worker, which only a superuser may: a plain drop
    asks that one to leave, and the others are ended here.
    """
    connection.execute(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
        " WHERE datname = %s AND backend_type = 'client backend'",
        [name],
    )
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


@contextmanager
def cloned(server_url: str, template: str, name: str) -> Iterator[str]:
    """A database of its own, as fresh as the template; gone afterwards."""
    with psycopg.connect(server_url, autocommit=True) as connection:
        drop(connection, name)
        connection.execute("SELECT pg_advisory_lock(hashtext('bili test template'))")
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )
        connection.execute("SELECT pg_advisory_unlock(hashtext('bili test template'))")
        try:
            yield database_at(server_url, name)
        finally:
            drop(connection, name)


@pytest.fixture(scope="session")
def worker_database(server_url: str, template: str, worker_id: str) -> Iterator[Database]:
    """This worker's database, for tests that roll back."""
    name = f"bili_test_{os.getpid()}_{worker_id}"
    with cloned(server_url, template, name) as url:
        found = Database(Options(url=url, keys=(KEY,), clock_moves=True))
        yield found
        found.close()


@pytest.fixture
def database(server_url: str, template: str, worker_id: str) -> Iterator[Database]:
    """A database of this test alone, for races and processes: rows are really committed."""
    name = f"bili_race_{os.getpid()}_{worker_id}"
    with cloned(server_url, template, name) as url:
        found = Database(Options(url=url, keys=(KEY,), pool_size=40, clock_moves=True))
        yield found
        found.close()


@pytest.fixture
def session(worker_database: Database) -> Iterator[Session]:
    """The application's session as no merchant; whatever it does is rolled back."""
    with worker_database.engine.connect() as connection:
        outer = connection.begin()
        info = {"vault": worker_database.vault, "clock_moves": True}
        with AppSession(connection, join_transaction_mode="create_savepoint", info=info) as found:
            yield found
        outer.rollback()


# A web process as bin/run would make it, with every secret made up. Nobody else may make one:
# `app` and `settings` are imported here and by no other test.
SECRETS = {
    "app_url": "https://bili.test",
    "secret_key": "a-secret-key-of-the-tests",
    "encryption_keys": KEY,
    "telegram_bot_token": "700001:AAtest-token-of-the-tests-000000001",
    "telegram_bot_username": "bili_test_bot",
    "telegram_webhook_secret": "hush-hush-webhook-secret",
    "telegram_api_url": "http://127.0.0.1:9",
    "twilio_account_sid": "AC" + "5a" * 16,
    "twilio_auth_token": "auth-token-of-the-tests",
    "twilio_whatsapp_from": "+14155238886",
    "twilio_api_url": "http://127.0.0.1:9",
    "twilio_content_url": "http://127.0.0.1:9",
    "daraja_url": "http://127.0.0.1:9",
    "daraja_consumer_key": "consumer-key-of-the-tests",
    "daraja_consumer_secret": "consumer-secret-of-the-tests",
    "daraja_shortcode": "174379",
    "daraja_passkey": "passkey-of-the-tests",
    "daraja_callback_secret": "5ec4e75ec4e75ec4e75ec4e7",
}


def web_process(url: str, **more: str) -> APIFlask:
    """The whole application over a database."""
    values: dict[str, Any] = {"database_url": url} | SECRETS | more
    return app.create_app(settings.Settings(**values))


def environment_example() -> str:
    """What `.env.example` has to be."""
    return settings.example()


@pytest.fixture
def web(database: Database) -> Iterator[APIFlask]:
    """The application over a database of this test alone; rows are really committed."""
    found = web_process(database.options.url)
    yield found
    found.extensions["bili.database"].close()


@pytest.fixture
def as_merchant(session: Session) -> Callable[[int], None]:
    """Go on as a merchant within the rolled-back session."""
    return lambda merchant_id: db.enter(session, merchant_id)


@pytest.fixture(autouse=True)
def _fixed_clock(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Friday 20 November 2026, 10:00 in Nairobi, unless the test asks for the real clock."""
    if "real_clock" not in request.keywords:
        monkeypatch.setattr(clock, "real_now", lambda: NOW)


LOGS = "BILI_TEST_LOGS"  # names the folder where the whole run's log lines are kept
# Made up in tests, unmistakable, and never to be seen in a log line (I-23).
NEVER_LOGGED = re.compile(
    r"(?<!\d)(?:\+?254|0)[17]\d{8}(?!\d)"  # phones
    r"|/i/[A-Za-z0-9_-]{22}|(?<!\d)70000\d:[A-Za-z]"  # links, bot tokens
    r"|Wanjiru|Mwangi|Otieno|Kamau|Mallory"
    r"|-of-the-tests|-of-the-flows|hush-hush|5ec4e75ec4|f10e5f10e5|c0ffee00c0"
    rf"|{re.escape(KEY)}"
)


@pytest.fixture(autouse=True)
def _kept_logs(worker_id: str) -> Iterator[None]:
    """The product's own log set-up: little on the screen, every line in the run's folder."""
    logs.set_up("DEBUG")
    root = logging.getLogger()
    shown = root.handlers[0]
    shown.setLevel(logging.WARNING)
    kept = logging.FileHandler(Path(os.environ[LOGS]) / f"{worker_id}.log", delay=True)
    kept.setFormatter(shown.formatter)
    root.addHandler(kept)
    yield
    root.removeHandler(kept)
    kept.close()


def pytest_configure(config: pytest.Config) -> None:
    """One folder of logs for the run, workers included."""
    if not hasattr(config, "workerinput"):
        os.environ[LOGS] = tempfile.mkdtemp(prefix="bili-logs-")


def pytest_runtest_setup() -> None:
    """Sockets lead to this machine and to the database's, nowhere else."""
    database = (
        sa.make_url(os.environ["DATABASE_URL"]).host if "DATABASE_URL" in os.environ else None
    )
    hosts = ["127.0.0.1", "::1", "localhost", *filter(None, [database])]
    pytest_socket.socket_allow_hosts(hosts, allow_unix_socket=True)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Once every test has run: no phone, name, token or key in any log line (I-23)."""
    if hasattr(session.config, "workerinput"):
        return
    guilty = sorted(
        {
            f"{path.stem}: {found[0]} in {line[max(0, found.start() - 300) : found.end() + 40]}"
            for path in Path(os.environ[LOGS]).glob("*.log")
            for line in path.read_text("utf-8").splitlines()
            if (found := NEVER_LOGGED.search(line))
        }
    )
    shutil.rmtree(os.environ[LOGS], ignore_errors=True)
    if guilty:
        sys.stderr.write("\n\nThese must not be logged (I-23):\n" + "\n".join(guilty[:20]) + "\n")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


class Counter:
    """The statements sent through an engine, as the driver gets them."""

    def __init__(self) -> None:
        self.statements: list[str] = []

    def __len__(self) -> int:
        return len(self.statements)


@pytest.fixture
def statements(session: Session, monkeypatch: pytest.MonkeyPatch) -> Counter:
    """Counts what goes to psycopg from now on, savepoints included, BEGIN and COMMIT not."""
    session.connection()
    return counting(monkeypatch)


def counting(monkeypatch: pytest.MonkeyPatch) -> Counter:
    """A counter of what every connection of this process sends, until the patch is undone."""
    counter = Counter()
    send = psycopg.Cursor.execute

    def note(cursor: psycopg.Cursor[Any], query: Any, *rest: Any, **more: Any) -> Any:
        counter.statements.append(str(query))
        return send(cursor, query, *rest, **more)

    send_many = psycopg.Cursor.executemany

    def note_many(cursor: psycopg.Cursor[Any], query: Any, *rest: Any, **more: Any) -> Any:
        counter.statements.append(str(query))
        return send_many(cursor, query, *rest, **more)

    monkeypatch.setattr(psycopg.Cursor, "execute", note)
    monkeypatch.setattr(psycopg.Cursor, "executemany", note_many)
    return counter
