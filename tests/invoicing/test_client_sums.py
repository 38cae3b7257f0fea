"""What a client was billed, paid and owes: from the documents, never from a counter (IF-6)."""

import pytest
from sqlalchemy.orm import Session

from invoicing import client_sums, credit_notes
from invoicing.commands import CreditInvoice
from models.invoices import Invoice
from models.merchants import Merchant
from models.money import Money
from tests import make
from tests.pages.bed import pay


@pytest.fixture
def merchant(session: Session) -> Merchant:
    return make.merchant(session)


def shillings(*amounts: int) -> tuple[Money, ...]:
    return tuple(Money(one * 100, "KES") for one in amounts)


def test_billed_paid_and_owed(session: Session, merchant: Merchant) -> None:
    """Two of 2,550: one is paid, of the other 550 are credited; a void one and a draft are nothing."""
    assert merchant
    jane = make.client(session)
    paid, credited = make.invoice(session, jane), make.invoice(session, jane)
    make.invoice(session, jane, status="void", void_reason="x")
    session.add(
        Invoice(merchant_id=jane.merchant_id, client_id=jane.id, currency="KES",
                subtotal_minor=9_900, total_minor=9_900, made_at=jane.made_at)
    )  # fmt: skip
    session.flush()
    pay(session, paid, 255_000, "UKS0000001")
    part = CreditInvoice(credited.id, amount=Money.of(550, "KES"))
    credit_notes.issue(session, part, by=None)
    sums = client_sums.of(session, jane.id)
    assert sums.owed == shillings(2000)
    assert sums.billed == (shillings(4550, 2550),)


def test_each_currency_by_itself_and_who_was_merged(session: Session, merchant: Merchant) -> None:
    """Nothing is added up that differs in kind; what was billed to her other name is hers."""
    assert merchant
    jane, other = make.client(session), make.client(session, name="J. Mwangi")
    other.merged_into_id, other.status = jane.id, "archived"
    make.invoice(session, jane)
    make.invoice(session, other)
    make.invoice(session, jane, currency="TZS", total_minor=5_000_000)
    sums = client_sums.of(session, jane.id)
    assert sums.billed == (shillings(5100, 0), (Money(5_000_000, "TZS"), Money(0, "TZS")))
    assert client_sums.of(session, make.client(session).id).billed == ()
