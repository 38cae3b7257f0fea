"""Gapless numbers: the next one of a merchant's series, given at issue and never before (I-11)."""

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from models import db
from models.merchants import NumberSeries

INVOICE = "invoice"
DIGITS = 4
TAKE = (
    "UPDATE number_series SET last_number = last_number + 1"
    " WHERE merchant_id = %(merchant_id)s AND kind = %(kind)s RETURNING last_number, prefix"
)


def take(session: Session, kind: str = INVOICE) -> tuple[int, str]:
    """The next number of a series and how it is printed: `(8, "INV-0008")`.

    The row stays locked until the transaction ends, and a rollback gives the number back; so this
    is the last lock a transaction takes. Raises LookupError for a series that was never begun.
    """
    where = {"merchant_id": db.merchant_id(session), "kind": kind}
    row = db.hot(session, TAKE, where).fetchone()
    if row is None:
        raise LookupError(f"the merchant has no series {kind}")
    return row.last_number, printed(row.prefix, row.last_number)


def begin(session: Session, kind: str, prefix: str) -> None:
    """Start a series at 1; one that exists already goes on as it is."""
    values = {"merchant_id": db.merchant_id(session), "kind": kind, "prefix": prefix}
    session.execute(insert(NumberSeries).values(values).on_conflict_do_nothing())


def printed(prefix: str, number: int) -> str:
    """`INV-0008`; the number grows past four digits by itself."""
    return f"{prefix}{number:0{DIGITS}d}"
