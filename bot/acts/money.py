"""Carries out what is asked about money that came: see it, take it back, give it back, use credit."""

from collections.abc import Callable, Mapping
from typing import Any

from bot import cards, payment_cards, reach
from bot.acts.errand import ANYBODY, MAY_BILL, MAY_VOID, Errand, must
from bot.payment_cards import PAYMENTS_BUTTON, about
from conversations.prompts import Attachment, Choice, Prompt, Start
from invoicing import clients, credit, lifecycle, merchants
from invoicing import commands as asked
from models import db
from models.errors import Refusal
from models.invoices import Invoice
from models.money import Money
from models.payments import Payment
from models.text import Text, _
from payments import listing, manual, matching, receipts, refunds


def find(errand: Errand, payment_id: int) -> Payment:
    """One of the merchant's own payments. Raises Refusal."""
    key = (db.merchant_id(errand.session), payment_id)
    found = errand.session.get(Payment, key, populate_existing=True)
    if found is None:
        raise Refusal(_("I cannot find that payment."), "not_found")
    return found


def overview(errand: Errand, command: asked.ShowMoney) -> list[Prompt]:
    """Everything that can be done about money."""
    del command
    must(errand, ANYBODY)
    return [payment_cards.overview(matching.count_unowned(errand.session))]


def show(errand: Errand, command: asked.ShowPayment) -> list[Prompt]:
    """The card of a payment, for the merchant's people alone."""
    must(errand, ANYBODY)
    return [payment_cards.show(errand.session, find(errand, command.payment_id))]


def receipt(errand: Errand, command: asked.SendReceipt) -> list[Prompt]:
    """The receipt as a document, here or to the customer once more."""
    must(errand, ANYBODY)
    payment = find(errand, command.payment_id or _newest(errand))
    if payment.reversed_at is not None:
        raise Refusal(_("That payment was taken back."), "reversed")
    if command.to_client:
        return [_to_client(errand, payment)]
    paper = Attachment("pdf", "receipt", payment.id, payment.merchant_id)
    return [Prompt((_("Receipt for {amount}", amount=payment.amount),), attachment=paper)]


def _newest(errand: Errand) -> int:
    page = listing.page(errand.session, size=1, reversible=True)
    if not page.rows:
        raise Refusal(_("No money has come yet."), "not_found")
    return page.rows[0].id


def _to_client(errand: Errand, payment: Payment) -> Prompt:
    client = clients.get(errand.session, payment.client_id or 0)
    contact = reach.contact_of_client(errand.session, client)
    if contact is None:
        words = _("I cannot write to *{client}* myself. Here is the receipt, to be passed on.",
                  client=client.name)  # fmt: skip
        paper = Attachment("pdf", "receipt", payment.id, payment.merchant_id)
        return Prompt((words,), attachment=paper)
    receipts.once_more(errand.session, payment, contact.id)
    return Prompt((_("The receipt is on its way to *{client}*.", client=client.name),))


def reverse(errand: Errand, command: asked.ReversePayment) -> list[Prompt]:
    """What it paid is owed again."""
    must(errand, MAY_VOID)
    payment = find(errand, command.payment_id)
    member = merchants.member(errand.session, errand.who.person_id)
    opened = _opened_by(errand, payment)
    if not manual.reverse(errand.session, payment, command.reason, member):
        return [_already(payment)]
    words = _("{amount} is taken back.", amount=payment.amount)
    return [_undone(errand, words, opened)]


def unmatch(errand: Errand, command: asked.UnmatchPayment) -> list[Prompt]:
    """Without an owner again, with the card to find it another."""
    must(errand, MAY_BILL)
    payment = find(errand, command.payment_id)
    member = merchants.member(errand.session, errand.who.person_id)
    opened = matching.unmatch(errand.session, payment, member)
    words = _("{amount} is without an owner again.", amount=payment.amount)
    return [_undone(errand, words, opened), payment_cards.show(errand.session, payment)]


def _opened_by(errand: Errand, payment: Payment) -> list[int]:
    from_it = payment_cards.find(errand.session, payment).row.parts
    return [part.invoice_id for part in from_it]


def _already(payment: Payment) -> Prompt:
    words = _("{amount} was taken back already.", amount=payment.amount)
    return Prompt((words,), (PAYMENTS_BUTTON, cards.MENU_BUTTON), kind="card")


def _undone(errand: Errand, words: Text, opened: list[int]) -> Prompt:
    lines = [words]
    for invoice_id in opened:
        bill = lifecycle.get(errand.session, invoice_id)
        lines.append(_("*{number}*: {left} is to be paid again.",
                       number=bill.number_text, left=bill.balance))  # fmt: skip
    return Prompt((cards.stack(*lines),), (PAYMENTS_BUTTON, cards.MENU_BUTTON), kind="card")


