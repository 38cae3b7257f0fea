"""One token for all workers, minted by one at a time, known again when it is refused."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa

from models import clock
from models.db import Database
from models.errors import ProviderError
from models.platform import GatewayToken
from payments import outside, tokens
from tests.conftest import NOW


def test_eight_workers_mint_once(database: Database) -> None:
    """Whoever comes while it is being minted waits for it."""
    minted: list[int] = []

    def mint() -> tuple[str, int]:
        outside.check()
        minted.append(threading.get_ident())
        time.sleep(0.3)
        return "the token", 3599

    with ThreadPoolExecutor(8) as pool:
        work = [pool.submit(tokens.get, database, "k", mint) for _ in range(8)]
        assert {one.result().token for one in work} == {"the token"}
    assert len(minted) == 1


def test_it_is_kept_encrypted(joined: Database) -> None:
    """Nothing in the row gives it away."""
    tokens.get(joined, "k", lambda: ("the token", 3599))
    with joined.transaction() as session:
        row = session.scalars(sa.select(GatewayToken)).one()
        assert row.token is not None
        assert b"the token" not in row.token
        assert (row.lease_until, row.lease_holder) == (None, None)


def test_it_is_renewed_before_it_ends(joined: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Five minutes before its hour is over."""
    tokens.get(joined, "k", lambda: ("first", 3599))
    monkeypatch.setattr(clock, "real_now", lambda: NOW + timedelta(minutes=54))
    assert tokens.get(joined, "k", lambda: ("second", 3599)).token == "first"
    monkeypatch.setattr(clock, "real_now", lambda: NOW + timedelta(minutes=55))
    assert tokens.get(joined, "k", lambda: ("second", 3599)).token == "second"


def test_a_refused_token_is_dropped_and_not_its_successor(joined: Database) -> None:
    """Two workers are refused with the same old token: only one new one is minted."""
    old = tokens.get(joined, "k", lambda: ("first", 3599))
    tokens.drop(joined, "k", old)
    new = tokens.get(joined, "k", lambda: ("second", 3599))
    tokens.drop(joined, "k", old)
    assert tokens.get(joined, "k", lambda: ("third", 3599)).token == new.token == "second"


def test_who_fails_to_mint_frees_the_way(joined: Database) -> None:
    """The next one tries at once."""

    def fails() -> tuple[str, int]:
        raise ProviderError("daraja", "400.008.01", retryable=False)

    with pytest.raises(ProviderError):
        tokens.get(joined, "k", fails)
    assert tokens.get(joined, "k", lambda: ("token", 3599)).token == "token"


def test_who_died_minting_loses_the_lease(
    joined: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A lease ends by itself, by real time."""
    with joined.transaction() as session:
        session.add(GatewayToken(key="k", lease_until=NOW + tokens.LEASE, lease_holder="dead"))
    monkeypatch.setattr(tokens, "POLLS", 2)
    with pytest.raises(ProviderError):
        tokens.get(joined, "k", lambda: ("token", 3599))
    monkeypatch.setattr(clock, "real_now", lambda: NOW + tokens.LEASE + timedelta(seconds=1))
    assert tokens.get(joined, "k", lambda: ("token", 3599)).token == "token"


def test_a_token_of_lost_keys_is_minted_anew(joined: Database) -> None:
    """Nobody can read it any more."""
    tokens.get(joined, "k", lambda: ("first", 3599))
    with joined.transaction() as session:
        session.execute(sa.update(GatewayToken).values(token=b"of other keys"))
    assert tokens.get(joined, "k", lambda: ("second", 3599)).token == "second"
