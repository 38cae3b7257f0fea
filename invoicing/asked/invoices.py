"""What is asked about an invoice."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from invoicing.asked.files import SentFile
from invoicing.asked.sums import Discount, InvoiceLine, Tax
from models.money import Money


class ListKind(StrEnum):
    """Which invoices to list."""

    OPEN = "open"
    OVERDUE = "overdue"
    PAID = "paid"
    DRAFT = "draft"
    ALL = "all"


class ReportReason(StrEnum):
    """What a customer says is wrong with an invoice."""

    NOT_RECEIVED = "not_received"
    WRONG_AMOUNT = "wrong_amount"
    ALREADY_PAID = "already_paid"
    NOT_MINE = "not_mine"
    ABUSE = "abuse"
    OTHER = "other"


@dataclass(frozen=True)
class BilledTo:
    """Whom an invoice is for: a client we know (`client_id`), otherwise a new one by name."""

    name: str
    phone: str | None
    client_id: int | None = None


@dataclass(frozen=True)
class IssueInvoice:
    """Make this invoice and send it; with `draft`, keep it for later and send nothing.

    With `draft_id` it takes the place of that draft. `deposit`, less than the total, is asked for
    first. `revises` is the invoice that is taken back for this one, `quote_id` the quote that it
    bills. `terms` and `pay_note` are printed: what was agreed, and how to pay this one. `files` go
    with it.
    """

    client: BilledTo
    lines: tuple[InvoiceLine, ...]
    due_on: date
    discount: Discount | None = None
    tax: Tax | None = None
    note: str | None = None
    draft: bool = False
    draft_id: int | None = None
    deposit: Money | None = None
    revises: int | None = None
    quote_id: int | None = None
    terms: str | None = None
    pay_note: str | None = None
    files: tuple[SentFile, ...] = ()


@dataclass(frozen=True)
class DeleteDraft:
    """Throw away an invoice that was never issued."""

    invoice_id: int


@dataclass(frozen=True)
class VoidInvoice:
    """Make an issued invoice count for nothing; its number stays used. `reason` is printed."""

    invoice_id: int
    reason: str


@dataclass(frozen=True)
class ResendInvoice:
    """Send the customer the link once more."""

    invoice_id: int


@dataclass(frozen=True)
class ShowInvoice:
    """Show me one invoice and what I can do with it."""

    invoice_id: int


@dataclass(frozen=True)
class ListInvoices:
    """Show me my invoices, ten at a time; `page` counts from 1."""

    kind: ListKind = ListKind.OPEN
    page: int = 1


@dataclass(frozen=True)
class SendDocument:
    """Give me a document: `document` is invoice or receipt, `kind` pdf or png."""

    invoice_id: int
    document: str = "invoice"
    kind: str = "pdf"


@dataclass(frozen=True)
class ReportInvoice:
    """The customer says something is wrong with an invoice."""

    invoice_id: int
    reason: ReportReason
    words: str | None = None
