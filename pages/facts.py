"""The same facts as JSON: the shape that programs and the page's own script read."""

from decimal import Decimal
from typing import Any

from models.invoices import InvoiceLine
from models.money import Money
from models.text import Text, _, raw, render
from pages import files
from pages.view import Try, View


def of(view: View) -> dict[str, Any]:
    """Everything about an invoice; amounts and quantities are decimal strings."""
    invoice = view.invoice
    minor = {
        "subtotal": invoice.subtotal_minor,
        "discount": invoice.discount_minor,
        "tax": invoice.tax_minor,
        "total": invoice.total_minor,
        "paid": invoice.paid_minor,
        "balance": invoice.balance.amount_minor,
    }
    return {
        "number": invoice.number_text,
        "status": view.shown.value,
        "business": view.business,
        "client": view.client,
        "currency": invoice.currency,
        "lines": [_line(line, invoice.currency) for line in view.lines],
        **{name: Money(value, invoice.currency).plain() for name, value in minor.items()},
        "issued_on": invoice.issued_on.isoformat() if invoice.issued_on else None,
        "due_on": invoice.due_on.isoformat() if invoice.due_on else None,
        "files": [
            {"name": one.name, "size": one.size, "path": files.path(view.token, one)}
            for one in view.files
        ],
        "ways_to_pay": ways(view),
        "attempt": attempt(view.attempt, view.language) if view.attempt else None,
        "disputed": invoice.disputed_at is not None,
        "credited": "credit" in view.adjusted,
        "written_off": invoice.written_off_at is not None or "write_off" in view.adjusted,
    }


def _line(line: InvoiceLine, currency: str) -> dict[str, str]:
    return {
        "description": line.description,
        "quantity": plain(line.quantity),
        "unit_price": Money(line.unit_price_minor, currency).plain(),
        "amount": Money(line.amount_minor, currency).plain(),
    }


def plain(number: Decimal) -> str:
    """A decimal string without needless zeros: `3`, `1.5`."""
    return f"{number.normalize():f}"


def attempt(found: Try, language: str) -> dict[str, Any]:
    """Where a try stands and what to tell its payer."""
    return {
        "status": found.status.value,
        "message": render(found.message, language),
        "redirect_url": found.redirect_url,
    }


def ways(view: View) -> list[dict[str, str]]:
    """How this invoice can be paid, the prompt first; nothing once nothing is owed."""
    if not view.payable:
        return []
    code = view.invoice.account_code or ""
    found: list[tuple[str, Text, str, Text]] = []
    if view.offer is not None:
        words = _("We send an M-Pesa prompt to your phone. Enter your PIN there.")
        found.append((view.offer.gateway, raw("M-Pesa"), code, words))
    for way in view.ways:
        told = ", ".join(filter(None, [way.number, way.account]))
        words = way.instructions
        if told:
            words = Text("{words}", {"words": (way.instructions, raw(told))})
        found.append((way.kind.value, way.label, way.account or way.number, words))
    return [
        {
            "gateway": gateway,
            "label": render(label, view.language),
            "account": account,
            "instructions": render(words, view.language),
        }
        for gateway, label, account, words in found
    ]
