"""What must be told to someone (notices), what happened (audit), and what was already uploaded."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, id_column, made_at_column, tenant_column


class Notice(Base):
    """A fact someone must be told, once; it carries ids and no words."""

    __tablename__ = "notices"
    __table_args__ = (
        ForeignKeyConstraint(["merchant_id"], ["merchants.id"]),
        UniqueConstraint("merchant_id", "dedupe_key"),
        Index("ix_notices_untold", "merchant_id", "id", postgresql_where=text("told_at IS NULL")),
        Index("ix_notices_merchant_id_invoice_id", "merchant_id", "invoice_id"),
        CheckConstraint("audience IN ('member','client')", name="audience"),
    )

    merchant_id: Mapped[int] = tenant_column()
    id: Mapped[int] = id_column()
    kind: Mapped[str]
    audience: Mapped[str]
    dedupe_key: Mapped[str]
    invoice_id: Mapped[int | None]
    payment_id: Mapped[int | None]
    attempt_id: Mapped[int | None]
    contact_id: Mapped[int | None]
    facts: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    told_at: Mapped[datetime | None]
    skipped: Mapped[str | None]
    made_at: Mapped[datetime] = made_at_column()


class Viewer(Base):
    """Someone who opened an invoice's link in a chat: its viewer and payer, of this invoice only."""

    __tablename__ = "viewers"
    __table_args__ = (
        ForeignKeyConstraint(
            ["merchant_id", "invoice_id"], ["invoices.merchant_id", "invoices.id"]
        ),
        ForeignKeyConstraint(["contact_id"], ["contacts.id"]),
    )

    merchant_id: Mapped[int] = tenant_column()
    invoice_id: Mapped[int] = mapped_column(primary_key=True)
    contact_id: Mapped[int] = mapped_column(primary_key=True)
    made_at: Mapped[datetime] = made_at_column()


class Reminder(Base):
    """A reminder step of an invoice that was done or skipped: once each, with the reason (I-10)."""

    __tablename__ = "reminders"
    __table_args__ = (
        ForeignKeyConstraint(
            ["merchant_id", "invoice_id"], ["invoices.merchant_id", "invoices.id"]
        ),
        CheckConstraint("audience IN ('member','client')", name="audience"),
        CheckConstraint(
            "(sent_at IS NULL) <> (skipped_at IS NULL)"
            " AND (skipped_at IS NULL OR reason IS NOT NULL)",
            name="sent_or_skipped",
        ),
    )

    merchant_id: Mapped[int] = tenant_column()
    invoice_id: Mapped[int] = mapped_column(primary_key=True)
    step: Mapped[str] = mapped_column(primary_key=True)
    audience: Mapped[str] = mapped_column(primary_key=True)
    sent_at: Mapped[datetime | None]
    skipped_at: Mapped[datetime | None]
    reason: Mapped[str | None]


class Audit(Base):
    """One change of state, told in ids; plain inserts, sealed into a chain afterwards (I-24)."""

    __tablename__ = "audit"
    __table_args__ = (
        ForeignKeyConstraint(["merchant_id"], ["merchants.id"]),
        Index("ix_audit_merchant_id_invoice_id", "merchant_id", "invoice_id"),
    )

    merchant_id: Mapped[int] = tenant_column()
    id: Mapped[int] = id_column()
    action: Mapped[str]
    person_id: Mapped[int | None]
    invoice_id: Mapped[int | None]
    facts: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    made_at: Mapped[datetime] = made_at_column()


class AuditSeal(Base):
    """The link of one audit row in its merchant's hash chain, written by the sealer."""

    __tablename__ = "audit_seals"
    __table_args__ = (
        ForeignKeyConstraint(["merchant_id", "audit_id"], ["audit.merchant_id", "audit.id"]),
        UniqueConstraint("merchant_id", "audit_id"),
    )

    merchant_id: Mapped[int] = tenant_column()
    position: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int]
    previous_hash: Mapped[bytes] = mapped_column(LargeBinary)
    hash: Mapped[bytes] = mapped_column(LargeBinary)


class SentDocument(Base):
    """A document the channel already has, so that it need not be made and uploaded again."""

    __tablename__ = "sent_documents"
    __table_args__ = (ForeignKeyConstraint(["merchant_id"], ["merchants.id"]),)

    merchant_id: Mapped[int] = tenant_column()
    channel: Mapped[str] = mapped_column(primary_key=True)
    document: Mapped[str] = mapped_column(primary_key=True)
    subject_id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(primary_key=True)
    file_id: Mapped[str]
    made_at: Mapped[datetime] = made_at_column()
