"""How an attempt ends: paid, failed, or told about in a way that does not fit."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models import db
from models.money import Money
from models.payments import OPEN_STATES, AttemptState, Payment
from payments import booking, serving, telling, upcoming
from payments import early as early_news
from payments.evidence import Evidence, Settled, Source
from payments.gateway import Submitted
from payments.telling import CLIENT, MEMBER, notice


def contradiction(evidence: Evidence, attempt: Any) -> str | None:
    """What of the news does not fit the attempt: `ids` or `amount`; None when all of it does.

    An unsigned message must bring every id that we know.
    """
    if evidence.source is Source.CALLBACK:
        if attempt.handle is not None and evidence.handle != attempt.handle:
            return "ids"
        if attempt.second_handle is not None and evidence.second_handle != attempt.second_handle:
            return "ids"
    asked = Money(attempt.amount_minor, attempt.currency)
    if evidence.success and evidence.amount is not None and evidence.amount != asked:
        return "amount"
    return None


def is_early(session: Session, evidence: Evidence, attempt: Any) -> bool:
    """Whether an unsigned success cannot be compared yet, for the gateway's ids are not known.

    The second news of money that is booked on the attempt already adds nothing one must believe.
    """
    if evidence.source is not Source.CALLBACK or attempt.handle is not None:
        return False
    return not booking.has_receipt(session, attempt.id, evidence.receipt)


def early(session: Session, attempt: Any) -> Settled:
    """It is kept, and the gateway asked first: in a moment, if its answer may still name the attempt."""
    named_soon = attempt.state in {AttemptState.CREATED, AttemptState.SUBMITTING}
    upcoming.look_after(session, attempt.id, upcoming.ANSWER_S if named_soon else 0)
    return Settled.EARLY


def succeeded(session: Session, evidence: Evidence, attempt: Any) -> None:
    """The attempt is paid, from whatever state; an unsigned word is checked a little later."""
    values: dict[str, Any] = {}
    if attempt.state != AttemptState.SUCCEEDED:
        values = {"state": AttemptState.SUCCEEDED.value, "ended_at": db.now(session)}
        values["result_code"] = evidence.code
    if attempt.needs_review in {"ids", "amount", "silent"}:
        values["needs_review"] = None
    if values:
        booking.change_attempt(session, attempt.id, **values)
    if attempt.handle is None:
        early_news.take_up(session, attempt.reference)
    if evidence.source is Source.CALLBACK:
        upcoming.look_after(session, attempt.id, upcoming.CONFIRM_S, afresh=True)
    else:
        upcoming.forget(session, attempt.id)


def adopt(session: Session, attempt: Any, handle: str | None, second_handle: str | None) -> bool:
    """Take ids that were told for the gateway's own; False if another attempt has them."""
    try:
        with session.begin_nested():
            booking.change_attempt(session, attempt.id, handle=handle, second_handle=second_handle)
    except IntegrityError:
        return False
    return True


def failed(session: Session, evidence: Evidence, attempt: Any) -> Settled:
    """No money. A success stands whatever comes later; a code we do not know is no verdict."""
    if contradiction(evidence, attempt):
        return doubted(session, evidence, attempt, "ids")
    if attempt.state == AttemptState.SUCCEEDED:
        return _denied(session, evidence, attempt)
    if attempt.state not in OPEN_STATES:
        return Settled.IGNORED
    code = serving.explain(attempt.gateway, evidence.code)
    if not code.known:
        booking.change_attempt(
            session, attempt.id, state=AttemptState.UNKNOWN.value, result_code=evidence.code
        )
        upcoming.look_after(session, attempt.id, upcoming.GAPS_S[0])
        return Settled.ASKED
    end(session, attempt, AttemptState.FAILED, evidence.code)
    if code.doubtful and evidence.source is Source.CALLBACK:
        upcoming.look_after(session, attempt.id, upcoming.ONCE_MORE_S, afresh=True)
    return Settled.FAILED


def end(session: Session, attempt: Any, state: AttemptState, code: str | None) -> None:
    """The attempt is over without money; who opened it in a chat is told."""
    booking.change_attempt(
        session, attempt.id, state=state.value, result_code=code, ended_at=db.now(session)
    )
    if attempt.handle is not None or not early_news.waiting(session, attempt.reference):
        upcoming.forget(session, attempt.id)
    telling.audit(
        session, f"attempt.{state.value}", attempt.invoice_id, attempt_id=attempt.id, code=code
    )
    if attempt.contact_id is not None:
        told = _about(attempt) | {"contact_id": attempt.contact_id, "facts": {"code": code}}
        telling.tell(session, [notice("attempt_failed", CLIENT, str(attempt.id), **told)])


def _denied(session: Session, evidence: Evidence, attempt: Any) -> Settled:
    """The gateway itself denies what a callback said; a late failure message alone means nothing."""
    if evidence.source is not Source.QUERY:
        return Settled.IGNORED
    booking.change_attempt(session, attempt.id, needs_review="contrary")
    session.execute(
        sa.update(Payment)
        .where(Payment.merchant_id == db.merchant_id(session), Payment.attempt_id == attempt.id)
        .values(needs_review="contrary"),
        execution_options={"synchronize_session": False},
    )
    upcoming.forget(session, attempt.id)
    _review(session, attempt, "contrary", evidence.code)
    return Settled.CONTRARY


def doubted(session: Session, evidence: Evidence, attempt: Any, wrong: str) -> Settled:
    """News that does not fit: nothing is believed, the gateway is asked now, a person is told."""
    if not evidence.success:
        telling.audit(session, "attempt.doubted", attempt.invoice_id, attempt_id=attempt.id)
        return Settled.IGNORED
    if attempt.state != AttemptState.SUCCEEDED:
        booking.change_attempt(session, attempt.id, needs_review=wrong)
        due_s = 0 if attempt.handle else upcoming.GAPS_S[0]
        upcoming.look_after(session, attempt.id, due_s)
    telling.audit(
        session, "attempt.doubted", attempt.invoice_id, attempt_id=attempt.id, wrong=wrong
    )
    _review(session, attempt, wrong, evidence.code)
    return Settled.REVIEW


def mistrust(session: Session, attempt: Any, outcome: Submitted | None) -> None:
    """The gateway's own answer and the news we believed name different ids: a person looks.

    The gateway's ids are the ones to ask with, so they take the place of the told ones.
    """
    values: dict[str, Any] = {"needs_review": "ids"}
    if outcome is not None:
        values |= {"handle": outcome.handle, "second_handle": outcome.second_handle}
    booking.change_attempt(session, attempt.id, **values)
    upcoming.look_after(session, attempt.id, upcoming.CONFIRM_S, afresh=True)
    _review(session, attempt, "ids", None)


def silent(session: Session, attempt: Any) -> None:
    """Nobody can tell what became of it: the merchant may look at her own messages."""
    booking.change_attempt(session, attempt.id, needs_review="silent")
    _review(session, attempt, "silent", None)


def _review(session: Session, attempt: Any, wrong: str, code: str | None) -> None:
    told = _about(attempt) | {"facts": {"wrong": wrong, "code": code}}
    telling.tell(session, [notice("review", MEMBER, f"attempt:{attempt.id}:{wrong}", **told)])


def _about(attempt: Any) -> dict[str, Any]:
    return {"invoice_id": attempt.invoice_id, "attempt_id": attempt.id}
