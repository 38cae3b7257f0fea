"""One command on its way to being done, and the check of who may have it done."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from bot.house import House
from bot.meeting import Who
from invoicing import merchants
from models.errors import Refusal
from models.merchants import Role
from models.text import _

MAY_BILL = (Role.OWNER, Role.MANAGER, Role.CASHIER)
MAY_VOID = (Role.OWNER, Role.MANAGER)


@dataclass(frozen=True)
class Errand:
    """One command on its way: for whom, in which house."""

    session: Session
    who: Who
    house: House


def must(errand: Errand, roles: tuple[Role, ...]) -> None:
    """Raises Refusal unless the person has one of these roles with the merchant."""
    if merchants.role_of(errand.session, errand.who.person_id) not in roles:
        raise Refusal(_("Only the owner or a manager can do that."), "role")