def refund(errand: Errand, command: asked.RefundPayment) -> list[Prompt]:
    """Money went back to the customer: written down, and off what it had paid."""
    must(errand, MAY_VOID)
    payment = find(errand, command.payment_id)
    member = merchants.member(errand.session, errand.who.person_id)
    done = refunds.refund(errand.session, command, member)
    lines = [_("{amount} given back is written down.", amount=command.amount)]
    if done.invoice_id is not None:
        bill = lifecycle.get(errand.session, done.invoice_id)
        lines.append(_("*{number}*: {left} is to be paid again.",
                       number=bill.number_text, left=bill.balance))  # fmt: skip
    see = Choice("payment", _("See the payment"), Start("show_payment", about(payment)))
    return [Prompt((cards.stack(*lines),), (see, cards.MENU_BUTTON), kind="card")]


# --- Credit ---


def use_credit(errand: Errand, command: asked.UseCredit) -> list[Prompt]:
    """What the client has left over pays her invoice."""
    must(errand, MAY_BILL)
    bill = lifecycle.get(errand.session, command.invoice_id)
    used = credit.use(errand.session, bill, errand.who.person_id)
    bill = lifecycle.get(errand.session, command.invoice_id)
    facts = {"amount_minor": used.amount_minor, "balance_minor": bill.balance.amount_minor}
    key = f"credit {bill.id} {bill.paid_minor}"
    reach.note(errand.session, bill, "credit_used", audience="client", key=key, facts=facts)
    return [_used(bill, used)]


def _used(bill: Invoice, used: Money) -> Prompt:
    known = {"amount": used, "number": bill.number_text}
    words = (
        _("{amount} credit is used on *{number}*. {left} is left.", left=bill.balance, **known)
        if bill.balance
        else _("{amount} credit is used. *{number}* is paid. 🎉", **known)
    )
    return Prompt((words,), (cards.MENU_BUTTON,), kind="card")


def free_credit(errand: Errand, command: asked.FreeCredit) -> list[Prompt]:
    """The credit is the client's to use again, and the invoice asks for it."""
    must(errand, MAY_VOID)
    bill = lifecycle.get(errand.session, command.invoice_id)
    if not command.sure:
        return [payment_cards.free_question(bill, credit.used_on(errand.session, bill))]
    freed = credit.free(errand.session, bill, errand.who.person_id)
    bill = lifecycle.get(errand.session, command.invoice_id)
    facts = {"amount_minor": freed.amount_minor, "balance_minor": bill.balance.amount_minor}
    key = f"credit freed {bill.id} {db.now(errand.session).isoformat()}"
    reach.note(errand.session, bill, "credit_freed", audience="client", key=key, facts=facts)
    words = _("{amount} is your client's credit again.", amount=freed)
    return [_undone(errand, words, [bill.id])]


def offer_credit(errand: Errand, bill: Invoice) -> list[Prompt]:
    """After an invoice went out: its client has something left over, and may use it."""
    amount = credit.usable(errand.session, bill)
    if not amount:
        return []
    whole = credit.of(errand.session, bill.client_id, bill.currency)
    return [payment_cards.credit_offer(errand.session, bill.client_id, whole, bill)]


ACTS: dict[type, Callable[[Errand, Any], list[Prompt]]] = {
    asked.ShowMoney: overview,
    asked.ShowPayment: show,
    asked.SendReceipt: receipt,
    asked.ReversePayment: reverse,
    asked.UnmatchPayment: unmatch,
    asked.RefundPayment: refund,
    asked.UseCredit: use_credit,
    asked.FreeCredit: free_credit,
}
ERRANDS: dict[str, Callable[[Mapping[str, Any]], asked.Command]] = {
    "money": lambda _said: asked.ShowMoney(),
    "last_receipt": lambda _said: asked.SendReceipt(None),
    "show_payment": lambda said: asked.ShowPayment(int(said["payment"]["id"])),
    "receipt": lambda said: asked.SendReceipt(int(said["payment"]["id"])),
    "resend_receipt": lambda said: asked.SendReceipt(int(said["payment"]["id"]), to_client=True),
    "free_credit": lambda said: asked.FreeCredit(
        int(said["invoice"]["id"]), sure=bool(said.get("sure"))
    ),
    "credit_now": lambda said: asked.UseCredit(int(said["invoice"]["id"])),
}
__all__ = ["ACTS", "ERRANDS", "about", "find", "offer_credit"]
