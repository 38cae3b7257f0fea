"""What the one-line parser says of a line: client, items, terms, and the readings that survive."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Client:
    """Whom to bill: the name as typed or as stored, the phone in E.164, the stored client's id."""

    name: str
    phone: str | None = None
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One billed thing; None where it must be asked."""

    description: str | None
    quantity: Decimal | None
    unit_price: Decimal | None


@dataclass(frozen=True, slots=True)
class Discount:
    """A discount on the whole: either a percentage or an amount."""

    percent: Decimal | None = None
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Tax:
    """A tax rate in percent, and whether the prices include it."""

    rate: Decimal
    inclusive: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading that survives for an unsure slot, to be offered as a button.

    `kind` by slot: price "each" or "in_all"; quantity "count"; client "known" (with `id`) or
    "typed"; due "day" (ISO date); currency "code"; discount "percent" or "amount"; tax "added" or
    "included" (the rate). `item` is the index of the line for price and quantity.
    """

    kind: str
    value: str
    item: int | None = None
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Understood:
    """What a line says. `unsure` names the slots to ask; their values are None."""

    invoice: bool
    client: Client | None = None
    items: tuple[Line, ...] = ()
    currency: str | None = None
    due: date | None = None
    discount: Discount | None = None
    tax: Tax | None = None
    note: str | None = None
    unsure: tuple[str, ...] = ()
    readings: Mapping[str, tuple[Reading, ...]] = field(default_factory=dict)


NOT_AN_INVOICE = Understood(invoice=False)
