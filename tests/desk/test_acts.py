"""What the operator does by hand: an event settled again, a dead message sent again."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from desk import acts
from models.db import Database
from models.invoices import Invoice
from models.payments import Attempt
from payments import events
from payments.events import Told
from tests import make
from tests.conftest import NOW
from tests.payments import bed

BODY = Path(__file__).resolve().parent.parent / "payloads" / "daraja" / "stk_success.json"


@pytest.fixture
def prompt(joined: Database) -> Attempt:
    """A prompt on a phone."""
    return bed.prompted(joined)


def told(joined: Database, attempt: Attempt, body: bytes, merchant_id: int | None) -> int:
    """A callback that was stored, and nothing more."""
    with joined.transaction() as session:
        found = events.store(
            session,
            Told("daraja", "stk", "/x", body, {}, "127.0.0.1", reference=attempt.reference),
            merchant_id,
        )
        assert found is not None
        return found


def balance(joined: Database, attempt: Attempt) -> int:
    with joined.transaction(attempt.merchant_id) as session:
        key = (attempt.merchant_id, attempt.invoice_id)
        return session.get_one(Invoice, key).balance.amount_minor


def test_a_forgotten_event_is_settled(joined: Database, prompt: Attempt, said: list[str]) -> None:
    """The customer paid and nothing was booked: replaying books it, once (A-15)."""
    event_id = told(joined, prompt, BODY.read_bytes(), prompt.merchant_id)
    assert balance(joined, prompt) > 0

    assert acts.replay(joined, event_id, said.append)
    assert balance(joined, prompt) == 0
    assert acts.replay(joined, event_id, said.append)
    assert [line.split(": ")[1] for line in said] == ["booked", "already"]
    with joined.transaction(prompt.merchant_id) as session:
        assert len(bed.payments(session)) == 1
        found = events.find(session, event_id)
    assert found is not None
    assert found.outcome == "already"


def test_its_job_waits_as_well(joined: Database, prompt: Attempt, said: list[str]) -> None:
    """Should we break in the middle, a worker settles it: each replay leaves its job."""
    event_id = told(joined, prompt, BODY.read_bytes(), prompt.merchant_id)
    acts.replay(joined, event_id, said.append)
    with joined.as_owner() as session:
        assert len(bed.jobs(session, "payments.settle")) == 2


def test_what_cannot_be_replayed_is_said(
    joined: Database, prompt: Attempt, said: list[str]
) -> None:
    """No such event, nobody's event, an event that nobody understands."""
    nobodys = told(joined, prompt, b"{}", None)
    strange = told(joined, prompt, b"[]", prompt.merchant_id)

    assert not acts.replay(joined, 999_999_999, said.append)
    assert not acts.replay(joined, nobodys, said.append)
    assert not acts.replay(joined, strange, said.append)
    assert [line.split(": ")[1] for line in said] == [
        "there is none",
        "is nobody's",
        "not understood",
    ]


def test_every_outcome_has_words() -> None:
    """Whatever settling can come to is told to the operator in plain words."""
    from payments.evidence import Settled

    assert set(acts.SETTLED) == {outcome.value for outcome in Settled}


def test_a_dead_message_is_sent_again(joined: Database, said: list[str]) -> None:
    """It waits as if it were new; one that is not dead stays as it is."""
    with joined.transaction() as session:
        contact = make.contact(session, make.person(session), held_until=NOW)
        row = session.scalar(
            sa.text(
                "INSERT INTO outbound (contact_id, purpose, body, status, tries, error_code,"
                " not_before, made_at) VALUES (:c, 'reply', '{}', 'failed', 8, '400', :n, :n)"
                " RETURNING id"
            ),
            {"c": contact.id, "n": NOW},
        )
    assert row is not None
    assert acts.send_again(joined, row, said.append)
    assert not acts.send_again(joined, row, said.append)
    with joined.as_owner() as session:
        found = session.execute(
            sa.text(
                "SELECT o.status, o.tries, o.error_code, c.held_until FROM outbound o"
                " JOIN contacts c ON c.id = o.contact_id"
            )
        ).one()
    assert tuple(found) == ("waiting", 0, None, None)
    assert said[1] == f"Message {row}: is not dead"
