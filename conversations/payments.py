"""Shows a merchant the payments that came, eight at a time, until she picks one."""

from conversations.engine import Dialogue, Move, ask
from conversations.invoices import Listed, Sought
from conversations.lookups import WhichOf
from conversations.opening import Opening
from conversations.prompts import Choice
from conversations.questions import Pick
from conversations.review import Given
from invoicing.commands import PaymentList, ShowPayment
from models.text import _

PAGE_ROWS = 8  # with “More” and one way elsewhere they still fit one list

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
    """Keys: `kind`, `find.<kind>`, `after.<kind>` (or `after.<words>`), `payment`."""
    del opening
    kinds = tuple(_KINDS.values())
    asked = Pick("kind", _("Which payments?"), options=kinds, assumed=PaymentList.ALL.value)
    kind = PaymentList((yield from ask(asked)))
    words = yield from ask(Sought(f"find.{kind}"))
    onward = f"after.{words or kind}"
    after = yield from ask(Given(onward))
    said = yield from ask(_listed(kind, words, onward, after))
    if "like" in said:
        near = tuple(said["like"])
        which = WhichOf("payment.which", _("Which of these do you mean?"), near=near)
        said = (yield from ask(which)) or near[0]
    return ShowPayment(int(said["id"]))


def _listed(kind: PaymentList, words: str | None, onward: str, after: int | None) -> Listed:
    filters = {"kind": kind.value, "rows": PAGE_ROWS, "after": after, "words": words or ""}
    heading, none = _HEADINGS[kind], _EMPTY[kind]
    if words:
        heading = _("*Found for “{words}”.* Which one do you want to see?", words=words)
        none = _("I found nothing like *{typed}*. Please try other words.", typed=words)
    other = PaymentList.ALL if kind is PaymentList.UNOWNED else PaymentList.UNOWNED
    return Listed(
        "payment", heading, source="payments", filters=filters, none=none,
        onward=onward, seek=f"find.{kind}", also=((_KINDS[other], Move("kind", other.value)),),
    )  # fmt: skip
