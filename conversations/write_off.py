"""Gives up what is still owed on an invoice: why, if she likes, and a clear yes."""

from conversations.engine import Dialogue, ask
from conversations.invoice_card import stack
from conversations.lookups import balance_of, which_invoice
from conversations.opening import Opening
from conversations.prompts import Choice
from conversations.questions import Words, maybe
from conversations.review import Review, opens
from invoicing.commands import Nothing, WriteOff
from models.text import _

_WAYS = (Choice("write_off", _("Write it off")), Choice("keep", _("Keep it")))


def write_off(opening: Opening) -> Dialogue[WriteOff | Nothing]:
    """Keys: `invoice`, `reason`."""
    del opening
    asked = _("Which invoice do you want to write off?")
    invoice = yield from which_invoice(asked, kind="open")
    number, client = invoice["number"], invoice.get("client", "")
    if not balance_of(invoice):
        return Nothing(_("Nothing is owed on *{number}* any more.", number=number))
    why = _("Why do you give up *{number}*? Only you will see the reason.", number=number)
    reason = yield from ask(maybe(Words("reason", why, most=200)))
    lines = [
        _("*{number}* for {client}: you give up {amount}.",
          number=number, client=client, amount=balance_of(invoice)),
        *([_("Reason: {reason}", reason=reason)] if reason else []),
        _("I stop reminding them. You can undo it while nothing else happens."),
    ]  # fmt: skip
    changes = (opens("reason", _("Change reason"), "reason"),)
    words = _("Shall I write it off?")
    chose = yield from ask(Review("ok", words, card=(stack(*lines),), options=_WAYS, also=changes))
    if chose == "keep":
        return Nothing(_("*{number}* stays as it is.", number=number))
    return WriteOff(int(invoice["id"]), reason)
