"""What is asked about the people of a business: who they are, what each may do, what waits for a yes.

A role is owner, manager, cashier or viewer.
"""

from dataclasses import dataclass
from decimal import Decimal

from models.money import Money


@dataclass(frozen=True)
class ShowTeam:
    """Show me who works here and who is invited; `page` counts from 1."""

    page: int = 1


@dataclass(frozen=True)
class ShowInvites:
    """Show me the invitations that nobody has used yet."""


@dataclass(frozen=True)
class ShowMember:
    """Show me one of us and what she may do."""

    member_id: int


@dataclass(frozen=True)
class InviteMember:
    """Let someone join in this role, by a link; with `phone` (E.164) only who has that number."""

    role: str
    phone: str | None = None
    name: str | None = None


@dataclass(frozen=True)
class RevokeInvite:
    """Take an invitation back before it is used."""

    invite_id: int


@dataclass(frozen=True)
class JoinTeam:
    """Yes, I join those who invited me."""

    invite_id: int


@dataclass(frozen=True)
class ChangeRole:
    """Let one of us do more, or less."""

    member_id: int
    role: str


@dataclass(frozen=True)
class SetLimits:
    """What one of us may do without asking an owner; None is no limit.

    `most_discount` is in percent; `may_void` None is as her role has it.
    """

    member_id: int
    most_invoice: Money | None
    most_discount: Decimal | None
    may_void: bool | None


@dataclass(frozen=True)
class RemoveMember:
    """One of us works here no longer."""

    member_id: int


@dataclass(frozen=True)
class RecoverMember:
    """One of us lost her phone: give me a code with which her new chat becomes hers."""

    member_id: int


@dataclass(frozen=True)
class ShowApprovals:
    """Show me the next draft that waits for an owner's yes, after the one with this id."""

    after_id: int = 0


@dataclass(frozen=True)
class ApproveInvoice:
    """Send what a member may not send by herself."""

    approval_id: int


@dataclass(frozen=True)
class RefuseInvoice:
    """Do not send it; it stays a draft."""

    approval_id: int


@dataclass(frozen=True)
class SwitchBusiness:
    """From now on I speak for another of my businesses."""

    merchant_id: int
