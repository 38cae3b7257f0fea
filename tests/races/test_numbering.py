"""Numbers without hole or twin while many issue at once and some give up (I-11, A-25, A-26)."""

import random
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa

from invoicing import lifecycle
from invoicing.commands import BilledTo, InvoiceLine, IssueInvoice
from models.db import Database
from models.invoices import Invoice
from models.merchants import NumberSeries
from models.money import Money
from tests import make

THREADS = 32
EACH = 8
ORDER = IssueInvoice(
    client=BilledTo("Jane", "+254712345678"),
    lines=(InvoiceLine("cement", Decimal(1), Money.of(850, "KES")),),
    due_on=date(2026, 11, 27),
)


class ChangedHerMindError(Exception):
    """A transaction that ends in nothing."""


def issue_some(database: Database, merchant_id: int, seed: int) -> int:
    """Issue invoices to clients old and new, giving up now and then; how many were kept."""
    chance, kept = random.Random(seed), 0
    for turn in range(EACH):
        client = BilledTo(f"C{seed}-{turn}", None) if chance.random() < 0.5 else ORDER.client
        command = IssueInvoice(client, ORDER.lines, ORDER.due_on)
        with suppress(ChangedHerMindError):
            issue_one(database, merchant_id, command, give_up=chance.random() < 0.3)
            kept += 1
    return kept


def issue_one(
    database: Database, merchant_id: int, command: IssueInvoice, *, give_up: bool
) -> None:
    with database.transaction(merchant_id) as session:
        lifecycle.bill(session, command, by=None)
        if give_up:
            raise ChangedHerMindError


@pytest.mark.slow
def test_thirty_two_threads_number_without_hole_or_twin(database: Database) -> None:
    """Whatever is rolled back in between, the invoices kept are 1 … n."""
    with database.transaction() as session:
        merchant_id = make.merchant(session).id

    with ThreadPoolExecutor(THREADS) as threads:
        kept = sum(
            threads.map(lambda seed: issue_some(database, merchant_id, seed), range(THREADS))
        )

    with database.transaction(merchant_id) as session:
        numbers = session.scalars(sa.select(Invoice.number).order_by(Invoice.number)).all()
        last = session.scalar(
            sa.select(NumberSeries.last_number).where(NumberSeries.kind == "invoice")
        )
    assert 0 < kept < THREADS * EACH
    assert numbers == list(range(1, kept + 1))
    assert last == kept
