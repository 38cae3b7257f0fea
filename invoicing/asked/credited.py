"""What a credit note for chosen lines comes to; the card shows it and the rule goes by it."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal


@dataclass(frozen=True)
class Billed:
    """The sums of the invoice, in minor units, and what of its total can still be taken back."""

    subtotal_minor: int
    discount_minor: int
    tax_minor: int
    total_minor: int
    left_minor: int
    tax_inclusive: bool


@dataclass(frozen=True)
class Sold:
    """What a line of an invoice was sold for: its share of the totals, in minor units.

    `net_minor` is less its own discount and its share of that on the whole; `tax_minor` is within
    it where prices include tax, else besides. `quantity` were billed, `left` are not credited yet.
    """

    price_minor: int
    quantity: Decimal
    left: Decimal
    net_minor: int
    tax_minor: int

    def piece(self, whole_minor: int, taken: Decimal) -> int:
        """The share of so many more: pieces of one line add up to the whole of it."""
        before = self.quantity - self.left
        return part(whole_minor, before + taken, self.quantity) - part(
            whole_minor, before, self.quantity
        )


@dataclass(frozen=True)
class CreditSums:
    """A credit note's sums in minor units; `tax` is within the total either way."""

    subtotal_minor: int
    discount_minor: int
    tax_minor: int
    total_minor: int


def credit_of_lines(billed: Billed, taken: Iterable[tuple[Sold, Decimal]]) -> CreditSums:
    """So many of each line for what they were sold at: all lines together are the whole invoice.

    Never more than is left; where a part of one piece (0.333 kg) was rounded, never a cent more
    than its price.
    """
    taken = tuple(taken)
    subtotal = sum(_whole(Decimal(one.price_minor) * quantity) for one, quantity in taken)
    net = min(sum(one.piece(one.net_minor, quantity) for one, quantity in taken), subtotal)
    tax = sum(one.piece(one.tax_minor, quantity) for one, quantity in taken)
    total = net if billed.tax_inclusive else net + tax
    over = total - billed.left_minor
    if 0 < over <= ROUNDED_UP:
        net, total = net - over, billed.left_minor
    return CreditSums(subtotal, subtotal - net, tax, total)


# As many minor units as notes for amounts may have been rounded up by, one after the other.
ROUNDED_UP = 10


def credit_of_amount(billed: Billed, amount_minor: int) -> CreditSums:
    """A part of the whole; the tax within it is the same share of it as on the invoice."""
    tax = part(billed.tax_minor, amount_minor, billed.total_minor)
    subtotal = amount_minor if billed.tax_inclusive else amount_minor - tax
    return CreditSums(subtotal, 0, tax, amount_minor)


def part(whole_minor: int, share: int | Decimal, of: int | Decimal) -> int:
    """`share / of` of an amount, half up; multiplied first, so that a half stays a half."""
    return _whole(Decimal(whole_minor) * share / (of or 1))


def _whole(exact: Decimal) -> int:
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP))
