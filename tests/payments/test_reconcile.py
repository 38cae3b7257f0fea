"""Who was asked and never heard of is asked about, until there is a verdict or a hard end."""

import pytest
import sqlalchemy as sa

from models import due
from models.db import Database
from models.invoices import Invoice
from models.payments import Attempt
from models.platform import DueWork
from models.told import Notice
from payments import reconcile, settlement, upcoming
from payments.gateway import Failed, NoAnswer, Pending, Succeeded, Verdict
from tests import make
from tests.conftest import NOW
from tests.payments import bed
from tests.payments.bed import Move


def asked(database: Database, *, handle: bool = True) -> tuple[int, int]:
    """A committed attempt whose prompt is out, with or without an answer to the push."""
    with database.transaction() as session:
        merchant = make.merchant(session)
        bill = make.invoice(session)
        if handle:
            return merchant.id, bed.pending(session, bill).id
        attempt = bed.opened(session, bill)
        attempt.state, attempt.submitted_at = "unknown", NOW
        return merchant.id, attempt.id


def sweep(database: Database, gateway: bed.Fake) -> int:
    """One tick: claim what is due, then do its jobs."""
    found = list(due.claimed(database, upcoming.KIND))
    for row in found:
        reconcile.reconcile(database, {"daraja": gateway}, row.merchant_id, row.subject_id)
    return len(found)


def state(database: Database, key: tuple[int, int]) -> str:
    with database.transaction(key[0]) as session:
        return session.get_one(Attempt, key).state


def test_a_lost_callback_is_made_up_for(joined: Database, at: Move) -> None:
    """A-14: half a minute later the query tells, and the invoice is paid without a receipt."""
    key = asked(joined)
    gateway = bed.Fake(verdict=Succeeded())
    at(29)
    assert sweep(joined, gateway) == 0
    at(30)
    assert sweep(joined, gateway) == 1
    assert gateway.queried[0].handle == bed.HANDLE
    assert state(joined, key) == "succeeded"
    with joined.transaction(key[0]) as session:
        (payment,) = bed.payments(session)
        assert (payment.source, payment.receipt) == ("query", None)
        assert not session.scalars(sa.select(Invoice)).one().balance
        assert session.scalars(sa.select(DueWork)).all() == []


@pytest.mark.parametrize("verdict", [Pending(), NoAnswer("500.001.1001")])
def test_without_a_verdict_it_asks_ever_more_rarely(
    joined: Database, at: Move, verdict: Verdict
) -> None:
    """At 30 s, 90 s, then after 120, 300, 600 s, then hourly; a day is the end (facts 3.3)."""
    key = asked(joined)
    gateway = bed.Fake(verdict=verdict)
    times = []
    for second in [*range(0, 1200, 30), 4680, 4710, *range(6000, 95_000, 3600)]:
        at(second)
        if sweep(joined, gateway):
            times.append(second)
    assert times[:6] == [30, 90, 210, 510, 1110, 4710]
    assert times[-1] <= 24 * 3600 + 3600
    assert state(joined, key) == "expired"
    with joined.transaction(key[0]) as session:
        kinds = session.scalars(sa.select(Notice.kind)).all()
        assert kinds.count("review") == 1


def test_after_two_silences_the_page_says_unknown(joined: Database, at: Move) -> None:
    """Nobody stares at a prompt for longer."""
    key = asked(joined)
    gateway = bed.Fake(verdict=NoAnswer("500.001.1001"))
    at(30)
    sweep(joined, gateway)
    assert state(joined, key) == "pending"
    at(90)
    sweep(joined, gateway)
    assert state(joined, key) == "unknown"


def test_a_failure_ends_it(joined: Database, at: Move) -> None:
    """With the code of the gateway."""
    key = asked(joined)
    at(30)
    sweep(joined, bed.Fake(verdict=Failed("1032")))
    assert state(joined, key) == "failed"
    at(10_000)
    assert sweep(joined, bed.Fake()) == 0


