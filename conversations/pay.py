"""A customer pays: the whole from the number we know, or another number, or a part."""

from collections.abc import Mapping
from typing import Any

from conversations.engine import Dialogue, ask
from conversations.figures import Amount, PhoneNumber
from conversations.lookups import balance_of, which_invoice
from conversations.opening import Opening
from conversations.prompts import Choice
from conversations.questions import maybe
from conversations.review import Review, opens
from invoicing.commands import Nothing, PayInvoice
from models.money import Money
from models.text import Text, _, raw

_PAY = Choice("pay", _("Pay now"), synonyms=tuple(map(raw, ("yes", "ok", "ndiyo", "sawa", "lipa"))))
_OTHER_NUMBER = opens("phone", _("Another number"), "phone")
_A_PART = opens("part", _("Pay a part"), "amount")


def pay(opening: Opening) -> Dialogue[PayInvoice | Nothing]:
    """Keys: `invoice` (with `phone`, the known number as shown, and `parts`), `phone`, `amount`.

    What is asked for is a deposit first, where there is one that is not paid yet.
    """
    invoice = yield from which_invoice(_("Which invoice do you want to pay?"), kind="payable")
    owed = balance_of(invoice)
    if not owed:
        return Nothing(_("Nothing is owed on *{number}* any more.", number=invoice["number"]))
    phone = yield from _phone(opening, invoice)
    first = Money(int(invoice.get("asked_minor", owed.amount_minor)), owed.currency)
    how_much = _("How much do you want to pay now? You owe {owed}.", owed=owed)
    amount = yield from ask(
        Amount("amount", how_much, currency=owed.currency, most=owed, whole=owed,
               assumed=first.plain())
    )  # fmt: skip
    also = (_OTHER_NUMBER, _A_PART) if invoice.get("parts") else (_OTHER_NUMBER,)
    card = _card(invoice, amount, phone)
    words = _("Your phone will ask for your PIN. Shall I go on?")
    yield from ask(Review("ok", words, card=card, options=(_PAY,), also=also))
    return PayInvoice(int(invoice["id"]), phone, amount if amount < owed else None)


def _phone(opening: Opening, invoice: Mapping[str, Any]) -> Dialogue[str | None]:
    words = _("Which phone number shall I send the request to?")
    known = invoice.get("phone")
    if not known:
        return (yield from ask(PhoneNumber("phone", words, country=opening.country)))
    same = Choice("known", _("The known number"))
    number = PhoneNumber("phone", words, country=opening.country, assumed=None)
    return (yield from ask(maybe(number, skip=same)))


def _card(invoice: Mapping[str, Any], amount: Money, phone: str | None) -> tuple[Text, ...]:
    shown = phone or invoice.get("phone", "")
    return (
        _("*{number}* from {business}", number=invoice["number"],
          business=invoice.get("business", "")),
        _("I will ask {phone} for *{amount}*.", phone=shown, amount=amount),
    )  # fmt: skip
