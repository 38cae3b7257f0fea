"""Quotes: what something would cost, until when. Nothing is owed on one, paid on it or overdue."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    Numeric,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, id_column, made_at_column, tenant_column
from models.money import Money


class QuoteStatus(StrEnum):
    """What is stored of a quote's life; that it ran out is derived from its day."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class QuoteLine(Base):
    """One position of a quote."""

    __tablename__ = "quote_lines"
    __table_args__ = (
        ForeignKeyConstraint(["merchant_id", "quote_id"], ["quotes.merchant_id", "quotes.id"]),
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("unit_price_minor >= 0", name="unit_price"),
        CheckConstraint("amount_minor = round(quantity * unit_price_minor)", name="amount"),
        CheckConstraint("length(description) BETWEEN 1 AND 500", name="description"),
    )

    merchant_id: Mapped[int] = tenant_column()
    quote_id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    description: Mapped[str]
    quantity: Mapped[Decimal] = mapped_column(Numeric(14, 4))
    unit_price_minor: Mapped[int]
    amount_minor: Mapped[int]


class Quote(Base):
    """An offer with its own number; a table of its own, so that no sum of debts can count it."""

    __tablename__ = "quotes"
    __table_args__ = (
        ForeignKeyConstraint(["merchant_id", "client_id"], ["clients.merchant_id", "clients.id"]),
        UniqueConstraint("merchant_id", "number"),
        Index("ix_quotes_merchant_id_client_id_id", "merchant_id", "client_id", "id"),
        CheckConstraint("status IN ('open','accepted','declined','withdrawn')", name="status"),
        CheckConstraint("discount_minor BETWEEN 0 AND subtotal_minor", name="discount"),
        CheckConstraint("tax_minor >= 0 AND total_minor > 0", name="sums"),
        CheckConstraint(
            "total_minor = subtotal_minor - discount_minor"
            " + CASE WHEN tax_inclusive THEN 0 ELSE tax_minor END",
            name="total",
        ),
        CheckConstraint("valid_until >= issued_on", name="valid_until"),
        CheckConstraint("(status = 'open') = (answered_at IS NULL)", name="answered"),
    )

    merchant_id: Mapped[int] = tenant_column()
    id: Mapped[int] = id_column()
    client_id: Mapped[int]
    number: Mapped[int]
    number_text: Mapped[str]
    status: Mapped[str] = mapped_column(server_default="open")
    currency: Mapped[str]
    language: Mapped[str] = mapped_column(server_default="en")
    issued_on: Mapped[date]
    valid_until: Mapped[date]
    subtotal_minor: Mapped[int]
    discount_minor: Mapped[int] = mapped_column(server_default="0")
    discount_percent: Mapped[Decimal | None] = mapped_column(Numeric(7, 4))
    tax_label: Mapped[str | None]
    tax_rate: Mapped[Decimal | None] = mapped_column(Numeric(7, 4))
    tax_inclusive: Mapped[bool] = mapped_column(server_default=text("false"))
    tax_minor: Mapped[int] = mapped_column(server_default="0")
    total_minor: Mapped[int]
    note: Mapped[str | None]
    parties: Mapped[dict[str, Any]]
    token: Mapped[bytes | None] = mapped_column(LargeBinary)
    made_by: Mapped[int | None]
    made_at: Mapped[datetime] = made_at_column()
    answered_at: Mapped[datetime | None]
    first_opened_at: Mapped[datetime | None]

    lines: Mapped[list[QuoteLine]] = relationship(
        order_by=QuoteLine.position, lazy="select", cascade="all, delete-orphan"
    )

    @property
    def total(self) -> Money:
        """What it would come to."""
        return Money(self.total_minor, self.currency)

    def has_run_out(self, today: date) -> bool:
        """From the day after its last, in the merchant's zone, while nobody has answered."""
        return self.status == QuoteStatus.OPEN and today > self.valid_until
