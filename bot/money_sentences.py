"""Plain words about money: Jane paid 500 cash, the payments, take one back, refund, use the credit."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from bot import bills_meant, cards, lookups, payment_cards
from conversations.amounts import read_amount
from conversations.dates import read_day
from conversations.prompts import Choice, Prompt, Start
from conversations.said import Need
from conversations.sentences import Sentence, Wish
from invoicing import merchants
from models import db
from models.errors import Refusal
from models.text import _
from payments import listing

MOST = 8  # payments of one name to choose from


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
    bills = bills_meant.find(session, said, "open")
    return {"invoice": bills_meant.one_of(bills, said.number)} if bills else None


def _payer(session: Session, said: Sentence) -> dict[str, Any] | None:
    """The client; of namesakes those who owe, if only some do."""
    found = lookups.find(session, Need("payers", said.who))
    options = (found.exact,) if found.exact else found.options
    near: list[Mapping[str, Any]] = [option.stored for option in options]
    owing = [row for row in near if row.get("bills")]
    near = owing or near
    if not near:
        return None
    return {"payer": bills_meant.one_of(near, said.who)}


def _nobody(said: Sentence) -> Prompt:
    if said.number:
        return bills_meant.no_open(said)
    about = {"client": {"name": said.who, "phone": None}}
    words = _("I know no client called *{name}*.", name=said.who)
    new = Choice("client", _("New client"), Start("new_client", about))
    return Prompt((words,), (new, cards.INVOICES_BUTTON), "card")


def _reverse(session: Session, said: Sentence) -> Start | Prompt:
    """A payment that was wrong, to be taken back after a look; the newest, if nobody is named."""
    about = _payment(session, said, standing=True)
    if isinstance(about, Prompt):
        return about
    more = {"reason": "bounced"} if said.wish is Wish.BOUNCED else {}
    return Start("reverse_payment", about | more)


def _refund(session: Session, said: Sentence) -> Start | Prompt:
    about = _payment(session, said, standing=True) if said.who else {}
    if isinstance(about, Prompt):
        return about
    figures = {name: value for name, value in _figures(session, said).items() if name == "amount"}
    more = {"method": said.kind} if said.kind else {}
    return Start("refund", about | figures | more)


def _credit(session: Session, said: Sentence) -> Start | Prompt:
    if not said.who:
        return Start("use_credit")
    who = _payer(session, said)
    return Start("use_credit", who) if who else _nobody(said)


def _receipt(session: Session, said: Sentence) -> Start | Prompt:
    """The receipt of the newest payment, or of her newest."""
    page = listing.page(session, words=said.who, size=1, reversible=True)
    if not page.rows:
        return _none_came(said)
    return Start("receipt", {"payment": {"id": page.rows[0].id}})


def _payment(session: Session, said: Sentence, *, standing: bool) -> dict[str, Any] | Prompt:
    """Which payment is meant: hers if it is the only one, else those of hers to choose from."""
    filters = {"standing": standing, "rows": MOST if said.who else 1}
    found = lookups.find(session, Need("payments", said.who, filters))
    near = [option.stored for option in found.options]
    if not near:
        return _none_came(said)
    return {"payment": bills_meant.one_of(near, said.who)}


def _none_came(said: Sentence) -> Prompt:
    words = (
        _("I find no payment of *{name}*.", name=said.who)
        if said.who
        else _("No money has come yet.")
    )
    return Prompt((words,), (payment_cards.PAYMENTS_BUTTON, cards.MENU_BUTTON), "card")


ACTS: Mapping[Wish, Callable[[Session, Sentence], Start | Prompt]] = {
    Wish.PAID: paid,
    Wish.PAYMENTS: lambda _session, _said: Start("payments"),
    Wish.MONEY: lambda _session, _said: Start("money"),
    Wish.UNOWNED: lambda _session, _said: Start("payments", {"kind": "unowned"}),
    Wish.REVERSE: _reverse,
    Wish.BOUNCED: _reverse,
    Wish.REFUND: _refund,
    Wish.USE_CREDIT: _credit,
    Wish.RECEIPT: _receipt,
}
