"""What became of a message that a channel took: its status only rises, its errors move the row on."""

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
import structlog
from sqlalchemy.orm import Session

from bot import twilio_codes, unreached
from bot.channel import Trouble
from bot.twilio_codes import NAME
from bot.whatsapp import PREFIX
from models import db
from models.traffic import Delivery

log = structlog.get_logger()

# Twilio's words in ours (facts: chat-channels 2.4, 2.5).
STATUSES = {
    "accepted": Delivery.SENT,
    "scheduled": Delivery.SENT,
    "queued": Delivery.SENT,
    "sending": Delivery.SENT,
    "sent": Delivery.SENT,
    "delivered": Delivery.DELIVERED,
    "partially_delivered": Delivery.DELIVERED,
    "read": Delivery.READ,
    "failed": Delivery.FAILED,
    "undelivered": Delivery.FAILED,
    "canceled": Delivery.FAILED,
}
# Rising only, in whatever order they come: failed stands unless it was delivered all the same.
RANK = "array_position(ARRAY['waiting','sent','failed','delivered','read'], {})"
# Where an id of theirs stands for another row of ours by now, that one is meant.
# A row that waits for another try still bears the failed message's id: of that message only the
# proof that it arrived counts. A status may also come before the worker wrote the id down.
MOVE = (
    "UPDATE outbound o SET status = :status, provider_id = :sid,"
    "  sent_at = COALESCE(o.sent_at, CAST(:now AS timestamptz)), error_code = :error,"
    "  delivered_at = CASE WHEN :status = 'delivered' THEN CAST(:now AS timestamptz)"
    "   ELSE o.delivered_at END,"
    "  read_at = CASE WHEN :status = 'read' THEN CAST(:now AS timestamptz) ELSE o.read_at END"
    " FROM contacts c WHERE c.channel = :channel AND c.address = :address AND c.id = o.contact_id"
    f" AND {{}} AND {RANK.format('o.status')} < {RANK.format('CAST(:status AS text)')}"
    "  AND NOT (o.status = 'waiting' AND o.provider_id IS NOT NULL"
    "    AND :status NOT IN ('delivered', 'read'))"
    " RETURNING o.id, o.contact_id, o.tries, o.merchant_id, o.purpose"
)
MOVE_ROW = sa.text(
    MOVE.format(
        "(o.provider_id = :sid OR o.id = :row AND o.provider_id IS NULL AND NOT EXISTS (SELECT 1"
        " FROM outbound x WHERE x.contact_id = o.contact_id AND x.provider_id = :sid))"
    )
)
MOVE_SID = sa.text(MOVE.format("o.provider_id = :sid"))
AGAIN = sa.text("UPDATE outbound SET status = 'waiting', not_before = :now WHERE id = :id")
# Meta says the window is closed: so it is in our books, unless she has written since.
CLOSE = sa.text(
    "UPDATE contacts c SET last_inbound_at = NULL FROM outbound o WHERE o.id = :id"
    " AND c.id = o.contact_id AND c.last_inbound_at <= o.sent_at"
)
LEAVE = sa.text(
    "UPDATE contacts SET blocked_at = CASE WHEN :stopped THEN blocked_at ELSE :now END,"
    " stopped_at = CASE WHEN :stopped THEN :now ELSE stopped_at END WHERE id = :contact"
)
MOST_TRIES = 2


@dataclass(frozen=True)
class Told:
    """One status callback; `whole` is False for the first of several messages of one row."""

    sid: str
    address: str
    status: Delivery
    row: int | None
    error: str | None
    whole: bool


def read(form: Mapping[str, str], row: int | None, *, whole: bool) -> Told | None:
    """A status callback's fields; None for a status that says nothing or of another channel."""
    status = STATUSES.get(form.get("MessageStatus", ""))
    sid, to = form.get("MessageSid", ""), form.get("To", "")
    if status is None or not sid or not to.startswith(PREFIX):
        return None
    error = form.get("ErrorCode") or None
    return Told(sid, to.removeprefix(PREFIX), status, row, error, whole)


def note(session: Session, told: Told) -> None:
    """Write a status down and act on an error."""
    if not told.whole:
        if told.error:
            log.warning("part of a message failed", sid=told.sid, code=told.error)
        return
    moved = session.execute(
        MOVE_SID if told.row is None else MOVE_ROW,
        {
            "status": told.status.value,
            "sid": told.sid,
            "row": told.row,
            "channel": NAME,
            "address": told.address,
            "error": told.error if told.status is Delivery.FAILED else None,
            "now": db.now(session),
        },
    ).one_or_none()
    if moved is None or told.status is not Delivery.FAILED:
        return
    log.warning("not delivered", outbound_id=moved.id, code=told.error)
    trouble = twilio_codes.TABLE.get(told.error or "", Trouble.NEVER)
    now = db.now(session)
    if trouble in (Trouble.BLOCKED, Trouble.STOPPED):
        stopped = trouble is Trouble.STOPPED
        session.execute(LEAVE, {"contact": moved.contact_id, "stopped": stopped, "now": now})
    if trouble is Trouble.WINDOW:
        session.execute(CLOSE, {"id": moved.id})
    if trouble in (Trouble.WINDOW, Trouble.AGAIN, Trouble.WAIT) and moved.tries <= MOST_TRIES:
        session.execute(AGAIN, {"id": moved.id, "now": now})
    elif moved.purpose == "proactive":
        unreached.note(session, moved.merchant_id, moved.id)
