"""A success that is told before we know the gateway's name of the attempt: kept, asked about, then believed."""

from datetime import timedelta
from itertools import permutations

import pytest
import sqlalchemy as sa

from models.db import Database
from models.invoices import Invoice
from models.payments import Attempt
from models.platform import DueWork
from payments import push, settlement
from payments.evidence import Settled
from payments.gateway import (
    Ask,
    NoAnswer,
    Outcome,
    Rejected,
    Submitted,
    Succeeded,
    Unknown,
)
from tests.conftest import NOW
from tests.payments import bed
from tests.payments.bed import Move
from tests.payments.telling import (
    FORGED,
    PAID,
    attempt_of,
    booked,
    open_events,
    opened,
    sweep,
    tell,
    told,
    work,
)


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
