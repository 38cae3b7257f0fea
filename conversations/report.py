"""A customer says that something is wrong with an invoice."""

from conversations.engine import Dialogue, ask
from conversations.lookups import which_invoice
from conversations.opening import Opening
from conversations.prompts import Choice
from conversations.questions import Pick, Words, maybe
from invoicing.commands import ReportInvoice, ReportReason
from models.text import _

_REASONS = (
    Choice("not_received", _("Goods not received")),
    Choice("wrong_amount", _("Wrong amount")),
    Choice("already_paid", _("Already paid")),
    Choice("not_mine", _("Not mine")),
    Choice("abuse", _("Looks like a fraud")),
    Choice("other", _("Something else")),
)


def report(opening: Opening) -> Dialogue[ReportInvoice]:
    """Keys: `invoice`, `reason`, `words`."""
    del opening
    invoice = yield from which_invoice(_("Which invoice is it about?"), kind="received")
    asked = _("What is wrong with *{number}*?", number=invoice["number"])
    reason = ReportReason((yield from ask(Pick("reason", asked, options=_REASONS))))
    more = Words("words", _("Please tell me in a few words what happened."), most=500)
    words = yield from ask(maybe(more))
    return ReportInvoice(int(invoice["id"]), reason, words)
