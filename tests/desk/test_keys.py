"""`keys rotate`: afterwards the first key alone opens everything."""

from typing import Any

import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet

from desk import keys
from models.db import Database
from models.secrets import Vault
from tests import make
from tests.conftest import KEY, NOW

NEW = Fernet.generate_key().decode()


def tokens(database: Database) -> list[bytes]:
    with database.as_owner() as session:
        return list(session.scalars(sa.text("SELECT token FROM invoices WHERE token IS NOT NULL")))


@pytest.fixture
def links(joined: Database) -> Database:
    """Two merchants with issued invoices, one of them revoked; a gateway's access token."""
    for _ in range(2):
        with joined.transaction() as session:
            make.merchant(session)
            for _ in range(3):
                make.invoice(session)
            make.invoice(session, token=None)
    with joined.as_owner() as session:
        session.execute(
            sa.text(
                "INSERT INTO gateway_tokens (key, token, expires_at) VALUES ('d', '\\x00', :now)"
            ),
            {"now": NOW},
        )
    return joined


def rotated(database: Any, said: list[str], *known: str) -> bool:
    database.vault = Vault(known)
    database._info = database._info | {"vault": database.vault}
    return keys.rotate(database, said.append)


def test_the_old_key_can_go(links: Database, said: list[str], monkeypatch: Any) -> None:
    """Every link opens with the new key alone, however many batches it took; tokens are the same."""
    monkeypatch.setattr(keys, "BATCH", 2)
    before = {Vault((KEY,)).open(token) for token in tokens(links)}

    assert rotated(links, said, NEW, KEY)
    assert {Vault((NEW,)).open(token) for token in tokens(links)} == before
    assert said == ["6 links are sealed with the first key"]
    assert len(before) == 6


def test_gateways_are_asked_for_new_tokens(links: Database, said: list[str]) -> None:
    """Access tokens live for an hour: they are forgotten, not sealed anew."""
    rotated(links, said, NEW, KEY)
    with links.as_owner() as session:
        assert session.scalar(sa.text("SELECT token FROM gateway_tokens")) is None


def test_what_no_key_opens_is_counted(links: Database, said: list[str]) -> None:
    """Without the old key nothing is lost: the rows stay as they are and the exit says no."""
    before = tokens(links)

    assert not rotated(links, said, NEW)
    assert tokens(links) == before
    assert said[1].startswith("6 links could not be opened")
