"""Carries out what is asked about an invoice: issue, draft, show, resend, void, report."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot import cards, drafts, history, reach, sharing, timeline, undo
from bot.acts import corrections, money
from bot.acts.errand import MAY_BILL, MAY_VOID, Errand, must
from conversations.prompts import Attachment, Choice, Prompt
from invoicing import audit, clients, lifecycle, links, merchants
from invoicing import commands as asked
from models import db
from models.errors import Refusal
from models.invoices import Invoice, Shown
from models.merchants import Client
from models.platform import AbuseReport
from models.text import _


def _issue(errand: Errand, command: asked.IssueInvoice) -> list[Prompt]:
    must(errand, MAY_BILL)
    corrections.check_origin(errand, command)
    if command.draft_id is not None:
        old = lifecycle.get(errand.session, command.draft_id, lock=True)
        lifecycle.delete_draft(errand.session, old, errand.who.person_id)
    if command.revises is not None and not command.draft:
        return corrections.issue_instead(errand, command)
    invoice = lifecycle.bill(errand.session, command, errand.who.person_id)
    if command.draft:
        client = clients.get(errand.session, invoice.client_id)
        words = _("Kept as a draft for *{client}*. Nothing was sent.", client=client.name)
        return [Prompt((words,), _of_draft(errand, invoice, client), kind="card")]
    sent = sharing.send(errand.session, errand.house, invoice, errand.who.person_id)
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


def _of_draft(errand: Errand, invoice: Invoice, client: Client) -> tuple[Choice, ...]:
    return cards.draft_choices(invoice, client, drafts.origin(errand.session, invoice))


def _void(errand: Errand, command: asked.VoidInvoice) -> list[Prompt]:
    must(errand, MAY_VOID)
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
    return [show(errand, invoice)]


def show(errand: Errand, invoice: Invoice) -> Prompt:
    """The card of an invoice, as the one who asks may see it."""
    merchant = merchants.get(errand.session)
    shown = invoice.shown(db.today(errand.session, merchant.zone))
    token = links.token_of(errand.session, invoice)
    page = cards.page_of(errand.house, token) if token else None
    if merchants.role_of(errand.session, errand.who.person_id) is not None:
        client = clients.get(errand.session, invoice.client_id)
        origins = corrections.origins(errand, invoice)
        card = cards.merchant_card(invoice, client.name, shown, page, origins)
        told = timeline.words(history.of(errand.session, invoice), merchant.zone)
        card = replace(card, paragraphs=(*card.paragraphs, told)) if told else card
        if shown is Shown.DRAFT:
            return replace(card, choices=_of_draft(errand, invoice, client))
        return card
    return cards.customer_card(invoice, merchant.name, shown, page or errand.house.app_url)


def _document(errand: Errand, command: asked.SendDocument) -> list[Prompt]:
    invoice = lifecycle.get(errand.session, command.invoice_id)
    paper = Attachment(command.kind, command.document, invoice.id, invoice.merchant_id)
    words = _("Invoice {number}", number=invoice.number_text or _("draft"))
    return [Prompt((words,), attachment=paper)]


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


ACTS: dict[type, Callable[[Errand, Any], list[Prompt]]] = {
    asked.IssueInvoice: _issue,
    asked.DeleteDraft: _delete_draft,
    asked.ResendInvoice: _resend,
    asked.VoidInvoice: _void,
    asked.ShowInvoice: _show,
    asked.SendDocument: _document,
    asked.ReportInvoice: _report,
}
