"""The talk of a person whose chats change: joined with another's, split off, shut out of a business.

Nothing that was answered is lost: an unfinished dialogue moves with its person. A conversation is
locked before it is touched; a message that waits for that lock looks again whose chat it came from,
since the row it waits for is made anew.
"""

from typing import Any

from sqlalchemy.orm import Session

from bot import meeting, openings, reach
from bot.meeting import Set, Who
from bot.storable import written
from conversations import turn
from conversations.prompts import Prompt
from conversations.turn import Journal
from invoicing import merchants
from models import db
from models.people import Contact

LOCK = (
    "SELECT v.merchant_id, v.journal, v.parked, p.name, p.language, p.language_chosen"
    " FROM conversations v JOIN people p ON p.id = v.person_id WHERE v.person_id = %(person)s"
    " FOR UPDATE OF v"
)
GONE = "DELETE FROM conversations WHERE person_id = %(person)s"
FRESH = "INSERT INTO conversations (person_id, parked) VALUES (%(person)s, '[]')"
ANEW = (
    "WITH gone AS (DELETE FROM conversations WHERE person_id = %(person)s RETURNING *)"
    " INSERT INTO conversations SELECT * FROM gone"
)
LEAVE = (
    "UPDATE conversations SET merchant_id = CAST(%(merchant)s AS bigint), "
    " journal = CAST(%(journal)s AS jsonb), parked = CAST(%(parked)s AS jsonb), seq = seq + 1 WHERE person_id = %(person)s"
)


def come_to(session: Session, who: Who, person_id: int) -> None:
    """The one who types is that person from now on, and what either had begun is hers.

    What she was in the middle of on the other chat is taken up here at once.
    """
    mine = who.parked if who.journal is None else [*who.parked, Set(who.journal, detour=False)]
    db.hot(session, GONE, {"person": who.person_id})
    row: Any = db.hot(session, LOCK, {"person": person_id}).fetchone()
    theirs = _parked(row.parked)
    if row.journal is not None:
        theirs.append(Set(Journal.from_json(row.journal), detour=True))
    kept = [Set(one.journal, detour=False) for one in mine if one.journal.flow != "link"]
    who.parked = [*kept, *theirs]
    who.person_id, who.name = person_id, row.name
    who.language, who.language_chosen = row.language, row.language_chosen
    who.merchant_id = row.merchant_id or who.merchant_id


def _parked(stored: list[Any]) -> list[Set]:
    return [Set(Journal.from_json(kept["journal"]), kept["detour"]) for kept in stored]


def begin_anew(session: Session, person_id: int, stranger_id: int) -> None:
    """A chat was split off: its new person has a talk of her own; waiting messages look again."""
    db.hot(session, ANEW, {"person": person_id})
    db.hot(session, FRESH, {"person": stranger_id})


def put_down(session: Session, who: Who) -> None:
    """What stood in this turn is kept for the person's other chats, before she leaves this one."""
    parked = [{"journal": one.journal.to_json(), "detour": False} for one in who.parked]
    values = {"person": who.person_id, "parked": written(parked)}
    db.hot(session, LEAVE, values | {"merchant": who.merchant_id, "journal": None})


def become_stranger(who: Who, person_id: int) -> None:
    """The one who types is nobody we know from now on."""
    who.person_id, who.merchant_id, who.journal = person_id, None, None
    who.parked, who.asked_id, who.shown_id = [], None, None


def say_to(session: Session, chat: Contact, prompt: Prompt) -> None:
    """Tell a chat something now, unless it wants nothing from us."""
    if chat.blocked_at is None and chat.stopped_at is None:
        reach.put_out(session, chat.id, prompt)


def tenant_of(journal: Journal) -> int | None:
    """The merchant a dialogue is about."""
    found: int | None = journal.opening.get(openings.TENANT)
    return found


def leave(session: Session, person_id: int, merchant_id: int) -> None:
    """She works there no longer: what she was doing for it is set aside, out of her reach.

    She goes on with another of her businesses if she has one.
    """
    row = db.hot(session, LOCK, {"person": person_id}).fetchone()
    if row is None:
        return
    others = merchants.merchants_of(session, person_id)
    active = row.merchant_id
    if active == merchant_id:
        active = others[0] if others else None
    about = row.journal["opening"].get(openings.TENANT) if row.journal else None
    aside = [{"journal": row.journal, "detour": False}] if about == merchant_id else []
    values = {
        "person": person_id,
        "merchant": active,
        "journal": written(row.journal) if row.journal and not aside else None,
        "parked": written([{**kept, "detour": False} for kept in (*row.parked, *aside)]),
    }
    db.hot(session, LEAVE, values)


def take_up(session: Session, who: Who) -> Journal | None:
    """The dialogue set aside last, running again; what is hers no longer is let go."""
    while (journal := meeting.take_up(who)) is not None:
        if _is_hers(session, who, journal):
            who.journal = turn.in_language(journal, who.language)
            return who.journal
        who.journal = None
    return None


def _is_hers(session: Session, who: Who, journal: Journal) -> bool:
    """She may have left the business since."""
    if journal.flow in openings.CUSTOMER_FLOWS:
        return True
    return openings.is_hers(session, who, tenant_of(journal))
