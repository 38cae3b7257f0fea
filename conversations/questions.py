"""The plain questions: words, one of several, yes or no, and any question that may be skipped."""

import unicodedata
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar

from conversations.engine import Move, Question
from conversations.prompts import ROWS, Choice, Prompt, choose
from conversations.said import Found, Need, Said
from models.errors import Refusal
from models.text import Text, _, raw

T = TypeVar("T")
LONGEST_MESSAGE = 20_000  # characters looked at; channels send at most 4,096

YES, NO = _("Yes"), _("No")
SKIP = Choice(
    "skip", _("Skip"), synonyms=tuple(map(raw, ("none", "no", "nil", "hapana", "hakuna", "-")))
)


def clean(words: str) -> str:
    """One line of ordinary text: no control or direction marks, no lone surrogates, single blanks."""
    normal = unicodedata.normalize("NFC", words[:LONGEST_MESSAGE])
    kept = (" " if c.isspace() else c for c in normal if c.isspace() or _is_plain(c))
    return " ".join("".join(kept).split())


def _is_plain(character: str) -> bool:
    joins_emoji = character == "\u200d"
    return joins_emoji or unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Cn"}


@dataclass(frozen=True)
class Asked(Question[T], Generic[T]):
    """What all questions share: taps and typed labels first, then words.

    `also` are choices that are no answers but lead elsewhere: change a field, add an item. `likely`
    are answers that a typed line may have meant; they are offered first.
    """

    also: tuple[tuple[Choice, Move], ...] = field(default=(), kw_only=True)
    likely: tuple[tuple[Choice, Move], ...] = field(default=(), kw_only=True)

    def own_choices(self, found: Found) -> tuple[Choice, ...]:
        """The choices that are answers."""
        del found
        return ()

    def choices(self, found: Found) -> tuple[Choice, ...]:
        """What was likely meant, the other answers, then the ways elsewhere."""
        likely, also = ([choice for choice, _move in ways] for ways in (self.likely, self.also))
        own = self.own_choices(found)
        return (*likely, *(own[: ROWS - len(likely) - len(also)] if likely else own), *also)

    def read(self, said: Said, found: Found) -> Any:
        """What was tapped or typed, as a stored answer or a Move. Raises Refusal."""
        if said.contact_phone is not None:
            return self.read_contact(said)
        if said.text is None and said.choice is None:
            raise Refusal(_CANNOT_READ.get(said.other or "", _ONLY_WORDS))
        value = self._picked(said, found)
        if value is None:
            return self.read_words(self._words(said), found)
        for other, move in (*self.likely, *self.also):
            if value == other.value:
                return move
        return self.tapped(value, found)

    def _picked(self, said: Said, found: Found) -> str | None:
        if said.choice is None:
            typed = choose(self.choices(found), (said.text or "")[:200])
            return typed.value if typed else None
        moves = (*self.likely, *self.also)
        offered = (*(other for other, _move in moves), *self.own_choices(found))
        if said.choice not in [choice.value for choice in offered]:
            raise Refusal(_("That button does not fit this question any more. Please try again:"))
        return said.choice

    def _words(self, said: Said) -> str:
        words = clean(said.text or "")
        if not words:
            raise Refusal(_("I got an empty message. Please type your answer."))
        return words

    def tapped(self, value: str, found: Found) -> Any:
        """The stored answer of one of our own choices."""
        del found
        return value

    def read_words(self, words: str, found: Found) -> Any:
        """Typed words (clean, not empty) as a stored answer. Raises Refusal."""
        del words, found
        raise Refusal(_("Please choose one of these, or type its number:"))

    def read_contact(self, said: Said) -> Any:
        """A shared contact as a stored answer. Raises Refusal."""
        del said
        raise Refusal(_("I do not need a contact here. Please type your answer."))


_ONLY_WORDS = _("I can only read words and taps here. Please type your answer.")
_CANNOT_READ = {
    "sticker": _("Nice sticker! But please type your answer."),
    "voice": _("I cannot listen to voice notes yet. Please type your answer."),
    "photo": _("I cannot read pictures yet. Please type your answer."),
}


