"""Marks that tell what a number of a clause is: @, each, kila, per, total, jumla, x."""

from dataclasses import dataclass, field
from decimal import Decimal

from conversations.lines.kinds import kind_of
from conversations.lines.prepare import prepare
from conversations.lines.tokens import Token
from conversations.lines.words import BARE_COUNTERS, EACH, KILA, MEASURES, PRICE_WORDS, TOTAL


@dataclass(slots=True)
class Part:
    """One part of a clause. `kind`: words, measure, quantity, bare, money, unit or total."""

    kind: str
    words: list[Token] = field(default_factory=list)
    number: Token | None = None
    linked: bool = False  # a connecting word (for, ya, kwa) stood before it
    per: str = ""  # the measure it is a price of

    @property
    def value(self) -> Decimal | None:
        """The number's value; None where it may not be filled in."""
        return None if self.number is None or self.number.bad else self.number.value


def is_negative(part: Part) -> bool:
    """Cake -3500: a price that may not be filled in, of one cake."""
    return part.number is not None and part.number.bad == "negative"


def turned(count: Part, unit: Part) -> bool:
    """Whether the first of two numbers around an x is the larger one."""
    return count.value is not None and unit.value is not None and count.value > unit.value


def possible(part: Part) -> list[Decimal]:
    """The values a number may have; none where nothing sane is left."""
    if part.number is None or part.number.bad in {"negative", "vague"}:
        return []
    return [part.number.value] if part.number.value is not None else list(part.number.readings)


def _same_thing(one: Token, other: Token) -> bool:
    """Vitabu kitabu, shirts shirt: the plural and its singular."""
    return one.low[-2:] == other.low[-2:] or one.low[:3] == other.low[:3]


