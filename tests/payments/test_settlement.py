"""What is believed, what is kept for a person to judge, and what happens to the money."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from invoicing import allocation
from models import db
from models.invoices import Invoice
from models.money import Money
from models.payments import Attempt, Payment
from models.platform import DueWork
from models.told import Notice
from payments import settlement
from payments.evidence import Evidence, Settled, Source
from payments.phones import agrees
from tests import make
from tests.conftest import Counter
from tests.payments import bed


@pytest.fixture
def bill(session: Session) -> Invoice:
    """An invoice over KSh 2,550 of a merchant of its own."""
    make.merchant(session)
    return make.invoice(session)


@pytest.fixture
def attempt(session: Session, bill: Invoice) -> Attempt:
    """Its prompt, on the payer's phone."""
    return bed.pending(session, bill)


def notices(session: Session) -> list[tuple[str, str]]:
    """Kind and audience, oldest first."""
    rows = session.execute(sa.select(Notice.kind, Notice.audience).order_by(Notice.id))
    return [(kind, audience) for kind, audience in rows]


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
    assert notices(session) == [("review", "member")]
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


def test_faster_than_the_gateways_own_answer(session: Session, bill: Invoice) -> None:
    """Our ids are not stored yet: what the callback brings is believed and remembered."""
    attempt = bed.opened(session, bill)
    attempt.state, attempt.submitted_at = "submitting", db.now(session)
    session.flush()
    assert settlement.settle(session, bed.callback(attempt)) is Settled.BOOKED
    session.refresh(attempt)
    assert (attempt.state, attempt.handle) == ("succeeded", bed.HANDLE)


def test_an_id_that_another_attempt_has(session: Session, bill: Invoice) -> None:
    """An id told twice is noted for a person; the money is kept all the same."""
    bed.pending(session, bill)
    other = make.invoice(session)
    second = bed.opened(session, other, phone="+254722000222")
    second.state, second.submitted_at = "submitting", db.now(session)
    session.flush()
    assert settlement.settle(session, bed.callback(second)) is Settled.BOOKED
    session.refresh(second)
    assert (second.handle, second.needs_review) == (None, "ids")


def test_the_gateway_denies_what_it_said(session: Session, bill: Invoice, attempt: Attempt) -> None:
    """A definite contrary answer marks both and alerts; the booking stands until a person looks."""
    settlement.settle(session, bed.callback(attempt))
    told = bed.query(attempt, success=False, code="1032")
    assert settlement.settle(session, told) is Settled.CONTRARY
    session.refresh(attempt)
    (payment,) = bed.payments(session)
    assert (attempt.state, attempt.needs_review) == ("succeeded", "contrary")
    assert payment.needs_review == "contrary"
    assert notices(session)[-1] == ("review", "member")
    settlement.settle(session, told)
    assert notices(session).count(("review", "member")) == 1


def test_a_success_of_a_callback_is_checked_soon(session: Session, attempt: Attempt) -> None:
    """Unsigned: a query follows within seconds, counted from none."""
    settlement.settle(session, bed.callback(attempt))
    due = session.scalars(sa.select(DueWork)).one()
    assert timedelta(0) < due.act_after - db.now(session) <= timedelta(seconds=30)


def test_a_success_of_a_query_is_final(session: Session, attempt: Attempt) -> None:
    """Nothing more to ask."""
    settlement.settle(session, bed.query(attempt))
    assert session.scalars(sa.select(DueWork)).all() == []


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
    assert notices(session) == [("review", "member")]


def test_cents_are_rounded_off(session: Session) -> None:
    """2,550.50: 2,550 is asked for and pays it; the rest is an adjustment, never lost."""
    make.merchant(session)
    bill = make.invoice(session, total_minor=255_050)
    attempt = bed.pending(session, bill)
    assert attempt.amount_minor == 255_000
    settlement.settle(session, bed.callback(attempt))
    session.expire_all()
    assert (bill.paid_minor, bill.adjusted_minor, bill.balance.amount_minor) == (255_000, 50, 0)
    assert notices(session)[0] == ("paid", "member")


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
    assert notices(session) == [
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
    assert notices(session) == [("unallocated", "member")]
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
    assert notices(session) == [("review", "member")]


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


def test_statements_of_a_settlement_are_few(
    session: Session, attempt: Attempt, statements: Counter
) -> None:
    """At most 12 here: the job adds the tenant, its event twice, and the words' job."""
    settlement.settle(session, bed.callback(attempt))
    assert len(statements) <= 12, statements.statements


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
