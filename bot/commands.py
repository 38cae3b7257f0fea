"""Carries a dialogue's command out through the rules below, and says what came of it.

Every command is checked again here: who may do it, and whether it still makes sense. The session
works as the merchant that the dialogue was about, inside a savepoint of the caller's.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import cards, lookups, reach, reminding, sharing
from bot.house import House
from bot.meeting import Who
from bot.openings import TENANT
from conversations.prompts import Attachment, Choice, Prompt, Start
from conversations.turn import Turn
from invoicing import audit, clients, lifecycle, links, merchants
from invoicing import commands as asked
from invoicing.links import InvoiceRef
from invoicing.phones import normalise
from models import db
from models.errors import Refusal
from models.invoices import Invoice, Shown
from models.merchants import Role
from models.people import Contact, Person
from models.platform import AbuseReport
from models.text import LANGUAGES, Text, _
from payments import attempts, manual

MAY_BILL = (Role.OWNER, Role.MANAGER, Role.CASHIER)
MAY_VOID = (Role.OWNER, Role.MANAGER)


@dataclass(frozen=True)
class Errand:
    """One command on its way: for whom, in which house."""

    session: Session
    who: Who
    house: House


def carry_out(session: Session, who: Who, at: Turn, house: House) -> list[Prompt]:
    """Do what was asked and say what came of it. Raises Refusal; the caller rolls back."""
    errand = Errand(session, who, house)
    act: Callable[[Errand, Any], list[Prompt]] = ACTS[type(at.command)]
    return act(errand, at.command)


def _must(errand: Errand, roles: tuple[Role, ...]) -> None:
    if merchants.role_of(errand.session, errand.who.person_id) not in roles:
        raise Refusal(_("Only the owner or a manager can do that."), "role")


def _sign_up(errand: Errand, command: asked.SignUp) -> list[Prompt]:
    who = errand.who
    merchant = merchants.sign_up(errand.session, command, who.person_id)
    who.merchant_id = merchant.id
    speak(errand.session, who, command.language)
    first = Choice("invoice", _("My first invoice"), Start("new_invoice"))
    words = _("*{business}* is ready. Your first invoice takes a minute.", business=merchant.name)
    return [Prompt((words,), (first, cards.MENU_BUTTON), kind="card")]


def speak(session: Session, who: Who, language: str) -> None:
    """From now on this person is spoken to in another language."""
    if language not in LANGUAGES:
        return
    who.language, who.language_chosen = language, True
    session.execute(
        sa.update(Person)
        .where(Person.id == who.person_id)
        .values(language=language, language_chosen=True)
    )


def _set_language(errand: Errand, command: asked.SetLanguage) -> list[Prompt]:
    speak(errand.session, errand.who, command.language)
    return [Prompt((_("From now on we speak English."),))]


def _add_client(errand: Errand, command: asked.AddClient) -> list[Prompt]:
    _must(errand, MAY_BILL)
    client = clients.add(errand.session, command, errand.who.person_id)
    about = {"client": {"id": client.id, "name": client.name, "phone": client.phone}}
    bill = Choice("invoice", _("New invoice"), Start("new_invoice", about))
    words = _("*{name}* is on your list.", name=client.name)
    return [Prompt((words,), (bill, cards.MENU_BUTTON), kind="card")]


def _issue(errand: Errand, command: asked.IssueInvoice) -> list[Prompt]:
    _must(errand, MAY_BILL)
    if command.draft_id is not None:
        old = lifecycle.get(errand.session, command.draft_id, lock=True)
        lifecycle.delete_draft(errand.session, old, errand.who.person_id)
    invoice = lifecycle.bill(errand.session, command, errand.who.person_id)
    if command.draft:
        client = clients.get(errand.session, invoice.client_id)
        words = _("Kept as a draft for *{client}*. Nothing was sent.", client=client.name)
        return [Prompt((words,), cards.draft_choices(invoice, client), kind="card")]
    return sharing.send(errand.session, errand.house, invoice)


def _delete_draft(errand: Errand, command: asked.DeleteDraft) -> list[Prompt]:
    _must(errand, MAY_BILL)
    invoice = lifecycle.get(errand.session, command.invoice_id, lock=True)
    lifecycle.delete_draft(errand.session, invoice, errand.who.person_id)
    return [Prompt((_("The draft is gone."),), (cards.MENU_BUTTON,), kind="card")]


def _resend(errand: Errand, command: asked.ResendInvoice) -> list[Prompt]:
    _must(errand, MAY_BILL)
    invoice = lifecycle.get(errand.session, command.invoice_id)
    if invoice.status != "issued" or not invoice.balance:
        raise Refusal(_("There is nothing left to pay on this invoice."), "settled")
    return sharing.send(errand.session, errand.house, invoice)


def _void(errand: Errand, command: asked.VoidInvoice) -> list[Prompt]:
    _must(errand, MAY_VOID)
    invoice = lifecycle.get(errand.session, command.invoice_id, lock=True)
    lifecycle.void(errand.session, invoice, command.reason, errand.who.person_id)
    reach.tell_client(errand.session, invoice, "voided")
    words = _("*{number}* is void. Its number stays used.", number=invoice.number_text)
    return [Prompt((words,), (cards.MENU_BUTTON,), kind="card")]


def _record(errand: Errand, command: asked.RecordPayment) -> list[Prompt]:
    _must(errand, MAY_BILL)
    invoice = lifecycle.get(errand.session, command.invoice_id)
    member = merchants.member(errand.session, errand.who.person_id)
    manual.record(
        errand.session,
        invoice,
        command.amount,
        command.method,
        command.paid_on,
        command.reference,
        command.note,
        member,
    )
    errand.session.refresh(invoice)
    left = invoice.balance
    words = (
        _("{amount} is booked on *{number}*. {left} is left.",
          amount=command.amount, number=invoice.number_text, left=left)
        if left
        else _("{amount} is booked. *{number}* is paid. 🎉",
               amount=command.amount, number=invoice.number_text)
    )  # fmt: skip
    return [Prompt((words,), (cards.MENU_BUTTON,), kind="card")]


def _show(errand: Errand, command: asked.ShowInvoice) -> list[Prompt]:
    invoice = lifecycle.get(errand.session, command.invoice_id)
    return [show(errand, invoice)]


def show(errand: Errand, invoice: Invoice) -> Prompt:
    """The card of an invoice, as the one who asks may see it."""
    merchant = merchants.get(errand.session)
    shown = invoice.shown(db.today(errand.session, merchant.zone))
    token = links.token_of(errand.session, invoice)
    page = cards.page_of(errand.house, token) if token else None
    if merchants.role_of(errand.session, errand.who.person_id) is not None:
        client = clients.get(errand.session, invoice.client_id)
        card = cards.merchant_card(invoice, client.name, shown, page)
        if shown is Shown.DRAFT:
            return replace(card, choices=cards.draft_choices(invoice, client))
        return card
    return cards.customer_card(invoice, merchant.name, shown, page or errand.house.app_url)


def _document(errand: Errand, command: asked.SendDocument) -> list[Prompt]:
    invoice = lifecycle.get(errand.session, command.invoice_id)
    paper = Attachment(command.kind, command.document, invoice.id, invoice.merchant_id)
    words = _("Invoice {number}", number=invoice.number_text or _("draft"))
    return [Prompt((words,), attachment=paper)]


def _pay(errand: Errand, command: asked.PayInvoice) -> list[Prompt]:
    invoice = lifecycle.get(errand.session, command.invoice_id)
    try:
        attempt = attempts.open(
            errand.session,
            invoice,
            gateway="daraja",
            phone=command.phone or lookups.promptable(errand.session, errand.who.phone),
            amount=command.amount,
            contact_id=errand.who.contact_id,
            nonce=None,
            options=errand.house.payments,
            confirmed=command.confirmed,
        )
    except Refusal as refusal:
        if refusal.code != "confirm_in_doubt":
            raise
        return [_warned(invoice, refusal.text)]
    words = _(
        "Check your phone: a prompt for *{amount}* is on its way. Enter your M-Pesa PIN there.",
        amount=attempt.amount,
    )
    return [Prompt((words,))]


def _warned(invoice: Invoice, why: Text) -> Prompt:
    """An earlier try may still succeed: only an express wish sends another prompt."""
    about = {TENANT: invoice.merchant_id, "invoice": {"id": invoice.id}}
    return Prompt(
        (why,), (Choice("anyway", _("Send it again"), Start("pay_anyway", about)),), "card"
    )


def _report(errand: Errand, command: asked.ReportInvoice) -> list[Prompt]:
    invoice = lifecycle.get(errand.session, command.invoice_id)
    errand.session.add(
        AbuseReport(
            merchant_id=invoice.merchant_id,
            invoice_id=invoice.id,
            reason=command.reason.value,
            note=command.words,
            contact_id=errand.who.contact_id,
            made_at=db.now(errand.session),
        )
    )
    audit.note(
        errand.session,
        "invoice.reported",
        person_id=errand.who.person_id,
        invoice_id=invoice.id,
        facts={"reason": command.reason.value},
    )
    reach.tell_members(errand.session, invoice, "reported", {"reason": command.reason.value})
    errand.session.flush()
    return [Prompt((_("Thank you. I have told the shop, and we look into it."),))]


def _confirm(errand: Errand, command: asked.ConfirmContact) -> list[Prompt]:
    _must(errand, MAY_BILL)
    client = clients.get(errand.session, command.client_id)
    by = errand.who.person_id
    clients.link_contact(errand.session, client, command.contact_id, confirmed_by=by)
    words = _("Good. From now on I send *{client}* their invoices myself.", client=client.name)
    return [Prompt((words,))]


def _stop(errand: Errand, _command: asked.StopMessages) -> list[Prompt]:
    return [stop(errand.session, errand.who)]


def _resume(errand: Errand, _command: asked.ResumeMessages) -> list[Prompt]:
    return [unstop(errand.session, errand.who)]


def _nothing(_errand: Errand, command: asked.Nothing) -> list[Prompt]:
    return [Prompt((command.words,))]


ACTS: dict[type, Callable[[Errand, Any], list[Prompt]]] = {
    asked.SignUp: _sign_up,
    asked.SetLanguage: _set_language,
    asked.AddClient: _add_client,
    asked.IssueInvoice: _issue,
    asked.ConfirmContact: _confirm,
    asked.DeleteDraft: _delete_draft,
    asked.ResendInvoice: _resend,
    asked.VoidInvoice: _void,
    asked.RecordPayment: _record,
    asked.ShowInvoice: _show,
    asked.SendDocument: _document,
    asked.PayInvoice: _pay,
    asked.ReportInvoice: _report,
    asked.StopMessages: _stop,
    asked.ResumeMessages: _resume,
    asked.Nothing: _nothing,
    **reminding.ACTS,
}


# --- What needs no dialogue ---

ERRANDS: dict[str, Callable[[Mapping[str, Any]], asked.Command]] = {
    "show": lambda said: asked.ShowInvoice(int(said["invoice"]["id"])),
    "document": lambda said: asked.SendDocument(int(said["invoice"]["id"])),
    "pay_anyway": lambda said: asked.PayInvoice(int(said["invoice"]["id"]), confirmed=True),
    "delete_draft": lambda said: asked.DeleteDraft(int(said["invoice"]["id"])),
    "confirm_contact": lambda said: asked.ConfirmContact(
        int(said["facts"]["client"]), int(said["facts"]["contact"])
    ),
    **reminding.ERRANDS,
}


def run_errand(session: Session, who: Who, start: Start, house: House) -> list[Prompt]:
    """Do what a card's button says; it asks nothing. Raises Refusal."""
    command = ERRANDS[start.flow](start.answers)
    return ACTS[type(command)](Errand(session, who, house), command)


