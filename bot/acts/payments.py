"""Carries out what is asked about money: write down what came by hand, ask a phone for it."""

from collections.abc import Callable
from typing import Any

from bot import cards, lookups
from bot.acts.errand import MAY_BILL, Errand, must
from bot.openings import TENANT
from conversations.prompts import Choice, Prompt, Start
from invoicing import commands as asked
from invoicing import lifecycle, merchants
from models.errors import Refusal
from models.invoices import Invoice
from models.text import Text, _
from payments import attempts, manual


def _record(errand: Errand, command: asked.RecordPayment) -> list[Prompt]:
    must(errand, MAY_BILL)
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


ACTS: dict[type, Callable[[Errand, Any], list[Prompt]]] = {
    asked.RecordPayment: _record,
    asked.PayInvoice: _pay,
}
