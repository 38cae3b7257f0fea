"""A business's logo as a picture in the database: kept by what it holds, for good."""

import hashlib

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from invoicing import audit, merchants
from invoicing.commands import Setting
from models import db
from models.merchants import Logo


def set_logo(session: Session, picture: bytes, by: int) -> None:
    """Keep a picture and use it from now on; papers that went out keep theirs (A-32)."""
    merchant = merchants.get(session)
    digest = hashlib.sha256(picture).hexdigest()[:32]
    session.execute(
        insert(Logo)
        .values(merchant_id=merchant.id, digest=digest, picture=picture, made_at=db.now(session))
        .on_conflict_do_nothing()
    )
    old, merchant.logo = merchant.logo, digest
    facts = {"setting": Setting.LOGO.value, "old": old, "new": digest}
    audit.note(session, "setting.changed", person_id=by, facts=facts)
    session.flush()


def find(session: Session, digest: str | None) -> bytes | None:
    """A picture of the merchant's by its digest, or None."""
    if not digest:
        return None
    mine = Logo.merchant_id == db.merchant_id(session), Logo.digest == digest
    return session.scalar(sa.select(Logo.picture).where(*mine))
