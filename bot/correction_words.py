"""Words of notices about what was taken back: to the customer, once."""

from typing import TYPE_CHECKING

from bot import cards
from conversations.prompts import Attachment, Choice, Prompt
from models.credit_notes import CreditNote
from models.invoices import Invoice
from models.text import _

if TYPE_CHECKING:
    from bot.notices import Fact


def credited(fact: "Fact") -> Prompt:
    """The business took back an amount: what is left, and the note itself."""
    assert fact.invoice  # noqa: S101 - the kind says so
    note = fact.paper
    assert isinstance(note, CreditNote)  # noqa: S101 - the kind says so
    words = [
        _("*{business}* takes back {amount} of invoice *{number}* (credit note {note}).",
          business=fact.merchant.name, amount=note.total, number=fact.number,
          note=note.number_text),
    ]  # fmt: skip
    if note.reason:
        words.append(_("Reason: {reason}", reason=note.reason))
    if note.freed:
        words.append(
            _("You had paid {amount} of it: that is your credit there.", amount=note.freed)
        )
    if fact.invoice.balance:
        words.append(_("*Left to pay: {amount}*", amount=fact.invoice.balance))
    else:
        words.append(_("You do not owe anything on it any more."))
    paper = Attachment("pdf", "credit_note", note.id, note.merchant_id)
    page = Choice("page", _("Open the page"), url=fact.page)
    return Prompt((cards.stack(*words),), (page,), "card", attachment=paper)


def deposit_is_paid(invoice: Invoice) -> bool:
    """Whether a deposit was asked for and nothing of it is missing."""
    return invoice.deposit_minor is not None and not invoice.deposit_left


WORDS = {("credited", "client"): credited}
