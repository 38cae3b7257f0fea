"""Lines, discount and tax, and what they add up to on a card."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from models.money import Money


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
