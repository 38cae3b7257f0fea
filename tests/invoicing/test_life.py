"""A random life of invoices: whatever is done in whatever order, the rules hold (I-2, I-11, I-12)."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule
from sqlalchemy.orm import Session

from invoicing import lifecycle, links, listing
from invoicing.commands import BilledTo, Discount, InvoiceLine, IssueInvoice, ListKind, Tax
from models import db
from models.db import AppSession, Database
from models.errors import Refusal
from models.invoices import Invoice
from models.money import Money
from models.payments import Adjustment
from models.platform import Route
from tests import make
from tests.invoicing.lives import live

TODAY = date(2026, 11, 20)
LINES = st.lists(
    st.builds(
        lambda minor, quantity: InvoiceLine("x", quantity, Money(minor, "KES")),
        st.integers(10_000, 10**8),
        st.decimals("0.01", "999", places=2),
    ),
    min_size=1,
    max_size=4,
).map(tuple)


class Life(RuleBasedStateMachine):
    """One merchant's invoices, on real Postgres, in a transaction that is rolled back."""

    database: Database
    drafts = Bundle("drafts")
    issued = Bundle("issued")

    def __init__(self) -> None:
        super().__init__()
        self.connection = self.database.engine.connect()
        self.outer = self.connection.begin()
        info = {"vault": self.database.vault, "clock_moves": True}
        self.session: Session = AppSession(
            self.connection, join_transaction_mode="create_savepoint", info=info
        )
        make.merchant(self.session)
        self.numbers = 0

    def teardown(self) -> None:
        self.session.close()
        self.outer.rollback()
        self.connection.close()

    def get(self, invoice_id: int) -> Invoice:
        return lifecycle.get(self.session, invoice_id)

    @rule(
        target=drafts,
        lines=LINES,
        percent=st.none() | st.decimals(0, 99, places=1),
        tax=st.none()
        | st.builds(Tax, st.sampled_from([Decimal(16), Decimal("7.5")]), st.booleans()),
    )
    def draft(self, lines: Any, percent: Decimal | None, tax: Tax | None) -> int:
        off = Discount(percent=percent) if percent is not None else None
        command = IssueInvoice(BilledTo("Jane", None), lines, TODAY, off, tax, draft=True)
        return lifecycle.bill(self.session, command, by=None).id

    @rule(target=issued, invoice_id=consumes(drafts))
    def issue(self, invoice_id: int) -> int:
        invoice = lifecycle.issue(self.session, self.get(invoice_id), by=None)
        self.numbers += 1
        assert invoice.number == self.numbers
        return invoice_id

    @rule(invoice_id=consumes(drafts))
    def throw_away(self, invoice_id: int) -> None:
        lifecycle.delete_draft(self.session, self.get(invoice_id), by=None)

    @rule(invoice_id=issued)
    def issue_again(self, invoice_id: int) -> None:
        with pytest.raises(Refusal):
            lifecycle.issue(self.session, self.get(invoice_id), by=None)

    @rule(invoice_id=issued, reason=st.text(max_size=300).filter(lambda words: "\0" not in words))
    def void(self, invoice_id: int, reason: str) -> None:
        invoice = self.get(invoice_id)
        if invoice.adjusted_minor and invoice.status == "issued":
            with pytest.raises(Refusal, match="credited or written off"):
                lifecycle.void(self.session, invoice, reason, by=None)
        else:
            lifecycle.void(self.session, invoice, reason, by=None)
            assert invoice.status == "void"

    @rule(invoice_id=issued)
    def give_a_new_link(self, invoice_id: int) -> None:
        invoice = self.get(invoice_id)
        token = lifecycle.new_link(self.session, invoice, by=None)
        found = links.by_token(self.session, token)
        assert found == links.InvoiceRef(invoice.merchant_id, invoice_id)

    @rule(invoice_id=issued, share=st.integers(1, 100))
    def credit(self, invoice_id: int, share: int) -> None:
        invoice = self.get(invoice_id)
        amount = invoice.balance.amount_minor * share // 100
        if not amount or invoice.status != "issued":
            return
        self.session.add(
            Adjustment(
                merchant_id=invoice.merchant_id,
                invoice_id=invoice_id,
                kind="credit",
                amount_minor=amount,
                made_at=db.now(self.session),
            )
        )
        self.session.flush()
        self.session.refresh(invoice)
        if not invoice.balance:
            invoice.settled_at = db.now(self.session)
            self.session.flush()

    @invariant()
    def sums_hold(self) -> None:
        self.session.expire_all()
        for invoice in self.session.scalars(sa.select(Invoice)):
            on_top = 0 if invoice.tax_inclusive else invoice.tax_minor
            assert sum(line.amount_minor for line in invoice.lines) == invoice.subtotal_minor
            assert invoice.subtotal_minor - invoice.discount_minor + on_top == invoice.total_minor
            assert invoice.balance.amount_minor >= 0

    @invariant()
    def numbers_have_no_hole(self) -> None:
        numbers = self.session.scalars(
            sa.select(Invoice.number).where(Invoice.number.is_not(None)).order_by(Invoice.number)
        ).all()
        assert list(numbers) == list(range(1, self.numbers + 1))

    @invariant()
    def routes_lead_to_issued_invoices_only(self) -> None:
        led = set(self.session.scalars(sa.select(Route.target_id).where(Route.kind == "invoice")))
        issued = set(self.session.scalars(sa.select(Invoice.id).where(Invoice.number.is_not(None))))
        assert led == issued

    @invariant()
    def lists_agree_with_the_sums(self) -> None:
        found = listing.summary(self.session, TODAY).get("KES")
        rows = listing.page(self.session, ListKind.OPEN, TODAY, size=1000).rows
        owed = sum((row.balance for row in rows), Money.zero("KES"))
        assert (found.open.amount if found else Money.zero("KES")) == owed


@pytest.mark.slow
def test_a_random_life(worker_database: Database) -> None:
    """Fifteen lives of a dozen steps each, with every rule checked after each step."""
    live(Life, worker_database, lives=15, steps=12)
