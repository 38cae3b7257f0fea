"""Invitations to a team: a link or a number that opens for one person, for two days, until revoked."""

from collections.abc import Sequence
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from invoicing import audit, team, throttles
from invoicing.commands import InviteMember
from models import db
from models.errors import Refusal
from models.merchants import Member, Role
from models.platform import Route
from models.secrets import key_hash, new_token
from models.team import Invite
from models.text import _

KIND, BY_PHONE = "invite", "invited"
LIVES = timedelta(hours=48)
MOST_A_DAY = 20
LONGEST_NAME = 80


def invite(session: Session, command: InviteMember, by: int) -> tuple[Invite, str]:
    """A door and the token that opens it (128 random bits, given only here, kept as a hash).

    Raises Refusal after twenty a day.
    """
    merchant_id, now = db.merchant_id(session), db.now(session)
    if throttles.count(session, KIND, str(merchant_id), timedelta(days=1)) > MOST_A_DAY:
        raise Refusal(
            _("That is enough invitations for one day. Please try tomorrow."), "throttled"
        )
    row = Invite(
        merchant_id=merchant_id,
        role=Role(command.role).value,
        name=(command.name or "").strip()[:LONGEST_NAME] or None,
        phone=command.phone,
        made_by=by,
        made_at=now,
        expires_at=now + LIVES,
    )
    session.add(row)
    session.flush()
    token = new_token()
    _route(session, row, KIND, token)
    if row.phone is not None:
        _route(session, row, BY_PHONE, row.phone)
    audit.note(session, "member.invited", person_id=by, facts={"invite": row.id, "role": row.role})
    session.flush()
    return row, token


def _route(session: Session, row: Invite, kind: str, key: str) -> None:
    """An older invitation of the same number to the same business gives way."""
    hashed = key_hash(key)
    session.execute(
        sa.delete(Route)
        .where(Route.kind == kind, Route.key_hash == hashed, Route.merchant_id == row.merchant_id)
        .execution_options(synchronize_session=False)
    )
    session.add(Route(kind=kind, key_hash=hashed, merchant_id=row.merchant_id, target_id=row.id))


def for_phone(session: Session, phone: str) -> list[tuple[int, int]]:
    """(merchant, invitation) of every team that waits for this number; enters none."""
    rows = session.execute(
        sa.select(Route.merchant_id, Route.target_id).where(
            Route.kind == BY_PHONE, Route.key_hash == key_hash(phone)
        )
    )
    return [(row.merchant_id, row.target_id) for row in rows]


def standing_open(session: Session) -> Sequence[Invite]:
    """Invitations of the merchant that somebody could still use."""
    return session.scalars(
        sa.select(Invite)
        .where(
            Invite.merchant_id == db.merchant_id(session),
            Invite.used_at.is_(None),
            Invite.revoked_at.is_(None),
            Invite.expires_at > db.now(session),
        )
        .order_by(Invite.id)
    ).all()


def get_open(session: Session, invite_id: int, *, lock: bool = False) -> Invite:
    """An invitation that can still be used. Raises Refusal for one used, revoked or too old."""
    wanted = sa.select(Invite).where(
        Invite.merchant_id == db.merchant_id(session), Invite.id == invite_id
    )
    if lock:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    found = session.scalars(wanted).one_or_none()
    if found is None or found.used_at or found.revoked_at or found.expires_at <= db.now(session):
        raise Refusal(_("This invitation is no longer open. Please ask for a new one."), "invite")
    return found


def accept(session: Session, invite_id: int, person_id: int, phone: str | None) -> Member:
    """Become a member, once. `phone` is what the channel vouches for.

    Raises Refusal for a door that is closed, or that opens for another number only.
    """
    row = get_open(session, invite_id, lock=True)
    if row.phone is not None and phone != row.phone:
        words = _("This invitation is for another phone number. Please share your own contact here, "
                  "or ask for an invitation by link.")  # fmt: skip
        raise Refusal(words, "phone")
    row.used_at, row.used_by = db.now(session), person_id
    member = team.add(session, person_id, Role(row.role), person_id)
    _close(session, row)
    return member


def revoke(session: Session, invite_id: int, by: int) -> Invite:
    """The link opens nothing any more. Raises Refusal for one that is closed already."""
    row = get_open(session, invite_id, lock=True)
    row.revoked_at = db.now(session)
    audit.note(session, "invite.revoked", person_id=by, facts={"invite": row.id})
    _close(session, row)
    return row


def _close(session: Session, row: Invite) -> None:
    session.execute(
        sa.delete(Route)
        .where(
            Route.kind.in_((KIND, BY_PHONE)),
            Route.merchant_id == row.merchant_id,
            Route.target_id == row.id,
        )
        .execution_options(synchronize_session=False)
    )
    session.flush()
