"""How far a business is trusted: a limit while it is new, a pause when people call it a fraud."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from invoicing import complaints, merchants, trust
from invoicing.commands import ReportReason
from invoicing.trust import Limits
from models import clock, db
from models.errors import Refusal
from models.invoices import Invoice
from models.merchants import Merchant
from models.payments import Allocation, Payment
from models.told import Audit
from tests import make
from tests.conftest import NOW, Counter

FEW = Limits(invoices_a_day=3, clients_a_day=2, paid=2, reporters=3)


def paid(session: Session, invoice: Invoice, *, by_hand: bool = False) -> None:
    """Money that settles an invoice, from a gateway or written down by a member."""
    amount = invoice.total_minor
    payment = Payment(
        merchant_id=invoice.merchant_id, client_id=invoice.client_id, provider="daraja",
        source="stk", method="mpesa", amount_minor=amount, currency="KES", paid_at=NOW,
        made_at=NOW, recorded_by=1 if by_hand else None,
    )  # fmt: skip
    session.add(payment)
    session.flush()
    session.add(
        Allocation(
            merchant_id=invoice.merchant_id, payment_id=payment.id, invoice_id=invoice.id,
            amount_minor=amount, made_at=NOW,
        )
    )  # fmt: skip
    invoice.settled_at = NOW
    session.flush()


def test_a_new_merchant_has_a_daily_limit(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So many invoices a day and no more; the refusal says when it lifts, and it does then."""
    make.merchant(session)
    jane = make.client(session)
    for _number in range(3):
        trust.check(session, FEW)
        make.invoice(session, jane)
    with pytest.raises(Refusal) as no:
        trust.check(session, FEW)
    assert no.value.text.params["n"] == 3
    assert str(no.value.text.params["day"]) == "2026-11-21"
    monkeypatch.setattr(clock, "real_now", lambda: NOW + timedelta(hours=14))  # midnight in Nairobi
    trust.check(session, FEW)


def test_nothing_is_no_limit(session: Session) -> None:
    """With 0 any number goes out, and no report pauses anybody."""
    make.merchant(session)
    for _number in range(4):
        make.invoice(session)
        trust.check(session, Limits(invoices_a_day=0, clients_a_day=0))
    make.invoice(session)
    with pytest.raises(Refusal):
        trust.check(session, Limits(invoices_a_day=5, clients_a_day=0))
    assert not trust.weigh(session, Limits(reporters=0))


def test_so_many_clients_a_day(session: Session) -> None:
    """Who bills many strangers at once is stopped earlier."""
    make.merchant(session)
    make.invoice(session)
    trust.check(session, FEW)
    make.invoice(session)
    with pytest.raises(Refusal):
        trust.check(session, FEW)


def test_paid_invoices_lift_it_for_good(session: Session, statements: Counter) -> None:
    """Money that a gateway saw; then no statement is spent on it any more."""
    merchant = make.merchant(session)
    jane = make.client(session)
    for _number in range(2):
        paid(session, make.invoice(session, jane))
    for _number in range(5):
        make.invoice(session, jane)
    trust.check(session, FEW)
    assert merchant.trusted_at == NOW
    before = len(statements)
    trust.check(session, FEW)
    assert len(statements) == before


def test_money_by_hand_proves_nothing(session: Session) -> None:
    """Whoever wants more trust could write it down herself."""
    merchant = make.merchant(session)
    for _number in range(2):
        paid(session, make.invoice(session), by_hand=True)
    with pytest.raises(Refusal):
        trust.check(session, FEW)
    assert merchant.trusted_at is None


def test_the_operator_lifts_it(session: Session) -> None:
    """By hand, audited."""
    make.merchant(session)
    for _number in range(4):
        make.invoice(session)
    trust.lift(session)
    trust.check(session, FEW)
    assert "merchant.trusted" in session.scalars(sa.select(Audit.action)).all()


def report(
    session: Session, reason: ReportReason = ReportReason.ABUSE, contact: int | None = None
) -> bool:
    """Someone reports an invoice of the merchant."""
    if contact is None:
        contact = make.contact(session, make.person(session)).id
    invoice = make.invoice(session)
    return complaints.complain(session, invoice, reason, "a fraud", contact_id=contact, limits=FEW)


def test_three_people_pause_a_merchant(session: Session) -> None:
    """The third different one does; nothing may be sent until the operator decides."""
    merchant = make.merchant(session)
    assert [report(session) for _number in range(3)] == [False, False, True]
    assert merchant.paused_at == NOW
    assert report(session) is False  # paused once
    with pytest.raises(Refusal, match="Nothing is sent"):
        trust.check(session, Limits())
    assert "merchant.paused" in session.scalars(sa.select(Audit.action)).all()


def test_one_person_is_one(session: Session) -> None:
    """However often she reports, and from however many of her chats."""
    make.merchant(session)
    angry = make.person(session)
    chats = [make.contact(session, angry).id, make.contact(session, angry, channel="whatsapp").id]
    assert not any(report(session, contact=chats[number % 2]) for number in range(6))


def test_a_quarrel_is_no_fraud(session: Session) -> None:
    """Wrong amounts and goods not received are for the two to settle."""
    make.merchant(session)
    reasons = (ReportReason.WRONG_AMOUNT, ReportReason.NOT_RECEIVED, ReportReason.OTHER)
    assert not any(report(session, reason) for reason in reasons * 2)


def test_released_begins_anew(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the operator has looked into counts no longer; three new ones do."""
    merchant = make.merchant(session)
    for _number in range(3):
        report(session)
    monkeypatch.setattr(clock, "real_now", lambda: NOW + timedelta(hours=1))
    trust.release(session)
    assert merchant.paused_at is None
    trust.check_pause(merchants.get(session))
    monkeypatch.setattr(clock, "real_now", lambda: NOW + timedelta(hours=2))
    assert [report(session) for _number in range(3)] == [False, False, True]
    assert {"merchant.released"} <= set(session.scalars(sa.select(Audit.action)))


def test_reports_of_another_merchant_do_not_count(session: Session) -> None:
    """Each stands for herself."""
    first = make.merchant(session)
    for _number in range(2):
        report(session)
    make.merchant(session)
    assert report(session) is False
    db.enter(session, first.id)
    assert session.get_one(Merchant, first.id).paused_at is None
