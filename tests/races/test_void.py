"""Two things happen to one invoice at the same moment: one wins, the other is told."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa

from invoicing import lifecycle
from invoicing.commands import BilledTo, InvoiceLine, IssueInvoice
from models.db import Database
from models.errors import Refusal
from models.invoices import Invoice
from models.merchants import NumberSeries
from models.money import Money
from tests import make
from tests.pages.bed import pay

LINES = (InvoiceLine("cement", Decimal(1), Money.of(850, "KES")),)


def bill(database: Database, *, draft: bool) -> tuple[int, int]:
    """A merchant and her only invoice."""
    with database.transaction() as session:
        merchant_id = make.merchant(session).id
        order = IssueInvoice(BilledTo("Jane", None), LINES, date(2026, 11, 27), draft=draft)
        return merchant_id, lifecycle.bill(session, order, by=None).id


def test_whoever_waits_to_void_sees_the_payment_that_came_first(database: Database) -> None:
    """While money is being booked a void waits, and is then refused."""
    merchant_id, invoice_id = bill(database, draft=False)
    waiting = threading.Event()

    def void() -> str:
        try:
            with database.transaction(merchant_id) as session:
                invoice = lifecycle.get(session, invoice_id)
                waiting.set()
                lifecycle.void(session, invoice, "x", by=None)
        except Refusal as refused:
            return refused.code
        return "voided"

    with ThreadPoolExecutor(1) as threads:
        with database.transaction(merchant_id) as session:
            invoice = lifecycle.get(session, invoice_id, lock=True)
            answer = threads.submit(void)
            waiting.wait(5)
            with pytest.raises(TimeoutError):
                answer.result(0.3)
            pay(session, invoice, 85_000, "SKL1")
        assert answer.result(5) == "paid"


@pytest.mark.slow
def test_a_draft_is_sent_once_however_many_press(database: Database) -> None:
    """Eight members send one draft: one number is used, seven are told that it was sent."""
    merchant_id, invoice_id = bill(database, draft=True)
    ready = threading.Barrier(8)

    def send(_turn: int) -> str:
        try:
            with database.transaction(merchant_id) as session:
                invoice = lifecycle.get(session, invoice_id)
                ready.wait(10)
                lifecycle.issue(session, invoice, by=None)
        except Refusal as refused:
            return refused.code
        return "sent"

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(send, range(8)))

    assert sorted(answers) == ["not_a_draft"] * 7 + ["sent"]
    with database.transaction(merchant_id) as session:
        assert session.scalars(sa.select(Invoice.number)).all() == [1]
        last = session.scalar(
            sa.select(NumberSeries.last_number).where(NumberSeries.kind == "invoice")
        )
        assert last == 1
