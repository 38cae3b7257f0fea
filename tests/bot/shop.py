"""A business in tests: its row, its other people, a picture from its owner's phone."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from invoicing import merchants
from models import db
from models.merchants import Member, Merchant
from tests.world import JOBS, Talk


def merchant_of(talk: Talk) -> Merchant:
    """Her business, entered."""
    ids = merchants.merchants_of(talk.session, talk.person.id)
    db.enter(talk.session, ids[0])
    return merchants.get(talk.session)


def jobs(session: Session, task: str) -> list[dict[str, Any]]:
    """What waits for a worker."""
    return list(session.scalars(sa.text(JOBS), {"task": task}))


def send_picture(talk: Talk) -> str:
    """She sends a picture from her phone."""
    if talk.channel == "telegram":
        size = {"file_id": "BQACpic", "file_unique_id": "u", "width": 300, "height": 120}
        return talk.post(talk.message(photo=[size]))
    from bot import whatsapp
    from tests import twilio_forms

    form = twilio_forms.form(
        talk.address, talk.name, NumMedia="1", MediaContentType0="image/png",
        MediaUrl0="http://127.0.0.1:9/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1",
    )  # fmt: skip
    return talk.hear(whatsapp.read(form))


def colleague(talk: Talk, role: str) -> Talk:
    """Someone else of the same business."""
    merchant_id = merchant_of(talk).id
    db.enter(talk.session, None)
    other = Talk(talk.session, name="Otieno")
    other.say("hi")
    db.enter(talk.session, merchant_id)
    person = other.person
    made_at = db.now(talk.session)
    talk.session.add(
        Member(merchant_id=merchant_id, person_id=person.id, role=role, made_at=made_at)
    )
    talk.session.add(merchants.person_route(merchant_id, person.id))
    other.conversation.merchant_id = merchant_id
    talk.session.flush()
    db.enter(talk.session, None)
    return other
