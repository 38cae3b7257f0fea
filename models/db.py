"""Sessions and tenancy: how a transaction begins, which merchant it may see, what time it is.

Every connection puts off the owner's rights as soon as it is made: it works in the role `bili_app`.
A transaction enters its merchant, for itself only, and one that enters none sees nobody's rows.
Reading across merchants happens in `as_owner`, which takes the rights back for one transaction and
for a closed list of callers.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import psycopg
import sqlalchemy as sa
from psycopg.pq import TransactionStatus
from psycopg.rows import namedtuple_row
from psycopg.types.json import set_json_loads
from psycopg.types.numeric import Int8Dumper
from pydantic_core import from_json
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session, sessionmaker

from models import clock
from models.points import Point
from models.secrets import Vault

APP_ROLE = "bili_app"
PUT_OFF = f"SET ROLE {APP_ROLE}"
TAKE_BACK = sa.text("SET LOCAL ROLE NONE")
# Any expression for the merchant's id; null enters none.
ENTERED = "set_config('app.merchant_id', COALESCE(CAST({} AS text), ''), true)"
ENTER = f"SELECT {ENTERED.format('%s::bigint')}"
ENTER_IN_TIME = f"{ENTER}, (SELECT offset_s FROM clock_offset)"
READ_OFFSET = sa.text("SELECT offset_s FROM clock_offset")

# What a caller may see as: Postgres is away or wants us to try again (a deadlock); the driver's own
# error is what a hot statement raises.
AWAY = (OperationalError, PoolTimeoutError, psycopg.OperationalError)


@dataclass(frozen=True)
class Options:
    """Where the database is and how many connections one process may hold."""

    url: str
    keys: tuple[str, ...]
    pool_size: int = 8
    pool_timeout_s: float = 3
    clock_moves: bool = False


class Database:
    """An engine with the two kinds of sessions made on it: the application's and the owner's."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.vault = Vault(options.keys)
        self.engine = sa.create_engine(
            driver_url(options.url),
            pool_size=options.pool_size,
            max_overflow=0,
            pool_timeout=options.pool_timeout_s,
            # The connection used last is used next: what it has prepared and cached is warm, and in
            # calm hours a few serve instead of all in turn, each of them cold.
            pool_use_lifo=True,
            pool_pre_ping=False,
            hide_parameters=True,  # an error's words reach the logs: no names or phones in them
            # Hot statements are few and all look up by index: prepare them at once, plan them once.
            connect_args={
                "options": "-c search_path=public,jobs -c timezone=UTC -c jit=off",
                "prepare_threshold": 2,
            },
        )
        info = {"vault": self.vault, "clock_moves": options.clock_moves}
        event.listen(self.engine, "connect", _prepare)
        event.listen(self.engine, "before_cursor_execute", _before_the_library)
        # What was read stays readable after the commit: a page is drawn from it.
        self._sessions = sessionmaker(
            self.engine, class_=AppSession, info=info, expire_on_commit=False
        )
        self._owner_sessions = sessionmaker(self.engine, info=info, expire_on_commit=False)

    @contextmanager
    def transaction(self, merchant_id: int | None = None) -> Iterator[Session]:
        """One transaction of the application, as a merchant or as none; commits at the end."""
        with self._sessions() as session:
            session.info["merchant_id"] = merchant_id
            session.info.pop("offset_s", None)
            session.info.pop("merchant", None)
            yield session
            session.commit()

    @contextmanager
    def as_owner(self) -> Iterator[Session]:
        """One transaction that sees every merchant: for backup, export, verify, metrics only."""
        with self._owner_sessions() as session, session.begin():
            session.execute(TAKE_BACK)
            session.info["offset_s"] = session.execute(READ_OFFSET).scalar() or 0
            yield session

    def close(self) -> None:
        """Give every connection back."""
        self.engine.dispose()


def _prepare(connection: Any, _record: Any) -> None:
    """A connection is the application's, not the owner's; it sends every int as a bigint.

    By size, the driver would prepare each statement anew. JSON is read by a parser that takes a third
    of the time.
    """
    connection.adapters.register_dumper(int, Int8Dumper)
    set_json_loads(from_json, connection)
    connection.execute(PUT_OFF)
    connection.commit()


class AppSession(Session):
    """A session that enters its tenant, if it has one, as its transaction begins."""


@event.listens_for(AppSession, "after_begin")
def _enter(session: Session, transaction: Any, connection: sa.Connection) -> None:
    if transaction.nested:
        return
    merchant = session.info.get("merchant_id")
    driver = session.info["driver"] = _driver(connection)
    session.info["cursors"] = connection.info.setdefault("cursors", {})
    # Of its own: the transaction before tells us of its end when the connection is ours already.
    session.info["point"] = connection.info["point"] = Point()
    session.info["offset_s"] = 0
    if session.info["clock_moves"]:
        row = driver.execute(ENTER_IN_TIME, [merchant]).fetchone()
        session.info["offset_s"] = (row[1] or 0) if row else 0
    elif merchant is not None:
        driver.execute(ENTER, [merchant])


@event.listens_for(AppSession, "after_transaction_end")
def _leave(session: Session, transaction: Any) -> None:
    if transaction.parent is None:
        session.info.pop("driver", None)
        session.info.pop("cursors", None)
        if (point := session.info.pop("point", None)) is not None:
            point.forget()


def _before_the_library(connection: sa.Connection, *_statement: Any) -> None:
    """What goes through the library's layers is taken to write, its savepoints included."""
    point: Point | None = connection.info.get("point")
    if point is not None:
        point.before_writing(_driver(connection))


