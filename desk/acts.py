"""What an operator does by hand: settles an event again, sends a dead message again."""

from collections.abc import Callable

import sqlalchemy as sa

from bot.keeping import ALARM
from models import db
from models.db import Database
from payments import events

Say = Callable[[str], None]

# What became of an event (payments.evidence.Settled), for whoever asked.
SETTLED = {
    "booked": "new money, booked on an invoice",
    "unallocated": "new money that belongs to no invoice yet",
    "review": "money kept; a person must look",
    "joined": "money already known, now told by this source too",
    "already": "nothing new: it was settled before",
    "failed": "the attempt ended without money",
    "ignored": "a failure that no longer matters",
    "early": "kept until the gateway has named the attempt",
    "asked": "not enough to believe: the gateway is asked first",
    "contrary": "the gateway denies what was believed; a person must look",
    "nobody": "no attempt of ours",
}
AGAIN = sa.text(
    "UPDATE outbound SET status = 'waiting', tries = 0, doubts = 0, error_code = NULL, not_before = :now"
    " WHERE id = :id AND status = 'failed' RETURNING contact_id"
)
FREE = sa.text("UPDATE contacts SET held_until = NULL WHERE id = :id")
WAKE = sa.text("SELECT pg_notify(:alarm, '')")


def replay(database: Database, event_id: int, say: Say) -> bool:
    """Settle a stored event again, now and here; settling twice is once (A-15).

    Its job is deferred as well, in the same transaction: should we break, a worker does it.
    """
    with database.transaction() as session:
        event = events.find(session, event_id)
        if event is None or not events.replay(session, event_id):
            say(f"Event {event_id}: " + ("there is none" if event is None else "is nobody's"))
            return False
    with database.transaction(event.merchant_id) as session:
        outcome = events.settle(session, event_id)
        again = events.find(session, event_id)
    if outcome is not None:
        say(f"Event {event_id}: {outcome.value}: {SETTLED[outcome.value]}")
        return True
    handled = again is not None and again.outcome != "not understood"
    say(f"Event {event_id}: " + ("a worker was quicker" if handled else "not understood"))
    return handled


def send_again(database: Database, outbound_id: int, say: Say) -> bool:
    """Put a dead message back into the queue; a worker sends it within a second."""
    with database.transaction() as session:
        found = session.execute(AGAIN, {"id": outbound_id, "now": db.now(session)}).one_or_none()
        if found is None:
            say(f"Message {outbound_id}: is not dead")
            return False
        session.execute(FREE, {"id": found.contact_id})
        session.execute(WAKE, {"alarm": ALARM})
    say(f"Message {outbound_id}: waits to be sent again")
    return True
