"""The last question: the whole thing as it will be, a button to change each field, and yes.

The answer is bound to a digest of what was shown: a yes to something else counts for nothing.
"""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from conversations.engine import Move
from conversations.prompts import Choice, Prompt
from conversations.questions import Asked
from conversations.said import Found
from models import text as texts
from models.errors import Refusal
from models.text import Text, _


@dataclass(frozen=True)
class Review(Asked[str]):
    """A card and what to do with it; the dialogue receives the value of the choice."""

    card: tuple[Text, ...] = ()
    options: tuple[Choice, ...] = ()

    def own_choices(self, found: Found) -> tuple[Choice, ...]:
        """What can be done with it."""
        del found
        return self.options

    def shown(self) -> tuple[Text, ...]:
        """The card, then the question."""
        return (*self.card, self.words)

    def prompt(self, found: Found) -> Prompt:
        """As a card."""
        return Prompt(self.shown(), self.choices(found), kind="card")

    def digest(self) -> str:
        """A short name for exactly what is shown."""
        shown = json.dumps([texts.to_json(words) for words in self.card], sort_keys=True)
        return hashlib.sha256(shown.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    def tapped(self, value: str, found: Found) -> Any:
        """The choice, with the digest of what it was about."""
        del found
        return {"chose": value, "digest": self.digest()}

    def read_words(self, words: str, found: Found) -> Any:
        """Nothing but the choices will do."""
        del words, found
        raise Refusal(_("Nothing is sent yet. Please look, then choose one of these:"))

    def load(self, stored: Any) -> str:
        """The choice, while it is about what is shown now."""
        if not isinstance(stored, dict) or stored.get("digest") != self.digest():
            raise Refusal(_("It has changed since you agreed to it."))
        if stored["chose"] not in [choice.value for choice in self.options]:
            raise Refusal(_("That choice is not offered any more."))
        return str(stored["chose"])

    def guesses(self) -> tuple[str, ...]:
        """Each choice may lead its own way."""
        return tuple(choice.value for choice in self.options)


@dataclass(frozen=True)
class Menu(Asked[None]):
    """A crossroads that nobody passes unless sent there: every choice of it leads elsewhere."""

    assumed: Any = field(default=None, kw_only=True)

    def load(self, stored: Any) -> None:
        """Nothing is kept of it."""

    def guesses(self) -> tuple[None, ...]:
        """It never steers a dialogue."""
        return (None,)


@dataclass(frozen=True)
class Given(Asked[int | None]):
    """A number that whoever begins the dialogue may know, and nobody is ever asked."""

    words: Text = field(default_factory=lambda: _("This cannot be changed here."))
    assumed: Any = field(default=None, kw_only=True)

    def load(self, stored: Any) -> int | None:
        """As it was given; anything but a number counts as not given."""
        given: int | None = stored if isinstance(stored, int) else self.assumed
        return given

    def guesses(self) -> tuple[int | None, ...]:
        """What holds when nothing was given."""
        return (self.assumed,)


def opens(value: str, label: Text, key: str) -> tuple[Choice, Move]:
    """A button that asks the question `key` again."""
    return Choice(value, label), Move(key)
