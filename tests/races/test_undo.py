"""Undo against send: a merchant takes back what a worker is about to tell her customer."""

import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa

from bot import outbox, sharing, undo
from bot.channel import Sent
from bot.outbox import Result
from invoicing import lifecycle
from invoicing.commands import BilledTo, InvoiceLine, IssueInvoice
from models.db import Database
from models.errors import Refusal
from models.invoices import Invoice
from models.money import Money
from models.people import Contact
from models.traffic import Outbound
from pages.invoice import note_opened
from pages.view import Missing
from tests import make
from tests.world import house

ROUNDS = 50
UNDO_S = 20
LINES = (InvoiceLine("cement", Decimal(1), Money.of(850, "KES")),)


@pytest.mark.slow
def test_undo_against_send(database: Database) -> None:
    """Fifty times: she hears and the invoice stands, or it is void and she heard nothing.

    The worker's clock is a minute ahead, so that both may act in the same moment.
    """
    with database.transaction() as session:
        contact = make.contact(session, make.person(session, name="Jane"))
        merchant_id = make.merchant(session).id
        client_id = make.client(session, contact_id=contact.id).id
        contact_id = contact.id
    ends: Counter[str] = Counter()
    with ThreadPoolExecutor(2) as threads:
        for turn in range(ROUNDS):
            invoice_id = sent(database, merchant_id, client_id)
            gate = threading.Barrier(2)
            taking = threads.submit(take_back, database, merchant_id, invoice_id, gate)
            telling = threads.submit(tell, database, gate, turn % 10 / 1000)
            ends[judged(database, merchant_id, invoice_id, taking.result(), telling.result())] += 1
            rested(database, contact_id)
    assert sum(ends.values()) == ROUNDS
    assert set(ends) == {"sent", "void"}  # neither always wins


@pytest.mark.slow
def test_a_claim_that_looked_before(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker saw the message due and takes the chat only after it was dropped: it gets neither."""
    slow = "status = 'waiting' AND pg_sleep(0.4) IS NOT NULL"
    monkeypatch.setattr(outbox, "CLAIM", outbox.CLAIM.replace("status = 'waiting'", slow, 1))
    with database.transaction() as session:
        contact = make.contact(session, make.person(session, name="Jane"))
        merchant_id = make.merchant(session).id
        client_id = make.client(session, contact_id=contact.id).id
    invoice_id = sent(database, merchant_id, client_id)
    with ThreadPoolExecutor(1) as threads:
        telling = threads.submit(tell, database, threading.Barrier(1), 0)
        time.sleep(0.15)  # it has looked, and sleeps
        answer = take_back(database, merchant_id, invoice_id, threading.Barrier(1))
        assert (answer, telling.result()) == ("undone", [])


@pytest.mark.slow
def test_a_page_that_opens_meanwhile(database: Database) -> None:
    """Whoever opens the link while it is being taken back is told nothing, after the undo is done."""
    with database.transaction() as session:
        merchant_id = make.merchant(session).id
        client_id = make.client(session).id
    invoice_id = sent(database, merchant_id, client_id)
    looking = threading.Event()

    def look() -> str:
        with database.transaction(merchant_id) as session:
            invoice = lifecycle.get(session, invoice_id)
            looking.set()
            try:
                note_opened(session, invoice)
            except Missing:
                return "nothing there"
        return "opened"

    with ThreadPoolExecutor(1) as threads:
        with database.transaction(merchant_id) as session:
            lifecycle.get(session, invoice_id, lock=True)
            answer = threads.submit(look)
            looking.wait(5)
            undo.take_back(session, invoice_id, None, UNDO_S)
        assert answer.result(5) == "nothing there"


def sent(database: Database, merchant_id: int, client_id: int) -> int:
    """One more invoice, on its way to the customer."""
    with database.transaction(merchant_id) as session:
        to = BilledTo("Jane", None, client_id)
        invoice = lifecycle.bill(session, IssueInvoice(to, LINES, date(2026, 11, 27)), by=None)
        sharing.send(session, house(), invoice)
        return invoice.id


def take_back(
    database: Database, merchant_id: int, invoice_id: int, gate: threading.Barrier
) -> str:
    """What the merchant's tap comes to."""
    gate.wait(30)
    try:
        with database.transaction(merchant_id) as session:
            undo.take_back(session, invoice_id, None, UNDO_S)
    except Refusal as refused:
        return refused.code
    return "undone"


def tell(database: Database, gate: threading.Barrier, after_s: float) -> list[int]:
    """Which rows a worker claims and sends."""
    gate.wait(30)
    time.sleep(after_s)
    with database.transaction() as session:
        session.connection()
        session.info["offset_s"] = 60
        claims = outbox.claim(session, 1, 10)
    with database.transaction() as session:
        done = [(one, [Result(row, Sent(f"m{row.id}")) for row in one.rows]) for one in claims]
        outbox.record(session, done)
    return [row.id for one in claims for row in one.rows]


def judged(
    database: Database, merchant_id: int, invoice_id: int, answer: str, told: list[int]
) -> str:
    """Who won; whatever the books, the merchant's answer and the phone say must agree."""
    with database.transaction(merchant_id) as session:
        status = session.scalars(sa.select(Invoice.status).where(Invoice.id == invoice_id)).one()
        row = session.scalars(sa.select(Outbound).where(Outbound.invoice_id == invoice_id)).one()
        if answer == "undone":
            assert (status, row.status, row.error_code) == ("void", "dropped", "undone")
            assert row.id not in told
            return "void"
        assert answer in ("sent", "sending")
        assert (status, row.status) == ("issued", "sent")
        assert told == [row.id]
        return "sent"


def rested(database: Database, contact_id: int) -> None:
    """The moment for which an undo parks a chat is over."""
    with database.transaction() as session:
        session.execute(sa.update(Contact).where(Contact.id == contact_id).values(held_until=None))
