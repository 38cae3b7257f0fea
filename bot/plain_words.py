"""What a merchant types out of the blue: a line that makes an invoice, or a sentence of plain words.

Nothing is done here: a dialogue is begun with what was understood, which asks what is in doubt and
shows a card before anything happens.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from bot import (
    bills_meant,
    cards,
    client_words,
    correction_talk,
    everyday_words,
    lookups,
    money_sentences,
    team_plain,
)
from bot.meeting import Who
from bot.openings import READINGS
from bot.setting_words import understand as understand_setting
from conversations import understood
from conversations.figures import read_phone
from conversations.global_words import Global, Word
from conversations.listing import PAGE_ROWS
from conversations.one_line import parse
from conversations.prompts import Prompt, Start
from conversations.said import Need
from conversations.sentences import Sentence, Wish, read
from invoicing import merchants
from models import db
from models.errors import Refusal
from models.merchants import Merchant
from models.text import Text, _


@dataclass(frozen=True)
class Meant:
    """What to do about it: begin something, with a note before its question, or just answer."""

    start: Start | None = None
    note: Text | None = None
    prompt: Prompt | None = None


def understand(session: Session, who: Who, text: str) -> Meant | None:
    """What a message means where no question stands; None when it says nothing to us."""
    if (found := correction_talk.understand(session, who, text)) is not None:
        return _meant(found)
    if (start := team_plain.understand(session, who, text)) is not None:
        return Meant(start)
    if (found := everyday_words.understand(session, who, text)) is not None:
        return _meant(found)
    said = read(text)
    if said is not None and (answer := _answer(session, who, said)) is not None:
        return answer
    if (wished := understand_setting(session, who, text)) is not None:
        return Meant(*wished)
    if (about := _clients(session, who, text)) is not None:
        return about
    return None if said is not None else one_line(session, who, text)


def _clients(session: Session, who: Who, text: str) -> Meant | None:
    """What is said about clients, or by one of them about her account."""
    meant = client_words.understand(session, who, text)
    return None if meant is None else _meant(meant)


def digression(session: Session, who: Who, text: str) -> Meant | None:
    """A plain order in the middle of a dialogue whose question takes no free text (C-13)."""
    if (found := correction_talk.digression(session, who, text)) is not None:
        return _meant(found)
    if (found := everyday_words.understand(session, who, text)) is not None:
        return _meant(found)
    said = read(text)
    if said is None and (wished := understand_setting(session, who, text, plainly=True)):
        return Meant(*wished)
    if said is None:
        return _clients(session, who, text)
    if not said.digresses or who.merchant_id is None:
        return None
    return _answer(session, who, said)


def behind(session: Session, who: Who, word: Global) -> Meant | None:
    """What stood behind a command: `/invoice Jane 3 bags cement @850`, `/void INV-12`."""
    if word.word is Word.STATEMENT and who.merchant_id is None:
        return _clients(session, who, "my statement")
    if not word.argument or who.merchant_id is None:
        return None
    if (found := correction_talk.behind(session, who, word)) is not None:
        return _meant(found)
    if (found := everyday_words.behind(session, who, word)) is not None:
        return _meant(found)
    if word.word is Word.INVOICE:
        return one_line(session, who, f"invoice {word.argument}")
    if word.word is Word.CLIENTS:
        return Meant(Start("clients", {"find.active": word.argument}))
    if word.word is Word.STATEMENT:
        return _clients(session, who, f"statement for {word.argument}")
    said = read(f"{_SPOKEN.get(word.word, '')} {word.argument}")
    return _answer(session, who, said) if said else None


def _meant(found: Start | Prompt) -> Meant:
    return Meant(prompt=found) if isinstance(found, Prompt) else Meant(found)


_SPOKEN = {
    Word.CLIENT: "new client",
    Word.VOID: "void",
    Word.PAYMENT: "payment",
    Word.REMIND: "remind",
    Word.REVERSE: "reverse payment of",
    Word.REFUND: "refund",
    Word.USE_CREDIT: "use credit of",
    Word.RECEIPT: "receipt of",
    Word.FIND: "find",
    Word.WHY: "why",
}


def one_line(session: Session, who: Who, text: str) -> Meant | None:
    """A line that makes an invoice, as answers to begin with; None when it is none."""
    if who.merchant_id is None:
        return None
    merchant = _enter(session, who)
    said = parse(
        text,
        today=db.today(session, merchant.zone),
        region=merchant.country,
        currency=merchant.currency,
        clients=lookups.named_in(session, text),
    )
    if not said.invoice:
        return None
    answers, readings = understood.answers(said), understood.readings(said)
    note = None
    if answers.pop("currency", merchant.currency) != merchant.currency:
        answers = {key: value for key, value in answers.items() if not _is_money(key, value)}
        readings = {key: value for key, value in readings.items() if not key.endswith(".price")}
        note = _("You bill in {currency}. Please tell me the prices in it.",
                 currency=merchant.currency)  # fmt: skip
    return Meant(Start("new_invoice", {**answers, READINGS: readings}), note)


def _is_money(key: str, value: Any) -> bool:
    return key.endswith(".price") or (key == "discount" and "amount" in (value or {}))


def _enter(session: Session, who: Who) -> Merchant:
    db.enter(session, who.merchant_id)
    return merchants.get(session)


def _answer(session: Session, who: Who, said: Sentence) -> Meant | None:
    if said.wish in _SAYS:
        return Meant(prompt=_SAYS[said.wish](who))
    if said.wish in _STARTS:
        return Meant(_STARTS[said.wish])
    if who.merchant_id is None:
        return None
    _enter(session, who)
    return _ACTS[said.wish](session, said)


# --- Orders about invoices ---


def _list(session: Session, said: Sentence) -> Meant:
    del session
    return Meant(Start("invoices", {"kind": said.kind}))


def _find(session: Session, said: Sentence) -> Meant:
    """The only one that fits is shown, several are listed."""
    sought = Need("invoices", said.words, {"kind": "all", "rows": PAGE_ROWS})
    found = lookups.find(session, sought)
    if found.exact is not None:
        return Meant(Start("show", {"invoice": {"id": found.exact.stored["id"]}}))
    if found.options:
        return Meant(Start("invoices", {"kind": "all", "find.all": said.words}))
    words = _("I find nothing for “{words}”: no number, client, item or amount.", words=said.words)
    return Meant(prompt=Prompt((words,), (cards.INVOICES_BUTTON, cards.INVOICE_BUTTON), "card"))


def _of_money(session: Session, said: Sentence) -> Meant:
    return _meant(money_sentences.ACTS[said.wish](session, said))


def _remind(session: Session, said: Sentence) -> Meant:
    return _meant(bills_meant.begin("resend", said, bills_meant.find(session, said, "open")))


def _void(session: Session, said: Sentence) -> Meant:
    return _meant(bills_meant.begin("void", said, bills_meant.find(session, said, "open")))


def _show(session: Session, said: Sentence) -> Meant:
    return _errand("show", session, said)


def _why(session: Session, said: Sentence) -> Meant:
    return _errand("why", session, said)


def _undo(session: Session, said: Sentence) -> Meant:
    """Of several that could be meant it is the newest: nobody undoes an older one first."""
    if said.number:
        return _errand("undo", session, said)
    bills = bills_meant.find(session, said, "numbered")
    if not bills:
        return _nothing_to_undo()
    about = {key: bills[0][key] for key in ("id", "number")}
    return Meant(Start("undo", {"invoice": about}))


def _nothing_to_undo() -> Meant:
    words = _("There is nothing to undo.")
    return Meant(prompt=Prompt((words,), (cards.INVOICE_BUTTON, cards.MENU_BUTTON), "card"))


def _pdf(session: Session, said: Sentence) -> Meant:
    return _errand("document", session, said)


def _errand(flow: str, session: Session, said: Sentence) -> Meant:
    bills = bills_meant.find(session, said, "numbered")
    return _meant(bills_meant.choose(flow, bills) if bills else bills_meant.none(said))


def _owes(session: Session, said: Sentence) -> Meant:
    bills = bills_meant.find(session, said, "open")
    return _meant(bills_meant.choose("show", bills) if bills else bills_meant.no_open(said))


def _again(session: Session, said: Sentence) -> Meant:
    """The same lines for the same client; the day is asked anew."""
    return _meant(everyday_words.copy_for(session, said.who))


def _new_client(session: Session, said: Sentence) -> Meant:
    phone = None
    with suppress(Refusal):  # the dialogue asks for it
        phone = read_phone(said.phone, merchants.get(session).country) if said.phone else None
    about = {"client": {"name": said.who, "phone": phone}} if said.who else {}
    return Meant(Start("new_client", about))


# --- Small talk ---


def _hello(who: Who) -> Prompt:
    if who.merchant_id is None:
        return Prompt((_("Hello! To see an invoice and pay it, open the link you were sent."),),
                      cards.stranger_choices(), "card")  # fmt: skip
    return Prompt(
        (_("Hello! Tell me what you sold, like *Jane 3 bags cement @850 due Friday*, or choose:"),),
        cards.likeliest(),
        "card",
    )


def _thanks(who: Who) -> Prompt:
    choices = () if who.merchant_id is None else cards.likeliest()
    return Prompt((_("You are welcome! 😊"),), choices, "card")


_SAYS: Mapping[Wish, Callable[[Who], Prompt]] = {Wish.HELLO: _hello, Wish.THANKS: _thanks}
_STARTS = {Wish.HELP: Start("help"), Wish.PAY: Start("pay")}
_ACTS: Mapping[Wish, Callable[[Session, Sentence], Meant]] = {
    Wish.LIST: _list,
    Wish.REMIND: _remind,
    Wish.REMIND_ALL: lambda _session, _said: Meant(Start("late")),
    Wish.VOID: _void,
    Wish.SHOW: _show,
    Wish.FIND: _find,
    Wish.PDF: _pdf,
    Wish.WHY: _why,
    Wish.UNDO: _undo,
    Wish.OWES: _owes,
    Wish.AGAIN: _again,
    Wish.NEW_CLIENT: _new_client,
    Wish.NEW_INVOICE: lambda _session, _said: Meant(Start("new_invoice")),
    Wish.PAYMENT: lambda _session, _said: Meant(Start("record_payment")),
    **dict.fromkeys(money_sentences.ACTS, _of_money),
}
