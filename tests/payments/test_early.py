"""A success that is told before we know the gateway's name of the attempt: kept, asked about, then believed."""

import json
from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest
import sqlalchemy as sa

from models import due
from models.db import Database
from models.invoices import Invoice
from models.payments import Attempt
from models.platform import DueWork, ProviderEvent
from models.told import Notice
from payments import events, jobs, push, reconcile, settlement, upcoming
from payments.evidence import Settled
from payments.gateway import (
    Ask,
    Failed,
    NoAnswer,
    Outcome,
    Rejected,
    Submitted,
    Succeeded,
    Unknown,
    Verdict,
)
from tests import make
from tests.conftest import NOW
from tests.payments import bed
from tests.payments.bed import Move
from tests.payments.test_news import payload

FORGED = {"CheckoutRequestID": "ws_CO_191220191020363925", "MerchantRequestID": "29115-34620561-1"}
Key = tuple[int, int]


def opened(database: Database, state: str = "submitting", **more: Any) -> Key:
    """A committed attempt whose push was not answered: merchant and attempt id."""
    with database.transaction() as session:
        merchant = make.merchant(session)
        attempt = bed.opened(session, make.invoice(session), **more)
        attempt.state, attempt.submitted_at = state, NOW
        return merchant.id, attempt.id


def attempt_of(database: Database, key: Key) -> Attempt:
    with database.transaction(key[0]) as session:
        found = session.get_one(Attempt, key)
        session.expunge(found)
        return found


def tell(database: Database, key: Key, name: str = "stk_success", **changes: object) -> Settled:
    """Safaricom posts, the job settles: what became of it."""
    body = json.loads(payload(name))
    body["Body"]["stkCallback"] |= changes
    reference = attempt_of(database, key).reference
    raw = json.dumps(body).encode()
    told = events.Told("daraja", "stk", f"/stk/{reference}", raw, {}, None, None, reference)
    with database.transaction() as session:
        event_id = events.store(session, told, events.attempt_merchant(session, reference))
        assert event_id is not None
    work(database)
    with database.transaction() as session:
        return Settled(str(session.get_one(ProviderEvent, event_id).outcome))


def work(database: Database) -> None:
    """Every settle job that is there, once."""
    with database.as_owner() as session:
        waiting = bed.jobs(session, "payments.settle")
        session.execute(sa.text("DELETE FROM jobs.procrastinate_jobs"))
    for job in waiting:
        jobs.settle(database, **job)


def sweep(database: Database, verdict: Verdict) -> list[str | None]:
    """One tick: the ids that were asked about."""
    gateway = bed.Fake(verdict=verdict)
    for row in due.claimed(database, upcoming.KIND):
        reconcile.reconcile(database, {"daraja": gateway}, row.merchant_id, row.subject_id)
    work(database)
    return [ask.handle for ask in gateway.queried]


def booked(database: Database, key: Key) -> list[tuple[int, str | None, str | None]]:
    """Amount, receipt and what is wrong with it, of every payment that stands."""
    with database.transaction(key[0]) as session:
        return [(p.amount_minor, p.receipt, p.needs_review) for p in bed.payments(session)]


def told(database: Database, key: Key) -> list[str]:
    with database.transaction(key[0]) as session:
        return sorted(session.scalars(sa.select(Notice.kind)))


def open_events(database: Database) -> int:
    with database.transaction() as session:
        unhandled = sa.select(sa.func.count()).where(ProviderEvent.handled_at.is_(None))
        return session.scalar(unhandled) or 0


PAID = [(255_000, bed.RECEIPT, None)]


