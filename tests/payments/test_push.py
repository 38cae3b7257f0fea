"""Asking the payer at most once, whatever dies in between."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from models import clock
from models.db import Database
from models.invoices import Invoice
from models.payments import Attempt
from models.platform import DueWork
from models.told import Notice
from payments import push
from payments.gateway import Ask, Outcome, Rejected, Submitted, Unknown
from tests import make
from tests.conftest import NOW
from tests.payments import bed


def opened(database: Database, **more: object) -> tuple[int, int]:
    """A committed attempt: merchant and attempt id."""
    with database.transaction() as session:
        merchant = make.merchant(session)
        return merchant.id, bed.opened(session, make.invoice(session), **more).id


def state(database: Database, key: tuple[int, int]) -> Attempt:
    """The attempt as it is now."""
    with database.transaction(key[0]) as session:
        found = session.get_one(Attempt, key)
        session.expunge(found)
        return found


def test_submitting_is_committed_before_the_call(joined: Database) -> None:
    """Whoever looks during the call sees it, and no transaction is open (I-16)."""
    key = opened(joined)
    seen: list[str] = []
    gateway = bed.Fake(meanwhile=lambda _ask: seen.append(state(joined, key).state))
    push.push(joined, {"daraja": gateway}, *key)
    assert seen == ["submitting"]
    found = state(joined, key)
    assert (found.state, found.handle, found.second_handle) == ("pending", bed.HANDLE, bed.SECOND)


def test_it_is_asked_with_what_the_payer_will_read(joined: Database) -> None:
    """Account code and invoice number; the reference is the attempt's own."""
    key = opened(joined)
    gateway = bed.Fake()
    push.push(joined, {"daraja": gateway}, *key)
    with joined.transaction(key[0]) as session:
        bill = session.scalars(sa.select(Invoice)).one()
        (ask,) = gateway.charged
        assert (ask.account, ask.about) == (bill.account_code, bill.number_text)
        assert ask.reference == session.get_one(Attempt, key).reference


def test_a_job_that_runs_again_never_sends_again(joined: Database) -> None:
    """It finds `submitting`, says that nobody knows, and leaves the phone alone."""
    key = opened(joined)
    dies = bed.Fake(meanwhile=lambda _ask: _die())
    with pytest.raises(KeyboardInterrupt):
        push.push(joined, {"daraja": dies}, *key)
    assert state(joined, key).state == "submitting"
    gateway = bed.Fake()
    push.push(joined, {"daraja": gateway}, *key)
    push.push(joined, {"daraja": gateway}, *key)
    assert gateway.charged == []
    assert state(joined, key).state == "unknown"


def _die() -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("outcome", "after"),
    [
        (Submitted("ws_CO_9"), "pending"),
        (Rejected("400.002.02"), "rejected"),
        (Unknown("ReadTimeout"), "unknown"),
    ],
)
def test_what_is_answered_is_stored(joined: Database, outcome: Outcome, after: str) -> None:
    """Accepted, refused, or nobody knows (DF-31)."""
    key = opened(joined)
    push.push(joined, {"daraja": bed.Fake(outcome)}, *key)
    assert state(joined, key).state == after


def test_a_refusal_is_told_to_who_asked_in_a_chat(joined: Database) -> None:
    """With the gateway's code; nothing is left to ask about."""
    with joined.transaction() as session:
        merchant = make.merchant(session)
        contact = make.contact(session, make.person(session))
        attempt = bed.opened(session, make.invoice(session), contact_id=contact.id)
        key = (merchant.id, attempt.id)
    push.push(joined, {"daraja": bed.Fake(Rejected("429"))}, *key)
    with joined.transaction(key[0]) as session:
        assert session.scalars(sa.select(Notice.kind)).all() == ["attempt_failed"]
        assert session.scalars(sa.select(DueWork)).all() == []


def test_an_answer_after_the_rerun_is_taken(joined: Database) -> None:
    """The first worker was only slow: its handle ends the doubt."""
    key = opened(joined)

    def runs_again(_ask: Ask) -> None:
        push.push(joined, {"daraja": bed.Fake()}, *key)
        assert state(joined, key).state == "unknown"

    push.push(joined, {"daraja": bed.Fake(meanwhile=runs_again)}, *key)
    assert state(joined, key).state == "pending"


def test_a_prompt_that_waited_too_long_is_not_sent(
    joined: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its payer has turned to something else; a stale prompt would meet a fresh one."""
    key = opened(joined)
    monkeypatch.setattr(clock, "real_now", lambda: NOW + timedelta(minutes=2, seconds=1))
    gateway = bed.Fake()
    push.push(joined, {"daraja": gateway}, *key)
    assert gateway.charged == []
    found = state(joined, key)
    assert (found.state, found.result_code) == ("rejected", "late")


def test_a_job_for_nothing_is_nothing(joined: Database) -> None:
    """No such attempt, or a gateway that was switched off since."""
    key = opened(joined)
    push.push(joined, {}, key[0], 999_999)
    push.push(joined, {}, *key)
    assert state(joined, key).state == "rejected"
