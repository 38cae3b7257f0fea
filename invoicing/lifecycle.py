"""The life of an invoice: written, kept as a draft or issued, made void or thrown away."""

from dataclasses import dataclass, fields
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from invoicing import attaching, audit, clients, issuing, links, merchants, numbering, totals
from invoicing.commands import Discount, IssueInvoice, Tax
from invoicing.commands import InvoiceLine as Line
from invoicing.totals import Rounding, Totals
from models import db
from models.errors import Refusal
from models.invoices import Invoice, InvoiceLine, Status
from models.merchants import Client, Merchant
from models.money import Money
from models.text import _

LONGEST_REASON = 200


@dataclass(frozen=True)
class Content:
    """What an invoice says, apart from whom it is for."""

    lines: tuple[Line, ...]
    due_on: date
    discount: Discount | None = None
    tax: Tax | None = None
    note: str | None = None
    deposit: Money | None = None
    revises: int | None = None
    quote_id: int | None = None
    terms: str | None = None
    pay_note: str | None = None


def bill(session: Session, command: IssueInvoice, by: int | None) -> Invoice:
    """Client (new ones are remembered), draft, lines and, unless kept as a draft, the issue.

    Eight statements whatever the number of lines. Raises Refusal for whatever the person can put
    right; nothing is left behind then once the caller rolls back.
    """
    merchant = merchants.get(session)
    client = clients.billed(session, command.client)
    if command.draft:
        return draft(session, client, content(command), by=by, merchant=merchant)
    invoice = written(session, client, content(command), merchant)
    invoice.made_by = by
    return issuing.issue(session, invoice, merchant, client, by=by)


def content(command: IssueInvoice) -> Content:
    """What a command says apart from whom it is for."""
    return Content(**{one.name: getattr(command, one.name) for one in fields(Content)})


def draft(
    session: Session,
    client: Client,
    said: Content,
    *,
    by: int | None,
    merchant: Merchant | None = None,
) -> Invoice:
    """An invoice without a number, which may still be changed or thrown away."""
    invoice = written(session, client, said, merchant)
    invoice.made_by = by
    session.add(invoice)
    session.flush()
    issuing.nothing_booked(invoice)
    set_committed_value(invoice, "client", client)
    return invoice


def written(
    session: Session, client: Client, said: Content, merchant: Merchant | None = None
) -> Invoice:
    """The row and its lines, not yet in the session. Raises Refusal for what cannot be billed."""
    merchant = merchant or merchants.get(session)
    rounding = Rounding(merchant.settings.get("tax_rounding", Rounding.TOTAL))
    sums = totals.compute(said.lines, said.discount, said.tax, rounding)
    _check(merchant, sums)
    _check_deposit(said.deposit, sums.total)
    invoice = _row(session, merchant, client, said, sums)
    invoice.tax_rounding = rounding
    invoice.lines = [
        _line_row(merchant.id, position, line) for position, line in enumerate(said.lines, start=1)
    ]
    return invoice


def _check(merchant: Merchant, sums: Totals) -> None:
    if sums.total.currency != merchant.currency:
        words = _("You bill in {currency}.", currency=merchant.currency)
        raise Refusal(words, "currency")
    if not sums.total:
        raise Refusal(_("This invoice asks for nothing: its total is 0."), "nothing_to_pay")


def _check_deposit(deposit: Money | None, total: Money) -> None:
    if deposit is None:
        return
    if deposit.currency != total.currency or not 0 < deposit.amount_minor < total.amount_minor:
        words = _("A deposit is more than nothing and less than the total of {total}.", total=total)
        raise Refusal(words, "deposit")


def _row(
    session: Session, merchant: Merchant, client: Client, content: Content, sums: Totals
) -> Invoice:
    tax, discount = content.tax, content.discount
    return Invoice(
        merchant_id=merchant.id,
        client_id=client.id,
        currency=merchant.currency,
        language=client.language or merchant.language,
        due_on=content.due_on,
        subtotal_minor=sums.subtotal.amount_minor,
        discount_minor=sums.discount.amount_minor,
        discount_percent=discount.percent if discount else None,
        tax_label=merchant.tax_label if tax else None,
        tax_rate=tax.rate if tax else None,
        tax_inclusive=tax.inclusive if tax else False,
        tax_minor=sums.tax.amount_minor,
        total_minor=sums.total.amount_minor,
        note=content.note or merchant.default_note,
        terms=content.terms,
        pay_note=content.pay_note,
        deposit_minor=content.deposit.amount_minor if content.deposit else None,
        revises_id=content.revises,
        quote_id=content.quote_id,
        made_at=db.now(session),
        series=numbering.INVOICE,
        reminders_off=False,
    )


