"""Asking the payer, at most once: the attempt says `submitting` before anybody outside is called.

A job that runs again and finds `submitting` cannot know whether the prompt went out. It says so
(`unknown`) and never sends again: a prompt too few is a nuisance, a prompt too many is money.
"""

from collections.abc import Mapping
from datetime import timedelta

import structlog
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models import db
from models.db import Database
from models.invoices import Invoice
from models.money import Money
from models.payments import AttemptState
from payments import booking, daraja_codes, early, endings, upcoming
from payments.booking import Attempted
from payments.gateway import Ask, Gateway, Outcome, Rejected, Submitted, Unknown

log = structlog.get_logger(__name__)

# An attempt that waited longer for a worker is not sent: its payer has turned to something else.
STALE = timedelta(minutes=2)
# A worker that died in the middle of a call was silent for longer than any call may take.
LOST = timedelta(minutes=2)


def push(
    database: Database, gateways: Mapping[str, Gateway], merchant_id: int, attempt_id: int
) -> None:
    """Send one attempt to its gateway and store the answer. Idempotent."""
    with database.transaction(merchant_id) as session:
        ask = _begin(session, gateways, attempt_id)
    if ask is None:
        return
    name, facts = ask
    outcome = gateways[name].charge(facts)
    with database.transaction(merchant_id) as session:
        store(session, attempt_id, outcome)


def _begin(
    session: Session, gateways: Mapping[str, Gateway], attempt_id: int
) -> tuple[str, Ask] | None:
    attempt = booking.lock_attempt(session, attempt_id)
    if attempt is None:
        return None
    if attempt.state == AttemptState.SUBMITTING:
        booking.change_attempt(session, attempt.id, state=AttemptState.UNKNOWN.value)
        return None
    if attempt.state != AttemptState.CREATED:
        return None
    now = db.now(session)
    if attempt.gateway not in gateways or now - attempt.made_at > STALE:
        endings.end(session, attempt, AttemptState.REJECTED, daraja_codes.LATE)
        return None
    booking.change_attempt(
        session, attempt.id, state=AttemptState.SUBMITTING.value, submitted_at=now
    )
    return attempt.gateway, ask_of(session, attempt)


def ask_of(session: Session, attempt: Attempted) -> Ask:
    """The attempt as a gateway must know it, free of the database."""
    invoice = session.get_one(Invoice, (attempt.merchant_id, attempt.invoice_id))
    return Ask(
        merchant_id=attempt.merchant_id,
        attempt_id=attempt.id,
        reference=attempt.reference,
        amount=Money(attempt.amount_minor, attempt.currency),
        phone=attempt.phone,
        account=invoice.account_code or "",
        about=invoice.number_text or "Invoice",
        handle=attempt.handle,
        second_handle=attempt.second_handle,
    )


def store(session: Session, attempt_id: int, outcome: Outcome) -> None:
    """Write down what the gateway answered, unless its own news was faster."""
    attempt = booking.lock_attempt(session, attempt_id)
    if attempt is None:
        return
    if isinstance(outcome, Submitted):
        early.take_up(session, attempt.reference)  # a callback may have been faster
    waits = attempt.state in {AttemptState.SUBMITTING, AttemptState.UNKNOWN}
    if isinstance(outcome, Submitted):
        _submitted(session, attempt, outcome, waits=waits)
    elif isinstance(outcome, Rejected) and waits:
        log.warning("attempt rejected", attempt_id=attempt.id, code=outcome.code)
        endings.end(session, attempt, AttemptState.REJECTED, outcome.code)
    elif isinstance(outcome, Unknown) and attempt.state == AttemptState.SUBMITTING:
        log.warning("attempt in doubt", attempt_id=attempt.id, code=outcome.code)
        booking.change_attempt(
            session, attempt.id, state=AttemptState.UNKNOWN.value, result_code=outcome.code
        )


def _submitted(session: Session, attempt: Attempted, outcome: Submitted, *, waits: bool) -> None:
    ids = {"handle": outcome.handle, "second_handle": outcome.second_handle}
    if attempt.handle not in {None, outcome.handle}:
        # Somebody told us of this attempt with another id than the gateway now gives.
        endings.mistrust(session, attempt, outcome)
        return
    values = {**ids, "redirect_url": outcome.redirect_url}
    if waits:
        values |= {"state": AttemptState.PENDING.value, "result_code": None}
    try:
        with session.begin_nested():
            booking.change_attempt(session, attempt.id, **values)
    except IntegrityError:
        endings.mistrust(session, attempt, None)
        return
    if waits:
        upcoming.look_after(session, attempt.id, upcoming.GAPS_S[0], afresh=True)
