"""What is asked about an invoice's everyday life."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ExplainInvoice:
    """Tell me what happened to this invoice, and why; `page` counts from 1, the newest."""

    invoice_id: int
    page: int = 1
