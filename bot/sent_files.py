"""A photo or PDF sent while nothing asked for it: which invoice does it go with?"""

from typing import Any

from sqlalchemy.orm import Session

from bot import bills_meant, cards, lookups
from bot.acts.errand import MAY_BILL
from bot.channel import Inbound
from bot.meeting import Who
from bot.plain_words import Meant
from conversations import files, turn
from conversations.prompts import Prompt, Start
from conversations.said import Need, Said
from conversations.turn import Journal, Turn
from invoicing import merchants
from models import db
from models.errors import Refusal
from models.text import _

LONGEST_NAME = 60  # characters of a caption that may be a client's name


def said_with(inbound: Inbound) -> Said:
    """A message that is no text, as dialogues know it."""
    file = {
        "channel": inbound.channel,
        "file": inbound.file,
        "kind": inbound.file_kind,
        "name": inbound.file_name,
        "size": str(inbound.file_size),
    }
    return Said(
        contact_phone=inbound.contact_phone,
        contact_name=inbound.contact_name,
        other=inbound.media,
        file={key: value for key, value in file.items() if value} if inbound.file else None,
        caption=inbound.text or "",
    )


def joined(journal: Journal | None, said: Said) -> Turn | None:
    """The invoice under way with the file; None where none is, or the caption names another."""
    if journal is None or journal.flow != "new_invoice" or said.file is None:
        return None
    return None if files.number_in(said.caption) else turn.joined(journal, said.file)


def begun_with(session: Session, who: Who, inbound: Inbound) -> Meant:
    """The talk about a file out of the blue; its caption may name the invoice.

    Words for what is no file of ours, and for who may not attach any.
    """
    file = said_with(inbound).file
    db.enter(session, who.merchant_id)
    if file is None or merchants.role_of(session, who.person_id) not in MAY_BILL:
        return Meant(prompt=_cannot_read(inbound))
    try:
        known: dict[str, Any] = {"files": [files.stored(file)]}
    except Refusal as refusal:
        return Meant(prompt=Prompt((refusal.text,), (cards.MENU_BUTTON,), kind="card"))
    caption = inbound.text or ""
    named, number = _named(session, caption), files.number_in(caption)
    note = _("I find no invoice *{number}*.", number=number) if number and not named else None
    return Meant(Start("attach", known | named), note)


def _named(session: Session, caption: str) -> dict[str, Any]:
    """The invoice that a caption names by its number, or by its client."""
    words = files.number_in(caption) or " ".join(caption.split())
    if not words or len(words) > LONGEST_NAME:
        return {}
    need = Need("invoices", words, {"kind": "attachable"})
    bills = [option.stored for option in lookups.find(session, need).options]
    if not bills:
        return {}
    return {"invoice": bills_meant.one_of(bills, words)}


def _cannot_read(inbound: Inbound) -> Prompt:
    """A voice note, a video, a table; or a photo of someone who only looks on."""
    words = _("I cannot read that yet. Please type it, or say *menu*.")
    if inbound.media in ("document", "video") and inbound.file is None:
        words = _("I can pass on photos and PDFs only. Please send it as one of these.")
    return Prompt((words,), (cards.MENU_BUTTON,), kind="card")
