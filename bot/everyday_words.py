"""What a merchant asks of her invoices day by day in plain words, as something to begin or to say."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from bot import cards, catalogue_lookups, lookups
from bot.acts.catalogue import ITEMS
from bot.meeting import Who
from conversations.amounts import read_amount
from conversations.everyday_sentences import Everyday, Wish, read
from conversations.global_words import Global, Word
from conversations.prompts import Choice, Prompt, Start
from conversations.said import Need
from invoicing import catalogue, clients, merchants
from models import db
from models.errors import Refusal
from models.text import _

MOST = 8
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


def _bills(session: Session, said: Everyday, kind: str) -> list[Mapping[str, Any]]:
    need = Need("invoices", said.number or said.who, {"kind": kind})
    return [option.stored for option in lookups.find(session, need).options]


def _which(bills: Sequence[Mapping[str, Any]], flow: str) -> Start | Prompt:
    """The only one, or a list of them, by number or by whose it is."""
    starts = [Start(flow, {"invoice": {"id": bill["id"]}}) for bill in bills[:MOST]]
    if len(starts) == 1:
        return starts[0]
    choices = tuple(
        Choice(f"{flow}.{bill['id']}", lookups.bill_label(bill), start)
        for bill, start in zip(bills, starts, strict=False)
    )
    return Prompt((_("Which of these do you mean?"),), choices, "list")


def _copy(session: Session, said: Everyday) -> Start | Prompt:
    if said.who:
        return copy_for(session, said.who)
    if not said.number:
        return Start("copy")
    bills = _bills(session, said, "numbered")
    if bills:
        return _which(bills, "copy")
    words = _("I find no invoice *{number}*.", number=said.number)
    return Prompt((words,), (cards.INVOICES_BUTTON, cards.INVOICE_BUTTON), "card")


def copy_for(session: Session, name: str) -> Start | Prompt:
    """The last invoice of whoever has that name."""
    rows = clients.find(session, name, MOST)
    exact = [row for row in rows if row.name.casefold() == name.casefold()]
    found = [
        {"id": last.id, "number": last.number_text, "client": row.name}
        for row in (exact if len(exact) == 1 else rows)
        if (last := lookups.last_invoice(session, row.id)) is not None
    ]
    if found:
        return _which(found, "copy")
    words = _("I find no earlier invoice for *{name}*.", name=name)
    return Prompt((words,), (cards.INVOICE_BUTTON, cards.MENU_BUTTON), "card")


def _draft(session: Session, said: Everyday) -> Start | Prompt:
    return _drafts(session, said, "draft")


def _draft_card(session: Session, said: Everyday) -> Start | Prompt:
    return _drafts(session, said, "show")


def _drafts(session: Session, said: Everyday, flow: str) -> Start | Prompt:
    bills = _bills(session, said, "draft")
    if bills:
        return _which(bills, flow)
    words = _("You have no drafts.")
    if said.who:
        words = _("I find no draft for *{name}*.", name=said.who)
    return Prompt((words,), (cards.INVOICE_BUTTON, cards.MENU_BUTTON), "card")


def _resend(session: Session, said: Everyday) -> Start | Prompt:
    if not said.number and not said.who:
        return Start("resend")
    bills = _bills(session, said, "open")
    if len(bills) == 1:
        return Start("resend", {"invoice": bills[0]})
    if bills:
        return Start("resend", {"invoice": {"like": bills, "typed": said.who or said.number}})
    words = (
        _("I find no open invoice *{number}*.", number=said.number)
        if said.number
        else _("I find no open invoice for *{name}*.", name=said.who)
    )
    return Prompt((words,), (cards.INVOICES_BUTTON, cards.INVOICE_BUTTON), "card")


def _attach(session: Session, said: Everyday) -> Start | Prompt:
    """The file is asked for; which invoice it goes with is known, or asked then."""
    if not said.number and not said.who:
        return Start("attach")
    bills = _bills(session, said, "attachable")
    if len(bills) == 1:
        about = {key: bills[0][key] for key in ("id", "number")}
        return Start("attach", {"invoice": bills[0], "for": about})
    if bills:
        return Start("attach", {"invoice": {"like": bills, "typed": said.who or said.number}})
    return _none(said)


def _files(session: Session, said: Everyday) -> Start | Prompt:
    bills = _bills(session, said, "numbered")
    return _which(bills, "files") if bills else _none(said)


def _none(said: Everyday) -> Prompt:
    words = (
        _("I find no invoice *{number}*.", number=said.number)
        if said.number
        else _("I find no earlier invoice for *{name}*.", name=said.who)
    )
    return Prompt((words,), (cards.INVOICES_BUTTON, cards.INVOICE_BUTTON), "card")


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
