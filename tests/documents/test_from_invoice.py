"""Stored rows become the facts of a paper."""

from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from documents import from_invoice, invoice, receipt
from documents.facts import Status
from invoicing import lifecycle
from invoicing.commands import (
    BilledTo,
    Discount,
    InvoiceLine,
    IssueInvoice,
    Method,
    Part,
    RecordPayment,
    Tax,
)
from models import db
from models.invoices import Invoice
from models.merchants import Member, Merchant
from models.money import Money
from models.payments import Adjustment, Allocation, Payment
from payments import manual
from tests import make
from tests.documents import papers

APP_URL = "https://bili.test"
TODAY = date(2026, 11, 20)


def kes(amount: str) -> Money:
    return Money.of(amount, "KES")


@pytest.fixture
def merchant(session: Session) -> Merchant:
    return make.merchant(
        session,
        phone="+254722000111",
        address="Moi Avenue\nNairobi",
        footer="Goods once sold",
        ways_to_pay=[
            {"way": "paybill", "number": "522533", "account": None},
            {"way": "till", "number": "5300001", "account": None},
        ],
    )


def bill(session: Session, *, draft: bool = False) -> Invoice:
    command = IssueInvoice(
        client=BilledTo("Jane Mwangi", "+254712345678"),
        lines=(InvoiceLine("cement", Decimal("1.5"), kes("1000")),),
        due_on=date(2026, 11, 27),
        discount=Discount(amount=kes("100")),
        tax=Tax(Decimal(16), inclusive=False),
        note="Thank you",
        draft=draft,
    )
    return lifecycle.bill(session, command, by=None)


def paid(session: Session, bill: Invoice, amount_minor: int) -> Payment:
    payment = Payment(
        merchant_id=bill.merchant_id,
        provider="daraja",
        source="callback",
        method="mpesa",
        receipt="SKL1A2B3C4",
        payer_phone="+254712345678",
        amount_minor=amount_minor,
        currency="KES",
        paid_at=db.now(session),
        made_at=db.now(session),
    )
    session.add(payment)
    session.flush()
    session.add(
        Allocation(
            merchant_id=bill.merchant_id,
            payment_id=payment.id,
            invoice_id=bill.id,
            amount_minor=amount_minor,
            made_at=db.now(session),
        )
    )
    session.add(
        Adjustment(
            merchant_id=bill.merchant_id,
            invoice_id=bill.id,
            kind="credit",
            amount_minor=5000,
            made_at=db.now(session),
        )
    )
    session.flush()
    session.refresh(bill)
    return payment


def test_an_issued_invoice(session: Session, merchant: Merchant) -> None:
    """Sums, parties, ways to pay and what was paid and credited; the client's phone is masked."""
    found = bill(session)
    paid(session, found, 100_000)
    facts = from_invoice.invoice_facts(session, found, APP_URL, TODAY)

    assert (facts.number, facts.status, facts.issued_on) == ("INV-0001", Status.PARTLY_PAID, TODAY)
    assert (facts.subtotal, facts.discount, facts.total) == (
        kes("1500"),
        kes("100"),
        kes("1624"),
    )
    assert (facts.paid, facts.credited, facts.rounded) == (kes("1000"), kes("50"), None)
    assert facts.balance == kes("574")
    assert facts.taxes[0].rate == 16
    assert facts.lines[0].quantity == "1.5"
    assert facts.business.address == ("Moi Avenue", "Nairobi")
    assert facts.business.phone == "0722000111"
    assert facts.client.phone == "0712•••678"
    assert [(way.business_no, way.account) for way in facts.ways_to_pay] == [
        ("522533", found.account_code),
        ("", "5300001"),
    ]
    assert facts.page_url is not None
    assert facts.page_url.startswith(f"{APP_URL}/i/")
    assert invoice.pdf(facts, "en").startswith(b"%PDF")


def test_a_draft_has_todays_parties_and_no_link(session: Session, merchant: Merchant) -> None:
    """Nothing is frozen yet, and the paper says that it is a draft."""
    facts = from_invoice.invoice_facts(session, bill(session, draft=True), APP_URL, TODAY)

    assert (facts.status, facts.number, facts.page_url) == (Status.DRAFT, None, None)
    assert (facts.business.name, facts.client.name) == ("Wanjiru Hardware", "Jane Mwangi")
    assert invoice.pdf(facts, "sw").startswith(b"%PDF")


def test_a_receipt(session: Session, merchant: Merchant) -> None:
    """One payment with the provider's number, the invoice it settled and what is left."""
    found = bill(session)
    facts = from_invoice.receipt_facts(session, paid(session, found, 100_000), APP_URL)

    assert (facts.amount, facts.receipt_no, facts.invoice_number) == (
        kes("1000"),
        "SKL1A2B3C4",
        "INV-0001",
    )
    assert (facts.balance, facts.payer_phone) == (kes("574"), "0712•••678")
    assert receipt.pdf(facts, "en").startswith(b"%PDF")


def test_money_of_no_invoice_has_a_receipt_too(session: Session, merchant: Merchant) -> None:
    """A payment that nobody could match still names the business that got it."""
    payment = Payment(
        merchant_id=merchant.id,
        provider="manual",
        source="manual",
        method="cash",
        payer_name="Otieno",
        amount_minor=5000,
        currency="KES",
        paid_at=db.now(session),
        made_at=db.now(session),
    )
    session.add(payment)
    session.flush()
    facts = from_invoice.receipt_facts(session, payment, APP_URL)

    assert (facts.business.name, facts.client.name) == ("Wanjiru Hardware", "Otieno")
    assert (facts.invoice_number, facts.balance, facts.page_url) == (None, None, None)
    assert facts.reference == f"P-{payment.id}"


def test_a_receipt_for_several_invoices(session: Session, merchant: Merchant) -> None:
    """How much went to which, what is kept, and what all of them still ask for together."""
    client = make.client(session, name="Jane")
    bills = [make.invoice(session, client, total_minor=minor) for minor in (100_000, 80_000)]
    member = session.scalars(sa.select(Member)).one()
    parts = tuple(Part(one.id, kes(part)) for one, part in zip(bills, ("1000", "500"), strict=True))
    command = RecordPayment(
        client.id, kes("1700"), Method.CASH, db.today(session, merchant.zone), parts=parts
    )
    payment = manual.record_for(session, command, member).payment
    facts = from_invoice.receipt_facts(session, payment, APP_URL)
    first, second = (one.number_text or "" for one in bills)
    assert facts.parts == ((first, kes("1000")), (second, kes("500")))
    assert (facts.credit, facts.balance, facts.client.name) == (kes("200"), kes("300"), "Jane")
    said = papers.text(receipt.pdf(facts, "en"))
    for line in (f"{first}: KSh 1,000", f"{second}: KSh 500", "Kept for your next invoice KSh 200"):
        assert line in said
