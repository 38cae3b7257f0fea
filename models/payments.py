"""Money: tries to collect it, money that arrived, and the parts of it booked on invoices."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

import models.credit_notes  # noqa: F401 - an adjustment may name one
from models.base import Base, id_column, made_at_column, tenant_column
from models.money import Money


class AttemptState(StrEnum):
    """A try to collect; success is absorbing, and wins from any state however late (I-6)."""

    CREATED = "created"
    SUBMITTING = "submitting"
    PENDING = "pending"
    UNKNOWN = "unknown"
    REJECTED = "rejected"
    FAILED = "failed"
    EXPIRED = "expired"
    SUCCEEDED = "succeeded"


OPEN_STATES = (
    AttemptState.CREATED,
    AttemptState.SUBMITTING,
    AttemptState.PENDING,
    AttemptState.UNKNOWN,
)


class Attempt(Base):
    """One try to collect an amount from a payer; the row exists before the gateway is called."""

    __tablename__ = "attempts"
    __table_args__ = (
        ForeignKeyConstraint(
            ["merchant_id", "invoice_id"], ["invoices.merchant_id", "invoices.id"]
        ),
        UniqueConstraint("reference"),
        Index(
            "uq_attempts_nonce",
            "merchant_id",
            "invoice_id",
            "nonce",
            unique=True,
            postgresql_where=text("nonce IS NOT NULL"),
        ),
        Index(
            "uq_attempts_gateway_handle",
            "gateway",
            "handle",
            unique=True,
            postgresql_where=text("handle IS NOT NULL"),
        ),
        Index("ix_attempts_merchant_id_invoice_id_id", "merchant_id", "invoice_id", "id"),
        CheckConstraint(
            "state IN ('created','submitting','pending','unknown','rejected','failed','expired',"
            "'succeeded')",
            name="state",
        ),
        CheckConstraint("amount_minor > 0", name="amount"),
    )

    merchant_id: Mapped[int] = tenant_column()
    id: Mapped[int] = id_column()
    invoice_id: Mapped[int]
    gateway: Mapped[str]
    reference: Mapped[str]
    amount_minor: Mapped[int]
    currency: Mapped[str]
    phone: Mapped[str | None]
    destination: Mapped[str]
    contact_id: Mapped[int | None]
    nonce: Mapped[str | None]
    state: Mapped[str] = mapped_column(server_default="created")
    handle: Mapped[str | None]
    second_handle: Mapped[str | None]
    result_code: Mapped[str | None]
    redirect_url: Mapped[str | None]
    needs_review: Mapped[str | None]
    queries: Mapped[int] = mapped_column(server_default="0")
    made_at: Mapped[datetime] = made_at_column()
    submitted_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    @property
    def amount(self) -> Money:
        """What the payer is asked for."""
        return Money(self.amount_minor, self.currency)


class Payment(Base):
    """Money that arrived, whoever brought the news; UNIQUE per provider receipt (I-8)."""

    __tablename__ = "payments"
    __table_args__ = (
        ForeignKeyConstraint(["merchant_id"], ["merchants.id"]),
        ForeignKeyConstraint(
            ["merchant_id", "attempt_id"], ["attempts.merchant_id", "attempts.id"]
        ),
        ForeignKeyConstraint(["merchant_id", "client_id"], ["clients.merchant_id", "clients.id"]),
        UniqueConstraint("merchant_id", "attempt_id"),
        Index(
            "uq_payments_provider_receipt",
            "provider",
            "receipt",
            unique=True,
            postgresql_where=text("receipt IS NOT NULL"),
        ),
        Index("ix_payments_merchant_id_id", "merchant_id", "id"),
        Index(
            "ix_payments_unowned",
            "merchant_id",
            "id",
            postgresql_where=text("client_id IS NULL AND reversed_at IS NULL"),
        ),
        Index("ix_payments_merchant_id_client_id", "merchant_id", "client_id"),
        CheckConstraint("amount_minor > 0", name="amount"),
        CheckConstraint(
            "confirmation IN ('asked','confirmed','denied','kept')", name="confirmation"
        ),
        CheckConstraint(
            "method IN ('mpesa','airtel','card','bank','cash','cheque','gateway','credit','other')",
            name="method",
        ),
    )

    merchant_id: Mapped[int] = tenant_column()
    id: Mapped[int] = id_column()
    attempt_id: Mapped[int | None]
    client_id: Mapped[int | None]
    provider: Mapped[str]
    source: Mapped[str]
    receipt: Mapped[str | None]
    method: Mapped[str]
    amount_minor: Mapped[int]
    currency: Mapped[str]
    account: Mapped[str | None]
    payer_name: Mapped[str | None]
    payer_phone: Mapped[str | None]
    paid_at: Mapped[datetime]
    note: Mapped[str | None]
    recorded_by: Mapped[int | None]
    event_id: Mapped[int | None]
    needs_review: Mapped[str | None]
    reversed_at: Mapped[datetime | None]
    confirmation: Mapped[str | None]
    confirmation_at: Mapped[datetime | None]
    made_at: Mapped[datetime] = made_at_column()

    @property
    def amount(self) -> Money:
        """What arrived."""
        return Money(self.amount_minor, self.currency)


class Allocation(Base):
    """The part of a payment that settles an invoice; released, never deleted."""

    __tablename__ = "allocations"
    __table_args__ = (
        ForeignKeyConstraint(
            ["merchant_id", "payment_id"], ["payments.merchant_id", "payments.id"]
        ),
        ForeignKeyConstraint(
            ["merchant_id", "invoice_id"], ["invoices.merchant_id", "invoices.id"]
        ),
        Index("ix_allocations_merchant_id_invoice_id", "merchant_id", "invoice_id"),
        Index("ix_allocations_merchant_id_payment_id", "merchant_id", "payment_id"),
        CheckConstraint("amount_minor > 0", name="amount"),
    )

    merchant_id: Mapped[int] = tenant_column()
    id: Mapped[int] = id_column()
    payment_id: Mapped[int]
    invoice_id: Mapped[int]
    amount_minor: Mapped[int]
    released_at: Mapped[datetime | None]
    made_at: Mapped[datetime] = made_at_column()


class Refund(Base):
    """Money given back of a payment: what is left of it to book is less by this; never changed."""

    __tablename__ = "refunds"
    __table_args__ = (
        ForeignKeyConstraint(
            ["merchant_id", "payment_id"], ["payments.merchant_id", "payments.id"]
        ),
        Index("ix_refunds_merchant_id_payment_id", "merchant_id", "payment_id"),
        CheckConstraint("amount_minor > 0", name="amount"),
        CheckConstraint("method IN ('mpesa','cash','bank','cheque','other')", name="method"),
    )

    merchant_id: Mapped[int] = tenant_column()
    id: Mapped[int] = id_column()
    payment_id: Mapped[int]
    amount_minor: Mapped[int]
    method: Mapped[str]
    reference: Mapped[str | None]
    note: Mapped[str | None]
    given_at: Mapped[datetime]
    recorded_by: Mapped[int | None]
    made_at: Mapped[datetime] = made_at_column()


class PayerAlias(Base):
    """Whose money a payer's number (hashed, masked or plain) or name once was (F-5)."""

    __tablename__ = "payer_aliases"
    __table_args__ = (
        ForeignKeyConstraint(["merchant_id", "client_id"], ["clients.merchant_id", "clients.id"]),
        ForeignKeyConstraint(
            ["merchant_id", "payment_id"], ["payments.merchant_id", "payments.id"]
        ),
        Index("ix_payer_aliases_merchant_id_payment_id", "merchant_id", "payment_id"),
    )

    merchant_id: Mapped[int] = tenant_column()
    key_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    client_id: Mapped[int]
    payment_id: Mapped[int]
    made_at: Mapped[datetime] = made_at_column()


