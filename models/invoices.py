"""Invoices and their lines: what was billed, to whom, and what is still owed.

What was paid, credited and rounded is never stored beside the invoice but summed from the rows
that say so (I-2); `settled_at` alone remembers when the balance reached zero, so that sweeps and
lists of open invoices have an index to walk.
"""

from datetime import date, datetime
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
    UniqueConstraint,
    and_,
    cast,
    func,
    select,
    text,
)
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

import models.quotes  # noqa: F401 - an invoice may come from one
from models.base import Base, id_column, made_at_column, tenant_column
from models.merchants import Client
from models.money import EXPONENTS, Money
from models.payments import Adjustment, Allocation


class Status(StrEnum):
    """What is stored of an invoice's life."""

    DRAFT = "draft"
    ISSUED = "issued"
    VOID = "void"


class Shown(StrEnum):
    """What people see, in order of precedence: void > paid > overdue > partly_paid > sent."""

    DRAFT = "draft"
    SENT = "sent"
    PARTLY_PAID = "partly_paid"
    OVERDUE = "overdue"
    PAID = "paid"
    VOID = "void"


class InvoiceLine(Base):
    """One position; its amount is computed from quantity and price, never typed (DF-17)."""

    __tablename__ = "invoice_lines"
    __table_args__ = (
        ForeignKeyConstraint(
            ["merchant_id", "invoice_id"], ["invoices.merchant_id", "invoices.id"]
        ),
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("unit_price_minor >= 0", name="unit_price"),
        CheckConstraint("amount_minor = round(quantity * unit_price_minor)", name="amount"),
        CheckConstraint("length(description) BETWEEN 1 AND 500", name="description"),
        CheckConstraint("discount_minor BETWEEN 0 AND amount_minor", name="discount"),
    )

    merchant_id: Mapped[int] = tenant_column()
    invoice_id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    description: Mapped[str]
    quantity: Mapped[Decimal] = mapped_column(Numeric(14, 4))
    unit_price_minor: Mapped[int]
    amount_minor: Mapped[int]
    discount_minor: Mapped[int] = mapped_column(server_default="0")
    discount_percent: Mapped[Decimal | None] = mapped_column(Numeric(7, 4))
    tax_rate: Mapped[Decimal | None] = mapped_column(Numeric(7, 4))


