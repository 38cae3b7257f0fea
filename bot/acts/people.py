"""Carries out what a person asks for herself: to be a merchant, a language, silence."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import cards, reach
from bot.acts.errand import Errand
from bot.meeting import Who
from conversations.prompts import Choice, Prompt, Start
from invoicing import commands as asked
from invoicing import merchants
from invoicing.phones import normalise
from models import db
from models.errors import Refusal
from models.people import Contact, Person
from models.text import LANGUAGES, _


def _sign_up(errand: Errand, command: asked.SignUp) -> list[Prompt]:
    who = errand.who
    merchant = merchants.sign_up(errand.session, command, who.person_id)
    who.merchant_id = merchant.id
    speak(errand.session, who, command.language)
    first = Choice("invoice", _("My first invoice"), Start("new_invoice"))
    words = _("*{business}* is ready. Your first invoice takes a minute.", business=merchant.name)
    return [Prompt((words,), (first, cards.MENU_BUTTON), kind="card")]


def speak(session: Session, who: Who, language: str) -> None:
    """From now on this person is spoken to in another language."""
    if language not in LANGUAGES:
        return
    who.language, who.language_chosen = language, True
    session.execute(
        sa.update(Person)
        .where(Person.id == who.person_id)
        .values(language=language, language_chosen=True)
    )


def _set_language(errand: Errand, command: asked.SetLanguage) -> list[Prompt]:
    speak(errand.session, errand.who, command.language)
    return [Prompt((_("From now on we speak English."),))]


def _stop(errand: Errand, _command: asked.StopMessages) -> list[Prompt]:
    return [stop(errand.session, errand.who)]


def _resume(errand: Errand, _command: asked.ResumeMessages) -> list[Prompt]:
    return [unstop(errand.session, errand.who)]


def _nothing(_errand: Errand, command: asked.Nothing) -> list[Prompt]:
    return [Prompt((command.words,))]


def blocked(session: Session, who: Who) -> None:
    """She wants nothing more from us: what waits for her is dropped."""
    now = db.now(session)
    session.execute(sa.update(Contact).where(Contact.id == who.contact_id).values(blocked_at=now))
    reach.drop_waiting(session, who.contact_id, "blocked")


def stop(session: Session, who: Who) -> Prompt:
    """Proactive messages end; answers to what she says herself do not."""
    now = db.now(session)
    session.execute(sa.update(Contact).where(Contact.id == who.contact_id).values(stopped_at=now))
    words = _(
        "You will hear nothing more from me unless you write first. Say *resume* to undo this."
    )
    return Prompt((words,))


def unstop(session: Session, who: Who) -> Prompt:
    """Proactive messages begin again."""
    session.execute(sa.update(Contact).where(Contact.id == who.contact_id).values(stopped_at=None))
    return Prompt((_("Good, I will send you invoices and receipts again."),))


def know_phone(session: Session, who: Who, said: str) -> None:
    """The channel vouches for her number: keep it, and whoever bills it can reach her here."""
    try:
        phone = normalise("KE", said if said.startswith("+") else f"+{said}")
    except Refusal:
        return  # a virtual or foreign account number: nothing that M-Pesa could prompt
    who.phone = phone
    session.execute(sa.update(Contact).where(Contact.id == who.contact_id).values(phone=phone))


ACTS: dict[type, Callable[[Errand, Any], list[Prompt]]] = {
    asked.SignUp: _sign_up,
    asked.SetLanguage: _set_language,
    asked.StopMessages: _stop,
    asked.ResumeMessages: _resume,
    asked.Nothing: _nothing,
}
