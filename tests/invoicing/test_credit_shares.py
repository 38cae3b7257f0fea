"""What a line was sold for: lines and pieces taken back one by one are the whole invoice, exactly."""

from dataclasses import replace
from decimal import Decimal
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from invoicing import apart, totals
from invoicing.commands import Billed, Discount, Sold, Tax, credit_of_lines
from invoicing.commands import InvoiceLine as Line
from invoicing.totals import Rounding
from models import invoices
from models.money import Money

RATES = (None, Decimal(0), Decimal(8), Decimal(16))
TAXES = (
    None,
    *(Tax(Decimal(rate), inclusive=on) for rate in ("16", "7.5") for on in (True, False)),
)
percents = st.integers(0, 100).map(Decimal)
lines = st.builds(
    Line,
    st.just("cement"),
    st.integers(1, 9).map(Decimal),
    st.integers(0, 100_000).map(lambda minor: Money(minor, "KES")),
    st.none() | percents.map(Discount),
    st.sampled_from(RATES),
)


def row(
    said: tuple[Line, ...], off: Discount | None, tax: Tax | None, rounding: Rounding
) -> invoices.Invoice:
    """The invoice as it would be stored."""
    sums = totals.compute(said, off, tax, rounding)
    found = invoices.Invoice(
        currency="KES", subtotal_minor=sums.subtotal.amount_minor,
        discount_minor=sums.discount.amount_minor, tax_minor=sums.tax.amount_minor,
        total_minor=sums.total.amount_minor, tax_rate=tax.rate if tax else None,
        tax_inclusive=bool(tax and tax.inclusive), tax_rounding=rounding.value,
    )  # fmt: skip
    found.lines = [
        invoices.InvoiceLine(
            position=at, description=one.description, quantity=one.quantity,
            unit_price_minor=one.unit_price.amount_minor, amount_minor=one.amount.amount_minor,
            discount_minor=one.off.amount_minor, tax_rate=one.tax_rate,
        )
        for at, one in enumerate(said, start=1)
    ]  # fmt: skip
    return found


def billed(invoice: invoices.Invoice, left: int) -> Billed:
    """What a note is reckoned from, with so much not credited yet."""
    return Billed(
        invoice.subtotal_minor, invoice.discount_minor, invoice.tax_minor, invoice.total_minor,
        left, invoice.tax_inclusive,
    )  # fmt: skip


@settings(max_examples=120)
@given(
    st.lists(lines, min_size=1, max_size=5).map(tuple),
    st.none() | percents.map(Discount),
    st.sampled_from(TAXES),
    st.sampled_from(Rounding),
    st.randoms(use_true_random=False),
)
def test_pieces_of_all_lines_are_the_whole(
    said: tuple[Line, ...], off: Discount | None, tax: Tax | None, rounding: Rounding, dice: Random
) -> None:
    """Item by item, in any order and in any pieces, each note right, and not a cent more or less."""
    invoice = row(said, off, tax, rounding)
    sold = apart.sold(invoice)
    assert sum(one.tax_minor for one in sold.values()) == invoice.tax_minor
    left = [one.left for one in sold.values()]
    open_: dict[int, Sold] = dict(sold)
    found = []
    remaining = invoice.total_minor
    assert left
    while open_:
        at = dice.choice(sorted(open_))
        one = open_.pop(at)
        taken = Decimal(dice.randint(1, int(one.left)))
        note = credit_of_lines(billed(invoice, remaining), [(one, taken)])
        assert 0 <= note.discount_minor <= note.subtotal_minor
        assert note.tax_minor >= 0
        besides = 0 if invoice.tax_inclusive else note.tax_minor
        assert note.total_minor == note.subtotal_minor - note.discount_minor + besides
        remaining -= note.total_minor
        found.append(note)
        if one.left > taken:
            open_[at] = replace(one, left=one.left - taken)
    assert remaining == 0
    assert sum(one.tax_minor for one in found) == invoice.tax_minor
    assert sum(one.discount_minor for one in found) == invoice.discount_minor
    whole = [(one, one.left) for one in sold.values()]
    assert credit_of_lines(billed(invoice, invoice.total_minor), whole).total_minor == (
        invoice.total_minor
    )


def test_a_part_of_a_piece_is_never_dearer() -> None:
    """333 g three times over, then the last gram: no note says more than its price."""
    invoice = row((Line("sugar", Decimal(1), Money(101, "KES")),), None, None, Rounding.TOTAL)
    one, total = apart.sold(invoice)[1], 0
    for taken in ("0.333", "0.333", "0.333", "0.001"):
        note = credit_of_lines(billed(invoice, 101 - total), [(one, Decimal(taken))])
        assert 0 <= note.discount_minor <= note.subtotal_minor
        total += note.total_minor
        one = replace(one, left=one.left - Decimal(taken))
    assert 99 <= total <= 101


def test_an_old_note_before() -> None:
    """An amount was taken back before: the lines still come to no more than what is left."""
    invoice = row((Line("cement", Decimal(3), Money(333, "KES")),), None, None, Rounding.TOTAL)
    whole = [(one, one.left) for one in apart.sold(invoice).values()]
    note = credit_of_lines(billed(invoice, 995), whole)
    assert (note.total_minor, note.discount_minor) == (995, 4)
