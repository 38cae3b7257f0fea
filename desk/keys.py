"""Seals every stored secret anew with the first key, so that an older key can be taken away."""

from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import db
from models.db import Database

BATCH = 500
MERCHANTS = sa.text("SELECT DISTINCT merchant_id FROM routes ORDER BY merchant_id")
LINKS = sa.text(
    "SELECT id, token FROM invoices WHERE merchant_id = :merchant AND id > :after"
    " AND token IS NOT NULL ORDER BY id LIMIT :most FOR UPDATE"
)
LINK = sa.text("UPDATE invoices SET token = :token WHERE merchant_id = :merchant AND id = :id")
FORGET = sa.text(
    "UPDATE gateway_tokens SET token = NULL, expires_at = NULL WHERE token IS NOT NULL"
)


def rotate(database: Database, say: Callable[[str], None]) -> bool:
    """Read each link's token with whichever key fits and seal it with the first; any number of runs.

    Access tokens of gateways are forgotten: workers ask for new ones. Whether every secret could
    be read; those that could not are left as they are and counted.
    """
    with database.transaction() as session:
        merchants = list(session.scalars(MERCHANTS))
        session.execute(FORGET)
    sealed = lost = 0
    for merchant in merchants:
        after: int | None = 0
        while after is not None:
            with database.transaction(merchant) as session:
                done, bad, after = _batch(session, merchant, after)
            sealed, lost = sealed + done, lost + bad
    say(f"{sealed} links are sealed with the first key")
    if lost:
        say(f"{lost} links could not be opened by any key: give them new links, or add the old key")
    return not lost


def _batch(session: Session, merchant: int, after: int) -> tuple[int, int, int | None]:
    """One transaction's worth: how many were sealed, how many not, and where the next begins."""
    wanted = {"merchant": merchant, "after": after, "most": BATCH}
    rows = session.execute(LINKS, wanted).all()
    vault, fresh = db.vault(session), []
    for row in rows:
        try:
            token = vault.seal(vault.open(bytes(row.token)))
        except ValueError:
            continue
        fresh.append({"token": token, "merchant": merchant, "id": row.id})
    if fresh:
        session.execute(LINK, fresh)
    return len(fresh), len(rows) - len(fresh), rows[-1].id if len(rows) == BATCH else None
