"""One payment told by several, in every order: booked once, with everything anybody knew."""

from itertools import permutations
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.invoices import Invoice
from models.payments import Attempt, AttemptState
from models.told import Notice
from payments import settlement
from payments.evidence import Evidence, Source
from tests import make
from tests.payments import bed

SOURCES = ("callback", "c2b", "query", "statement")


def tell(source: str, attempt: Attempt, account: str | None) -> Evidence:
    """What each source knows of the same payment."""
    statement = {"source": Source.STATEMENT, "destination": None}
    return {
        "callback": lambda: bed.callback(attempt, paid_at=attempt.submitted_at),
        "query": lambda: bed.query(attempt),
        "c2b": lambda: bed.confirmation(attempt, account),
        "statement": lambda: bed.confirmation(attempt, account, **statement),
    }[source]()


@pytest.mark.parametrize("till", [False, True], ids=["paybill", "till"])
@pytest.mark.parametrize("order", list(permutations(SOURCES)), ids="-".join)
def test_all_24_orders_make_one_payment(
    session: Session, order: tuple[str, ...], till: bool
) -> None:
    """I-8: STK callback, C2B twin, status query and statement in any order (a till has no account)."""
    make.merchant(session)
    bill = make.invoice(session)
    attempt = bed.pending(session, bill)
    account = "" if till else bill.account_code
    for source in order:
        settlement.settle(session, tell(source, attempt, account or None))
    _once(session, bill, attempt)


@pytest.mark.parametrize("order", list(permutations(SOURCES)), ids="-".join)
def test_told_twice_each_it_is_still_one(session: Session, order: tuple[str, ...]) -> None:
    """Every messenger comes twice, the second time after all others."""
    make.merchant(session)
    bill = make.invoice(session)
    attempt = bed.pending(session, bill)
    for source in (*order, *order):
        settlement.settle(session, tell(source, attempt, bill.account_code))
    _once(session, bill, attempt)


@pytest.mark.parametrize("order", list(permutations(SOURCES)), ids="-".join)
def test_late_it_still_lands(session: Session, order: tuple[str, ...]) -> None:
    """An attempt that was given up is paid all the same, whoever says so first (A-13)."""
    make.merchant(session)
    bill = make.invoice(session)
    attempt = bed.pending(session, bill)
    attempt.state = AttemptState.EXPIRED
    session.flush()
    for source in order:
        settlement.settle(session, tell(source, attempt, bill.account_code))
    _once(session, bill, attempt)


def _once(session: Session, bill: Invoice, attempt: Attempt) -> None:
    (payment,) = bed.payments(session)
    assert payment.amount_minor == attempt.amount_minor == bill.paid_minor
    assert payment.receipt == bed.RECEIPT
    assert payment.attempt_id == attempt.id
    assert payment.payer_name == "JANE MWANGI"
    assert payment.needs_review is None
    assert not bill.balance
    assert attempt.state == "succeeded"
    kinds = session.execute(sa.select(Notice.kind, Notice.audience)).all()
    assert sorted(tuple(row) for row in kinds) == [("paid", "client"), ("paid", "member")]
    assert len(bed.jobs(session, "bot.tell")) == 1


FAIL: dict[str, Any] = {"success": False, "code": "1032", "amount": None, "receipt": None}


@pytest.mark.parametrize(
    "order",
    list(permutations(["success", "failure", "expiry", "twin"])),
    ids="-".join,
)
def test_a_success_wins_in_every_order(session: Session, order: tuple[str, ...]) -> None:
    """I-6: late failures and expiries never undo a success, and it comes through after them."""
    make.merchant(session)
    bill = make.invoice(session)
    attempt = bed.pending(session, bill)
    seen: list[str] = []
    for event in order:
        if event == "expiry" and attempt.state in {"pending", "unknown"}:
            attempt.state = AttemptState.EXPIRED
            session.flush()
        elif event == "success":
            settlement.settle(session, bed.callback(attempt))
        elif event == "failure":
            settlement.settle(session, bed.callback(attempt, **FAIL))
        elif event == "twin":
            settlement.settle(session, bed.confirmation(attempt, bill.account_code))
        session.refresh(attempt)
        seen.append(attempt.state)
    assert seen[-1] == "succeeded"
    assert "succeeded" not in seen or set(seen[seen.index("succeeded") :]) == {"succeeded"}
    (payment,) = bed.payments(session)
    assert payment.receipt == bed.RECEIPT
    assert (payment.needs_review, attempt.needs_review) == (None, None)
    assert not bill.balance


def test_a_receipt_told_for_the_attempt_takes_the_place_of_a_guess(session: Session) -> None:
    """A query's payment without receipt and a C2B payment that seemed another's are one."""
    make.merchant(session)
    bill = make.invoice(session)
    attempt = bed.pending(session, bill)
    settlement.settle(session, bed.query(attempt))
    odd = bed.confirmation(attempt, bill.account_code, payer_phone="2541 ***** 999")
    settlement.settle(session, odd)
    assert len(bed.payments(session)) == 2
    settlement.settle(session, bed.callback(attempt))
    (payment,) = bed.payments(session)
    assert (payment.receipt, payment.attempt_id) == (bed.RECEIPT, attempt.id)
    assert not bill.balance
    assert bill.paid_minor == bill.total_minor
