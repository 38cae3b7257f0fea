"""Money never mixes, never floats and comes back as it went out (I-4, I-28)."""

from collections.abc import Callable
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.money import EXPONENTS, MixedCurrenciesError, Money

CURRENCIES = st.sampled_from(sorted(EXPONENTS))
MINOR = st.integers(-(10**12), 10**12)
MEETINGS: dict[str, Callable[[Money, Money], Any]] = {
    "sum": lambda one, other: one + other,
    "difference": lambda one, other: one - other,
    "less": lambda one, other: one < other,
    "less or equal": lambda one, other: one <= other,
    "greater": lambda one, other: one > other,
    "smallest": min,
    "sum of many": lambda one, other: sum((other,), one),
}


@pytest.mark.parametrize("meeting", MEETINGS)
def test_two_currencies_never_meet(meeting: str) -> None:
    """Adding, comparing, choosing the smaller: each is an error between any two currencies (I-28)."""
    for pair in permutations(sorted(EXPONENTS), 2):
        one, other = (Money(100, currency) for currency in pair)
        with pytest.raises(MixedCurrenciesError):
            MEETINGS[meeting](one, other)
        assert one != other


@pytest.mark.parametrize("amount", [1.0, 0.5, True, Decimal(1), "1", None])
def test_only_whole_minor_units(amount: Any) -> None:
    """A float, a Decimal, a yes: none is a number of cents (I-4)."""
    with pytest.raises(TypeError):
        Money(amount, "KES")


def test_an_unknown_currency_is_no_money() -> None:
    """What has no exponent cannot be shown or converted."""
    with pytest.raises(ValueError, match="ZZZ"):
        Money(1, "ZZZ")


@given(MINOR, CURRENCIES)
def test_written_for_machines_and_read_again(minor: int, currency: str) -> None:
    """`plain` and `of` are each other's inverse, in every currency."""
    money = Money(minor, currency)
    assert Money.of(money.plain(), currency) == money


@given(MINOR, MINOR, CURRENCIES)
def test_sums_are_exact(one: int, other: int, currency: str) -> None:
    """Nothing is rounded away by adding and taking off again."""
    money = Money(one, currency) + Money(other, currency)
    assert money - Money(other, currency) == Money(one, currency)
    assert money + -money == Money.zero(currency)


@pytest.mark.parametrize(
    ("minor", "quantity", "expected"),
    [(85_000, "3", 255_000), (1, "0.5", 1), (1, "0.49", 0), (333, "1.5", 500), (5, "0.1", 1)],
)
def test_half_a_cent_goes_up(minor: int, quantity: str, expected: int) -> None:
    """Price times quantity is rounded once, half up."""
    assert Money(minor, "KES").times(Decimal(quantity)) == Money(expected, "KES")


@pytest.mark.parametrize(
    ("money", "shown", "plain"),
    [
        (Money(255_000, "KES"), "KSh 2,550", "2550.00"),
        (Money(255_050, "KES"), "KSh 2,550.50", "2550.50"),
        (Money(-5, "KES"), "-KSh 0.05", "-0.05"),
        (Money(100_000, "UGX"), "USh 100,000", "100000"),
        (Money(120_000_00, "NGN"), "₦120,000", "120000.00"),
        (Money(0, "TZS"), "TSh 0", "0.00"),
    ],
)
def test_as_a_person_and_as_a_machine_write_it(money: Money, shown: str, plain: str) -> None:
    """Cents only where there are any; thousands apart; the sign before the money's name."""
    assert (str(money), money.plain()) == (shown, plain)
