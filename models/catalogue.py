"""What a merchant sells, learned from what she billed: names with the last price of each."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped

from models.base import Base, id_column, made_at_column, tenant_column
from models.money import Money


class CatalogueItem(Base):
    """Goods or work in the words of the last bill; `key` is how they are told apart.

    What is hidden is neither offered nor learned again until it is shown once more.
    """

    __tablename__ = "catalogue"
    __table_args__ = (
        ForeignKeyConstraint(["merchant_id"], ["merchants.id"]),
        UniqueConstraint("merchant_id", "key"),
        Index("ix_catalogue_merchant_id_used_at", "merchant_id", "used_at"),
        CheckConstraint("price_minor >= 0", name="price"),
        CheckConstraint("length(name) BETWEEN 1 AND 500", name="name"),
    )

    merchant_id: Mapped[int] = tenant_column()
    id: Mapped[int] = id_column()
    key: Mapped[str]
    name: Mapped[str]
    currency: Mapped[str]
    price_minor: Mapped[int]
    used_at: Mapped[datetime]
    hidden_at: Mapped[datetime | None]
    made_at: Mapped[datetime] = made_at_column()

    @property
    def price(self) -> Money:
        """For one."""
        return Money(self.price_minor, self.currency)
