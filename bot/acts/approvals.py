"""Carries out what an owner says to an invoice above its maker's limit."""

from collections.abc import Callable, Mapping
from typing import Any

from bot import cards, own_lookups, reach, sharing, team_cards, team_words
from bot.acts.errand import OWNER, Errand, must
from conversations.prompts import Prompt
from invoicing import approvals, clients, lifecycle, merchants, trust
from invoicing import commands as asked
from models.errors import Refusal
from models.invoices import Invoice
from models.people import Person
from models.team import Approval
from models.text import _


def check(command: asked.IssueInvoice) -> None:
    """A correction takes an older invoice back, which no approval does by the way. Raises Refusal."""
    if command.revises is not None:
        words = _("This is above what you may send by yourself. Keep it as a draft, and an owner can "
                  "send it.")  # fmt: skip
        raise Refusal(words, "limit")


def ask(errand: Errand, invoice: Invoice) -> list[Prompt]:
    """Let a draft wait, and put the question to every owner."""
    session, who = errand.session, errand.who
    row = approvals.ask(session, invoice, who.person_id, who.contact_id)
    facts = team_cards.approval_of(row, _name(errand))
    team_words.tell(session, "approval", f"approval {row.id}", facts, invoice_id=invoice.id)
    return [team_cards.waiting(invoice, clients.get(session, invoice.client_id).name)]


def _name(errand: Errand) -> str:
    return own_lookups.name(errand.session.get_one(Person, errand.who.person_id))


def _show(errand: Errand, command: asked.ShowApprovals) -> list[Prompt]:
    """One at a time, so that a typed number means this one."""
    must(errand, OWNER)
    session = errand.session
    row, behind = approvals.next_waiting(session, command.after_id)
    if row is None:
        words = _("Nothing waits for your yes.")
        return [Prompt((words,), (cards.MENU_BUTTON,), kind="card")]
    invoice = lifecycle.get(session, row.invoice_id)
    client = clients.get(session, invoice.client_id)
    asker = own_lookups.name(session.get_one(Person, row.asked_by))
    facts = team_cards.approval_of(row, asker)
    return [team_cards.to_approve(merchants.get(session), invoice, client.name, facts, behind)]


def _approve(errand: Errand, command: asked.ApproveInvoice) -> list[Prompt]:
    must(errand, OWNER)
    trust.check(errand.session, errand.house.bot.trust)
    row, invoice = approvals.approve(errand.session, command.approval_id, errand.who.person_id)
    said = sharing.send(errand.session, errand.house, invoice, errand.who.person_id)
    if row.contact_id == errand.who.contact_id:
        return said
    _answer(errand, row, invoice)
    for prompt in said:  # whoever asked knows the client: what is to be passed on, she passes on
        reach.put_out(errand.session, row.contact_id, prompt, merchant_id=row.merchant_id)
    client = clients.get(errand.session, invoice.client_id)
    words = _("Approved: *{number}* for *{client}*, {amount}.", number=invoice.number_text,
              client=client.name, amount=invoice.total)  # fmt: skip
    return [Prompt((words,), cards.sent_choices(invoice), kind="card")]


def _refuse(errand: Errand, command: asked.RefuseInvoice) -> list[Prompt]:
    must(errand, OWNER)
    row, invoice = approvals.refuse(errand.session, command.approval_id, errand.who.person_id)
    _answer(errand, row, invoice)
    words = _("Not sent. It stays a draft, and I told the one who asked.")
    return [Prompt((words,), (cards.MENU_BUTTON,), kind="card")]


def _answer(errand: Errand, row: Approval, invoice: Invoice) -> None:
    facts = {"who": _name(errand)}
    team_words.tell(
        errand.session, row.state, f"{row.state} {row.id}", facts,
        invoice_id=invoice.id, contact_id=row.contact_id,
    )  # fmt: skip


ACTS: dict[type, Callable[[Errand, Any], list[Prompt]]] = {
    asked.ShowApprovals: _show,
    asked.ApproveInvoice: _approve,
    asked.RefuseInvoice: _refuse,
}
ERRANDS: dict[str, Callable[[Mapping[str, Any]], Any]] = {
    "approvals": lambda said: asked.ShowApprovals(int(said.get("after", 0))),
    "approve": lambda said: asked.ApproveInvoice(int(said["approval"])),
    "refuse": lambda said: asked.RefuseInvoice(int(said["approval"])),
}
