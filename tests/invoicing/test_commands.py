"""What an invoice adds up to: discount first, then tax, rounded once."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicing.commands import Discount, InvoiceLine, Tax, add_up
from invoicing.totals import compute
from models.money import Money


def line(price: str, quantity: str = "1") -> InvoiceLine:
    return InvoiceLine("soap", Decimal(quantity), Money.of(Decimal(price), "KES"))


def test_tax_is_rounded_once_on_the_whole() -> None:
    """Three lines of 10.03 at 16 % give 4.81, not three times 1.60 (A-27)."""
    sums = add_up((line("10.03"),) * 3, tax=Tax(Decimal(16), inclusive=False))
    assert (sums.subtotal.plain(), sums.tax.plain(), sums.total.plain()) == (
        "30.09", "4.81", "34.90",
    )  # fmt: skip


def test_discount_comes_before_tax() -> None:
    """Tax is on what is left after the discount."""
    sums = add_up((line("1000"),), Discount(percent=Decimal(10)), Tax(Decimal(16), inclusive=False))
    assert (sums.discount.plain(), sums.tax.plain(), sums.total.plain()) == (
        "100.00", "144.00", "1044.00",
    )  # fmt: skip


def test_a_discount_never_exceeds_the_sum() -> None:
    """More off than there is leaves nothing, never less than nothing (DF-15)."""
    assert add_up((line("50"),), Discount(amount=Money.of(80, "KES"))).total == Money.zero("KES")


@given(st.integers(1, 10**6), st.sampled_from(["16", "18", "7.5"]))
def test_an_inclusive_price_comes_back_to_the_cent(minor: int, rate: str) -> None:
    """The total of an inclusive price is that price, whatever the tax inside it (A-28)."""
    one = InvoiceLine("soap", Decimal(1), Money(minor, "KES"))
    sums = add_up((one,), tax=Tax(Decimal(rate), inclusive=True))
    assert sums.total == Money(minor, "KES")
    assert Money.zero("KES") <= sums.tax < sums.total


def test_a_discount_is_one_thing_or_the_other() -> None:
    """Neither or both is a mistake of ours."""
    with pytest.raises(ValueError, match="percentage or an amount"):
        Discount()
    with pytest.raises(ValueError, match="percentage or an amount"):
        Discount(Decimal(1), Money(1, "KES"))


AMOUNTS = st.integers(1, 10**9).map(lambda minor: Money(minor, "KES"))
LINES = st.builds(
    InvoiceLine,
    st.just("soap"),
    st.decimals(Decimal("0.001"), Decimal(1000), places=3),
    AMOUNTS,
)
PERCENTS = st.decimals(Decimal("0.1"), Decimal(99), places=2)


@given(
    st.lists(LINES, min_size=1, max_size=4).map(tuple),
    st.one_of(st.none(), PERCENTS.map(lambda percent: Discount(percent=percent))),
    st.one_of(st.none(), st.builds(Tax, PERCENTS, inclusive=st.booleans())),
)
def test_the_card_says_what_will_be_issued(
    lines: tuple[InvoiceLine, ...], discount: Discount | None, tax: Tax | None
) -> None:
    """The sums shown before an invoice goes out are those it is issued with."""
    shown, issued = add_up(lines, discount, tax), compute(lines, discount, tax)
    assert (shown.subtotal, shown.discount, shown.tax, shown.total) == (
        issued.subtotal, issued.discount, issued.tax, issued.total,
    )  # fmt: skip
