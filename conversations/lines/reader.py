"""Reads the parts of one item: what a bare number may be is weighed, and asked where it is open."""

from dataclasses import replace
from decimal import Decimal

from conversations.lines.doubt import doubtful_words, model_behind_brand, names_day, numbered_name
from conversations.lines.item import CENT, MAX_PRICE, MAX_QUANTITY, Item, divide
from conversations.lines.kinds import BULK, looks_plural
from conversations.lines.marks import Part, is_negative, possible, turned
from conversations.lines.sizes import HELD, is_million, weighed
from conversations.lines.tokens import as_typed
from conversations.lines.words import COUNTED_GLUED, CYLINDERS, MEASURES, SIZE_ONLY


class Reader:
    """Reads one group of parts as an item."""

    def __init__(self, text: str, group: list[Part]) -> None:
        self.text = text
        self.group = self._settle_sizes(group)
        self.words = [token for part in self.group for token in part.words]
        self.made = Item()

    def item(self) -> Item:
        """The item, with what must be asked."""
        self.made.description = as_typed(self.text, self.words) or None
        self.made.words = self.words
        if self.made.description is None:
            self.made.asked.add("items")
        self._doubt_words()
        units, totals = self._of("unit"), self._of("total")
        if units:
            self._priced(units, totals)
        elif totals:
            self._totalled(totals)
        else:
            self._weigh()
        self._guard()
        if self._glued and self.made.price is None and self.made.prices:
            self.made.asked.add("items")
        return self.made

    def _of(self, *kinds: str) -> list[Part]:
        return [part for part in self.group if part.kind in kinds and part.number is not None]

    def _settle_sizes(self, group: list[Part]) -> list[Part]:
        """A number with a measure glued on is a quantity, or the size of a thing counted elsewhere."""
        counted = any(part.kind == "quantity" for part in group)
        for at, part in enumerate(group):
            if part.kind != "sized" or part.number is None:
                continue
            suffix = part.number.suffix
            if suffix == "m" and is_million(group, at):
                part.kind, part.words = "money", []
                part.number.value = (part.number.value or Decimal(0)) * 1_000_000
            elif suffix in SIZE_ONLY or self._is_size(group, at, counted=counted):
                part.kind, part.words, part.number = (
                    "words",
                    [replace(part.number, kind="word")],
                    None,
                )
            else:
                part.kind, counted = "quantity", True
                self._glued = True
        return group

    def _is_size(self, group: list[Part], at: int, *, counted: bool) -> bool:
        part = group[at]
        assert part.number is not None  # noqa: S101 - asked for numbers only
        after = group[at + 1] if at + 1 < len(group) else None
        gas = any(word.low in CYLINDERS for other in group for word in other.words)
        if (
            counted
            or (gas and part.number.suffix in {"kg", "kgs"})
            or any(
                other.kind == "bare" and other.value is not None and other.value < 100
                for other in group
            )
        ):
            return True
        if part.number.suffix in COUNTED_GLUED or any(
            other.per == part.number.suffix for other in group
        ):
            return False
        if after is not None and after.words and after.words[0].low in MEASURES:
            return True
        if (
            at and group[at - 1].words and not weighed(group, part)
        ):  # sugar 2kg @ 300: two kilos, or one bag of two kilos
            self._unsure_size = True
        return False

    _unsure_size = False
    _glued = False  # 2m banner 2,400: two metres, or one banner of that size

    def _doubt_words(self) -> None:
        """Words of talk, or about when the work was done, may not belong to the description."""
        if doubtful_words(self.words) or numbered_name(self.group):
            self.made.asked.add("items")
        if names_day(self.words):
            self.made.asked |= {"items", "due"}
        if self._unsure_size:
            self.made.asked |= {"items"}

    # -- with a unit price or a total ------------------------------------------------------------------
    def _priced(self, units: list[Part], totals: list[Part]) -> None:
        made = self.made
        values = {part.value for part in units}
        made.price = values.pop() if len(values) == 1 else None
        made.marked = True
        self._readings(units[0], "each")
        if not self._of("quantity", "bare", "money") and any(
            word.kind == "num" for word in self.words
        ):
            made.asked |= {
                "items",
                "quantity",
            }  # office 4 wreaths @ 500: a count, or a number of it
        if made.price is None:
            made.asked.add("price")
        counts = self._of("quantity", "bare", "money")
        if len(counts) > 1:
            made.quantity = None
            made.asked |= {"quantity", "items"}
            made.quantities = [part.value for part in counts if part.value is not None]
        elif counts and units[0].per == "x" and turned(counts[0], units[0]):
            self._ask_both()  # 500 x 3: three at 500, or 500 at three
            made.quantities = possible(counts[0]) + possible(units[0])
        elif counts:
            self._count(counts[0])
            if model_behind_brand(self.group, counts[0]):
                made.asked |= {"items", "quantity"}  # iphone 13 @ 85k: thirteen, or the model
        for part in totals:
            if made.price is None or made.quantity is None or part.value is None:
                made.stated = Decimal(-1)
            elif part.value != made.price * made.quantity:
                made.stated = part.value

    def _totalled(self, totals: list[Part]) -> None:
        counts = self._of("quantity", "bare", "money")
        if len(counts) > 1 or len(totals) > 1:
            self._ask_both()
            return
        if counts and self._may_be_price(counts[0]):
            self._ask_both()
            self.made.asked.add("items")
            return
        if counts:
            self._count(counts[0])
        self._readings(totals[0], "in_all")
        self.made.marked = True
        divide(self.made, totals[0].value)

    def _may_be_price(self, part: Part) -> bool:
        """Labour 2000 total 4000: 2000 pieces, or a price and the sum of all."""
        if part.kind == "quantity" or self.group[0] is part:
            return False
        bulk = any(token.low in BULK or looks_plural(token.low) for token in self.words)
        return part.kind == "money" or part.value is None or (part.value >= 100 and not bulk)

    def _count(self, part: Part) -> None:
        self.made.quantity = part.value
        if part.value is None:
            self.made.asked.add("quantity")
            self.made.quantities = possible(part)

    def _ask_both(self) -> None:
        made = self.made
        made.quantity = made.price = None
        made.asked |= {"quantity", "price"}

    # -- bare numbers ------------------------------------------------------------------------------------
    def _weigh(self) -> None:
        numbers = [part for part in self.group if part.number is not None]
        self.made.words_only = not numbers
        if not numbers:
            self.made.asked.add("price")
        elif len(numbers) == 1:
            self._weigh_one(numbers[0])
        elif len(numbers) == 2:
            self._weigh_two(*numbers)
        else:
            self._ask_both()
            self.made.asked.add("items")  # one of three may be a size: kitanda 5x6 18,500
            self.made.quantities = [part.value for part in numbers if part.value is not None]

    def _weigh_one(self, part: Part) -> None:
        if part.kind == "quantity":
            self._count(part)
            self.made.asked.add("price")
        elif part.kind == "money" or is_negative(part) or self._reads_as_price(part):
            self._set_price(part)
        elif self._reads_as_count(part):
            self._count(part)
            self.made.asked.add("price")
        else:
            self._ask_both()
            self.made.quantities = possible(part)
            self._readings(part, "each")
            if self.group[0] is not part and not any(
                looks_plural(w.low) or w.low in BULK for w in self.words
            ):
                self.made.lone = part.value

    def _reads_as_price(self, part: Part) -> bool:
        value = part.value if part.value is not None else max(possible(part), default=Decimal(0))
        if not self.words:
            return value >= 20
        bulk = any(token.low in BULK for token in self.words) and not (
            part.linked or self._linked_after(part)
        )
        if self.group[0] is part and len(self.group) > 1 and not self._linked_after(part):
            plural = any(looks_plural(token.low) for token in self.words)
            return value >= 100 and not plural and not bulk
        last = self.words[-1].low
        measured = (
            self.group[0] is not part
            and last in MEASURES
            and (f"{last}s" not in MEASURES or len(last) < 3)
            and not (last in HELD and value >= 1000)  # swimming lessons 12000
        )
        return (
            value >= (20 if part.linked or self._linked_after(part) else 100)
            and not bulk
            and not measured
        )

    def _linked_after(self, part: Part) -> bool:
        """25k *ya* consultation, 3000 *for* soap: told by the gap in the text."""
        at = self.group.index(part)
        after = self.group[at + 1] if at + 1 < len(self.group) else None
        if after is None or not after.words or part.number is None:
            return False
        between = self.text[part.number.end : after.words[0].start].lower().split()
        return any(word in {"for", "ya", "za", "kwa", "of", "wa", "cha"} for word in between)

    def _reads_as_count(self, part: Part) -> bool:
        if part.value is None:
            return False
        if self.group[0] is part:
            bulk = any(word.low in BULK for word in self.words)
            return (part.value < 50 or bulk) and not self._linked_after(part)
        return part.value <= 12 and not part.linked

    def _set_price(self, part: Part) -> None:
        self.made.price = part.value
        self.made.marked = part.kind == "money"
        self._readings(part, "each")
        if part.value is None:
            self.made.asked.add("price")

    def _weigh_two(self, one: Part, other: Part) -> None:
        count, amount = self._roles(one, other)
        if count is None or amount is None:
            self._ask_both()
            if self._between_words(one, other):
                self.made.asked.add("items")  # bread 65 milk 60
            self.made.quantities = [part.value for part in (one, other) if part.value is not None]
            return
        self._count(count)
        if self.made.quantity == 1:
            self._set_price(amount)
            return
        self.made.asked.add("price")
        if count.kind == "bare" and count is not self.group[0] and self._may_be_price(count):
            self.made.asked.add("items")  # dell latitude 7490 38,000: a model, or a count
        for reading in ("each", "in_all"):
            self._readings(amount, reading)

    def _roles(self, one: Part, other: Part) -> tuple[Part | None, Part | None]:
        """Which of two numbers counts and which is the amount; None where it cannot be told."""
        kinds = (one.kind, other.kind)
        if kinds in {("quantity", "quantity"), ("money", "money")} or self._between_words(
            one, other
        ):
            return None, None
        if one.kind == "quantity" or (other.kind == "money" and one.kind == "bare"):
            return (None, None) if self._grouped(one, other) else (one, other)
        if other.kind == "quantity" or one.kind == "money":
            return (other, one) if other.kind == "quantity" or other.linked else (None, None)
        return self._bare_roles(one, other)

    def _bare_roles(self, one: Part, other: Part) -> tuple[Part | None, Part | None]:
        if one.value is None or other.value is None:
            return (one, other) if one.value is not None and one.value < 1000 else (None, None)
        if self._grouped(one, other):
            return None, None
        if (
            other.linked
            and self._linked_after(one) is False
            and one.value > other.value
            and self.group[0] is one
        ):
            return (other, one) if other.value < 100 else (None, None)
        if one.value < other.value and other.value >= 10:
            return one, other
        return None, None

    def _grouped(self, one: Part, other: Part) -> bool:
        """3 850 side by side may be 3,850."""
        if one.number is None or other.number is None or one.number.spelled or other.number.spelled:
            return False
        if one.per == "x":
            return False
        beside = not self.text[one.number.end : other.number.start].strip()
        three = len(other.number.digits) == 3 and other.number.digits.isdigit()
        return (
            beside
            and three
            and len(one.number.digits) <= 3
            and one.number.digits.isdigit()
            and not one.number.suffix
        )

    def _between_words(self, one: Part, other: Part) -> bool:
        """W 13 w 85000: the first number may be a model, a count of either thing, or a price."""
        first, last = self.group.index(one), self.group.index(other)
        before = any(part.kind == "words" for part in self.group[:first])
        middle = any(part.kind == "words" for part in self.group[first + 1 : last])
        counted = one.number is not None and one.number.spelled  # meza moja ya mninga 120,000
        return before and middle and one.kind == "bare" and not counted

    # -- limits --------------------------------------------------------------------------------------------
    def _guard(self) -> None:
        """Zero, negative and absurd figures are never filled in."""
        made = self.made
        if made.price is not None and not 0 < made.price < MAX_PRICE:
            made.price = None
        if made.quantity is not None and not 0 < made.quantity < MAX_QUANTITY:
            made.quantity = None
        if made.price is not None and made.price != made.price.quantize(CENT):
            made.price = None
        if made.price is None:
            made.asked.add("price")
        if made.quantity is None:
            made.asked.add("quantity")

    def _readings(self, part: Part, reading: str) -> None:
        self.made.prices += [(reading, value) for value in possible(part) if 0 < value < MAX_PRICE]
