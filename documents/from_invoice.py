"""Papers of stored rows: gathers the facts that the templates draw."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from documents.facts import (
    BusinessFacts,
    ClientFacts,
    InvoiceFacts,
    Kind,
    LineFacts,
    ReceiptFacts,
    StatementFacts,
    Status,
    TaxFacts,
    WayToPay,
)
from invoicing import (
    allocation,
    apart,
    clients,
    corrections,
    links,
    logos,
    merchants,
    statements,
    ways,
)  # fmt: skip
from invoicing.commands import DESIGNS
from invoicing.phones import masked, national
from invoicing.ways import METHODS, Way
from models import db
from models.credit_notes import CreditNote, CreditNoteLine
from models.invoices import Invoice, InvoiceLine
from models.merchants import Merchant
from models.money import Money
from models.payments import Adjustment, Allocation, Payment
from models.quotes import Quote, QuoteLine, QuoteStatus
from models.text import Text, _


def invoice_facts(session: Session, invoice: Invoice, app_url: str, today: date) -> InvoiceFacts:
    """An invoice as its paper shows it on a local day of the merchant; a draft says so."""
    said = _parties(session, invoice)
    off = adjusted(session, invoice)
    return InvoiceFacts(
        business=business(session, said["business"]),
        client=_client(said["client"]),
        number=invoice.number_text,
        issued_on=invoice.issued_on or today,
        due_on=invoice.due_on,
        lines=tuple(_billed_line(line, invoice) for line in invoice.lines),
        subtotal=Money(invoice.subtotal_minor, invoice.currency),
        total=invoice.total,
        balance=invoice.balance,
        status=Status(invoice.shown(today)),
        discount=Money(invoice.discount_minor, invoice.currency),
        taxes=_taxes(invoice),
        tax_inclusive=invoice.tax_inclusive,
        paid=invoice.paid,
        credited=off.get("credit"),
        rounded=off.get("rounding"),
        ways_to_pay=tuple(way(one) for one in ways.of(invoice)),
        notes=invoice.note or "",
        terms=invoice.terms or "",
        footer=said["business"].get("footer") or "",
        page_url=_page(session, invoice, app_url),
        deposit=Money(invoice.deposit_minor, invoice.currency) if invoice.deposit_minor else None,
        deposit_left=invoice.deposit_due(today),
        refers_to=_origin(session, invoice),
        pay_note=invoice.pay_note or said["business"].get("pay_note") or "",
        design=said["business"].get("design") or DESIGNS[0],
    )


def _origin(session: Session, invoice: Invoice) -> Text | None:
    """Which invoice this one replaces or was replaced by."""
    if (old := corrections.replaces(session, invoice)) is not None:
        return _("This invoice replaces {number}.", number=old.number_text)
    if invoice.adjusted_minor and (new := corrections.replaced_by(session, invoice)) is not None:
        return _("This invoice was replaced by {number}.", number=new.number_text)
    return None


def credit_note_facts(session: Session, note: CreditNote, app_url: str) -> InvoiceFacts:
    """A credit note as its paper shows it; its square code opens the invoice it is about."""
    invoice = session.get_one(Invoice, (note.merchant_id, note.invoice_id))
    said = _parties(session, invoice)
    zero = Money.zero(note.currency)
    about = _("For invoice {number}", number=invoice.number_text)
    return InvoiceFacts(
        business=business(session, said["business"]),
        client=_client(said["client"]),
        number=note.number_text,
        kind=Kind.CREDIT_NOTE,
        issued_on=note.issued_on,
        due_on=None,
        lines=tuple(_line(line, note.currency) for line in note.lines),
        subtotal=Money(note.subtotal_minor, note.currency),
        total=note.total,
        balance=zero,
        status=Status.SENT,
        discount=Money(note.discount_minor, note.currency),
        taxes=_taken_back(note, invoice),
        tax_inclusive=invoice.tax_inclusive,
        notes=note.reason or "",
        footer=said["business"].get("footer") or "",
        page_url=_page(session, invoice, app_url),
        refers_to=about,
        design=said["business"].get("design") or DESIGNS[0],
    )


def quote_facts(session: Session, quote: Quote, page_url: str | None) -> InvoiceFacts:
    """A quote as its paper shows it: nothing is due, nobody is told how to pay."""
    taxes: tuple[TaxFacts, ...] = ()
    if quote.tax_rate is not None:
        tax = Money(quote.tax_minor, quote.currency)
        taxes = (TaxFacts(quote.tax_label or "VAT", quote.tax_rate.normalize(), tax),)
    billing = quote.parties["business"]
    return InvoiceFacts(
        business=business(session, billing),
        client=_client(quote.parties["client"]),
        number=quote.number_text,
        kind=Kind.QUOTE,
        issued_on=quote.issued_on,
        due_on=quote.valid_until,
        lines=tuple(_line(line, quote.currency) for line in quote.lines),
        subtotal=Money(quote.subtotal_minor, quote.currency),
        total=quote.total,
        balance=Money.zero(quote.currency),
        status=Status.VOID if quote.status == QuoteStatus.WITHDRAWN else Status.SENT,
        discount=Money(quote.discount_minor, quote.currency),
        taxes=taxes,
        tax_inclusive=quote.tax_inclusive,
        notes=quote.note or "",
        footer=billing.get("footer") or "",
        page_url=page_url,
        design=billing.get("design") or DESIGNS[0],
    )


def receipt_facts(session: Session, payment: Payment, app_url: str) -> ReceiptFacts:
    """A payment as its receipt shows it; the balance is that of today, of all that it paid."""
    paid = _paid_by(session, payment)
    invoice = paid[0][0] if paid else None
    merchant = merchants.get(session)
    said = _parties(session, invoice) if invoice else {"business": _merchant_said(merchant)}
    left = allocation.unallocated(session, payment.id) if payment.client_id else 0
    owed = [row.balance for row, _part in paid]
    return ReceiptFacts(
        business=business(session, said["business"]),
        client=_client(said.get("client") or {"name": _payer(session, payment)}),
        amount=payment.amount,
        method=METHODS[payment.method],
        paid_at=payment.paid_at,
        zone=merchant.zone,
        reference=f"P-{payment.id}",
        receipt_no=payment.receipt,
        payer_phone=masked(payment.payer_phone) if payment.payer_phone else "",
        invoice_number=invoice.number_text if invoice else None,
        parts=tuple((row.number_text or "…", part) for row, part in paid),
        credit=Money(left, payment.currency) if left else None,
        balance=sum(owed, Money(0, payment.currency)) if owed else None,
        footer=said["business"].get("footer") or "",
        page_url=_page(session, invoice, app_url) if invoice else None,
    )


def _payer(session: Session, payment: Payment) -> str:
    """Whoever paid, by the name that the merchant knows."""
    client = clients.get(session, payment.client_id) if payment.client_id else None
    return client.name if client else payment.payer_name or ""


def statement_facts(
    session: Session, client_id: int, since: date | None, until: date
) -> StatementFacts:
    """A client's account from a day (None: the beginning) to a day, as it stands now."""
    merchant, client = merchants.get(session), clients.get(session, client_id)
    own = _merchant_said(merchant)
    return StatementFacts(
        business=business(session, own),
        client=_client({"name": client.name, "phone": client.phone}),
        said=statements.of(session, client.id, since, until),
        today=db.today(session, merchant.zone),
        footer=own["footer"] or "",
    )


