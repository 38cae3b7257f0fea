"""Money that came unasked: whose it is, which prompt it answers, and what only looks like it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from invoicing import allocation
from models import db
from models.invoices import Invoice
from models.money import Money
from models.payments import Attempt, Payment
from payments import settlement
from payments.evidence import Evidence, Settled, Source
from payments.phones import agrees
from tests import make
from tests.payments import bed


def test_another_receipt_on_a_paid_attempt(
    session: Session, bill: Invoice, attempt: Attempt
) -> None:
    """Two receipts are two payments: the second is kept as the client's, for a person to look."""
    settlement.settle(session, bed.callback(attempt))
    assert settlement.settle(session, bed.callback(attempt, receipt="UKK8ZZZZZZ")) is Settled.REVIEW
    first, second = bed.payments(session)
    assert (first.needs_review, second.needs_review) == (None, "second")
    assert second.attempt_id is None
    assert allocation.credit(session, bill.client_id) == {"KES": 255_000}
    assert bill.paid_minor == 255_000


def test_one_receipt_with_two_amounts(session: Session, bill: Invoice, attempt: Attempt) -> None:
    """Nothing is changed; a person looks."""
    settlement.settle(session, bed.callback(attempt))
    told = bed.confirmation(attempt, bill.account_code, amount=Money(100, "KES"))
    assert settlement.settle(session, told) is Settled.REVIEW
    (payment,) = bed.payments(session)
    assert (payment.amount_minor, payment.needs_review) == (255_000, "amount")


def test_a_receipt_that_another_merchant_has(session: Session) -> None:
    """Rows we cannot see stop the booking, loudly."""
    make.merchant(session)
    first = make.invoice(session)
    settlement.settle(session, bed.callback(bed.pending(session, first)))
    make.merchant(session)
    bill = make.invoice(session)
    second = bed.pending(session, bill, phone="+254722000222", handle="ws_CO_2")
    told = bed.callback(second, handle="ws_CO_2")
    assert settlement.settle(session, told) is Settled.REVIEW
    assert bed.payments(session) == []
    session.refresh(second)
    assert second.needs_review == "receipt"
    assert bed.notices(session) == [("review", "member")]


def test_paid_by_hand_at_the_paybill(session: Session, bill: Invoice) -> None:
    """Money with our account code is booked as it came: a part, then more than the rest."""
    code = f" {bill.account_code[:3].lower()} {bill.account_code[3:]}" if bill.account_code else ""
    part = Evidence(
        "daraja", Source.C2B, amount=Money(100_000, "KES"), receipt="UKK8AAAAAA", account=code
    )
    assert settlement.settle(session, part) is Settled.BOOKED
    session.expire_all()
    assert bill.balance.amount_minor == 155_000
    rest = replace(part, amount=Money(200_000, "KES"), receipt="UKK8BBBBBB")
    assert settlement.settle(session, rest) is Settled.BOOKED
    session.expire_all()
    assert not bill.balance
    assert allocation.credit(session, bill.client_id) == {"KES": 45_000}
    more = replace(part, amount=Money(5_000, "KES"), receipt="UKK8CCCCCC")
    assert settlement.settle(session, more) is Settled.UNALLOCATED
    assert allocation.credit(session, bill.client_id) == {"KES": 50_000}
    assert bed.notices(session) == [
        ("part_paid", "member"),
        ("part_paid", "client"),
        ("paid", "member"),
        ("paid", "client"),
        ("overpaid", "member"),
        ("overpaid", "member"),
    ]


def test_an_account_with_a_typo_is_never_guessed(session: Session, bill: Invoice) -> None:
    """F-5: kept without an owner, and the merchant is told."""
    typo = (bill.account_code or "")[:-1]
    told = Evidence("daraja", Source.C2B, amount=bill.total, receipt="UKK8AAAAAA", account=typo)
    assert settlement.settle(session, told) is Settled.UNALLOCATED
    (payment,) = bed.payments(session)
    assert (payment.client_id, payment.account) == (None, typo)
    assert allocation.unallocated(session, payment.id) == 255_000
    assert bed.notices(session) == [("unallocated", "member")]
    assert bill.paid_minor == 0


def test_a_late_prompt_after_a_resend_becomes_credit(session: Session, bill: Invoice) -> None:
    """F-4: both prompts are paid, the invoice once, the rest is the client's."""
    first = bed.pending(session, bill)
    first.state = "failed"
    session.flush()
    later = db.now(session) + timedelta(minutes=3)
    second = bed.pending(session, bill, phone="+254722000222", handle="ws_CO_2")
    second.submitted_at = later
    session.flush()
    settlement.settle(session, bed.callback(second, handle="ws_CO_2", receipt="UKK8BBBBBB"))
    settlement.settle(session, bed.callback(first))
    assert len(bed.payments(session)) == 2
    assert bill.paid_minor == 255_000
    assert allocation.credit(session, bill.client_id) == {"KES": 255_000}


def test_a_neighbour_paying_the_same_amount_is_not_the_twin(
    session: Session, bill: Invoice, attempt: Attempt
) -> None:
    """Another phone's money with the account code is its own payment; both are kept."""
    settlement.settle(session, bed.callback(attempt))
    other = bed.confirmation(
        attempt, bill.account_code, receipt="UKK8BBBBBB", payer_phone="2547 ***** 999"
    )
    settlement.settle(session, other)
    assert len(bed.payments(session)) == 2
    assert allocation.credit(session, bill.client_id) == {"KES": 255_000}


