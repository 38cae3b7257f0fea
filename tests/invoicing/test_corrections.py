"""Revised, written off, owed again: the old invoice stays as it was, and no money is lost."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from invoicing import allocation, corrections, credit_notes, lifecycle, reminding
from invoicing.commands import (
    BilledTo,
    CreditInvoice,
    InvoiceLine,
    IssueInvoice,
    UndoWriteOff,
    WriteOff,
)
from invoicing.reminders import Reason
from models import db
from models.errors import Refusal
from models.invoices import Invoice, Shown
from models.merchants import Merchant
from models.money import Money
from models.payments import Adjustment
from models.platform import DueWork
from tests import make
from tests.pages.bed import pay

DUE = date(2026, 11, 27)
TODAY = date(2026, 11, 20)
JANE = BilledTo("Jane Mwangi", "+254712345678")


@pytest.fixture
def merchant(session: Session) -> Merchant:
    return make.merchant(session)


def order(price: str = "2550", client: BilledTo = JANE, **more: Any) -> IssueInvoice:
    line = InvoiceLine("cement", Decimal(1), Money.of(price, "KES"))
    return IssueInvoice(client, (line,), DUE, **more)


def bill(session: Session, price: str = "2550", **more: Any) -> Invoice:
    return lifecycle.bill(session, order(price, **more), by=None)


def test_a_revised_invoice_takes_the_old_ones_place(session: Session, merchant: Merchant) -> None:
    """The old one is credited in full, the new one has its own number, and each knows the other."""
    old = bill(session)
    done = corrections.revise(session, order("2000", revises=old.id), by=None)

    assert (done.old.balance.amount_minor, done.note.total) == (0, old.total)
    assert (done.new.number_text, done.new.balance) == ("INV-0002", Money.of(2000, "KES"))
    assert corrections.replaced_by(session, old) == done.new
    assert corrections.replaces(session, done.new) == old
    assert done.moved == Money.zero("KES")
    assert done.note.reason == "Replaced by a corrected invoice"
    assert old.total_minor == 255_000


@pytest.mark.parametrize(
    ("paid", "price", "moved", "left"),
    [("1000", "2000", "1000", 0), ("2550", "2000", "2000", 55_000), ("2550", "3000", "2550", 0)],
)
def test_what_was_paid_moves_over(
    session: Session, merchant: Merchant, paid: str, price: str, moved: str, left: int
) -> None:
    """As much as the new invoice asks for; the rest stays the client's credit."""
    old = bill(session)
    pay(session, old, Money.of(paid, "KES").amount_minor, "SKL1")
    done = corrections.revise(session, order(price, revises=old.id), by=None)

    assert done.moved == Money.of(moved, "KES")
    assert done.new.paid == done.moved
    assert done.new.balance == Money.of(price, "KES") - done.moved
    assert (done.new.settled_at is not None) == (not done.new.balance)
    assert allocation.credit(session, old.client_id) == ({"KES": left} if left else {})


def test_money_does_not_move_to_another_client(session: Session, merchant: Merchant) -> None:
    """The corrected invoice is for someone else: what was paid stays with whoever paid."""
    old = bill(session)
    pay(session, old, 100_000, "SKL1")
    other = BilledTo("Otieno", "+254722000111")
    done = corrections.revise(session, order("2550", client=other, revises=old.id), by=None)

    assert done.moved == Money.zero("KES")
    assert done.new.balance == Money.of(2550, "KES")
    assert allocation.credit(session, old.client_id) == {"KES": 100_000}


def test_an_invoice_is_revised_once(session: Session, merchant: Merchant) -> None:
    """The second correction of the same invoice is refused, and leaves no number behind."""
    old = bill(session)
    corrections.revise(session, order("2000", revises=old.id), by=None)
    with pytest.raises(Refusal) as no, session.begin_nested():
        corrections.revise(session, order("1900", revises=old.id), by=None)
    assert no.value.code == "nothing_left"
    assert bill(session).number == 3


def test_what_replaces_what_is_frozen(session: Session, merchant: Merchant) -> None:
    """An issued invoice never claims to replace another afterwards (I-12)."""
    old, other = bill(session), bill(session)
    change = sa.text("UPDATE invoices SET revises_id = :old WHERE id = :other")
    with pytest.raises(DBAPIError, match="never changes"), session.begin_nested():
        session.execute(change, {"old": old.id, "other": other.id})
    assert corrections.replaced_by(session, old) is None


