"""Asks which invoice is to be corrected; the correcting itself is the talk that makes an invoice."""

from conversations.engine import Dialogue
from conversations.lookups import which_invoice
from conversations.opening import Opening
from invoicing.commands import ReviseInvoice
from models.text import _


def revise(opening: Opening) -> Dialogue[ReviseInvoice]:
    """Key: `invoice`."""
    del opening
    asked = _("Which invoice do you want to correct?")
    invoice = yield from which_invoice(asked, kind="creditable")
    return ReviseInvoice(int(invoice["id"]))
