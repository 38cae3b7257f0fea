"""What is asked about an invoice's everyday life."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ExplainInvoice:
    """Tell me everything that happened to this invoice, and why."""

    invoice_id: int
