"""What came and went on a client's account: invoices, money, credits, with a running balance (A-35).

Nothing of it is stored: each entry is a row that says so. What is owed and what is credit are one
sum here, so that the last balance is Σ open - credit, however money was booked (F-13).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from invoicing import merchants
from invoicing.commands import Period
from invoicing.ways import METHODS
from models import clock, db
from models.money import Money
from models.text import Text, _

# An invoice made void no longer asks for what was not taken off it before; a payment taken back
# no longer counts for what was not given back of it before.
ENTRIES = """
WITH own AS (SELECT id FROM clients
  WHERE merchant_id = %(merchant_id)s AND (id = %(client_id)s OR merged_into_id = %(client_id)s)),
bills AS (SELECT i.id, i.number_text, i.currency, i.status, i.total_minor, i.issued_on, i.issued_at,
    i.voided_at, COALESCE((SELECT sum(a.amount_minor) FROM adjustments a
      WHERE a.merchant_id = i.merchant_id AND a.invoice_id = i.id), 0) AS adjusted_minor
  FROM invoices i WHERE i.merchant_id = %(merchant_id)s AND i.client_id IN (SELECT id FROM own)
    AND i.series = 'invoice' AND i.status <> 'draft'),
money AS (SELECT p.id, p.currency, p.receipt, p.method, p.amount_minor, p.paid_at, p.reversed_at,
    p.confirmation, COALESCE((SELECT sum(r.amount_minor) FROM refunds r
      WHERE r.merchant_id = p.merchant_id AND r.payment_id = p.id), 0) AS refunded_minor
  FROM payments p WHERE p.merchant_id = %(merchant_id)s AND p.client_id IN (SELECT id FROM own))
SELECT currency, issued_on AS day, COALESCE(issued_at, CAST(issued_on AS timestamptz)) AS moment,
  'invoice' AS kind, number_text AS ref, NULL AS method, total_minor::bigint AS amount_minor,
  NULL AS confirmation, id FROM bills
UNION ALL SELECT currency, NULL, voided_at, 'voided', number_text, NULL,
  (adjusted_minor - total_minor)::bigint, NULL, id FROM bills WHERE status = 'void'
UNION ALL SELECT b.currency, NULL, a.made_at, a.kind, b.number_text, NULL, -a.amount_minor, NULL,
  a.id FROM bills b
  JOIN adjustments a ON a.merchant_id = %(merchant_id)s AND a.invoice_id = b.id
UNION ALL SELECT currency, NULL, paid_at, 'payment', receipt, method, -amount_minor, confirmation,
  id FROM money
UNION ALL SELECT currency, NULL, reversed_at, 'reversal', receipt, method,
  (amount_minor - refunded_minor)::bigint, NULL, id FROM money WHERE reversed_at IS NOT NULL
UNION ALL SELECT m.currency, NULL, r.given_at, 'refund', COALESCE(r.reference, m.receipt), r.method,
  r.amount_minor, NULL, r.id FROM money m
  JOIN refunds r ON r.merchant_id = %(merchant_id)s AND r.payment_id = m.id
"""
UNSURE = ("asked", "denied")  # cash that the customer has not said yes to (yet)


class EntryKind(StrEnum):
    """What happened."""

    INVOICE = "invoice"
    VOIDED = "voided"
    PAYMENT = "payment"
    REVERSAL = "reversal"
    REFUND = "refund"
    CREDIT = "credit"
    WRITE_OFF = "write_off"
    ROUNDING = "rounding"


ORDER = tuple(EntryKind)  # of what happened at one moment


@dataclass(frozen=True)
class Entry:
    """One line: `amount` above zero is owed more, below is owed less; `balance` is after it.

    `unsure`: cash that the customer was asked about and has not confirmed.
    """

    day: date
    kind: EntryKind
    ref: str
    method: str | None
    amount: Money
    balance: Money
    unsure: bool = False


@dataclass(frozen=True)
class Account:
    """One currency: what stood before, what happened, what stands after (below 0: credit)."""

    opening: Money
    entries: tuple[Entry, ...]
    closing: Money


@dataclass(frozen=True)
class Statement:
    """A client's accounts from `since` (None: from the beginning) to `until`, both included."""

    since: date | None
    until: date
    accounts: tuple[Account, ...]


