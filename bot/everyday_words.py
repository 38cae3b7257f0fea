"""What a merchant asks of her invoices day by day in plain words, as something to begin or to say."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from bot import bills_meant, cards, catalogue_lookups, lookups
from bot.acts.catalogue import ITEMS
from bot.meeting import Who
from conversations.amounts import read_amount
from conversations.everyday_sentences import Everyday, Wish, read
from conversations.global_words import Global, Word
from conversations.prompts import Prompt, Start
from invoicing import catalogue, clients, merchants
from models import db
from models.errors import Refusal
from models.text import _

Meaning = Start | Prompt | None


def understand(session: Session, who: Who, text: str) -> Meaning:
    """What to begin or say; None for what is no such sentence."""
    said = read(text) if who.merchant_id is not None else None
    if said is None:
        return None
    db.enter(session, who.merchant_id)
    return _ACTS[said.wish](session, said)


_SPOKEN = {Word.COPY: ("copy", "copy last invoice of"), Word.RESEND: ("resend", "resend invoice to"),
           Word.DRAFTS: ("draft of", "draft of"), Word.ITEMS: ("price of", "price of"),
           Word.ATTACH: ("attach to", "attach to")}  # fmt: skip


def behind(session: Session, who: Who, word: Global) -> Meaning:
    """What stood behind a command: `/copy INV-12`, `/copy Asha`, `/drafts Asha`."""
    if word.word not in _SPOKEN or not word.argument:
        return None
    number, name = _SPOKEN[word.word]
    for spoken in (number, name):
        if (meant := understand(session, who, f"{spoken} {word.argument}")) is not None:
            return meant
    return None


def _copy(session: Session, said: Everyday) -> Start | Prompt:
    if said.who:
        return copy_for(session, said.who)
    if not said.number:
        return Start("copy")
    bills = bills_meant.find(session, said, "numbered")
    return bills_meant.choose("copy", bills) if bills else bills_meant.none(said)


def copy_for(session: Session, name: str) -> Start | Prompt:
    """The last invoice of whoever has that name."""
    rows = clients.find(session, name, bills_meant.MOST)
    exact = [row for row in rows if row.name.casefold() == name.casefold()]
    found = [
        {"id": last.id, "number": last.number_text, "client": row.name}
        for row in (exact if len(exact) == 1 else rows)
        if (last := lookups.last_invoice(session, row.id)) is not None
    ]
    if found:
        return bills_meant.choose("copy", found)
    words = _("I find no earlier invoice for *{name}*.", name=name)
    return Prompt((words,), (cards.INVOICE_BUTTON, cards.MENU_BUTTON), "card")


def _draft(session: Session, said: Everyday) -> Start | Prompt:
    return _drafts(session, said, "draft")


def _draft_card(session: Session, said: Everyday) -> Start | Prompt:
    return _drafts(session, said, "show")


def _drafts(session: Session, said: Everyday, flow: str) -> Start | Prompt:
    bills = bills_meant.find(session, said, "draft")
    if bills:
        return bills_meant.choose(flow, bills)
    words = _("You have no drafts.")
    if said.who:
        words = _("I find no draft for *{name}*.", name=said.who)
    return Prompt((words,), (cards.INVOICE_BUTTON, cards.MENU_BUTTON), "card")


def _resend(session: Session, said: Everyday) -> Start | Prompt:
    if not said.number and not said.who:
        return Start("resend")
    return bills_meant.begin("resend", said, bills_meant.find(session, said, "open"))


def _attach(session: Session, said: Everyday) -> Start | Prompt:
    """The file is asked for; which invoice it goes with is known, or asked then."""
    if not said.number and not said.who:
        return Start("attach")
    bills = bills_meant.find(session, said, "attachable")
    if not bills:
        return bills_meant.none(said)
    known = {"for": {key: bills[0][key] for key in ("id", "number")}} if len(bills) == 1 else {}
    return bills_meant.begin("attach", said, bills, known)


def _files(session: Session, said: Everyday) -> Start | Prompt:
    bills = bills_meant.find(session, said, "numbered")
    return bills_meant.choose("files", bills) if bills else bills_meant.none(said)


def _item(session: Session, said: Everyday) -> Start | Prompt:
    """The only item of that name, or the list that the words find."""
    currency = merchants.get(session).currency
    found = catalogue.find(session, said.item, currency)
    rows = (found,) if found else catalogue.page(session, said.item).items
    if not rows:
        words = _("I know no item like *{name}*.", name=said.item)
        return Prompt((words,), (ITEMS, cards.INVOICE_BUTTON), "card")
    if len(rows) > 1:
        return Start("items", {"find": said.item})
    seeded: dict[str, Any] = {"item": catalogue_lookups.stored(rows[0])}
    return Start("items", seeded | ({"do": "forget"} if said.wish is Wish.ITEM_FORGET else {}))


def _item_price(session: Session, said: Everyday) -> Start | Prompt:
    """Said outright, so done at once."""
    currency = merchants.get(session).currency
    try:
        price = read_amount(said.amount, currency)
    except Refusal as refusal:
        return Prompt((refusal.text,), (ITEMS,), "card")
    known = catalogue.find(session, said.item, currency)
    named = {"name": known.name, "item": known.id} if known else {"name": said.item}
    return Start("keep_item", {**named, "price": price.plain(), "currency": currency})


_ACTS: Mapping[Wish, Callable[[Session, Everyday], Start | Prompt]] = {
    Wish.COPY: _copy,
    Wish.DRAFT: _draft,
    Wish.DRAFT_CARD: _draft_card,
    Wish.RESEND: _resend,
    Wish.ATTACH: _attach,
    Wish.FILES: _files,
    Wish.ITEMS: lambda _session, _said: Start("items"),
    Wish.ITEM: _item,
    Wish.ITEM_FORGET: _item,
    Wish.ITEM_PRICE: _item_price,
}
