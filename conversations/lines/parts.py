"""Turns the tokens of one clause into parts: words, quantities, unit prices, totals, bare numbers.

A mark near a number tells what it is: `@`, each, kila, per (unit price); total, jumla (total); a
measure, x, pcs (quantity); a currency (money). A number without a mark stays bare, and
`lines.items` weighs what it may be.
"""

from dataclasses import replace

from conversations.lines.kinds import kind_of
from conversations.lines.marks import Marks, Part
from conversations.lines.tokens import Token
from conversations.lines.words import (
    ARTICLES,
    ATTRIBUTES,
    BARE_COUNTERS,
    BRANDS,
    EACH,
    KILA,
    LINK,
    MEASURES,
    MODEL_HEADS,
    OF,
    PIECED,
    PRICE_WORDS,
    ROOMS,
    SERIES,
    TOTAL,
    VAGUE,
    word_set,
)

_SIZES = word_set("inch inches inchi watt watts gauge mm volt volts amp amps")
_HOUSES = word_set(
    "house houses apartment apartments flat flats unit units bungalow maisonette rent airbnb bnb villa "
    "home cottage mansionette"
)
_LENGTHS = word_set("inch inches ft feet foot mm cm litre liter ltr gauge watt watts")
ODD = frozenset("<>{}[]\\|^~`_=;#*")


