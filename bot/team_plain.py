"""What a sentence about a team begins: the member it names and what it says are answered already."""

from contextlib import suppress
from typing import Any

from sqlalchemy.orm import Session

from bot import own_lookups
from bot.meeting import Who
from conversations.amounts import read_amount
from conversations.prompts import Start
from conversations.said import Need
from conversations.team_sentences import TeamSentence, read
from invoicing import merchants
from models import db
from models.errors import Refusal

OPEN_TO_ALL = ("report",)
NAMELESS = ("approvals", "report")
MUST_NAME = ("member_role", "recover")  # sentences that mean something else about anybody else


def understand(session: Session, who: Who, text: str) -> Start | None:
    """What to begin; None for what says nothing about a team, or nothing about hers."""
    said = read(text)
    if said is None:
        return None
    if said.flow in OPEN_TO_ALL:
        return Start(said.flow)
    if who.merchant_id is None:
        return None
    db.enter(session, who.merchant_id)
    if said.flow in NAMELESS:
        return Start(said.flow)
    return _about(session, who, said)


def _about(session: Session, who: Who, said: TeamSentence) -> Start | None:
    found = own_lookups.find(session, who, Need("members", said.who))
    if found is None or not found.options:
        return None
    only = found.exact or (found.options[0] if len(found.options) == 1 else None)
    if only is None and said.flow in MUST_NAME:
        return Start("team")
    answers: dict[str, Any] = {"member": only.stored} if only else {}
    if said.role:
        answers["role"] = said.role
    if said.amount:
        with suppress(Refusal):  # the dialogue asks
            currency = merchants.get(session).currency
            answers["most"] = read_amount(said.amount, currency).plain()
    return Start(said.flow, answers)
