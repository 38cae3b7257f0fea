"""What is asked about money."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from models.money import Money


class Method(StrEnum):
    """How money came, or was given back, that no gateway told us of."""

    CASH = "cash"
    MPESA = "mpesa"
    BANK = "bank"
    CHEQUE = "cheque"
    OTHER = "other"


class ReverseReason(StrEnum):
    """Why a payment counts for nothing any more."""

    MISTAKE = "mistake"  # it was written down wrongly
    TWICE = "twice"  # it was written down twice
    BOUNCED = "bounced"  # the money went back: a cheque, a transfer, M-Pesa
    DENIED = "denied"  # the customer says that she did not pay it


class PaymentList(StrEnum):
    """Which payments to list."""

    ALL = "all"
    UNOWNED = "unowned"


@dataclass(frozen=True)
class Part:
    """How much of a payment is for one invoice."""

    invoice_id: int
    amount: Money


@dataclass(frozen=True)
class RecordPayment:
    """Money came to me by hand. `paid_on` is the merchant's local day, not after today.

    `parts` say what of it is for which invoices of the client; the rest is her credit. Without
    `client_id` she is the one of the first part's invoice. `again`: I was told that the same is
    written down already, and this is another payment.
    """

    client_id: int | None
    amount: Money
    method: Method
    paid_on: date
    reference: str | None = None
    note: str | None = None
    parts: tuple[Part, ...] = ()
    again: bool = False


@dataclass(frozen=True)
class ShowMoney:
    """What can I do about money that came?"""


@dataclass(frozen=True)
class ShowPayment:
    """Let me see one payment."""

    payment_id: int


@dataclass(frozen=True)
class SendReceipt:
    """Send me the receipt of a payment as a document; `to_client`, send it to her once more.

    Without `payment_id` it is the newest payment that stands.
    """

    payment_id: int | None
    to_client: bool = False


@dataclass(frozen=True)
class ReversePayment:
    """A payment counts for nothing: what it paid is owed again."""

    payment_id: int
    reason: ReverseReason


@dataclass(frozen=True)
class RefundPayment:
    """Money was given back: first what is booked nowhere, the rest off `invoice_id`."""

    payment_id: int
    amount: Money
    method: Method
    reference: str | None = None
    invoice_id: int | None = None


@dataclass(frozen=True)
class UseCredit:
    """Book what the client has left over on one of her invoices."""

    invoice_id: int


@dataclass(frozen=True)
class FreeCredit:
    """Take the credit that pays an invoice off it again: it stays the client's. First asked."""

    invoice_id: int
    sure: bool = False


@dataclass(frozen=True)
class MatchPayment:
    """This money was for that invoice."""

    payment_id: int
    invoice_id: int


@dataclass(frozen=True)
class CreditPayment:
    """This money is that client's, for whatever she buys next."""

    payment_id: int
    client_id: int


@dataclass(frozen=True)
class DisownPayment:
    """This money has nothing to do with my invoices."""

    payment_id: int


@dataclass(frozen=True)
class UnmatchPayment:
    """This money was for something else: it is without an owner again."""

    payment_id: int


@dataclass(frozen=True)
class AnswerCash:
    """The customer answers whether she paid what the merchant wrote down."""

    payment_id: int
    paid: bool


@dataclass(frozen=True)
class SettleCash:
    """The customer denies a payment: the merchant takes it back (`accept`) or lets it stand."""

    payment_id: int
    accept: bool


@dataclass(frozen=True)
class PayInvoice:
    """Ask my phone for the money. `phone` None is the number we know; `amount` None the balance.

    `confirmed`: I was told that an earlier try may still succeed, and want another all the same.
    """

    invoice_id: int
    phone: str | None = None
    amount: Money | None = None
    confirmed: bool = False
