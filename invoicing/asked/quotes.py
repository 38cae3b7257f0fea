"""What is asked about a quote: what something would cost, until when."""

from dataclasses import dataclass
from datetime import date

from invoicing.asked.invoices import BilledTo
from invoicing.asked.sums import Discount, InvoiceLine, Tax


@dataclass(frozen=True)
class MakeQuote:
    """Make this quote and send it. `valid_until` is the merchant's local day, not before today."""

    client: BilledTo
    lines: tuple[InvoiceLine, ...]
    valid_until: date
    discount: Discount | None = None
    tax: Tax | None = None
    note: str | None = None


@dataclass(frozen=True)
class ListQuotes:
    """Show me my quotes, the newest first, from below `after` on; with `words`, those that fit."""

    after: int | None = None
    words: str = ""


@dataclass(frozen=True)
class ShowQuote:
    """Show me one quote and what I can do with it."""

    quote_id: int


@dataclass(frozen=True)
class SendQuote:
    """Give me a quote as a document."""

    quote_id: int


@dataclass(frozen=True)
class ResendQuote:
    """Send the customer the quote once more."""

    quote_id: int


@dataclass(frozen=True)
class AnswerQuote:
    """The customer takes the offer, or does not."""

    quote_id: int
    accepted: bool


@dataclass(frozen=True)
class WithdrawQuote:
    """The merchant takes her offer back; `sure` once she has been asked."""

    quote_id: int
    sure: bool = False
