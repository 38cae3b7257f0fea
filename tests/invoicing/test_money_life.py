"""A random life of money: paid, reversed, credited, replaced, given up; the sums hold (I-1 … I-5)."""

from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule
from sqlalchemy.orm import Session

from invoicing import allocation, corrections, credit_notes, lifecycle, merchants
from invoicing.commands import (
    BilledTo,
    CreditedLine,
    CreditInvoice,
    Discount,
    InvoiceLine,
    IssueInvoice,
    Method,
    Tax,
    UndoWriteOff,
    WriteOff,
)
from models import db
from models.credit_notes import CreditNote
from models.db import AppSession, Database
from models.errors import Refusal
from models.invoices import Invoice
from models.money import Money
from models.payments import Adjustment, Allocation, Payment
from payments import manual
from tests import make
from tests.invoicing.lives import live

TODAY = date(2026, 11, 20)
CLIENTS = (BilledTo("Jane", "+254712345678"), BilledTo("Otieno", "+254722000111"))
LINES = st.lists(
    st.builds(
        lambda minor, quantity: InvoiceLine("x", Decimal(quantity), Money(minor, "KES")),
        st.integers(100, 10**6),
        st.integers(1, 9),
    ),
    min_size=1,
    max_size=3,
).map(tuple)
TAXES = st.none() | st.builds(Tax, st.sampled_from([Decimal(16), Decimal("7.5")]), st.booleans())
OFF = st.none() | st.integers(1, 90).map(lambda percent: Discount(percent=Decimal(percent)))


