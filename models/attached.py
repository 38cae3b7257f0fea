"""Pictures and papers that a merchant puts with an invoice, for her customer to see."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, id_column, made_at_column, tenant_column

BIGGEST = 5_000_000  # bytes; what every channel takes as a picture or a document


class Attached(Base):
    """One file of an invoice, as it came; kept here, so that it reaches every channel and the page.

    `content` is empty until it was fetched from the channel it came by.
    """

    __tablename__ = "attached"
    __table_args__ = (
        ForeignKeyConstraint(
            ["merchant_id", "invoice_id"], ["invoices.merchant_id", "invoices.id"]
        ),
        Index("ix_attached_merchant_id_invoice_id", "merchant_id", "invoice_id"),
        CheckConstraint("kind IN ('jpg','png','pdf')", name="kind"),
        CheckConstraint(f"octet_length(content) <= {BIGGEST}", name="content"),
    )

    merchant_id: Mapped[int] = tenant_column()
    id: Mapped[int] = id_column()
    invoice_id: Mapped[int]
    kind: Mapped[str]
    name: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    made_by: Mapped[int | None]
    made_at: Mapped[datetime] = made_at_column()