def open_invoice(session: Session, who: Who, ref: InvoiceRef, house: House) -> list[Prompt]:
    """Someone came by an invoice's link: its payer from now on, or one of its makers."""
    db.enter(session, ref.merchant_id)
    errand = Errand(session, who, house)
    invoice = lifecycle.get(session, ref.invoice_id)
    if merchants.role_of(session, who.person_id) is None:
        reach.arrived(session, who, invoice)
    return [show(errand, invoice)]


def blocked(session: Session, who: Who) -> None:
    """She wants nothing more from us: what waits for her is dropped."""
    now = db.now(session)
    session.execute(sa.update(Contact).where(Contact.id == who.contact_id).values(blocked_at=now))
    reach.drop_waiting(session, who.contact_id, "blocked")


def stop(session: Session, who: Who) -> Prompt:
    """Proactive messages end; answers to what she says herself do not."""
    now = db.now(session)
    session.execute(sa.update(Contact).where(Contact.id == who.contact_id).values(stopped_at=now))
    words = _(
        "You will hear nothing more from me unless you write first. Say *resume* to undo this."
    )
    return Prompt((words,))


def unstop(session: Session, who: Who) -> Prompt:
    """Proactive messages begin again."""
    session.execute(sa.update(Contact).where(Contact.id == who.contact_id).values(stopped_at=None))
    return Prompt((_("Good, I will send you invoices and receipts again."),))


def know_phone(session: Session, who: Who, said: str) -> None:
    """The channel vouches for her number: keep it, and whoever bills it can reach her here."""
    try:
        phone = normalise("KE", said if said.startswith("+") else f"+{said}")
    except Refusal:
        return  # a virtual or foreign account number: nothing that M-Pesa could prompt
    who.phone = phone
    session.execute(sa.update(Contact).where(Contact.id == who.contact_id).values(phone=phone))