def test_a_write_off_gives_up_what_is_left(session: Session, merchant: Merchant) -> None:
    """Paid in part, the rest given up: settled, flagged, and no more reminders."""
    invoice = bill(session)
    pay(session, invoice, 55_000, "SKL1")
    done = corrections.write_off(session, WriteOff(invoice.id, "  moved   away "), by=None)

    assert not done.balance
    assert done.settled_at is not None
    assert done.written_off_at == db.now(session)
    assert done.shown(DUE) is Shown.PAID
    assert reminding.ended(done) is Reason.WRITTEN_OFF
    assert corrections.written_off(session, done) == Money.of(2000, "KES")
    (row,) = session.scalars(sa.select(Adjustment)).all()
    assert (row.kind, row.reason, row.amount_minor) == ("write_off", "moved away", 200_000)
    with pytest.raises(Refusal) as no:
        corrections.write_off(session, WriteOff(invoice.id), by=None)
    assert no.value.code == "settled"


def test_a_write_off_is_taken_back(session: Session, merchant: Merchant) -> None:
    """It is owed again and looked after again; nothing that happened is changed."""
    invoice = bill(session)
    corrections.write_off(session, WriteOff(invoice.id), by=None)
    session.execute(sa.delete(DueWork))
    done = corrections.undo_write_off(session, UndoWriteOff(invoice.id), by=None)

    assert (done.balance, done.settled_at, done.written_off_at) == (invoice.total, None, None)
    rows = session.scalars(sa.select(Adjustment.amount_minor).order_by(Adjustment.id)).all()
    assert rows == [255_000, -255_000]
    assert session.scalars(sa.select(DueWork.subject_id)).all() == [invoice.id]
    with pytest.raises(Refusal) as no:
        corrections.undo_write_off(session, UndoWriteOff(invoice.id), by=None)
    assert no.value.code == "not_written_off"
    assert corrections.write_off(session, WriteOff(invoice.id), by=None).balance == Money.zero(
        "KES"
    )


def test_a_write_off_stays_once_something_else_happened(
    session: Session, merchant: Merchant
) -> None:
    """After a credit note, or money booked or taken off, it is part of the story."""
    invoice = bill(session)
    pay(session, invoice, 55_000, "SKL1")
    corrections.write_off(session, WriteOff(invoice.id), by=None)
    assert corrections.can_undo(session, invoice)
    credit_notes.issue(session, CreditInvoice(invoice.id), by=None)

    assert not corrections.can_undo(session, invoice)
    with pytest.raises(Refusal) as no:
        corrections.undo_write_off(session, UndoWriteOff(invoice.id), by=None)
    assert no.value.code == "changed"


def test_more_is_never_taken_back_than_was_given_up(session: Session, merchant: Merchant) -> None:
    """Postgres itself refuses a negative write-off without its positive."""
    invoice = bill(session)
    values = {"merchant_id": merchant.id, "invoice_id": invoice.id, "kind": "write_off",
              "amount_minor": -1, "made_at": db.now(session)}  # fmt: skip
    with pytest.raises(DBAPIError, match="taken back"), session.begin_nested():
        session.execute(sa.insert(Adjustment).values(values))


@pytest.mark.parametrize(("state", "code"), [("draft", "draft"), ("void", "void")])
def test_what_is_not_owed_is_not_given_up(
    session: Session, merchant: Merchant, state: str, code: str
) -> None:
    """Drafts and void invoices are refused in words."""
    invoice = bill(session, draft=state == "draft")
    if state == "void":
        lifecycle.void(session, invoice, "x", by=None)
    with pytest.raises(Refusal) as no:
        corrections.write_off(session, WriteOff(invoice.id), by=None)
    assert no.value.code == code


def test_a_deposit_is_asked_for_first(session: Session, merchant: Merchant) -> None:
    """Until it is paid the deposit is asked for, then the rest; a credit may lower it."""
    invoice = bill(session, deposit=Money.of(1000, "KES"))
    assert (invoice.asked_now(TODAY), invoice.deposit_left) == (Money.of(1000, "KES"),) * 2

    pay(session, invoice, 40_000, "SKL1")
    session.refresh(invoice)
    assert invoice.asked_now(TODAY) == Money.of(600, "KES")
    pay(session, invoice, 60_000, "SKL2")
    session.refresh(invoice)
    assert (invoice.asked_now(TODAY), invoice.deposit_left) == (
        Money.of(1550, "KES"),
        Money.zero("KES"),
    )

    other = bill(session, deposit=Money.of(1000, "KES"))
    credit_notes.issue(session, CreditInvoice(other.id, None, Money.of(2000, "KES")), by=None)
    assert other.asked_now(TODAY) == Money.of(550, "KES")


@pytest.mark.parametrize("amount", ["0", "-1", "2550", "2551"])
def test_a_deposit_is_a_part(session: Session, merchant: Merchant, amount: str) -> None:
    """More than nothing and less than the total."""
    with pytest.raises(Refusal) as no:
        bill(session, deposit=Money.of(amount, "KES"))
    assert no.value.code == "deposit"
