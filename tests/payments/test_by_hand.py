"""Money over several invoices, credit, taken back, given back, confirmed by the customer."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from invoicing import allocation, credit, lifecycle
from invoicing.commands import Method, Part, RecordPayment, RefundPayment
from models import db
from models.errors import Refusal
from models.invoices import Invoice
from models.merchants import Client, Member
from models.money import Money
from models.payments import Payment
from models.told import Audit, Notice
from payments import cash, manual, refunds
from tests import make
from tests.payments import bed

TODAY = date(2026, 11, 20)


def kes(minor: int) -> Money:
    """So many cents."""
    return Money(minor, "KES")


@pytest.fixture
def jane(session: Session) -> Client:
    """A client of a merchant."""
    make.merchant(session)
    return make.client(session)


def record(
    session: Session, client: Client, minor: int, parts: dict[Invoice, int], **more: Any
) -> manual.Recorded:
    """As the dialogue asks for it."""
    ask = more.pop("ask", None)
    member = session.scalars(sa.select(Member)).one()
    split = tuple(Part(bill.id, kes(part)) for bill, part in parts.items())
    values: dict[str, Any] = {"method": Method.CASH, "paid_on": TODAY, "parts": split}
    command = RecordPayment(client.id, kes(minor), **(values | more))
    return manual.record_for(session, command, member, ask=ask)


def refund(session: Session, payment: Payment, minor: int, bill: Invoice | None = None) -> Any:
    """So much of it was given back in cash."""
    member = session.scalars(sa.select(Member)).one()
    command = RefundPayment(payment.id, kes(minor), Method.CASH, None, bill.id if bill else None)
    return refunds.refund(session, command, member)


def code_of(act: Any) -> str:
    """The code of a refusal."""
    with pytest.raises(Refusal) as no:
        act()
    return no.value.code


def test_one_payment_over_three_invoices(session: Session, jane: Client) -> None:
    """Each part where she said, the rest is credit, and the customer hears of it once (F-6)."""
    bills = [
        make.invoice(session, jane, total_minor=minor) for minor in (100_000, 200_000, 300_000)
    ]
    parts = dict(zip(bills, (100_000, 200_000, 50_000), strict=True))
    done = record(session, jane, 400_000, parts)
    assert [bill.balance.amount_minor for bill in bills] == [0, 0, 250_000]
    assert done.left == kes(50_000)
    assert credit.of(session, jane.id, "KES") == kes(50_000)
    assert bed.notices(session) == [("received", "client")]


def test_what_is_kept_for_later_is_told(session: Session, jane: Client) -> None:
    """One invoice and credit: she hears of both."""
    bill = make.invoice(session, jane, total_minor=100_000)
    record(session, jane, 100_000, {bill: 60_000}, method=Method.BANK)
    record(session, jane, 10_000, {bill: 10_000}, method=Method.BANK)
    told = session.execute(sa.select(Notice.kind, Notice.facts).order_by(Notice.id)).all()
    assert [(row.kind, row.facts["left_minor"]) for row in told] == [
        ("received", 40_000), ("part_paid", 0),
    ]  # fmt: skip


def test_parts_are_of_her_own_invoices(session: Session, jane: Client) -> None:
    """Nobody else's invoice is paid, no more than arrived is booked, nothing is written then."""
    mine, others = make.invoice(session, jane), make.invoice(session)
    assert code_of(lambda: record(session, jane, 1_000, {others: 1_000})) == "not_found"
    assert code_of(lambda: record(session, jane, 1_000, {mine: 1_001})) == "amount"
    assert bed.payments(session) == []


def test_what_fits_no_more_becomes_credit(session: Session, jane: Client) -> None:
    """Somebody paid meanwhile: the money is kept all the same."""
    bill, other = (make.invoice(session, jane, total_minor=100_000) for _n in range(2))
    record(session, jane, 60_000, {bill: 60_000})
    done = record(session, jane, 150_000, {bill: 100_000, other: 50_000}, method=Method.BANK)
    assert (bill.balance, other.balance) == (kes(0), kes(50_000))
    assert done.left == kes(60_000)


def test_the_same_again_is_asked_about(session: Session, jane: Client) -> None:
    """Sum, way and day as a moment ago: only an express wish writes it down once more."""
    bill = make.invoice(session, jane)
    record(session, jane, 50_000, {bill: 50_000})
    assert code_of(lambda: record(session, jane, 50_000, {bill: 50_000})) == "twin"
    record(session, jane, 50_000, {bill: 50_000}, again=True)
    record(session, jane, 50_000, {bill: 50_000}, method=Method.BANK)
    assert len(bed.payments(session)) == 3


