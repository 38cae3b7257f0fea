"""What an invoice adds up to: amounts, discount, tax under the stored rounding rule, total."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from invoicing.asked.sums import part, taxed
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
    """`total` is what is owed; `tax` is within it either way.

    `subtotal` is before any discount, `discount` all that comes off; `amounts` go with the lines.
    """

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
    """Lines, less their discounts and that on the whole, then tax on what is left, half up.

    An inclusive price stays the total to the cent (A-28). Raises Refusal for lines that cannot be
    billed, a discount above the subtotal, and a sum that no bill has.
    """
    _check_lines(lines)
    _check_tax(lines, tax)
    amounts = tuple(line.amount for line in lines)
    subtotal = sum(amounts[1:], amounts[0])
    net = sum((line.net for line in lines[1:]), lines[0].net)
    whole = _taken_off(net, discount)
    taxes = taxed(lines, whole, tax, by_line=rounding is Rounding.LINE)
    within, left = sum(taxes.values(), Money.zero(net.currency)), net - whole
    total = left if tax is not None and tax.inclusive else left + within
    if max(subtotal, total).amount_minor > BIGGEST_MINOR:
        raise Refusal(_("That is more than one invoice can hold."), "too_big")
    return Totals(subtotal, subtotal - left, within, total, amounts)


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
    if line.discount is not None:
        _taken_off(line.amount, line.discount)


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
        return part(subtotal, discount.percent, HUNDRED)
    amount = discount.amount or Money.zero(subtotal.currency)
    if amount.amount_minor < 0 or subtotal < amount:
        raise Refusal(_("The discount is more than the lines come to."), "discount")
    return amount


def _check_tax(lines: tuple[InvoiceLine, ...], tax: Tax | None) -> None:
    rates = [line.tax_rate for line in lines if line.tax_rate is not None]
    if any(not 0 <= rate < HUNDRED for rate in (*rates, *([tax.rate] if tax else []))):
        raise Refusal(_("A tax rate is between 0 and 100%."), "tax")