def test_the_lost_answer_to_a_push(joined: Database, at: Move) -> None:
    """Nobody can be asked: open for 15 minutes, then expired, and the merchant may look (2.4)."""
    key = asked(joined, handle=False)
    gateway = bed.Fake(verdict=Succeeded())
    for second in range(0, 900, 30):
        at(second)
        sweep(joined, gateway)
        assert state(joined, key) == "unknown"
    at(900)
    sweep(joined, gateway)
    assert state(joined, key) == "expired"
    assert gateway.queried == []
    with joined.transaction(key[0]) as session:
        assert session.scalars(sa.select(Notice.kind)).all() == ["review"]


def test_a_worker_that_died_in_the_call(joined: Database, at: Move) -> None:
    """Its attempt is not left `submitting` for ever."""
    key = asked(joined, handle=False)
    with joined.transaction(key[0]) as session:
        session.get_one(Attempt, key).state = "submitting"
    at(60)
    sweep(joined, bed.Fake())
    assert state(joined, key) == "submitting"
    at(120)
    sweep(joined, bed.Fake())
    assert state(joined, key) == "unknown"


def test_a_push_that_never_ran(joined: Database, at: Move) -> None:
    """No worker for 15 minutes: a hard end (DF-51)."""
    with joined.transaction() as session:
        merchant = make.merchant(session)
        key = (merchant.id, bed.opened(session, make.invoice(session)).id)
    at(900)
    sweep(joined, bed.Fake())
    assert state(joined, key) == "expired"


def test_a_callbacks_word_is_checked(joined: Database, at: Move) -> None:
    """A yes, or three silences, and it is over; a no alerts."""
    key = asked(joined)
    with joined.transaction(key[0]) as session:
        settlement.settle(session, bed.callback(session.get_one(Attempt, key)))
    gateway = bed.Fake(verdict=NoAnswer("500.001.1001"))
    for second in range(0, 1200, 30):
        at(second)
        sweep(joined, gateway)
    assert len(gateway.queried) == 3
    assert state(joined, key) == "succeeded"


def test_a_callbacks_word_is_denied(joined: Database, at: Move) -> None:
    """Marked, told, and asked no more."""
    key = asked(joined)
    with joined.transaction(key[0]) as session:
        settlement.settle(session, bed.callback(session.get_one(Attempt, key)))
    at(60)
    sweep(joined, bed.Fake(verdict=Failed("1032")))
    with joined.transaction(key[0]) as session:
        attempt = session.get_one(Attempt, key)
        assert (attempt.state, attempt.needs_review) == ("succeeded", "contrary")
        assert "review" in session.scalars(sa.select(Notice.kind)).all()
        assert session.scalars(sa.select(DueWork)).all() == []


def test_an_unreachable_phone_is_asked_about_once_more(joined: Database, at: Move) -> None:
    """1037 by callback, paid all the same: the late success lands."""
    key = asked(joined)
    with joined.transaction(key[0]) as session:
        attempt = session.get_one(Attempt, key)
        told = bed.callback(attempt, success=False, code="1037", amount=None)
        settlement.settle(session, told)
    assert state(joined, key) == "failed"
    at(60)
    sweep(joined, bed.Fake(verdict=Succeeded()))
    assert state(joined, key) == "succeeded"


def test_one_question_a_second(joined: Database, at: Move) -> None:
    """Two are due: one is asked, the other is put off, not dropped (facts: daraja 4)."""
    asked(joined)
    with joined.transaction() as session:
        make.merchant(session)
        bed.pending(session, make.invoice(session), phone="0722000222", handle="ws_CO_2")
    gateway = bed.Fake()
    at(30)
    assert sweep(joined, gateway) == 2
    assert len(gateway.queried) == 1
    at(36)
    assert sweep(joined, gateway) == 1
    assert len(gateway.queried) == 2


def test_nothing_is_left_of_an_attempt_that_is_gone(joined: Database) -> None:
    """A job for nobody's attempt does nothing."""
    merchant_id, _invoice = bed.committed(joined)
    gateway = bed.Fake()
    reconcile.reconcile(joined, {"daraja": gateway}, merchant_id, 999_999)
    assert gateway.queried == []
