"""Asks on which invoice a deposit is wanted; the amount is asked where the invoice is corrected."""

from conversations.engine import Dialogue
from conversations.lookups import which_invoice
from conversations.opening import Opening
from invoicing.commands import ReviseInvoice
from models.text import _


def deposit(opening: Opening) -> Dialogue[ReviseInvoice]:
    """Key: `invoice`."""
    del opening
    invoice = yield from which_invoice(_("On which invoice do you want a deposit?"), kind="open")
    return ReviseInvoice(int(invoice["id"]), deposit=True)
