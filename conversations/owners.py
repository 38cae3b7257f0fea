"""Whose money it is: an invoice's, a client's credit, or the credit a client has for an invoice."""

from collections.abc import Mapping
from typing import Any

from conversations.engine import Dialogue, ask
from conversations.lookups import Among, WhichOf, nearest, which_invoice
from conversations.opening import Opening
from invoicing.commands import CreditPayment, MatchPayment, Nothing, UseCredit
from models.text import Text, _

Facts = Mapping[str, Any]


def match_payment(opening: Opening) -> Dialogue[MatchPayment]:
    """Keys: `payment`, `payment.which`, `invoice`, `invoice.which`."""
    del opening
    payment = yield from _money()
    invoice = yield from which_invoice(_("Which invoice was this money for?"), kind="open")
    return MatchPayment(int(payment["id"]), int(invoice["id"]))


def credit_payment(opening: Opening) -> Dialogue[CreditPayment]:
    """Keys: `payment`, `payment.which`, `client`, `client.which`."""
    del opening
    payment = yield from _money()
    none = _("You have no clients yet.")
    client = yield from _one("client", _("Whose money is it?"), none, source="clients")
    return CreditPayment(int(payment["id"]), int(client["id"]))


def use_credit(opening: Opening) -> Dialogue[UseCredit | Nothing]:
    """Keys: `payer`, `payer.which`, `bill`."""
    del opening
    words, none = _("Whose credit shall I use?"), _("No client has money left over.")
    payer = yield from _one("payer", words, none, source="payers", kind="credit")
    bills = (payer,) if "number" in payer else tuple(payer.get("bills", ()))
    if not bills:
        return Nothing(_("There is no open invoice to use it on."))
    if len(bills) == 1:
        return UseCredit(int(bills[0]["id"]))
    words = _("On which invoice shall I use it?")
    bill = yield from ask(WhichOf("bill", words, near=bills))
    return UseCredit(int((bill or bills[0])["id"]))


def _money() -> Dialogue[Facts]:
    words, none = _("Which money is it?"), _("All the money that came has its place.")
    return (yield from _one("payment", words, none, source="payments", kind="unowned", rows=10))


def _one(key: str, words: Text, none: Text, source: str, **filters: Any) -> Dialogue[Facts]:
    said = yield from ask(Among(key, words, source=source, filters=filters, none=none))
    return (yield from nearest(said, key))
