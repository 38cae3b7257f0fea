"""Several chats, one person: codes that prove it, and two accounts made one (C-18, IF-33).

A code is short since people type it, so it lives for minutes, opens once, and guesses are counted.
"""

import secrets
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from invoicing import audit, merchants, team, throttles
from models import db
from models.errors import Refusal
from models.merchants import Member
from models.people import Contact, LinkCode, Person
from models.secrets import CODE_ALPHABET, key_hash
from models.text import _

LENGTH = 8
LIVES = timedelta(minutes=10)
MOST_TRIES = 5
MOST_CODES = 5  # an hour, for one person and to one number
KEPT = timedelta(days=1)
LINK, RECOVER = "link", "recover"


def new_code(
    session: Session,
    person_id: int,
    *,
    by: int,
    purpose: str = LINK,
    contact_id: int | None = None,
    merchant_id: int | None = None,
) -> str:
    """A code that makes a chat this person's; the one before it counts no longer.

    With `contact_id` only that chat may use it. Raises Refusal after five an hour.
    """
    if throttles.count(session, "link_code", str(by), timedelta(hours=1)) > MOST_CODES:
        raise Refusal(_("That is enough codes for now. Please try again in an hour."), "throttled")
    now = db.now(session)
    earlier = sa.and_(LinkCode.person_id == person_id, LinkCode.purpose == purpose)
    stale = LinkCode.expires_at < now - KEPT
    session.execute(
        sa.delete(LinkCode)
        .where(sa.or_(earlier, stale))
        .execution_options(synchronize_session=False)
    )
    code = "".join(secrets.choice(CODE_ALPHABET) for _sign in range(LENGTH))
    session.add(
        LinkCode(
            code_hash=key_hash(LINK, code),
            purpose=purpose,
            person_id=person_id,
            contact_id=contact_id,
            merchant_id=merchant_id,
            made_by=by,
            made_at=now,
            expires_at=now + LIVES,
        )
    )
    session.flush()
    return code


def shown(code: str) -> str:
    """In two halves, as people read it out: `K7M2-P9QX`."""
    return f"{code[:4]}-{code[4:]}"


def is_code(typed: str) -> bool:
    """Whether it looks like one of ours, so that a link's token is never taken for one."""
    return len(typed) == LENGTH and set(typed) <= set(CODE_ALPHABET)


def look_up(session: Session, typed: str, contact_id: int) -> LinkCode | None:
    """The code that was typed, while it counts in this chat; every look is a try.

    Raises Refusal after five tries in ten minutes, right or wrong.
    """
    if throttles.count(session, "link_try", str(contact_id), LIVES) > MOST_TRIES:
        raise Refusal(
            _("That were too many tries. Please wait ten minutes and take a new code."), "throttled"
        )
    code = "".join(sign for sign in typed.upper() if sign.isalnum())
    return session.scalars(_good(session, key_hash(LINK, code), contact_id)).one_or_none()


def _good(session: Session, hashed: bytes, contact_id: int) -> sa.Select[LinkCode]:
    here = sa.or_(LinkCode.contact_id.is_(None), LinkCode.contact_id == contact_id)
    return sa.select(LinkCode).where(
        LinkCode.code_hash == hashed, LinkCode.expires_at > db.now(session), here
    )


def use(session: Session, hashed: str, contact_id: int) -> LinkCode:
    """Take a code away for good; of two who use it at once one gets it. Raises Refusal."""
    found = session.scalars(
        _good(session, bytes.fromhex(hashed), contact_id).with_for_update()
    ).one_or_none()
    if found is None:
        raise Refusal(_("That code is used up or too old. Please take a new one."), "code")
    session.delete(found)
    session.flush()
    return found


def contacts(session: Session, person_id: int) -> list[Contact]:
    """The chats of a person, the one she wrote from last first."""
    last = Contact.last_inbound_at.desc().nulls_last()
    found = sa.select(Contact).where(Contact.person_id == person_id, Contact.channel != "terminal")
    return list(session.scalars(found.order_by(last, Contact.id)))


def by_phone(session: Session, phone: str, but: int) -> Contact | None:
    """The chat that a channel vouches has this number, if it is no chat of that person's."""
    last = Contact.last_inbound_at.desc().nulls_last()
    found = sa.select(Contact).where(
        Contact.phone == phone,
        Contact.person_id != but,
        Contact.blocked_at.is_(None),
        Contact.cut_off_at.is_(None),
    )
    return session.scalars(found.order_by(last, Contact.id).limit(1)).first()


def merge(session: Session, keep: int, other: int) -> None:
    """Two people turn out to be one: chats and memberships of the other become the kept one's.

    The other's row stays, since audit rows, invoices and payments name it and stay true.
    """
    for merchant_id in merchants.merchants_of(session, other):
        with db.as_merchant(session, merchant_id):
            hand_over(session, other, keep)
            audit.note(session, "person.merged", person_id=keep, facts={"from": other})
    session.execute(sa.update(Contact).where(Contact.person_id == other).values(person_id=keep))
    session.execute(sa.update(Person).where(Person.id == other).values(merged_into=keep))
    session.execute(
        sa.delete(LinkCode)
        .where(LinkCode.person_id == other)
        .execution_options(synchronize_session=False)
    )
    session.flush()


def hand_over(session: Session, giver: int, taker: int) -> None:
    """The giver's place in this team is the taker's; of two places the higher is kept."""
    mine = merchants.member(session, giver)
    there = session.scalars(
        sa.select(Member).where(Member.merchant_id == mine.merchant_id, Member.person_id == taker)
    ).one_or_none()
    role, limits = mine.role, (mine.most_invoice_minor, mine.most_discount, mine.may_void)
    team.forget(session, mine)
    if there is None:
        there = Member(
            merchant_id=mine.merchant_id, person_id=taker, role=role, hears=mine.hears,
            made_at=mine.made_at,
        )  # fmt: skip
        session.add_all([there, merchants.person_route(mine.merchant_id, taker)])
    elif team.higher(role, there.role) == there.role:
        return
    there.role = role
    there.most_invoice_minor, there.most_discount, there.may_void = limits
    session.flush()


def note_in_all(
    session: Session, action: str, person_id: int, facts: dict[str, int | bool]
) -> None:
    """Write down in each of a person's businesses what happened to her chats."""
    for merchant_id in merchants.merchants_of(session, person_id):
        with db.as_merchant(session, merchant_id):
            audit.note(session, action, person_id=person_id, facts=facts)


def detach(session: Session, contact: Contact, *, lost: bool) -> Person:
    """A chat is nobody's any more: its own new person, without memberships; `lost` cuts it off.

    Invoices that were sent to it as a customer's chat stay with it.
    """
    owner = session.get_one(Person, contact.person_id)
    stranger = Person(
        name=contact.display_name,
        language=owner.language,
        language_chosen=owner.language_chosen,
        made_at=db.now(session),
    )
    session.add(stranger)
    session.flush()
    contact.person_id = stranger.id
    contact.cut_off_at = db.now(session) if lost else None
    session.flush()
    return stranger
