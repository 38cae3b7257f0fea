"""Shows a merchant her invoices, five at a time by kind, until she picks one."""

from dataclasses import dataclass, field

from conversations.engine import Dialogue, Move, ask
from conversations.lookups import Lookup, WhichOf
from conversations.opening import Opening
from conversations.prompts import Choice, Prompt
from conversations.questions import Pick
from conversations.review import Given
from conversations.said import Found
from invoicing.commands import ListKind, ShowInvoice
from models.text import Text, _

PAGE_ROWS = 5  # with four ways elsewhere they still fit one list

_KINDS = {
    ListKind.OPEN: Choice("open", _("Unpaid invoices")),
    ListKind.OVERDUE: Choice("overdue", _("Overdue invoices")),
    ListKind.PAID: Choice("paid", _("Paid invoices")),
    ListKind.DRAFT: Choice("draft", _("Drafts")),
}
_HEADINGS = {
    ListKind.OPEN: _("*Unpaid invoices.* Which one do you want to see?"),
    ListKind.OVERDUE: _("*Overdue invoices.* Which one do you want to see?"),
    ListKind.PAID: _("*Paid invoices.* Which one do you want to see?"),
    ListKind.DRAFT: _("*Drafts.* Which one do you want to see?"),
}
_EMPTY = {
    ListKind.OPEN: _("Nobody owes you anything."),
    ListKind.OVERDUE: _("Nothing is overdue."),
    ListKind.PAID: _("Nothing is paid yet."),
    ListKind.DRAFT: _("You have no drafts."),
}


@dataclass(frozen=True)
class Listed(Lookup):
    """A page of invoices; typing part of a number or a name searches them all."""

    none: Text = field(default_factory=lambda: _("There is nothing here."))

    def choices(self, found: Found) -> tuple[Choice, ...]:
        """As many as there are; “more” only where there are more."""
        offered = super().choices(found)
        return tuple(choice for choice in offered if found.more or choice.value != "more")

    def prompt(self, found: Found) -> Prompt:
        """As a list, or a word that it is empty."""
        words = self.words if found.options else self.none
        return Prompt((words, *found.card), self.choices(found), kind="list")


def invoices(opening: Opening) -> Dialogue[ShowInvoice]:
    """Keys: `kind`, `page.<kind>`, `invoice`, `invoice.which`."""
    del opening
    kinds = tuple(_KINDS.values())
    asked = Pick("kind", _("Which invoices?"), options=kinds, assumed=ListKind.OPEN.value)
    kind = ListKind((yield from ask(asked)))
    page = (yield from ask(Given(f"page.{kind}", assumed=1))) or 1
    filters = {"kind": kind.value, "page": page, "rows": PAGE_ROWS}
    others = tuple((choice, Move("kind", other.value)) for other, choice in _KINDS.items()
                   if other is not kind)  # fmt: skip
    more = (Choice("more", _("More")), Move(f"page.{kind}", page + 1))
    said = yield from ask(
        Listed("invoice", _HEADINGS[kind], source="invoices", filters=filters,
               none=_EMPTY[kind], also=(more, *others))
    )  # fmt: skip
    if "like" in said:
        near = tuple(said["like"])
        which = WhichOf("invoice.which", _("Which of these do you mean?"), near=near)
        said = (yield from ask(which)) or near[0]
    return ShowInvoice(int(said["id"]))
