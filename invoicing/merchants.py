"""Merchants: signing up, whom a person may act for, and in which role."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.orm.util import identity_key

from invoicing import audit, digest, numbering
from invoicing.commands import PayWay, SignUp, pretends
from models import db, hot_rows
from models.countries import COUNTRIES
from models.errors import Refusal
from models.merchants import MERCHANT_IDS, Member, Merchant, NumberSeries, Role
from models.platform import Route
from models.secrets import key_hash
from models.text import LANGUAGES, _

LONGEST_NAME = 80
# Written out, since nearly every turn of a merchant's costs it.
MERCHANT = f"SELECT {hot_rows.columns(Merchant)} FROM merchants WHERE id = %(id)s"
ROLE = "SELECT role FROM members WHERE merchant_id = %(merchant_id)s AND person_id = %(person_id)s"
PREFIXES = {numbering.INVOICE: "INV-", "credit_note": "CN-", "quote": "Q-"}


def sign_up(session: Session, command: SignUp, person_id: int) -> Merchant:
    """Make a person the owner of a new business; the session goes on as that merchant.

    Raises Refusal for a name, country or language we cannot work with.
    """
    _check(command)
    merchant_id = session.scalar(sa.select(MERCHANT_IDS.next_value()))
    if merchant_id is None:
        raise LookupError("the sequence of merchants is empty")
    db.enter(session, merchant_id)
    merchant = _merchant(session, merchant_id, command)
    session.add(merchant)
    session.flush()
    session.add_all(_belongings(session, merchant, person_id))
    digest.schedule(session, merchant)
    audit.note(session, "merchant.signed_up", person_id=person_id)
    session.flush()
    return merchant


def _check(command: SignUp) -> None:
    check_name(command.business)
    if command.country not in COUNTRIES:
        raise Refusal(_("We do not work in that country yet."), "country")
    if command.language not in LANGUAGES:
        raise Refusal(_("We do not speak that language yet."), "language")
    if command.tax_rate is not None and not 0 <= command.tax_rate < 100:
        raise Refusal(_("A tax rate is between 0 and 100%."), "tax")


def check_name(name: str) -> None:
    """Raises Refusal for what is no business name, or could be taken for somebody else's."""
    if not 1 <= len(name.strip()) <= LONGEST_NAME:
        raise Refusal(_("A business name has 1 to {n} letters.", n=LONGEST_NAME), "name")
    if (brand := pretends(name)) is not None:
        words = _(
            "I cannot use that name: people could take it for {brand}. "
            "Please use the name of your own business.",
            brand=brand,
        )
        raise Refusal(words, "pretends")


def _merchant(session: Session, merchant_id: int, command: SignUp) -> Merchant:
    return Merchant(
        id=merchant_id,
        name=" ".join(command.business.split()),
        country=command.country,
        currency=command.currency,
        zone=command.zone,
        language=command.language,
        tax_rate=command.tax_rate,
        tax_inclusive=command.tax_inclusive,
        ways_to_pay=[way_to_pay(command)],
        settings={"tax_rounding": "total"},
        made_at=db.now(session),
    )


def way_to_pay(command: SignUp) -> dict[str, Any]:
    """A way to pay as it is stored and printed: what kind, what number, whose account."""
    return {
        "way": PayWay(command.pay_way).value,
        "number": command.pay_number,
        "account": command.pay_account,
    }


def _belongings(session: Session, merchant: Merchant, person_id: int) -> list[Any]:
    now = db.now(session)
    series = [
        NumberSeries(merchant_id=merchant.id, kind=kind, prefix=prefix, last_number=0)
        for kind, prefix in PREFIXES.items()
    ]
    member = Member(merchant_id=merchant.id, person_id=person_id, role=Role.OWNER, made_at=now)
    return [member, *series, person_route(merchant.id, person_id)]


def person_route(merchant_id: int, person_id: int) -> Route:
    """The row that leads from a person to a merchant she is a member of."""
    return Route(
        kind="person",
        key_hash=key_hash(str(person_id)),
        merchant_id=merchant_id,
        target_id=person_id,
    )


def merchants_of(session: Session, person_id: int) -> list[int]:
    """The ids of the merchants a person is a member of, oldest first; enters none."""
    return list(
        session.scalars(
            sa.select(Route.merchant_id)
            .where(Route.kind == "person", Route.key_hash == key_hash(str(person_id)))
            .order_by(Route.merchant_id)
        )
    )


def name_of_several(session: Session, person_id: int, merchant_id: int | None) -> str | None:
    """The business a person works for now, if she works for several; the session goes on as it."""
    if merchant_id is None or len(merchants_of(session, person_id)) < 2:
        return None
    db.enter(session, merchant_id)
    return get(session).name


def role_of(session: Session, person_id: int) -> Role | None:
    """What a person may do for the merchant the session works for; None: nothing."""
    who = {"merchant_id": db.merchant_id(session), "person_id": person_id}
    row = db.look(session, ROLE, who).fetchone()
    return Role(row.role) if row else None


def member(session: Session, person_id: int) -> Member:
    """The person as a member of the merchant. Raises Refusal for anybody else."""
    found = session.scalars(
        sa.select(Member).where(
            Member.merchant_id == db.merchant_id(session), Member.person_id == person_id
        )
    ).one_or_none()
    if found is None:
        raise Refusal(_("Only the people of this business can do that."), "role")
    return found


def get(session: Session) -> Merchant:
    """The merchant the session works for; no statement when she is at hand already."""
    merchant_id = db.merchant_id(session)
    found = session.identity_map.get(identity_key(Merchant, merchant_id))
    if found is None:
        session.flush()
        row = db.look(session, MERCHANT, {"id": merchant_id}).fetchone()
        assert row is not None  # noqa: S101 - nobody enters a merchant that is not there
        found = hot_rows.loaded(session, Merchant, row)
    session.info["merchant"] = found  # the session itself would let go of her between two questions
    return found
