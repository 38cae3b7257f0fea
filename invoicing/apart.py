"""What holds for one line of an invoice alone, and the tax of the whole by its rates, from the rows."""

from decimal import Decimal

from invoicing.asked.sums import taxed
from invoicing.commands import Discount, Tax
from invoicing.commands import InvoiceLine as Line
from invoicing.totals import Rounding
from models.invoices import Invoice, InvoiceLine
from models.money import Money


def has_own(invoice: Invoice) -> bool:
    """Whether some line has a discount or a tax rate of its own."""
    return any(line.discount_minor or line.tax_rate is not None for line in invoice.lines)


def taxes(invoice: Invoice) -> dict[Decimal, Money]:
    """The tax by rate, in percent; empty where there is none."""
    if invoice.tax_rate is None:
        return {}
    if all(line.tax_rate is None for line in invoice.lines):
        return {invoice.tax_rate.normalize(): Money(invoice.tax_minor, invoice.currency)}
    tax = Tax(invoice.tax_rate, invoice.tax_inclusive)
    own = sum(line.discount_minor for line in invoice.lines)
    whole = Money(invoice.discount_minor - own, invoice.currency)
    lines = [_line(line, invoice.currency) for line in invoice.lines]
    found = taxed(lines, whole, tax, by_line=invoice.tax_rounding == Rounding.LINE)
    return {rate.normalize(): amount for rate, amount in sorted(found.items())}


def _line(line: InvoiceLine, currency: str) -> Line:
    off = Discount(amount=Money(line.discount_minor, currency)) if line.discount_minor else None
    price = Money(line.unit_price_minor, currency)
    return Line(line.description, line.quantity, price, off, line.tax_rate)


def words(line: InvoiceLine, currency: str, label: str | None) -> str:
    """“−10%”, “−KSh 100”, “VAT 0%”: the same in every language; empty where there is nothing."""
    found = []
    if line.discount_percent:
        found.append(f"−{line.discount_percent.normalize():f}%")
    elif line.discount_minor:
        found.append(f"−{Money(line.discount_minor, currency)}")
    if line.tax_rate is not None:
        found.append(f"{label or 'VAT'} {line.tax_rate.normalize():f}%")
    return ", ".join(found)
