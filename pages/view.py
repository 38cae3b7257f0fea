"""The one read model of an invoice's page: everything HTML and JSON say, in few queries."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from documents.from_invoice import adjusted
from invoicing import attaching, links, merchants, ways
from invoicing.attaching import Kept
from invoicing.phones import masked
from invoicing.ways import Way
from models import clock, db
from models.invoices import Invoice, InvoiceLine, Shown, Status
from models.money import Money
from models.payments import Allocation, Attempt, Payment
from models.secrets import key_hash
from models.text import LANGUAGES, Text
from payments import attempts, serving
from payments.options import Options

WAITING = (attempts.Public.PENDING, attempts.Public.UNKNOWN)


@dataclass(frozen=True)
class Try:
    """The latest try to collect, as its payer may see it; `phone` is masked.

    `old` once it has run so long that a person may decide to try again.
    """

    id: int
    status: attempts.Public
    message: Text
    amount: Money
    phone: str
    redirect_url: str | None
    old: bool


@dataclass(frozen=True)
class Arrived:
    """Money booked on the invoice; `receipt` may not be known yet."""

    amount: Money
    method: str
    receipt: str | None
    paid_on: date


@dataclass(frozen=True)
class PromptOffer:
    """That a phone can be asked for the money, and for how much at once.

    `account` is what the prompt will name beside the business, "" where it names none; `phone` the
    client's own, masked, "" where none of hers can be reached.
    """

    gateway: str
    amount: Money
    is_all: bool
    account: str
    phone: str


@dataclass(frozen=True)
class View:
    """One invoice as whoever holds its link sees it; detached from the database."""

    token: str
    language: str
    invoice: Invoice
    lines: tuple[InvoiceLine, ...]
    shown: Shown
    business: str
    client: str
    since: date
    ways: tuple[Way, ...]
    offer: PromptOffer | None
    attempt: Try | None
    arrived: tuple[Arrived, ...]
    adjusted: dict[str, Money]
    files: tuple[Kept, ...] = ()

    @property
    def payable(self) -> bool:
        """Whether anything is still asked for."""
        return self.invoice.status == Status.ISSUED and self.invoice.balance.amount_minor > 0

    @property
    def deposit(self) -> Money | None:
        """What is due before the rest; None where all of it is due."""
        return None if self.shown is Shown.OVERDUE else self.invoice.deposit_left or None

    @property
    def waiting(self) -> bool:
        """Whether the page follows an attempt whose end is not known yet."""
        return self.payable and self.attempt is not None and self.attempt.status in WAITING

    @property
    def nonce(self) -> str:
        """The same for the same state of affairs: a form sent twice is one attempt."""
        last = self.attempt.id if self.attempt else 0
        balance = self.invoice.balance.amount_minor
        return key_hash("nonce", self.token, str(last), str(balance)).hex()[:32]


class Missing(Exception):  # noqa: N818 - the link opens nothing, which is no error of ours
    """No invoice behind this token: unknown, malformed and revoked alike."""


def find(session: Session, token: str) -> tuple[Invoice, tuple[Kept, ...]]:
    """Whose link it is, entered, with the files that go with it. Raises Missing.

    The same one look for unknown, malformed and revoked links.
    """
    ref = links.by_token(session, token)
    if ref is None:
        raise Missing
    db.enter(session, ref.merchant_id)
    row = session.execute(
        sa.select(Invoice, attaching.as_column()).where(
            Invoice.merchant_id == ref.merchant_id,
            Invoice.id == ref.invoice_id,
            Invoice.status != Status.DRAFT,
        )
    ).one_or_none()
    if row is None:
        raise Missing
    return row[0], attaching.from_column(row[1])


def of(
    session: Session,
    invoice: Invoice,
    token: str,
    language: str | None,
    money: Options,
    files: tuple[Kept, ...] = (),
) -> View:
    """Everything there is to say of an invoice; `language` is the reader's choice, if any."""
    merchant = merchants.get(session)
    said = invoice.parties or {}
    client = said.get("client", {})
    today = db.today(session, merchant.zone)
    return View(
        token=token,
        language=language if language in LANGUAGES else invoice.language,
        invoice=invoice,
        lines=tuple(invoice.lines),
        shown=invoice.shown(today),
        business=said.get("business", {}).get("name", ""),
        client=client.get("name", ""),
        since=clock.local_day(merchant.made_at, merchant.zone),
        ways=ways.of(invoice),
        offer=_offer(session, invoice, money, today),
        attempt=_attempt(session, invoice),
        arrived=_arrived(session, invoice, merchant.zone),
        adjusted=adjusted(session, invoice),
        files=files,
    )


def _offer(session: Session, invoice: Invoice, money: Options, today: date) -> PromptOffer | None:
    """A prompt for what is asked for now, in the gateway's steps and within its limit."""
    rules = serving.rules(serving.DEFAULT)
    asked = invoice.asked_now(today)
    wanted = asked.amount_minor
    whole = wanted - wanted % rules.unit_minor
    if invoice.status != Status.ISSUED or invoice.currency not in rules.currencies or not whole:
        return None
    if not serving.serves(session, money, invoice.merchant_id):
        return None
    amount = Money(min(whole, rules.largest_minor), invoice.currency)
    account = "" if money.daraja.till else invoice.account_code or ""
    is_all = whole <= rules.largest_minor and asked == invoice.balance
    phone = attempts.known_phone(session, invoice, rules)
    return PromptOffer(rules.name, amount, is_all, account, masked(phone) if phone else "")


def _attempt(session: Session, invoice: Invoice) -> Try | None:
    found = attempts.latest(session, invoice.id)
    return tried(session, found) if found else None


def tried(session: Session, found: Attempt) -> Try:
    """An attempt as its payer may see it."""
    return Try(
        id=found.id,
        status=attempts.status(found),
        message=attempts.message(found),
        amount=found.amount,
        phone=masked(found.phone) if found.phone else "",
        redirect_url=found.redirect_url,
        old=db.now(session) - found.made_at >= attempts.IN_DOUBT,
    )


def _arrived(session: Session, invoice: Invoice, zone: str) -> tuple[Arrived, ...]:
    if not invoice.paid_minor:
        return ()
    mine = sa.and_(
        Allocation.merchant_id == Payment.merchant_id, Allocation.payment_id == Payment.id
    )
    rows = session.execute(
        sa.select(Allocation.amount_minor, Payment.method, Payment.receipt, Payment.paid_at)
        .join_from(Allocation, Payment, mine)
        .where(
            Allocation.merchant_id == invoice.merchant_id,
            Allocation.invoice_id == invoice.id,
            Allocation.released_at.is_(None),
        )
        .order_by(Payment.paid_at, Allocation.id)
    )
    return tuple(_one_arrived(invoice.currency, zone, row) for row in rows)


def _one_arrived(currency: str, zone: str, row: Any) -> Arrived:
    return Arrived(
        amount=Money(row.amount_minor, currency),
        method=row.method,
        receipt=row.receipt,
        paid_on=clock.local_day(row.paid_at, zone),
    )
