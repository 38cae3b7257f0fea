"""Lists for the operator: what stands in the rows, with people's data hidden until asked for."""

from typing import Any

import pytest
import sqlalchemy as sa

from conversations.prompts import Prompt, to_json
from desk import lists
from desk.tables import hidden, hidden_number, table
from models import db
from models.db import Database
from models.people import Conversation
from models.platform import AbuseReport, ProviderEvent
from models.text import _
from models.traffic import Inbound, Outbound
from tests import make
from tests.conftest import NOW

SECRETS = ("Wanjiru", "900111222", "Jane Mwangi", "He is a thief")


def event(kind: str, **more: Any) -> ProviderEvent:
    values = {
        "provider": "daraja",
        "headers": {},
        "body": b"{}",
        "received_at": NOW,
        "key": kind.encode(),
    }
    return ProviderEvent(kind=kind, **(values | more))


@pytest.fixture
def full(joined: Database) -> Database:
    """One of everything that is listed."""
    with joined.transaction() as session:
        owner = make.person(session, name="Wanjiru")
        merchant = make.merchant(session, owner, name="Wanjiru Hardware")
        invoice = make.invoice(session)
        contact = make.contact(session, owner, address="900111222")
        paid = Prompt((_("*{client}* paid {number}.", client="Jane Mwangi", number="INV-1"),))
        session.add_all([
            event("stk", merchant_id=merchant.id),
            event("c2b", handled_at=NOW, outcome="booked"),
            Outbound(
                contact_id=contact.id, purpose="reply", body=to_json(paid), status="failed",
                error_code="400", not_before=NOW, made_at=NOW, tries=8,
            ),
            Inbound(
                channel="telegram", address="900111222", delivery_key="1", said_key="1", kind="text",
                body={}, received_at=NOW, outcome="failed",
            ),
            AbuseReport(
                merchant_id=merchant.id, invoice_id=invoice.id, reason="scam",
                note="He is a thief", made_at=NOW,
            ),
        ])  # fmt: skip
        talk = session.get_one(Conversation, owner.id)
        talk.parked = [{"journal": {"flow": "new_invoice"}, "detour": False}]
        session.flush()
        db.enter(session, None)
    return joined


def shown(full: Database, name: str, **how: Any) -> str:
    said: list[str] = []
    getattr(lists, name)(full, said.append, **how)
    return "\n".join(said)


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("list_parked", ("new_invoice", "2026-11-20 07:00:00Z", "W…")),
        ("list_dead", ("telegram", "400", "8", "…222", "*{client}* paid {number}.")),
        ("list_merchants", ("KE", "KES", "W…")),
        ("list_reports", ("scam", "H…")),
    ],
)
def test_people_are_hidden(full: Database, name: str, facts: tuple[str, ...]) -> None:
    """Ids, states and reasons are told; names, addresses and words only with --show."""
    masked, open_ = shown(full, name, show=False), shown(full, name, show=True)

    assert [fact for fact in facts if fact not in masked] == []
    assert not [secret for secret in SECRETS if secret in masked]
    assert [secret for secret in SECRETS if secret in open_]


def test_words_of_a_dead_message_as_they_would_be_read(full: Database) -> None:
    """With --show the sentence is whole."""
    assert "Jane Mwangi paid INV-1." in shown(full, "list_dead", show=True)


def test_events_unhandled_or_all(full: Database) -> None:
    """The one on which nothing was done, or both, newest first."""
    waiting = shown(full, "list_events", unhandled=True)
    every = shown(full, "list_events", unhandled=False)

    assert ("stk" in waiting, "c2b" in waiting) == (True, False)
    assert every.index("c2b") < every.index("stk")
    assert "booked" in every


def test_nothing_to_list_is_said(joined: Database) -> None:
    """One word, no empty table."""
    for name in ("list_parked", "list_dead", "list_merchants", "list_reports"):
        assert shown(joined, name, show=False) == "none"


def test_a_terminal_is_no_dead_letter_box(full: Database) -> None:
    """What a worker gave up for a chat in a terminal is shown there, not here."""
    with full.as_owner() as session:
        session.execute(sa.text("UPDATE contacts SET channel = 'terminal'"))
    assert shown(full, "list_dead", show=False) == "none"


def test_columns_line_up() -> None:
    """Every column is as wide as its widest cell; what could move the cursor is a blank."""
    lines = table(("id", "name"), [(1, None), (100, "a\x1b[2J\nb")])
    assert lines == ["id   name", "1    -", "100  a [2J b"]


def test_hiding() -> None:
    """First letter of words, last three signs of numbers; nothing stays nothing."""
    assert (hidden("Jane", show=False), hidden("Jane", show=True)) == ("J…", "Jane")
    assert (hidden(None, show=False), hidden_number("+254712345678", show=False)) == (None, "…678")
