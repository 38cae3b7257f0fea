"""Putting an issued invoice right without changing it: replaced by another, given up, asked again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa
from sqlalchemy.orm import Session

from invoicing import allocation, attaching, audit, credit_notes, lifecycle, reminding
from invoicing.commands import CreditInvoice, IssueInvoice, UndoWriteOff, WriteOff
from invoicing.freeing import Freed
from models import db
from models.credit_notes import CreditNote
from models.errors import Refusal
from models.invoices import Invoice, Status
from models.money import Money
from models.payments import Adjustment, Allocation
from models.text import _, render

WRITE_OFF = "write_off"


@dataclass(frozen=True)
class Revised:
    """The invoice that was wrong, the note that takes it back, the new one, and what moved over."""

    old: Invoice
    note: CreditNote
    new: Invoice
    moved: Money


def revise(session: Session, command: IssueInvoice, by: int | None) -> Revised:
    """Take all of an invoice back and issue the corrected one in its place, in one transaction.

    What was paid on the old one is booked on the new one; what is more than it asks for, or was
    paid by another client than the new one is for, stays that client's credit. Files of the old one
    and of the draft it was kept in go with the new one. Raises Refusal as `credit_notes.issue`,
    `lifecycle.bill` and `lifecycle.delete_draft` do.
    """
    assert command.revises is not None  # noqa: S101 - the caller has looked
    old = lifecycle.get(session, command.revises)
    why = _("Replaced by a corrected invoice")
    reason = render(why, old.language)
    taken = credit_notes.issue(session, CreditInvoice(old.id, reason), by)
    new = lifecycle.bill(session, replace(command, draft=False), by)
    attaching.carry(session, old, new)
    if command.draft_id is not None:  # the correction was kept in it, and has come out of it now
        draft = lifecycle.get(session, command.draft_id, lock=True)
        attaching.move(session, draft, new)
        lifecycle.delete_draft(session, draft, by)
    same = new.client_id == old.client_id and new.currency == old.currency
    moved = _move(session, new, taken.freed) if same else 0
    facts = {"revises_id": old.id, "credit_note_id": taken.note.id, "moved_minor": moved}
    audit.note(session, "invoice.revised", person_id=by, invoice_id=new.id, facts=facts)
    session.flush()
    session.refresh(old)
    session.refresh(new)
    return Revised(old, taken.note, new, Money(moved, new.currency))


def _move(session: Session, new: Invoice, freed: Sequence[Freed]) -> int:
    """Book what came free on the new invoice, the oldest money first; how much of it fitted."""
    moved = 0
    for one in sorted(freed, key=lambda part: part.payment_id):
        standing = allocation.lock(session, [new.id])[new.id]
        done = allocation.book(session, one.payment_id, standing, one.amount_minor)
        moved += done.booked_minor
    return moved


def replaced_by(session: Session, invoice: Invoice) -> Invoice | None:
    """The invoice that was issued in place of this one, the newest if there are several."""
    return session.scalars(
        sa.select(Invoice)
        .where(
            Invoice.merchant_id == invoice.merchant_id,
            Invoice.revises_id == invoice.id,
            Invoice.status != Status.DRAFT,
        )
        .order_by(Invoice.id.desc())
        .limit(1)
    ).one_or_none()


def replaces(session: Session, invoice: Invoice) -> Invoice | None:
    """The invoice that this one was issued in place of."""
    if invoice.revises_id is None:
        return None
    return session.get(Invoice, (invoice.merchant_id, invoice.revises_id))


def write_off(session: Session, command: WriteOff, by: int | None) -> Invoice:
    """Give up what is still owed; it counts as settled, is flagged, and nobody is reminded.

    Raises Refusal: `not_found`, `draft`, `void`, `settled`.
    """
    invoice = _locked(session, command.invoice_id)
    if not invoice.balance:
        words = _("Nothing is owed on *{number}* any more.", number=invoice.number_text)
        raise Refusal(words, "settled")
    given_up = invoice.balance.amount_minor
    _adjust(session, invoice, given_up, command.reason, by)
    invoice.written_off_at = invoice.settled_at = db.now(session)
    facts = {"amount_minor": given_up, "currency": invoice.currency}
    audit.note(session, "invoice.written_off", person_id=by, invoice_id=invoice.id, facts=facts)
    session.flush()
    session.refresh(invoice)
    return invoice


def undo_write_off(session: Session, command: UndoWriteOff, by: int | None) -> Invoice:
    """What was given up is owed again, and reminders go on.

    Raises Refusal: `not_written_off`, and `changed` when anything else happened to the invoice in
    the meantime.
    """
    invoice = _locked(session, command.invoice_id)
    if invoice.written_off_at is None:
        words = _("*{number}* is not written off.", number=invoice.number_text)
        raise Refusal(words, "not_written_off")
    if not can_undo(session, invoice):
        words = _(
            "Something else has happened to *{number}* since it was written off, so that stays.",
            number=invoice.number_text,
        )
        raise Refusal(words, "changed")
    given_up = written_off(session, invoice)
    _adjust(session, invoice, -given_up.amount_minor, None, by)
    invoice.written_off_at = invoice.settled_at = None
    facts = {"amount_minor": given_up.amount_minor, "currency": given_up.currency}
    audit.note(session, "invoice.owed_again", person_id=by, invoice_id=invoice.id, facts=facts)
    session.flush()
    reminding.wake(session, [invoice.id])
    session.refresh(invoice)
    return invoice


def can_undo(session: Session, invoice: Invoice) -> bool:
    """Whether a write-off is still the last thing that happened to the invoice's sums."""
    if invoice.written_off_at is None or invoice.status != Status.ISSUED or invoice.balance:
        return False
    mine = (Adjustment.merchant_id == invoice.merchant_id, Adjustment.invoice_id == invoice.id)
    last = session.scalar(
        sa.select(Adjustment.kind).where(*mine).order_by(Adjustment.id.desc()).limit(1)
    )
    since = sa.or_(
        Allocation.made_at > invoice.written_off_at, Allocation.released_at > invoice.written_off_at
    )
    booked = sa.exists().where(
        Allocation.merchant_id == invoice.merchant_id, Allocation.invoice_id == invoice.id, since
    )
    return last == WRITE_OFF and not session.scalar(sa.select(booked))


