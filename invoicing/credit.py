"""What a client has left over, and how it pays her next invoice (F-6, I-3)."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from invoicing import allocation, audit, clients
from models import db
from models.errors import Refusal
from models.invoices import Invoice
from models.money import Money
from models.payments import Allocation, Payment
from models.text import _
from models.told import Audit


def of(session: Session, client_id: int, currency: str) -> Money:
    """A client's credit in one currency."""
    return Money(allocation.credit(session, client_id).get(currency, 0), currency)


def usable(session: Session, invoice: Invoice) -> Money:
    """What of her client's credit an invoice can take now; zero for one that takes nothing."""
    if invoice.status != "issued" or not invoice.balance:
        return Money(0, invoice.currency)
    client_id = clients.get(session, invoice.client_id).id
    return min(of(session, client_id, invoice.currency), invoice.balance)


def use(session: Session, invoice: Invoice, by: int | None) -> Money:
    """Book the client's credit on an invoice, oldest money first; how much it was.

    Raises Refusal: `settled` where nothing is owed, `nothing_left` where there is no credit.
    """
    session.flush()
    standing = allocation.lock(session, [invoice.id])[invoice.id]
    if not standing.takes_money or not standing.balance_minor:
        raise Refusal(_("There is nothing left to pay on this invoice."), "settled")
    used, parts = 0, []
    for payment_id in _lots(session, standing):
        left = allocation.unallocated(session, payment_id)
        if left and standing.balance_minor:
            done = allocation.book(session, payment_id, standing, left)
            used += done.booked_minor
            parts.append(payment_id)
            standing = allocation.lock(session, [invoice.id])[invoice.id]
    if not used:
        raise Refusal(_("There is no credit left to use."), "nothing_left")
    facts = {"amount_minor": used, "payments": parts}
    audit.note(session, "credit.used", person_id=by, invoice_id=invoice.id, facts=facts)
    session.flush()
    session.expire_all()
    return Money(used, standing.currency)


def used_on(session: Session, invoice: Invoice) -> dict[int, int]:
    """The payments whose left-over pays an invoice now, with how much of each, in minor units."""
    if not invoice.paid_minor:
        return {}
    told = sa.select(Audit.facts).where(
        Audit.merchant_id == invoice.merchant_id,
        Audit.invoice_id == invoice.id,
        Audit.action == "credit.used",
    )
    once = {
        payment_id for facts in session.scalars(told) for payment_id in facts.get("payments", ())
    }
    if not once:
        return {}
    rows = session.execute(
        sa.select(Allocation.payment_id, sa.func.sum(Allocation.amount_minor))
        .where(
            Allocation.merchant_id == invoice.merchant_id,
            Allocation.invoice_id == invoice.id,
            Allocation.payment_id.in_(once),
            Allocation.released_at.is_(None),
        )
        .group_by(Allocation.payment_id)
        .order_by(Allocation.payment_id)
    )
    return {payment_id: int(amount) for payment_id, amount in rows}


def free(session: Session, invoice: Invoice, by: int | None) -> Money:
    """Take the credit that pays an invoice off it again, to be used elsewhere; how much it was.

    Raises Refusal: `not_used` where none of it stands there any more.
    """
    session.flush()
    standing = allocation.lock(session, [invoice.id])[invoice.id]
    freed = 0
    for payment_id in used_on(session, invoice):
        allocation.lock_payment(session, payment_id)
        freed += allocation.release_from(session, payment_id, invoice.id)
    if not freed:
        raise Refusal(_("No credit is used on this invoice."), "not_used")
    facts = {"amount_minor": freed}
    audit.note(session, "credit.freed", person_id=by, invoice_id=invoice.id, facts=facts)
    session.flush()
    session.expire_all()
    return Money(freed, standing.currency)


def _lots(session: Session, standing: allocation.Standing) -> list[int]:
    """The client's payments that may have something left, oldest first, held."""
    client_id = clients.get(session, standing.client_id).id
    mine = (
        Payment.merchant_id == db.merchant_id(session),
        Payment.client_id.in_(clients.family(session, client_id)),
        Payment.currency == standing.currency,
        Payment.reversed_at.is_(None),
    )
    session.execute(
        sa.select(Payment.id)
        .where(*mine, allocation.LEFT > 0)
        .order_by(Payment.id)
        .with_for_update(key_share=True)
    )
    rows = sa.select(Payment.id).where(*mine, allocation.LEFT > 0)
    return list(session.scalars(rows.order_by(Payment.paid_at, Payment.id)))
