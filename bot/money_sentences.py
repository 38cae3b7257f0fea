"""Plain words about money: Jane paid 500 cash, the payments, take the last one back."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from bot import cards, lookups
from conversations.amounts import read_amount
from conversations.dates import read_day
from conversations.prompts import Choice, Prompt, Start
from conversations.said import Need
from conversations.sentences import Sentence
from invoicing import merchants
from models import db
from models.errors import Refusal
from models.text import _
from payments import listing


def paid(session: Session, said: Sentence) -> Start | Prompt:
    """Someone paid: the dialogue with whatever was said, or a word that nobody fits."""
    who = _invoice(session, said) if said.number else _payer(session, said)
    if who is None:
        return _nobody(said)
    more: dict[str, Any] = {"method": said.kind} if said.kind else {}
    if said.reference:
        more["reference"] = said.reference
    return Start("record_payment", who | more | _figures(session, said))


def _figures(session: Session, said: Sentence) -> dict[str, Any]:
    """Amount and day; what can be read two ways, or is in another currency, is asked."""
    merchant, found = merchants.get(session), {}
    try:
        if said.amount:
            found["amount"] = read_amount(said.amount, merchant.currency).plain()
        if said.day:
            today = db.today(session, merchant.zone)
            found["paid_on"] = read_day(said.day, today, past=True).isoformat()
    except Refusal:
        pass
    return found


def _invoice(session: Session, said: Sentence) -> dict[str, Any] | None:
    found = lookups.find(session, Need("invoices", said.number, {"kind": "open"}))
    bills = [option.stored for option in found.options]
    if not bills:
        return None
    return {"invoice": bills[0] if len(bills) == 1 else {"like": bills, "typed": said.number}}


def _payer(session: Session, said: Sentence) -> dict[str, Any] | None:
    """The client; of namesakes those who owe, if only some do."""
    found = lookups.find(session, Need("payers", said.who))
    options = (found.exact,) if found.exact else found.options
    near: list[Mapping[str, Any]] = [option.stored for option in options]
    owing = [row for row in near if row.get("bills")]
    near = owing or near
    if not near:
        return None
    return {"payer": near[0] if len(near) == 1 else {"like": near, "typed": said.who}}


def _nobody(said: Sentence) -> Prompt:
    if said.number:
        words = _("I find no open invoice *{number}*.", number=said.number)
        return Prompt((words,), (cards.INVOICES_BUTTON, cards.INVOICE_BUTTON), "card")
    about = {"client": {"name": said.who, "phone": None}}
    words = _("I know no client called *{name}*.", name=said.who)
    new = Choice("client", _("New client"), Start("new_client", about))
    return Prompt((words,), (new, cards.INVOICES_BUTTON), "card")


def reverse_last(session: Session) -> Start | Prompt:
    """The newest payment that stands, to be taken back after a look."""
    page = listing.page(session, size=1, reversible=True)
    if not page.rows:
        return Prompt((_("No money has come yet."),), (cards.MENU_BUTTON,), "card")
    return Start("reverse_payment", {"payment": {"id": page.rows[0].id}})
