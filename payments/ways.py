"""The ways to pay an invoice, best first: the prompt, then what the merchant has told us of."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from invoicing.commands import PayWay
from models.invoices import Invoice, Status
from models.merchants import Merchant
from models.text import Text, _
from payments import daraja, serving
from payments.options import Options


@dataclass(frozen=True)
class Way:
    """One way to pay as a person reads it.

    `gateway` is what to post to be prompted (`daraja`), otherwise the merchant's own way
    (`paybill`, `till`, `phone`, `bank`, `cash`). `business_no` is typed first, `account` next.
    """

    gateway: str
    label: Text
    account: str
    instructions: Text
    business_no: str = ""

    @property
    def prompts(self) -> bool:
        """Whether we ask the payer's phone, so that he need not type anything."""
        return self.gateway == daraja.RULES.name


def of(session: Session, invoice: Invoice, options: Options) -> list[Way]:
    """Every way that works for this invoice now; none once nothing is owed."""
    if invoice.status != Status.ISSUED or invoice.balance.amount_minor <= 0:
        return []
    found = []
    prompt = _prompt(session, invoice, options)
    if prompt is not None:
        found.append(prompt)
    for row in _rows(session, invoice):
        way = own(row, invoice.account_code or "")
        if way is not None and not (prompt and way.business_no == prompt.business_no):
            found.append(way)
    return found


def _rows(session: Session, invoice: Invoice) -> list[Any]:
    """As frozen when the invoice was issued, otherwise as the merchant has them now."""
    frozen = (invoice.parties or {}).get("ways_to_pay")
    if isinstance(frozen, list):
        return frozen
    return session.get_one(Merchant, invoice.merchant_id).ways_to_pay


def _prompt(session: Session, invoice: Invoice, options: Options) -> Way | None:
    rules = daraja.RULES
    if invoice.currency not in rules.currencies or invoice.balance.amount_minor < rules.unit_minor:
        return None
    if not serving.serves(session, options, invoice.merchant_id):
        return None
    code = invoice.account_code or ""
    if options.daraja.till:
        instructions = _(
            "Type your phone number and we send the M-Pesa prompt to it."
            " Or pay to Till number *{till}* yourself.",
            till=options.daraja.till,
        )
        return Way(rules.name, _("M-Pesa"), code, instructions, options.daraja.till)
    instructions = _(
        "Type your phone number and we send the M-Pesa prompt to it."
        " Or pay yourself: Paybill *{paybill}*, Account no. *{account}*.",
        paybill=options.daraja.shortcode,
        account=code,
    )
    return Way(rules.name, _("M-Pesa"), code, instructions, options.daraja.shortcode)


def own(row: Any, account_code: str) -> Way | None:
    """A merchant's own way: `{"way", "number", "account"}`; None for what we cannot read."""
    if not isinstance(row, Mapping) or row.get("way") not in set(PayWay):
        return None
    way = PayWay(row["way"])
    number, account = str(row.get("number") or ""), str(row.get("account") or "")
    if way is PayWay.PAYBILL:
        typed = account or account_code
        instructions = _(
            "M-Pesa, Lipa na M-Pesa, Pay Bill: business no. *{number}*, Account no. *{account}*.",
            number=number,
            account=typed,
        )
        return Way(way.value, _("M-Pesa Paybill"), typed, instructions, number)
    if way is PayWay.TILL:
        instructions = _(
            "M-Pesa, Lipa na M-Pesa, Buy Goods: till number *{number}*.", number=number
        )
        return Way(way.value, _("M-Pesa Till"), number, instructions, number)
    if way is PayWay.PHONE:
        instructions = _("Send the money by M-Pesa to *{number}*.", number=number)
        return Way(way.value, _("Send money"), number, instructions)
    if way is PayWay.BANK:
        instructions = _(
            "Bank transfer to {bank}, account *{number}*. Write {account} as the reason.",
            bank=account,
            number=number,
            account=account_code,
        )
        return Way(way.value, _("Bank"), number, instructions)
    return Way(way.value, _("Cash"), "", _("Pay the business in cash and ask for a receipt."))
