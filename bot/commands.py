"""Carries a dialogue's command out through the rules below, and says what came of it.

Every command is checked again in `bot.acts`: who may do it, and whether it still makes sense. The
session works as the merchant that the dialogue was about, inside a savepoint of the caller's.
"""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from bot import cards, reach, rights, undo
from bot.acts import (
    approvals,
    catalogue,
    chase,
    chats,
    clients,
    corrections,
    everyday,
    files,
    invoices,
    money,
    owners,
    payments,
    people,
    quotes,
    reminders,
    statements,
    team,
)
from bot.acts import settings as setting_acts
from bot.acts.errand import Errand
from bot.house import House
from bot.meeting import Who
from conversations.prompts import Prompt, Start
from conversations.turn import Turn
from invoicing import commands as asked
from invoicing import lifecycle, merchants
from invoicing.links import InvoiceRef
from models import db

ACTS: Mapping[type, Callable[[Errand, Any], list[Prompt]]] = {
    **chase.ACTS,
    **approvals.ACTS,
    **chats.ACTS,
    **catalogue.ACTS,
    **clients.ACTS,
    **corrections.ACTS,
    **everyday.ACTS,
    **files.ACTS,
    **invoices.ACTS,
    **money.ACTS,
    **owners.ACTS,
    **payments.ACTS,
    **people.ACTS,
    **quotes.ACTS,
    **reminders.ACTS,
    **statements.ACTS,
    **team.ACTS,
    **setting_acts.ACTS,
}


def carry_out(session: Session, who: Who, at: Turn, house: House) -> list[Prompt]:
    """Do what was asked and say what came of it. Raises Refusal; the caller rolls back."""
    errand = Errand(session, who, house)
    return _done(errand, at.command)


def _done(errand: Errand, command: Any) -> list[Prompt]:
    """What came of it, without the buttons that she might not press."""
    replies = ACTS[type(command)](errand, command)
    return [rights.pressable(one, errand.role) for one in replies]


# --- What needs no dialogue ---

ERRANDS: dict[str, Callable[[Mapping[str, Any]], asked.Command]] = {
    "show": lambda said: asked.ShowInvoice(int(said["invoice"]["id"])),
    "document": lambda said: asked.SendDocument(int(said["invoice"]["id"])),
    "pay_anyway": lambda said: asked.PayInvoice(int(said["invoice"]["id"]), confirmed=True),
    "delete_draft": lambda said: asked.DeleteDraft(int(said["invoice"]["id"])),
    "confirm_contact": lambda said: asked.ConfirmContact(
        int(said["facts"]["client"]), int(said["facts"]["contact"])
    ),
    **corrections.ERRANDS,
    **quotes.ERRANDS,
    **chase.ERRANDS,
    **everyday.ERRANDS,
    **files.ERRANDS,
    **catalogue.ERRANDS,
    **reminders.ERRANDS,
    **money.ERRANDS,
    **owners.ERRANDS,
    **clients.ERRANDS,
    **statements.ERRANDS,
    **approvals.ERRANDS,
    **chats.ERRANDS,
    **team.ERRANDS,
}


def run_errand(session: Session, who: Who, start: Start, house: House) -> list[Prompt]:
    """Do what a card's button says; it asks nothing. Raises Refusal."""
    command = ERRANDS[start.flow](start.answers)
    return _done(Errand(session, who, house), command)


def open_invoice(session: Session, who: Who, ref: InvoiceRef, house: House) -> list[Prompt]:
    """Someone came by an invoice's link: its payer from now on, or one of its makers."""
    db.enter(session, ref.merchant_id)
    errand = Errand(session, who, house)
    invoice = lifecycle.get(session, ref.invoice_id)
    if merchants.role_of(session, who.person_id) is None:
        undoable = undo.hold(session, invoice, house.bot.undo_s)
        if undoable and not undo.opened(session, invoice, who.contact_id):
            return [cards.dead_link()]
    role = merchants.role_of(session, who.person_id)
    if role is None:
        reach.arrived(session, who, invoice)
    return [rights.pressable(invoices.show(errand, invoice, role), role)]


def open_quote(session: Session, who: Who, ref: InvoiceRef, house: House) -> list[Prompt]:
    """Someone came by a quote's link."""
    return quotes.open_quote(Errand(session, who, house), ref)
