"""Shows a merchant her invoices by kind, eight at a time, or those that her words find; one is picked."""

from conversations.engine import Dialogue, Move, ask
from conversations.listing import Shelf, pick
from conversations.opening import Opening
from conversations.prompts import Choice
from conversations.questions import Pick
from conversations.review import Given
from invoicing.commands import ListKind, ShowInvoice
from models.text import _

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


def invoices(opening: Opening) -> Dialogue[ShowInvoice]:
    """Keys: `kind`, then those of a list of that kind.

    `page.<kind>` and `invoice.which` are of lists that were begun before there were keysets.
    """
    del opening
    asked = Pick("kind", _("Which invoices?"), options=tuple(_KINDS.values()),
                 assumed=ListKind.OPEN.value)  # fmt: skip
    kind = ListKind((yield from ask(asked)))
    yield from ask(Given(f"page.{kind}"))
    others = ((OTHERS, Move("kind")),)
    shelf = Shelf("invoice", "invoices", _HEADINGS[kind], _EMPTY[kind], kind.value,
                  also=others, also_found=others)  # fmt: skip
    return ShowInvoice(int((yield from pick(shelf))["id"]))
