"""What an invoice adds up to: amounts, discount, tax under the stored rounding rule, total."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from invoicing.commands import Discount, InvoiceLine, Tax
from models.errors import Refusal
from models.money import BIGGEST_MINOR, Money
from models.text import _

MOST_LINES = 100
HUNDRED = Decimal(100)


class Rounding(StrEnum):
    """Whether tax is rounded on every line or once on the whole; stored on the invoice (A-27)."""

    LINE = "line"
    TOTAL = "total"


@dataclass(frozen=True)
class Totals:
    """`total` is what is owed; `tax` is within it either way. `amounts` go with the lines."""

    subtotal: Money
    discount: Money
    tax: Money
    total: Money
    amounts: tuple[Money, ...]


def compute(
    lines: tuple[InvoiceLine, ...],
    discount: Discount | None = None,
    tax: Tax | None = None,
    rounding: Rounding = Rounding.TOTAL,
) -> Totals:
    """Lines, less the discount, then tax on what is left, half up to the minor unit.

    An inclusive price stays the total to the cent (A-28). Raises Refusal for lines that cannot be
    billed, a discount above the subtotal, and a sum that no bill has.
    """
    _check_lines(lines)
    amounts = tuple(line.amount for line in lines)
    subtotal = sum(amounts[1:], amounts[0])
    off = _taken_off(subtotal, discount)
    taxed = _tax(_taxable(amounts, off, rounding), tax)
    total = subtotal - off if tax is None or tax.inclusive else subtotal - off + taxed
    if max(subtotal, total).amount_minor > BIGGEST_MINOR:
        raise Refusal(_("That is more than one invoice can hold."), "too_big")
    return Totals(subtotal, off, taxed, total, amounts)


def _check_lines(lines: tuple[InvoiceLine, ...]) -> None:
    if not lines:
        raise Refusal(_("An invoice needs at least one line."), "no_lines")
    if len(lines) > MOST_LINES:
        raise Refusal(_("An invoice holds at most {n} lines.", n=MOST_LINES), "too_many_lines")
    for line in lines:
        _check_line(line)


def _check_line(line: InvoiceLine) -> None:
    if not 1 <= len(line.description.strip()) <= 500:
        raise Refusal(_("Every line needs a few words, at most 500 letters."), "description")
    if not _countable(line.quantity):
        raise Refusal(_("A quantity is above 0, with at most 4 decimals."), "quantity")
    if not 0 <= line.unit_price.amount_minor <= BIGGEST_MINOR:
        raise Refusal(_("A price cannot be below 0."), "price")


def _countable(quantity: Decimal) -> bool:
    """Above 0 and within the column: ten digits before the point and four behind it."""
    if not quantity.is_finite() or not 0 < quantity < 10**10:
        return False
    return quantity == quantity.quantize(Decimal("0.0001"))


def _taken_off(subtotal: Money, discount: Discount | None) -> Money:
    if discount is None:
        return Money.zero(subtotal.currency)
    if discount.percent is not None:
        if not 0 <= discount.percent <= HUNDRED:
            raise Refusal(_("A discount is between 0 and 100%."), "discount")
        return _part(subtotal, discount.percent, HUNDRED)
    amount = discount.amount or Money.zero(subtotal.currency)
    if amount.amount_minor < 0 or subtotal < amount:
        raise Refusal(_("The discount is more than the lines come to."), "discount")
    return amount


def _taxable(amounts: tuple[Money, ...], off: Money, rounding: Rounding) -> list[Money]:
    """What tax is reckoned on: every line less its share of the discount, or the whole."""
    whole = sum(amounts[1:], amounts[0])
    if rounding is Rounding.TOTAL:
        return [whole - off]
    return [amount - share for amount, share in zip(amounts, _shares(amounts, off), strict=True)]


def _shares(amounts: tuple[Money, ...], off: Money) -> list[Money]:
    """The discount spread over the lines by their amounts, so that not a cent is lost."""
    shares, left, whole = [], off, sum(amounts[1:], amounts[0])
    for amount in amounts:
        share = _part(left, Decimal(amount.amount_minor), Decimal(whole.amount_minor or 1))
        shares.append(share)
        left, whole = left - share, whole - amount
    return shares


def _tax(bases: list[Money], tax: Tax | None) -> Money:
    zero = Money.zero(bases[0].currency)
    if tax is None:
        return zero
    if not 0 <= tax.rate < HUNDRED:
        raise Refusal(_("A tax rate is between 0 and 100%."), "tax")
    whole = HUNDRED + tax.rate if tax.inclusive else HUNDRED
    return sum((_part(base, tax.rate, whole) for base in bases), zero)


def _part(money: Money, share: Decimal, whole: Decimal) -> Money:
    """`share` of `whole` of an amount, half up; multiplied first, so that a half stays a half."""
    exact = Decimal(money.amount_minor) * share / whole
    return Money(int(exact.quantize(Decimal(1), ROUND_HALF_UP)), money.currency)
