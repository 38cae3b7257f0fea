"""Messages that Twilio took and we never got: its webhooks are tried for seconds, then given up."""

from datetime import datetime, timedelta

import sqlalchemy as sa
import structlog
from sqlalchemy.orm import Session

from bot import dispatch, meeting, whatsapp
from bot.house import House
from bot.twilio_codes import NAME
from bot.twilio_rest import Rest
from models import db
from models.db import Database
from models.people import Contact
from models.traffic import Inbound

log = structlog.get_logger()

LOOK_BACK = timedelta(hours=2, minutes=30)  # the clock asks every hour


def catch_up(database: Database, house: House, rest: Rest) -> int:
    """Take in what is listed at Twilio and not with us; how many. Raises what `RAISED` lists."""
    with database.transaction() as session:
        since = db.now(session) - LOOK_BACK
    listed = rest.received(f"{whatsapp.PREFIX}{house.bot.twilio.whatsapp_from}", since)
    with database.transaction() as session:
        known = _known(session, [str(message.sid) for message in listed])
    missed = [message for message in reversed(listed) if message.sid not in known]
    for message in missed:
        _take(database, house, rest.as_form(message), message.date_sent)
    if missed:
        log.warning("messages that never reached us", count=len(missed))
    return len(missed)


def _known(session: Session, sids: list[str]) -> set[str]:
    mine = Inbound.channel == NAME, Inbound.delivery_key.in_(sids)
    return set(session.scalars(sa.select(Inbound.delivery_key).where(*mine)))


def _take(database: Database, house: House, form: dict[str, str], sent_at: datetime) -> None:
    """Answer it late; only keep it if she has written since, for it would answer the wrong thing."""
    inbound = whatsapp.read(form)
    if inbound is None:
        return
    with database.transaction() as session:
        spoke_at = session.scalar(
            sa.select(Contact.last_inbound_at).where(
                Contact.channel == NAME, Contact.address == inbound.address
            )
        )
        if spoke_at is not None and spoke_at > sent_at:
            meeting.store(session, inbound)
        else:
            dispatch.receive(session, inbound, house)
