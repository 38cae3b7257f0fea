"""Carries out what is said about money without an owner, and about cash that a customer denies."""

from collections.abc import Callable, Mapping
from typing import Any

from bot import cards, payment_cards
from bot.acts import money
from bot.acts.errand import MAY_BILL, MAY_VOID, Errand, must
from bot.payment_cards import PAYMENTS_BUTTON, about
from conversations.prompts import Choice, Prompt, Start
from invoicing import allocation, clients, lifecycle, merchants
from invoicing import commands as asked
from models.errors import Refusal
from models.money import Money
from models.payments import Payment
from models.text import Text, _
from payments import cash, matching

UNDO = _("Undo")


def match(errand: Errand, command: asked.MatchPayment) -> list[Prompt]:
    """A person says for which invoice it was; the payer is known from now on."""
    must(errand, MAY_BILL)
    payment = money.find(errand, command.payment_id)
    if payment.client_id is not None:
        return [_known_already(errand, payment)]
    bill = lifecycle.get(errand.session, command.invoice_id)
    member = merchants.member(errand.session, errand.who.person_id)
    try:
        matching.match(errand.session, payment, bill, member)
    except Refusal as refusal:
        if refusal.code != "nothing_left":
            raise
        return [_known_already(errand, payment)]
    return [_settled(payment, _booked(errand, payment, command.invoice_id))]


def _booked(errand: Errand, payment: Payment, invoice_id: int) -> Text:
    """Where it went: what of it is too much is her credit."""
    bill = lifecycle.get(errand.session, invoice_id)
    client = clients.get(errand.session, bill.client_id)
    known = {"amount": payment.amount, "number": bill.number_text, "client": client.name}
    words = (
        _(
            "{amount} is booked on *{number}* of {client}. {left} is left.",
            left=bill.balance,
            **known,
        )
        if bill.balance
        else _("{amount} is booked. *{number}* of {client} is paid. 🎉", **known)
    )
    over = Money(allocation.unallocated(errand.session, payment.id), payment.currency)
    if not over:
        return words
    return cards.stack(words, _("{amount} is kept as credit.", amount=over))


def _known_already(errand: Errand, payment: Payment) -> Prompt:
    """Somebody was faster: where the money is now."""
    card = payment_cards.show(errand.session, money.find(errand, payment.id))
    words = _("That money has found its place already:")
    return Prompt((words, *card.paragraphs), card.choices, kind="card")


def _settled(payment: Payment, words: Text) -> Prompt:
    undo = Choice("undo", UNDO, Start("unmatch", about(payment)))
    return Prompt((words,), (undo, PAYMENTS_BUTTON, cards.MENU_BUTTON), kind="card")


def to_credit(errand: Errand, command: asked.CreditPayment) -> list[Prompt]:
    """It stays with a client, for whatever comes next."""
    must(errand, MAY_BILL)
    payment = money.find(errand, command.payment_id)
    member = merchants.member(errand.session, errand.who.person_id)
    try:
        matching.to_credit(errand.session, payment, command.client_id, member)
    except Refusal as refusal:
        if refusal.code != "nothing_left":
            raise
        return [_known_already(errand, payment)]
    client = clients.get(errand.session, command.client_id)
    words = _("{amount} is kept as credit of *{client}*.",
              amount=payment.amount, client=client.name)  # fmt: skip
    return [_settled(payment, words)]


def disown(errand: Errand, command: asked.DisownPayment) -> list[Prompt]:
    """It has nothing to do with her invoices; it stays in the list of payments."""
    must(errand, MAY_BILL)
    payment = money.find(errand, command.payment_id)
    member = merchants.member(errand.session, errand.who.person_id)
    try:
        matching.disown(errand.session, payment, member)
    except Refusal as refusal:
        if refusal.code != "nothing_left":
            raise
        return [_known_already(errand, payment)]
    words = _("Good, I ask no more about this {amount}. You find it among your payments.",
              amount=payment.amount)  # fmt: skip
    return [Prompt((words,), (PAYMENTS_BUTTON, cards.MENU_BUTTON), kind="card")]


# --- Cash that both sides agree on ---


def answer(errand: Errand, command: asked.AnswerCash) -> list[Prompt]:
    """The customer says whether she paid what was written down; nobody else may."""
    payment = money.find(errand, command.payment_id)
    _must_be_payer(errand, payment)
    merchant = merchants.get(errand.session)
    by = errand.who.person_id
    if command.paid:
        cash.confirm(errand.session, payment, by)
        words = _("Thank you. You and *{business}* agree on it.", business=merchant.name)
        return [Prompt((words,))]
    cash.deny(errand.session, payment, by)
    words = _("Thank you for telling me. I have told *{business}*, and I do not remind you meanwhile.",
              business=merchant.name)  # fmt: skip
    return [Prompt((words,))]


def _must_be_payer(errand: Errand, payment: Payment) -> None:
    client = clients.get(errand.session, payment.client_id) if payment.client_id else None
    if client is None or client.contact_id != errand.who.contact_id:
        raise Refusal(_("Only whoever paid can answer that."), "role")


def settle(errand: Errand, command: asked.SettleCash) -> list[Prompt]:
    """The merchant decides what becomes of cash that her customer denies."""
    must(errand, MAY_VOID)
    payment = money.find(errand, command.payment_id)
    member = merchants.member(errand.session, errand.who.person_id)
    if command.accept:
        done = cash.accept(errand.session, payment, member)
        words = (
            _("{amount} is taken back.", amount=payment.amount)
            if done
            else _("{amount} was taken back already.", amount=payment.amount)
        )
        return [Prompt((words,), (PAYMENTS_BUTTON, cards.MENU_BUTTON), kind="card")]
    cash.keep(errand.session, payment, member)
    return [payment_cards.show(errand.session, money.find(errand, command.payment_id))]


ACTS: dict[type, Callable[[Errand, Any], list[Prompt]]] = {
    asked.MatchPayment: match,
    asked.CreditPayment: to_credit,
    asked.DisownPayment: disown,
    asked.AnswerCash: answer,
    asked.SettleCash: settle,
}


def _payment(said: Mapping[str, Any]) -> int:
    return int(said["payment"]["id"])


ERRANDS: dict[str, Callable[[Mapping[str, Any]], asked.Command]] = {
    "match_money": lambda said: asked.MatchPayment(_payment(said), int(said["invoice_id"])),
    "not_mine": lambda said: asked.DisownPayment(_payment(said)),
    "unmatch": lambda said: asked.UnmatchPayment(_payment(said)),
    "confirm_cash": lambda said: asked.AnswerCash(_payment(said), paid=True),
    "deny_cash": lambda said: asked.AnswerCash(_payment(said), paid=False),
    "accept_denial": lambda said: asked.SettleCash(_payment(said), accept=True),
    "keep_payment": lambda said: asked.SettleCash(_payment(said), accept=False),
}
