"""Undo right after sending: the invoice is void unheard, and its review card stands there again."""

from bot import cards, drafts, undo
from bot.acts.errand import MAY_BILL, MAY_VOID, Errand, must
from bot.openings import TENANT
from conversations.prompts import Choice, Prompt, Start
from invoicing import clients, lifecycle, merchants
from models import db
from models.errors import Refusal
from models.invoices import Invoice
from models.text import Text, _

FLOW = "undo"
FOR_GOOD = ("void", "draft", "not_found", "role")  # refusals after which nothing else helps


def take_back(errand: Errand, start: Start) -> tuple[Start, Text] | Prompt:
    """The talk to begin with the content of the invoice, and what to say before; or why not."""
    session, invoice_id = errand.session, int(start.answers["invoice"]["id"])
    try:
        must(errand, MAY_BILL)
        sent = lifecycle.get(session, invoice_id)
        if sent.made_by != errand.who.person_id:
            must(errand, MAY_VOID)
        with db.nested(session):
            by, undo_s = errand.who.person_id, errand.house.bot.undo_s
            draft, ours = undo.take_back(session, invoice_id, by, undo_s)
    except Refusal as refusal:
        return _refused(errand, invoice_id, refusal)
    client = clients.get(session, draft.client_id)
    about = {"number": sent.number_text, "client": client.name}
    note = (
        _("*{number}* is taken back, and *{client}* was told nothing. Its number stays used. "
          "Here is what it said, to change or to send again:", **about)
        if ours
        else _("*{number}* is taken back, and its link opens nothing any more. Its number stays "
               "used. Here is what it said, to change or to send again:", **about)
    )  # fmt: skip
    answers = {TENANT: draft.merchant_id, **drafts.answers(draft, client)}
    return Start("new_invoice", answers), note


def _refused(errand: Errand, invoice_id: int, refusal: Refusal) -> Prompt:
    """Why it stays, and what can be done instead."""
    if refusal.code in FOR_GOOD:
        return Prompt((refusal.text,))
    invoice = lifecycle.get(errand.session, invoice_id)
    choices = _instead(errand, invoice, again=refusal.code == "sending")
    return Prompt((refusal.text,), choices, kind="card")


def _instead(errand: Errand, invoice: Invoice, *, again: bool) -> tuple[Choice, ...]:
    about = {"invoice": {"id": invoice.id, "number": invoice.number_text}}
    choices = [Choice("show", _("See it"), Start("show", about))]
    if again:
        mine = {TENANT: invoice.merchant_id, **about}
        choices.insert(0, Choice("undo", _("Undo"), Start(FLOW, mine)))
    elif (
        merchants.role_of(errand.session, errand.who.person_id) in MAY_VOID
        and not invoice.paid_minor
        and not invoice.adjusted_minor
    ):
        choices.append(Choice("void", _("Void it"), Start("void", about)))
    return (*choices, cards.MENU_BUTTON)