def test_credit_pays_the_next_invoice(session: Session, jane: Client) -> None:
    """Oldest money first; no more than is owed, no more than there is (I-3)."""
    record(session, jane, 30_000, {}, method=Method.BANK)
    record(session, jane, 20_000, {})
    bill = make.invoice(session, jane, total_minor=40_000)
    assert credit.usable(session, bill) == kes(40_000)
    assert credit.use(session, bill, None) == kes(40_000)
    bill = lifecycle.get(session, bill.id)
    assert not bill.balance
    assert bill.settled_at is not None
    assert credit.of(session, jane.id, "KES") == kes(10_000)
    assert [allocation.unallocated(session, one.id) for one in bed.payments(session)] == [0, 10_000]
    assert code_of(lambda: credit.use(session, bill, None)) == "settled"
    assert "credit.used" in session.scalars(sa.select(Audit.action)).all()


def test_a_reversal_frees_every_invoice_and_is_told(session: Session, jane: Client) -> None:
    """All of them are owed again; she had a receipt, so she hears of it."""
    bills = [make.invoice(session, jane, total_minor=100_000) for _n in range(2)]
    done = record(session, jane, 200_000, dict.fromkeys(bills, 100_000))
    assert manual.reverse(session, done.payment) is True
    assert manual.reverse(session, done.payment) is False
    assert [bill.balance for bill in bills] == [kes(100_000)] * 2
    assert allocation.credit(session, jane.id) == {}
    assert bed.notices(session) == [("received", "client"), ("taken_back", "client")]


def test_a_refund_takes_credit_first(session: Session, jane: Client) -> None:
    """What is left over goes first; only more than that opens an invoice again (I-1)."""
    bill = make.invoice(session, jane, total_minor=100_000)
    payment = record(session, jane, 130_000, {bill: 100_000}).payment
    assert refund(session, payment, 20_000).invoice_id is None
    assert not lifecycle.get(session, bill.id).balance
    done = refund(session, payment, 50_000)
    assert (done.invoice_id, done.reopened) == (bill.id, kes(40_000))
    bill = lifecycle.get(session, bill.id)
    assert (bill.balance, bill.settled_at) == (kes(40_000), None)
    assert allocation.unallocated(session, payment.id) == 0
    assert code_of(lambda: refund(session, payment, 60_001)) == "amount"
    assert code_of(lambda: manual.reverse(session, payment)) == "refunded"


def test_a_refund_of_several_asks_which(session: Session, jane: Client) -> None:
    """Which invoice is owed again is a person's word."""
    bills = [make.invoice(session, jane, total_minor=100_000) for _n in range(2)]
    payment = record(session, jane, 200_000, dict.fromkeys(bills, 100_000)).payment
    assert code_of(lambda: refund(session, payment, 10_000)) == "which"
    refund(session, payment, 10_000, bills[1])
    assert [bill.balance for bill in bills] == [kes(0), kes(10_000)]


def test_cash_she_confirms(session: Session, jane: Client) -> None:
    """It counts from the first moment and is flagged until she says yes (F-13)."""
    bill = make.invoice(session, jane)
    contact = make.contact(session, make.person(session))
    payment = record(session, jane, 50_000, {bill: 50_000}, ask=contact.id).payment
    assert (payment.confirmation, bill.paid) == ("asked", kes(50_000))
    assert cash.confirm(session, payment, contact.person_id) is True
    assert cash.confirm(session, payment, contact.person_id) is False
    assert payment.confirmation == "confirmed"
    assert code_of(lambda: cash.deny(session, payment, contact.person_id)) == "confirmed"


@pytest.mark.parametrize("accept", [True, False])
def test_cash_she_denies(session: Session, jane: Client, *, accept: bool) -> None:
    """The invoice is disputed and the merchant decides; either way the dispute ends."""
    bill = make.invoice(session, jane)
    contact = make.contact(session, make.person(session))
    payment = record(session, jane, 50_000, {bill: 50_000}, ask=contact.id).payment
    member = session.scalars(sa.select(Member)).one()
    assert cash.deny(session, payment, contact.person_id) is True
    assert cash.deny(session, payment, contact.person_id) is False
    assert lifecycle.get(session, bill.id).disputed_at is not None
    told = session.execute(sa.select(Notice.kind).where(Notice.audience == "member")).scalars()
    assert list(told) == ["cash_denied"]
    act = cash.accept if accept else cash.keep
    assert act(session, payment, member) is True
    assert act(session, payment, member) is False
    assert bill.disputed_at is None
    assert bill.paid == (kes(0) if accept else kes(50_000))
    assert (payment.reversed_at is not None) is accept


def test_another_merchants_payment_is_not_there(session: Session, jane: Client) -> None:
    """Tenants do not see each other's money (I-19)."""
    payment = record(session, jane, 50_000, {}).payment
    mine = db.merchant_id(session)
    make.merchant(session)
    with db.as_merchant(session, db.merchant_id(session)):
        assert session.get(Payment, (mine, payment.id), populate_existing=True) is None
