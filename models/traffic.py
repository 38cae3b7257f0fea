"""What was said to us and what we say: inbound rows (once each), outbound rows (history and queue)."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Identity,
    Index,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, made_at_column


class Inbound(Base):
    """One message or tap as it came; unique by delivery and by what it says (I-9, C-12)."""

    __tablename__ = "inbound"
    __table_args__ = (
        UniqueConstraint("channel", "delivery_key"),
        UniqueConstraint("channel", "said_key"),
        Index("ix_inbound_received_at", "received_at", postgresql_using="brin"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    channel: Mapped[str]
    address: Mapped[str]
    delivery_key: Mapped[str]
    said_key: Mapped[str]
    kind: Mapped[str]
    body: Mapped[dict[str, Any]]
    received_at: Mapped[datetime] = made_at_column()
    outcome: Mapped[str | None]


class Delivery(StrEnum):
    """How far an outbound row has come; from `sent` on it only rises (I-18)."""

    WAITING = "waiting"
    HELD = "held"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"
    DROPPED = "dropped"


class Outbound(Base):
    """One thing to say to a contact: message history, delivery state and queue in one row.

    `body` is a neutral prompt without a language. `asked_key` and `digest` bind its buttons to the
    question they belong to; `consumed_at` is set by the first press that counted. `invoice_id` says
    which invoice it is about where nobody asked for it. `pieces_sent`: of words that need several
    messages, so many went out before one did not. `doubts`: 1 if it may have been sent without our
    knowing, 2 while it is sent once more on a channel that cannot be asked.
    """

    __tablename__ = "outbound"
    __table_args__ = (
        Index(
            "uq_outbound_notice_id_contact_id",
            "notice_id",
            "contact_id",
            unique=True,
            postgresql_where=text("notice_id IS NOT NULL"),
        ),
        Index("ix_outbound_due", "contact_id", "id", postgresql_where=text("status = 'waiting'")),
        Index("ix_outbound_held", "contact_id", postgresql_where=text("status = 'held'")),
        Index("ix_outbound_made_at", "made_at", postgresql_using="brin"),
        Index(
            "ix_outbound_invoice",
            "merchant_id",
            "invoice_id",
            postgresql_where=text("invoice_id IS NOT NULL"),
        ),
        Index(
            "uq_outbound_provider_id",
            "contact_id",
            "provider_id",
            unique=True,
            postgresql_where=text("provider_id IS NOT NULL"),
        ),
        CheckConstraint(
            "status IN ('waiting','held','sent','delivered','read','failed','dropped')",
            name="status",
        ),
        CheckConstraint("purpose IN ('reply','proactive')", name="purpose"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id"))
    merchant_id: Mapped[int | None]
    inbound_id: Mapped[int | None]
    notice_id: Mapped[int | None]
    invoice_id: Mapped[int | None]
    purpose: Mapped[str]
    body: Mapped[dict[str, Any]]
    asked_key: Mapped[str | None]
    digest: Mapped[str | None]
    consumed_at: Mapped[datetime | None]
    edits_id: Mapped[int | None]
    status: Mapped[str] = mapped_column(server_default="waiting")
    not_before: Mapped[datetime]
    tries: Mapped[int] = mapped_column(server_default="0")
    doubts: Mapped[int] = mapped_column(server_default="0")
    pieces_sent: Mapped[int] = mapped_column(server_default="0")
    provider_id: Mapped[str | None]
    error_code: Mapped[str | None]
    sent_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]
    made_at: Mapped[datetime] = made_at_column()
