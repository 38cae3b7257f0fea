"""Money: whole minor units of one currency, never a float, never mixed."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Self

# ISO 4217 exponents of the currencies we meet; shillings of Tanzania and Uganda are shown whole.
EXPONENTS = {"KES": 2, "TZS": 2, "UGX": 0, "NGN": 2, "GHS": 2, "RWF": 0, "ZAR": 2, "USD": 2,
             "EUR": 2, "GBP": 2}  # fmt: skip
SIGNS = {"KES": "KSh ", "TZS": "TSh ", "UGX": "USh ", "NGN": "₦", "GHS": "₵", "RWF": "RF ",
         "ZAR": "R", "USD": "$", "EUR": "€", "GBP": "£"}  # fmt: skip
BIGGEST_MINOR = 2**53  # far above any bill, far below what a bigint column overflows at


class MixedCurrenciesError(TypeError):
    """Two currencies met in one sum, which is a bug of ours."""


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """An amount in minor units (cents) of a currency known to EXPONENTS."""

    amount_minor: int
    currency: str

    def __post_init__(self) -> None:
        if type(self.amount_minor) is not int:
            raise TypeError("money is counted in whole minor units")
        if self.currency not in EXPONENTS:
            raise ValueError(f"unknown currency {self.currency}")

    @classmethod
    def of(cls, major: Decimal | int | str, currency: str) -> Self:
        """Major units to money, half a minor unit away from zero upwards (commercial rounding)."""
        scaled = Decimal(major).scaleb(EXPONENTS[currency])
        return cls(int(scaled.quantize(Decimal(1), rounding=ROUND_HALF_UP)), currency)

    @classmethod
    def zero(cls, currency: str) -> Self:
        """No money, in a currency."""
        return cls(0, currency)

    @property
    def major(self) -> Decimal:
        """The amount in major units, exactly."""
        return Decimal(self.amount_minor).scaleb(-EXPONENTS[self.currency])

    def _same(self, other: "Money") -> None:
        if self.currency != other.currency:
            raise MixedCurrenciesError(f"{self.currency} met {other.currency}")

    def __add__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.amount_minor + other.amount_minor, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.amount_minor - other.amount_minor, self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.amount_minor, self.currency)

    def __lt__(self, other: "Money") -> bool:
        self._same(other)
        return self.amount_minor < other.amount_minor

    def __le__(self, other: "Money") -> bool:
        self._same(other)
        return self.amount_minor <= other.amount_minor

    def __bool__(self) -> bool:
        return self.amount_minor != 0

    def times(self, quantity: Decimal) -> "Money":
        """Price times quantity, rounded to the minor unit, half up."""
        product = (Decimal(self.amount_minor) * quantity).quantize(Decimal(1), ROUND_HALF_UP)
        return Money(int(product), self.currency)

    def plain(self) -> str:
        """A decimal string for machines: `2550.00`, or `2550` where there are no minor units."""
        return f"{self.major:.{EXPONENTS[self.currency]}f}"

    def __str__(self) -> str:
        """As a person writes it: `KSh 2,550`, cents only when there are any."""
        sign = "-" if self.amount_minor < 0 else ""
        exponent = EXPONENTS[self.currency]
        whole, cents = divmod(abs(self.amount_minor), 10**exponent)
        fraction = f".{cents:0{exponent}d}" if cents else ""
        return f"{sign}{SIGNS[self.currency]}{whole:,}{fraction}"
