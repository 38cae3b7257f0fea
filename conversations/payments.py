"""Shows a merchant the payments that came, eight at a time, until she picks one."""

from conversations.engine import Dialogue, Move, ask
from conversations.listing import Shelf, pick
from conversations.opening import Opening
from conversations.prompts import Choice
from conversations.questions import Pick
from invoicing.commands import PaymentList, ShowPayment
from models.text import _

_KINDS = {
    PaymentList.ALL: Choice("all", _("All payments")),
    PaymentList.UNOWNED: Choice("unowned", _("Whose is it?")),
}
_HEADINGS = {
    PaymentList.ALL: _("*Payments.* Which one do you want to see?"),
    PaymentList.UNOWNED: _("*Money without an invoice.* Which one do you want to see?"),
}
_EMPTY = {
    PaymentList.ALL: _("No money has come yet."),
    PaymentList.UNOWNED: _("All the money that came has its place."),
}


def payments(opening: Opening) -> Dialogue[ShowPayment]:
    """Keys: `kind`, then those of a list of that kind."""
    del opening
    kinds = tuple(_KINDS.values())
    asked = Pick("kind", _("Which payments?"), options=kinds, assumed=PaymentList.ALL.value)
    kind = PaymentList((yield from ask(asked)))
    other = PaymentList.ALL if kind is PaymentList.UNOWNED else PaymentList.UNOWNED
    also = ((_KINDS[other], Move("kind", other.value)),)
    shelf = Shelf("payment", "payments", _HEADINGS[kind], _EMPTY[kind], kind.value,
                  also=also, also_found=also)  # fmt: skip
    return ShowPayment(int((yield from pick(shelf))["id"]))