def _driver(connection: sa.Connection) -> psycopg.Connection[tuple[Any, ...]]:
    found: psycopg.Connection[tuple[Any, ...]] = connection.connection.driver_connection  # type: ignore[assignment]
    return found


def hot(session: Session, statement: str, values: Mapping[str, Any]) -> psycopg.Cursor[Any]:
    """Run a statement of a hot path straight on the driver, inside the session's transaction.

    For the few statements that every message costs: they skip the library's layers, which take
    longer than the database does. It may write: the point that was wished for is made first; `look`
    is for one that only reads. Write `%(name)s`; flush first what they must see, and fetch at once:
    each connection keeps one cursor for a statement, which knows how to read and write its values
    from the last time, and the next run takes its rows away.
    """
    connection = driver(session)
    session.info["point"].before_writing(connection)
    return look(session, statement, values)


def look(session: Session, statement: str, values: Mapping[str, Any]) -> psycopg.Cursor[Any]:
    """As `hot`, for a statement that writes nothing: no point to come back to is made for it."""
    connection = driver(session)
    kept: dict[str, tuple[str, psycopg.Cursor[Any]]] = session.info["cursors"]
    if statement not in kept:
        kept[statement] = statement, connection.cursor(row_factory=Rows())
    # What it knows holds for the very same string only.
    same, cursor = kept[statement]
    return cursor.execute(same, values, prepare=True)


class Rows:
    """Rows with the names of one statement's columns, which are looked up at its first run only."""

    def __init__(self) -> None:
        self._made: Any = None

    def __call__(self, cursor: psycopg.Cursor[Any]) -> Any:
        """What makes a row of a tuple, as the driver asks for it."""
        if self._made is None:
            self._made = namedtuple_row(cursor)
        return self._made


def driver(session: Session) -> psycopg.Connection[Any]:
    """The session's own driver connection, in a transaction that has begun."""
    if "driver" not in session.info:
        session.connection()
    found: psycopg.Connection[Any] = session.info["driver"]
    return found


def mark(session: Session) -> None:
    """A point to come back to, one for a transaction; by far cheaper than `begin_nested`.

    What writes through the session's own objects still wants `begin_nested` around it: a flush that
    fails outside one ends the whole transaction.
    """
    driver(session)
    session.info["point"].wish()
    session.info["marked"] = session.info.get("merchant_id")


def unmark(session: Session) -> None:
    """What comes now stays."""
    session.info["point"].forget()


@contextmanager
def nested(session: Session) -> Iterator[None]:
    """A savepoint of the library's that is there from the start: an exception undoes all inside.

    `begin_nested` alone puts its savepoint off until the library's own first statement, and what hot
    statements wrote before that would stay.
    """
    with session.begin_nested():
        session.connection()
        yield


def undo(session: Session) -> bool:
    """Back to `mark`: nothing read or written since is true any more.

    False: something had failed before anything was written, with nothing to come back to. All of the
    transaction is lost then, and the session can only `begin_anew`.
    """
    session.expunge_all()
    if not session.info["point"].come_back(driver(session)):
        return False
    session.info["merchant_id"] = session.info["marked"]
    driver(session).execute(ENTER, [session.info["marked"]])
    return True


def begin_anew(session: Session) -> None:
    """Nothing of this transaction was; the next statement begins another, which has no merchant yet."""
    driver(session).rollback()
    session.info["point"].forget()
    session.info["merchant_id"] = None


def driver_url(url: str) -> str:
    """The address as SQLAlchemy wants it; `postgres://` and `postgresql://` are both accepted."""
    return "postgresql+psycopg://" + url.split("://", 1)[1]


def now(session: Session) -> datetime:
    """Business time of this transaction: aware, UTC."""
    if "offset_s" not in session.info:
        session.connection()  # the transaction begins, and brings the clock's offset along
    return clock.shifted(session.info["offset_s"])


def today(session: Session, zone: str) -> date:
    """The merchant's local day."""
    return clock.local_day(now(session), zone)


def vault(session: Session) -> Vault:
    """What seals and opens secrets at rest."""
    found: Vault = session.info["vault"]
    return found


def merchant_id(session: Session) -> int:
    """The merchant this transaction works for. Raises LookupError when there is none."""
    found: int | None = session.info.get("merchant_id")
    if found is None:
        raise LookupError("this transaction works for no merchant")
    return found


def enter(session: Session, merchant: int | None) -> None:
    """Go on as another merchant (or none) for the rest of the transaction."""
    if session.info.get("merchant_id") == merchant:
        return
    session.flush()
    session.info["merchant_id"] = merchant
    driver(session).execute(ENTER, [merchant])


def entered(session: Session, merchant: int | None) -> None:
    """A hot statement has just entered this merchant (or none) with `ENTERED`."""
    session.info["merchant_id"] = merchant


def _failed(session: Session) -> bool:
    """Whether Postgres takes nothing more of this transaction: the first error says why."""
    return driver(session).info.transaction_status == TransactionStatus.INERROR


@contextmanager
def as_merchant(session: Session, merchant: int | None) -> Iterator[Session]:
    """Be a merchant for a while; flushes on both ends so that no row crosses over."""
    before = session.info.get("merchant_id")
    enter(session, merchant)
    try:
        yield session
    except BaseException:
        # The transaction or savepoint is lost: nothing of it may be flushed as another merchant.
        session.info["merchant_id"] = before
        if session.in_transaction() and session.is_active and not _failed(session):
            driver(session).execute(ENTER, [before])
        raise
    enter(session, before)
