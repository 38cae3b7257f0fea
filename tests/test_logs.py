"""What is written to the logs: one JSON line an event, nobody's name, phone, token or key (I-23)."""

import io
import json
import logging
from typing import Any

import pytest
import sqlalchemy as sa
import structlog
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

import logs
from models.people import Contact
from tests import make


@pytest.fixture
def lines() -> io.StringIO:
    """What goes to standard output, caught."""
    logs.set_up("DEBUG")
    caught = io.StringIO()
    handler = logging.getLogger().handlers[0]
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(caught)
    return caught


def said(lines: io.StringIO) -> dict[str, Any]:
    """The last event."""
    found: dict[str, Any] = json.loads(lines.getvalue().splitlines()[-1])
    return found


SECRETS = {
    "a Kenyan number": ("call +254712345678 now", "712345"),
    "without plus": ("254712345678", "712345"),
    "as typed": ("0712345678 said hi", "0712345"),
    "Tanzanian": ("+255754000444", "754000"),
    "a link": ("GET /i/msLQtaK6vU8EnD-UEGCbXQ 200", "msLQtaK6"),
    "a bot token": ("https://api.telegram.org/bot700001:AAtest-token-of-the-tests-000000001/x", "AAtest"),
    "a path secret": ("POST /webhooks/daraja/5ec4e75ec4e75ec4e7/stk/0a", "5ec4e7"),
    "a reference": ("POST /stk/0123456789abcdef0123456789abcdef", "0123456789"),
    "a login": ("Authorization: Basic Y29uc3VtZXI6c2VjcmV0", "Y29uc3"),
    "a database": ("postgresql://bili:verysecret@db/bili", "verysecret"),
}  # fmt: skip


@pytest.mark.parametrize("case", SECRETS)
@pytest.mark.parametrize("way", ["event", "value", "nested", "library", "exception"])
def test_what_must_not_be_seen_is_masked(lines: io.StringIO, case: str, way: str) -> None:
    """Wherever in an event it stands, and whoever wrote the event."""
    words, secret = SECRETS[case]
    log = structlog.get_logger()
    if way == "event":
        log.info(words)
    elif way == "value":
        log.info("x", detail=words)
    elif way == "nested":
        log.info("x", detail={"a": [words, {"b": words}]})
    elif way == "library":
        logging.getLogger("httpx").warning("said %s", words)
    else:
        log.error("broke", exc_info=ValueError(words))
    assert said(lines)
    assert secret not in lines.getvalue()


@pytest.mark.parametrize(
    "key", ["token", "bot_token", "password", "passkey", "consumer_secret", "phone", "msisdn",
            "client_name", "name", "address", "Authorization", "signature", "email"],
)  # fmt: skip
def test_keys_that_name_a_secret(lines: io.StringIO, key: str) -> None:
    """The value is masked whatever it looks like."""
    structlog.get_logger().info("x", **{key: "Jane"})
    assert said(lines)[key] == "<masked>"


def test_ids_are_what_one_searches_for(lines: io.StringIO) -> None:
    """What is no secret stays readable."""
    structlog.get_logger().info("message", inbound_id=254712345, person_id=7, kind="text")
    assert said(lines)["inbound_id"] == 254712345
    assert said(lines)["kind"] == "text"


def test_a_database_error_tells_no_values(lines: io.StringIO, session: Session) -> None:
    """Neither what we sent nor the row that Postgres quotes."""
    owner = make.person(session, name="Wanjiru Kamau")
    make.contact(session, owner, address="Otieno Street 7")
    for broken in (
        sa.insert(Contact).values(
            person_id=owner.id, channel="telegram", address="Otieno Street 7", made_at=owner.made_at
        ),
        sa.insert(Contact).values(
            person_id=owner.id, channel="pigeon", address="Otieno Street 8", made_at=owner.made_at
        ),
        sa.text("SELECT CAST(:x AS bigint)").bindparams(x="Otieno Street 9"),
    ):
        try:
            with session.begin_nested():
                session.execute(broken)
        except DBAPIError:
            structlog.get_logger().exception("broke")
    assert len(lines.getvalue().splitlines()) == 3
    assert "Otieno" not in lines.getvalue()
    assert "Wanjiru" not in lines.getvalue()
