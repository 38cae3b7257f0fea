"""Credit notes: what is taken back of an invoice, under a number of its own, never more than is left.

What had been paid beyond the new balance is taken off the invoice and stays the client's credit.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from invoicing import allocation, apart, audit, freeing, merchants, numbering
from invoicing.commands import (
    Billed,
    CreditedLine,
    CreditInvoice,
    CreditSums,
    credit_of_amount,
    credit_of_lines,
)
from invoicing.freeing import Freed
from models import db
from models.credit_notes import CreditNote, CreditNoteLine
from models.errors import Refusal
from models.invoices import Invoice, InvoiceLine, Status
from models.money import Money
from models.payments import Adjustment
from models.text import _, render

SERIES = "credit_note"
LONGEST_REASON = 200


@dataclass(frozen=True)
class Issued:
    """A credit note, and what had been paid of it, payment by payment."""

    note: CreditNote
    freed: tuple[Freed, ...] = ()


@dataclass(frozen=True)
class Left:
    """What of a line can still be taken back."""

    line: InvoiceLine
    quantity: Decimal


@dataclass(frozen=True)
class _Sums:
    sums: CreditSums
    lines: list[CreditNoteLine]


def issue(session: Session, command: CreditInvoice, by: int | None) -> Issued:
    """Take back of an invoice what the command says, and lower its balance by it.

    Raises Refusal: `not_found`, `draft`, `void`, `nothing_left`, `too_much`, `amount`, `currency`,
    `lines`.
    """
    session.flush()
    standing = allocation.lock(session, [command.invoice_id]).get(command.invoice_id)
    if standing is None:
        raise Refusal(_("I cannot find that invoice."), "not_found")
    invoice = session.get_one(Invoice, (db.merchant_id(session), command.invoice_id))
    session.refresh(invoice)
    check(invoice)
    sums = _reckon(session, invoice, command)
    excess = sums.sums.total_minor - standing.balance_minor
    freed = freeing.free(session, invoice, excess) if excess > 0 else []
    note = _write(
        session, invoice, sums, command.reason, by, sum(one.amount_minor for one in freed)
    )
    session.refresh(invoice)
    if not invoice.balance and invoice.settled_at is None:
        invoice.settled_at = db.now(session)
        session.flush()
    return Issued(note, tuple(freed))


def check(invoice: Invoice) -> None:
    """Raises Refusal where there is nothing to take back: `draft`, `void`, `nothing_left`."""
    if invoice.status == Status.DRAFT:
        raise Refusal(_("This is only a draft: you can change it or throw it away."), "draft")
    if invoice.status == Status.VOID:
        words = _("*{number}* is void: there is nothing to take back.", number=invoice.number_text)
        raise Refusal(words, "void")
    if not creditable(invoice):
        words = _("Nothing is left to take back on *{number}*.", number=invoice.number_text)
        raise Refusal(words, "nothing_left")


def creditable(invoice: Invoice) -> Money:
    """What has not been credited, rounded or written off: the most a credit note can say."""
    return Money(invoice.total_minor - invoice.adjusted_minor, invoice.currency)


def _reckon(session: Session, invoice: Invoice, command: CreditInvoice) -> _Sums:
    left = creditable(invoice)
    if command.lines:
        return _of_lines(session, invoice, command.lines, left)
    if command.amount is None:
        return _of_rest(session, invoice, left)
    if command.amount.currency != invoice.currency:
        raise Refusal(_("The invoice is in {currency}.", currency=invoice.currency), "currency")
    if command.amount.amount_minor <= 0:
        raise Refusal(_("A credit note is for more than nothing."), "amount")
    _check_room(command.amount, left)
    return _of_amount(invoice, command.amount)


def _check_room(amount: Money, left: Money) -> None:
    if left < amount:
        words = _("At most {left} can still be taken back. Please choose less.", left=left)
        raise Refusal(words, "too_much")


def _of_rest(session: Session, invoice: Invoice, left: Money) -> _Sums:
    """Everything: with the invoice's own lines and sums while nothing was taken back before."""
    if left != invoice.total:
        return _of_amount(invoice, left)
    sums = CreditSums(
        invoice.subtotal_minor, invoice.discount_minor, invoice.tax_minor, left.amount_minor
    )
    found = enumerate(lines_left(session, invoice), start=1)
    return _Sums(sums, [_line(n, one.line, one.quantity) for n, one in found])


def billed(invoice: Invoice) -> Billed:
    """What a credit note for a part of the invoice is reckoned from."""
    return Billed(
        invoice.subtotal_minor,
        invoice.discount_minor,
        invoice.tax_minor,
        invoice.total_minor,
        creditable(invoice).amount_minor,
        invoice.tax_inclusive,
    )


def _of_amount(invoice: Invoice, amount: Money) -> _Sums:
    """A part, in one line of its own."""
    sums = credit_of_amount(billed(invoice), amount.amount_minor)
    words = render(_("Credit on {number}", number=invoice.number_text), invoice.language)
    line = CreditNoteLine(
        merchant_id=invoice.merchant_id,
        position=1,
        description=words,
        quantity=Decimal(1),
        unit_price_minor=sums.subtotal_minor,
        amount_minor=sums.subtotal_minor,
    )
    return _Sums(sums, [line])


