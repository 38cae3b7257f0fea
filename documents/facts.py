"""What stands on a paper: frozen facts, gathered by whoever has the database at hand."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from invoicing.statements import Statement
from models.money import Money
from models.text import Text, _

ACCOUNT_NO = _("Account no.")


class Kind(StrEnum):
    """Which paper an `InvoiceFacts` describes."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    QUOTE = "quote"


class Status(StrEnum):
    """The shown status of an invoice, as on its page."""

    DRAFT = "draft"
    SENT = "sent"
    PARTLY_PAID = "partly_paid"
    PAID = "paid"
    OVERDUE = "overdue"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class BusinessFacts:
    """Who bills. `logo` is a PNG or JPEG that `documents.logo.fit` has accepted."""

    name: str
    address: tuple[str, ...] = ()
    phone: str = ""
    tax_number: str = ""
    logo: bytes | None = None
    email: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class ClientFacts:
    """Who is billed."""

    name: str
    phone: str = ""
    address: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LineFacts:
    """One line; the quantity is a decimal string such as `2` or `1.5`."""

    description: str
    quantity: str
    unit_price: Money
    amount: Money


@dataclass(frozen=True, slots=True)
class TaxFacts:
    """One tax of an invoice; the rate is in percent, None where there is no single one."""

    label: str
    rate: Decimal | None
    amount: Money


@dataclass(frozen=True, slots=True)
class WayToPay:
    """One way to pay as a person reads it: `M-Pesa Paybill`, business 522533, account AB12CD.

    `business_no` is what is typed first (paybill, bank branch), `account` what is typed next or
    alone; `account_label` names the latter ("Till no.", "Account no.").
    """

    label: Text | str
    account: str = ""
    instructions: Text | str | None = None
    business_no: str = ""
    account_label: Text = ACCOUNT_NO


@dataclass(frozen=True, slots=True)
class InvoiceFacts:
    """An invoice, quote or credit note at one moment.

    `number` is None for a draft. `balance` is what is still owed
    (total - paid - credited - rounded). `discount`, `paid`, `credited` and `rounded` are shown only
    where they are not zero; `subtotal` only where it differs from the total. `page_url` is what the
    square code opens; without it there is none. `deposit_left` is what of a `deposit` is not paid
    yet; `refers_to` says which other paper this one is about.
    """

    business: BusinessFacts
    client: ClientFacts
    issued_on: date
    due_on: date | None
    lines: tuple[LineFacts, ...]
    subtotal: Money
    total: Money
    balance: Money
    status: Status
    number: str | None = None
    kind: Kind = Kind.INVOICE
    discount: Money | None = None
    taxes: tuple[TaxFacts, ...] = ()
    tax_inclusive: bool = False
    paid: Money | None = None
    credited: Money | None = None
    rounded: Money | None = None
    ways_to_pay: tuple[WayToPay, ...] = ()
    notes: str = ""
    terms: str = ""
    footer: str = ""
    page_url: str | None = None
    deposit: Money | None = None
    deposit_left: Money | None = None
    refers_to: Text | None = None
    pay_note: str = ""
    design: str = "classic"

    @property
    def voided(self) -> bool:
        """True once the paper no longer counts."""
        return self.status is Status.VOID


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    """One payment that arrived.

    `receipt_no` is the provider's and may not be known yet; `reference` is ours. `paid_at` is aware
    and drawn in `zone`. `payer_phone` comes masked. `balance` is what the invoice still owes after
    this payment, None when the payment belongs to no invoice; of several invoices, all of them owe
    it together, and `parts` say how much went to which. `credit` is kept for later invoices.
    """

    business: BusinessFacts
    client: ClientFacts
    amount: Money
    method: Text | str
    paid_at: datetime
    zone: str
    reference: str
    receipt_no: str | None = None
    payer_phone: str = ""
    invoice_number: str | None = None
    parts: tuple[tuple[str, Money], ...] = ()
    credit: Money | None = None
    balance: Money | None = None
    footer: str = ""
    page_url: str | None = None


@dataclass(frozen=True, slots=True)
class StatementFacts:
    """What a client's account says for a span of days; `today` is the merchant's local day."""

    business: BusinessFacts
    client: ClientFacts
    said: Statement
    today: date
    footer: str = ""