class Marks:
    """Looks around in a clause and reads what marks a number as price, total or quantity."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = prepare(tokens)
        self.parts: list[Part] = []
        self.at = 0
        self.mark = ""  # what the next number is, said before it
        self.linked = False
        self.odd = False
        self.crossed = False  # an x stands before the next number

    # -- looking around -----------------------------------------------------------------------------
    def _next(self, step: int = 1) -> Token | None:
        at = self.at + step
        return self.tokens[at] if 0 <= at < len(self.tokens) else None

    def _next_low(self, step: int = 1) -> str:
        token = self._next(step)
        return token.low if token else ""

    def _number_ahead(self, step: int = 1) -> bool:
        """Whether a number follows, behind ni, is, @, kwa, of and the like at most."""
        while self._next_low(step) in {
            "ni",
            "is",
            "@",
            "at",
            "kwa",
            "of",
            "ya",
            ":",
            "for",
            "=",
            "bei",
            "za",
            "price",
            "rate",
            "cost",
        } or (self._next_low(step) == "a" and self._next_low(step + 1) in PRICE_WORDS):
            step += 1
        token = self._next(step)
        return token is not None and token.kind == "num"

    def _last_number(self) -> Part | None:
        last = self.parts[-1] if self.parts else None
        return last if last and last.number else None

    # -- marks ----------------------------------------------------------------------------------------
    def _price_mark(self) -> bool:
        token = self.tokens[self.at]
        word = token.low
        if word == "@" or (word == "at" and self._number_ahead()):
            return self._at_sign()
        if word in EACH or word in KILA or word == "@kila":
            return self._each(word)
        if word == "/" or (word in {"a", "an"} and self._is_per()):
            return self._per()
        if word == "kwa" and self._is_per():
            return self._per()
        return self._unit_words(word)

    def _at_sign(self) -> bool:
        last = self._last_number()
        if self._number_ahead() or self._next_low() == "-":
            self.mark = "unit"
        elif last and last.kind in {"bare", "money"}:
            last.kind = "unit"
        return True

    def _each(self, word: str) -> bool:
        """each, kila moja, per bag: marks the number before or behind it."""
        step = 0
        follows = self._next()
        one = follows is not None and follows.value == 1 and follows.spelled and self._closes(2)
        named = follows is not None and (follows.kind == "word" or follows.value == 1)
        if named and (word in KILA or self._next_low() in MEASURES or one):
            step = 1
        last = self._last_number()
        told = word in EACH and last is not None and self._priced_before(last)
        if not told and self._number_ahead(step + 1) and (word != "per" or not last):
            self.mark = "unit"
        elif last and last.kind in {"bare", "money", "quantity"}:
            last.kind = "unit"
        self.at += step
        return True

    def _priced_before(self, last: Part) -> bool:
        """@ 500 each, 5 soaps 50 each: the number before is the price, whatever follows."""
        counted = [part for part in self.parts if part.number is not None and part is not last]
        return last.kind == "unit" or bool(counted and counted[-1].kind in {"bare", "quantity"})

    def _is_per(self) -> bool:
        """500 a bag, 600 kwa kilo, 600 kwa moja: a price per measure behind its number."""
        last = self._last_number()
        after = self._next()
        if last is None or after is None or last.kind not in {"bare", "money", "unit"}:
            return False
        if after.kind == "num":
            return after.value == 1 and after.spelled and self._closes(2)
        return (after.low in MEASURES or after.low in BARE_COUNTERS) and self._closes(2)

    def _closes(self, step: int) -> bool:
        after = self._next(step)
        return after is None or after.kind != "num"

    def _per(self) -> bool:
        last = self._last_number()
        after = self._next()
        if last is None or after is None or after.kind not in {"word", "num"}:
            return True
        if last.kind in {"bare", "money"}:
            last.kind = "unit"
        last.per = after.low
        self.at += 1
        return True

    def _unit_words(self, word: str) -> bool:
        """Unit price 850, bei ya moja 850, kilo ni 600, kiti kimoja 850 behind a quantity."""
        if word == "unit" and self._next_low() == "price":
            self.mark, self.at = "unit", self.at + 1
            return True
        if word == "bei" and self._next_low() == "ya":
            one, measure = self._next(2), self._next_low(2)
            if (
                one is not None
                and (one.value == 1 or measure in MEASURES | KILA)
                and self._number_ahead(3 + (measure in KILA))
            ):
                self.mark, self.at = "unit", self.at + 2 + (measure in KILA)
                return True
        return self._repeated(word)

    def _repeated(self, word: str) -> bool:
        """Kilo ni 600, mfuko moja 850: the thing named once more with the price of one."""
        if self.at == 0 and word in MEASURES and self._next_low() == "ni" and len(self.tokens) == 3:
            self.mark, self.at = "unit", 1
            return True
        if (
            not any(part.kind in {"quantity", "bare"} for part in self.parts)
            or kind_of(word) == "unknown"
        ):
            return False
        step = 1
        one = self._next(step)
        if self._measured_again(word):
            self.mark = "unit"
            return True
        if one is not None and one.kind == "num" and one.value == 1 and one.spelled:
            step += 1
        elif self._next_low() != "ni":
            return False
        step += self._next_low(step) in {"ni", "@", "kwa"}
        price = self._next(step)
        if price is None or price.kind != "num" or self._other_item(step):
            return False
        self._keep_only_name()
        self.mark, self.at = "unit", self.at + step - 1
        return True

    def _measured_again(self, word: str) -> bool:
        """Kilo 3 za nyama *kilo 600*: the measure that was counted, once more before the last number."""
        counted = [other.low for part in self.parts for other in part.words]
        price = self._next()
        if word not in MEASURES or price is None or price.kind != "num" or price.value == 1:
            return False
        last = not any(other.kind == "num" for other in self.tokens[self.at + 2 :])
        again = any(word in {other, other.removesuffix("s")} for other in counted)
        return last and again and len(counted) > 1 and not self._other_item(0)

    def _keep_only_name(self) -> None:
        """5 *shirts* moja ni 800: named once only, the thing stays the description."""
        named, token = self.parts[-1].words if self.parts else [], self.tokens[self.at]
        if not any(part.words for part in self.parts):
            self.parts.append(Part("words", words=[token]))
        elif named and named[-1] is self.tokens[self.at - 1] and not _same_thing(named[-1], token):
            named.append(token)  # 5 kitenge *shirts* moja ni 800

    def _other_item(self, step: int) -> bool:
        """Whether what looks like a repeated unit is a new item: the one before is priced."""
        del step
        return any(part.kind in {"unit", "total"} for part in self.parts) or (
            sum(part.number is not None for part in self.parts) > 1
        )

    def _total_mark(self) -> bool:
        token = self.tokens[self.at]
        word, after = token.low, self._next_low()
        step = 0
        if word in {"for", "in", "all", "kwa"} and after in {
            "all",
            "total",
            "jumla",
            "zote",
            "together",
            "yote",
            "vyote",
        }:
            step = 1
        elif (
            (word == "all" and after in {"for", "at"} and self._number_ahead())
            or word == "="
            or word in TOTAL
        ):
            step = 0
        else:
            return False
        last = self._last_number()
        if self._number_ahead(step + 1) and not (
            word in {"for", "in"} and last and last.kind != "quantity"
        ):
            self.mark = "total"
        elif last and last.kind in {"bare", "money"}:
            last.kind = "total"
        self.at += step
        return True

    def _times(self) -> bool:
        """x, * between numbers: 10 x 20; before a number: x3; behind one: 3 x cement."""
        word = self.tokens[self.at].low
        if word not in {"x", "*"}:
            return False
        last, after = self._last_number(), self._next()
        if after is not None and after.kind == "num":
            counted = any(part.kind in {"quantity", "bare"} and part.number for part in self.parts)
            if last and last.kind == "bare":
                last.kind = "quantity"
            self.mark = "unit" if counted else "quantity"
            self.crossed = True
        elif last and last.kind == "bare":
            last.kind = "quantity"
        return True
