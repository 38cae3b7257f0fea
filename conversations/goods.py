"""The questions about what was sold: the goods, what is taken off, the tax put on."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from conversations.amounts import read_amount, read_number
from conversations.figures import stored_number
from conversations.prompts import Choice
from conversations.questions import Asked, Words
from conversations.said import Found
from invoicing.commands import Discount, Tax
from models.errors import Refusal
from models.money import Money
from models.text import _, raw

_COUNTED = re.compile(r"(\d[\d,. ]*|½)\s*(?:[x×]\s*|\s)(?:of\s+|za\s+|ya\s+)?([^\W\d_].*)")
_PHONE = re.compile(r"\+?\d[\d ().-]{8,}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_PERCENT = re.compile(r"(?:asilimia\s*)?(\d[\d.,]*)\s*(%|percent|per cent|asilimia)?")


def read_percent(words: str) -> str | None:
    """The number of a percentage that says so: `10%`, `asilimia 10`; None for anything else."""
    shape = _PERCENT.fullmatch(words.casefold())
    return shape[1] if shape and (shape[2] or "asilimia" in words.casefold()) else None


class Sold(NamedTuple):
    """Goods in words, and how many if the words began with a number."""

    what: str
    quantity: Decimal | None


@dataclass(frozen=True)
class Goods(Asked[Sold]):
    """What was sold. `25 bags of flour` is 25 of `bags of flour`, and is shown so at once.

    Stored as the words alone, or `{"what", "quantity"}`.
    """

    most: int = 200

    @property
    def free_text(self) -> bool:
        """Any sentence is an answer."""
        return True

    def read_words(self, words: str, found: Found) -> Any:
        """The words, less the number they begin with. A bare phone number was meant for elsewhere."""
        words = Words(self.key, self.words, most=self.most).read_words(words, found)
        if _PHONE.fullmatch(words):
            raise Refusal(_("That looks like a phone number. What is sold, in words?"))
        counted = _COUNTED.fullmatch(words)
        if counted is None or _YEAR.fullmatch(counted[1].strip()):
            return words
        return {"what": counted[2], "quantity": self._number(counted[1].strip())}

    def _number(self, digits: str) -> str:
        number = Decimal("0.5") if digits == "½" else read_number(digits)
        if not 0 < number <= 1_000_000:
            raise Refusal(_("Please type how many, as a number like *3* or *2.5*."))
        return f"{number:f}"

    def load(self, stored: Any) -> Sold:
        """The words and how many."""
        if isinstance(stored, Mapping) and {"what", "quantity"} <= stored.keys():
            return Sold(str(stored["what"]), stored_number(stored["quantity"]))
        if not isinstance(stored, str):
            raise Refusal(_("Please type it once more."))
        return Sold(stored, None)

    def guesses(self) -> tuple[Sold, ...]:
        """Words never steer a dialogue."""
        return (Sold("?", None),)

    def forgets(self, stored: Any) -> tuple[str, ...]:
        """How many was said anew, so an earlier number is about the old words."""
        return (self.key.replace(".what", ".quantity"),) if isinstance(stored, Mapping) else ()


@dataclass(frozen=True, kw_only=True)
class TakenOff(Asked[Discount | None]):
    """A discount on the whole: `10%` or an amount less than the sum; None for none.

    Stored as None, `{"percent": "10"}` or `{"amount": "200"}` (decimal strings, major units).
    """

    subtotal: Money

    def own_choices(self, found: Found) -> tuple[Choice, ...]:
        """None."""
        del found
        nothing = tuple(map(raw, ("none", "no", "hapana", "hakuna")))
        return (Choice("none", _("No discount"), synonyms=nothing),)

    def tapped(self, value: str, found: Found) -> Any:
        """No discount."""
        del value, found

    def read_words(self, words: str, found: Found) -> Any:
        """A percentage with its sign, an amount; a small bare number could be either."""
        del found
        shape = _PERCENT.fullmatch(words.casefold())
        if shape and (shape[2] or "asilimia" in words.casefold()):
            return self._checked({"percent": f"{read_number(shape[1]):f}"})
        amount = read_amount(words, self.subtotal.currency)
        if shape and amount.major <= 100:
            hint = _("Is that *{n}%* or *{amount}*? Please type it with its sign.",
                     n=amount.major, amount=amount)  # fmt: skip
            raise Refusal(hint)
        return self._checked({"amount": amount.plain()})

    def _checked(self, stored: dict[str, str]) -> dict[str, str]:
        self.load(stored)
        return stored

    def load(self, stored: Any) -> Discount | None:
        """The discount, while it is less than the sum."""
        if stored is None:
            return None
        if not isinstance(stored, Mapping) or not {"percent", "amount"} & stored.keys():
            raise Refusal(_("Please type it once more."))
        if "percent" in stored:
            percent = stored_number(stored["percent"])
            if not 0 < percent < 100:
                raise Refusal(_("A discount must be less than the whole price."))
            return Discount(percent=percent)
        amount = Money.of(stored_number(stored["amount"]), self.subtotal.currency)
        if self.subtotal <= amount or not amount:
            raise Refusal(_("A discount must be less than the whole price."))
        return Discount(amount=amount)

    def guesses(self) -> tuple[Discount | None, ...]:
        """A discount never steers a dialogue."""
        return (None,)


@dataclass(frozen=True, kw_only=True)
class PutOn(Asked[Tax | None]):
    """Tax on the whole: on top of the prices, already inside them, or none.

    Stored as None or `{"rate": "16", "inclusive": false}`.
    """

    rate: Decimal

    def own_choices(self, found: Found) -> tuple[Choice, ...]:
        """The usual rate, both ways, and none."""
        del found
        nothing = tuple(map(raw, ("none", "no", "no vat", "hapana", "hakuna", "bila vat")))
        return (
            Choice("top", _("{rate}% on top", rate=self.rate)),
            Choice("in", _("{rate}% included", rate=self.rate)),
            Choice("none", _("No tax"), synonyms=nothing),
        )

    def tapped(self, value: str, found: Found) -> Any:
        """The usual rate or none."""
        del found
        if value == "none":
            return None
        return {"rate": f"{self.rate:f}", "inclusive": value == "in"}

    def read_words(self, words: str, found: Found) -> Any:
        """Another rate, on top."""
        del found
        shape = _PERCENT.fullmatch(words.casefold())
        if shape is None:
            raise Refusal(_("Please type the tax in percent, like *16%*."))
        stored = {"rate": f"{read_number(shape[1]):f}", "inclusive": False}
        self.load(stored)
        return stored

    def load(self, stored: Any) -> Tax | None:
        """The tax."""
        if stored is None:
            return None
        if not isinstance(stored, Mapping) or "rate" not in stored:
            raise Refusal(_("Please type it once more."))
        rate = stored_number(stored["rate"])
        if not 0 < rate < 100:
            raise Refusal(_("Please type the tax in percent, like *16%*."))
        return Tax(rate, inclusive=stored.get("inclusive") is True)

    def guesses(self) -> tuple[Tax | None, ...]:
        """Tax never steers a dialogue."""
        return (None,)
