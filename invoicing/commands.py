"""All that can be asked of us, as plain facts: what a dialogue returns and the bot carries out.

A command is checked again in full when it is carried out; nothing in it is proof of anything.
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from models.money import Money
from models.text import Text


class PayWay(StrEnum):
    """How a merchant's customers pay her."""

    PAYBILL = "paybill"
    TILL = "till"
    PHONE = "phone"  # to her own number: send money, or Pochi la Biashara
    BANK = "bank"
    CASH = "cash"


class Method(StrEnum):
    """How money came that no gateway told us of."""

    CASH = "cash"
    BANK = "bank"
    CHEQUE = "cheque"
    OTHER = "other"


class ListKind(StrEnum):
    """Which invoices to list."""

    OPEN = "open"
    OVERDUE = "overdue"
    PAID = "paid"
    DRAFT = "draft"


class ReportReason(StrEnum):
    """What a customer says is wrong with an invoice."""

    NOT_RECEIVED = "not_received"
    WRONG_AMOUNT = "wrong_amount"
    ALREADY_PAID = "already_paid"
    NOT_MINE = "not_mine"
    ABUSE = "abuse"
    OTHER = "other"


@dataclass(frozen=True)
class SignUp:
    """Make me a merchant. `language` is en or sw, `country` two letters.

    `pay_number` is the paybill, till, phone (E.164) or bank account, `pay_account` the account
    name or number that goes with a paybill, or the bank's name; None where the way has none.
    `tax_rate` in percent, None if she charges none.
    """

    language: str
    business: str
    country: str
    currency: str
    zone: str
    pay_way: PayWay
    pay_number: str | None
    pay_account: str | None
    tax_rate: Decimal | None
    tax_inclusive: bool


@dataclass(frozen=True)
class AddClient:
    """Remember someone I bill. `phone` is E.164."""

    name: str
    phone: str | None


@dataclass(frozen=True)
class BilledTo:
    """Whom an invoice is for: a client we know (`client_id`), otherwise a new one by name."""

    name: str
    phone: str | None
    client_id: int | None = None


@dataclass(frozen=True)
class InvoiceLine:
    """Goods or work: `quantity` above 0 with at most 3 decimals, `unit_price` for one."""

    description: str
    quantity: Decimal
    unit_price: Money

    @property
    def amount(self) -> Money:
        """Price times quantity, to the minor unit."""
        return self.unit_price.times(self.quantity)


@dataclass(frozen=True)
class Discount:
    """Off the whole invoice: `percent` (0 to 100) or an `amount`, exactly one of them."""

    percent: Decimal | None = None
    amount: Money | None = None

    def __post_init__(self) -> None:
        if (self.percent is None) == (self.amount is None):
            raise ValueError("a discount is a percentage or an amount")


@dataclass(frozen=True)
class Tax:
    """`rate` in percent; `inclusive` when the prices already hold it."""

    rate: Decimal
    inclusive: bool


@dataclass(frozen=True)
class Sums:
    """What an invoice adds up to; `total` is what is owed, `tax` is within it either way."""

    subtotal: Money
    discount: Money
    tax: Money
    total: Money


def add_up(
    lines: tuple[InvoiceLine, ...], discount: Discount | None = None, tax: Tax | None = None
) -> Sums:
    """Lines, less the discount (never more than they come to), then tax on what is left.

    Tax is rounded once on the whole (half up). An inclusive price stays the total to the cent.
    This is what the card shows; `invoicing.totals` has the last word and a test holds them equal.
    """
    subtotal = sum((line.amount for line in lines[1:]), lines[0].amount)
    off = _taken_off(subtotal, discount)
    left = subtotal - off
    if tax is None:
        return Sums(subtotal, off, Money.zero(left.currency), left)
    if tax.inclusive:
        return Sums(subtotal, off, _part(left, tax.rate, 100 + tax.rate), left)
    on_top = left.times(tax.rate / 100)
    return Sums(subtotal, off, on_top, left + on_top)


def _part(money: Money, share: Decimal, whole: Decimal) -> Money:
    """`share` of `whole`, half up; multiplied before it is divided, so that a half stays one."""
    exact = Decimal(money.amount_minor) * share / whole
    return Money(int(exact.quantize(Decimal(1), ROUND_HALF_UP)), money.currency)


def _taken_off(subtotal: Money, discount: Discount | None) -> Money:
    if discount is None:
        return Money.zero(subtotal.currency)
    if discount.percent is not None:
        return subtotal.times(discount.percent / 100)
    amount = discount.amount or Money.zero(subtotal.currency)
    return min(amount, subtotal)


@dataclass(frozen=True)
class IssueInvoice:
    """Make this invoice and send it; with `draft`, keep it for later and send nothing.

    With `draft_id` it takes the place of that draft.
    """

    client: BilledTo
    lines: tuple[InvoiceLine, ...]
    due_on: date
    discount: Discount | None = None
    tax: Tax | None = None
    note: str | None = None
    draft: bool = False
    draft_id: int | None = None


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
class RecordPayment:
    """Money came to me by hand. `paid_on` is the merchant's local day, not after today."""

    invoice_id: int
    amount: Money
    method: Method
    paid_on: date
    reference: str | None = None
    note: str | None = None


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
class SetLanguage:
    """Speak to me in this language from now on: en or sw."""

    language: str


@dataclass(frozen=True)
class PayInvoice:
    """Ask my phone for the money. `phone` None is the number we know; `amount` None the balance.

    `confirmed`: I was told that an earlier try may still succeed, and want another all the same.
    """

    invoice_id: int
    phone: str | None = None
    amount: Money | None = None
    confirmed: bool = False


@dataclass(frozen=True)
class ReportInvoice:
    """The customer says something is wrong with an invoice."""

    invoice_id: int
    reason: ReportReason
    words: str | None = None


class ReminderScope(StrEnum):
    """How far a switch of the reminders reaches, from one invoice to everything."""

    INVOICE = "invoice"
    CLIENT = "client"
    ALL = "all"


@dataclass(frozen=True)
class SnoozeReminders:
    """Leave me in peace about this invoice for three days, then remind me."""

    invoice_id: int


@dataclass(frozen=True)
class SwitchReminders:
    """Reminders on or off: for this invoice, for its client, or for all clients of its merchant."""

    invoice_id: int
    on: bool
    scope: ReminderScope = ReminderScope.INVOICE


@dataclass(frozen=True)
class ConfirmContact:
    """Yes, this chat is my client's: you may write to her there."""

    client_id: int
    contact_id: int


@dataclass(frozen=True)
class StopMessages:
    """Send me nothing more until I say so."""


@dataclass(frozen=True)
class ResumeMessages:
    """Send me messages again."""


@dataclass(frozen=True)
class Nothing:
    """The person thought better of it: only say these words."""

    words: Text


Command = (
    SignUp | AddClient | IssueInvoice | DeleteDraft | VoidInvoice | RecordPayment
    | ResendInvoice | ShowInvoice | ListInvoices | SendDocument | SetLanguage | PayInvoice
    | ReportInvoice | ConfirmContact | StopMessages | ResumeMessages | Nothing
    | SnoozeReminders | SwitchReminders
)  # fmt: skip
