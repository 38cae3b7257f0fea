"""How a customer pays by her own hand: a merchant's stored ways in words anyone can follow."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from invoicing.commands import PayWay
from invoicing.phones import national
from models.invoices import Invoice
from models.text import Text, _, raw

NUMBER = _("Number")
ACCOUNT = _("Account no.")

# How money that arrived had been sent.
METHODS: dict[str, Text] = {
    "mpesa": raw("M-Pesa"),
    "airtel": raw("Airtel Money"),
    "card": _("Card"),
    "bank": _("Bank transfer"),
    "cash": _("Cash"),
    "cheque": _("Cheque"),
    "gateway": _("Online payment"),
    "credit": _("Credit"),
    "other": _("Other"),
}


@dataclass(frozen=True)
class Way:
    """One way to pay. `number` is what is typed first, `account` what is typed next ("" if none).

    `number_label` and `account_label` are what the payer's phone or bank calls them.
    """

    kind: PayWay
    label: Text
    instructions: Text
    number: str = ""
    number_label: Text = NUMBER
    account: str = ""
    account_label: Text = ACCOUNT


def of(invoice: Invoice) -> tuple[Way, ...]:
    """The ways that were printed on an issued invoice, in the merchant's order.

    At a paybill without an account of its own the payer types the invoice's account code, by
    which the money is matched.
    """
    business = (invoice.parties or {}).get("business", {})
    stored = business.get("ways_to_pay") or []
    return tuple(
        _way(PayWay(one["way"]), one, business, invoice.account_code or "") for one in stored
    )


def _way(kind: PayWay, stored: Mapping[str, Any], business: Mapping[str, Any], code: str) -> Way:
    number, account = stored.get("number") or "", stored.get("account") or ""
    match kind:
        case PayWay.PAYBILL:
            return _paybill(number, account or code)
        case PayWay.TILL:
            return _till(number, business.get("country"))
        case PayWay.PHONE:
            return _phone(number, business)
        case PayWay.BANK:
            return _bank(number, account)
        case PayWay.CASH:
            words = _("Pay {business} in cash.", business=business.get("name", ""))
            return Way(kind, _("Cash"), words)


def _paybill(number: str, account: str) -> Way:
    return Way(
        PayWay.PAYBILL,
        _("M-Pesa Paybill"),
        _("On your phone: M-Pesa, then Lipa na M-Pesa, then Pay Bill."),
        number,
        _("Business no."),
        account,
    )


def _till(number: str, country: str | None) -> Way:
    if country == "KE":
        words = _("On your phone: M-Pesa, then Lipa na M-Pesa, then Buy Goods and Services.")
        return Way(PayWay.TILL, _("M-Pesa Till"), words, number, _("Till no."))
    if country == "TZ":
        words = _("On your phone, choose to pay a business and type this number.")
        return Way(PayWay.TILL, _("Lipa number"), words, number, _("Lipa no."))
    words = _("On your phone, choose to pay a merchant and type this code.")
    return Way(PayWay.TILL, _("Merchant code"), words, number, _("Merchant code"))


def _phone(number: str, business: Mapping[str, Any]) -> Way:
    words = _("Send the money to {business}.", business=business.get("name", ""))
    return Way(PayWay.PHONE, _("Send money"), words, national(number), _("Phone"))


def _bank(number: str, account: str) -> Way:
    words = (
        _("Pay into this account at {bank}.", bank=account) if account else _("Pay at the bank.")
    )
    label = raw(account) if account else _("Bank")
    return Way(PayWay.BANK, label, words, account=number)
