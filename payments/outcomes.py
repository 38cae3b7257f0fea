"""What landing money leaves behind: its columns, its booking, who is told, the trail."""

from typing import Any

from sqlalchemy.orm import Session

from invoicing import allocation
from invoicing.allocation import Booked, Standing
from payments import booking, serving, telling
from payments.booking import Case, Known
from payments.evidence import Evidence, Settled
from payments.telling import CLIENT, MEMBER, notice


def columns(case: Case) -> dict[str, Any]:
    """What a new payment carries besides the evidence: whose it is, and whether to look at it."""
    found: dict[str, Any] = {}
    if case.attempt is not None:
        found["attempt_id"] = case.attempt.id
    if case.standing is not None:
        found["client_id"] = case.standing.client_id
        if not case.bookable:
            found["needs_review"] = "invoice"  # void by now, or of another currency
    return found


def place(session: Session, case: Case, payment_id: int) -> tuple[Settled, list[dict[str, Any]]]:
    """Book new money where it belongs and say who must be told."""
    amount = case.evidence.amount
    if amount is None:
        raise ValueError("new money has an amount")
    if case.standing is None:
        told = {"payment_id": payment_id, "facts": facts_of(case.evidence)}
        return Settled.UNALLOCATED, [notice("unallocated", MEMBER, str(payment_id), **told)]
    if not case.bookable:
        return Settled.REVIEW, [_review(case, payment_id, "invoice")]
    gateway = case.attempt.gateway if case.attempt else case.evidence.provider
    done = book(session, payment_id, case.standing, amount.amount_minor, gateway)
    notices = paid_notices(case, payment_id, done)
    return Settled.BOOKED if done.booked_minor else Settled.UNALLOCATED, notices


def book(
    session: Session, payment_id: int, standing: Standing, amount_minor: int, gateway: str
) -> Booked:
    """Allocate by the gateway's own step, so that what it cannot send is not owed for ever."""
    rules = serving.find_rules(gateway)
    unit_minor = rules.unit_minor if rules else 1
    return allocation.book(session, payment_id, standing, amount_minor, unit_minor=unit_minor)


def paid_notices(case: Case, payment_id: int, done: Booked) -> list[dict[str, Any]]:
    """Both sides hear of booked money once; the merchant also of what is left over."""
    told = _about(case, payment_id)
    facts = facts_of(case.evidence) | {
        "booked_minor": done.booked_minor,
        "balance_minor": done.balance_minor,
        "left_minor": done.left_minor,
    }
    notices = []
    key = str(payment_id)
    if done.booked_minor:
        kind = "part_paid" if done.balance_minor else "paid"
        contact_id = case.attempt.contact_id if case.attempt else None
        notices = [
            notice(kind, MEMBER, key, facts=facts, **told),
            notice(kind, CLIENT, key, facts=facts, contact_id=contact_id, **told),
        ]
    if done.left_minor:
        notices.append(notice("overpaid", MEMBER, key, facts=facts, **told))
    return notices


def facts_of(evidence: Evidence) -> dict[str, Any]:
    """What a notice may want to say of the money; names and numbers stay with the payment."""
    amount = evidence.amount
    return {
        "amount_minor": amount.amount_minor if amount else None,
        "currency": amount.currency if amount else None,
        "receipt": evidence.receipt,
        "source": evidence.source.value,
    }


def written(
    session: Session, action: str, case: Case, payment_id: int, notices: list[dict[str, Any]]
) -> None:
    """The trail and the notices of one settlement."""
    evidence = case.evidence
    telling.audit(
        session,
        action,
        case.standing.invoice_id if case.standing else None,
        payment_id=payment_id,
        attempt_id=case.attempt.id if case.attempt else None,
        source=evidence.source.value,
        event_id=evidence.event_id,
        amount_minor=evidence.amount.amount_minor if evidence.amount else None,
    )
    telling.tell(session, notices)


def second_payment(session: Session, case: Case) -> Settled | None:
    """An attempt that is paid is told of with another receipt: other money, and a person looks."""
    client_id = case.standing.client_id if case.standing else None
    payment_id = booking.keep(session, case.evidence, client_id=client_id, needs_review="second")
    if payment_id is None:
        return None
    written(session, "payment.second", case, payment_id, [_review(case, payment_id, "second")])
    return Settled.REVIEW


def other_amount(session: Session, evidence: Evidence, same: Known) -> Settled:
    """One receipt, two amounts: nothing is changed, a person looks."""
    booking.change_payment(session, same.id, needs_review="amount")
    facts = facts_of(evidence) | {"wrong": "amount"}
    key = f"payment:{same.id}:amount"
    telling.tell(session, [notice("review", MEMBER, key, payment_id=same.id, facts=facts)])
    return Settled.REVIEW


def receipt_elsewhere(session: Session, case: Case) -> Settled:
    """The receipt is booked at another merchant, whom we cannot see: nothing is booked here."""
    invoice_id = case.standing.invoice_id if case.standing else None
    if case.attempt is not None:
        booking.change_attempt(session, case.attempt.id, needs_review="receipt")
    telling.audit(session, "payment.elsewhere", invoice_id, event_id=case.evidence.event_id)
    facts = facts_of(case.evidence) | {"wrong": "receipt"}
    key = f"receipt:{case.evidence.receipt}"
    telling.tell(session, [notice("review", MEMBER, key, invoice_id=invoice_id, facts=facts)])
    return Settled.REVIEW


def _about(case: Case, payment_id: int) -> dict[str, Any]:
    return {
        "invoice_id": case.standing.invoice_id if case.standing else None,
        "payment_id": payment_id,
        "attempt_id": case.attempt.id if case.attempt else None,
    }


def _review(case: Case, payment_id: int, wrong: str) -> dict[str, Any]:
    facts = facts_of(case.evidence) | {"wrong": wrong}
    key = f"payment:{payment_id}"
    return notice("review", MEMBER, key, facts=facts, **_about(case, payment_id))
