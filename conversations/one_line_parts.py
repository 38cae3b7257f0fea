"""Turns the tokens of one clause into parts: words, quantities, unit prices, totals, bare numbers.

A mark near a number tells what it is: `@`, each, kila, per (unit price); total, jumla (total); a
measure, x, pcs (quantity); a currency (money). A number without a mark stays bare, and
`one_line_items` weighs what it may be.
"""

from dataclasses import dataclass, field, replace
from decimal import Decimal

from conversations.one_line_split import kind_of
from conversations.one_line_tokens import Token
from conversations.one_line_words import (
    ABOUT,
    ARTICLES,
    BARE_COUNTERS,
    CORRECTION,
    EACH,
    KILA,
    LINK,
    MEASURES,
    MODEL_HEADS,
    OF,
    OR,
    PRICE_WORDS,
    SOFT_FILLERS,
    TOTAL,
    VAGUE,
    word_set,
)


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


_LENGTHS = word_set("inch inches ft feet foot mm cm litre liter ltr gauge watt watts")
ODD = frozenset("<>{}[]\\|^~`_=;#*")


class Clause:
    """Reads one clause from left to right into parts."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = _prepare(tokens)
        self.parts: list[Part] = []
        self.at = 0
        self.mark = ""  # what the next number is, said before it
        self.linked = False
        self.odd = False

    def read(self) -> list[Part]:
        """The parts of the clause."""
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            if token.kind == "num":
                self._number(token)
            elif not (self._price_mark() or self._total_mark() or self._times() or self._small_word()):
                self._word(token)
            self.at += 1
        return self.parts

    # -- looking around -----------------------------------------------------------------------------
    def _next(self, step: int = 1) -> Token | None:
        at = self.at + step
        return self.tokens[at] if 0 <= at < len(self.tokens) else None

    def _next_low(self, step: int = 1) -> str:
        token = self._next(step)
        return token.low if token else ""

    def _number_ahead(self, step: int = 1) -> bool:
        """Whether a number follows, behind ni, is, @, kwa, of and the like at most."""
        while self._next_low(step) in {"ni", "is", "@", "at", "kwa", "of", "ya", ":", "for", "=", "bei", "za"}:
            step += 1
        token = self._next(step)
        return token is not None and token.kind == "num"

    def _last_number(self) -> Part | None:
        last = self.parts[-1] if self.parts else None
        return last if last and last.number else None

    # -- numbers --------------------------------------------------------------------------------------
    def _number(self, token: Token) -> None:
        if self._is_model(token):
            self._add_word(token)
            return
        kind = self.mark or self._plain_kind(token)
        counted = "x" if self.mark == "quantity" or token.suffix in {"x", "pcs", "pc"} else ""
        self.parts.append(Part(kind, number=token, linked=self.linked, per=counted))
        self.mark, self.linked = "", False
        if token.suffix and token.suffix not in {"x", "pc", "pcs", "pce", "units"} and kind != "unit":
            self._suffix(token)

    def _plain_kind(self, token: Token) -> str:
        if token.money:
            return "money"
        if token.suffix in {"x", "pc", "pcs", "pce", "units"}:
            return "quantity"
        after, before = self._next_low(), self.tokens[self.at - 1].low if self.at else ""
        if after in BARE_COUNTERS or before in BARE_COUNTERS:
            return "quantity"
        if after in MEASURES and not self._slash_follows():
            return "quantity"
        if before in MEASURES and kind_of(before) == "measure" and self.parts and self.parts[-1].words:
            return "quantity" if token.value is None or token.value < 100 or self._number_ahead() else "bare"
        return "bare"

    def _slash_follows(self) -> bool:
        return self._next_low() in {"/", "per"}

    def _is_model(self, token: Token) -> bool:
        """Iphone 13, form 4: a number that belongs to the word before it."""
        before = self.tokens[self.at - 1] if self.at else None
        if before is not None and self.at > 1 and (self.tokens[self.at - 2].low, before.low) == ("mwezi", "wa"):
            return token.value is not None and token.value <= 12
        if self._is_length(token):
            return True
        if before is None or before.low not in MODEL_HEADS or token.money or token.suffix or self.mark:
            return False
        if token.value is None or token.value >= 1000 or self._next_low() in {"x", "each", "kila"} | EACH:
            return False
        if self._next_low() == "@" and not any(part.number for part in self.parts):
            return False
        more = any(other.kind == "num" for other in self.tokens[self.at + 1 :])
        return more or token.value < 100

    def _is_length(self, token: Token) -> bool:
        """6 inch blocks 400 @ 85: a length or volume before the thing, which is counted behind."""
        if self._next_low() not in _LENGTHS or token.money or self.mark:
            return False
        price = next((at for at in range(self.at, len(self.tokens)) if self.tokens[at].low in {"@", "at"}), 0)
        between = [other for other in self.tokens[self.at + 1 : price] if other.kind == "num"]
        return len(between) == 1 and self.tokens[price - 1].kind != "word"

    def _suffix(self, token: Token) -> None:
        """2kg, 3hrs: the measure stays in the description; a size keeps its figure."""
        part = self.parts[-1]
        unit = replace(token, kind="word", text=token.suffix, low=token.suffix, start=token.end - len(token.suffix))
        part.kind = "sized"
        part.words = [unit]

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
        if word in {"kwa"} and self._is_per():
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
        if word in KILA or self._next_low() in MEASURES:
            follows = self._next()
            if follows is not None and (follows.kind == "word" or follows.value == 1):
                step = 1
        last = self._last_number()
        if self._number_ahead(step + 1) and (word not in {"per"} or not last):
            self.mark = "unit"
        elif last and last.kind in {"bare", "money", "quantity"}:
            last.kind = "unit"
        self.at += step
        return True

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
            if one is not None and (one.value == 1 or measure in MEASURES | KILA) and self._number_ahead(3 + (measure in KILA)):
                self.mark, self.at = "unit", self.at + 2 + (measure in KILA)
                return True
        return self._repeated(word)

    def _repeated(self, word: str) -> bool:
        """Kilo ni 600, mfuko moja 850: the thing named once more with the price of one."""
        if self.at == 0 and word in MEASURES and self._next_low() == "ni" and len(self.tokens) == 3:
            self.mark, self.at = "unit", 1
            return True
        if not any(part.kind in {"quantity", "bare"} for part in self.parts) or kind_of(word) == "unknown":
            return False
        step = 1
        one = self._next(step)
        if one is not None and one.kind == "num" and one.value == 1 and one.spelled:
            step += 1
        elif self._next_low() != "ni":
            return False
        step += self._next_low(step) in {"ni", "@", "kwa"}
        price = self._next(step)
        if price is None or price.kind != "num" or self._other_item(step):
            return False
        self.mark, self.at = "unit", self.at + step - 1
        return True

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
        if word in {"for", "in", "all", "kwa"} and after in {"all", "total", "jumla", "zote", "together", "yote", "vyote"}:
            step = 1
        elif (word == "all" and after in {"for", "at"} and self._number_ahead()) or word == "=" or word in TOTAL:
            step = 0
        else:
            return False
        last = self._last_number()
        if self._number_ahead(step + 1) and not (word in {"for", "in"} and last and last.kind != "quantity"):
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
            if last and last.kind in {"bare"}:
                last.kind = "quantity"
            self.mark = "unit" if counted else "quantity"
        elif last and last.kind == "bare":
            last.kind = "quantity"
        return True

    # -- words ----------------------------------------------------------------------------------------
    def _small_word(self) -> bool:
        """Connecting words next to what is removed, counters, vague amounts and courtesies."""
        token = self.tokens[self.at]
        word = token.low
        if word in BARE_COUNTERS and (self._last_number() or self._number_ahead()):
            return True
        if word in VAGUE and self._vague():
            return True
        if word in LINK and self._drops_link():
            self.linked = True
            return True
        if word in PRICE_WORDS and (self._number_ahead() or self._last_number()):
            return True
        return word in ARTICLES and not (self.parts and self.parts[-1].words)

    def _vague(self) -> bool:
        after = self._next()
        if after is None or after.kind != "word":
            before = self.parts[-1] if self.parts else None
            if before is None or not before.words:
                return False
        token = replace(self.tokens[self.at], kind="num", bad="vague", value=None)
        self.parts.append(Part("quantity", number=token))
        return True

    def _drops_link(self) -> bool:
        """A connecting word goes when it stands next to something that was taken out."""
        before = self.parts[-1] if self.parts else None
        after = self._next()
        if self.tokens[self.at].low == "wa" and self.at and self.tokens[self.at - 1].low == "mwezi":
            return False
        if before is None or after is None or after.kind != "word":
            return True
        if before.number is not None and (not before.words or before.kind == "sized"):
            return True
        counted = any(part.number is not None for part in self.parts)
        measured = bool(before.words) and all(kind_of(token.low) == "measure" for token in before.words)
        word = self.tokens[self.at].low
        return (word in OF and counted and measured) or self._next_low() in EACH | KILA | TOTAL | {"@"}

    def _word(self, token: Token) -> None:
        if token.kind in {"cut", "phone"}:
            return
        if token.kind == "sym":
            self.odd = self.odd or token.text in ODD
            return
        self._add_word(token)

    def _add_word(self, token: Token) -> None:
        last = self.parts[-1] if self.parts else None
        if last is None or not last.words or last.kind == "sized":
            last = Part("words")
            self.parts.append(last)
        last.words.append(token)
        measured = all(word.low in MEASURES for word in last.words)
        last.kind = "measure" if measured else "words"
        self.linked = False


# -- before reading -----------------------------------------------------------------------------------
def _prepare(tokens: list[Token]) -> list[Token]:
    """Joins ranges, corrections, "about" and minus signs with their numbers; trims courtesies."""
    tokens = _dimensions(tokens)
    trimmed = _trim([token for token in tokens if token.kind != "cut"])
    made: list[Token] = []
    for at, token in enumerate(trimmed):
        if token.kind == "num" and made and made[-1].kind != "num":
            _attach(made, token, trimmed, at)
        made.append(token)
    return made


def _dimensions(tokens: list[Token]) -> list[Token]:
    """2x4 timber 30 @ 260: a dimension where the price stands elsewhere, not a count and a price."""
    if not any(token.text == "@" for token in tokens):
        return tokens
    made: list[Token] = []
    for token in tokens:
        if token.kind == "num" and token.tight and made and made[-1].suffix == "x":
            first = made.pop()
            text = first.text + token.text
            token = replace(first, kind="word", text=text, low=text.lower(), end=token.end, suffix="")
        made.append(token)
    return made


def _trim(tokens: list[Token]) -> list[Token]:
    start, end = 0, len(tokens)
    while end > start and (tokens[end - 1].low in SOFT_FILLERS or tokens[end - 1].text in ".,!?:-"):
        if tokens[end - 1].low == "zote":
            break
        end -= 1
    while start < end and (tokens[start].text in ".,!:" or tokens[start].low in {"iko", "ni", "pls", "please"}):
        start += 1
    return tokens[start:end]


def _attach(made: list[Token], token: Token, tokens: list[Token], at: int) -> None:
    """What stands just before a number may spoil it: -5, 2-3, 3 sorry 4, about 5."""
    sign = made[-1]
    earlier = made[-2] if len(made) > 1 else None
    if sign.low in CORRECTION | {"no"} or (sign.text in {",", "-"} and earlier and earlier.low in CORRECTION):
        while made and made[-1].kind != "num" and (made[-1].low in CORRECTION | {"no"} or made[-1].kind == "sym"):
            made.pop()
        if made and made[-1].kind == "num":
            made.pop()
            token.bad = "corrected"
        return
    if sign.low in ABOUT:
        made.pop()
        token.bad = "about"
    elif sign.text == "-" and token.tight and not (earlier and earlier.kind == "num" and sign.tight):
        made.pop()
        token.bad = "negative"
    elif earlier and earlier.kind == "num" and (sign.low in OR or sign.text in {"-", "/"}):
        del made[-2:]
        token.bad = "range"


