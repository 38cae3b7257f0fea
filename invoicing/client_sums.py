"""What a client owes and has to her credit, by currency, with all that was merged into her."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from invoicing import allocation, clients
from models import db
from models.invoices import Invoice, Status
from models.money import Money


@dataclass(frozen=True)
class ClientSums:
    """Nothing is listed that is zero; one amount a currency."""

    owed: tuple[Money, ...]
    credit: tuple[Money, ...]


def of(session: Session, client_id: int) -> ClientSums:
    """Owed on open invoices, and money of hers that is booked nowhere; two statements."""
    owed = Invoice.total_minor - Invoice.paid_minor - Invoice.adjusted_minor
    rows = session.execute(
        sa.select(Invoice.currency, sa.cast(sa.func.sum(owed), sa.BigInteger))
        .where(
            Invoice.merchant_id == db.merchant_id(session),
            Invoice.client_id.in_(clients.family(session, client_id)),
            Invoice.series == "invoice",
            Invoice.status == Status.ISSUED,
        )
        .group_by(Invoice.currency)
        .order_by(Invoice.currency)
    )
    credit = allocation.credit(session, client_id)
    return ClientSums(
        tuple(Money(amount, currency) for currency, amount in rows if amount),
        tuple(Money(amount, currency) for currency, amount in sorted(credit.items())),
    )
