"""Words that ask for a deposit first: what is due now, and by when the rest."""

from collections.abc import Mapping

from models.invoices import Invoice
from models.text import Text, _


def due_now(invoice: Invoice) -> Text:
    """The line of a card."""
    return _("*Deposit, due now: {amount}*", amount=invoice.deposit_left)


def rest(invoice: Invoice) -> Text:
    """What is owed besides, and until when there is time."""
    left = invoice.balance - invoice.deposit_left
    return _("The rest, {rest}, by {day}.", rest=left, day=invoice.due_on)


def in_all(invoice: Invoice) -> Text:
    """Both in the one place that a template has for an amount."""
    first, whole = invoice.deposit_left, invoice.balance
    return _("{whole} (deposit now: {deposit})", whole=whole, deposit=first)


def to_forward(known: Mapping[str, object]) -> Text:
    """The message a merchant passes on where a part is to be paid first; `known` as in passed_on."""
    return _(
        "Hello {client}, this is invoice {number} from {business}: {amount}. Please pay the "
        "deposit of {deposit} now and the rest by {day}. See it and pay here: {link}",
        **known,
    )


def reminder(invoice: Invoice, business: str) -> Text:
    """How a reminder begins while only the deposit is due."""
    return _(
        "A reminder from *{business}*: the deposit on invoice *{number}* is not paid yet.",
        business=business,
        number=invoice.number_text or "",
    )


def remind_yourself(invoice: Invoice, client: str) -> Text:
    """To the merchant whose customer has no chat with us."""
    return _(
        "It is time to remind *{client}* of *{number}*: the deposit of {amount} is not paid yet. "
        "They have no chat with me, so please pass this on: tap below, or copy it.",
        client=client,
        number=invoice.number_text or "",
        amount=invoice.deposit_left,
    )


def remind_forward(known: Mapping[str, object]) -> Text:
    """The reminder that a merchant passes on; `known` as in passed_on."""
    return _(
        "Hello {client}, a friendly reminder of invoice {number} from {business}: please pay the "
        "deposit of {deposit} now and the rest by {day}. See it and pay here: {link}",
        **known,
    )
