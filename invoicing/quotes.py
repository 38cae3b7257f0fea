"""Quotes: offered under a number of their own with a link, accepted, declined, taken back, billed.

A quote is no invoice and lives in a table of its own: nothing is owed on it, nobody pays it and
nobody is reminded of it.
"""

from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from invoicing import audit, clients, issuing, merchants, numbering, totals
from invoicing.commands import InvoiceLine as Line
from invoicing.commands import MakeQuote
from invoicing.links import InvoiceRef
from invoicing.totals import Rounding, Totals
from models import db
from models.errors import Refusal
from models.invoices import Invoice, Status
from models.merchants import Client, Merchant
from models.platform import Route
from models.quotes import Quote, QuoteLine, QuoteStatus
from models.secrets import key_hash, new_token
from models.text import _

SERIES = "quote"
LONGEST_DAYS = 730
LONGEST_NUMBER = 10


def make(session: Session, command: MakeQuote, by: int | None) -> Quote:
    """Offer something: a client (new ones are remembered), lines, a number and a link.

    Raises Refusal for whatever the person can put right.
    """
    merchant = merchants.get(session)
    client = clients.billed(session, command.client)
    rounding = Rounding(merchant.settings.get("tax_rounding", Rounding.TOTAL))
    sums = totals.compute(command.lines, command.discount, command.tax, rounding)
    today = db.today(session, merchant.zone)
    _check(merchant, sums, command.valid_until, today)
    quote = _row(session, merchant, client, command, sums)
    quote.issued_on, quote.made_by = today, by
    token = new_token()
    quote.token = db.vault(session).seal(token)
    quote.lines = [_line_row(merchant.id, n, line) for n, line in enumerate(command.lines, 1)]
    # The number comes last: its lock is the one that other quotes of this merchant wait for.
    numbering.begin(session, SERIES, merchants.PREFIXES[SERIES])
    quote.number, quote.number_text = numbering.take(session, SERIES)
    session.add(quote)
    session.flush()
    session.add(_route(quote, token))
    facts = {"quote_id": quote.id, "total_minor": quote.total_minor, "currency": quote.currency}
    audit.note(session, "quote.made", person_id=by, facts=facts)
    session.flush()
    return quote


def _check(merchant: Merchant, sums: Totals, valid_until: date, today: date) -> None:
    if sums.total.currency != merchant.currency:
        raise Refusal(_("You bill in {currency}.", currency=merchant.currency), "currency")
    if not sums.total:
        raise Refusal(_("This quote asks for nothing: its total is 0."), "nothing_to_pay")
    if not today <= valid_until <= today + timedelta(days=LONGEST_DAYS):
        raise Refusal(_("A quote is valid until today or a later day."), "valid_until")


def _row(
    session: Session, merchant: Merchant, client: Client, command: MakeQuote, sums: Totals
) -> Quote:
    tax, discount = command.tax, command.discount
    return Quote(
        merchant_id=merchant.id,
        client_id=client.id,
        currency=merchant.currency,
        language=client.language or merchant.language,
        valid_until=command.valid_until,
        subtotal_minor=sums.subtotal.amount_minor,
        discount_minor=sums.discount.amount_minor,
        discount_percent=discount.percent if discount else None,
        tax_label=merchant.tax_label if tax else None,
        tax_rate=tax.rate if tax else None,
        tax_inclusive=tax.inclusive if tax else False,
        tax_minor=sums.tax.amount_minor,
        total_minor=sums.total.amount_minor,
        note=command.note,
        parties=issuing.parties(merchant, client),
        made_at=db.now(session),
    )


def _line_row(merchant_id: int, position: int, line: Line) -> QuoteLine:
    return QuoteLine(
        merchant_id=merchant_id,
        position=position,
        description=line.description.strip(),
        quantity=line.quantity,
        unit_price_minor=line.unit_price.amount_minor,
        amount_minor=line.amount.amount_minor,
    )


def _route(quote: Quote, token: str) -> Route:
    return Route(
        kind=SERIES, key_hash=key_hash(token), merchant_id=quote.merchant_id, target_id=quote.id
    )


def get(session: Session, quote_id: int, *, lock: bool = False) -> Quote:
    """A quote of the merchant; with `lock`, held until the transaction ends. Raises Refusal."""
    wanted = sa.select(Quote).where(
        Quote.merchant_id == db.merchant_id(session), Quote.id == quote_id
    )
    if lock:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    found = session.scalars(wanted).one_or_none()
    if found is None:
        raise Refusal(_("I cannot find that quote."), "not_found")
    return found


def by_token(session: Session, token: str) -> InvoiceRef | None:
    """Which quote a link opens (`invoice_id` is the quote's); None for anything else."""
    row = session.execute(
        sa.select(Route.merchant_id, Route.target_id).where(
            Route.kind == SERIES, Route.key_hash == key_hash(token)
        )
    ).one_or_none()
    return InvoiceRef(row.merchant_id, row.target_id) if row else None


