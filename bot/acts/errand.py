"""One command on its way to being done, and the check of who may have it done."""

from dataclasses import dataclass
from typing import NoReturn

from sqlalchemy.orm import Session

from bot.house import House
from bot.meeting import Who
from invoicing import merchants, team
from invoicing.team import Standing
from models import db
from models.errors import Refusal
from models.invoices import Invoice
from models.merchants import Role
from models.text import _

ANYBODY = (Role.OWNER, Role.MANAGER, Role.CASHIER, Role.VIEWER)
MAY_BILL = (Role.OWNER, Role.MANAGER, Role.CASHIER)
MAY_VOID = (Role.OWNER, Role.MANAGER)
OWNER = (Role.OWNER,)


# She opened its link in one of her chats, or one of them is the client's own.
SEEN = (
    "SELECT 1 FROM contacts c WHERE c.person_id = %(person)s AND (EXISTS (SELECT 1 FROM viewers v"
    "  WHERE v.merchant_id = %(merchant)s AND v.invoice_id = %(invoice)s AND v.contact_id = c.id)"
    " OR EXISTS (SELECT 1 FROM clients k WHERE k.merchant_id = %(merchant)s"
    "  AND k.id = %(client)s AND k.contact_id = c.id)) LIMIT 1"
)


@dataclass
class Errand:
    """One command on its way: for whom, in which house; `role` is hers, once it was looked up."""

    session: Session
    who: Who
    house: House
    role: Role | None = None


def must(errand: Errand, roles: tuple[Role, ...]) -> Standing:
    """What the person may do. Raises Refusal unless she has one of these roles with the merchant."""
    found = team.standing(errand.session, errand.who.person_id)
    if found.role not in roles:
        refuse(roles if found.role else ())
    errand.role = found.role
    return found


def refuse(roles: tuple[Role, ...]) -> NoReturn:
    """Say who may do it. Raises Refusal."""
    raise Refusal(_WORDS.get(roles, _("Only the people of this business can do that.")), "role")


def must_see(errand: Errand, invoice: Invoice) -> Role | None:
    """Her role here; None for a customer. Raises Refusal for who was never shown the invoice."""
    errand.role = merchants.role_of(errand.session, errand.who.person_id)
    if errand.role is not None:
        return errand.role
    facts = {"merchant": invoice.merchant_id, "invoice": invoice.id, "person": errand.who.person_id}
    if db.look(errand.session, SEEN, facts | {"client": invoice.client_id}).fetchone() is None:
        refuse(())
    return None


_WORDS = {
    OWNER: _("Only an owner can do that."),
    MAY_VOID: _("Only the owner or a manager can do that."),
    MAY_BILL: _("You may look here, but not change anything. Ask an owner."),
}
