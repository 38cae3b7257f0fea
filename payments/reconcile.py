"""No news is not good news: who was asked and never heard of is asked about, until a verdict.

The clock's sweep hands out what has come due (`upcoming.KIND`) as jobs. `reconcile` is the job: it
asks the gateway outside every transaction and walks the answer through `settle`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import structlog
from sqlalchemy.orm import Session

from models import db
from models.db import Database
from models.payments import OPEN_STATES, AttemptState
from payments import booking, early, endings, events, settlement, throttle, upcoming
from payments.booking import Attempted
from payments.evidence import Evidence, Source
from payments.gateway import Ask, Failed, Gateway, Pending, Succeeded, Verdict
from payments.push import LOST, ask_of

log = structlog.get_logger(__name__)

WITHOUT_HANDLE = timedelta(minutes=15)
GIVEN_UP = timedelta(hours=24)
CONFIRM_TRIES = 3
SHOWN_UNKNOWN_AFTER = 2  # questions without a verdict
TOLD_AFTER = len(upcoming.GAPS_S)


def reconcile(
    database: Database, gateways: Mapping[str, Gateway], merchant_id: int, attempt_id: int
) -> None:
    """Take one attempt a step nearer to its end. Idempotent."""
    with database.transaction(merchant_id) as session:
        asked = _next(session, gateways, attempt_id)
    if asked is None:
        return
    name, ask = asked
    verdict = gateways[name].query(ask)
    with database.transaction(merchant_id) as session:
        early.hold(session, ask.reference)
        if _is_ours(session, ask, verdict):
            answered(session, name, attempt_id, verdict)


def _next(
    session: Session, gateways: Mapping[str, Gateway], attempt_id: int
) -> tuple[str, Ask] | None:
    """What to ask now, if anything; decides by itself what needs no asking."""
    attempt = booking.lock_attempt(session, attempt_id)
    if attempt is None:
        upcoming.forget(session, attempt_id)
        return None
    named = events.names(session, attempt) if attempt.handle is None else []
    over = attempt.state in {AttemptState.REJECTED, AttemptState.EXPIRED}
    if over and not any(one.waits for one in named):
        upcoming.forget(session, attempt_id)
        return None
    if (attempt.handle is None and not named) or attempt.gateway not in gateways:
        _without_handle(session, attempt, db.now(session))
        return None
    if not throttle.may_query(session, attempt.gateway):
        upcoming.put_off(session, attempt_id, 1 + attempt_id % 5)
        return None
    tries = upcoming.tries(session, attempt_id)
    upcoming.look_after(session, attempt_id, upcoming.gap_s(tries))
    booking.change_attempt(session, attempt_id, queries=attempt.queries + 1)
    ask = ask_of(session, attempt)
    if named:
        told = _in_turn(named, attempt.queries)
        ask = replace(ask, handle=told.handle, second_handle=told.second_handle)
    return attempt.gateway, ask


def _in_turn(named: Sequence[events.Named], queries: int) -> Evidence:
    """By what was told, each name in its turn, for one may be a lie; however often it is repeated."""
    told = {one.evidence.handle: one.evidence for one in named}
    return list(told.values())[queries % len(told)]


def _is_ours(session: Session, ask: Ask, verdict: Verdict) -> bool:
    """Whether the verdict is about our attempt; names that were only told prove themselves here."""
    attempt = booking.lock_attempt(session, ask.attempt_id)
    if attempt is None or attempt.handle == ask.handle:
        return attempt is not None
    if attempt.handle is not None:
        return False  # the gateway's own answer came meanwhile: what waited is settled by it
    claims = [
        one
        for one in events.names(session, attempt)
        if one.waits and one.evidence.handle == ask.handle
    ]
    if isinstance(verdict, Succeeded):
        if endings.adopt(session, attempt, ask.handle, ask.second_handle):
            for event_id in early.waiting(session, attempt.reference):
                events.settle(session, event_id)
            return True
    elif not isinstance(verdict, Failed) or not claims:
        return True
    events.disbelieve(session, attempt, claims)
    return False


def _without_handle(session: Session, attempt: Attempted, now: datetime) -> None:
    """Nobody can be asked about it: wait for its callback, and not for ever.

    A prompt that may have reached a phone may have been paid: at its end the merchant hears of it.
    """
    if attempt.state in {AttemptState.SUCCEEDED, AttemptState.FAILED}:
        upcoming.forget(session, attempt.id)
        return
    age = now - attempt.made_at
    if age >= WITHOUT_HANDLE:
        if attempt.submitted_at is not None and attempt.needs_review is None:
            endings.silent(session, attempt)
        endings.end(session, attempt, AttemptState.EXPIRED, attempt.result_code)
        return
    if attempt.state == AttemptState.SUBMITTING and now - attempt.submitted_at >= LOST:
        booking.change_attempt(session, attempt.id, state=AttemptState.UNKNOWN.value)
    wait_s = min(60.0, (WITHOUT_HANDLE - age).total_seconds())
    upcoming.look_after(session, attempt.id, wait_s)


def answered(session: Session, gateway: str, attempt_id: int, verdict: Verdict) -> None:
    """Walk a verdict through `settle`; count the silences."""
    if isinstance(verdict, Succeeded | Failed):
        evidence = Evidence(
            provider=gateway,
            source=Source.QUERY,
            attempt_id=attempt_id,
            success=isinstance(verdict, Succeeded),
            code=verdict.code if isinstance(verdict, Failed) else None,
            receipt=verdict.receipt if isinstance(verdict, Succeeded) else None,
        )
        outcome = settlement.settle(session, evidence)
        log.info("reconciled", attempt_id=attempt_id, outcome=outcome.value)
        attempt = booking.lock_attempt(session, attempt_id)
        # A verdict about one told name is none about another that still waits.
        if attempt is None or not early.waiting(session, attempt.reference):
            upcoming.forget(session, attempt_id)
        return
    attempt = booking.lock_attempt(session, attempt_id)
    if attempt is not None:
        code = None if isinstance(verdict, Pending) else verdict.code
        _no_verdict(session, attempt, upcoming.tries(session, attempt_id), code)


def _no_verdict(session: Session, attempt: Attempted, tries: int, code: str | None) -> None:
    claims = [] if attempt.handle else [one for one in events.names(session, attempt) if one.waits]
    is_over, is_paid = attempt.state == AttemptState.FAILED, attempt.state == AttemptState.SUCCEEDED
    if not claims and (is_over or (is_paid and tries >= CONFIRM_TRIES)):
        upcoming.forget(session, attempt.id)
        return
    age = db.now(session) - attempt.made_at
    if attempt.state in OPEN_STATES and age >= (GIVEN_UP if attempt.handle else WITHOUT_HANDLE):
        endings.end(session, attempt, AttemptState.EXPIRED, code or attempt.result_code)
    if age >= GIVEN_UP:
        events.disbelieve(session, attempt, claims)
        upcoming.forget(session, attempt.id)
        return
    if attempt.state == AttemptState.PENDING and tries >= SHOWN_UNKNOWN_AFTER:
        booking.change_attempt(session, attempt.id, state=AttemptState.UNKNOWN.value)
    if tries >= TOLD_AFTER and attempt.needs_review is None and not is_paid:
        endings.silent(session, attempt)
