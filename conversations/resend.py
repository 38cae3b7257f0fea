"""Sends a customer the link to an invoice once more."""

from conversations.engine import Dialogue, ask
from conversations.lookups import which_invoice
from conversations.opening import Opening
from conversations.questions import YesNo
from invoicing.commands import Nothing, ResendInvoice
from models.text import _


def resend(opening: Opening) -> Dialogue[ResendInvoice | Nothing]:
    """Keys: `invoice`, `sure`."""
    del opening
    invoice = yield from which_invoice(_("Which invoice shall I send again?"), kind="open")
    number, client = invoice["number"], invoice.get("client", "")
    sure = _("Shall I send *{number}* to {client} again?", number=number, client=client)
    if (yield from ask(YesNo("sure", sure, yes=_("Send again"), no=_("No")))):
        return ResendInvoice(int(invoice["id"]))
    return Nothing(_("All right, I send nothing."))
