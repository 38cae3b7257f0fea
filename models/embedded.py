"""The embedded Postgres under BILI_HOME: start it or join it, and stop it when the last one leaves.

Any number of processes share one server. Each holds a shared lock on `users` for as long as it
lives; `Server.stop` ends the server only if nobody else holds one. The kernel drops the lock of a
killed process, and nothing is judged by a process id written in a file, so no death, however rude,
stands in the way of the next start. Who ends without `stop` leaves the server running, to be joined
and stopped by the next. Nothing here runs at exit or on its own.

    BILI_HOME/postgres.lock   one process at a time starts or stops
    BILI_HOME/postgres/       data, log, socket, `url` and `users` (see models/postmaster.py)
"""

import contextlib
import fcntl
import os
import secrets
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import psycopg
from psycopg import errors

from models import postmaster
from models.postmaster import OWNER, POLL_S, EmbeddedError

__all__ = ["DATABASE", "OWNER", "EmbeddedError", "Server", "running", "server", "start"]

DATABASE = "bili"
SOCKET_BYTES = 107  # a Unix socket's whole path; the kernel takes no longer one
START_S = 60  # a crash is recovered from before the first connection
LOCK_S = 120


class Server:
    """Our share in the server under `home`; from `start` on, `url` is its database `bili`.

    Made before anything runs, so that whoever is told to end in the midst of a start can still
    `stop` what was begun.
    """

    def __init__(self, home: Path) -> None:
        self.url = ""
        self._home = home.absolute()
        self._folder = self._home / "postgres"
        self._share: int | None = None

    def start(self) -> None:
        """Join the running server, or start one, made on first use. Raises as `start` below."""
        try:
            self._home.mkdir(parents=True, exist_ok=True)
            with _alone(self._home):
                self._folder = postmaster.make_folder(self._folder)
                self._share = os.open(self._folder / "users", os.O_RDWR | os.O_CREAT, 0o600)
                fcntl.flock(self._share, fcntl.LOCK_SH)
                self.url = _joined(self._folder) or _started(self._folder)
                _make_database(self.url)
        except OSError as error:
            raise EmbeddedError(
                f"The database under {self._home} cannot be used: {error}"
            ) from error

    def stop(self) -> None:
        """Give our share back and, if nobody else has one, end the server. Twice is once."""
        if self._share is None:
            return
        share, self._share = self._share, None
        try:
            with _alone(self._home):
                if _lock(share, fcntl.LOCK_EX):
                    postmaster.end(self._folder)
        finally:
            fcntl.flock(share, fcntl.LOCK_UN)  # a forked child of ours may have it open still
            os.close(share)


def start(home: Path) -> Server:
    """Join the server running under `home`, or start one, made on first use.

    Raises EmbeddedError with one line for who typed the command.
    """
    ours = Server(home)
    try:
        ours.start()
    except BaseException:  # Ctrl-C too: nobody else would end what was begun
        ours.stop()
        raise
    return ours


def running(home: Path) -> str | None:
    """The URL of the server running under `home`, if it answers now. Changes nothing."""
    try:
        folder = (home.absolute() / "postgres").resolve()
        url = (folder / "url").read_text()
        return url if _answers(folder, url) else None
    except OSError:
        return None


@contextlib.contextmanager
def server(home: Path) -> Iterator[Server]:
    """`start` on entering, `stop` on leaving, also where the start is broken off."""
    ours = Server(home)
    try:
        ours.start()
        yield ours
    finally:
        ours.stop()


@contextlib.contextmanager
def _alone(home: Path) -> Iterator[None]:
    """One process at a time; who was removed with its folder has nobody to fear."""
    try:
        lock = os.open(home / "postgres.lock", os.O_RDWR | os.O_CREAT, 0o600)
    except FileNotFoundError:
        yield
        return
    try:
        until = time.monotonic() + LOCK_S
        while not _lock(lock, fcntl.LOCK_EX):
            if time.monotonic() > until:
                raise EmbeddedError(f"Another start or stop under {home} does not finish.")
            time.sleep(POLL_S)
        yield
    finally:
        os.close(lock)


def _lock(file: int, kind: int) -> bool:
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _joined(folder: Path) -> str | None:
    """The URL of the running server, waiting for one that is still getting up or going down."""
    try:
        url = (folder / "url").read_text()
    except FileNotFoundError:
        return None
    until = time.monotonic() + START_S
    while not _answers(folder, _maintenance(url)):
        if not postmaster.is_up(folder):
            return None
        if time.monotonic() > until:
            raise EmbeddedError(f"Postgres is up but does not answer (see {folder / 'log'}).")
        time.sleep(POLL_S)
    return url


def _started(folder: Path) -> str:
    postmaster.end(folder)  # orphans of a killed server or starter would hold the data
    password = _password(folder)
    if not (folder / "data").exists():
        postmaster.make_data(folder, password)
    for _attempt in range(3):  # somebody may take the port between our choosing and its use
        if url := _launched(folder, password):
            return url
    raise EmbeddedError(
        f"Postgres did not start: {postmaster.why_not(folder)} (see {folder / 'log'})"
    )


def _launched(folder: Path, password: str) -> str | None:
    url, listen = _address(folder, password)
    _write(folder / "url", url)
    pid = postmaster.launch(folder, listen)
    while postmaster.is_alive(pid):
        if _joined(folder):
            return url
    postmaster.end(folder)
    return None


def _address(folder: Path, password: str) -> tuple[str, dict[str, str]]:
    """Where the server is to be reached: its socket, or loopback where the path is no socket's."""
    path = os.fsencode(folder / postmaster.SOCKET)
    if len(path) <= SOCKET_BYTES and b"," not in path:  # libpq reads a comma as two hosts
        url = f"postgresql://{OWNER}@/{DATABASE}?host={quote(str(folder))}&port=5432"
        return url, {
            "unix_socket_directories": str(folder),
            "listen_addresses": "",
            "port": "5432",
        }
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"postgresql://{OWNER}:{password}@127.0.0.1:{port}/{DATABASE}?sslmode=disable"
    return url, {
        "unix_socket_directories": "",
        "listen_addresses": "127.0.0.1",
        "port": str(port),
    }


def _answers(folder: Path, url: str) -> bool:
    """Whether our server answers there, and not another one that has the port now."""
    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            row = connection.execute("SELECT current_setting('data_directory')").fetchone()
        return row is not None and (folder / "data").samefile(row[0])
    except (psycopg.OperationalError, FileNotFoundError):
        return False


def _make_database(url: str) -> None:
    """Make `bili` unless it is there, or is just being made for a starter that was killed."""
    with psycopg.connect(_maintenance(url), autocommit=True) as connection:
        query = "SELECT FROM pg_database WHERE datname = %s"
        if connection.execute(query, [DATABASE]).fetchone() is None:
            with contextlib.suppress(errors.DuplicateDatabase, errors.UniqueViolation):
                connection.execute(f"CREATE DATABASE {DATABASE}")


def _maintenance(url: str) -> str:
    """The address of the database that is always there."""
    return urlsplit(url)._replace(path="/postgres").geturl()


def _password(folder: Path) -> str:
    file = folder / "password"
    if not file.exists():
        _write(file, secrets.token_hex(16))
    return file.read_text()


def _write(file: Path, text: str) -> None:
    """Write as a whole, readable by nobody else."""
    fresh = file.with_name(file.name + ".new")
    fresh.unlink(missing_ok=True)
    fresh.touch(mode=0o600)
    fresh.write_text(text)
    fresh.replace(file)
