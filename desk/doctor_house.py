"""The doctor at home: database, schema, keys, our own address, worker and clock, callbacks."""

from collections.abc import Iterator
from contextlib import closing
from urllib.parse import urlsplit

import httpx
import psycopg

from desk.doctor_line import Line, Mark, Setup
from models import clock, revisions
from models.db import APP_ROLE
from models.secrets import Vault
from payments.daraja import FORBIDDEN_WORDS, address_allowed, callback_url

OLDEST_SERVER = 150000
ALIVE_S = 60  # worker and clock say every 5 s that they are alive
PATIENCE_S = 5
LOCAL = ("127.0.0.1", "localhost", "::1")
BEATS = "SELECT process, seen_at FROM heartbeats"
COST = {
    "worker": "nothing is sent and no payment is asked for",
    "clock": "lost callbacks are not looked for, nothing falls due",
}
Connection = psycopg.Connection[tuple[object, ...]]


def database(setup: Setup) -> Iterator[Line]:
    """Whether Postgres answers, is new enough, has our schema and role, and fits our keys."""
    if setup.database is None:
        yield Line(Mark.FAULT, "Database: there is none to ask (see the settings above)")
        return
    try:
        with closing(_connect(setup.database.url)) as connection:
            yield _server(connection)
            yield from _schema(connection, setup)
    except psycopg.Error as error:
        yield Line(Mark.FAULT, f"Database: does not answer: {_first_line(error)}")


def _connect(url: str) -> Connection:
    address = url.replace("postgres://", "postgresql://", 1)
    return psycopg.connect(address, connect_timeout=PATIENCE_S, autocommit=True)


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n", 1)[0]


def _server(connection: Connection) -> Line:
    number = connection.info.server_version
    words = f"Database: Postgres {number // 10000}.{number % 10000} answers"
    if number < OLDEST_SERVER:
        return Line(Mark.FAULT, f"{words}, but must be 15 or newer")
    return Line(Mark.OK, words)


def _schema(connection: Connection, setup: Setup) -> Iterator[Line]:
    version = None
    if _scalar(connection, "SELECT to_regclass('alembic_version')"):
        version = _scalar(connection, "SELECT version_num FROM alembic_version")
    if version is None and not setup.production:
        yield Line(
            Mark.NOTE, "Schema: not there yet; bin/run makes it, and so does bin/bili migrate"
        )
    elif version != revisions.newest():
        yield Line(Mark.FAULT, "Schema: older than the program; run bin/bili migrate")
    else:
        yield Line(Mark.OK, "Schema: current")
        yield _role(connection)
        yield from _keys(connection, setup)


def _role(connection: Connection) -> Line:
    """Everything but migrations and reports works as this role: without it nothing does."""
    try:
        with connection.transaction():
            connection.execute(f"SET LOCAL ROLE {APP_ROLE}")
            bypasses = _scalar(
                connection,
                "SELECT rolbypassrls OR rolsuper FROM pg_roles WHERE rolname = current_user",
            )
    except psycopg.Error as error:
        return Line(Mark.FAULT, f"Role {APP_ROLE}: cannot be taken on: {_first_line(error)}")
    if bypasses:
        return Line(Mark.FAULT, f"Role {APP_ROLE}: may see every merchant's rows (BYPASSRLS)")
    return Line(Mark.OK, f"Role {APP_ROLE}: can be taken on, and is kept to one merchant's rows")


def _keys(connection: Connection, setup: Setup) -> Iterator[Line]:
    """Whether what was sealed last can be opened: lost keys mean dead links."""
    sealed = _scalar(
        connection, "SELECT token FROM invoices WHERE token IS NOT NULL ORDER BY id DESC LIMIT 1"
    )
    if setup.database is None or not isinstance(sealed, bytes):
        return
    try:
        Vault(setup.database.keys).open(sealed)
    except ValueError:
        yield Line(Mark.FAULT, "ENCRYPTION_KEYS: none opens what is stored; add the old key behind")
    else:
        yield Line(Mark.OK, "ENCRYPTION_KEYS: open what is stored")


def _scalar(connection: Connection, query: str) -> object:
    row = connection.execute(query).fetchone()
    return row[0] if row else None


def running(setup: Setup) -> Iterator[Line]:
    """Whether our address answers, as providers and customers need it to, and who works behind it.

    On a developer's machine nothing at all may be running; a part alone may not.
    """
    web, seen = _web(setup.bot.app_url), _seen(setup)
    here = not setup.production and urlsplit(setup.bot.app_url).hostname in LOCAL
    if web.mark is Mark.FAULT and here and not seen:
        yield Line(Mark.NOTE, "Bili itself is not running; bin/run starts it")
        return
    yield web
    for process, cost in COST.items():
        if seen is not None and process in seen:
            yield Line(Mark.OK, f"The {process} was alive {seen[process]} s ago")
        elif seen is not None:
            yield Line(Mark.FAULT, f"The {process} is not running: {cost}")


def _web(url: str) -> Line:
    try:
        answer = httpx.get(f"{url}/healthz", timeout=PATIENCE_S, trust_env=False)
        alive = answer.status_code == httpx.codes.OK and answer.json().get("status") == "alive"
    except httpx.HTTPError as error:
        why = type(error).__name__
        return Line(Mark.FAULT, f"Web: {url}/healthz does not answer ({why})")
    except (ValueError, AttributeError):
        alive = False
    if alive:
        return Line(Mark.OK, f"Web: {url} answers")
    return Line(Mark.FAULT, f"Web: {url}/healthz is answered by something else than Bili")


def _seen(setup: Setup) -> dict[str, int] | None:
    """Seconds since each process that is alive was seen; None: the database cannot tell."""
    if setup.database is None:
        return None
    try:
        with closing(_connect(setup.database.url)) as connection:
            rows = connection.execute(BEATS).fetchall()
    except psycopg.Error:
        return None
    now = clock.real_now()
    ago = {str(name): int((now - at).total_seconds()) for name, at in rows}  # type: ignore[operator]
    return {name: max(seconds, 0) for name, seconds in ago.items() if seconds < ALIVE_S}


def callbacks(setup: Setup) -> Iterator[Line]:
    """Whether Safaricom will call the addresses we give it (facts: daraja 2.2)."""
    url, daraja = setup.payments.app_url, setup.payments.daraja
    if not daraja.on:
        return
    example = callback_url(url, daraja.callback_secret, "0" * 32)
    if address_allowed(example, https=setup.production):
        yield Line(Mark.OK, "Callbacks: our address holds none of the words Safaricom refuses")
        return
    found = [word for word in FORBIDDEN_WORDS if word in url.lower()]
    why = f"it holds “{found[0]}”" if found else "it needs https, small letters and no blanks"
    yield Line(Mark.FAULT, f"Callbacks: Safaricom refuses {url}: {why}")