def written_off(session: Session, invoice: Invoice) -> Money:
    """How much of an invoice was given up."""
    given_up = session.scalar(
        sa.select(sa.func.coalesce(sa.func.sum(Adjustment.amount_minor), 0)).where(
            Adjustment.merchant_id == invoice.merchant_id,
            Adjustment.invoice_id == invoice.id,
            Adjustment.kind == WRITE_OFF,
        )
    )
    return Money(int(given_up or 0), invoice.currency)


def _locked(session: Session, invoice_id: int) -> Invoice:
    session.flush()
    allocation.lock(session, [invoice_id])
    invoice = lifecycle.get(session, invoice_id)
    session.refresh(invoice)
    if invoice.status == Status.DRAFT:
        raise Refusal(_("This is only a draft: you can throw it away."), "draft")
    if invoice.status == Status.VOID:
        raise Refusal(_("*{number}* is void already.", number=invoice.number_text), "void")
    return invoice


def _adjust(
    session: Session, invoice: Invoice, amount_minor: int, reason: str | None, by: int | None
) -> None:
    session.add(
        Adjustment(
            merchant_id=invoice.merchant_id,
            invoice_id=invoice.id,
            kind=WRITE_OFF,
            amount_minor=amount_minor,
            reason=" ".join((reason or "").split())[: credit_notes.LONGEST_REASON] or None,
            made_by=by,
            made_at=db.now(session),
        )
    )
    session.flush()
