"""Money a merchant tells us of herself: recorded, reversed, matched."""

from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from invoicing import allocation
from invoicing.commands import Method
from models import db
from models.errors import Refusal
from models.invoices import Invoice
from models.merchants import Client, Member
from models.money import Money
from models.told import Audit, Notice
from payments import settlement
from payments.evidence import Evidence, Source
from tests import make
from tests.payments import bed

TODAY = date(2026, 11, 20)


def record(session: Session, bill: Invoice, amount: Money | None = None, **more: Any) -> None:
    """As a dialogue asks for it."""
    member = session.scalars(sa.select(Member)).one()
    amount = Money(255_000, "KES") if amount is None else amount
    values: dict[str, Any] = {
        "method": Method.CASH,
        "paid_on": TODAY,
        "reference": None,
        "note": None,
    }
    settlement.record(session, bill, amount, **(values | more), member=member)


def refused(session: Session, bill: Invoice, amount: Money | None = None, **more: Any) -> str:
    """The code of the refusal."""
    with pytest.raises(Refusal) as no:
        record(session, bill, amount, **more)
    return no.value.code


def test_cash_pays_an_invoice(session: Session, bill: Invoice) -> None:
    """Booked, told to the client, written down; who recorded it is answered in her own chat."""
    record(session, bill, note="at the shop")
    (payment,) = bed.payments(session)
    assert (payment.provider, payment.method, payment.note) == ("manual", "cash", "at the shop")
    assert payment.paid_at == db.now(session)
    assert payment.recorded_by is not None
    assert not bill.balance
    assert bill.settled_at is not None
    notices = session.execute(sa.select(Notice.kind, Notice.audience)).all()
    assert [tuple(row) for row in notices] == [("paid", "client")]
    assert "payment.recorded" in session.scalars(sa.select(Audit.action)).all()


def test_a_part_and_more_than_the_rest(session: Session, bill: Invoice) -> None:
    """A-11: what is too much becomes the client's credit; nothing is rounded off by hand."""
    record(session, bill, Money(254_950, "KES"))
    assert bill.balance == Money(50, "KES")
    record(session, bill, Money(1_000, "KES"))
    assert not bill.balance
    assert allocation.credit(session, bill.client_id) == {"KES": 950}


def test_yesterday_is_noon_there(session: Session, bill: Invoice) -> None:
    """A day is the merchant's own; it has no hour."""
    record(session, bill, paid_on=TODAY - timedelta(days=1))
    (payment,) = bed.payments(session)
    assert payment.paid_at.isoformat() == "2026-11-19T09:00:00+00:00"


@pytest.mark.parametrize(
    ("code", "amount", "more"),
    [
        ("amount", Money(0, "KES"), {}),
        ("amount", Money(-1, "KES"), {}),
        ("currency", Money(100, "USD"), {}),
        ("date", None, {"paid_on": TODAY + timedelta(days=1)}),
        ("date", None, {"paid_on": date(1999, 1, 1)}),
    ],
)
def test_what_cannot_be_recorded(
    session: Session, bill: Invoice, code: str, amount: Money | None, more: dict[str, Any]
) -> None:
    """Nothing is written for any of these."""
    assert refused(session, bill, amount, **more) == code
    assert bed.payments(session) == []


def test_invoices_that_take_nothing(session: Session, bill: Invoice) -> None:
    """Paid, void, draft."""
    record(session, bill)
    assert refused(session, bill) == "already_paid"
    assert refused(session, make.invoice(session, status="void")) == "void"


def test_a_receipt_we_have_is_not_recorded_again(session: Session, bill: Invoice) -> None:
    """The gateway was faster than the merchant."""
    other = make.invoice(session)
    settlement.settle(session, bed.callback(bed.pending(session, other)))
    assert refused(session, bill, reference=f" {bed.RECEIPT.lower()} ") == "duplicate"


def test_a_reversed_payment_is_owed_again(session: Session, bill: Invoice) -> None:
    """Released, not deleted; twice is once."""
    record(session, bill)
    (payment,) = bed.payments(session)
    settlement.reverse(session, payment, "wrong invoice")
    settlement.reverse(session, payment, "wrong invoice")
    session.expire_all()
    assert bed.payments(session) == []
    assert bill.balance == bill.total
    assert bill.settled_at is None
    actions = session.scalars(sa.select(Audit.action)).all()
    assert actions.count("payment.reversed") == 1


def test_what_was_reversed_is_nobodys_credit(session: Session, bill: Invoice) -> None:
    """Too much was recorded, then taken back: nothing of it is left (I-3)."""
    record(session, bill, Money(300_000, "KES"))
    (payment,) = bed.payments(session)
    settlement.reverse(session, payment, "typo")
    assert allocation.credit(session, bill.client_id) == {}


def test_money_without_an_owner_finds_one(session: Session, bill: Invoice) -> None:
    """F-5: one tap books what is left of it, and the client is the invoice's."""
    told = Evidence("daraja", Source.C2B, amount=Money(300_000, "KES"), receipt="UKK8AAAAAA")
    settlement.settle(session, told)
    (payment,) = bed.payments(session)
    settlement.match(session, payment, bill)
    session.expire_all()
    assert not bill.balance
    assert payment.client_id == bill.client_id
    assert allocation.unallocated(session, payment.id) == 45_000
    client = session.get_one(Client, (bill.merchant_id, bill.client_id))
    other = make.invoice(session, client)
    settlement.match(session, payment, other)
    assert other.balance == Money(210_000, "KES")
    with pytest.raises(Refusal) as no:
        settlement.match(session, payment, other)
    assert no.value.code == "nothing_left"


def test_unmatching_restores_both_sides(session: Session, bill: Invoice) -> None:
    """Release gives the money back to the payment and the debt back to the invoice."""
    told = Evidence("daraja", Source.C2B, amount=Money(300_000, "KES"), receipt="UKK8AAAAAA")
    settlement.settle(session, told)
    (payment,) = bed.payments(session)
    settlement.match(session, payment, bill)
    allocation.release(session, payment.id)
    session.expire_all()
    assert bill.balance == bill.total
    assert allocation.unallocated(session, payment.id) == 300_000
