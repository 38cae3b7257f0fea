"""What somebody wants to set in plain words, as the place where the talk about settings begins."""

from sqlalchemy.orm import Session

from bot.meeting import Who
from conversations.engine import Move
from conversations.opening import Opening
from conversations.prompts import Start
from conversations.said import NOTHING_FOUND, Said
from conversations.setting_fields import BY_SETTING, path_to
from conversations.setting_sentences import Wished, read
from invoicing import merchants
from invoicing.commands import Setting
from models import db
from models.errors import Refusal
from models.text import Text


def understand(
    session: Session, who: Who, text: str, *, plainly: bool = False
) -> tuple[Start, Text | None] | None:
    """Where to begin, and what was wrong with a value that was said along; None: nothing of ours.

    `plainly`: only what a verb asks for, as in the middle of something else.
    """
    wished = read(text) if who.merchant_id is not None else None
    if wished is None or (plainly and not wished.plain):
        return None
    if wished.setting is None:
        return Start("settings", {"section": wished.section}), None
    answers = path_to(wished.setting)
    key = f"value.{wished.setting.value}"
    if wished.empty and BY_SETTING[wished.setting].empties is not None:
        return Start("settings", {**answers, key: None}), None
    if wished.value is None:
        return Start("settings", answers), None
    try:
        value = _read(session, who, wished, wished.setting)
    except Refusal as refusal:
        return Start("settings", answers), refusal.text
    if isinstance(value, Move):  # “leave it as it is”
        return Start("settings", answers), None
    return Start("settings", {**answers, key: value}), None


def _read(session: Session, who: Who, wished: Wished, setting: Setting) -> object:
    """The value as its question stores it. Raises Refusal."""
    db.enter(session, who.merchant_id)
    merchant = merchants.get(session)
    opening = Opening(today=db.today(session, merchant.zone), country=merchant.country)
    question = BY_SETTING[setting].question(opening, None)
    return question.read(Said(text=wished.value), NOTHING_FOUND)
