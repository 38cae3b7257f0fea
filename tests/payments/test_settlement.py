"""What is believed, what is kept for a person to judge, and what happens to the money."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from invoicing import allocation
from models import db
from models.invoices import Invoice
from models.money import Money
from models.payments import Attempt
from models.platform import DueWork
from models.told import Notice
from payments import settlement
from payments.evidence import Settled
from tests import make
from tests.conftest import Counter
from tests.payments import bed

FORGED: dict[str, dict[str, Any]] = {
    "another checkout id": {"handle": "ws_CO_191220191020363925"},
    "no checkout id": {"handle": None},
    "another merchant request id": {"second_handle": "29115-34620561-1"},
    "no merchant request id": {"second_handle": None},
    "a shilling less": {"amount": Money(254_900, "KES")},
    "a shilling more": {"amount": Money(255_100, "KES")},
    "a hundredth": {"amount": Money(2_550, "KES")},
    "a hundredfold": {"amount": Money(25_500_000, "KES")},
    "another currency": {"amount": Money(255_000, "TZS")},
}


@pytest.mark.parametrize("wrong", FORGED.values(), ids=FORGED.keys())
def test_what_does_not_fit_is_kept_and_not_believed(
    session: Session, bill: Invoice, attempt: Attempt, wrong: dict[str, Any]
) -> None:
    """I-7: the money is unallocated and marked, nothing is booked, a person is told, we ask."""
    evidence = bed.callback(attempt, **wrong)
    assert settlement.settle(session, evidence) is Settled.REVIEW
    (kept,) = bed.payments(session)
    assert kept.needs_review in {"ids", "amount"}
    assert kept.attempt_id is None
    assert kept.amount == evidence.amount
    session.refresh(attempt)
    assert attempt.state == "pending"
    assert attempt.needs_review == kept.needs_review
    assert bill.paid_minor == 0
    assert allocation.credit(session, bill.client_id) == {}
    assert bed.notices(session) == [("review", "member")]
    due = session.scalars(sa.select(DueWork)).one()
    assert due.act_after == db.now(session)


@pytest.mark.parametrize("wrong", FORGED.values(), ids=FORGED.keys())
def test_a_forgery_does_not_stand_in_the_way_of_the_genuine(
    session: Session, bill: Invoice, attempt: Attempt, wrong: dict[str, Any]
) -> None:
    """The very receipt of the forgery is still free; the claim is taken back."""
    settlement.settle(session, bed.callback(attempt, **wrong))
    settlement.settle(session, bed.callback(attempt))
    (payment,) = bed.payments(session)
    assert (payment.receipt, payment.attempt_id) == (bed.RECEIPT, attempt.id)
    assert not bill.balance
    session.refresh(attempt)
    assert (attempt.state, attempt.needs_review) == ("succeeded", None)


def test_a_wrong_amount_and_a_yes_of_the_gateway(
    session: Session, bill: Invoice, attempt: Attempt
) -> None:
    """The prompt's amount is what was paid: the misstated claim is taken back."""
    settlement.settle(session, bed.callback(attempt, amount=Money(254_900, "KES")))
    settlement.settle(session, bed.query(attempt))
    (payment,) = bed.payments(session)
    assert payment.amount_minor == 255_000
    assert not bill.balance


def test_a_forged_failure_does_nothing(session: Session, attempt: Attempt) -> None:
    """Ids that are not ours end nothing."""
    told = bed.callback(attempt, success=False, code="1032", handle="ws_CO_1", amount=None)
    assert settlement.settle(session, told) is Settled.IGNORED
    session.refresh(attempt)
    assert attempt.state == "pending"


def test_an_attempt_of_nobody(session: Session, bill: Invoice, attempt: Attempt) -> None:
    """Another merchant's attempt is not even seen."""
    other = make.merchant(session)
    assert other.id != bill.merchant_id
    assert settlement.settle(session, bed.callback(attempt)) is Settled.NOBODY


def test_a_success_without_an_amount_is_only_a_hint(
    session: Session, bill: Invoice, attempt: Attempt
) -> None:
    """Daraja marks every item as optional: the query decides."""
    assert settlement.settle(session, bed.callback(attempt, amount=None)) is Settled.ASKED
    assert bed.payments(session) == []
    assert session.scalars(sa.select(DueWork.act_after)).one() == db.now(session)
    assert bill.paid_minor == 0


