"""A made-up invoice in a merchant's own name, to choose a design by."""

from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy.orm import Session

from documents import from_invoice
from documents.facts import ClientFacts, InvoiceFacts, LineFacts, Status, TaxFacts
from invoicing import issuing, merchants, numbering, settings, totals, ways
from invoicing.commands import InvoiceLine, Setting, Tax
from invoicing.totals import Rounding
from models.invoices import Invoice
from models.merchants import Client
from models.money import Money
from models.text import _, render

ACCOUNT = "AB12CD"
DUE_DAYS = 7


def facts(session: Session, design: str, language: str, app_url: str, today: date) -> InvoiceFacts:
    """What such an invoice says; its square opens our home, since there is no such bill."""
    merchant = merchants.get(session)
    client = Client(name=render(_("Your customer"), language))
    said = issuing.parties(merchant, client)
    each = Money.of(850, merchant.currency)
    lines = tuple(
        InvoiceLine(render(words, language), Decimal(count), each)
        for words, count in ((_("Your goods"), 3), (_("Your service"), 1))
    )
    tax = Tax(merchant.tax_rate, merchant.tax_inclusive) if merchant.tax_rate else None
    sums = totals.compute(lines, None, tax, Rounding.TOTAL)
    prefix = settings.values(session, merchant, None)[Setting.PREFIX.value]
    return InvoiceFacts(
        business=from_invoice.business(session, said["business"]),
        client=ClientFacts(client.name),
        issued_on=today,
        due_on=today + timedelta(days=DUE_DAYS),
        lines=tuple(
            LineFacts(line.description, str(line.quantity), line.unit_price, line.amount)
            for line in lines
        ),
        subtotal=sums.subtotal,
        total=sums.total,
        balance=sums.total,
        status=Status.SENT,
        number=numbering.printed(prefix, 7),
        taxes=(TaxFacts(merchant.tax_label, tax.rate, sums.tax),) if tax else (),
        tax_inclusive=merchant.tax_inclusive,
        ways_to_pay=tuple(
            from_invoice.way(way) for way in ways.of(Invoice(parties=said, account_code=ACCOUNT))
        ),
        notes=merchant.default_note or "",
        footer=merchant.footer or "",
        page_url=app_url,
        pay_note=merchant.pay_note or "",
        design=design,
    )
