"""What is asked about money."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from models.money import Money


class Method(StrEnum):
    """How money came that no gateway told us of."""

    CASH = "cash"
    BANK = "bank"
    CHEQUE = "cheque"
    OTHER = "other"


@dataclass(frozen=True)
class RecordPayment:
    """Money came to me by hand. `paid_on` is the merchant's local day, not after today."""

    invoice_id: int
    amount: Money
    method: Method
    paid_on: date
    reference: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class PayInvoice:
    """Ask my phone for the money. `phone` None is the number we know; `amount` None the balance.

    `confirmed`: I was told that an earlier try may still succeed, and want another all the same.
    """

    invoice_id: int
    phone: str | None = None
    amount: Money | None = None
    confirmed: bool = False
