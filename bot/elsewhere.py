"""Cards of another business of hers: said whose they are, with a tap to go over; never acted on here.

A card belongs to the business that it was shown for. A button that names its business itself, as
those of news do, is done for that one wherever she works now.
"""

from typing import Any

from sqlalchemy.orm import Session

from bot import chat_cards
from bot.meeting import Shown, Who
from bot.openings import TENANT
from conversations.prompts import Choice, Prompt, Start
from invoicing import merchants
from models import db
from models.text import _

GO_OVER = "go_over"
# One's own and the whole bot's: the same whichever business one works for now.
NOBODYS = (
    "account", "back", "cancel", "help", "language", "link", "menu", "my_account", "onboarding",
    "pay", "resume", "stop", "switch", "switch_to", "unlink", "unstop", GO_OVER,
)  # fmt: skip
LIKE_NEW = ("clients", "invoices", "items", "money", "new_client", "new_invoice", "new_quote",
            "payments", "quotes", "settings", "team")  # fmt: skip


def instead(session: Session, who: Who, row: Shown, start: Start) -> Prompt | None:
    """What to say instead of doing what a button says; None where it may be done."""
    home, named = row.merchant_id, start.answers.get(TENANT)
    if home is None or home == who.merchant_id or start.flow in NOBODYS:
        return None
    if named not in (None, home):
        return None
    if home in merchants.merchants_of(session, who.person_id):
        return _offer(session, who, home, start) if named is None else None
    # A customer's cards come unasked and name the business; what was asked for, she worked there.
    return None if named is not None and not row.asked_for else chat_cards.not_yours()


def _offer(session: Session, who: Who, home: int, start: Start) -> Prompt:
    then: dict[str, Any] = {"business": home, "flow": start.flow, "answers": dict(start.answers)}
    choices = [Choice("over", _("Switch and go on"), Start(GO_OVER, then))]
    known = {"theirs": _name(session, home)}
    if who.merchant_id is None:
        words = _("That belongs to *{theirs}*. Shall I switch to it?", **known)
        return Prompt((words,), tuple(choices), "card")
    mine = _name(session, who.merchant_id)
    if start.flow in LIKE_NEW and not start.answers:
        here = Start(start.flow, {TENANT: who.merchant_id})
        choices.append(Choice("here", _("Stay here"), here))
    words = _(
        "That belongs to *{theirs}*, and you work for *{mine}* now. Shall I switch?",
        mine=mine,
        **known,
    )
    return Prompt((words,), (*choices, Choice("menu", _("Menu"), Start("menu"))), "card")


def _name(session: Session, merchant_id: int) -> str:
    with db.as_merchant(session, merchant_id):
        return merchants.get(session).name


def then(start: Start) -> Start:
    """What is gone on with on the other side."""
    return Start(str(start.answers["flow"]), start.answers["answers"])
