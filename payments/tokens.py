"""Access tokens, one for all workers: kept encrypted in Postgres, minted by one at a time.

Asking for a second token may cancel the first (facts: daraja 1), so the right to mint is a lease
in Postgres. It is a row with an end (real time), not a lock: nothing is held over the call.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from secrets import token_hex

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from models import clock, db
from models.db import Database
from models.errors import ProviderError
from models.platform import GatewayToken

MARGIN = timedelta(minutes=5)
LEASE = timedelta(seconds=30)
POLL_S = 0.1
POLLS = 400  # a little longer than a lease: whoever holds it finishes or loses it

Mint = Callable[[], tuple[str, int]]


@dataclass(frozen=True)
class Held:
    """A token and the row's own bytes of it, by which it is known again."""

    token: str
    sealed: bytes


def get(database: Database, key: str, mint: Mint) -> Held:
    """The token of a key; `mint` (token, seconds it lives) is called outside every transaction.

    Raises ProviderError as `mint` does, or when whoever holds the lease never comes back.
    """
    for _poll in range(POLLS):
        with database.transaction() as session:
            if held := _fresh(session, key):
                return held
            holder = _lease(session, key)
        if holder:
            return _mint(database, key, holder, mint)
        time.sleep(POLL_S)
    raise ProviderError(key, "token", retryable=True, detail="nobody brought a token")


def drop(database: Database, key: str, held: Held) -> None:
    """Forget a token the provider refused, unless somebody has put a new one in its place."""
    with database.transaction() as session:
        session.execute(
            sa.update(GatewayToken)
            .where(GatewayToken.key == key, GatewayToken.token == held.sealed)
            .values(token=None, expires_at=None)
        )


def _fresh(session: Session, key: str) -> Held | None:
    sealed = session.scalar(
        sa.select(GatewayToken.token).where(
            GatewayToken.key == key,
            GatewayToken.token.is_not(None),
            GatewayToken.expires_at > clock.real_now() + MARGIN,
        )
    )
    if sealed is None:
        return None
    try:
        return Held(db.vault(session).open(sealed), sealed)
    except ValueError:  # the keys were changed since: nobody can read it any more
        session.execute(sa.update(GatewayToken).where(GatewayToken.key == key).values(token=None))
        return None


def _lease(session: Session, key: str) -> str | None:
    """The right to mint, if nobody has it now and nobody was quicker: the holder's name."""
    now, holder = clock.real_now(), token_hex(8)
    statement = insert(GatewayToken).values(key=key, lease_until=now + LEASE, lease_holder=holder)
    return session.scalar(
        statement.on_conflict_do_update(
            index_elements=["key"],
            set_={"lease_until": now + LEASE, "lease_holder": holder},
            where=sa.and_(
                sa.or_(GatewayToken.lease_until.is_(None), GatewayToken.lease_until < now),
                sa.or_(GatewayToken.token.is_(None), GatewayToken.expires_at <= now + MARGIN),
            ),
        ).returning(GatewayToken.lease_holder)
    )


def _mint(database: Database, key: str, holder: str, mint: Mint) -> Held:
    token, lives_s = "", 0
    try:
        token, lives_s = mint()
    finally:
        sealed = database.vault.seal(token) if token else None
        expires_at = clock.real_now() + timedelta(seconds=lives_s) if token else None
        with database.transaction() as session:
            session.execute(
                sa.update(GatewayToken)
                .where(GatewayToken.key == key, GatewayToken.lease_holder == holder)
                .values(token=sealed, expires_at=expires_at, lease_until=None, lease_holder=None)
            )
    return Held(token, sealed or b"")