@pytest.mark.parametrize("state", ["submitting", "unknown", "rejected", "expired", "failed"])
def test_it_is_kept_and_nobody_believes_it(joined: Database, state: str) -> None:
    """Whatever the attempt has come to: no money, no word to anybody, the question is due."""
    key = opened(joined, state)
    assert tell(joined, key) is Settled.EARLY
    assert (booked(joined, key), told(joined, key)) == ([], [])
    found = attempt_of(joined, key)
    assert (found.state, found.handle) == (state, None)
    assert open_events(joined) == 1
    with joined.transaction(key[0]) as session:
        due_at = session.scalars(sa.select(DueWork.act_after)).one()
    assert due_at - NOW == timedelta(seconds=5 if state == "submitting" else 0)


def test_the_pushs_answer_agrees(joined: Database) -> None:
    """A callback that overtook it is believed the moment it is there, without any question."""
    key = opened(joined, "created")
    gateway = bed.Fake(meanwhile=lambda _ask: tell(joined, key))
    push.push(joined, {"daraja": gateway}, *key)
    assert booked(joined, key) == []
    work(joined)
    assert booked(joined, key) == PAID
    assert told(joined, key) == ["paid", "paid"]
    assert attempt_of(joined, key).state == "succeeded"
    assert (open_events(joined), gateway.queried) == (0, [])
    with joined.transaction(key[0]) as session:
        assert not session.scalars(sa.select(Invoice)).one().balance


def test_the_pushs_answer_names_another(joined: Database) -> None:
    """Then it was a forgery: kept and marked, booked nowhere, and the genuine one still lands."""
    key = opened(joined, "created")
    gateway = bed.Fake(meanwhile=lambda _ask: tell(joined, key, **FORGED))
    push.push(joined, {"daraja": gateway}, *key)
    work(joined)
    assert booked(joined, key) == [(255_000, bed.RECEIPT, "ids")]
    found = attempt_of(joined, key)
    assert (found.state, found.handle, found.needs_review) == ("pending", bed.HANDLE, "ids")
    assert told(joined, key) == ["review"]
    assert tell(joined, key) is Settled.BOOKED
    assert booked(joined, key) == PAID


@pytest.mark.parametrize("outcome", [Rejected("x"), Unknown("x")])
def test_the_push_is_answered_without_a_name(joined: Database, at: Move, outcome: Outcome) -> None:
    """Refused or lost: the name that was told is asked about, and a yes books it with its receipt."""
    key = opened(joined, "created")
    push.push(joined, {"daraja": bed.Fake(outcome, meanwhile=lambda _ask: tell(joined, key))}, *key)
    work(joined)
    assert booked(joined, key) == []
    at(5)
    assert sweep(joined, Succeeded()) == [bed.HANDLE]
    assert booked(joined, key) == PAID
    found = attempt_of(joined, key)
    assert (found.state, found.handle, found.needs_review) == ("succeeded", bed.HANDLE, None)
    assert (told(joined, key), open_events(joined)) == (["paid", "paid"], 0)


def test_the_question_fails_for_an_hour(joined: Database, at: Move) -> None:
    """It goes on, ever more rarely; the attempt runs out meanwhile, the money lands all the same."""
    key = opened(joined, "unknown")
    tell(joined, key)
    times = []
    for second in (0, 30, 60, 120, 180, 420, 480, 1020, 1080, 3000):
        at(second)
        if sweep(joined, NoAnswer("500.001.1001")):
            times.append(second)
    assert times == [0, 60, 180, 480, 1080]
    assert attempt_of(joined, key).state == "expired"
    assert booked(joined, key) == []
    at(1080 + 3600)
    sweep(joined, Succeeded())
    assert booked(joined, key) == PAID
    assert told(joined, key).count("paid") == 2


def test_nobody_ever_answers(joined: Database, at: Move) -> None:
    """After a day it is a claim that a person looks at, and is asked about no more."""
    key = opened(joined, "unknown")
    tell(joined, key)
    for second in (0, 60, 180, 480, 1080, 4680, 8280, 90_000, 97_000):
        at(second)
        sweep(joined, NoAnswer("500.001.1001"))
    assert booked(joined, key) == [(255_000, bed.RECEIPT, "ids")]
    assert open_events(joined) == 0
    assert set(told(joined, key)) == {"review"}
    with joined.transaction(key[0]) as session:
        assert session.scalars(sa.select(DueWork)).all() == []


