"""Lists of invoices by page, search, and sums per currency."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from invoicing import listing
from invoicing.commands import ListKind
from models import db
from models.invoices import Invoice, Shown
from models.money import Money
from models.payments import Adjustment
from tests import make
from tests.conftest import Counter

TODAY = date(2026, 11, 20)


def settle(session: Session, invoice: Invoice, amount_minor: int) -> None:
    """Lower a balance without money: enough for a list."""
    session.add(
        Adjustment(
            merchant_id=invoice.merchant_id,
            invoice_id=invoice.id,
            kind="credit",
            amount_minor=amount_minor,
            made_at=db.now(session),
        )
    )
    session.flush()
    session.refresh(invoice)
    if not invoice.balance:
        invoice.settled_at = db.now(session)
        session.flush()


@pytest.fixture
def invoices(session: Session) -> list[Invoice]:
    """Twenty open invoices, due on ten days around today, for two clients."""
    make.merchant(session)
    jane = make.client(session, name="Jane Mwangi")
    otieno = make.client(session, name="Otieno")
    return [
        make.invoice(
            session,
            jane if turn % 2 else otieno,
            due_on=TODAY + timedelta(days=turn % 10 - 5),
        )
        for turn in range(20)
    ]


def walk(session: Session, kind: ListKind | None, words: str = "") -> list[listing.Row]:
    rows: list[listing.Row] = []
    after = None
    while True:
        page = listing.page(session, kind, TODAY, after=after, words=words)
        rows += page.rows
        after = page.after
        if after is None:
            return rows


def test_open_invoices_come_by_due_day_without_hole_or_twin(
    session: Session, invoices: list[Invoice]
) -> None:
    """Three pages hold all twenty once, the longest overdue first."""
    rows = walk(session, ListKind.OPEN)

    assert [row.id for row in rows] == [
        one.id for one in sorted(invoices, key=lambda one: (one.due_on, one.id))
    ]
    assert rows[0].shown is Shown.OVERDUE
    assert rows[-1].shown is Shown.SENT


def test_a_page_is_one_query(
    session: Session, invoices: list[Invoice], statements: Counter
) -> None:
    """Names and balances come along: no look-up per row."""
    session.expunge_all()
    before = len(statements)
    page = listing.page(session, ListKind.OPEN, TODAY)

    assert len(page.rows) == 8
    assert len(statements) - before == 1


def test_each_kind_lists_its_own(session: Session, invoices: list[Invoice]) -> None:
    """A paid invoice leaves the open list; overdue begins the day after the due day (DF-40)."""
    settle(session, invoices[0], 255_000)
    settle(session, invoices[1], 100_000)

    assert [row.id for row in walk(session, ListKind.PAID)] == [invoices[0].id]
    assert len(walk(session, ListKind.OPEN)) == 19
    late = walk(session, ListKind.OVERDUE)
    assert len(late) == 9
    assert all(row.due_on is not None and row.due_on < TODAY for row in late)
    assert [row.id for row in walk(session, None)] == [one.id for one in reversed(invoices)]
    assert walk(session, ListKind.DRAFT) == []
    partly = next(row for row in walk(session, ListKind.OPEN) if row.id == invoices[1].id)
    assert partly.balance == Money(155_000, "KES")


def test_a_page_does_not_shift_when_a_row_is_paid(
    session: Session, invoices: list[Invoice]
) -> None:
    """Paying one of the first page between two looks hides nothing of the second (IF-75)."""
    first = listing.page(session, ListKind.OPEN, TODAY)
    settle(session, session.get_one(Invoice, (invoices[0].merchant_id, first.rows[0].id)), 255_000)
    second = listing.page(session, ListKind.OPEN, TODAY, after=first.after)

    order = sorted(invoices, key=lambda one: (one.due_on, one.id))
    assert [row.id for row in second.rows] == [one.id for one in order[8:16]]


def test_search_looks_in_numbers_and_names(session: Session, invoices: list[Invoice]) -> None:
    """A number as printed, or part of the client's name as it was when billed."""
    number = invoices[3].number_text
    assert number is not None
    assert [row.id for row in walk(session, None, number.lower())][-1] == invoices[3].id
    assert len(walk(session, ListKind.OPEN, "jane")) == 10
    assert walk(session, None, "%") == []


def test_sums_never_mix_currencies(session: Session, invoices: list[Invoice]) -> None:
    """Shillings and dollars are counted apart, part payments taken off (DF-12)."""
    settle(session, invoices[0], 255_000)
    settle(session, invoices[6], 100_000)
    make.invoice(session, currency="USD", total_minor=500)

    sums = listing.summary(session, TODAY)

    assert sums["KES"].open == listing.Tally(19, Money(19 * 255_000 - 100_000, "KES"))
    assert sums["KES"].overdue.count == 9
    assert sums["KES"].paid == listing.Tally(1, Money(255_000, "KES"))
    assert sums["USD"].open == listing.Tally(1, Money(500, "USD"))
    assert sums["USD"].draft == listing.Tally(0, Money(0, "USD"))
