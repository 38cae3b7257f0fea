"""A draft taken up again: its rows as the answers of the dialogue that makes an invoice."""

from typing import Any

from sqlalchemy.orm import Session

from invoicing import corrections, merchants, quotes
from models import db
from models.invoices import Invoice
from models.merchants import Client
from models.money import Money


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
    }
    if invoice.deposit_minor is not None:
        deposit = Money(invoice.deposit_minor, invoice.currency)
        found["deposit"] = {"amount": deposit.plain()}
    for line in invoice.lines:
        key = f"line.{line.position}"
        found[f"{key}.what"] = line.description
        found[f"{key}.quantity"] = f"{line.quantity.normalize():f}"
        found[f"{key}.price"] = Money(line.unit_price_minor, invoice.currency).plain()
        found[f"{key}.more"] = line.position < len(invoice.lines)
    return found


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


def _discount(invoice: Invoice) -> dict[str, str] | None:
    if invoice.discount_percent:
        return {"percent": f"{invoice.discount_percent.normalize():f}"}
    if invoice.discount_minor:
        return {"amount": Money(invoice.discount_minor, invoice.currency).plain()}
    return None


def _tax(invoice: Invoice) -> dict[str, Any] | None:
    if invoice.tax_rate is None:
        return None
    return {"rate": f"{invoice.tax_rate.normalize():f}", "inclusive": invoice.tax_inclusive}
