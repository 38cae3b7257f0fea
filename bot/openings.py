"""The facts a dialogue begins with, and the merchant it is about: hers, or the one who bills her."""

from typing import Any

from sqlalchemy.orm import Session

from bot import lookups
from bot.channel import Inbound
from bot.meeting import Who
from conversations.opening import Opening
from conversations.prompts import Start
from conversations.turn import Journal
from invoicing import merchants
from models import db

TENANT = "tenant"  # among a button's answers: the merchant it is about, if not the person's own
HOME_ZONE = "Africa/Nairobi"


def opening(session: Session, who: Who, start: Start) -> dict[str, Any]:
    """Frozen facts in JSON; the session goes on as the merchant the dialogue is about."""
    tenant = start.answers.get(TENANT, who.merchant_id)
    db.enter(session, tenant)
    if tenant is None:
        today = db.today(session, HOME_ZONE)
        return Opening(today=today, language=who.language).to_json()
    merchant = merchants.get(session)
    facts = Opening(
        today=db.today(session, merchant.zone),
        business=merchant.name,
        country=merchant.country,
        currency=merchant.currency,
        language=who.language,
        tax_rate=merchant.tax_rate,
        tax_inclusive=merchant.tax_inclusive,
        uses_discount=merchant.uses_discount,
        tax_label=merchant.tax_label,
    )
    return {**facts.to_json(), TENANT: tenant}


def enter(session: Session, who: Who, journal: Journal) -> None:
    """Go on as the merchant a running dialogue is about."""
    db.enter(session, journal.opening.get(TENANT, who.merchant_id))


def answers(session: Session, who: Who, start: Start) -> dict[str, Any]:
    """What the button already said, with an invoice's facts as they are now."""
    found = {key: value for key, value in start.answers.items() if key != TENANT}
    if isinstance(found.get("invoice"), dict):
        fresh = lookups.invoice(session, int(found["invoice"]["id"]), who)
        found = {**found, "invoice": fresh} if fresh else found
    return found


def client_answers(inbound: Inbound) -> dict[str, Any]:
    """What a contact card, given out of the blue, already says of a new client."""
    answers: dict[str, Any] = {}
    if inbound.contact_name:
        answers["name"] = inbound.contact_name
    return answers
