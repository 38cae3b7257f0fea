"""What whoever begins a dialogue may know beforehand, and nobody is ever asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from conversations.questions import Asked
from models.text import Text, _


@dataclass(frozen=True)
class Facts(Asked[Mapping[str, Any] | None]):
    """Another paper that this dialogue is about: `{"id", "number", …}`, or None."""

    words: Text = field(default_factory=lambda: _("This cannot be changed here."))
    assumed: Any = field(default=None, kw_only=True)

    def load(self, stored: Any) -> Mapping[str, Any] | None:
        """As it was given; anything else counts as not given."""
        known = isinstance(stored, Mapping) and isinstance(stored.get("id"), int)
        return stored if known else None

    def guesses(self) -> tuple[Mapping[str, Any] | None, ...]:
        """What holds when nothing was given."""
        return (None,)
