"""Quotes: offered, answered, billed; never owed, never paid, never overdue."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from invoicing import lifecycle, links, listing, quotes
from invoicing.commands import (
    BilledTo,
    Discount,
    InvoiceLine,
    IssueInvoice,
    ListKind,
    MakeQuote,
    Tax,
)
from models import clock
from models.errors import Refusal
from models.invoices import Invoice
from models.merchants import Merchant
from models.money import Money
from models.platform import DueWork
from models.quotes import Quote
from tests import make

FRIDAY = date(2026, 11, 20)
JANE = BilledTo("Jane Mwangi", "+254712345678")
LINES = (InvoiceLine("cement", Decimal(3), Money.of(850, "KES")),)


@pytest.fixture
def merchant(session: Session) -> Merchant:
    return make.merchant(session)


def offer(session: Session, **more: Any) -> Quote:
    values: dict[str, Any] = {"client": JANE, "lines": LINES, "valid_until": date(2026, 12, 4)}
    return quotes.make(session, MakeQuote(**values | more), by=None)


def test_a_quote_has_its_own_number_and_link(session: Session, merchant: Merchant) -> None:
    """Q-0001, with sums as an invoice would have them, and a link that opens no invoice."""
    tax, off = Tax(Decimal(16), inclusive=False), Discount(percent=Decimal(10))
    quote = offer(session, tax=tax, discount=off)

    assert (quote.number_text, quote.issued_on, quote.status) == ("Q-0001", FRIDAY, "open")
    assert (quote.subtotal_minor, quote.discount_minor, quote.tax_minor) == (
        255_000,
        25_500,
        36_720,
    )
    assert quote.parties["client"]["name"] == "Jane Mwangi"
    token = quotes.token_of(session, quote)
    assert token is not None
    assert quotes.by_token(session, token) == links.InvoiceRef(merchant.id, quote.id)
    assert links.by_token(session, token) is None
    assert offer(session).number == 2


def test_a_quote_is_no_debt(session: Session, merchant: Merchant) -> None:
    """No list, no sum, no reminder knows of it."""
    offer(session)

    assert session.scalar(sa.select(sa.func.count()).select_from(Invoice)) == 0
    assert listing.summary(session, FRIDAY) == {}
    assert listing.page(session, ListKind.OPEN, FRIDAY).rows == ()
    assert session.scalars(sa.select(DueWork).where(DueWork.merchant_id == merchant.id)).all() == []


def test_the_customer_answers(session: Session, merchant: Merchant) -> None:
    """Declined, then accepted after all; an acceptance stands, and twice is once."""
    quote = offer(session)

    assert quotes.answer(session, quote.id, accepted=False, by=None)
    assert quotes.answer(session, quote.id, accepted=True, by=None)
    assert not quotes.answer(session, quote.id, accepted=True, by=None)
    assert quote.status == "accepted"
    with pytest.raises(Refusal) as no:
        quotes.answer(session, quote.id, accepted=False, by=None)
    assert no.value.code == "accepted"


def test_a_quote_runs_out(
    session: Session, merchant: Merchant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Until its last day it can be accepted, from the next one on not."""
    quote, late = offer(session), offer(session)
    monkeypatch.setattr(clock, "real_now", lambda: datetime(2026, 12, 4, 20, 59, tzinfo=UTC))
    assert quotes.answer(session, quote.id, accepted=True, by=None)
    monkeypatch.setattr(clock, "real_now", lambda: datetime(2026, 12, 4, 21, 1, tzinfo=UTC))
    with pytest.raises(Refusal) as no:
        quotes.answer(session, late.id, accepted=True, by=None)
    assert no.value.code == "run_out"
    assert late.has_run_out(date(2026, 12, 5))


def test_a_quote_is_billed_once(session: Session, merchant: Merchant) -> None:
    """Its invoice says where it came from; a second one is refused until the first is void."""
    quote = offer(session)
    order = IssueInvoice(JANE, LINES, date(2026, 11, 27), quote_id=quote.id)
    quotes.check_billable(session, quote.id)
    invoice = lifecycle.bill(session, order, by=None)

    assert quotes.billed_as(session, quote) == invoice
    for act in (
        lambda: quotes.check_billable(session, quote.id),
        lambda: quotes.withdraw(session, quote.id, None),
        lambda: quotes.answer(session, quote.id, accepted=True, by=None),
    ):
        with pytest.raises(Refusal) as no:
            act()
        assert no.value.code == "billed"
    lifecycle.void(session, invoice, "x", by=None)
    assert quotes.check_billable(session, quote.id) == quote


def test_a_withdrawn_quote_is_neither_accepted_nor_billed(
    session: Session, merchant: Merchant
) -> None:
    """Taken back is taken back."""
    quote = offer(session)
    quotes.withdraw(session, quote.id, None)
    assert quotes.withdraw(session, quote.id, None).status == "withdrawn"
    for act in (
        lambda: quotes.answer(session, quote.id, accepted=True, by=None),
        lambda: quotes.check_billable(session, quote.id),
    ):
        with pytest.raises(Refusal) as no:
            act()
        assert no.value.code == "withdrawn"


def test_what_was_offered_never_changes(session: Session, merchant: Merchant) -> None:
    """Words and sums are frozen, and an acceptance is not undone behind anybody's back."""
    quote = offer(session)
    quotes.answer(session, quote.id, accepted=True, by=None)
    for change in ("note = 'x'", "total_minor = 1", "status = 'declined'"):
        with pytest.raises(DBAPIError, match="never"), session.begin_nested():
            session.execute(sa.text(f"UPDATE quotes SET {change}"))
    with pytest.raises(DBAPIError, match="permission"), session.begin_nested():
        session.execute(sa.text("DELETE FROM quotes"))


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"valid_until": date(2026, 11, 19)}, "valid_until"),
        ({"valid_until": date(2036, 11, 19)}, "valid_until"),
        ({"lines": (InvoiceLine("x", Decimal(1), Money.of(5, "USD")),)}, "currency"),
        ({"discount": Discount(percent=Decimal(100))}, "nothing_to_pay"),
    ],
)
def test_what_is_no_quote(
    session: Session, merchant: Merchant, more: dict[str, Any], code: str
) -> None:
    """Refused in words, and no number is used."""
    with pytest.raises(Refusal) as no, session.begin_nested():
        offer(session, **more)
    assert no.value.code == code
    assert offer(session).number == 1


def test_another_merchants_quote_is_none(session: Session, merchant: Merchant) -> None:
    """An id of another tenant's quote is as good as none."""
    quote = offer(session)
    make.merchant(session, name="Other")
    with pytest.raises(Refusal) as no:
        quotes.get(session, quote.id)
    assert no.value.code == "not_found"
