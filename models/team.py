"""A merchant's team on paper: who was invited to it, and which invoices wait for an owner's yes."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, Numeric, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, id_column, made_at_column, tenant_column


class Invite(Base):
    """An open door for one person in one role, for two days; its token is kept only as a hash.

    With `phone` (E.164) it opens for that number alone, which the channel must vouch for.
    """

    __tablename__ = "invites"
    __table_args__ = (
        ForeignKeyConstraint(["merchant_id"], ["merchants.id"]),
        ForeignKeyConstraint(["made_by"], ["people.id"]),
        ForeignKeyConstraint(["used_by"], ["people.id"]),
        CheckConstraint("role IN ('owner','manager','cashier','viewer')", name="role"),
        CheckConstraint("(used_at IS NULL) = (used_by IS NULL)", name="used"),
        Index(
            "ix_invites_open",
            "merchant_id",
            "id",
            postgresql_where=text("used_at IS NULL AND revoked_at IS NULL"),
        ),
    )

    merchant_id: Mapped[int] = tenant_column()
    id: Mapped[int] = id_column()
    role: Mapped[str]
    name: Mapped[str | None]
    phone: Mapped[str | None]
    made_by: Mapped[int]
    made_at: Mapped[datetime] = made_at_column()
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    used_by: Mapped[int | None]
    revoked_at: Mapped[datetime | None]


class Approval(Base):
    """A draft that its maker may not send by herself, and what an owner said to it, once.

    `total_minor` and `discount_percent` are what the owner was shown. It goes with its draft.
    """

    __tablename__ = "approvals"
    __table_args__ = (
        ForeignKeyConstraint(
            ["merchant_id", "invoice_id"],
            ["invoices.merchant_id", "invoices.id"],
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(["asked_by"], ["people.id"]),
        ForeignKeyConstraint(["decided_by"], ["people.id"]),
        CheckConstraint("state IN ('waiting','approved','refused')", name="state"),
        CheckConstraint("(state = 'waiting') = (decided_at IS NULL)", name="decided"),
        Index("ix_approvals_merchant_id_invoice_id", "merchant_id", "invoice_id"),
    )

    merchant_id: Mapped[int] = tenant_column()
    id: Mapped[int] = id_column()
    invoice_id: Mapped[int]
    asked_by: Mapped[int]
    contact_id: Mapped[int]
    total_minor: Mapped[int]
    discount_percent: Mapped[Decimal | None] = mapped_column(Numeric(7, 4))
    state: Mapped[str] = mapped_column(server_default="waiting")
    decided_by: Mapped[int | None]
    made_at: Mapped[datetime] = made_at_column()
    decided_at: Mapped[datetime | None]
