"""The facts a dialogue begins with, frozen in its journal so that a replay never sees others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class Opening:
    """`today` is the person's local day; the rest are the merchant's settings.

    `country` is two letters, `tax_rate` in percent (None: she charges no tax), `uses_discount`
    whether she is asked for one on every invoice, `several` whether she works for other businesses
    too. `readings` is what a typed line may have meant, by the key of the question that will ask:
    `[kind, value]` each, offered as buttons. `terms` is when invoices are usually due. `settings`
    holds what is set, for the talk that changes it.
    """

    today: date
    business: str = ""
    country: str = "KE"
    currency: str = "KES"
    language: str = "en"
    tax_rate: Decimal | None = None
    tax_inclusive: bool = False
    uses_discount: bool = False
    tax_label: str = "VAT"
    several: bool = False
    readings: Mapping[str, Sequence[Sequence[str]]] = field(default_factory=dict)
    terms: str = "7"
    settings: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The facts as a journal keeps them."""
        rate = None if self.tax_rate is None else str(self.tax_rate)
        return {**vars(self), "today": self.today.isoformat(), "tax_rate": rate}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Opening":
        """The inverse of `to_json`; facts of another release are ignored or take their default."""
        known = {name: stored[name] for name in cls.__dataclass_fields__ if name in stored}
        known["today"] = date.fromisoformat(stored["today"])
        if known.get("tax_rate") is not None:
            known["tax_rate"] = Decimal(known["tax_rate"])
        return cls(**known)
