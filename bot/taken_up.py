"""An invoice taken up once more: a draft to be finished, a copy to begin another with."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from bot import cards, drafts, lookups
from bot.meeting import Who
from conversations.prompts import Choice, Prompt, Start
from conversations.said import Need
from invoicing import clients, lifecycle
from models import db
from models.errors import Refusal
from models.invoices import Invoice, Status
from models.text import _

MOST = 8
NOT_COPIED = ("draft", "due")


def begun(session: Session, who: Who, start: Start) -> Start | Prompt:
    """What to begin with the invoice as it is now, or, where none is named, a list of them.

    The invoice is one of her own business, whoever's link she came by. Raises Refusal when it is
    gone, or is no draft any more.
    """
    if who.merchant_id is None:
        return Start("onboarding")
    db.enter(session, who.merchant_id)
    if "invoice" not in start.answers:
        return _newest(session) if start.flow == "copy" else Start("invoices", {"kind": "draft"})
    invoice = lifecycle.get(session, int(start.answers["invoice"]["id"]))
    return Start("new_invoice", FLOWS[start.flow](session, invoice))


def _newest(session: Session) -> Prompt:
    """The last invoices, to choose what is copied."""
    found = lookups.find(session, Need("invoices", "", {"kind": "numbered"})).options[:MOST]
    if not found:
        return Prompt((_("You have no invoices yet."),), (cards.INVOICE_BUTTON,), "card")
    choices = tuple(
        Choice(f"copy.{one.value}", one.label, Start("copy", {"invoice": {"id": one.stored["id"]}}))
        for one in found
    )
    words = _("Which invoice shall I copy? If it is older, say *copy* and its number.")
    return Prompt((words,), choices, "list")


def _copy(session: Session, invoice: Invoice) -> dict[str, Any]:
    """The same once more, for the same client; the day it is due is asked."""
    found = drafts.answers(invoice, clients.get(session, invoice.client_id))
    return {key: value for key, value in found.items() if key not in NOT_COPIED}


def _draft(session: Session, invoice: Invoice) -> dict[str, Any]:
    if invoice.status != Status.DRAFT:
        raise Refusal(_("This invoice was sent already."), "not_a_draft")
    found = drafts.answers(invoice, clients.get(session, invoice.client_id))
    return {**found, **drafts.origin(session, invoice)}


FLOWS: Mapping[str, Callable[[Session, Invoice], dict[str, Any]]] = {"copy": _copy, "draft": _draft}
