"""What the talk that makes a credit note knows of an invoice, besides what every talk does."""

from typing import Any

from sqlalchemy.orm import Session

from invoicing import apart, credit_notes, lifecycle


def creditable(session: Session, invoice_id: int) -> dict[str, Any]:
    """The sums a part is reckoned from, and the lines that were not taken back yet."""
    invoice = lifecycle.get(session, invoice_id)
    sold = apart.sold(invoice)
    items = [
        [
            one.line.position,
            one.line.description,
            f"{one.quantity.normalize():f}",
            one.line.unit_price_minor,
            f"{one.line.quantity.normalize():f}",
            sold[one.line.position].net_minor,
            sold[one.line.position].tax_minor,
        ]
        for one in credit_notes.lines_left(session, invoice)
    ]
    return {**vars(credit_notes.billed(invoice)), "items": items}
