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
    LargeBinary,
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
    """A business that issues invoices; its id is drawn and set before its first insert.

    `terms` is when an invoice is due unless said otherwise: days, or `month_end`. `logo` is the
    digest of a picture in `logos`, `design` one of `documents.designs`. `trusted_at`: no daily
    limit any more. `paused_at`: nothing goes to her clients until the operator decides; reports of
    fraud older than `reviewed_at` count no longer.
    """

    __tablename__ = "merchants"
    __table_args__ = (
        CheckConstraint("tax_rate >= 0 AND tax_rate < 100", name="tax_rate"),
        CheckConstraint("terms IN ('0','7','14','30','month_end')", name="terms"),
    )

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
    footer: Mapped[str | None]
    city: Mapped[str | None]
    email: Mapped[str | None]
    contact: Mapped[str | None]
    default_note: Mapped[str | None]
    pay_note: Mapped[str | None]
    terms: Mapped[str] = mapped_column(server_default="7")
    design: Mapped[str] = mapped_column(server_default="classic")
    logo: Mapped[str | None]
    ways_to_pay: Mapped[list[Any]] = mapped_column(server_default=text("'[]'"))
    settings: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    trusted_at: Mapped[datetime | None]
    paused_at: Mapped[datetime | None]
    reviewed_at: Mapped[datetime | None]
    made_at: Mapped[datetime] = made_at_column()


class Member(Base):
    """A person of a merchant and the role she has; written by owners only (DF-34).

    `hears` holds her own switches: what she wants to be told of, by kind. The limits are her own
    too: what she may send without asking an owner (None: anything), whether she may void (None:
    as her role).
    """

    __tablename__ = "members"
    __table_args__ = (
        ForeignKeyConstraint(["merchant_id"], ["merchants.id"]),
        ForeignKeyConstraint(["person_id"], ["people.id"]),
        UniqueConstraint("merchant_id", "person_id"),
        CheckConstraint("role IN ('owner','manager','cashier','viewer')", name="role"),
        CheckConstraint("most_invoice_minor > 0", name="most_invoice_minor"),
        CheckConstraint("most_discount BETWEEN 0 AND 100", name="most_discount"),
    )

    merchant_id: Mapped[int] = tenant_column()
    id: Mapped[int] = id_column()
    person_id: Mapped[int]
    role: Mapped[str]
    most_invoice_minor: Mapped[int | None]
    most_discount: Mapped[Decimal | None] = mapped_column(Numeric(7, 4))
    may_void: Mapped[bool | None]
    hears: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    made_at: Mapped[datetime] = made_at_column()


class Logo(Base):
    """A business's picture by what it holds, for good: papers that went out with it keep it."""

    __tablename__ = "logos"
    __table_args__ = (ForeignKeyConstraint(["merchant_id"], ["merchants.id"]),)

    merchant_id: Mapped[int] = tenant_column()
    digest: Mapped[str] = mapped_column(primary_key=True)
    picture: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = made_at_column()


class Client(Base):
    """Whom a merchant bills; archived or blocked, deleted only if never billed (DF-24).

    One who turned out to be another client stays as the other's second row (`merged_into_id`): her
    invoices keep their client, and whoever looks her up finds the other. A phone is one client's.
    """

    __tablename__ = "clients"
    __table_args__ = (
        ForeignKeyConstraint(["merchant_id"], ["merchants.id"]),
        ForeignKeyConstraint(["contact_id"], ["contacts.id"]),
        ForeignKeyConstraint(
            ["merchant_id", "merged_into_id"], ["clients.merchant_id", "clients.id"]
        ),
        Index(
            "uq_clients_merchant_id_phone",
            "merchant_id",
            "phone",
            unique=True,
            postgresql_where=text("phone IS NOT NULL"),
        ),
        Index(
            "ix_clients_merged_into_id",
            "merchant_id",
            "merged_into_id",
            postgresql_where=text("merged_into_id IS NOT NULL"),
        ),
        Index("ix_clients_merchant_id_name", "merchant_id", func.lower(text("name"))),
        Index("ix_clients_merchant_id_billed_at", "merchant_id", "billed_at"),
        CheckConstraint("status IN ('active','archived','blocked')", name="status"),
        CheckConstraint("length(name) BETWEEN 1 AND 120", name="name"),
        CheckConstraint(
            "merged_into_id IS NULL OR (status = 'archived' AND merged_into_id <> id)",
            name="merged",
        ),
    )

    merchant_id: Mapped[int] = tenant_column()
    id: Mapped[int] = id_column()
    name: Mapped[str]
    company: Mapped[str | None]
    contact_person: Mapped[str | None]
    phone: Mapped[str | None]
    email: Mapped[str | None]
    address: Mapped[str | None]
    notes: Mapped[str | None]
    language: Mapped[str | None]
    contact_id: Mapped[int | None]
    status: Mapped[str] = mapped_column(server_default="active")
    reminders_off: Mapped[bool] = mapped_column(server_default=text("false"))
    billed_at: Mapped[datetime | None]
    archived_at: Mapped[datetime | None]
    merged_into_id: Mapped[int | None]
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
