"""The people of a business: who is one of them, in which role, within which limits (F-15)."""

from dataclasses import dataclass
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from invoicing import audit, merchants
from invoicing.commands import ChangeRole, IssueInvoice, SetLimits, add_up
from models import db
from models.errors import Refusal
from models.merchants import Member, Role
from models.money import Money
from models.people import Person
from models.platform import Route
from models.secrets import key_hash
from models.text import _

RANK = (Role.OWNER, Role.MANAGER, Role.CASHIER, Role.VIEWER)
MOST_MEMBERS = 50
STANDING = (
    "SELECT role, most_invoice_minor, most_discount, may_void,"
    " (SELECT count(*) FROM routes WHERE kind = 'person' AND key_hash = %(key)s) > 1 AS several"
    " FROM members WHERE merchant_id = %(merchant_id)s AND person_id = %(person_id)s"
)


@dataclass(frozen=True)
class Standing:
    """What a person is to the merchant; `role` None: nothing. An owner has no limits.

    `several`: she works for other businesses too.
    """

    role: Role | None = None
    most_invoice_minor: int | None = None
    most_discount: Decimal | None = None
    may_void: bool = False
    several: bool = False


def standing(session: Session, person_id: int) -> Standing:
    """What a person may do for the merchant the session works for; one statement."""
    who = {"merchant_id": db.merchant_id(session), "person_id": person_id}
    row = db.look(session, STANDING, who | {"key": key_hash(str(person_id))}).fetchone()
    if row is None:
        return Standing()
    role = Role(row.role)
    if role is Role.OWNER:
        return Standing(role, may_void=True, several=row.several)
    void = row.may_void if row.may_void is not None else role is Role.MANAGER
    return Standing(role, row.most_invoice_minor, row.most_discount, void, row.several)


def exceeds(limits: Standing, command: IssueInvoice) -> bool:
    """Whether an invoice is more than its maker may send without asking."""
    sums = add_up(command.lines, command.discount, command.tax)
    if (
        limits.most_invoice_minor is not None
        and sums.total.amount_minor > limits.most_invoice_minor
    ):
        return True
    if limits.most_discount is None or not sums.discount:
        return False
    off, whole = sums.discount.amount_minor, sums.subtotal.amount_minor
    return Decimal(off) * 100 > limits.most_discount * whole


def members(session: Session) -> list[tuple[Member, Person]]:
    """Everybody who works here, the highest role first, then by when they came."""
    place = sa.case({role.value: n for n, role in enumerate(RANK)}, value=Member.role)
    rows = session.execute(
        sa.select(Member, Person)
        .join(Person, Person.id == Member.person_id)
        .where(Member.merchant_id == db.merchant_id(session))
        .order_by(place, Member.id)
    )
    return [(member, person) for member, person in rows]


def get(session: Session, member_id: int) -> Member:
    """One of us. Raises Refusal when there is nobody by that id."""
    found = session.get(Member, (db.merchant_id(session), member_id))
    if found is None:
        raise Refusal(_("This person is no longer in your team."), "not_found")
    return found


def add(session: Session, person_id: int, role: Role, by: int) -> Member:
    """Make someone one of us. Raises Refusal for who is one already, and past fifty."""
    already = [member.person_id for member, _person in members(session)]
    if person_id in already:
        raise Refusal(_("You are in this team already."), "member")
    if len(already) >= MOST_MEMBERS:
        raise Refusal(_("This team is full: {n} people.", n=MOST_MEMBERS), "full")
    member = Member(
        merchant_id=db.merchant_id(session),
        person_id=person_id,
        role=role.value,
        made_at=db.now(session),
    )
    session.add_all([member, merchants.person_route(member.merchant_id, person_id)])
    session.flush()
    facts = {"member": person_id, "role": role.value}
    audit.note(session, "member.joined", person_id=by, facts=facts)
    return member


def change_role(session: Session, command: ChangeRole, by: int) -> Member:
    """Another role. Raises Refusal when nobody would be left to own the business."""
    member, role = get(session, command.member_id), Role(command.role)
    if role is not Role.OWNER:
        _keep_an_owner(session, member)
    before, member.role = member.role, role.value
    facts = {"member": member.person_id, "from": before, "to": role.value}
    audit.note(session, "member.role", person_id=by, facts=facts)
    session.flush()
    return member


def set_limits(session: Session, command: SetLimits, by: int) -> Member:
    """What she may do without asking. Raises Refusal for limits that limit nothing or everything."""
    member = get(session, command.member_id)
    if member.role == Role.OWNER:
        raise Refusal(_("An owner has no limits."), "owner")
    percent = command.most_discount
    if percent is not None and not 0 <= percent <= 100:
        raise Refusal(_("A discount is between 0 and 100%."), "discount")
    most: Money | None = command.most_invoice
    if most is not None and (not most or most.currency != merchants.get(session).currency):
        raise Refusal(_("Please give the limit in your own currency."), "currency")
    member.most_invoice_minor = most.amount_minor if most else None
    member.most_discount, member.may_void = percent, command.may_void
    facts = {
        "member": member.person_id,
        "most_invoice_minor": member.most_invoice_minor,
        "most_discount": None if percent is None else f"{percent:f}",
        "may_void": command.may_void,
    }
    audit.note(session, "member.limits", person_id=by, facts=facts)
    session.flush()
    return member


def remove(session: Session, member_id: int, by: int) -> int:
    """Her access ends with this transaction; whose it was. Raises Refusal for the last owner."""
    member = get(session, member_id)
    _keep_an_owner(session, member)
    person_id = member.person_id
    audit.note(session, "member.removed", person_id=by, facts={"member": person_id})
    forget(session, member)
    return person_id


def forget(session: Session, member: Member) -> None:
    """Take the row away, and the route that leads from the person to us."""
    session.delete(member)
    session.execute(
        sa.delete(Route)
        .where(
            Route.kind == "person",
            Route.key_hash == key_hash(str(member.person_id)),
            Route.merchant_id == member.merchant_id,
        )
        .execution_options(synchronize_session=False)
    )
    session.flush()


def _keep_an_owner(session: Session, leaving: Member) -> None:
    """All owners are locked first, so that two who send each other away cannot both succeed."""
    owners = session.scalars(
        sa.select(Member.id)
        .where(Member.merchant_id == leaving.merchant_id, Member.role == Role.OWNER.value)
        .order_by(Member.id)
        .with_for_update()
    ).all()
    if leaving.id in owners and len(owners) == 1:
        raise Refusal(
            _("Somebody must own the business. Make someone else an owner first."), "last"
        )
    session.refresh(leaving)


def owners(session: Session) -> list[int]:
    """The people who own the business."""
    found = sa.select(Member.person_id).where(
        Member.merchant_id == db.merchant_id(session), Member.role == Role.OWNER.value
    )
    return list(session.scalars(found.order_by(Member.id)))


def higher(one: str, other: str) -> str:
    """The role of the two that may do more."""
    return min(one, other, key=lambda role: RANK.index(Role(role)))