class Invoice(Base):
    """A bill. From `issued` on its words and sums are frozen by a trigger (I-12)."""

    __tablename__ = "invoices"
    __table_args__ = (
        ForeignKeyConstraint(["merchant_id"], ["merchants.id"]),
        ForeignKeyConstraint(["merchant_id", "client_id"], ["clients.merchant_id", "clients.id"]),
        UniqueConstraint("merchant_id", "series", "number"),
        UniqueConstraint("account_code"),
        Index(
            "ix_invoices_open",
            "merchant_id",
            "due_on",
            "id",
            postgresql_where=text("status = 'issued' AND settled_at IS NULL"),
        ),
        Index("ix_invoices_merchant_id_id", "merchant_id", "id"),
        Index("ix_invoices_merchant_id_client_id_id", "merchant_id", "client_id", "id"),
        CheckConstraint("status IN ('draft','issued','void')", name="status"),
        Index(
            "ix_invoices_merchant_id_revises_id",
            "merchant_id",
            "revises_id",
            postgresql_where=text("revises_id IS NOT NULL"),
        ),
        Index(
            "ix_invoices_merchant_id_quote_id",
            "merchant_id",
            "quote_id",
            postgresql_where=text("quote_id IS NOT NULL"),
        ),
        ForeignKeyConstraint(
            ["merchant_id", "revises_id"], ["invoices.merchant_id", "invoices.id"]
        ),
        ForeignKeyConstraint(["merchant_id", "quote_id"], ["quotes.merchant_id", "quotes.id"]),
        CheckConstraint("series = 'invoice'", name="series"),
        CheckConstraint(
            "deposit_minor IS NULL OR (deposit_minor > 0 AND deposit_minor < total_minor)",
            name="deposit",
        ),
        CheckConstraint("discount_minor BETWEEN 0 AND subtotal_minor", name="discount"),
        CheckConstraint("tax_minor >= 0 AND total_minor >= 0", name="sums"),
        CheckConstraint(
            "total_minor = subtotal_minor - discount_minor"
            " + CASE WHEN tax_inclusive THEN 0 ELSE tax_minor END",
            name="total",
        ),
        CheckConstraint(
            "status = 'draft' OR (number IS NOT NULL AND issued_on IS NOT NULL"
            " AND due_on IS NOT NULL AND parties IS NOT NULL)",
            name="issued_is_complete",
        ),
        CheckConstraint("status <> 'draft' OR number IS NULL", name="draft_has_no_number"),
    )

    merchant_id: Mapped[int] = tenant_column()
    id: Mapped[int] = id_column()
    client_id: Mapped[int]
    series: Mapped[str] = mapped_column(server_default="invoice")
    number: Mapped[int | None]
    number_text: Mapped[str | None]
    status: Mapped[str] = mapped_column(server_default="draft")
    currency: Mapped[str]
    language: Mapped[str] = mapped_column(server_default="en")
    issued_on: Mapped[date | None]
    due_on: Mapped[date | None]
    subtotal_minor: Mapped[int]
    discount_minor: Mapped[int] = mapped_column(server_default="0")
    discount_percent: Mapped[Decimal | None] = mapped_column(Numeric(7, 4))
    tax_label: Mapped[str | None]
    tax_rate: Mapped[Decimal | None] = mapped_column(Numeric(7, 4))
    tax_inclusive: Mapped[bool] = mapped_column(server_default=text("false"))
    tax_rounding: Mapped[str] = mapped_column(server_default="total")
    tax_minor: Mapped[int] = mapped_column(server_default="0")
    total_minor: Mapped[int]
    deposit_minor: Mapped[int | None]
    revises_id: Mapped[int | None]
    quote_id: Mapped[int | None]
    note: Mapped[str | None]
    terms: Mapped[str | None]
    pay_note: Mapped[str | None]
    parties: Mapped[dict[str, Any] | None]
    account_code: Mapped[str | None]
    token: Mapped[bytes | None] = mapped_column(LargeBinary)
    made_by: Mapped[int | None]
    made_at: Mapped[datetime] = made_at_column()
    issued_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    voided_at: Mapped[datetime | None]
    void_reason: Mapped[str | None]
    disputed_at: Mapped[datetime | None]
    written_off_at: Mapped[datetime | None]
    first_opened_at: Mapped[datetime | None]
    last_opened_at: Mapped[datetime | None]
    reminders_off: Mapped[bool] = mapped_column(server_default=text("false"))
    snoozed_until: Mapped[date | None]

    client: Mapped[Client] = relationship(viewonly=True, lazy="select")
    lines: Mapped[list[InvoiceLine]] = relationship(
        order_by=InvoiceLine.position, lazy="select", cascade="all, delete-orphan"
    )

    paid_minor: Mapped[int] = column_property(
        select(cast(func.coalesce(func.sum(Allocation.amount_minor), 0), BigInteger))
        .where(
            and_(
                Allocation.merchant_id == text("invoices.merchant_id"),
                Allocation.invoice_id == text("invoices.id"),
                Allocation.released_at.is_(None),
            )
        )
        .correlate_except(Allocation)
        .scalar_subquery()
    )
    adjusted_minor: Mapped[int] = column_property(
        select(cast(func.coalesce(func.sum(Adjustment.amount_minor), 0), BigInteger))
        .where(
            and_(
                Adjustment.merchant_id == text("invoices.merchant_id"),
                Adjustment.invoice_id == text("invoices.id"),
            )
        )
        .correlate_except(Adjustment)
        .scalar_subquery()
    )

    @property
    def total(self) -> Money:
        """What was billed."""
        return Money(self.total_minor, self.currency)

    @property
    def paid(self) -> Money:
        """The sum of its allocations that stand."""
        return Money(self.paid_minor, self.currency)

    @property
    def balance(self) -> Money:
        """Total - paid - credited - rounded, never below zero (I-2)."""
        return Money(self.total_minor - self.paid_minor - self.adjusted_minor, self.currency)

    @property
    def deposit_left(self) -> Money:
        """What of the deposit is not paid yet; 0 where none was asked for, or only cents are left.

        A prompt takes no cents, so what is left of them is asked for with the rest.
        """
        left = min((self.deposit_minor or 0) - self.paid_minor, self.balance.amount_minor)
        one = 10 ** EXPONENTS[self.currency]
        return Money(left if left >= one else 0, self.currency)

    def deposit_due(self, today: date) -> Money:
        """What of the deposit is asked for before the rest; 0 once all of it is overdue."""
        return Money.zero(self.currency) if self.is_overdue(today) else self.deposit_left

    def asked_now(self, today: date) -> Money:
        """The deposit while it is not paid and the rest has time yet, otherwise the balance."""
        return self.deposit_due(today) or self.balance

    def is_overdue(self, today: date) -> bool:
        """Overdue from the day after the due day, in the merchant's zone, while owed (I-13)."""
        return (
            self.status == Status.ISSUED
            and self.due_on is not None
            and today > self.due_on
            and self.balance.amount_minor > 0
        )

    def shown(self, today: date) -> Shown:
        """The one status people see on a local day of the merchant."""
        if self.status == Status.DRAFT:
            return Shown.DRAFT
        if self.status == Status.VOID:
            return Shown.VOID
        if not self.balance:
            return Shown.PAID
        if self.is_overdue(today):
            return Shown.OVERDUE
        return Shown.PARTLY_PAID if self.paid_minor else Shown.SENT
