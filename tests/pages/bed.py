"""Invoices brought to the stages that a page can show."""

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from invoicing import lifecycle, links
from invoicing.commands import BilledTo, Discount, InvoiceLine, IssueInvoice, Tax
from models import db
from models.invoices import Invoice
from models.merchants import Merchant
from models.money import Money
from models.payments import Allocation, Attempt, Payment
from models.secrets import new_reference

JSON = {"Accept": "application/json"}
WAYS = [
    {"way": "paybill", "number": "522533", "account": None},
    {"way": "till", "number": "5300001", "account": None},
    {"way": "phone", "number": "+254722000111", "account": None},
    {"way": "bank", "number": "0198765432", "account": "Equity"},
    {"way": "cash", "number": None, "account": None},
]


def bill(session: Session, merchant: Merchant, **more: Any) -> Invoice:
    """Three bags and a delivery for Jane, 10 % off, VAT on top: 2,843.16."""
    merchant.ways_to_pay = WAYS
    command = IssueInvoice(
        client=BilledTo("Jane Mwangi", "+254712345678"),
        lines=(
            InvoiceLine("bags cement", Decimal(3), Money.of(850, "KES")),
            InvoiceLine("delivery", Decimal("0.5"), Money.of(347, "KES")),
        ),
        due_on=more.pop("due_on", date(2026, 11, 27)),
        discount=Discount(percent=Decimal(10)),
        tax=Tax(Decimal(16), inclusive=False),
        note="Thank you for your business",
    )
    return lifecycle.bill(session, command, by=None)


def path(session: Session, invoice: Invoice) -> str:
    token = links.token_of(session, invoice)
    assert token is not None
    return f"/i/{token}"


def attempt(session: Session, invoice: Invoice, state: str, **more: Any) -> Attempt:
    found = Attempt(
        merchant_id=invoice.merchant_id,
        invoice_id=invoice.id,
        gateway="daraja",
        reference=new_reference(),
        amount_minor=invoice.total_minor // 100 * 100,
        currency=invoice.currency,
        phone="+254712345678",
        destination="174379",
        state=state,
        made_at=more.pop("made_at", db.now(session)),
        **more,
    )
    session.add(found)
    session.flush()
    return found


def pay(session: Session, invoice: Invoice, amount_minor: int, receipt: str | None) -> None:
    payment = Payment(
        merchant_id=invoice.merchant_id,
        provider="daraja",
        source="callback",
        method="mpesa",
        receipt=receipt,
        amount_minor=amount_minor,
        currency=invoice.currency,
        paid_at=db.now(session),
        made_at=db.now(session),
    )
    session.add(payment)
    session.flush()
    session.add(
        Allocation(
            merchant_id=invoice.merchant_id,
            payment_id=payment.id,
            invoice_id=invoice.id,
            amount_minor=amount_minor,
            made_at=db.now(session),
        )
    )
    session.flush()
