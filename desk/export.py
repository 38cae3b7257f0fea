"""A merchant's books as CSV: clients, invoices, lines, payments, allocations.

Made to be opened by a double click: UTF-8 with a byte order mark, without which Excel breaks every
letter beyond English; and no cell that a spreadsheet would take for a formula. Amounts are decimal
strings in the row's currency, days are ISO dates, moments ISO and UTC.
"""

import csv
import os
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import db
from models.db import Database
from models.invoices import Invoice, InvoiceLine
from models.merchants import Client, Merchant
from models.money import Money
from models.payments import Allocation, Payment

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")  # how a formula may begin (CWE-1236)
BATCH = 500
Rows = Iterator[Sequence[Any]]


def export(database: Database, merchant_id: int | None, target: Path) -> dict[str, int]:
    """Write five files into the folder `target`, or into one archive if it ends in .zip.

    For one merchant, seen with her rights alone, or for all (None), as the owner. How many rows
    each file has. Raises LookupError when there is no such merchant; OSError as the disk does.
    """
    with _session(database, merchant_id) as session:
        zones = _zones(session)
        if merchant_id is not None and merchant_id not in zones:
            raise LookupError(f"there is no merchant {merchant_id}")
        if target.suffix.lower() != ".zip":
            return _write_all(session, zones, target)
        with TemporaryDirectory(dir=_made(target.parent)) as folder:
            counts = _write_all(session, zones, Path(folder))
            _zip(Path(folder), target)
    return counts


@contextmanager
def _session(database: Database, merchant_id: int | None) -> Iterator[Session]:
    opened = database.as_owner() if merchant_id is None else database.transaction(merchant_id)
    with opened as session:
        yield session


def _zones(session: Session) -> dict[int, date]:
    """The day it is at each merchant's: whether an invoice is overdue depends on it."""
    rows = session.execute(sa.select(Merchant.id, Merchant.zone))
    return {row.id: db.today(session, row.zone) for row in rows}


def _write_all(session: Session, today: Mapping[int, date], folder: Path) -> dict[str, int]:
    """Children first: whatever a row points to was there before it, and is found in its file."""
    _made(folder)
    heads: dict[str, tuple[Sequence[str], Callable[[], Rows]]] = {
        "allocations": (ALLOCATIONS, lambda: _allocations(session)),
        "payments": (PAYMENTS, lambda: _payments(session)),
        "lines": (LINES, lambda: _lines(session)),
        "invoices": (INVOICES, lambda: _invoices(session, today)),
        "clients": (CLIENTS, lambda: _clients(session)),
    }
    return {name: _write(folder / f"{name}.csv", *content) for name, content in heads.items()}


def _made(folder: Path) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _write(path: Path, head: Sequence[str], rows: Callable[[], Rows]) -> int:
    """Readable by nobody else; in place only once it is whole."""
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    count = 0
    with part.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file)
        out.writerow(head)
        for row in rows():
            out.writerow([cell(value) for value in row])
            count += 1
    part.replace(path)
    return count


def _zip(folder: Path, target: Path) -> None:
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.iterdir()):
            archive.write(path, path.name)
    os.chmod(part, 0o600)  # noqa: PTH101 - the archive is made by the library
    part.replace(target)


def cell(value: Any) -> str:
    """A value as it stands in a file; words that look like a formula are made plain words."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Money):
        return value.plain()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    words = str(value).replace("\x00", "")
    return f"'{words}" if words.lstrip(" ").startswith(FORMULA) else words


CLIENTS = ("merchant_id", "id", "name", "phone", "email", "language", "status", "made_at")


def _clients(session: Session) -> Rows:
    chosen = [getattr(Client, name) for name in CLIENTS]
    return _stream(session, sa.select(*chosen).order_by(Client.merchant_id, Client.id))


INVOICES = (
    *("merchant_id", "id", "number", "client_id", "client", "status", "issued_on", "due_on"),
    *("currency", "subtotal", "discount", "tax_label", "tax_rate", "tax_included", "tax", "total"),
    *("paid", "credited", "balance", "disputed", "written_off", "account_no", "note", "made_at"),
    *("voided_at", "void_reason"),
)


def _invoices(session: Session, today: Mapping[int, date]) -> Rows:
    """As people see them: the status of today, the balance, the client's name of now."""
    named = sa.and_(Client.merchant_id == Invoice.merchant_id, Client.id == Invoice.client_id)
    wanted = sa.select(Invoice, Client.name).join(Client, named)
    for row, client in _stream(session, wanted.order_by(Invoice.merchant_id, Invoice.id)):
        yield _invoice(row, client, today[row.merchant_id])
        session.expunge(row)


def _invoice(row: Invoice, client: str, today: date) -> Sequence[Any]:
    def money(minor: int) -> Money:
        return Money(minor, row.currency)

    return (
        *(row.merchant_id, row.id, row.number_text, row.client_id, client, row.shown(today)),
        *(row.issued_on, row.due_on, row.currency, money(row.subtotal_minor)),
        *(money(row.discount_minor), row.tax_label, row.tax_rate, row.tax_inclusive),
        *(money(row.tax_minor), row.total, row.paid, money(row.adjusted_minor), row.balance),
        *(row.disputed_at is not None, row.written_off_at is not None, row.account_code),
        *(row.note, row.made_at, row.voided_at, row.void_reason),
    )


LINES = (
    *("merchant_id", "invoice_id", "number", "position", "description", "quantity"),
    *("unit_price", "amount", "currency", "tax_rate"),
)


def _lines(session: Session) -> Rows:
    of = sa.and_(
        Invoice.merchant_id == InvoiceLine.merchant_id, Invoice.id == InvoiceLine.invoice_id
    )
    keys = (InvoiceLine.merchant_id, InvoiceLine.invoice_id, InvoiceLine.position)
    wanted = sa.select(InvoiceLine.__table__, Invoice.number_text, Invoice.currency).join(
        Invoice, of
    )
    for r in _stream(session, wanted.order_by(*keys)):
        price, amount = Money(r.unit_price_minor, r.currency), Money(r.amount_minor, r.currency)
        yield (
            *(r.merchant_id, r.invoice_id, r.number_text, r.position, r.description, r.quantity),
            *(price, amount, r.currency, r.tax_rate),
        )


PAYMENTS = (
    *("merchant_id", "id", "client_id", "paid_at", "amount", "currency", "method", "provider"),
    *("source", "receipt", "account", "payer_name", "payer_phone", "note", "needs_review"),
    *("reversed_at", "made_at"),
)


def _payments(session: Session) -> Rows:
    wanted = sa.select(Payment.__table__).order_by(Payment.merchant_id, Payment.id)
    for r in _stream(session, wanted):
        amount = Money(r.amount_minor, r.currency)
        yield [amount if name == "amount" else getattr(r, name) for name in PAYMENTS]


ALLOCATIONS = (
    *("merchant_id", "id", "payment_id", "invoice_id", "amount", "currency", "released_at"),
    "made_at",
)


def _allocations(session: Session) -> Rows:
    of = sa.and_(Invoice.merchant_id == Allocation.merchant_id, Invoice.id == Allocation.invoice_id)
    wanted = sa.select(Allocation.__table__, Invoice.currency).join(Invoice, of)
    for r in _stream(session, wanted.order_by(Allocation.merchant_id, Allocation.id)):
        amount = Money(r.amount_minor, r.currency)
        yield [amount if name == "amount" else getattr(r, name) for name in ALLOCATIONS]


def _stream(session: Session, wanted: sa.Executable) -> Iterator[Any]:
    yield from session.execute(wanted, execution_options={"yield_per": BATCH})