def _line_row(merchant_id: int, position: int, line: Line) -> InvoiceLine:
    return InvoiceLine(
        merchant_id=merchant_id,
        position=position,
        description=line.description.strip(),
        quantity=line.quantity,
        unit_price_minor=line.unit_price.amount_minor,
        amount_minor=line.amount.amount_minor,
        discount_minor=line.off.amount_minor,
        discount_percent=line.discount.percent if line.discount else None,
        tax_rate=line.tax_rate,
    )


def issue(session: Session, invoice: Invoice, *, by: int | None) -> Invoice:
    """Give a draft its number, link and account code, and freeze it with the parties' data.

    A due day that went by while it lay as a draft moves on by the days it lay. Raises Refusal
    when the invoice was issued or made void already, if only a moment ago by someone else.
    """
    invoice = get(session, invoice.id, lock=True)
    if invoice.status != Status.DRAFT:
        raise Refusal(_("This invoice was sent already."), "not_a_draft")
    client = clients.get(session, invoice.client_id)
    return issuing.issue(session, invoice, merchants.get(session), client, by=by)


def get(session: Session, invoice_id: int, *, lock: bool = False) -> Invoice:
    """An invoice of the merchant; with `lock`, held until the transaction ends.

    Raises Refusal when she has no such invoice.
    """
    wanted = sa.select(Invoice).where(
        Invoice.merchant_id == db.merchant_id(session), Invoice.id == invoice_id
    )
    if lock:
        # Locked first and read afterwards: a statement that waits for a lock would see the row as
        # it is then, but the bookings beside it as they were when it began to wait.
        session.execute(wanted.with_only_columns(Invoice.id).with_for_update())
        wanted = wanted.execution_options(populate_existing=True)
    found = session.scalars(wanted).one_or_none()
    if found is None:
        raise Refusal(_("I cannot find that invoice."), "not_found")
    return found


def void(session: Session, invoice: Invoice, reason: str, by: int | None) -> Invoice:
    """Make an issued invoice count for nothing; its number stays used and its page says so.

    Raises Refusal for a draft, and while money is booked on it.
    """
    invoice = get(session, invoice.id, lock=True)
    if invoice.status == Status.VOID:
        return invoice
    _check_voidable(invoice)
    invoice.status = Status.VOID
    invoice.voided_at = db.now(session)
    invoice.void_reason = " ".join(reason.split())[:LONGEST_REASON] or None
    audit.note(session, "invoice.voided", person_id=by, invoice_id=invoice.id)
    session.flush()
    return invoice


def _check_voidable(invoice: Invoice) -> None:
    if invoice.status == Status.DRAFT:
        raise Refusal(_("This is only a draft: you can throw it away."), "draft")
    if invoice.paid_minor:
        words = _(
            "{amount} has been paid on {number}, so it cannot be voided. "
            "Reverse the payment first, or send a credit note.",
            amount=invoice.paid,
            number=invoice.number_text,
        )
        raise Refusal(words, "paid")
    if invoice.adjusted_minor:
        words = _(
            "{number} has been credited or written off, so it cannot be voided. "
            "Send a credit note for the rest.",
            number=invoice.number_text,
        )
        raise Refusal(words, "credited")


def delete_draft(session: Session, invoice: Invoice, by: int | None) -> None:
    """Throw a draft away, as if it had never been. Raises Refusal for anything else."""
    if invoice.status != Status.DRAFT:
        raise Refusal(_("A sent invoice cannot be deleted; you can void it."), "not_a_draft")
    audit.note(session, "draft.deleted", person_id=by, invoice_id=invoice.id)
    attaching.clear(session, invoice)
    session.delete(invoice)
    session.flush()


def revoke_link(session: Session, invoice: Invoice, by: int | None) -> None:
    """Nobody opens this invoice any more, until there is a new link."""
    links.revoke(session, invoice)
    audit.note(session, "link.revoked", person_id=by, invoice_id=invoice.id)
    session.flush()


def new_link(session: Session, invoice: Invoice, by: int | None) -> str:
    """Another token; the old one opens nothing from now on. Raises Refusal for a draft."""
    if invoice.status == Status.DRAFT:
        raise Refusal(_("A draft has no link yet."), "draft")
    token = links.renew(session, invoice)
    audit.note(session, "link.renewed", person_id=by, invoice_id=invoice.id)
    session.flush()
    return token
