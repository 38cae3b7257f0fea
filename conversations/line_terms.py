"""What holds for one item alone, or for the paper as a whole: its discount, its tax, terms, how to pay."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from conversations.amounts import read_number
from conversations.engine import Dialogue, ask
from conversations.figures import stored_number
from conversations.goods import TakenOff, read_percent
from conversations.prompts import Choice
from conversations.questions import Asked, Words, maybe
from conversations.said import Found
from invoicing.commands import InvoiceLine, Tax
from models.errors import Refusal
from models.text import _, raw

LONGEST = 500
WHOLE = Decimal(100)
NO_TERMS = Choice(
    "skip", _("No terms"), synonyms=tuple(map(raw, ("none", "no", "hapana", "hakuna")))
)
AS_USUAL = Choice("skip", _("As usual"), synonyms=tuple(map(raw, ("none", "no", "kawaida"))))
Lines = dict[int, InvoiceLine]


@dataclass(frozen=True, kw_only=True)
class OwnRate(Asked[Decimal | None]):
    """The tax rate of one item in percent, where it is not that of the others. Stored as a string."""

    usual: Decimal

    def own_choices(self, found: Found) -> tuple[Choice, ...]:
        """As the others, or none."""
        del found
        nothing = tuple(map(raw, ("none", "no", "0", "hapana", "hakuna", "bila vat", "no vat")))
        return (
            Choice("usual", _("As the others: {rate}%", rate=self.usual)),
            Choice("none", _("No tax"), synonyms=nothing),
        )

    def tapped(self, value: str, found: Found) -> Any:
        """The others' rate, or 0."""
        del found
        return None if value == "usual" else "0"

    def read_words(self, words: str, found: Found) -> Any:
        """Another rate, like `8%`."""
        del found
        percent = read_percent(words)
        if percent is None:
            raise Refusal(_("Please type the tax in percent, like *16%*."))
        stored = f"{read_number(percent):f}"
        self.load(stored)
        return stored

    def load(self, stored: Any) -> Decimal | None:
        """The rate."""
        if stored is None:
            return None
        rate = stored_number(stored)
        if not 0 <= rate < WHOLE:
            raise Refusal(_("Please type the tax in percent, like *16%*."))
        return rate

    def guesses(self) -> tuple[Decimal | None, ...]:
        """A rate never steers a dialogue."""
        return (None,)


def discounted(lines: Mapping[int, InvoiceLine]) -> Dialogue[Lines]:
    """The items with the discounts of their own; nobody is asked unless she wants one.

    Keys: `line.N.discount`.
    """
    found: Lines = {}
    for number, line in lines.items():
        words = _(
            "How much discount on *{what}*? Type it like *10%* or *200*.", what=line.description
        )
        asked = TakenOff(f"line.{number}.discount", words, subtotal=line.amount, assumed=None)
        found[number] = replace(line, discount=(yield from ask(asked)))
    return found


def taxed(lines: Mapping[int, InvoiceLine], tax: Tax | None) -> Dialogue[Lines]:
    """The items with the tax rates of their own, where there is tax at all. Keys: `line.N.tax`."""
    if tax is None:
        return dict(lines)
    found: Lines = {}
    for number, line in lines.items():
        words = _("Which tax is there on *{what}*?", what=line.description)
        asked = OwnRate(f"line.{number}.tax", words, usual=tax.rate, assumed=None)
        found[number] = replace(line, tax_rate=(yield from ask(asked)))
    return found


def terms_on() -> Dialogue[str | None]:
    """What was agreed, printed below; nobody is asked. Key: `terms`."""
    words = _("What are the terms? They are printed on the invoice.")
    return (yield from ask(maybe(Words("terms", words, most=LONGEST, assumed=None), skip=NO_TERMS)))


def pay_note_on() -> Dialogue[str | None]:
    """How this one is to be paid, in her own words; nobody is asked. Key: `pay_note`."""
    words = _("How should this invoice be paid? Your client will read it beside the ways to pay.")
    asked = Words("pay_note", words, most=LONGEST, assumed=None)
    return (yield from ask(maybe(asked, skip=AS_USUAL)))
