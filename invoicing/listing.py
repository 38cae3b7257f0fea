"""Lists of invoices, a page at a time, and what they come to per currency."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, lazyload

from invoicing import merchants
from invoicing.commands import ListKind
from models import db
from models.invoices import Invoice, InvoiceLine, Shown, Status
from models.merchants import Client
from models.money import BIGGEST_MINOR, EXPONENTS, Money

SIZE = 8
MOST_WORDS = 6
NUMBERED = re.compile(r"(?:[a-z]{1,8}-?|#)?0*(\d{1,9})", re.ASCII)
SUM = re.compile(r"((?:\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.\d{1,2})?)(?:/[=-])?", re.ASCII)

NAME = sa.func.coalesce(Invoice.parties[("client", "name")].astext, Client.name)
IS_OPEN = sa.and_(Invoice.status == Status.ISSUED, Invoice.settled_at.is_(None))
IS_PAID = sa.and_(Invoice.status == Status.ISSUED, Invoice.settled_at.is_not(None))
IS_DRAFT = Invoice.status == Status.DRAFT


@dataclass(frozen=True)
class Row:
    """One invoice in a list; drafts have no number."""

    id: int
    number: str | None
    client: str
    total: Money
    balance: Money
    due_on: date | None
    shown: Shown


@dataclass(frozen=True)
class Page:
    """Some rows, and after which invoice the next page begins (None: this is the last)."""

    rows: tuple[Row, ...]
    after: int | None


def page(
    session: Session,
    kind: ListKind | None,
    today: date,
    *,
    after: int | None = None,
    words: str = "",
    size: int = SIZE,
) -> Page:
    """One page in one query; `kind` None lists all.

    `words` look in numbers, clients' names, lines and sums; all of them must be found.

    Open ones come by due day, the others newest first. `after` is the last invoice of the page
    before: rows that were added or paid meanwhile neither repeat nor hide others.
    """
    wanted = (
        sa.select(Invoice, NAME)
        .join(Client, sa.and_(*_same(Client)))
        .where(Invoice.merchant_id == db.merchant_id(session), *_which(kind, today))
        .options(lazyload(Invoice.lines))
        .order_by(*_order(kind))
        .limit(size + 1)
    )
    if words.strip():
        wanted = wanted.where(_says(words, merchants.get(session).currency))
    if after is not None:
        wanted = wanted.where(_beyond(kind, after))
    found = session.execute(wanted).all()
    rows = tuple(_row(invoice, name, today) for invoice, name in found[:size])
    return Page(rows, rows[-1].id if len(found) > size else None)


def _same(table: type[Client]) -> tuple[sa.ColumnElement[bool], ...]:
    return (table.merchant_id == Invoice.merchant_id, table.id == Invoice.client_id)


def _which(kind: ListKind | None, today: date) -> tuple[sa.ColumnElement[bool], ...]:
    match kind:
        case ListKind.OPEN:
            return (IS_OPEN,)
        case ListKind.OVERDUE:
            return (IS_OPEN, Invoice.due_on < today)
        case ListKind.PAID:
            return (IS_PAID,)
        case ListKind.DRAFT:
            return (IS_DRAFT,)
        case ListKind.ALL | None:
            return ()


def _by_due_day(kind: ListKind | None) -> bool:
    return kind in (ListKind.OPEN, ListKind.OVERDUE)


def _order(kind: ListKind | None) -> tuple[Any, ...]:
    if _by_due_day(kind):
        return (Invoice.due_on, Invoice.id)
    return (Invoice.id.desc(),)


def _beyond(kind: ListKind | None, after: int) -> sa.ColumnElement[bool]:
    if not _by_due_day(kind):
        return Invoice.id < after
    last = sa.inspect(Invoice).local_table.alias("last")
    day = sa.select(last.c.due_on).where(
        last.c.merchant_id == Invoice.merchant_id, last.c.id == after
    )
    return sa.tuple_(Invoice.due_on, Invoice.id) > sa.tuple_(day.scalar_subquery(), after)


def _says(words: str, currency: str) -> sa.ColumnElement[bool]:
    """Each word is in the number, in the client's name or in a line, or is the sum itself."""
    return sa.and_(*(_holds(word, currency) for word in words.lower().split()[:MOST_WORDS]))


def _holds(word: str, currency: str) -> sa.ColumnElement[bool]:
    lines = sa.select(InvoiceLine.position).where(
        InvoiceLine.merchant_id == Invoice.merchant_id,
        InvoiceLine.invoice_id == Invoice.id,
        sa.func.lower(InvoiceLine.description).contains(word, autoescape=True),
    )
    fits = [
        sa.func.lower(Invoice.number_text).contains(word, autoescape=True),
        sa.func.lower(NAME).contains(word, autoescape=True),
        lines.exists(),
    ]
    if numbered := NUMBERED.fullmatch(word):
        fits.append(Invoice.number == int(numbered[1]))
    if (amount := _amount(word, currency)) is not None:
        owed = Invoice.total_minor - Invoice.paid_minor - Invoice.adjusted_minor
        fits += [Invoice.total_minor == amount, owed == amount]
    return sa.or_(*fits)


def _amount(word: str, currency: str) -> int | None:
    """`2,550`, `2550/=` or `2550.50` in minor units."""
    figure = SUM.fullmatch(word)
    if figure is None:
        return None
    amount = Decimal(figure[1].replace(",", "")).scaleb(EXPONENTS[currency])
    return int(amount) if amount == int(amount) and amount <= BIGGEST_MINOR else None


def _row(invoice: Invoice, name: str, today: date) -> Row:
    return Row(
        id=invoice.id,
        number=invoice.number_text,
        client=name,
        total=invoice.total,
        balance=invoice.balance,
        due_on=invoice.due_on,
        shown=invoice.shown(today),
    )


@dataclass(frozen=True)
class Tally:
    """How many invoices, and what they come to: owed while open, billed otherwise."""

    count: int
    amount: Money


@dataclass(frozen=True)
class Summary:
    """A merchant's invoices in one currency; overdue ones are among the open ones."""

    open: Tally
    overdue: Tally
    paid: Tally
    draft: Tally


def summary(session: Session, today: date) -> dict[str, Summary]:
    """Counts and sums by currency, in one query; what is owed is reckoned for open ones only."""
    owed = Invoice.total_minor - Invoice.paid_minor - Invoice.adjusted_minor
    each = (
        sa.select(
            Invoice.currency,
            IS_OPEN.label("open"),
            sa.and_(IS_OPEN, Invoice.due_on < today).label("overdue"),
            IS_PAID.label("paid"),
            IS_DRAFT.label("draft"),
            sa.case((IS_OPEN, owed), else_=Invoice.total_minor).label("amount"),
        )
        .where(Invoice.merchant_id == db.merchant_id(session), Invoice.status != Status.VOID)
        .subquery("each")
    )
    kinds = ("open", "overdue", "paid", "draft")
    tallies: list[sa.ColumnElement[Any]] = []
    for kind in kinds:
        total = sa.func.coalesce(sa.func.sum(each.c.amount).filter(each.c[kind]), 0)
        tallies += [sa.func.count().filter(each.c[kind]), sa.cast(total, sa.BigInteger)]
    rows = session.execute(sa.select(each.c.currency, *tallies).group_by(each.c.currency))
    return {row[0]: _summary(*row) for row in rows}


def _summary(currency: str, *numbers: int) -> Summary:
    pairs = zip(numbers[::2], numbers[1::2], strict=True)
    return Summary(*(Tally(count, Money(amount, currency)) for count, amount in pairs))
