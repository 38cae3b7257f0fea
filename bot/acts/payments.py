"""Carries out what is asked about money: write down what came by hand, ask a phone for it."""

from collections.abc import Callable
from typing import Any

from bot import cards, lookups, payment_cards, reach
from bot.acts.errand import MAY_BILL, Errand, must
from bot.openings import TENANT
from conversations.prompts import Choice, Prompt, Start
from invoicing import clients, lifecycle, merchants
from invoicing import commands as asked
from invoicing.allocation import Booked
from invoicing.commands import Method
from models.errors import Refusal
from models.invoices import Invoice
from models.money import Money
from models.text import Text, _
from payments import attempts, manual


def _record(errand: Errand, command: asked.RecordPayment) -> list[Prompt]:
    must(errand, MAY_BILL)
    session = errand.session
    member = merchants.member(session, errand.who.person_id)
    ask = _whom_to_ask(errand, command) if command.method is Method.CASH else None
    try:
        done = manual.record_for(session, command, member, ask=ask)
    except Refusal as refusal:
        if refusal.code != "twin":
            raise
        return [_twin(command, refusal.text)]
    return [_recorded(errand, done, asked_her=ask is not None)]


def _whom_to_ask(errand: Errand, command: asked.RecordPayment) -> int | None:
    """The chat of whoever paid, unless she wants to hear nothing."""
    client_id = command.client_id
    if client_id is None and command.parts:
        client_id = lifecycle.get(errand.session, command.parts[0].invoice_id).client_id
    if client_id is None:
        return None
    contact = reach.contact_of_client(errand.session, clients.get(errand.session, client_id))
    return contact.id if contact else None


def _recorded(errand: Errand, done: manual.Recorded, *, asked_her: bool) -> Prompt:
    """Where the money went, in lines; what can be done with it now."""
    amount, rows = done.payment.amount, [*done.booked.items()]
    lines: list[Text] = []
    if len(rows) == 1 and not done.left:
        lines = [_one_line(errand, amount, *rows[0])]
    else:
        lines = [_("{amount} is written down.", amount=amount)]
        lines += [_part_line(errand, row, one) for row, one in rows]
    if done.left:
        lines.append(_("{amount} is kept as credit.", amount=done.left))
    words = [cards.stack(*lines)]
    if asked_her:
        client = clients.get(errand.session, done.payment.client_id or 0)
        words.append(_("I have asked *{client}* to confirm it.", client=client.name))
    about = payment_cards.about(done.payment)
    see = Choice("payment", _("See the payment"), Start("show_payment", about))
    return Prompt(tuple(words), (see, cards.MENU_BUTTON), kind="card")


def _one_line(errand: Errand, amount: Money, invoice_id: int, done: Booked) -> Text:
    number = lifecycle.get(errand.session, invoice_id).number_text
    left = Money(done.balance_minor, amount.currency)
    if left:
        return _("{amount} is booked on *{number}*. {left} is left.",
                 amount=amount, number=number, left=left)  # fmt: skip
    return _("{amount} is booked. *{number}* is paid. 🎉", amount=amount, number=number)


def _part_line(errand: Errand, invoice_id: int, done: Booked) -> Text:
    invoice = lifecycle.get(errand.session, invoice_id)
    part = Money(done.booked_minor, invoice.currency)
    left = Money(done.balance_minor, invoice.currency)
    if left:
        return _("*{number}*: {amount}, {left} is left.",
                 number=invoice.number_text, amount=part, left=left)  # fmt: skip
    return _("*{number}*: {amount}, it is paid. 🎉", number=invoice.number_text, amount=part)


def _twin(command: asked.RecordPayment, why: Text) -> Prompt:
    """The same was written down a moment ago: only an express wish writes it down again."""
    again = Choice("again", _("It is another one"), Start("record_payment", _kept(command)))
    return Prompt((why,), (again, cards.MENU_BUTTON), kind="card")


def _kept(command: asked.RecordPayment) -> dict[str, Any]:
    """A payment as the answers that led to it, up to the last question."""
    known: dict[str, Any] = {
        "amount": command.amount.plain(),
        "method": command.method.value,
        "paid_on": command.paid_on.isoformat(),
        "reference": command.reference,
        "note": command.note,
        "again": 1,
    }
    if command.client_id is None:
        return {**known, "invoice": {"id": command.parts[0].invoice_id}}
    parts = {f"part.{part.invoice_id}": part.amount.plain() for part in command.parts}
    split = {"split": "chosen", **parts} if parts else {"split": "credit"}
    return {**known, "payer": {"id": command.client_id}, **split}


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
