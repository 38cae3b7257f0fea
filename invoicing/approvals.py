"""Invoices that are more than their maker may send: drafts that wait for an owner's yes, once."""

from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from invoicing import audit, lifecycle
from models import db
from models.errors import Refusal
from models.invoices import Invoice, Status
from models.team import Approval
from models.text import Text, _

MOST_SHOWN = 99  # more are not counted
WAITING, APPROVED, REFUSED = "waiting", "approved", "refused"
DECIDED: dict[str, Text] = {
    APPROVED: _("This was approved already, and the invoice is on its way."),
    REFUSED: _("This was refused already. The invoice is kept as a draft."),
}


def ask(session: Session, invoice: Invoice, by: int, contact_id: int) -> Approval:
    """Let a draft wait for an owner; `contact_id` is the chat that hears what comes of it."""
    off, whole = invoice.discount_minor or 0, invoice.subtotal_minor
    row = Approval(
        merchant_id=invoice.merchant_id,
        invoice_id=invoice.id,
        asked_by=by,
        contact_id=contact_id,
        total_minor=invoice.total_minor,
        discount_percent=round(Decimal(off) * 100 / whole, 2) if off and whole else None,
        made_at=db.now(session),
    )
    session.add(row)
    session.flush()
    facts = {"approval": row.id, "total_minor": row.total_minor}
    audit.note(session, "approval.asked", person_id=by, invoice_id=invoice.id, facts=facts)
    return row


def next_waiting(session: Session, after_id: int) -> tuple[Approval | None, int]:
    """The oldest that waits and is newer than `after_id`, and how many wait behind it."""
    wanted = (
        sa.select(Approval)
        .where(
            Approval.merchant_id == db.merchant_id(session),
            Approval.state == WAITING,
            Approval.id > after_id,
        )
        .order_by(Approval.id)
    )
    rows = session.scalars(wanted.limit(MOST_SHOWN + 1)).all()
    return (rows[0], len(rows) - 1) if rows else (None, 0)


def waiting_for(session: Session, invoice: Invoice) -> bool:
    """Whether an owner has still to say something about this draft."""
    asked = sa.select(Approval.id).where(
        Approval.merchant_id == invoice.merchant_id,
        Approval.invoice_id == invoice.id,
        Approval.state == WAITING,
    )
    return session.scalars(asked.limit(1)).first() is not None


def approve(session: Session, approval_id: int, by: int) -> tuple[Approval, Invoice]:
    """Issue the draft in the owner's name, once. Raises Refusal when it is decided or gone.

    Locks the invoice before the approval, as everybody does.
    """
    row, invoice = _locked(session, approval_id)
    if invoice.status != Status.DRAFT or invoice.total_minor != row.total_minor:
        raise Refusal(_("This draft has changed since. Please look at it again."), "changed")
    _decide(session, row, APPROVED, by)
    return row, lifecycle.issue(session, invoice, by=by)


def refuse(session: Session, approval_id: int, by: int) -> tuple[Approval, Invoice]:
    """Send nothing; the draft stays. Raises Refusal when it is decided or gone."""
    row, invoice = _locked(session, approval_id)
    _decide(session, row, REFUSED, by)
    return row, invoice


def _locked(session: Session, approval_id: int) -> tuple[Approval, Invoice]:
    wanted = sa.select(Approval).where(
        Approval.merchant_id == db.merchant_id(session), Approval.id == approval_id
    )
    seen = session.scalars(wanted).one_or_none()
    if seen is None:
        raise Refusal(_("This draft is no longer there."), "not_found")
    invoice = lifecycle.get(session, seen.invoice_id, lock=True)
    held = wanted.with_for_update().execution_options(populate_existing=True)
    row = session.scalars(held).one()
    if row.state != WAITING:
        raise Refusal(DECIDED[row.state], "decided")
    return row, invoice


def _decide(session: Session, row: Approval, state: str, by: int) -> None:
    row.state, row.decided_by, row.decided_at = state, by, db.now(session)
    facts = {"approval": row.id}
    audit.note(session, f"approval.{state}", person_id=by, invoice_id=row.invoice_id, facts=facts)
    session.flush()