@dataclass(frozen=True)
class Words(Asked[str]):
    """Someone's own words, one line of at most `most` characters."""

    most: int = 120

    @property
    def free_text(self) -> bool:
        """Any sentence is an answer."""
        return True

    def read_words(self, words: str, found: Found) -> str:
        """The words; too many are refused, never cut."""
        del found
        if len(words) > self.most:
            raise Refusal(
                _("That is too long for me. Please use at most {most} letters.", most=self.most)
            )
        if not any(c.isalnum() for c in words):
            raise Refusal(_("Please use some letters, so that people can read it."))
        return words

    def load(self, stored: Any) -> str:
        """The words."""
        if not isinstance(stored, str):
            raise Refusal(_("Please type it once more."))
        return stored

    def guesses(self) -> tuple[str, ...]:
        """Words never steer a dialogue."""
        return ("?",)


@dataclass(frozen=True)
class Pick(Asked[str]):
    """One of a few choices; the dialogue receives its value."""

    options: tuple[Choice, ...] = ()

    def own_choices(self, found: Found) -> tuple[Choice, ...]:
        """The options."""
        del found
        return self.options

    def load(self, stored: Any) -> str:
        """The value, while it is still offered."""
        if stored not in [choice.value for choice in self.options]:
            raise Refusal(_("That choice is not offered any more."))
        return str(stored)

    def guesses(self) -> tuple[str, ...]:
        """Each choice may lead its own way."""
        return tuple(choice.value for choice in self.options)


@dataclass(frozen=True)
class Card(Pick):
    """What stands now, a line each, above a button for each thing that may be changed.

    Where nothing may be, nobody passes, and `guess` stands for the way on from here.
    """

    card: tuple[Text, ...] = ()
    guess: str = ""

    def shown(self) -> tuple[Text, ...]:
        """The lines, then the question."""
        return (Text("{lines}", {"lines": self.card}), self.words)

    def prompt(self, found: Found) -> Prompt:
        """As a card."""
        return Prompt(self.shown(), self.choices(found), kind="card")

    def guesses(self) -> tuple[str, ...]:
        """Each choice, or the one guess."""
        return super().guesses() or (self.guess,)


@dataclass(frozen=True)
class YesNo(Asked[bool]):
    """Yes or no, in the words given."""

    yes: Text = YES
    no: Text = NO

    def own_choices(self, found: Found) -> tuple[Choice, ...]:
        """Yes first."""
        del found
        agreed = ("y", "yes", "yeah", "yep", "ok", "sure", "ndiyo", "ndio", "eeh", "sawa", "naam")
        refused = ("n", "no", "nope", "hapana", "la", "siyo", "sitaki")
        return (
            Choice("yes", self.yes, synonyms=tuple(map(raw, agreed))),
            Choice("no", self.no, synonyms=tuple(map(raw, refused))),
        )

    def tapped(self, value: str, found: Found) -> bool:
        """True for yes."""
        del found
        return value == "yes"

    def load(self, stored: Any) -> bool:
        """The answer."""
        return stored is True

    def guesses(self) -> tuple[bool, ...]:
        """No first, since yes may ask for more."""
        return (False, True)


@dataclass(frozen=True)
class Maybe(Question[T | None]):
    """Another question that may be skipped; None is stored and received then."""

    inner: Asked[T] = field(kw_only=True)
    skip: Choice = field(default=SKIP, kw_only=True)

    @property
    def free_text(self) -> bool:
        """As the question itself."""
        return self.inner.free_text

    def _whole(self) -> Asked[T]:
        return replace(self.inner, also=((self.skip, Move(self.key, None)), *self.inner.also))

    def read(self, said: Said, found: Found) -> Any:
        """None when skipped."""
        read = self._whole().read(said, found)
        return None if read == Move(self.key, None) else read

    def load(self, stored: Any) -> T | None:
        """None when skipped."""
        return None if stored is None else self.inner.load(stored)

    def guesses(self) -> tuple[T | None, ...]:
        """Skipped or not."""
        return (None, *self.inner.guesses())

    def choices(self, found: Found) -> tuple[Choice, ...]:
        """The question's own and the way past it."""
        return self._whole().choices(found)

    def need(self, said: Said) -> Need | None:
        """As the question itself."""
        return self.inner.need(said)

    def need_to_show(self) -> Need | None:
        """As the question itself."""
        return self.inner.need_to_show()


def maybe(question: Asked[T], skip: Choice = SKIP) -> Maybe[T]:
    """The same question with a way past it."""
    return Maybe(question.key, question.words, assumed=question.assumed, inner=question, skip=skip)
