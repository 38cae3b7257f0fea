"""Who hears a notice: the people of a business, each once, where they wrote from last."""

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from bot import team_words
from models.merchants import Member, Merchant, Role
from models.people import Contact
from models.told import Notice

RECEIPTS = ("paid", "part_paid", "attempt_failed")  # a payer hears of her money, come what may


def hushed(notice: Notice, merchant: Merchant) -> bool:
    """Whether customers hear nothing of it: the operator looks into the merchant."""
    if merchant.paused_at is None or notice.audience != "client":
        return False
    return notice.kind not in RECEIPTS


def members(session: Session, notice: Notice) -> list[int]:
    """Each member where she last wrote from; or only owners, or the one chat it is for."""
    if notice.contact_id is not None:
        return [notice.contact_id]
    role = Member.role == "owner" if notice.kind in team_words.OWNERS_ONLY else sa.true()
    rows = session.execute(
        sa.select(Contact.id)
        .ext(distinct_on(Contact.person_id))
        .join(Member, Member.person_id == Contact.person_id)
        .where(Member.merchant_id == notice.merchant_id, role, Contact.blocked_at.is_(None))
        .order_by(Contact.person_id, Contact.last_inbound_at.desc().nulls_last(), Contact.id)
    )
    return [row.id for row in rows]


def roles(session: Session, merchant_id: int, contact_ids: Iterable[int]) -> dict[int, Role]:
    """What those of the contacts who work for the business may do there."""
    rows = session.execute(
        sa.select(Contact.id, Member.role)
        .join(Member, Member.person_id == Contact.person_id)
        .where(Member.merchant_id == merchant_id, Contact.id.in_(list(contact_ids)))
    )
    return {row.id: Role(row.role) for row in rows}
