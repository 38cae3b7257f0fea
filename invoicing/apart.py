"""What holds for one line of an invoice alone, and the tax of the whole by its rates, from the rows."""

from decimal import Decimal

from invoicing.asked.sums import shares, taxed
from invoicing.commands import Discount, Sold, Tax
from invoicing.commands import InvoiceLine as Line
from invoicing.totals import Rounding
from models.invoices import Invoice, InvoiceLine
from models.money import Money
from models.text import Text, _


def taxes(invoice: Invoice) -> dict[Decimal, Money]:
    """The tax by rate, in percent; empty where there is none."""
    if all(line.tax_rate is None for line in invoice.lines):
        if invoice.tax_rate is None:
            return {}
        return {invoice.tax_rate.normalize(): Money(invoice.tax_minor, invoice.currency)}
    lines = [_line(line, invoice.currency) for line in invoice.lines]
    by_line = invoice.tax_rounding == Rounding.LINE
    found = taxed(lines, _off_the_whole(invoice), _tax(invoice), by_line=by_line)
    return {rate.normalize(): amount for rate, amount in sorted(found.items())}


def _tax(invoice: Invoice) -> Tax | None:
    return Tax(invoice.tax_rate, invoice.tax_inclusive) if invoice.tax_rate is not None else None


def _off_the_whole(invoice: Invoice) -> Money:
    own = sum(line.discount_minor for line in invoice.lines)
    return Money(invoice.discount_minor - own, invoice.currency)


def sold(invoice: Invoice) -> dict[int, Sold]:
    """Each line's share of the totals, by position: together they are the invoice to the cent."""
    nets = [
        Money(line.amount_minor - line.discount_minor, invoice.currency) for line in invoice.lines
    ]
    off = shares(nets, _off_the_whole(invoice))
    bases = [net - share for net, share in zip(nets, off, strict=True)]
    tax = _tax_of_lines(invoice, bases)
    return {
        line.position: Sold(
            line.unit_price_minor,
            line.quantity,
            line.quantity,
            base.amount_minor,
            part.amount_minor,
        )
        for line, base, part in zip(invoice.lines, bases, tax, strict=True)
    }


def _tax_of_lines(invoice: Invoice, bases: list[Money]) -> list[Money]:
    """The tax of each rate, spread over the lines that have it."""
    found = [Money.zero(invoice.currency)] * len(bases)
    for rate, tax in taxes(invoice).items():
        mine = [at for at, line in enumerate(invoice.lines) if _rate(line, invoice) == rate]
        for at, share in zip(mine, shares([bases[at] for at in mine], tax), strict=True):
            found[at] = share
    return found


def _rate(line: InvoiceLine, invoice: Invoice) -> Decimal:
    return (invoice.tax_rate if line.tax_rate is None else line.tax_rate) or Decimal(0)


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


def sums(invoice: Invoice) -> list[Text]:
    """What makes the total another sum than that of the lines."""
    words = []
    if invoice.discount_minor:
        less = Money(-invoice.discount_minor, invoice.currency)
        words.append(_("Discount: {amount}", amount=less))
    if invoice.tax_minor and not invoice.tax_inclusive:
        tax = Money(invoice.tax_minor, invoice.currency)
        words.append(_("{label}: {amount}", label=invoice.tax_label or "VAT", amount=tax))
    return words
