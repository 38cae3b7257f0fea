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
class CreditSums:
    """A credit note's sums in minor units; `tax` is within the total either way."""

    subtotal_minor: int
    discount_minor: int
    tax_minor: int
    total_minor: int


def credit_of_lines(billed: Billed, lines: Iterable[tuple[int, Decimal]]) -> CreditSums:
    """Lines (price for one in minor units, how many) less their share of the discount, with tax.

    Shares that were rounded up one by one never come to more than is left.
    """
    lines = tuple(lines)
    subtotal = sum(_whole(Decimal(price) * quantity) for price, quantity in lines)
    off = part(billed.discount_minor, subtotal, billed.subtotal_minor)
    tax = part(billed.tax_minor, subtotal, billed.subtotal_minor)
    total = subtotal - off if billed.tax_inclusive else subtotal - off + tax
    over = total - billed.left_minor
    if 0 < over <= ROUNDED_UP:
        off, total = off + over, billed.left_minor
    return CreditSums(subtotal, off, tax, total)


# As many minor units as shares of discount and tax may have been rounded up by, note after note.
ROUNDED_UP = 10


def credit_of_amount(billed: Billed, amount_minor: int) -> CreditSums:
    """A part of the whole; the tax within it is the same share of it as on the invoice."""
    tax = part(billed.tax_minor, amount_minor, billed.total_minor)
    subtotal = amount_minor if billed.tax_inclusive else amount_minor - tax
    return CreditSums(subtotal, 0, tax, amount_minor)


def part(whole_minor: int, share: int, of: int) -> int:
    """`share / of` of an amount, half up; multiplied first, so that a half stays a half."""
    return _whole(Decimal(whole_minor) * share / (of or 1))


def _whole(exact: Decimal) -> int:
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP))
