"""Sums of an invoice: I-5, A-27, A-28, DF-15."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicing.commands import Discount, InvoiceLine, Tax, add_up
from invoicing.totals import MOST_LINES, Rounding, compute
from models.errors import Refusal
from models.money import Money


def line(price: str, quantity: str = "1", currency: str = "KES") -> InvoiceLine:
    return InvoiceLine("cement", Decimal(quantity), Money.of(price, currency))


def kes(amount: str) -> Money:
    return Money.of(amount, "KES")


LINES = st.lists(
    st.builds(
        lambda minor, quantity: InvoiceLine("x", quantity, Money(minor, "KES")),
        st.integers(0, 10**9),
        st.decimals("0.0001", "9999", places=4),
    ),
    min_size=1,
    max_size=12,
).map(tuple)
PERCENT = st.decimals(0, 100, places=2)
TAXES = st.none() | st.builds(Tax, st.decimals(0, "99.99", places=2), st.booleans())
DISCOUNTS = st.none() | PERCENT.map(lambda percent: Discount(percent=percent))


def test_the_classic_case_of_rounding_by_line_and_by_total() -> None:
    """Three lines of 10.03 at 16 % owe 4.80 of tax by line, 4.81 by total (A-27)."""
    lines = (line("10.03"),) * 3
    tax = Tax(Decimal(16), inclusive=False)

    assert compute(lines, tax=tax, rounding=Rounding.LINE).tax == kes("4.80")
    assert compute(lines, tax=tax, rounding=Rounding.TOTAL).tax == kes("4.81")


@given(LINES, DISCOUNTS, TAXES, st.sampled_from(Rounding))
def test_the_parts_always_make_the_total(
    lines: tuple[InvoiceLine, ...], discount: Discount | None, tax: Tax | None, rounding: Rounding
) -> None:
    """Lines + tax on top - discount = total, and the discount never exceeds the lines (I-5)."""
    got = compute(lines, discount, tax, rounding)

    on_top = got.tax if tax and not tax.inclusive else Money.zero("KES")
    assert sum(got.amounts, Money.zero("KES")) == got.subtotal
    assert got.subtotal - got.discount + on_top == got.total
    assert Money.zero("KES") <= got.discount <= got.subtotal
    assert Money.zero("KES") <= got.tax
    assert not (tax and tax.inclusive) or got.tax <= got.total


@given(LINES, DISCOUNTS, TAXES)
def test_what_the_dialogue_shows_is_what_is_billed(
    lines: tuple[InvoiceLine, ...], discount: Discount | None, tax: Tax | None
) -> None:
    """The sums of the confirmation and of the invoice are the same to the cent (I-25)."""
    shown = add_up(lines, discount, tax)
    billed = compute(lines, discount, tax)

    assert (shown.subtotal, shown.discount, shown.tax, shown.total) == (
        billed.subtotal,
        billed.discount,
        billed.tax,
        billed.total,
    )


@given(st.integers(1, 10**6), st.decimals(0, "99.99", places=2), st.sampled_from(Rounding))
def test_an_inclusive_price_comes_back_exactly(
    minor: int, rate: Decimal, rounding: Rounding
) -> None:
    """What was typed with tax inside is what is owed, to the cent (A-28)."""
    price = InvoiceLine("x", Decimal(1), Money(minor, "KES"))

    got = compute((price,), tax=Tax(rate, inclusive=True), rounding=rounding)

    net = got.total - got.tax
    assert got.total == Money(minor, "KES")
    assert net + got.tax == Money(minor, "KES")


def test_a_half_cent_of_inclusive_tax_goes_up() -> None:
    """12 % within 0.14 is 0.015 exactly: a division first would have lost the half."""
    tax = Tax(Decimal(12), inclusive=True)

    assert compute((line("0.14"),), tax=tax).tax == kes("0.02")
    assert add_up((line("0.14"),), tax=tax).tax == kes("0.02")


def test_a_discount_comes_off_before_tax() -> None:
    """1,000 less 10 % at 16 % is 900 + 144 (DF-15)."""
    got = compute((line("1000"),), Discount(percent=Decimal(10)), Tax(Decimal(16), inclusive=False))

    assert (got.discount, got.tax, got.total) == (kes("100"), kes("144"), kes("1044"))


def test_a_discount_by_line_loses_no_cent() -> None:
    """An amount off is spread over the lines so that all of it is taken off the tax base."""
    lines = (line("0.01"), line("0.01"), line("0.01"))

    got = compute(lines, Discount(amount=kes("0.02")), Tax(Decimal(50), inclusive=False))

    assert (got.subtotal, got.discount, got.tax, got.total) == (
        kes("0.03"),
        kes("0.02"),
        kes("0.01"),
        kes("0.02"),
    )


@pytest.mark.parametrize(
    ("lines", "discount", "tax", "code"),
    [
        ((), None, None, "no_lines"),
        ((line("1"),) * (MOST_LINES + 1), None, None, "too_many_lines"),
        ((line("1", "0"),), None, None, "quantity"),
        ((line("1", "-1"),), None, None, "quantity"),
        ((line("1", "0.00001"),), None, None, "quantity"),
        ((line("1", "NaN"),), None, None, "quantity"),
        ((line("-1"),), None, None, "price"),
        ((InvoiceLine(" ", Decimal(1), kes("1")),), None, None, "description"),
        ((line("1"),), Discount(amount=kes("1.01")), None, "discount"),
        ((line("1"),), Discount(amount=kes("-1")), None, "discount"),
        ((line("1"),), Discount(percent=Decimal("100.01")), None, "discount"),
        ((line("1"),), None, Tax(Decimal(100), inclusive=False), "tax"),
        ((line("80000000000000", "9999"),), None, None, "too_big"),
    ],
)
def test_what_no_invoice_can_hold_is_refused(
    lines: tuple[InvoiceLine, ...], discount: Discount | None, tax: Tax | None, code: str
) -> None:
    """Each impossible bill is refused with its own word before Postgres would."""
    with pytest.raises(Refusal) as refused:
        compute(lines, discount, tax)

    assert refused.value.code == code
