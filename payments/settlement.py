"""The one way for money to land: whoever brings the news walks through `settle`.

Locks are taken in one order, attempt and then invoice; what stands of this money is read only
under them. Two messengers of the same money therefore meet, and the second finds what the first
has written. Where they do not share a lock, the unique receipt makes the slower one look again.
"""

from dataclasses import replace

from sqlalchemy.orm import Session

from invoicing import allocation
from models.money import Money
from payments import booking, endings, outcomes, upcoming
from payments.booking import BY_HAND, UNPROVEN, Attempted, Case, Known
from payments.evidence import Evidence, Settled, Source
from payments.manual import record, reverse
from payments.matching import match

__all__ = ["match", "record", "reverse", "settle"]


def settle(session: Session, evidence: Evidence) -> Settled:
    """Make one piece of news true, once; any order and any number of messengers end the same.

    Works as the merchant of the session, in the caller's transaction.
    """
    if evidence.attempt_id is None:
        return _unasked(session, evidence)
    attempt = booking.lock_attempt(session, evidence.attempt_id)
    if attempt is None:
        return Settled.NOBODY
    if not evidence.success:
        return endings.failed(session, evidence, attempt)
    if endings.is_early(session, evidence, attempt):
        return endings.early(session, attempt)
    if wrong := endings.contradiction(evidence, attempt):
        return keep_claim(session, evidence, attempt, wrong)
    if evidence.source is Source.CALLBACK and evidence.amount is None:
        upcoming.look_after(session, attempt.id, 0)
        return Settled.ASKED
    return _land(session, evidence, attempt, attempt.invoice_id)


def _unasked(session: Session, evidence: Evidence) -> Settled:
    """Money sent without a prompt, or the second news of money that was asked for."""
    invoice_id = booking.invoice_of_account(session, evidence.account)
    attempt = booking.fitting_attempt(session, evidence, invoice_id)
    return _land(session, evidence, attempt, attempt.invoice_id if attempt else invoice_id)


def _land(
    session: Session, evidence: Evidence, attempt: Attempted | None, invoice_id: int | None
) -> Settled:
    case = Case(evidence, attempt, booking.standing_of(session, invoice_id))
    for _look in range(2):
        found = booking.known_payments(session, evidence, attempt)
        done = _meet(session, case, [one for one in found if one.provider != UNPROVEN])
        if done is not None:
            for claim in (one for one in found if one.provider == UNPROVEN):
                booking.take_back(session, claim.id)
            return done
    return outcomes.receipt_elsewhere(session, case)


def _meet(session: Session, case: Case, known: list[Known]) -> Settled | None:
    """How the news meets what stands; None when somebody was quicker: look again."""
    same = next((one for one in known if _is_same(one, case.evidence)), None)
    if same is not None:
        own = next((one for one in known if _is_own(one, case.attempt) and one is not same), None)
        return _same_receipt(session, case, same, own)
    if case.attempt is not None:
        own = next((one for one in known if _is_own(one, case.attempt)), None)
        if own is not None:
            return _same_attempt(session, case, own)
        if case.evidence.source is Source.QUERY:
            account = case.standing.account_code if case.standing else None
            if stray := booking.stray_payment(session, case.attempt, account):
                return _attach(session, case, case.attempt, stray)
    return _new_money(session, case)


def _is_own(known: Known, attempt: Attempted | None) -> bool:
    return attempt is not None and known.attempt_id == attempt.id


def _is_same(known: Known, evidence: Evidence) -> bool:
    if evidence.receipt is None:
        return False
    if known.receipt is not None:
        return known.receipt == evidence.receipt
    return known.provider == BY_HAND and (known.account or "").upper() == evidence.receipt.upper()


def _same_receipt(session: Session, case: Case, same: Known, own: Known | None) -> Settled:
    """The receipt is known: the same money, told again or by another."""
    evidence, attempt = case.evidence, case.attempt
    if evidence.amount != Money(same.amount_minor, same.currency):
        return outcomes.other_amount(session, evidence, same)
    told_of_attempt = attempt is not None and evidence.attempt_id is not None
    if attempt is None or not told_of_attempt or same.attempt_id == attempt.id:
        new = booking.fill_in(session, same, evidence)
        return Settled.JOINED if new else Settled.ALREADY
    if own is not None and own.receipt is not None:
        return Settled.ALREADY  # this attempt has other money of its own
    if own is not None:
        # A query's success was booked without a receipt; this receipt is that very money.
        booking.take_back(session, own.id, attempt_id=None)
        case = replace(case, standing=booking.standing_of(session, attempt.invoice_id))
    return _attach(session, case, attempt, same)


def _same_attempt(session: Session, case: Case, own: Known) -> Settled | None:
    """The attempt has its payment: the receipt is filled in, or it is other money."""
    if case.evidence.receipt is not None and own.receipt is not None:
        if case.evidence.attempt_id is None:  # it only looked like this attempt's money
            return _new_money(session, replace(case, attempt=None))
        return outcomes.second_payment(session, case)
    new = booking.fill_in(session, own, case.evidence)
    return Settled.JOINED if new else Settled.ALREADY


def _attach(session: Session, case: Case, attempt: Attempted, same: Known) -> Settled:
    """Money that is known already turns out to be this attempt's."""
    booking.fill_in(session, same, case.evidence, attempt_id=attempt.id)
    allocation.lock_payment(session, same.id)  # somebody may be matching it by hand
    left = allocation.unallocated(session, same.id)
    notices = []
    if case.standing is not None and left and same.provider != BY_HAND:
        booking.change_payment(session, same.id, client_id=case.standing.client_id)
        done = outcomes.book(session, same.id, case.standing, left, attempt.gateway)
        notices = outcomes.paid_notices(case, same.id, done)
    endings.succeeded(session, case.evidence, attempt)
    outcomes.written(session, "payment.joined", case, same.id, notices)
    return Settled.JOINED


def _new_money(session: Session, case: Case) -> Settled | None:
    """Money nobody has told us of before; what was asked for where no amount is told."""
    attempt = case.attempt
    if case.evidence.amount is None and attempt is not None:
        asked = Money(attempt.amount_minor, attempt.currency)
        case = replace(case, evidence=replace(case.evidence, amount=asked))
    payment_id = booking.keep(session, case.evidence, **outcomes.columns(case))
    if payment_id is None:
        return None
    settled, notices = outcomes.place(session, case, payment_id)
    if attempt is not None:
        endings.succeeded(session, case.evidence, attempt)
    outcomes.written(session, "payment.landed", case, payment_id, notices)
    return settled


def keep_claim(session: Session, evidence: Evidence, attempt: Attempted, wrong: str) -> Settled:
    """A success that does not fit our attempt: kept, booked nowhere, looked at by a person (I-7).

    The gateway is asked at once; if it confirms the attempt, the claim is taken back.
    """
    if evidence.amount is not None:
        booking.keep(
            session,
            evidence,
            provider=UNPROVEN,
            needs_review=wrong,
            note=booking.claim_note(attempt.id),
        )
    return endings.doubted(session, evidence, attempt, wrong)