def test_the_gateway_denies_what_it_said(session: Session, bill: Invoice, attempt: Attempt) -> None:
    """A definite contrary answer marks both and alerts; the booking stands until a person looks."""
    settlement.settle(session, bed.callback(attempt))
    told = bed.query(attempt, success=False, code="1032")
    assert settlement.settle(session, told) is Settled.CONTRARY
    session.refresh(attempt)
    (payment,) = bed.payments(session)
    assert (attempt.state, attempt.needs_review) == ("succeeded", "contrary")
    assert payment.needs_review == "contrary"
    assert bed.notices(session)[-1] == ("review", "member")
    settlement.settle(session, told)
    assert bed.notices(session).count(("review", "member")) == 1


def test_a_success_of_a_callback_is_checked_soon(session: Session, attempt: Attempt) -> None:
    """Unsigned: a query follows within seconds, counted from none."""
    settlement.settle(session, bed.callback(attempt))
    due = session.scalars(sa.select(DueWork)).one()
    assert timedelta(0) < due.act_after - db.now(session) <= timedelta(seconds=30)


def test_a_success_of_a_query_is_final(session: Session, attempt: Attempt) -> None:
    """Nothing more to ask."""
    settlement.settle(session, bed.query(attempt))
    assert session.scalars(sa.select(DueWork)).all() == []


def test_cents_are_rounded_off(session: Session) -> None:
    """2,550.50: 2,550 is asked for and pays it; the rest is an adjustment, never lost."""
    make.merchant(session)
    bill = make.invoice(session, total_minor=255_050)
    attempt = bed.pending(session, bill)
    assert attempt.amount_minor == 255_000
    settlement.settle(session, bed.callback(attempt))
    session.expire_all()
    assert (bill.paid_minor, bill.adjusted_minor, bill.balance.amount_minor) == (255_000, 50, 0)
    assert bed.notices(session)[0] == ("paid", "member")


def test_money_for_an_invoice_that_is_void_by_now(
    session: Session, bill: Invoice, attempt: Attempt
) -> None:
    """The attempt is paid, the money is the client's, a person looks."""
    bill.status = "void"
    session.flush()
    assert settlement.settle(session, bed.callback(attempt)) is Settled.REVIEW
    (payment,) = bed.payments(session)
    assert (payment.client_id, payment.needs_review) == (bill.client_id, "invoice")
    session.refresh(attempt)
    assert attempt.state == "succeeded"
    assert bed.notices(session) == [("review", "member")]


def test_a_failure_is_told_to_who_opened_it_in_a_chat(session: Session) -> None:
    """Once, with its code; nobody is told of a page's attempt, for the page shows it."""
    make.merchant(session)
    contact = make.contact(session, make.person(session))
    attempt = bed.pending(session, make.invoice(session), contact_id=contact.id)
    told = bed.callback(attempt, success=False, code="1", amount=None, receipt=None)
    assert settlement.settle(session, told) is Settled.FAILED
    assert settlement.settle(session, told) is Settled.IGNORED
    (notice,) = session.scalars(sa.select(Notice)).all()
    assert (notice.kind, notice.contact_id, notice.facts) == (
        "attempt_failed",
        contact.id,
        {"code": "1"},
    )


def test_a_failure_that_may_yet_turn_is_asked_about_once_more(
    session: Session, attempt: Attempt
) -> None:
    """1037 was followed by money before (facts: daraja 3.2); 1032 was not."""
    told = bed.callback(attempt, success=False, code="1037", amount=None)
    settlement.settle(session, told)
    assert session.scalars(sa.select(DueWork)).one().act_after > db.now(session)


def test_a_code_nobody_knows_is_no_verdict(session: Session, attempt: Attempt) -> None:
    """Kept on the attempt, which stays open; the gateway is asked."""
    told = bed.callback(attempt, success=False, code="4242", amount=None)
    assert settlement.settle(session, told) is Settled.ASKED
    session.refresh(attempt)
    assert (attempt.state, attempt.result_code) == ("unknown", "4242")


def test_statements_of_a_settlement_are_few(
    session: Session, attempt: Attempt, statements: Counter
) -> None:
    """At most 12 here: the job adds the tenant, its event twice, and the words' job."""
    settlement.settle(session, bed.callback(attempt))
    assert len(statements) <= 12, statements.statements
