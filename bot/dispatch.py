"""One message in: stored once, read in the person's conversation, answered, kept; one transaction.

The caller commits. A bug while conversing undoes what the turn wrote and no more: the dialogue
is set aside, an apology goes out, the inbound row stays (or is stored anew, where the bug ended the
transaction), and the channel gets its 200, so that no message is repeated for a day because of us.
"""

from dataclasses import dataclass

import structlog
from sqlalchemy.orm import Session

from bot import cards, meeting
from bot.channel import Inbound, Kind
from bot.dialogues import RefusedError
from bot.house import House
from bot.keeping import Kept, Reply, keep
from bot.meeting import Who
from bot.talk import Talk
from models import db
from models.db import AWAY

log = structlog.get_logger()


@dataclass(frozen=True)
class Receipt:
    """What the webhook must still say to the channel: the toast under a tapped button."""

    toast: str | None = None
    fresh: bool = True


def receive(session: Session, inbound: Inbound, house: House) -> Receipt:
    """Take one message or tap all the way; nothing is said twice for one that came before."""
    if inbound.kind is Kind.STRANGE:
        return Receipt(fresh=meeting.store(session, inbound) is not None)
    heard = meeting.hear(session, inbound)
    if heard is None:
        return Receipt(fresh=False)
    inbound_id, who = heard
    log.debug("message", inbound_id=inbound_id, kind=inbound.kind, person_id=who.person_id)
    try:
        kept = _converse(session, inbound, Talk(session, who, house))
    except AWAY:
        raise  # Postgres is away: the channel tries again
    except Exception:
        log.exception("conversation failed", inbound_id=inbound_id, person_id=who.person_id)
        return _apologise(session, inbound, heard)
    return _keep(session, who, kept, inbound_id)


def _keep(session: Session, who: Who, kept: Kept, inbound_id: int) -> Receipt:
    db.unmark(session)
    keep(session, who, kept, inbound_id)
    return Receipt(toast=kept.toast)


def _converse(session: Session, inbound: Inbound, talk: Talk) -> Kept:
    """The turn after a mark: what a refused command had begun to write is undone."""
    db.mark(session)
    try:
        return talk.hear(inbound)
    except RefusedError as no:
        if not db.undo(session):
            raise
        return talk.refuse(no.at, no.why)


def _apologise(session: Session, inbound: Inbound, heard: tuple[int, Who]) -> Receipt:
    """A bug of ours: one apology, and the talk set aside as it stood before."""
    if db.undo(session):
        inbound_id, who = heard[0], meeting.lock(session, inbound)
    else:
        db.begin_anew(session)
        again = meeting.hear(session, inbound)
        if again is None:
            return Receipt(fresh=False)  # it came once more in between, and is answered there
        inbound_id, who = again
        log.info("begun anew", inbound_id=inbound_id, person_id=who.person_id)
    meeting.park(who, detour=False)
    return _keep(session, who, Kept([Reply(cards.apology())], outcome="failed"), inbound_id)