class Clause(Marks):
    """Reads one clause from left to right into parts."""

    def read(self) -> list[Part]:
        """The parts of the clause."""
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            if token.kind == "num":
                self._number(token)
            elif not (
                self._price_mark() or self._total_mark() or self._times() or self._small_word()
            ):
                self._word(token)
            self.at += 1
        return self.parts

    # -- numbers --------------------------------------------------------------------------------------
    def _number(self, token: Token) -> None:
        if self._is_model(token):
            self._add_word(token)
            return
        kind = self.mark or self._plain_kind(token)
        crossed = self.crossed or token.suffix in {"x", "pcs", "pc"}
        counted = "x" if crossed or self.mark == "quantity" else ""
        self.odd = self.odd or token.bad == "slash"
        self.parts.append(Part(kind, number=token, linked=self.linked, per=counted))
        self.mark, self.linked, self.crossed = "", False, False
        if token.suffix == "x" and self._glued_price(token):
            self.mark, self.crossed = "unit", True
        if (
            token.suffix
            and token.suffix not in {"x", "pc", "pcs", "pce", "units"}
            and kind != "unit"
        ):
            self._suffix(token)

    def _glued_price(self, token: Token) -> bool:
        """12x950 as the only figures: twelve at 950. A second figure that is small is a size."""
        after = self._next()
        if after is None or after.kind != "num" or not after.tight or after.suffix:
            return False
        alone = sum(other.kind == "num" for other in self.tokens) == 2
        price, count = after.value, token.value
        return alone and price is not None and count is not None and price >= 20 and price > count

    def _plain_kind(self, token: Token) -> str:
        if token.money:
            return "money"
        if token.suffix in {"x", "pc", "pcs", "pce", "units"}:
            return "quantity"
        after, before = self._next_low(), self.tokens[self.at - 1].low if self.at else ""
        if after in BARE_COUNTERS or before in BARE_COUNTERS:
            return "quantity"
        if after in MEASURES and not self._slash_follows() and not self._next_thing(token):
            return "quantity"
        if (
            before in MEASURES
            and kind_of(before) == "measure"
            and self.parts
            and self.parts[-1].words
            and not (self.at > 1 and self.tokens[self.at - 2].kind == "num")  # 30 metres 45 a metre
        ):
            return (
                "quantity"
                if token.value is None or token.value < 100 or self._number_ahead()
                else "bare"
            )
        return "bare"

    def _next_thing(self, token: Token) -> bool:
        """Boda repair 45,000 *tube* 12,000: one tube is the next thing, not 45,000 of them."""
        one = f"{self._next_low()}s" in MEASURES
        after = self._next(2)
        dear = token.value is not None and token.value >= 1000
        return dear and one and after is not None and after.kind == "num"

    def _slash_follows(self) -> bool:
        return self._next_low() in {"/", "per"}

    def _is_attribute(self, token: Token) -> bool:
        """7 seater sofa, 3 piece suit, 2 bedroom house: a number that says what a thing is like."""
        if token.money or token.suffix or self.mark or token.value is None or token.value > 50:
            return False
        kind, thing = self._next_low(), self._next_low(2)
        noun = kind_of(thing) != "unknown" or thing.isalpha()
        if kind in ATTRIBUTES and any(part.kind == "words" for part in self.parts):
            return True  # sofa cleaning 7 seater 3,500
        if kind in {"piece", "pc", "pcs"}:
            return thing in PIECED
        return noun and (kind in ATTRIBUTES or (kind in ROOMS and thing in _HOUSES))

    def _is_model(self, token: Token) -> bool:
        """Iphone 13, form 4: a number that belongs to the word before it."""
        if self._is_attribute(token):
            return True
        before = self.tokens[self.at - 1] if self.at else None
        if (
            before is not None
            and self.at > 1
            and (self.tokens[self.at - 2].low, before.low) == ("mwezi", "wa")
        ):
            return token.value is not None and token.value <= 12
        if self._is_length(token):
            return True
        if (
            before is None
            or not (before.low in MODEL_HEADS or self._in_series())
            or token.money
            or token.suffix
            or self.mark
            or self._next_low() in BARE_COUNTERS
        ):
            return False
        if (
            token.value is None
            or token.value >= 1000
            or self._next_low() in {"x", "each", "kila"} | EACH
        ):
            return False
        if self._next_low() == "@" and not any(part.number for part in self.parts):
            return False
        more = any(other.kind == "num" for other in self.tokens[self.at + 1 :])
        return more or token.value < 100

    def _in_series(self) -> bool:
        """Redmi note 12: the word before the number goes on the brand before it."""
        if self.at < 2 or self.tokens[self.at - 1].low not in SERIES:
            return False
        return self.tokens[self.at - 2].low in BRANDS

    def _is_length(self, token: Token) -> bool:
        """6 inch blocks 400 @ 85: a length or volume before the thing, which is counted behind."""
        if self._is_size(token):
            return True
        if self._next_low() not in _LENGTHS or token.money or self.mark:
            return False
        price = next(
            (at for at in range(self.at, len(self.tokens)) if self.tokens[at].low in {"@", "at"}), 0
        )
        between = [other for other in self.tokens[self.at + 1 : price] if other.kind == "num"]
        return len(between) == 1 and self.tokens[price - 1].kind != "word"

    def _is_size(self, token: Token) -> bool:
        """32 inch tv 14,500: what one thing measures, with nothing behind it but its price."""
        if self._next_low() not in _SIZES or token.money or self.mark or token.suffix:
            return False
        behind = self.tokens[self.at + 2 :]
        numbers = [other for other in behind if other.kind == "num"]
        words = []
        counted = any(part.number is not None for part in self.parts)
        if counted and any(part.kind == "words" for part in self.parts):
            return self._closes_goods()
        for other in behind:
            if other.kind != "word" or other.low in LINK | EACH:
                break
            words.append(other.low)
        return bool(words) and len(numbers) == 1 and not words[-1].endswith("s")

    def _closes_goods(self) -> bool:
        """12 sheets mabati *30 gauge* @ 950: a size behind what was counted, before its price."""
        after = self._next(2)
        return after is None or after.kind == "num" or after.low in EACH | {"@", "at"}

    def _suffix(self, token: Token) -> None:
        """2kg, 3hrs: the measure stays in the description; a size keeps its figure."""
        part = self.parts[-1]
        unit = replace(
            token,
            kind="word",
            text=token.suffix,
            low=token.suffix,
            start=token.end - len(token.suffix),
        )
        part.kind = "sized"
        part.words = [unit]

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
        said = bool(self.mark) and self._number_ahead(0)  # at a price of 800
        return word in ARTICLES and (said or not (self.parts and self.parts[-1].words))

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
        measured = bool(before.words) and all(
            kind_of(token.low) == "measure" for token in before.words
        )
        word = self.tokens[self.at].low
        return (word in OF and counted and measured) or self._next_low() in EACH | KILA | TOTAL | {
            "@"
        }

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