def of(session: Session, client_id: int, since: date | None, until: date) -> Statement:
    """The statement of a client (not a merged one), in one statement of ours to the database."""
    session.flush()
    values = {"merchant_id": db.merchant_id(session), "client_id": client_id}
    zone = merchants.get(session).zone
    rows = sorted(db.look(session, ENTRIES, values).fetchall(), key=lambda row: _order(row, zone))
    currencies = sorted({row.currency for row in rows})
    accounts = (
        _account([row for row in rows if row.currency == currency], currency, since, until, zone)
        for currency in currencies
    )
    return Statement(since, until, tuple(one for one in accounts if one.entries or one.opening))


def _day(row: Any, zone: str) -> date:
    found: date = row.day or clock.local_day(row.moment, zone)
    return found


def _order(row: Any, zone: str) -> tuple[date, datetime, int, int]:
    return (_day(row, zone), row.moment, ORDER.index(EntryKind(row.kind)), row.id)


def _account(
    rows: Iterable[Any], currency: str, since: date | None, until: date, zone: str
) -> Account:
    opening, entries = Money.zero(currency), list[Entry]()
    balance = opening
    for row in rows:
        day = _day(row, zone)
        if day > until:
            break
        balance += Money(int(row.amount_minor), currency)
        if since is not None and day < since:
            opening = balance
        else:
            entries.append(_entry(row, day, balance))
    return Account(opening, tuple(entries), balance)


def _entry(row: Any, day: date, balance: Money) -> Entry:
    return Entry(
        day=day,
        kind=EntryKind(row.kind),
        ref=row.ref or "",
        method=row.method,
        amount=Money(int(row.amount_minor), balance.currency),
        balance=balance,
        unsure=row.confirmation in UNSURE,
    )


# --- Periods: by name for people, by a key that never moves for papers ---


def span(period: Period, today: date) -> tuple[date | None, date]:
    """The first day (None: from the beginning) and the last of a period, on a local day."""
    first = today.replace(day=1)
    match period:
        case Period.THIS_MONTH:
            return first, today
        case Period.LAST_MONTH:
            last = first - timedelta(days=1)
            return last.replace(day=1), last
        case Period.THIS_YEAR:
            return today.replace(month=1, day=1), today
        case Period.ALL:
            return None, today


def key(since: date | None, until: date) -> str:
    """A span in few letters, for the name of a paper."""
    return f"{since:%y%m%d}-{until:%y%m%d}" if since else f"all-{until:%y%m%d}"


def from_key(text: str) -> tuple[date | None, date] | None:
    """The inverse of `key`; None for anything else."""
    first, _dash, last = text.partition("-")
    try:
        until = datetime.strptime(last, "%y%m%d").date()  # noqa: DTZ007 - a day, not a moment
        since = None if first == "all" else datetime.strptime(first, "%y%m%d").date()  # noqa: DTZ007
    except ValueError:
        return None
    return since, until


# --- Words ---


def words(entry: Entry) -> Text:
    """What happened, in few words."""
    ref = entry.ref
    match entry.kind:
        case EntryKind.INVOICE:
            return _("Invoice {number}", number=ref)
        case EntryKind.VOIDED:
            return _("{number} made void", number=ref)
        case EntryKind.CREDIT:
            return _("Credit on {number}", number=ref)
        case EntryKind.WRITE_OFF:
            return _("Written off: {number}", number=ref)
        case EntryKind.ROUNDING:
            return _("Rounding on {number}", number=ref)
        case EntryKind.REVERSAL:
            return _money(_("Payment taken back"), entry)
        case EntryKind.REFUND:
            return _money(_("Money given back"), entry)
        case EntryKind.PAYMENT:
            paid = _("Cash, not confirmed") if entry.unsure else METHODS[entry.method or "other"]
            return _("Paid: {how}", how=_with_ref(paid, entry.ref))


def _money(what: Text, entry: Entry) -> Text:
    how = _with_ref(METHODS[entry.method or "other"], entry.ref)
    return Text("{what}: {how}", {"what": what, "how": how})


def _with_ref(how: Text, ref: str) -> Text:
    return Text("{how} {ref}", {"how": how, "ref": ref}) if ref else how
