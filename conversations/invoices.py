"""Shows a merchant her invoices by kind, eight at a time, or those that her words find; one is picked."""

from dataclasses import dataclass, field
from typing import Any

from conversations.engine import Dialogue, Move, ask
from conversations.lookups import Lookup, WhichOf
from conversations.opening import Opening
from conversations.prompts import Choice, Prompt
from conversations.questions import Asked, Pick
from conversations.review import Given
from conversations.said import Found, Need, Said
from invoicing.commands import ListKind, ShowInvoice
from models.errors import Refusal
from models.text import Text, _

PAGE_ROWS = 8  # with “More” and the way to the other lists they fit one list
MOST_SOUGHT = 60
OTHERS = Choice("others", _("Other lists"))

_KINDS = {
    ListKind.OPEN: Choice("open", _("Unpaid invoices")),
    ListKind.OVERDUE: Choice("overdue", _("Overdue invoices")),
    ListKind.PAID: Choice("paid", _("Paid invoices")),
    ListKind.DRAFT: Choice("draft", _("Drafts")),
    ListKind.ALL: Choice("all", _("All invoices")),
}
_HEADINGS = {
    ListKind.OPEN: _("*Unpaid invoices.* Which one do you want to see?"),
    ListKind.OVERDUE: _("*Overdue invoices.* Which one do you want to see?"),
    ListKind.PAID: _("*Paid invoices.* Which one do you want to see?"),
    ListKind.DRAFT: _("*Drafts.* Which one do you want to see?"),
    ListKind.ALL: _("*All invoices.* Which one do you want to see?"),
}
_EMPTY = {
    ListKind.OPEN: _("Nobody owes you anything."),
    ListKind.OVERDUE: _("Nothing is overdue."),
    ListKind.PAID: _("Nothing is paid yet."),
    ListKind.DRAFT: _("You have no drafts."),
    ListKind.ALL: _("You have no invoices yet."),
}


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
    """A page of invoices; typing part of a number, a name, goods or an amount searches the list.

    “More” carries the last invoice of the page it hangs under: what was made or paid meanwhile
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
        """The invoice, or on to the next page."""
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


def invoices(opening: Opening) -> Dialogue[ShowInvoice]:
    """Keys: `kind`, `find.<kind>`, `after.<kind>` (or `after.<words>`), `invoice`.

    `page.<kind>` and `invoice.which` are of lists that were begun before there were keysets.
    """
    del opening
    asked = Pick("kind", _("Which invoices?"), options=tuple(_KINDS.values()),
                 assumed=ListKind.OPEN.value)  # fmt: skip
    kind = ListKind((yield from ask(asked)))
    yield from ask(Given(f"page.{kind}"))
    words = yield from ask(Sought(f"find.{kind}"))
    onward = f"after.{words or kind}"
    after = yield from ask(Given(onward))
    said = yield from ask(_listed(kind, words, onward, after))
    if "like" in said:
        near = tuple(said["like"])
        which = WhichOf("invoice.which", _("Which of these do you mean?"), near=near)
        said = (yield from ask(which)) or near[0]
    return ShowInvoice(int(said["id"]))


def _listed(kind: ListKind, words: str | None, onward: str, after: int | None) -> Listed:
    filters = {"kind": kind.value, "rows": PAGE_ROWS, "after": after, "words": words or ""}
    heading, none = _HEADINGS[kind], _EMPTY[kind]
    if words:
        heading = _("*Found for “{words}”.* Which one do you want to see?", words=words)
        none = _("I found nothing like *{typed}*. Please try other words.", typed=words)
    return Listed(
        "invoice", heading, source="invoices", filters=filters, none=none,
        onward=onward, seek=f"find.{kind}", also=((OTHERS, Move("kind")),),
    )  # fmt: skip