def adjusted(session: Session, invoice: Invoice) -> dict[str, Money]:
    """What lowered the balance without being money, by kind; asks only when there is any."""
    if not invoice.adjusted_minor:
        return {}
    rows = session.execute(
        sa.select(Adjustment.kind, sa.cast(sa.func.sum(Adjustment.amount_minor), sa.BigInteger))
        .where(Adjustment.merchant_id == invoice.merchant_id, Adjustment.invoice_id == invoice.id)
        .group_by(Adjustment.kind)
    )
    return {kind: Money(amount, invoice.currency) for kind, amount in rows if amount}


def _parties(session: Session, invoice: Invoice) -> Mapping[str, Any]:
    """The snapshot of an issued invoice; for a draft, the parties as they are today."""
    if invoice.parties is not None:
        return invoice.parties
    from invoicing import issuing

    return issuing.parties(merchants.get(session), clients.get(session, invoice.client_id))


def _merchant_said(merchant: Merchant) -> dict[str, Any]:
    names = ("name", "phone", "address", "city", "email", "contact", "tax_number", "footer", "logo")
    return {name: getattr(merchant, name) for name in names}


def business(session: Session, said: Mapping[str, Any]) -> BusinessFacts:
    """Who bills, from a snapshot, with the picture it names."""
    phone = said.get("phone")
    return BusinessFacts(
        name=said.get("name") or "",
        address=(*_address(said.get("address")), *_address(said.get("city"))),
        phone=national(phone) if phone else "",
        tax_number=said.get("tax_number") or "",
        logo=logos.find(session, said.get("logo")),
        email=said.get("email") or "",
        contact=said.get("contact") or "",
    )