def _of_lines(
    session: Session, invoice: Invoice, wanted: Sequence[CreditedLine], left: Money
) -> _Sums:
    """Chosen lines at what they were sold for: less their discounts, with their tax."""
    room = {one.line.position: one for one in lines_left(session, invoice)}
    sold = apart.sold(invoice)
    lines, taken = [], []
    for position, one in enumerate(wanted, start=1):
        found = room.pop(one.position, None)
        if found is None or not 0 < one.quantity <= found.quantity:
            raise Refusal(_("So many of that item are not left to take back."), "lines")
        lines.append(_line(position, found.line, one.quantity))
        taken.append((replace(sold[one.position], left=found.quantity), one.quantity))
    sums = credit_of_lines(billed(invoice), taken)
    if sums.total_minor <= 0:
        raise Refusal(_("A credit note is for more than nothing."), "amount")
    _check_room(Money(sums.total_minor, invoice.currency), left)
    return _Sums(sums, lines)


def _line(position: int, line: InvoiceLine, quantity: Decimal) -> CreditNoteLine:
    amount = Decimal(line.unit_price_minor) * quantity
    return CreditNoteLine(
        merchant_id=line.merchant_id,
        position=position,
        invoice_position=line.position,
        description=line.description,
        quantity=quantity,
        unit_price_minor=line.unit_price_minor,
        amount_minor=int(amount.quantize(Decimal(1), ROUND_HALF_UP)),
    )


def _write(
    session: Session, invoice: Invoice, sums: _Sums, reason: str | None, by: int | None, freed: int
) -> CreditNote:
    now, merchant = db.now(session), merchants.get(session)
    numbering.begin(session, SERIES, merchants.PREFIXES[SERIES])
    number, number_text = numbering.take(session, SERIES)
    note = CreditNote(
        merchant_id=invoice.merchant_id,
        invoice_id=invoice.id,
        client_id=invoice.client_id,
        number=number,
        number_text=number_text,
        currency=invoice.currency,
        issued_on=db.today(session, merchant.zone),
        **vars(sums.sums),
        freed_minor=freed,
        reason=" ".join((reason or "").split())[:LONGEST_REASON] or None,
        made_by=by,
        made_at=now,
        lines=sums.lines,
    )
    session.add(note)
    session.flush()
    session.add(_adjustment(note))
    facts = {"credit_note_id": note.id, "total_minor": note.total_minor, "freed_minor": freed}
    audit.note(session, "invoice.credited", person_id=by, invoice_id=invoice.id, facts=facts)
    session.flush()
    return note


def _adjustment(note: CreditNote) -> Adjustment:
    return Adjustment(
        merchant_id=note.merchant_id,
        invoice_id=note.invoice_id,
        kind="credit",
        amount_minor=note.total_minor,
        credit_note_id=note.id,
        made_by=note.made_by,
        made_at=note.made_at,
    )


def lines_left(session: Session, invoice: Invoice) -> list[Left]:
    """The invoice's lines that were not taken back yet, with how many of each."""
    rows = session.execute(
        sa.select(CreditNoteLine.invoice_position, sa.func.sum(CreditNoteLine.quantity))
        .join(
            CreditNote,
            sa.and_(
                CreditNote.merchant_id == CreditNoteLine.merchant_id,
                CreditNote.id == CreditNoteLine.credit_note_id,
            ),
        )
        .where(
            CreditNote.merchant_id == invoice.merchant_id,
            CreditNote.invoice_id == invoice.id,
            CreditNoteLine.invoice_position.is_not(None),
        )
        .group_by(CreditNoteLine.invoice_position)
    )
    gone = {row[0]: row[1] for row in rows}
    left = [
        Left(line, line.quantity - gone.get(line.position, Decimal(0))) for line in invoice.lines
    ]
    return [one for one in left if one.quantity > 0]


def get(session: Session, credit_note_id: int) -> CreditNote:
    """One credit note of the merchant. Raises Refusal when there is none."""
    found = session.get(CreditNote, (db.merchant_id(session), credit_note_id))
    if found is None:
        raise Refusal(_("I cannot find that credit note."), "not_found")
    return found


def of_invoice(session: Session, invoice: Invoice) -> list[CreditNote]:
    """The credit notes of an invoice, oldest first; asks only when anything was taken off it."""
    if not invoice.adjusted_minor:
        return []
    mine = (CreditNote.merchant_id == invoice.merchant_id, CreditNote.invoice_id == invoice.id)
    return list(session.scalars(sa.select(CreditNote).where(*mine).order_by(CreditNote.id)))


def of_client(session: Session, client_id: int, start: date, end: date) -> list[CreditNote]:
    """A client's credit notes from one day to another, both included, oldest first."""
    return list(
        session.scalars(
            sa.select(CreditNote)
            .where(
                CreditNote.merchant_id == db.merchant_id(session),
                CreditNote.client_id == client_id,
                CreditNote.issued_on.between(start, end),
            )
            .order_by(CreditNote.issued_on, CreditNote.id)
        )
    )
