"""What a client owes and has to her credit, by currency, with all that was merged into her."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from invoicing import allocation, clients
from models import db
from models.invoices import Invoice, Status
from models.money import Money
from models.payments import Adjustment

# What credit notes took back of an invoice: of one that was corrected, all.
CREDITED = (
    sa.select(sa.func.coalesce(sa.func.sum(Adjustment.amount_minor), 0))
    .where(
        Adjustment.merchant_id == Invoice.merchant_id,
        Adjustment.invoice_id == Invoice.id,
        Adjustment.kind == "credit",
    )
    .correlate(Invoice)
    .scalar_subquery()
)


@dataclass(frozen=True)
class ClientSums:
    """Nothing is listed that is zero; one amount a currency.

    `billed` is all that was ever billed and not taken back, with what of it is paid.
    """

    owed: tuple[Money, ...]
    credit: tuple[Money, ...]
    billed: tuple[tuple[Money, Money], ...] = ()


def of(session: Session, client_id: int) -> ClientSums:
    """Owed on open invoices, and money of hers that is booked nowhere; two statements."""
    owed = Invoice.total_minor - Invoice.paid_minor - Invoice.adjusted_minor
    sums = (owed, Invoice.total_minor - CREDITED, Invoice.paid_minor)
    found = session.execute(
        sa.select(Invoice.currency, *(sa.cast(sa.func.sum(one), sa.BigInteger) for one in sums))
        .where(
            Invoice.merchant_id == db.merchant_id(session),
            Invoice.client_id.in_(clients.family(session, client_id)),
            Invoice.series == "invoice",
            Invoice.status == Status.ISSUED,
        )
        .group_by(Invoice.currency)
        .order_by(Invoice.currency)
    )
    rows = [tuple(Money(int(minor), row[0]) for minor in row[1:]) for row in found]
    credit = allocation.credit(session, client_id)
    return ClientSums(
        tuple(left for left, _billed, _paid in rows if left),
        tuple(Money(amount, currency) for currency, amount in sorted(credit.items())),
        tuple((billed, paid) for _left, billed, paid in rows if billed),
    )
