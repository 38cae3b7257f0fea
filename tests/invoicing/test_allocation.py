"""Booking money: never more than arrived, never more than owed, every shilling accounted for."""

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from invoicing import allocation
from models import db
from models.invoices import Invoice
from models.payments import Allocation, Payment
from tests import make

MINOR = st.integers(min_value=0, max_value=10**12)


@given(arrived=MINOR, balance=MINOR, unit=st.sampled_from([1, 100]))
def test_a_share_loses_nothing(arrived: int, balance: int, unit: int) -> None:
    """What arrived is booked or left over; what was owed is booked, rounded off or still owed."""
    done = allocation.share(arrived, balance, unit)
    assert done.booked_minor + done.left_minor == arrived
    assert done.booked_minor + done.rounded_minor + done.balance_minor == balance
    assert min(done.booked_minor, done.left_minor, done.rounded_minor, done.balance_minor) >= 0
    assert done.rounded_minor < unit
    assert not (done.left_minor and done.balance_minor)


@given(arrived=MINOR, balances=st.lists(MINOR, max_size=8))
def test_spreading_fills_the_first_before_the_next(arrived: int, balances: list[int]) -> None:
    """The oldest is paid first, nobody gets more than is owed, nothing appears or vanishes."""
    shares = allocation.spread(arrived, balances)
    assert sum(shares) == min(arrived, sum(balances))
    for place, share in enumerate(shares):
        assert 0 <= share <= balances[place]
        if share < balances[place]:
            assert not any(shares[place + 1 :])


def test_a_rest_below_one_unit_is_rounded_off(session: Session) -> None:
    """2,550.50 paid with 2,550 in whole shillings is paid; the fifty cents are an adjustment."""
    make.merchant(session)
    bill = make.invoice(session, total_minor=255_050)
    payment = _payment(session, bill, 255_000)
    standing = allocation.lock(session, [bill.id])[bill.id]
    done = allocation.book(session, payment, standing, 255_000, unit_minor=100)
    session.expire_all()
    assert (done.rounded_minor, done.balance_minor) == (50, 0)
    assert (bill.paid_minor, bill.adjusted_minor, bill.balance.amount_minor) == (255_000, 50, 0)
    assert bill.settled_at is not None


def test_rounding_goes_when_its_payment_goes(session: Session) -> None:
    """Released, the invoice asks for its fifty cents again; paid anew they are rounded off anew."""
    make.merchant(session)
    bill = make.invoice(session, total_minor=255_050)
    for _time in range(3):
        payment = _payment(session, bill, 255_000)
        standing = allocation.lock(session, [bill.id])[bill.id]
        allocation.book(session, payment, standing, 255_000, unit_minor=100)
        session.expire_all()
        assert (bill.balance.amount_minor, bill.adjusted_minor) == (0, 50)
        allocation.release(session, payment)
        session.expire_all()
        assert (bill.balance.amount_minor, bill.adjusted_minor) == (255_050, 0)
        assert bill.settled_at is None


def test_rounding_goes_with_any_part(session: Session) -> None:
    """Of two payments the first is taken back: what is owed has its cents again."""
    make.merchant(session)
    bill = make.invoice(session, total_minor=255_050)
    parts = [(_payment(session, bill, amount), amount) for amount in (100_000, 155_000)]
    for payment, amount in parts:
        standing = allocation.lock(session, [bill.id])[bill.id]
        allocation.book(session, payment, standing, amount, unit_minor=100)
    assert allocation.release_from(session, parts[0][0], bill.id) == 100_000
    session.expire_all()
    assert bill.balance.amount_minor == 100_050


def test_without_a_unit_every_cent_stays_owed(session: Session) -> None:
    """Cash can pay fifty cents, so nothing is rounded off."""
    make.merchant(session)
    bill = make.invoice(session, total_minor=255_050)
    payment = _payment(session, bill, 255_000)
    allocation.book(session, payment, allocation.lock(session, [bill.id])[bill.id], 255_000)
    session.expire_all()
    assert bill.balance.amount_minor == 50
    assert bill.settled_at is None


def test_a_void_invoice_takes_nothing(session: Session) -> None:
    """All of it is left over."""
    make.merchant(session)
    bill = make.invoice(session, status="void")
    payment = _payment(session, bill, 100_000)
    done = allocation.book(session, payment, allocation.lock(session, [bill.id])[bill.id], 100_000)
    assert (done.booked_minor, done.left_minor) == (0, 100_000)
    assert allocation.unallocated(session, payment) == 100_000


STEP = st.tuples(
    st.sampled_from(["pay", "pay", "release"]),
    st.integers(0, 2),
    st.integers(1, 400_000),
)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=st.lists(STEP, min_size=1, max_size=8))
def test_sums_hold_whatever_is_done(session: Session, steps: list[tuple[str, int, int]]) -> None:
    """I-1, I-2, I-3 after every step: allocations fit, balances add up, credit is the rest."""
    make.merchant(session)
    client = make.client(session)
    bills = [make.invoice(session, client, total_minor=t) for t in (255_050, 100_000, 99)]
    made: list[int] = []
    for what, which, amount in steps:
        if what == "pay":
            bill = bills[which]
            payment = _payment(session, bill, amount)
            standing = allocation.lock(session, [bill.id])[bill.id]
            allocation.book(session, payment, standing, amount, unit_minor=100)
            made.append(payment)
        elif made:
            allocation.release(session, made[which % len(made)])
        _check(session, client.id, bills)


def _check(session: Session, client_id: int, bills: list[Invoice]) -> None:
    session.expire_all()
    arrived = booked = 0
    for payment in session.scalars(sa.select(Payment).where(Payment.client_id == client_id)):
        mine = session.scalar(
            sa.select(sa.func.coalesce(sa.func.sum(Allocation.amount_minor), 0)).where(
                Allocation.payment_id == payment.id, Allocation.released_at.is_(None)
            )
        )
        assert mine is not None
        assert mine <= payment.amount_minor
        assert allocation.unallocated(session, payment.id) == payment.amount_minor - mine
        arrived, booked = arrived + payment.amount_minor, booked + int(mine)
    for bill in bills:
        balance = bill.total_minor - bill.paid_minor - bill.adjusted_minor
        assert bill.balance.amount_minor == balance >= 0
        assert (bill.settled_at is not None) == (balance == 0)
    assert allocation.credit(session, client_id).get("KES", 0) == arrived - booked


def _payment(session: Session, bill: Invoice, amount_minor: int) -> int:
    payment = Payment(
        merchant_id=bill.merchant_id,
        client_id=bill.client_id,
        provider="test",
        source="manual",
        method="cash",
        amount_minor=amount_minor,
        currency=bill.currency,
        paid_at=db.now(session),
        made_at=db.now(session),
    )
    session.add(payment)
    session.flush()
    return payment.id
