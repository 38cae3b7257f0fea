"""Carries out what is asked about an invoice: issue, draft, show, resend, void, report."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot import (
    attached_files,
    cards,
    file_cards,
    history,
    news_words,
    reach,
    sharing,
    team_words,
    timeline,
    undo,
)
from bot.acts import approvals, corrections, money
from bot.acts.errand import MAY_BILL, MAY_VOID, Errand, must, must_see, refuse
from conversations.prompts import Attachment, Prompt
from invoicing import (
    attaching,
    clients,
    complaints,
    drafts,
    lifecycle,
    links,
    merchants,
    team,
    trust,
)
from invoicing import commands as asked
from models import db
from models.errors import Refusal
from models.invoices import Invoice, Shown
from models.merchants import Role
from models.text import _


def _issue(errand: Errand, command: asked.IssueInvoice) -> list[Prompt]:
    limits = must(errand, MAY_BILL)
    if not command.draft:
        trust.check(errand.session, errand.house.bot.trust)
    corrections.check_origin(errand, command)
    asks = not command.draft and team.exceeds(limits, command)
    if asks:
        approvals.check(command)
    began, by = db.now(errand.session), errand.who.person_id
    if command.revises is not None and not command.draft:
        return corrections.issue_instead(errand, command)
    kept = replace(command, draft=True) if asks else command
    bill = lifecycle.bill if command.draft_id is None else drafts.change
    invoice = bill(errand.session, kept, by)
    attached_files.put(errand.session, invoice, command.files, errand.who)
    client = clients.get(errand.session, invoice.client_id)
    news_words.client_met(errand.session, client, began, by)
    if asks:
        return approvals.ask(errand, invoice)
    if command.draft:
        words = _("Kept as a draft for *{client}*. Nothing was sent.", client=client.name)
        return [Prompt((words,), cards.draft_choices(invoice), kind="card")]
    sent = sharing.send(errand.session, errand.house, invoice, errand.who.person_id)
    if client.made_at >= began:  # who was met just now has no credit to offer
        return sent
    return [*sent, *money.offer_credit(errand, invoice)]


def _delete_draft(errand: Errand, command: asked.DeleteDraft) -> list[Prompt]:
    must(errand, MAY_BILL)
    invoice = lifecycle.get(errand.session, command.invoice_id, lock=True)
    lifecycle.delete_draft(errand.session, invoice, errand.who.person_id)
    return [Prompt((_("The draft is gone."),), (cards.MENU_BUTTON,), kind="card")]


def _resend(errand: Errand, command: asked.ResendInvoice) -> list[Prompt]:
    must(errand, MAY_BILL)
    invoice = lifecycle.get(errand.session, command.invoice_id)
    if invoice.status != "issued" or not invoice.balance:
        raise Refusal(_("There is nothing left to pay on this invoice."), "settled")
    undo.once(errand.session, invoice)
    return sharing.send(errand.session, errand.house, invoice, errand.who.person_id)


def _void(errand: Errand, command: asked.VoidInvoice) -> list[Prompt]:
    if not must(errand, MAY_BILL).may_void:
        refuse(MAY_VOID)
    invoice = lifecycle.get(errand.session, command.invoice_id, lock=True)
    unheard = _unheard(errand, invoice)
    lifecycle.void(errand.session, invoice, command.reason, errand.who.person_id)
    if not unheard:
        reach.tell_client(errand.session, invoice, "voided")
    words = _("*{number}* is void. Its number stays used.", number=invoice.number_text)
    return [Prompt((words,), (cards.MENU_BUTTON,), kind="card")]


def _unheard(errand: Errand, invoice: Invoice) -> bool:
    """Whether an invoice still waited to go out to its customer, and now never does."""
    if undo.hold(errand.session, invoice, errand.house.bot.undo_s) is None:
        return False
    try:
        return bool(undo.silence(errand.session, invoice, undo.UNDONE))
    except Refusal:
        return False


def _show(errand: Errand, command: asked.ShowInvoice) -> list[Prompt]:
    invoice = lifecycle.get(errand.session, command.invoice_id)
    return [show(errand, invoice, must_see(errand, invoice))]


def show(errand: Errand, invoice: Invoice, role: Role | None) -> Prompt:
    """The card of an invoice, as one of us or (None) a customer sees it."""
    merchant = merchants.get(errand.session)
    shown = invoice.shown(db.today(errand.session, merchant.zone))
    token = links.token_of(errand.session, invoice)
    page = cards.page_of(errand.house, token) if token else None
    files = len(attaching.of(errand.session, invoice))
    if role is not None:
        client = clients.get(errand.session, invoice.client_id)
        origins = (*corrections.origins(errand, invoice), *file_cards.line(files))
        card = cards.merchant_card(invoice, client.name, shown, page, origins)
        told = timeline.words(history.of(errand.session, invoice), merchant.zone)
        card = replace(card, paragraphs=(*card.paragraphs, told)) if told else card
        if shown is Shown.DRAFT:
            return replace(card, choices=cards.draft_choices(invoice))
        return card
    return cards.customer_card(invoice, merchant.name, shown, page or errand.house.app_url, files)


def _document(errand: Errand, command: asked.SendDocument) -> list[Prompt]:
    invoice = lifecycle.get(errand.session, command.invoice_id)
    must_see(errand, invoice)
    paper = Attachment(command.kind, command.document, invoice.id, invoice.merchant_id)
    words = _("Invoice {number}", number=invoice.number_text or _("draft"))
    return [Prompt((words,), attachment=paper)]


def _report(errand: Errand, command: asked.ReportInvoice) -> list[Prompt]:
    session, who = errand.session, errand.who
    invoice = lifecycle.get(session, command.invoice_id)
    paused = complaints.complain(
        session, invoice, command.reason, command.words,
        contact_id=who.contact_id, person_id=who.person_id, limits=errand.house.bot.trust,
    )  # fmt: skip
    reach.tell_members(session, invoice, "reported", {"reason": command.reason.value})
    if paused:
        team_words.tell_paused(session)
    return [Prompt((_("Thank you. I have told the shop, and we look into it."),))]


ACTS: dict[type, Callable[[Errand, Any], list[Prompt]]] = {
    asked.IssueInvoice: _issue,
    asked.DeleteDraft: _delete_draft,
    asked.ResendInvoice: _resend,
    asked.VoidInvoice: _void,
    asked.ShowInvoice: _show,
    asked.SendDocument: _document,
    asked.ReportInvoice: _report,
}
