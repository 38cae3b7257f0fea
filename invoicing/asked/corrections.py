"""What is asked about an invoice that is not right any more: credit, write off, and back again."""

from dataclasses import dataclass
from decimal import Decimal

from models.money import Money


@dataclass(frozen=True)
class CreditedLine:
    """So many of the invoice's line at `position` (from 1) are taken back; `quantity` above 0."""

    position: int
    quantity: Decimal


@dataclass(frozen=True)
class CreditInvoice:
    """Take back all that is left of an invoice, or an `amount` of it, or some of its `lines`."""

    invoice_id: int
    reason: str | None = None
    amount: Money | None = None
    lines: tuple[CreditedLine, ...] = ()

    def __post_init__(self) -> None:
        if self.amount is not None and self.lines:
            raise ValueError("a credit note is for an amount or for lines")


@dataclass(frozen=True)
class ReviseInvoice:
    """I want to correct an invoice: make me a new one out of it, perhaps with a deposit."""

    invoice_id: int
    deposit: bool = False


@dataclass(frozen=True)
class WriteOff:
    """Give up what is still owed on an invoice. `reason` is for the merchant's own books."""

    invoice_id: int
    reason: str | None = None


@dataclass(frozen=True)
class UndoWriteOff:
    """The write-off was a mistake: what was given up is owed again."""

    invoice_id: int


@dataclass(frozen=True)
class ShowMore:
    """Show me everything else that can be done with an invoice."""

    invoice_id: int


@dataclass(frozen=True)
class SendCreditNote:
    """Give me a credit note as a document."""

    credit_note_id: int
