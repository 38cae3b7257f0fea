"""What a person has set for herself and her business, as the talk about settings begins with it."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot.meeting import Who
from conversations.prompts import Attachment, Prompt
from conversations.setting_fields import DESIGN_CHOICES
from conversations.turn import Turn
from invoicing import audit, merchants, settings
from invoicing.commands import Setting
from models.merchants import Merchant
from models.people import Person
from models.text import LANGUAGES

OFF = "off"


def known(session: Session, who: Who, merchant: Merchant) -> Mapping[str, Any]:
    """Every value by its setting, her role, and the ways customers pay; as JSON."""
    member = merchants.member(session, who.person_id)
    return {
        **settings.values(session, merchant, member),
        Setting.LANGUAGE.value: who.language,
        Setting.QUIET.value: quiet(session, who.person_id),
        "role": member.role,
        "ways": list(merchant.ways_to_pay),
    }


def quiet(session: Session, person_id: int) -> str:
    """Her quiet hours as `20-8`, or `off`."""
    hours = session.execute(
        sa.select(Person.quiet_from, Person.quiet_until).where(Person.id == person_id)
    ).one()
    return OFF if hours[0] == hours[1] else f"{hours[0]}-{hours[1]}"


def set_quiet(session: Session, person_id: int, value: str) -> tuple[str, str]:
    """From now on she is left alone at these hours (`21-7`, or `off`); what it was, what it is."""
    before = quiet(session, person_id)
    start, _dash, end = value.partition("-")
    hours = (int(start), int(end)) if end else (0, 0)
    session.execute(
        sa.update(Person)
        .where(Person.id == person_id)
        .values(quiet_from=hours[0], quiet_until=hours[1])
    )
    _noted(session, Setting.QUIET, person_id, before, value)
    return before, value


def set_language(session: Session, who: Who, value: str) -> tuple[str, str]:
    """From now on she is spoken to in another language; what it was, what it is."""
    before = who.language
    if value in LANGUAGES:
        who.language, who.language_chosen = value, True
        session.execute(
            sa.update(Person)
            .where(Person.id == who.person_id)
            .values(language=value, language_chosen=True)
        )
        _noted(session, Setting.LANGUAGE, who.person_id, before, value)
    return before, who.language


def pictures(at: Turn, merchant_id: int | None) -> list[Prompt]:
    """What is shown before a question is asked: the designs, when one is to be chosen."""
    asked = f"value.{Setting.DESIGN.value}"
    if at.journal.flow != "settings" or at.journal.asked != asked or at.notes or not merchant_id:
        return []
    return [
        Prompt((choice.label,), attachment=Attachment("png", "design", place, merchant_id))
        for place, choice in enumerate(DESIGN_CHOICES, 1)
    ]


def _noted(session: Session, setting: Setting, person_id: int, old: str, new: str) -> None:
    if old != new:
        facts = {"setting": setting.value, "old": old, "new": new}
        audit.note(session, "setting.changed", person_id=person_id, facts=facts)
        session.flush()
