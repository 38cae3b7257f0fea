"""Makes an issued invoice count for nothing, with a reason and a clear yes."""

from conversations.engine import Dialogue, ask
from conversations.lookups import balance_of, which_invoice
from conversations.opening import Opening
from conversations.prompts import Choice
from conversations.questions import Words
from conversations.review import Review, opens
from invoicing.commands import Nothing, VoidInvoice
from models.text import _

_WAYS = (Choice("void", _("Void it")), Choice("keep", _("Keep it")))


def void(opening: Opening) -> Dialogue[VoidInvoice | Nothing]:
    """Keys: `invoice`, `reason`."""
    del opening
    invoice = yield from which_invoice(_("Which invoice do you want to void?"), kind="open")
    number, client = invoice["number"], invoice.get("client", "")
    asked = _("Why do you void *{number}*? Your client will see the reason.", number=number)
    reason = yield from ask(Words("reason", asked, most=200))
    card = (
        _("*{number}* for {client}, {amount} not paid.",
          number=number, client=client, amount=balance_of(invoice)),
        _("Reason: {reason}", reason=reason),
        _("Once void it cannot be paid, and its number stays used."),
    )  # fmt: skip
    changes = (opens("reason", _("Change reason"), "reason"),)
    chose = yield from ask(
        Review("ok", _("Shall I void it?"), card=card, options=_WAYS, also=changes)
    )
    if chose == "keep":
        return Nothing(_("*{number}* stays as it is.", number=number))
    return VoidInvoice(int(invoice["id"]), reason)
