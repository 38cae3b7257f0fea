"""The steps that settling is made of: find what is known of this money, keep it, change it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from invoicing import allocation
from invoicing.allocation import Standing
from models import db
from models.invoices import Invoice
from models.payments import Attempt, AttemptState, Payment
from payments import serving
from payments.evidence import Evidence, Source
from payments.phones import agrees

# Money of a message that does not fit our attempt is kept under a provider of its own, so that
# a forged receipt number can never stand in the way of the genuine one.
UNPROVEN = "unproven"
BY_HAND = "manual"
DISOWNED = "not_mine"  # in `needs_review`: a person said that it pays for nothing here
# A prompt is answered within 90 seconds and clocks differ a little (facts: daraja 3).
EARLY, LATE = timedelta(seconds=30), timedelta(minutes=10)

Attempted = Any  # an attempt as a plain row of its table


@dataclass(frozen=True)
class Known:
    """A payment that may be the money in question."""

    id: int
    attempt_id: int | None
    provider: str
    source: str
    receipt: str | None
    amount_minor: int
    currency: str
    account: str | None
    payer_name: str | None
    payer_phone: str | None
    paid_at: datetime
    note: str | None


@dataclass(frozen=True)
class Case:
    """A piece of evidence with what it is about, both locked."""

    evidence: Evidence
    attempt: Attempted | None
    standing: Standing | None

    @property
    def bookable(self) -> bool:
        """Whether the invoice can take this money."""
        amount, standing = self.evidence.amount, self.standing
        if amount is None or standing is None:
            return False
        return standing.takes_money and amount.currency == standing.currency


_KNOWN = (
    Payment.id,
    Payment.attempt_id,
    Payment.provider,
    Payment.source,
    Payment.receipt,
    Payment.amount_minor,
    Payment.currency,
    Payment.account,
    Payment.payer_name,
    Payment.payer_phone,
    Payment.paid_at,
    Payment.note,
)
_ATTEMPT = Attempt.__table__.c


def lock_attempt(session: Session, attempt_id: int) -> Attempted | None:
    """The attempt as a plain row, locked before any invoice is."""
    return session.execute(
        sa.select(*_ATTEMPT)
        .where(
            _ATTEMPT.merchant_id == db.merchant_id(session),
            _ATTEMPT.id == attempt_id,
        )
        .with_for_update(key_share=True)
    ).one_or_none()


def has_receipt(session: Session, attempt_id: int, receipt: str | None) -> bool:
    """Whether money with this receipt stands on the attempt."""
    if receipt is None:
        return False
    return (
        session.scalar(
            sa.select(
                sa.exists().where(
                    Payment.merchant_id == db.merchant_id(session),
                    Payment.attempt_id == attempt_id,
                    Payment.receipt == receipt,
                    Payment.reversed_at.is_(None),
                )
            )
        )
        is True
    )


def typed_code(account: str | None) -> str:
    """What a payer typed as account, without what does not count: case, spaces, hyphens."""
    return "".join((account or "").split()).replace("-", "").upper()


def invoice_of_account(session: Session, account: str | None) -> int | None:
    """The invoice whose account code was typed: exactly, never nearly."""
    code = typed_code(account)
    if not code:
        return None
    return session.scalar(
        sa.select(Invoice.id).where(
            Invoice.merchant_id == db.merchant_id(session), Invoice.account_code == code
        )
    )


def fitting_attempt(
    session: Session, evidence: Evidence, invoice_id: int | None
) -> Attempted | None:
    """The attempt that unasked money answers, locked: account, amount, time and phone all agree.

    A till has no account to compare, so there the phone must speak for it. An attempt that has
    another receipt already is not looked at.
    """
    if evidence.amount is None or (evidence.account and invoice_id is None):
        return None
    paid_at = evidence.paid_at or db.now(session)
    taken = sa.exists().where(
        Payment.merchant_id == _ATTEMPT.merchant_id,
        Payment.attempt_id == _ATTEMPT.id,
        Payment.receipt.is_not(None),
        Payment.receipt != (evidence.receipt or ""),
    )
    chosen = [
        _ATTEMPT.merchant_id == db.merchant_id(session),
        _ATTEMPT.gateway == evidence.provider,
        _ATTEMPT.amount_minor == evidence.amount.amount_minor,
        _ATTEMPT.currency == evidence.amount.currency,
        _ATTEMPT.state != AttemptState.REJECTED,
        _ATTEMPT.submitted_at.between(paid_at - LATE, paid_at + EARLY),
        ~taken,
    ]
    if invoice_id is not None:
        chosen.append(_ATTEMPT.invoice_id == invoice_id)
    rows = session.execute(
        sa.select(_ATTEMPT.id, _ATTEMPT.phone).where(*chosen).order_by(_ATTEMPT.submitted_at.desc())
    ).all()
    told = invoice_id is not None
    fits = [row.id for row in rows if _fits(told, agrees(evidence.payer_phone, row.phone))]
    return lock_attempt(session, fits[0]) if fits else None


def known_payments(session: Session, evidence: Evidence, attempt: Attempted | None) -> list[Known]:
    """What stands of this money so far: by receipt (also typed by hand), and of this attempt."""
    ways = []
    if attempt is not None:
        ways.append(Payment.attempt_id == attempt.id)
        ways.append(sa.and_(Payment.provider == UNPROVEN, Payment.note == claim_note(attempt.id)))
    if evidence.receipt:
        ways.append(Payment.receipt == evidence.receipt)
        ways.append(
            sa.and_(
                Payment.provider == BY_HAND,
                sa.func.upper(Payment.account) == evidence.receipt.upper(),
            )
        )
    if not ways:
        return []
    rows = session.execute(
        sa.select(*_KNOWN)
        .where(
            Payment.merchant_id == db.merchant_id(session),
            Payment.reversed_at.is_(None),
            sa.or_(*ways),
        )
        .order_by(Payment.id)
    )
    return [Known(**row) for row in rows.mappings()]


def stray_payment(session: Session, attempt: Attempted, account: str | None) -> Known | None:
    """Money that came unasked and fits an attempt of which only a query has told us."""
    if attempt.submitted_at is None:
        return None
    start = attempt.submitted_at
    rows = session.execute(
        sa.select(*_KNOWN)
        .where(
            Payment.merchant_id == db.merchant_id(session),
            Payment.attempt_id.is_(None),
            Payment.provider == attempt.gateway,
            Payment.amount_minor == attempt.amount_minor,
            Payment.currency == attempt.currency,
            Payment.reversed_at.is_(None),
            sa.or_(Payment.needs_review.is_(None), Payment.needs_review == DISOWNED),
            Payment.paid_at.between(start - EARLY, start + LATE),
        )
        .order_by(Payment.id)
    )
    for row in rows.mappings():
        known = Known(**row)
        if known.account and known.account != account:
            continue
        if _fits(bool(known.account), agrees(known.payer_phone, attempt.phone)):
            return known
    return None


def _fits(account_agrees: bool, phone_agrees: bool | None) -> bool:
    """Nothing speaks against it, and at least one of the two speaks for it."""
    return phone_agrees is not False and (account_agrees or phone_agrees is True)


def claim_note(attempt_id: int) -> str:
    """How a payment that does not fit remembers the attempt it was told for."""
    return f"claimed for attempt {attempt_id}"


def keep(session: Session, evidence: Evidence, **more: Any) -> int | None:
    """Insert the payment; None when another transaction was quicker with the same receipt."""
    amount = evidence.amount
    if amount is None:
        raise ValueError("a payment has an amount")
    now = db.now(session)
    values: dict[str, Any] = {
        "merchant_id": db.merchant_id(session),
        "provider": evidence.provider,
        "source": evidence.source.value,
        "receipt": evidence.receipt,
        "amount_minor": amount.amount_minor,
        "currency": amount.currency,
        "account": evidence.account,
        "payer_name": evidence.payer_name,
        "payer_phone": evidence.payer_phone,
        "paid_at": evidence.paid_at or now,
        "event_id": evidence.event_id,
        "made_at": now,
    }
    if "method" not in more:
        values["method"] = serving.rules(evidence.provider).method
    return session.scalar(
        insert(Payment).values(**values | more).on_conflict_do_nothing().returning(Payment.id)
    )


def change_payment(session: Session, payment_id: int, **values: Any) -> None:
    """Change what may change of a payment."""
    session.execute(
        sa.update(Payment)
        .where(Payment.merchant_id == db.merchant_id(session), Payment.id == payment_id)
        .values(**values),
        execution_options={"synchronize_session": False},
    )


def change_attempt(session: Session, attempt_id: int, **values: Any) -> None:
    """Change an attempt; Postgres guards that a success stays one."""
    session.execute(
        sa.update(Attempt)
        .where(Attempt.merchant_id == db.merchant_id(session), Attempt.id == attempt_id)
        .values(**values),
        execution_options={"synchronize_session": False},
    )


def fill_in(session: Session, known: Known, evidence: Evidence, **more: Any) -> bool:
    """Complete a payment with what another source knows of the same money; whether it was new."""
    news = {
        name: getattr(evidence, name)
        for name in ("receipt", "account", "payer_name", "payer_phone")
        if getattr(known, name) is None and getattr(evidence, name) is not None
    }
    if known.source == Source.QUERY and known.receipt is None and evidence.paid_at is not None:
        news["paid_at"] = evidence.paid_at  # a query knew only when it was asked
    news |= more
    if news:
        change_payment(session, known.id, **news)
    return bool(news)


def take_back(session: Session, payment_id: int, **more: Any) -> None:
    """Reverse a payment: off every invoice, and it counts for nothing. Nothing is deleted."""
    allocation.release(session, payment_id)
    change_payment(session, payment_id, reversed_at=db.now(session), **more)


def standing_of(session: Session, invoice_id: int | None) -> Standing | None:
    """The locked invoice, if there is one."""
    if invoice_id is None:
        return None
    return allocation.lock(session, [invoice_id]).get(invoice_id)
