"""A list that one thing is picked from: eight rows at a time, or those that her words find."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from conversations.engine import Dialogue, Move, ask
from conversations.lookups import Lookup, nearest
from conversations.prompts import Choice, Prompt
from conversations.questions import Asked
from conversations.review import Given
from conversations.said import Found, Need, Said
from models.errors import Refusal
from models.text import Text, _

PAGE_ROWS = 8  # with “More” and one way elsewhere they still fit one list
MOST_SOUGHT = 60
Also = tuple[tuple[Choice, Move], ...]


@dataclass(frozen=True)
class Sought(Asked[str | None]):
    """The words that a list is searched for; whoever begins the dialogue may know them."""

    words: Text = field(default_factory=lambda: _("This cannot be changed here."))
    assumed: Any = field(default=None, kw_only=True)

    def load(self, stored: Any) -> str | None:
        """The words, or None."""
        return stored if isinstance(stored, str) else None

    def guesses(self) -> tuple[str | None, ...]:
        """None, as long as nothing is typed."""
        return (None,)


@dataclass(frozen=True)
class Listed(Lookup):
    """A page of a list; typing part of a number, a name, goods or an amount searches the list.

    “More” carries the last row of the page it hangs under: what was made or paid meanwhile
    neither repeats nor hides another. `onward` is the key of where a page begins.
    """

    none: Text = field(default_factory=lambda: _("There is nothing here."))
    onward: str = ""
    seek: str = ""

    def own_choices(self, found: Found) -> tuple[Choice, ...]:
        """The page, and “More” where there is more."""
        rows = super().own_choices(found)
        if not found.more or not found.options:
            return rows
        return (*rows, Choice(f"more.{found.options[-1].value}", _("More")))

    def need(self, said: Said) -> Need | None:
        """Nothing for the next page."""
        if said.choice is not None and said.choice.startswith("more."):
            return None
        return super().need(said)

    def query(self, typed: str) -> str:
        """The label of the next page is not searched for."""
        return "" if typed.casefold() in ("more", "zaidi") else typed

    def read(self, said: Said, found: Found) -> Any:
        """One of the page, the next page, or a search."""
        if said.choice is not None and said.choice.startswith("more."):
            return self.tapped(said.choice, found)
        return super().read(said, found)

    def tapped(self, value: str, found: Found) -> Any:
        """The row, or on to the next page."""
        if not value.startswith("more."):
            return super().tapped(value, found)
        last = value.removeprefix("more.")
        if not last.isdigit():
            raise Refusal(_("That choice is not offered any more."))
        return Move(self.onward, int(last))

    def read_words(self, words: str, found: Found) -> Any:
        """The only one that fits, or the list of those that do."""
        if found.exact is None and len(found.options) > 1:
            return Move(self.seek, words[:MOST_SOUGHT])
        return super().read_words(words, found)

    def prompt(self, found: Found) -> Prompt:
        """As a list, or a word that it is empty."""
        words = self.words if found.options else self.none
        return Prompt((words, *found.card), self.choices(found), kind="list")


FOUND = _("*Found for “{words}”.* Which one do you want to see?")


@dataclass(frozen=True)
class Shelf:
    """What a list is of and how it speaks; `kind` names one of several lists in the answers' keys.

    `found` is said in place of `heading` when words are searched for; `also` are the ways elsewhere
    below the rows, `also_found` those below what words found.
    """

    key: str
    source: str
    heading: Text
    none: Text
    kind: str | None = None
    found: Text = FOUND
    also: Also = ()
    also_found: Also = ()

    def of_kind(self, key: str) -> str:
        """`find.open`; without a kind, `find`."""
        return f"{key}.{self.kind}" if self.kind else key


def pick(shelf: Shelf) -> Dialogue[Mapping[str, Any]]:
    """The row picked. Keys: `find.<kind>`, `after.<words or kind>`, `<key>`, `<key>.which`."""
    words = yield from ask(Sought(shelf.of_kind("find")))
    onward = f"after.{words}" if words else shelf.of_kind("after")
    after = yield from ask(Given(onward))
    said = yield from ask(_listed(shelf, words, onward, after))
    return (yield from nearest(said, shelf.key))


def _listed(shelf: Shelf, words: str | None, onward: str, after: int | None) -> Listed:
    filters = {"rows": PAGE_ROWS, "after": after, "words": (words or "")[:MOST_SOUGHT]}
    if shelf.kind:
        filters["kind"] = shelf.kind
    heading, none, also = shelf.heading, shelf.none, shelf.also
    if words:
        heading, also = Text(shelf.found.msgid, {"words": words}), shelf.also_found
        none = _("I found nothing like *{typed}*. Please try other words.", typed=words)
    return Listed(
        shelf.key, heading, source=shelf.source, filters=filters, none=none,
        onward=onward, seek=shelf.of_kind("find"), also=also,
    )  # fmt: skip
