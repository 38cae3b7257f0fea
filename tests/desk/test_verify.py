"""`verify`: honest books hold, and each way of cooking them is found."""

import pytest
import sqlalchemy as sa

from desk.verify import RULES, verify
from invoicing import audit
from models.db import Database
from models.merchants import NumberSeries
from models.money import Money
from payments import settlement
from payments.evidence import Settled
from tests import make
from tests.conftest import NOW
from tests.payments import bed


@pytest.fixture
def books(joined: Database) -> Database:
    """A paid invoice, a partly paid and a void one, as the product writes them."""
    with joined.transaction() as session:
        merchant = make.merchant(session)
        for number, amount in ((1, None), (2, Money(100_000, "KES"))):
            invoice = make.invoice(session, number=number)
            phone = f"+25471234567{number}"
            attempt = bed.pending(session, invoice, amount=amount, phone=phone, handle=f"h{number}")
            told = bed.callback(attempt, receipt=f"R{number}", handle=f"h{number}")
            assert settlement.settle(session, told) is Settled.BOOKED
        make.invoice(session, number=3, status="void")
        session.get_one(NumberSeries, (merchant.id, "invoice")).last_number = 3
        session.flush()
        audit.seal(session, merchant.id)
    return joined


def faults(database: Database) -> list[str]:
    """What is said of the rules that are broken; verify says no if, and only if, there is any."""
    said: list[str] = []
    holds = verify(database, said.append)
    found = [line for line in said if line.startswith("FAULT")]
    assert holds == (not found)
    return found


def test_honest_books_hold(books: Database) -> None:
    """What the product itself wrote breaks no rule."""
    said: list[str] = []
    assert verify(books, said.append), said
    assert said[0] == "Looked at 1 merchants, 3 invoices, 2 payments, 2 allocations."
    assert sum(line.startswith("ok") for line in said) == len(RULES) + 1


COOKED = {
    "add up to its subtotal": "UPDATE invoice_lines SET amount_minor = 1, unit_price_minor = 1",
    "No more is booked of a payment": "UPDATE payments SET amount_minor = 5",
    "nothing of a reversed one": "UPDATE payments SET reversed_at = made_at",
    "beyond its total": "UPDATE allocations SET amount_minor = amount_minor + 1",
    "on a draft or void": "UPDATE invoices SET status = 'void'",
    "is marked settled": "UPDATE invoices SET settled_at = NULL",
    "and only when": "UPDATE allocations SET released_at = made_at",
    "in its own currency": "UPDATE payments SET currency = 'USD'",
    "of the client": "UPDATE payments SET client_id = NULL",
    "succeeded has its payment": "UPDATE payments SET attempt_id = NULL",
    "without a hole": "DELETE FROM invoice_lines; DELETE FROM invoices WHERE status = 'void'",
    "last one": "UPDATE number_series SET last_number = 9",
    "belongs to a series": "UPDATE number_series SET kind = 'quote', last_number = 0",
    "told as it was": "UPDATE audit SET action = 'nothing'",
}


@pytest.mark.parametrize("rule", COOKED)
def test_cooked_books_are_found(books: Database, rule: str) -> None:
    """Whoever changes rows behind the product's back breaks this very rule."""
    with books.as_owner() as session:
        if session.execute(sa.text("SELECT current_setting('is_superuser')")).scalar() != "on":
            pytest.skip("only a superuser can cook these books past their triggers")
        session.execute(sa.text("SET LOCAL session_replication_role = replica"))
        for statement in COOKED[rule].split(";"):
            session.execute(sa.text(statement))
    assert [line for line in faults(books) if rule in line]


def test_many_faults_are_counted(books: Database) -> None:
    """Twenty are named, the rest is a number."""
    with books.transaction() as session:
        make.merchant(session)
        for _ in range(25):
            make.invoice(session, settled_at=NOW)
    said: list[str] = []
    assert not verify(books, said.append)
    at = next(i for i, line in enumerate(said) if "is marked settled" in line)
    assert "and 5 more" in said[at + 21]


def test_what_is_not_sealed_yet_is_named(books: Database) -> None:
    """The newest audit rows wait for the sealer: worth a note, no fault."""
    with books.transaction() as session:
        make.merchant(session)
        audit.note(session, "invoice.issued")
    said: list[str] = []
    verify(books, said.append)
    assert said[-1].startswith("note   not sealed yet")
