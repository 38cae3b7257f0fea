"""Links to invoices: whose a token is, the address it makes, taking it back (I-20)."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import db
from models.invoices import Invoice
from models.platform import Route
from models.secrets import key_hash, new_token

KIND = "invoice"


@dataclass(frozen=True)
class InvoiceRef:
    """Where a link leads: the merchant to work as, and her invoice."""

    merchant_id: int
    invoice_id: int


def by_token(session: Session, token: str) -> InvoiceRef | None:
    """The invoice a token opens, None for any that opens nothing; enters no merchant.

    Malformed, unknown and revoked take the same one look, so that they cannot be told apart.
    """
    row = session.execute(
        sa.select(Route.merchant_id, Route.target_id).where(
            Route.kind == KIND, Route.key_hash == key_hash(token)
        )
    ).one_or_none()
    return InvoiceRef(row.merchant_id, row.target_id) if row else None


@dataclass(frozen=True)
class Leads:
    """Where a token leads: what kind of thing, whose, which."""

    kind: str
    merchant_id: int
    target_id: int


def leads_to(session: Session, token: str, kinds: tuple[str, ...]) -> Leads | None:
    """What a token opens among these kinds; None for any that opens nothing; enters no merchant."""
    row = session.execute(
        sa.select(Route.kind, Route.merchant_id, Route.target_id).where(
            Route.kind.in_(kinds), Route.key_hash == key_hash(token)
        )
    ).one_or_none()
    return Leads(row.kind, row.merchant_id, row.target_id) if row else None


def url(app_url: str, token: str) -> str:
    """The address a customer opens."""
    return f"{app_url}/i/{token}"


def token_of(session: Session, invoice: Invoice) -> str | None:
    """The token again, so that a reminder can contain it; None once it was revoked."""
    return db.vault(session).open(invoice.token) if invoice.token else None


def revoke(session: Session, invoice: Invoice) -> None:
    """Take the link back: neither its hash nor the token is kept."""
    session.execute(
        sa.delete(Route)
        .where(
            Route.kind == KIND,
            Route.merchant_id == invoice.merchant_id,
            Route.target_id == invoice.id,
        )
        .execution_options(synchronize_session=False)
    )
    invoice.token = None
    session.flush()


def forget(session: Session, merchant_id: int, keys: list[bytes]) -> None:
    """Take back routes that were drawn for an invoice and not used."""
    session.execute(
        sa.delete(Route)
        .where(Route.merchant_id == merchant_id, Route.key_hash.in_(keys))
        .execution_options(synchronize_session=False)
    )


def renew(session: Session, invoice: Invoice) -> str:
    """Another token in place of the old one, which opens nothing from now on."""
    revoke(session, invoice)
    token = new_token()
    invoice.token = db.vault(session).seal(token)
    session.add(
        Route(
            kind=KIND,
            key_hash=key_hash(token),
            merchant_id=invoice.merchant_id,
            target_id=invoice.id,
        )
    )
    session.flush()
    return token