def test_the_gateway_says_no(joined: Database, at: Move) -> None:
    """A definite no of what was told: kept as a claim; nothing is booked, nobody is thanked."""
    key = opened(joined, "unknown")
    tell(joined, key, **FORGED)
    at(1)
    assert sweep(joined, Failed("1032")) == [FORGED["CheckoutRequestID"]]
    assert booked(joined, key) == [(255_000, bed.RECEIPT, "ids")]
    assert told(joined, key) == ["review"]
    assert open_events(joined) == 0
    assert attempt_of(joined, key).state == "unknown"


def test_a_liar_and_a_payer(joined: Database, at: Move) -> None:
    """Each name is asked about in its turn: the lie cannot hide the truth."""
    key = opened(joined, "unknown")
    tell(joined, key, **FORGED)
    tell(joined, key)
    at(1)
    assert sweep(joined, NoAnswer("500.001.1001")) == [FORGED["CheckoutRequestID"]]
    at(120)
    assert sweep(joined, Succeeded()) == [bed.HANDLE]
    assert booked(joined, key) == PAID
    assert attempt_of(joined, key).state == "succeeded"
    assert open_events(joined) == 0


def test_a_lie_told_often_is_asked_about_once_a_turn(joined: Database, at: Move) -> None:
    """Whoever repeats a name does not put off the true one."""
    key = opened(joined, "unknown")
    for times in range(4):
        tell(joined, key, **FORGED, ResultDesc=f"Processed {times}")
    tell(joined, key)
    at(1)
    sweep(joined, NoAnswer("500.001.1001"))
    at(120)
    assert sweep(joined, Succeeded()) == [bed.HANDLE]
    assert booked(joined, key) == PAID


def test_a_name_that_another_attempt_has(joined: Database, at: Move) -> None:
    """The gateway's yes is about that one: told again for this, it is a claim and no money."""
    with joined.transaction() as session:
        make.merchant(session)
        bed.pending(session, make.invoice(session))
    key = opened(joined, "unknown", phone="+254722000222")
    tell(joined, key)
    at(1)
    sweep(joined, Succeeded())
    assert booked(joined, key) == [(255_000, bed.RECEIPT, "ids")]
    found = attempt_of(joined, key)
    assert (found.state, found.handle, found.needs_review) == ("unknown", None, "ids")
    assert told(joined, key) == ["review"]


def test_a_failure_lends_no_name(joined: Database) -> None:
    """A forged failure, then a forged success with the same ids: still not believed."""
    key = opened(joined)
    assert tell(joined, key, "stk_cancelled", **FORGED) is Settled.FAILED
    assert attempt_of(joined, key).handle is None
    assert tell(joined, key, **FORGED) is Settled.EARLY
    assert booked(joined, key) == []


def test_an_unreachable_phone_is_asked_about_by_its_told_name(joined: Database, at: Move) -> None:
    """1037 told for a push whose answer was lost: the late yes lands."""
    key = opened(joined, "unknown")
    assert tell(joined, key, "stk_cancelled", ResultCode=1037) is Settled.FAILED
    at(60)
    asked = sweep(joined, Succeeded())
    assert len(asked) == 1
    assert booked(joined, key) == [(255_000, None, None)]
    assert attempt_of(joined, key).state == "succeeded"


def test_a_no_of_a_told_name_ends_nothing_twice(joined: Database, at: Move) -> None:
    """The gateway agrees with the failure: nothing more is asked."""
    key = opened(joined, "unknown")
    tell(joined, key, "stk_cancelled", ResultCode=1037)
    at(60)
    sweep(joined, Failed("1037"))
    assert attempt_of(joined, key).state == "failed"
    at(10_000)
    assert sweep(joined, Succeeded()) == []


