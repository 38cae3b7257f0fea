"""Whose money it was the last time: payers known again by number, however a gateway shows it."""

import hashlib
import re

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from invoicing import clients
from models import db
from models.merchants import Client
from models.payments import PayerAlias, Payment
from models.secrets import key_hash
from payments.phones import agrees

FEWEST_DIGITS = 9
HASHED = re.compile(r"[0-9a-f]{64}")


def keys(payment: Payment) -> list[bytes]:
    """What a payer is known by, surest first; none where a gateway shows too little.

    A plain number and the same one hashed give the same key (facts: daraja 5.1). A mask fits many
    numbers, so it counts only together with the name.
    """
    shown = re.sub(r"[\s+]", "", payment.payer_phone or "").lower()
    name = " ".join((payment.payer_name or "").casefold().split())
    if HASHED.fullmatch(shown):
        return [key_hash("payer", shown)]
    if shown.isdigit() and len(shown) >= FEWEST_DIGITS:
        return [key_hash("payer", hashlib.sha256(shown.encode()).hexdigest())]
    return [key_hash("payer", shown, name)] if shown and name else []


def learn(session: Session, payment: Payment, client_id: int) -> None:
    """Remember whose money this payer's was; the newest word counts."""
    row = {"merchant_id": payment.merchant_id, "client_id": client_id, "payment_id": payment.id}
    for key in keys(payment):
        new = insert(PayerAlias).values(key_hash=key, made_at=db.now(session), **row)
        session.execute(
            new.on_conflict_do_update(
                index_elements=["merchant_id", "key_hash"],
                set_={name: new.excluded[name] for name in ("client_id", "payment_id", "made_at")},
            )
        )


def forget(session: Session, payment: Payment) -> None:
    """What this payment taught was wrong."""
    session.execute(
        sa.delete(PayerAlias).where(
            PayerAlias.merchant_id == payment.merchant_id, PayerAlias.payment_id == payment.id
        )
    )


def known(session: Session, payment: Payment) -> int | None:
    """The client whose money came from this payer before, or None."""
    found = session.scalar(
        sa.select(PayerAlias.client_id)
        .where(
            PayerAlias.merchant_id == payment.merchant_id, PayerAlias.key_hash.in_(keys(payment))
        )
        .order_by(PayerAlias.made_at.desc())
        .limit(1)
    )
    return clients.get(session, found).id if found else None


def is_phone_of(payment: Payment, client: Client) -> bool:
    """Whether the number a gateway shows is the client's: plain, hashed, or a mask that fits."""
    return agrees(payment.payer_phone, client.phone) is True