class Money_(RuleBasedStateMachine):  # noqa: N801 - `Money` is an amount
    """One merchant, two clients, on real Postgres, in a transaction that is rolled back."""

    database: Database
    bills = Bundle("bills")

    def __init__(self) -> None:
        super().__init__()
        self.connection = self.database.engine.connect()
        self.outer = self.connection.begin()
        info = {"vault": self.database.vault, "clock_moves": True}
        self.session: Session = AppSession(
            self.connection, join_transaction_mode="create_savepoint", info=info
        )
        owner = make.person(self.session)
        make.merchant(self.session, owner)
        self.member = merchants.member(self.session, owner.id)

    def teardown(self) -> None:
        self.session.close()
        self.outer.rollback()
        self.connection.close()

    def get(self, invoice_id: int) -> Invoice:
        return lifecycle.get(self.session, invoice_id)

    def order(self, who: int, lines: tuple[InvoiceLine, ...], **more: object) -> IssueInvoice:
        return IssueInvoice(CLIENTS[who], lines, TODAY, **more)  # type: ignore[arg-type]

    @rule(
        target=bills,
        who=st.integers(0, 1),
        lines=LINES,
        discount=OFF,
        tax=TAXES,
        paid=st.sampled_from([0, 30, 60, 100]),
    )
    def bill(
        self,
        who: int,
        lines: tuple[InvoiceLine, ...],
        discount: Discount | None,
        tax: Tax | None,
        paid: int,
    ) -> int:
        order = self.order(who, lines, discount=discount, tax=tax)
        invoice_id = lifecycle.bill(self.session, order, by=None).id
        if paid:
            self.pay(invoice_id, paid)
        return invoice_id

    @rule(invoice_id=bills, share=st.sampled_from([30, 60, 100, 130]))
    def pay_more(self, invoice_id: int, share: int) -> None:
        self.pay(invoice_id, share)

    def pay(self, invoice_id: int, share: int) -> None:
        invoice = self.get(invoice_id)
        amount = Money(invoice.balance.amount_minor * share // 100 or 1, "KES")
        try:
            manual.record(
                self.session, invoice, amount, Method.CASH, TODAY, None, None, self.member
            )
        except Refusal as no:
            assert no.code in {"already_paid", "void"}  # noqa: PT017 - any other is a fault

    @rule(which=st.integers(0, 5))
    def reverse(self, which: int) -> None:
        rows = self.session.scalars(sa.select(Payment).order_by(Payment.id)).all()
        if rows:
            manual.reverse(self.session, rows[which % len(rows)], "x", self.member)

    @rule(invoice_id=bills, share=st.sampled_from([10, 50, 70, 90, 110]))
    def credit_a_part(self, invoice_id: int, share: int) -> None:
        left = credit_notes.creditable(self.get(invoice_id))
        amount = Money(left.amount_minor * share // 100, "KES")
        self._credit(CreditInvoice(invoice_id, None, amount), {"too_much", "amount"})

    @rule(invoice_id=bills)
    def credit_all(self, invoice_id: int) -> None:
        self._credit(CreditInvoice(invoice_id), set())

    @rule(invoice_id=bills, position=st.integers(1, 3), quantity=st.integers(1, 9))
    def credit_a_line(self, invoice_id: int, position: int, quantity: int) -> None:
        lines = (CreditedLine(position, Decimal(quantity)),)
        command = CreditInvoice(invoice_id, None, None, lines)
        self._credit(command, {"lines", "too_much", "amount"})

    def _credit(self, command: CreditInvoice, expected: set[str]) -> None:
        before = self.get(command.invoice_id).balance.amount_minor
        try:
            note = credit_notes.issue(self.session, command, None).note
        except Refusal as no:
            assert no.code in expected | {"nothing_left", "void"}  # noqa: PT017
            return
        after = self.get(command.invoice_id).balance.amount_minor
        assert after == max(before - note.total_minor, 0)
        assert note.freed_minor == max(note.total_minor - before, 0)

    @rule(target=bills, invoice_id=bills, who=st.integers(0, 1), lines=LINES)
    def revise(self, invoice_id: int, who: int, lines: tuple[InvoiceLine, ...]) -> int:
        try:
            order = self.order(who, lines, revises=invoice_id)
            return corrections.revise(self.session, order, by=None).new.id
        except Refusal as no:
            assert no.code in {"nothing_left", "void"}  # noqa: PT017
            return invoice_id

    @rule(invoice_id=bills)
    def write_off(self, invoice_id: int) -> None:
        try:
            corrections.write_off(self.session, WriteOff(invoice_id), None)
        except Refusal as no:
            assert no.code in {"settled", "void"}  # noqa: PT017

    @rule(invoice_id=bills)
    def undo(self, invoice_id: int) -> None:
        try:
            corrections.undo_write_off(self.session, UndoWriteOff(invoice_id), None)
        except Refusal as no:
            assert no.code in {"not_written_off", "changed", "void"}  # noqa: PT017

    @rule(invoice_id=bills)
    def void(self, invoice_id: int) -> None:
        try:
            lifecycle.void(self.session, self.get(invoice_id), "x", by=None)
        except Refusal as no:
            assert no.code in {"paid", "credited"}  # noqa: PT017

    @invariant()
    def every_invoice_adds_up(self) -> None:
        self.session.expire_all()
        for one in self.session.scalars(sa.select(Invoice)):
            booked = self._sum(Allocation, Allocation.invoice_id == one.id)
            taken = self._sum(CreditNote, CreditNote.invoice_id == one.id)
            kinds = dict.fromkeys(("credit", "write_off"), 0)
            for kind in kinds:
                mine = (Adjustment.invoice_id == one.id, Adjustment.kind == kind)
                kinds[kind] = self._sum(Adjustment, *mine)
            assert one.paid_minor == booked
            assert 0 <= one.balance.amount_minor <= one.total_minor
            assert one.total_minor == one.balance.amount_minor + booked + sum(kinds.values())
            assert kinds["credit"] == taken <= one.total_minor
            assert kinds["write_off"] >= 0
            if one.status == "issued":
                assert (one.settled_at is not None) == (one.balance.amount_minor == 0)

    @invariant()
    def no_money_is_lost(self) -> None:
        arrived = self._sum(Payment, Payment.reversed_at.is_(None))
        booked = self._sum(Allocation)
        clients = set(self.session.scalars(sa.select(Invoice.client_id)))
        kept = sum(allocation.credit(self.session, one).get("KES", 0) for one in clients)
        assert arrived == booked + kept
        for payment in self.session.scalars(sa.select(Payment)):
            mine = self._sum(Allocation, Allocation.payment_id == payment.id)
            assert mine <= (0 if payment.reversed_at else payment.amount_minor)

    @invariant()
    def notes_add_up(self) -> None:
        notes = self.session.scalars(sa.select(CreditNote).order_by(CreditNote.number)).all()
        assert [one.number for one in notes] == list(range(1, len(notes) + 1))
        for one in notes:
            assert sum(line.amount_minor for line in one.lines) == one.subtotal_minor
            within = one.subtotal_minor - one.discount_minor
            assert one.total_minor in {within, within + one.tax_minor}

    def _sum(self, table: type, *which: sa.ColumnElement[bool]) -> int:
        amount = table.total_minor if table is CreditNote else table.amount_minor  # type: ignore[attr-defined]
        standing = (Allocation.released_at.is_(None),) if table is Allocation else ()
        mine = table.merchant_id == db.merchant_id(self.session)  # type: ignore[attr-defined]
        wanted = sa.select(sa.func.coalesce(sa.func.sum(amount), 0)).where(mine, *standing, *which)
        return int(self.session.scalar(wanted) or 0)


@pytest.mark.slow
def test_a_random_life_of_money(worker_database: Database) -> None:
    """Sixty lives of twenty steps, every rule checked after each step."""
    live(Money_, worker_database, lives=60, steps=20)
