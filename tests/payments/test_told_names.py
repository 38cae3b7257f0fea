"""Names of an attempt that anybody may tell: lies, repeats and refusals neither pay nor hush a payer."""

import sqlalchemy as sa

from models.db import Database
from models.invoices import Invoice
from models.payments import Attempt
from payments import settlement
from payments.evidence import Settled
from payments.gateway import Failed, NoAnswer, Succeeded
from tests import make
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


def test_a_lie_beside_money_that_came_is_looked_at_by_a_person(joined: Database, at: Move) -> None:
    """The money's own confirmation paid it; a lie that still waits then waits a day at most."""
    key = opened(joined, "unknown")
    items = [
        {"Name": "Amount", "Value": 2550.0},
        {"Name": "MpesaReceiptNumber", "Value": "UKK81FORGE"},
    ]
    tell(joined, key, **FORGED, CallbackMetadata={"Item": items})
    with joined.transaction(key[0]) as session:
        code = session.scalars(sa.select(Invoice.account_code)).one()
        settlement.settle(session, bed.confirmation(session.get_one(Attempt, key), code))
    work(joined)
    for hour in range(1, 26):
        at(hour * 3600)
        sweep(joined, NoAnswer("500.001.1001"))
    assert attempt_of(joined, key).state == "succeeded"
    assert booked(joined, key) == [*PAID, (255_000, "UKK81FORGE", "ids")]
    assert (told(joined, key), open_events(joined)) == (["paid", "paid", "review"], 0)