def _address(words: str | None) -> tuple[str, ...]:
    return tuple(line.strip() for line in (words or "").splitlines() if line.strip())


def _client(said: Mapping[str, Any]) -> ClientFacts:
    """A forwarded paper must not give the customer's number away: it is masked."""
    phone = said.get("phone")
    return ClientFacts(name=said.get("name") or "", phone=masked(phone) if phone else "")


def _line(line: InvoiceLine | CreditNoteLine | QuoteLine, currency: str) -> LineFacts:
    return LineFacts(
        description=line.description,
        quantity=f"{line.quantity.normalize():f}",
        unit_price=Money(line.unit_price_minor, currency),
        amount=Money(line.amount_minor, currency),
    )


def _taxes(invoice: Invoice) -> tuple[TaxFacts, ...]:
    label = invoice.tax_label or "VAT"
    return tuple(TaxFacts(label, rate, amount) for rate, amount in apart.taxes(invoice).items())


def _taken_back(note: CreditNote, invoice: Invoice) -> tuple[TaxFacts, ...]:
    """The tax within a credit note; of several rates in one line, unless all of it is taken back."""
    billed = _taxes(invoice)
    if not billed or note.total_minor == invoice.total_minor:
        return billed
    tax = Money(note.tax_minor, note.currency)
    rate = billed[0].rate if len(billed) == 1 else None
    return (TaxFacts(billed[0].label, rate, tax),)


def _billed_line(line: InvoiceLine, invoice: Invoice) -> LineFacts:
    """A line of an invoice, with what holds for it alone."""
    own = apart.words(line, invoice.currency, invoice.tax_label)
    facts = _line(line, invoice.currency)
    return replace(facts, description=f"{line.description} ({own})") if own else facts


def way(way: Way) -> WayToPay:
    """A way to pay as papers draw it."""
    if way.account:
        return WayToPay(way.label, way.account, way.instructions, way.number, way.account_label)
    return WayToPay(way.label, way.number, way.instructions, account_label=way.number_label)


def _page(session: Session, invoice: Invoice, app_url: str) -> str | None:
    token = links.token_of(session, invoice)
    return links.url(app_url, token) if token else None


def _paid_by(session: Session, payment: Payment) -> list[tuple[Invoice, Money]]:
    """The invoices that a payment is booked on now, in the order of booking, and how much on each."""
    rows = session.execute(
        sa.select(Invoice, sa.cast(sa.func.sum(Allocation.amount_minor), sa.BigInteger))
        .join(
            Allocation,
            sa.and_(
                Allocation.merchant_id == Invoice.merchant_id,
                Allocation.invoice_id == Invoice.id,
            ),
        )
        .where(
            Allocation.merchant_id == db.merchant_id(session),
            Allocation.payment_id == payment.id,
            Allocation.released_at.is_(None),
        )
        .group_by(Invoice.merchant_id, Invoice.id)
        .order_by(sa.func.min(Allocation.id))
    ).all()
    return [(row[0], Money(row[1], payment.currency)) for row in rows]
