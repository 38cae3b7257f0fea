"""The question about a deposit: a part of the total that is asked for first."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from conversations.amounts import read_amount, read_number
from conversations.figures import stored_number
from conversations.goods import read_percent
from conversations.prompts import Choice
from conversations.questions import Asked
from conversations.said import Found
from models.errors import Refusal
from models.money import Money
from models.text import _, raw

WHOLE = 100


@dataclass(frozen=True, kw_only=True)
class Deposit(Asked[Money | None]):
    """`50%` or an amount, less than the total; None for none.

    Stored as None, `{"percent": "50"}` or `{"amount": "1000"}` (decimal strings, major units); a
    percentage is of the total as it is when the invoice goes out, in whole units, since prompts
    take no cents.
    """

    total: Money

    def own_choices(self, found: Found) -> tuple[Choice, ...]:
        """The usual ones, and none."""
        del found
        nothing = tuple(map(raw, ("none", "no", "hapana", "hakuna")))
        return (
            Choice("50", _("Half of it"), synonyms=(raw("half"), raw("nusu"))),
            Choice("30", _("{n}% of it", n=30)),
            Choice("none", _("No deposit"), synonyms=nothing),
        )

    def tapped(self, value: str, found: Found) -> Any:
        """A percentage, or none."""
        del found
        return None if value == "none" else self._checked({"percent": value})

    def read_words(self, words: str, found: Found) -> Any:
        """A percentage with its sign, otherwise an amount."""
        del found
        if (percent := read_percent(words)) is not None:
            return self._checked({"percent": f"{read_number(percent):f}"})
        return self._checked({"amount": read_amount(words, self.total.currency).plain()})

    def _checked(self, stored: dict[str, str]) -> dict[str, str]:
        self.load(stored)
        return stored

    def load(self, stored: Any) -> Money | None:
        """The amount, while it is less than the total."""
        if stored is None:
            return None
        if not isinstance(stored, Mapping) or not {"percent", "amount"} & stored.keys():
            raise Refusal(_("Please type it once more."))
        if "percent" in stored:
            part = self.total.major * stored_number(stored["percent"]) / WHOLE
            amount = Money.of(part.quantize(Decimal(1), ROUND_HALF_UP), self.total.currency)
        else:
            amount = Money.of(stored_number(stored["amount"]), self.total.currency)
        if self.total <= amount or not Money.zero(amount.currency) < amount:
            words = _("A deposit must be less than the total of {total}.", total=self.total)
            raise Refusal(words)
        return amount

    def guesses(self) -> tuple[Money | None, ...]:
        """A deposit never steers a dialogue."""
        return (None,)