def token_of(session: Session, quote: Quote) -> str | None:
    """The token again; None once it was revoked."""
    return db.vault(session).open(quote.token) if quote.token else None


def url(app_url: str, token: str) -> str:
    """The address a customer opens."""
    return f"{app_url}/q/{token}"


def answer(session: Session, quote_id: int, *, accepted: bool, by: int | None) -> bool:
    """The customer's answer; whether it is news. Who declined may still accept.

    Raises Refusal: `withdrawn`, `billed`, `run_out`, `accepted` (it cannot be declined any more).
    """
    quote = get(session, quote_id, lock=True)
    wanted = QuoteStatus.ACCEPTED if accepted else QuoteStatus.DECLINED
    if quote.status == wanted:
        return False
    _check_answerable(session, quote)
    quote.status, quote.answered_at = wanted, db.now(session)
    audit.note(session, f"quote.{wanted}", person_id=by, facts={"quote_id": quote.id})
    session.flush()
    return True


def _check_answerable(session: Session, quote: Quote) -> None:
    if quote.status == QuoteStatus.WITHDRAWN:
        raise Refusal(_("This quote was taken back. Please ask for a new one."), "withdrawn")
    if quote.status == QuoteStatus.ACCEPTED:
        words = _("This quote is accepted already. Please talk to the business.")
        raise Refusal(words, "accepted")
    if billed_as(session, quote) is not None:
        raise Refusal(_("This quote was billed already. Please open the invoice."), "billed")
    if db.today(session, merchants.get(session).zone) > quote.valid_until:
        raise Refusal(_("This quote has run out. Please ask for a new one."), "run_out")


def withdraw(session: Session, quote_id: int, by: int | None) -> Quote:
    """The merchant takes her offer back; twice is once. Raises Refusal once it was billed."""
    quote = get(session, quote_id, lock=True)
    if quote.status == QuoteStatus.WITHDRAWN:
        return quote
    if (billed := billed_as(session, quote)) is not None:
        words = _("This quote was billed as *{number}*.", number=billed.number_text)
        raise Refusal(words, "billed")
    quote.status, quote.answered_at = QuoteStatus.WITHDRAWN, db.now(session)
    audit.note(session, "quote.withdrawn", person_id=by, facts={"quote_id": quote.id})
    session.flush()
    return quote


def billed_as(session: Session, quote: Quote) -> Invoice | None:
    """The invoice that was made of a quote and counts; a void one does not."""
    return session.scalars(
        sa.select(Invoice)
        .where(
            Invoice.merchant_id == quote.merchant_id,
            Invoice.quote_id == quote.id,
            Invoice.status == Status.ISSUED,
        )
        .order_by(Invoice.id)
        .limit(1)
    ).one_or_none()


def check_billable(session: Session, quote_id: int) -> Quote:
    """The quote that an invoice is to be made of, locked so that it is billed once.

    Raises Refusal: `not_found`, `billed`, `withdrawn`.
    """
    quote = get(session, quote_id, lock=True)
    if (billed := billed_as(session, quote)) is not None:
        words = _("This quote was billed as *{number}*.", number=billed.number_text)
        raise Refusal(words, "billed")
    if quote.status == QuoteStatus.WITHDRAWN:
        raise Refusal(_("You have taken this quote back."), "withdrawn")
    return quote


def page(session: Session, after: int | None, words: str, size: int) -> list[tuple[Quote, str]]:
    """The newest quotes below `after`, each with its client's name; with words, those that fit.

    One more than `size` when there are more.
    """
    own = sa.and_(Client.merchant_id == Quote.merchant_id, Client.id == Quote.client_id)
    rows = (
        sa.select(Quote, Client.name)
        .join(Client, own)
        .where(Quote.merchant_id == db.merchant_id(session))
        .order_by(Quote.id.desc())
        .limit(size + 1)
    )
    if after is not None:
        rows = rows.where(Quote.id < after)
    if words:
        rows = rows.where(_fits(words))
    return [(row[0], row[1]) for row in session.execute(rows)]


def _fits(words: str) -> sa.ColumnElement[bool]:
    """By a part of the client's name, or by the number."""
    fits = [sa.func.lower(Client.name).contains(words.lower(), autoescape=True)]
    digits = "".join(sign for sign in words if sign.isdigit()).lstrip("0")
    if digits and len(digits) < LONGEST_NUMBER:
        fits.append(Quote.number == int(digits))
    return sa.or_(*fits)


def note_opened(session: Session, quote: Quote) -> None:
    """Remember the customer's first look."""
    if quote.first_opened_at is None:
        quote.first_opened_at = db.now(session)
        session.flush()
