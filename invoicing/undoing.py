"""Taking a just sent invoice back: whether it still can be, and what becomes of its content."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from invoicing import audit, lifecycle, links
from invoicing.commands import Discount, InvoiceLine, Tax
from invoicing.lifecycle import Content
from models import db
from models.errors import Refusal
from models.invoices import Invoice, Status
from models.merchants import Client
from models.money import Money
from models.payments import Attempt
from models.text import Text, _, ngettext, render

ACTION = "invoice.undone"


def until(invoice: Invoice, undo_s: int) -> datetime | None:
    """Till when an invoice may be taken back, as far as its own row tells; None: it may not.

    One that replaces another, or came of a quote, has moved more than itself: it stays.
    """
    if not undo_s or invoice.status != Status.ISSUED or invoice.issued_at is None:
        return None
    if invoice.revises_id is not None or invoice.quote_id is not None:
        return None
    if invoice.first_opened_at is not None or invoice.paid_minor or invoice.adjusted_minor:
        return None
    return invoice.issued_at + timedelta(seconds=undo_s)


def check(session: Session, invoice: Invoice, undo_s: int) -> None:
    """Raises Refusal unless an invoice, which is locked, may still be taken back.

    `undone`, `void`, `draft`, `opened`, `paid`, `moved`, `late`: the words say what to do instead.
    """
    number = invoice.number_text
    if invoice.status == Status.VOID:
        words = _("*{number}* is void already. There is nothing left to undo.", number=number)
        raise Refusal(words, "void")
    if invoice.status == Status.DRAFT:
        raise Refusal(_("This is only a draft: you can throw it away."), "draft")
    if invoice.paid_minor or invoice.adjusted_minor or _is_being_paid(session, invoice):
        words = _("*{number}* is being paid already, so it stays."
                  " To take a payment back, say */reverse*.", number=number)  # fmt: skip
        raise Refusal(words, "paid")
    if invoice.first_opened_at is not None:
        words = _("*{number}* was opened already, so it is too late to undo it.", number=number)
        raise Refusal(words, "opened")
    last = until(invoice, undo_s)
    if last is None:
        words = _("*{number}* cannot be undone, because other things hang on it.", number=number)
        raise Refusal(words, "moved")
    if db.now(session) >= last:
        raise Refusal(too_late(invoice, undo_s), "late")


def too_late(invoice: Invoice, undo_s: int) -> Text:
    """The moment is over."""
    return ngettext(
        "The {n} second to undo *{number}* is over.",
        "The {n} seconds to undo *{number}* are over.",
        undo_s,
        number=invoice.number_text,
    )


def _is_being_paid(session: Session, invoice: Invoice) -> bool:
    mine = (Attempt.merchant_id == invoice.merchant_id, Attempt.invoice_id == invoice.id)
    return bool(session.scalar(sa.select(sa.exists().where(*mine))))


def undo(session: Session, invoice: Invoice, by: int | None, undo_s: int) -> Invoice:
    """Make a locked invoice void without a word, close its link, and give its content as a draft.

    The number stays used and the account code stays known, so that money sent to it is found.
    Whether it may be done `check` has said.
    """
    why = _("Taken back right after it was sent")
    invoice.status = Status.VOID
    invoice.voided_at = db.now(session)
    invoice.void_reason = render(why, invoice.language)
    links.revoke(session, invoice)
    audit.note(session, ACTION, person_id=by, invoice_id=invoice.id, facts={"seconds": undo_s})
    client = session.get_one(Client, (invoice.merchant_id, invoice.client_id))
    return lifecycle.draft(session, client, content(invoice), by=by)


def content(invoice: Invoice) -> Content:
    """What an invoice says, apart from whom it is for."""
    currency = invoice.currency
    lines = tuple(
        InvoiceLine(line.description, line.quantity, Money(line.unit_price_minor, currency))
        for line in invoice.lines
    )
    deposit = Money(invoice.deposit_minor, currency) if invoice.deposit_minor else None
    assert invoice.due_on is not None  # noqa: S101 - an issued invoice has one
    taken_off, put_on = _discount(invoice), _tax(invoice)
    return Content(lines, invoice.due_on, taken_off, put_on, invoice.note, deposit)


def _discount(invoice: Invoice) -> Discount | None:
    if invoice.discount_percent:
        return Discount(percent=invoice.discount_percent)
    if invoice.discount_minor:
        return Discount(amount=Money(invoice.discount_minor, invoice.currency))
    return None


def _tax(invoice: Invoice) -> Tax | None:
    return None if invoice.tax_rate is None else Tax(invoice.tax_rate, invoice.tax_inclusive)