class Adjustment(Base):
    """What lowers a balance without being money: rounding, a credit, a write-off.

    Rounding that no longer holds and a write-off that was undone are taken back by a row with the
    opposite sign.
    """

    __tablename__ = "adjustments"
    __table_args__ = (
        ForeignKeyConstraint(
            ["merchant_id", "invoice_id"], ["invoices.merchant_id", "invoices.id"]
        ),
        ForeignKeyConstraint(
            ["merchant_id", "credit_note_id"], ["credit_notes.merchant_id", "credit_notes.id"]
        ),
        UniqueConstraint("merchant_id", "credit_note_id"),
        Index("ix_adjustments_merchant_id_invoice_id", "merchant_id", "invoice_id"),
        CheckConstraint("kind IN ('rounding','credit','write_off')", name="kind"),
        CheckConstraint(
            "amount_minor > 0 OR (kind <> 'credit' AND amount_minor < 0)", name="amount"
        ),
        CheckConstraint("kind <> 'rounding' OR abs(amount_minor) < 100", name="rounding_is_small"),
        CheckConstraint("credit_note_id IS NULL OR kind = 'credit'", name="note_of_a_credit"),
    )

    merchant_id: Mapped[int] = tenant_column()
    id: Mapped[int] = id_column()
    invoice_id: Mapped[int]
    kind: Mapped[str]
    amount_minor: Mapped[int]
    credit_note_id: Mapped[int | None]
    reason: Mapped[str | None]
    made_by: Mapped[int | None]
    made_at: Mapped[datetime] = made_at_column()