def test_a_false_no_does_not_hush_the_payer(joined: Database, at: Move) -> None:
    """What the gateway says of one told name ends no question about another."""
    key = opened(joined, "unknown")
    tell(joined, key, "stk_cancelled", **FORGED)
    assert tell(joined, key) is Settled.EARLY
    at(1)
    assert sweep(joined, Failed("1032")) == [FORGED["CheckoutRequestID"]]
    at(120)
    assert sweep(joined, Succeeded()) == [bed.HANDLE]
    assert booked(joined, key) == PAID
    assert open_events(joined) == 0


def test_a_lie_after_a_true_no_is_looked_at_by_a_person(joined: Database, at: Move) -> None:
    """The prompt failed, and so says the gateway; a success told afterwards waits a day at most."""
    key = opened(joined, "unknown")
    tell(joined, key, "stk_cancelled")
    tell(joined, key, **FORGED)
    at(1)
    assert sweep(joined, Failed("1032")) == [bed.HANDLE]
    for hour in range(1, 26):
        at(hour * 3600)
        sweep(joined, NoAnswer("500.001.1001"))
    assert booked(joined, key) == [(255_000, bed.RECEIPT, "ids")]
    assert told(joined, key) == ["review", "review"]  # after 20 minutes, and at the end
    assert open_events(joined) == 0


@pytest.mark.parametrize("order", list(permutations(["callback", "twin", "answer", "query"])))
def test_every_order_books_once(joined: Database, at: Move, order: tuple[str, ...]) -> None:
    """I-8 with an answer that comes when it likes: one payment with its receipt, nothing waits."""
    key = opened(joined)
    for second, event in enumerate((*order, "query")):
        at(second * 10)
        if event == "callback":
            tell(joined, key)
        elif event == "query":
            sweep(joined, Succeeded())
        else:
            with joined.transaction(key[0]) as session:
                attempt = session.get_one(Attempt, key)
                if event == "answer":
                    push.store(session, attempt.id, Submitted(bed.HANDLE, bed.SECOND))
                else:
                    code = session.scalars(sa.select(Invoice.account_code)).one()
                    settlement.settle(session, bed.confirmation(attempt, code))
            work(joined)
    at(60)
    sweep(joined, Succeeded())
    assert booked(joined, key) == PAID
    assert attempt_of(joined, key).state == "succeeded"
    assert (told(joined, key), open_events(joined)) == (["paid", "paid"], 0)


def test_a_slow_answer_to_a_push_that_was_asked_about(joined: Database, at: Move) -> None:
    """The question was faster than the answer: the answer changes nothing."""
    key = opened(joined, "created")

    def meanwhile(_ask: Ask) -> None:
        tell(joined, key)
        at(6)
        assert sweep(joined, Succeeded()) == [bed.HANDLE]
        assert booked(joined, key) == PAID

    push.push(joined, {"daraja": bed.Fake(meanwhile=meanwhile)}, *key)
    work(joined)
    found = attempt_of(joined, key)
    assert (found.state, found.handle, found.needs_review) == ("succeeded", bed.HANDLE, None)
    assert booked(joined, key) == PAID


def test_a_story_of_two_names(joined: Database, at: Move) -> None:
    """The gateway confirmed a told name and then answers the push with another: a person looks."""
    key = opened(joined, "created")

    def meanwhile(_ask: Ask) -> None:
        tell(joined, key)
        at(6)
        sweep(joined, Succeeded())

    gateway = bed.Fake(Submitted("ws_CO_OTHER", bed.SECOND), meanwhile=meanwhile)
    push.push(joined, {"daraja": gateway}, *key)
    found = attempt_of(joined, key)
    assert (found.state, found.needs_review, found.handle) == ("succeeded", "ids", "ws_CO_OTHER")
    assert "review" in told(joined, key)
    with joined.transaction(key[0]) as session:
        assert session.scalars(sa.select(DueWork)).one().tries == 0
