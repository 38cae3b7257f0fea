"""Credit notes: what a merchant takes back of an invoice, under a number of its own; never changed."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import (
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    Numeric,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, id_column, made_at_column, tenant_column
from models.money import Money


class CreditNoteLine(Base):
    """One position: of the invoice's line `invoice_position`, or an amount in words of its own."""

    __tablename__ = "credit_note_lines"
    __table_args__ = (
        ForeignKeyConstraint(
            ["merchant_id", "credit_note_id"], ["credit_notes.merchant_id", "credit_notes.id"]
        ),
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("unit_price_minor >= 0", name="unit_price"),
        CheckConstraint("amount_minor = round(quantity * unit_price_minor)", name="amount"),
        CheckConstraint("length(description) BETWEEN 1 AND 500", name="description"),
    )

    merchant_id: Mapped[int] = tenant_column()
    credit_note_id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    invoice_position: Mapped[int | None]
    description: Mapped[str]
    quantity: Mapped[Decimal] = mapped_column(Numeric(14, 4))
    unit_price_minor: Mapped[int]
    amount_minor: Mapped[int]


class CreditNote(Base):
    """What is taken back of one invoice; the adjustment that names it lowers the balance.

    `freed_minor` is the part that had been paid already and became the client's credit.
    """

    __tablename__ = "credit_notes"
    __table_args__ = (
        ForeignKeyConstraint(
            ["merchant_id", "invoice_id"], ["invoices.merchant_id", "invoices.id"]
        ),
        ForeignKeyConstraint(["merchant_id", "client_id"], ["clients.merchant_id", "clients.id"]),
        UniqueConstraint("merchant_id", "number"),
        Index("ix_credit_notes_merchant_id_invoice_id", "merchant_id", "invoice_id"),
        Index(
            "ix_credit_notes_merchant_id_client_id_issued_on",
            "merchant_id",
            "client_id",
            "issued_on",
        ),
        CheckConstraint("total_minor > 0 AND tax_minor >= 0", name="sums"),
        CheckConstraint("discount_minor BETWEEN 0 AND subtotal_minor", name="discount"),
        CheckConstraint("freed_minor BETWEEN 0 AND total_minor", name="freed"),
    )

    merchant_id: Mapped[int] = tenant_column()
    id: Mapped[int] = id_column()
    invoice_id: Mapped[int]
    client_id: Mapped[int]
    number: Mapped[int]
    number_text: Mapped[str]
    currency: Mapped[str]
    issued_on: Mapped[date]
    subtotal_minor: Mapped[int]
    discount_minor: Mapped[int]
    tax_minor: Mapped[int]
    total_minor: Mapped[int]
    freed_minor: Mapped[int]
    reason: Mapped[str | None]
    made_by: Mapped[int | None]
    made_at: Mapped[datetime] = made_at_column()

    lines: Mapped[list[CreditNoteLine]] = relationship(
        order_by=CreditNoteLine.position, lazy="select", cascade="all, delete-orphan"
    )

    @property
    def total(self) -> Money:
        """What is taken back."""
        return Money(self.total_minor, self.currency)

    @property
    def freed(self) -> Money:
        """What had been paid of it and is the client's credit now."""
        return Money(self.freed_minor, self.currency)
