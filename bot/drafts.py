"""A draft taken up again: its rows as the answers of the dialogue that makes an invoice."""

from typing import Any

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
    for line in invoice.lines:
        key = f"line.{line.position}"
        found[f"{key}.what"] = line.description
        found[f"{key}.quantity"] = f"{line.quantity.normalize():f}"
        found[f"{key}.price"] = Money(line.unit_price_minor, invoice.currency).plain()
        found[f"{key}.more"] = line.position < len(invoice.lines)
    return found


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