def test_a_neighbour_paying_while_the_prompt_is_open(
    session: Session, bill: Invoice, attempt: Attempt
) -> None:
    """It pays a part by its own right; the prompt stays what it is."""
    other = bed.confirmation(attempt, bill.account_code, payer_phone="2547 ***** 999")
    assert settlement.settle(session, other) is Settled.BOOKED
    session.refresh(attempt)
    assert attempt.state == "pending"
    assert [one.attempt_id for one in bed.payments(session)] == [None]


def test_a_till_where_nothing_tells_the_payer(session: Session, attempt: Attempt) -> None:
    """No account, no phone: the same amount at the same time is no proof."""
    told = bed.confirmation(attempt, None, payer_phone=None, source=Source.STATEMENT)
    assert settlement.settle(session, told) is Settled.UNALLOCATED
    session.refresh(attempt)
    assert attempt.state == "pending"


def test_the_twin_of_the_first_of_two_prompts(session: Session, bill: Invoice) -> None:
    """The second has its receipt, so this one can only be the first's."""
    first = bed.pending(session, bill)
    first.state = "expired"
    session.flush()
    second = bed.pending(session, bill, phone="+254722000222", handle="ws_CO_2")
    second.phone = first.phone
    second.submitted_at = db.now(session) + timedelta(seconds=5)
    session.flush()
    settlement.settle(session, bed.callback(second, handle="ws_CO_2", receipt="UKK8BBBBBB"))
    settlement.settle(session, bed.confirmation(first, bill.account_code))
    assert {(one.receipt, one.attempt_id) for one in bed.payments(session)} == {
        ("UKK8BBBBBB", second.id),
        (bed.RECEIPT, first.id),
    }


def test_a_query_finds_the_money_that_came_unasked(session: Session, bill: Invoice) -> None:
    """Told before our own rows could show that it was asked for: joined, not booked again."""
    attempt = bed.opened(session, bill)
    attempt.state = "unknown"
    session.flush()
    told = bed.confirmation(attempt, bill.account_code, paid_at=db.now(session))
    assert settlement.settle(session, told) is Settled.BOOKED
    attempt.submitted_at = db.now(session)
    session.flush()
    assert settlement.settle(session, bed.query(attempt)) is Settled.JOINED
    (payment,) = bed.payments(session)
    assert (payment.attempt_id, payment.receipt) == (attempt.id, bed.RECEIPT)
    assert bill.paid_minor == 255_000


def test_old_money_told_again_is_not_a_new_prompts(session: Session) -> None:
    """A payer paid by hand and then was prompted for the same again: the echo changes nothing."""
    make.merchant(session)
    bill = make.invoice(session, total_minor=510_000)
    by_hand = Evidence(
        "daraja",
        Source.C2B,
        amount=Money(255_000, "KES"),
        receipt=bed.RECEIPT,
        account=bill.account_code,
        payer_phone="2547 ***** 678",
        paid_at=db.now(session),
    )
    settlement.settle(session, by_hand)
    attempt = bed.pending(session, bill)
    assert settlement.settle(session, by_hand) is Settled.ALREADY
    session.refresh(attempt)
    assert attempt.state == "pending"


def test_a_twin_outside_the_time_is_another_payment(
    session: Session, bill: Invoice, attempt: Attempt
) -> None:
    """An hour later the same phone pays again: no prompt of ours is answered that late."""
    settlement.settle(session, bed.query(attempt))
    assert attempt.submitted_at is not None
    hour_later = attempt.submitted_at + timedelta(hours=1)
    settlement.settle(session, bed.confirmation(attempt, bill.account_code, paid_at=hour_later))
    first, second = bed.payments(session)
    assert (first.receipt, second.receipt) == (None, bed.RECEIPT)


def test_what_was_recorded_by_hand_is_not_booked_again(session: Session, bill: Invoice) -> None:
    """The merchant typed the receipt of her M-Pesa message before the gateway told us."""
    attempt = bed.pending(session, bill)
    by_hand = Payment(
        merchant_id=bill.merchant_id,
        client_id=bill.client_id,
        provider="manual",
        source="manual",
        method="other",
        amount_minor=255_000,
        currency="KES",
        account=bed.RECEIPT.lower(),
        paid_at=db.now(session),
        made_at=db.now(session),
    )
    session.add(by_hand)
    session.flush()
    standing = allocation.lock(session, [bill.id])[bill.id]
    allocation.book(session, by_hand.id, standing, 255_000)
    assert settlement.settle(session, bed.callback(attempt)) is Settled.JOINED
    (payment,) = bed.payments(session)
    assert (payment.provider, payment.receipt) == ("manual", bed.RECEIPT)
    session.refresh(attempt)
    assert attempt.state == "succeeded"


@pytest.mark.parametrize(
    ("shown", "fits"),
    [
        ("2547 ***** 678", True),
        ("25471****678", True),
        ("254712345678", True),
        ("+254 712 345 678", True),
        ("2547 ***** 679", False),
        ("2541 ***** 678", False),
        ("c27bc29ba2de5ee54a2ec9b5fb2cbc36ff84ee4b92bb9b2bd3f4ae23c2f3ff09", False),
        ("", None),
        (None, None),
    ],
)
def test_masked_and_hashed_phones(shown: str | None, fits: bool | None) -> None:
    """Every shape Daraja shows a payer's number in (facts: daraja 5.1)."""
    assert agrees(shown, bed.PHONE) is fits


def test_a_hashed_phone_is_known_again() -> None:
    """C2B v1 sends the SHA-256 of the digits."""
    import hashlib

    assert agrees(hashlib.sha256(b"254712345678").hexdigest(), bed.PHONE) is True
