"""What is typed about credit notes, corrections, write-offs, deposits and quotes, understood.

Nothing is done here: a dialogue is begun with what was understood, or a card is shown.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from sqlalchemy.orm import Session

from bot import bills_meant, cards, drafts, lookups, quote_cards
from bot.meeting import Who
from bot.openings import READINGS
from conversations import understood
from conversations.amounts import read_amount
from conversations.correction_sentences import Correction, Wish, quote_line, read
from conversations.engine import OPEN
from conversations.global_words import Global, Word
from conversations.one_line import parse
from conversations.prompts import Choice, Prompt, Start
from conversations.said import Need
from invoicing import clients, lifecycle, merchants, quotes
from models import db
from models.errors import Refusal
from models.quotes import QuoteStatus
from models.text import _

Meaning = Start | Prompt | None
_SPOKEN = {
    Word.CREDIT: "credit",
    Word.REVISE: "correct",
    Word.WRITE_OFF: "write off",
    Word.DEPOSIT: "deposit for",
    Word.QUOTES: "quotes for",
}
_FLOWS = {
    Wish.CREDIT: ("credit_note", "creditable"),
    Wish.REVISE: ("revise", "creditable"),
    Wish.WRITE_OFF: ("write_off", "open"),
    Wish.DEPOSIT: ("deposit", "open"),
}


def understand(session: Session, who: Who, text: str) -> Meaning:
    """What a message means where no question stands; None when it says nothing of this."""
    if who.merchant_id is None:
        return None
    said = read(text)
    if said is None:
        rest = quote_line(text)
        return _quote_line(session, who, rest) if rest else None
    db.enter(session, who.merchant_id)
    return _answer(session, said)


def digression(session: Session, who: Who, text: str) -> Meaning:
    """The same while a question stands: only what names an invoice, a quote or a client."""
    said = read(text)
    if said is None or not (said.number or said.who):
        return None
    return understand(session, who, text)


def behind(session: Session, who: Who, word: Global) -> Meaning:
    """What stood behind a command: `/credit INV-12`, `/quote Jane 3 bags cement @850`."""
    if word.word is Word.QUOTE:
        return understand(session, who, f"quote {word.argument}")
    spoken = _SPOKEN.get(word.word)
    return understand(session, who, f"{spoken} {word.argument}") if spoken else None


def _answer(session: Session, said: Correction) -> Meaning:
    if said.wish in _FLOWS:
        return _about_invoice(session, said)
    return _QUOTES[said.wish](session, said)


def _about_invoice(session: Session, said: Correction) -> Meaning:
    """One invoice begins the dialogue, several are asked, none is said."""
    flow, kind = _FLOWS[said.wish]
    if not said.number and not said.who:
        return Start(flow)
    bills = bills_meant.find(session, said, kind)
    if len(bills) != 1:
        return bills_meant.begin(flow, said, bills)
    if said.wish in (Wish.REVISE, Wish.DEPOSIT):
        return _corrected(session, int(bills[0]["id"]), deposit=said.wish is Wish.DEPOSIT)
    return bills_meant.begin(flow, said, bills, _amount(said, str(bills[0]["currency"])))


def _corrected(session: Session, invoice_id: int, *, deposit: bool) -> Start:
    """Straight into the talk that makes the corrected invoice, everything filled in."""
    invoice = lifecycle.get(session, invoice_id)
    known = drafts.revision(session, invoice, clients.get(session, invoice.client_id))
    return Start("new_invoice", {**known, "deposit": OPEN} if deposit else known)


def _amount(said: Correction, currency: str) -> Mapping[str, Any]:
    """The amount of a credit note, where one was said that reads one way only."""
    if said.wish is not Wish.CREDIT or not said.amount:
        return {}
    with suppress(Refusal):
        return {"what": "amount", "amount": read_amount(said.amount, currency).plain()}
    return {}


# --- Quotes ---


def _quote_line(session: Session, who: Who, rest: str) -> Start | None:
    """A quote in one line, as an invoice is; the day it names is the last the price is good for."""
    db.enter(session, who.merchant_id)
    merchant = merchants.get(session)
    said = parse(
        f"invoice {rest}",
        today=db.today(session, merchant.zone),
        region=merchant.country,
        currency=merchant.currency,
        clients=lookups.named_in(session, rest),
    )
    if not said.invoice:
        return None
    found, readings = understood.answers(said), dict(understood.readings(said))
    known = {key: value for key, value in found.items() if key not in ("due", "currency")}
    if (due := found.get("due")) is not None:
        known["valid_until"] = due
    readings.pop("due", None)
    return Start("new_quote", {**known, READINGS: readings})


def _new_quote(session: Session, said: Correction) -> Start:
    if not said.who:
        return Start("new_quote")
    found = lookups.find(session, Need("clients", said.who))
    if found.exact is not None:
        return Start("new_quote", {"client": found.exact.stored})
    near = [dict(option.stored) for option in found.options]
    new: dict[str, Any] = {"name": said.who, "phone": None}
    return Start("new_quote", {"client": {**new, "like": near} if near else new})


def _list(session: Session, said: Correction) -> Start:
    del session
    return Start("quotes", {"words": said.who} if said.who else {})


def _show(session: Session, said: Correction) -> Meaning:
    rows = quotes.page(session, None, said.number, 1)
    if not rows:
        words = _("I find no quote *{number}*.", number=said.number)
        choices = (Choice("quotes", _("My quotes"), Start("quotes")), cards.MENU_BUTTON)
        return Prompt((words,), choices, "card")
    return Start("quote", quote_cards.about(rows[0][0]))


def _bill(session: Session, said: Correction) -> Meaning:
    """Straight into the invoice, while the quote can still be billed; else its card says why not."""
    shown = _show(session, said)
    if isinstance(shown, Prompt) or shown is None:
        return shown
    quote = quotes.get(session, shown.answers["quote"]["id"])
    if quote.status == QuoteStatus.WITHDRAWN or quotes.billed_as(session, quote) is not None:
        return shown
    return Start("new_invoice", drafts.of_quote(quote, clients.get(session, quote.client_id)))


_QUOTES: Mapping[Wish, Callable[[Session, Correction], Meaning]] = {
    Wish.QUOTE: _new_quote,
    Wish.QUOTES: _list,
    Wish.SHOW_QUOTE: _show,
    Wish.BILL_QUOTE: _bill,
}
