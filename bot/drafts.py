"""A draft taken up again: its rows as the answers of the dialogue that makes an invoice."""

from typing import Any

from sqlalchemy.orm import Session

from invoicing import corrections, merchants, quotes
from models import db
from models.invoices import Invoice, InvoiceLine
from models.merchants import Client
from models.money import Money
from models.quotes import Quote


def answers(invoice: Invoice, client: Client) -> dict[str, Any]:
    """What was answered when the draft was made, in the questions' stored forms."""
    found: dict[str, Any] = {
        "draft": invoice.id,
        "currency": invoice.currency,
        "client": {"id": client.id, "name": client.name, "phone": client.phone},
        "due": invoice.due_on.isoformat() if invoice.due_on else None,
        "discount": _discount(invoice),
        "tax": _tax(invoice),
        "note": invoice.note,
        "terms": invoice.terms,
        "pay_note": invoice.pay_note,
    }
    if invoice.deposit_minor is not None:
        deposit = Money(invoice.deposit_minor, invoice.currency)
        found["deposit"] = {"amount": deposit.plain()}
    return found | _lines(invoice)


def _lines(paper: Invoice | Quote) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for line in paper.lines:
        key = f"line.{line.position}"
        found[f"{key}.what"] = line.description
        found[f"{key}.quantity"] = f"{line.quantity.normalize():f}"
        found[f"{key}.price"] = Money(line.unit_price_minor, paper.currency).plain()
        if isinstance(line, InvoiceLine):
            found |= _apart(key, line, paper.currency)
        found[f"{key}.more"] = line.position < len(paper.lines)
    return found


def of_quote(quote: Quote, client: Client) -> dict[str, Any]:
    """A quote as the answers of the talk that bills it; only the day it is due is asked."""
    return {
        "client": {"id": client.id, "name": client.name, "phone": client.phone},
        "currency": quote.currency,
        "discount": _discount(quote),
        "tax": _tax(quote),
        "note": quote.note,
        "quote": {"id": quote.id, "number": quote.number_text},
        **_lines(quote),
    }


def origin(session: Session, invoice: Invoice) -> dict[str, Any]:
    """What a draft was made of: the invoice it corrects, the quote it bills."""
    found: dict[str, Any] = {}
    if (old := corrections.replaces(session, invoice)) is not None:
        found["revises"] = {"id": old.id, "number": old.number_text}
    if invoice.quote_id is not None:
        quote = quotes.get(session, invoice.quote_id)
        found["quote"] = {"id": quote.id, "number": quote.number_text}
    return found


def revision(session: Session, invoice: Invoice, client: Client) -> dict[str, Any]:
    """An issued invoice as the answers of the talk that makes its correction.

    A due day that went by is asked anew.
    """
    found = answers(invoice, client)
    del found["draft"]
    today = db.today(session, merchants.get(session).zone)
    if invoice.due_on is not None and invoice.due_on < today:
        del found["due"]
    return {**found, "revises": {"id": invoice.id, "number": invoice.number_text}}


def _discount(invoice: Invoice | Quote) -> dict[str, str] | None:
    if invoice.discount_percent:
        return {"percent": f"{invoice.discount_percent.normalize():f}"}
    apart = sum(line.discount_minor for line in invoice.lines if isinstance(line, InvoiceLine))
    whole = invoice.discount_minor - apart
    return {"amount": Money(whole, invoice.currency).plain()} if whole else None


def _apart(key: str, line: InvoiceLine, currency: str) -> dict[str, Any]:
    """What holds for one line alone."""
    found: dict[str, Any] = {}
    if line.discount_minor:
        found[f"{key}.discount"] = _line_discount(line, currency)
    if line.tax_rate is not None:
        found[f"{key}.tax"] = f"{line.tax_rate.normalize():f}"
    return found


def _line_discount(line: InvoiceLine, currency: str) -> dict[str, str]:
    if line.discount_percent:
        return {"percent": f"{line.discount_percent.normalize():f}"}
    return {"amount": Money(line.discount_minor, currency).plain()}


def _tax(invoice: Invoice | Quote) -> dict[str, Any] | None:
    if invoice.tax_rate is None:
        return None
    return {"rate": f"{invoice.tax_rate.normalize():f}", "inclusive": invoice.tax_inclusive}
