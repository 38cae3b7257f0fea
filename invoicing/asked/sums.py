"""Lines, discount and tax, and what they add up to on a card."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from models.money import Money

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Discount:
    """Off a line or the whole: `percent` (0 to 100) or an `amount`, exactly one of them."""

    percent: Decimal | None = None
    amount: Money | None = None

    def __post_init__(self) -> None:
        if (self.percent is None) == (self.amount is None):
            raise ValueError("a discount is a percentage or an amount")

    def of(self, money: Money) -> Money:
        """What it takes off so much, never more than that."""
        if self.percent is not None:
            return money.times(self.percent / HUNDRED)
        return min(self.amount or Money.zero(money.currency), money)


@dataclass(frozen=True)
class InvoiceLine:
    """Goods or work: `quantity` above 0 with at most 3 decimals, `unit_price` for one.

    `discount` comes off this line alone. `tax_rate` (percent) is its own rate where it differs from
    the invoice's; 0 for what is not taxed.
    """

    description: str
    quantity: Decimal
    unit_price: Money
    discount: Discount | None = None
    tax_rate: Decimal | None = None

    @property
    def amount(self) -> Money:
        """Price times quantity, to the minor unit; before any discount."""
        return self.unit_price.times(self.quantity)

    @property
    def off(self) -> Money:
        """What its own discount takes off."""
        return self.discount.of(self.amount) if self.discount else Money.zero(self.amount.currency)

    @property
    def net(self) -> Money:
        """What is left of it after its own discount."""
        return self.amount - self.off


@dataclass(frozen=True)
class Tax:
    """`rate` in percent; `inclusive` when the prices already hold it."""

    rate: Decimal
    inclusive: bool


@dataclass(frozen=True)
class Sums:
    """What an invoice adds up to; `total` is what is owed, `tax` is within it either way.

    `discount` is all that was taken off, from lines and from the whole. `taxes` are the parts of
    `tax` by rate.
    """

    subtotal: Money
    discount: Money
    tax: Money
    total: Money
    taxes: Mapping[Decimal, Money] = field(default_factory=dict)


def add_up(
    lines: tuple[InvoiceLine, ...], discount: Discount | None = None, tax: Tax | None = None
) -> Sums:
    """Lines, less the discounts (never more than they come to), then tax on what is left.

    Tax is rounded once for each rate (half up). An inclusive price stays the total to the cent.
    This is what the card shows; `invoicing.totals` has the last word and a test holds them equal.
    """
    subtotal = sum((line.amount for line in lines[1:]), lines[0].amount)
    net = sum((line.net for line in lines[1:]), lines[0].net)
    whole = discount.of(net) if discount else Money.zero(net.currency)
    left = net - whole
    taxes = taxed(lines, whole, tax)
    within = sum(taxes.values(), Money.zero(left.currency))
    inclusive = tax is not None and tax.inclusive
    return Sums(subtotal, subtotal - left, within, left if inclusive else left + within, taxes)


def taxed(
    lines: Sequence[InvoiceLine], whole: Money, tax: Tax | None, *, by_line: bool = False
) -> dict[Decimal, Money]:
    """The tax by rate, when `whole` comes off all lines by their shares.

    Rounded once for each rate, or on every line. A line's own rate goes before the invoice's.
    """
    usual, inclusive = (tax.rate, tax.inclusive) if tax else (Decimal(0), False)
    bases: dict[Decimal, list[Money]] = {}
    for line, share in zip(lines, shares([line.net for line in lines], whole), strict=True):
        rate = usual if line.tax_rate is None else line.tax_rate
        if rate:
            bases.setdefault(rate, []).append(line.net - share)
    return {rate: _tax(found, rate, inclusive, by_line) for rate, found in bases.items()}


def _tax(bases: list[Money], rate: Decimal, inclusive: bool, by_line: bool) -> Money:
    whole = HUNDRED + rate if inclusive else HUNDRED
    zero = Money.zero(bases[0].currency)
    if by_line:
        return sum((part(base, rate, whole) for base in bases), zero)
    return part(sum(bases, zero), rate, whole)


def shares(amounts: Sequence[Money], off: Money) -> list[Money]:
    """A discount spread over amounts by their size, so that not a cent is lost."""
    found, left, whole = [], off, sum(amounts[1:], amounts[0])
    for amount in amounts:
        share = part(left, Decimal(amount.amount_minor), Decimal(whole.amount_minor or 1))
        found.append(share)
        left, whole = left - share, whole - amount
    return found


def part(money: Money, share: Decimal, whole: Decimal) -> Money:
    """`share` of `whole`, half up; multiplied before it is divided, so that a half stays one."""
    exact = Decimal(money.amount_minor) * share / whole
    return Money(int(exact.quantize(Decimal(1), ROUND_HALF_UP)), money.currency)
