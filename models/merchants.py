"""Who invoices: merchants, their members, their clients and their gapless numbers."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    Numeric,
    Sequence,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, id_column, made_at_column, tenant_column

MERCHANT_IDS = Sequence("merchant_ids", metadata=Base.metadata)


class Role(StrEnum):
    """What a member may do, from everything to looking."""

    OWNER = "owner"
    MANAGER = "manager"
    CASHIER = "cashier"
    VIEWER = "viewer"


class Merchant(Base):
    """A business that issues invoices; its id is drawn and set before its first insert."""

    __tablename__ = "merchants"
    __table_args__ = (CheckConstraint("tax_rate >= 0 AND tax_rate < 100", name="tax_rate"),)

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    name: Mapped[str]
    country: Mapped[str]
    currency: Mapped[str]
    zone: Mapped[str]
    language: Mapped[str] = mapped_column(server_default="en")
    phone: Mapped[str | None]
    address: Mapped[str | None]
    tax_number: Mapped[str | None]
    tax_label: Mapped[str] = mapped_column(server_default="VAT")
    tax_rate: Mapped[Decimal | None] = mapped_column(Numeric(7, 4))
    tax_inclusive: Mapped[bool] = mapped_column(server_default=text("false"))
    uses_discount: Mapped[bool] = mapped_column(server_default=text("false"))
    terms_days: Mapped[int] = mapped_column(server_default="7")
    invoice_prefix: Mapped[str] = mapped_column(server_default="INV-")
    footer: Mapped[str | None]
    ways_to_pay: Mapped[list[Any]] = mapped_column(server_default=text("'[]'"))
    settings: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    made_at: Mapped[datetime] = made_at_column()


class Member(Base):
    """A person of a merchant and the role she has; written by owners only (DF-34)."""

    __tablename__ = "members"
    __table_args__ = (
        ForeignKeyConstraint(["merchant_id"], ["merchants.id"]),
        ForeignKeyConstraint(["person_id"], ["people.id"]),
        UniqueConstraint("merchant_id", "person_id"),
        CheckConstraint("role IN ('owner','manager','cashier','viewer')", name="role"),
    )

    merchant_id: Mapped[int] = tenant_column()
    id: Mapped[int] = id_column()
    person_id: Mapped[int]
    role: Mapped[str]
    made_at: Mapped[datetime] = made_at_column()


class Client(Base):
    """Whom a merchant bills; archived or blocked, never deleted (DF-24)."""

    __tablename__ = "clients"
    __table_args__ = (
        ForeignKeyConstraint(["merchant_id"], ["merchants.id"]),
        ForeignKeyConstraint(["contact_id"], ["contacts.id"]),
        Index(
            "uq_clients_merchant_id_phone",
            "merchant_id",
            "phone",
            unique=True,
            postgresql_where=text("phone IS NOT NULL AND status = 'active'"),
        ),
        Index("ix_clients_merchant_id_name", "merchant_id", func.lower(text("name"))),
        Index("ix_clients_merchant_id_billed_at", "merchant_id", "billed_at"),
        CheckConstraint("status IN ('active','archived','blocked')", name="status"),
        CheckConstraint("length(name) BETWEEN 1 AND 120", name="name"),
    )

    merchant_id: Mapped[int] = tenant_column()
    id: Mapped[int] = id_column()
    name: Mapped[str]
    phone: Mapped[str | None]
    email: Mapped[str | None]
    language: Mapped[str | None]
    contact_id: Mapped[int | None]
    status: Mapped[str] = mapped_column(server_default="active")
    reminders_off: Mapped[bool] = mapped_column(server_default=text("false"))
    billed_at: Mapped[datetime | None]
    made_at: Mapped[datetime] = made_at_column()


class NumberSeries(Base):
    """The counter of a merchant's documents of one kind; its row lock is the last one taken."""

    __tablename__ = "number_series"
    __table_args__ = (
        ForeignKeyConstraint(["merchant_id"], ["merchants.id"]),
        CheckConstraint("last_number >= 0", name="last_number"),
    )

    merchant_id: Mapped[int] = tenant_column()
    kind: Mapped[str] = mapped_column(primary_key=True)
    prefix: Mapped[str]
    last_number: Mapped[int] = mapped_column(server_default="0")
