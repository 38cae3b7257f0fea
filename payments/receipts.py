"""What the customer hears of money that people booked: it came, it was taken back, it was given back."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from invoicing.allocation import Booked
from models import db
from models.payments import Allocation, Payment
from models.told import Notice
from payments import telling
from payments.telling import CLIENT, notice

# Notices that told a customer of a payment.
RECEIPTS = ("paid", "part_paid", "received", "cash")


def arrived(
    session: Session,
    payment_id: int,
    booked: Mapping[int, Booked],
    *,
    ask: int | None = None,
    again: bool = False,
) -> None:
    """She hears what came and where it went; `ask` is the contact who is asked to confirm it.

    `again`: what she heard of this payment before was about other invoices.
    """
    payment = _payment(session, payment_id)
    done = next(iter(booked.values()), None)
    facts: dict[str, Any] = {
        "amount_minor": payment.amount_minor,
        "currency": payment.currency,
        "source": payment.source,
        "parts": [[row, one.booked_minor, one.balance_minor] for row, one in booked.items()],
        "left_minor": payment.amount_minor - sum(one.booked_minor for one in booked.values()),
    }
    kind = "received"
    if ask is not None:
        kind = "cash"
    elif done is not None and len(booked) == 1 and not facts["left_minor"]:
        kind = "part_paid" if done.balance_minor else "paid"
        facts |= {"booked_minor": done.booked_minor, "balance_minor": done.balance_minor}
    first = min(booked, default=None)
    _tell(session, kind, payment_id, first, facts, contact_id=ask, again=again)


def taken_back(session: Session, payment_id: int, invoice_ids: Sequence[int]) -> None:
    """She had a receipt: now she hears that it counts no more, and what is owed again."""
    had = session.scalar(
        sa.select(sa.func.count()).where(
            Notice.merchant_id == db.merchant_id(session),
            Notice.payment_id == payment_id,
            Notice.audience == CLIENT,
            Notice.kind.in_(RECEIPTS),
            Notice.skipped.is_(None),
        )
    )
    if had:
        facts = {"invoices": list(invoice_ids)}
        _tell(session, "taken_back", payment_id, min(invoice_ids, default=None), facts, again=True)


def given_back(
    session: Session, payment_id: int, refund_id: int, amount_minor: int, invoice_id: int | None
) -> None:
    """She hears what was given back to her."""
    facts = {"amount_minor": amount_minor, "refund_id": refund_id}
    _tell(session, "given_back", payment_id, invoice_id, facts, key=f"{payment_id}:{refund_id}")


def _tell(
    session: Session,
    kind: str,
    payment_id: int,
    invoice_id: int | None,
    facts: dict[str, Any],
    *,
    key: str = "",
    contact_id: int | None = None,
    again: bool = False,
) -> None:
    key = key or str(payment_id)
    if again:  # what is matched and unmatched may come and go more than once
        key = f"{key}:{_newest_booking(session, payment_id)}:{db.now(session).isoformat()}"
    told = {"payment_id": payment_id, "invoice_id": invoice_id, "contact_id": contact_id}
    telling.tell(session, [notice(kind, CLIENT, key, facts=facts, **told)])


def _newest_booking(session: Session, payment_id: int) -> int:
    found = sa.select(sa.func.max(Allocation.id)).where(
        Allocation.merchant_id == db.merchant_id(session), Allocation.payment_id == payment_id
    )
    return session.scalar(found) or 0


def _payment(session: Session, payment_id: int) -> Payment:
    return session.get_one(Payment, (db.merchant_id(session), payment_id))


def once_more(session: Session, payment: Payment, contact_id: int) -> None:
    """A receipt for a payment is sent to its customer once more."""
    told = {"payment_id": payment.id, "contact_id": contact_id}
    key = f"{payment.id}:{db.now(session).isoformat()}"
    telling.tell(session, [notice("receipt", CLIENT, key, **told)])
