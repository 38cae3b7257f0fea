"""Facts that someone must be told, and the trail of what happened: rows, never words."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from models import db, jobs
from models.told import Audit, Notice

MEMBER, CLIENT = "member", "client"


def notice(kind: str, audience: str, key: str, **more: Any) -> dict[str, Any]:
    """One notice as a row to be; `key` is what makes it the same fact when told again.

    `more` may name invoice_id, payment_id, attempt_id, contact_id and facts.
    """
    row = {"invoice_id": None, "payment_id": None, "attempt_id": None, "contact_id": None}
    return {
        **row,
        "facts": {},
        **more,
        "kind": kind,
        "audience": audience,
        "dedupe_key": f"{kind}:{key}:{audience}",
    }


def tell(session: Session, notices: list[dict[str, Any]]) -> bool:
    """Write notices, each fact once, and one job that words them all; False if all were known."""
    if not notices:
        return False
    merchant_id, now = db.merchant_id(session), db.now(session)
    rows = [{**row, "merchant_id": merchant_id, "made_at": now} for row in notices]
    made = session.scalars(
        insert(Notice).values(rows).on_conflict_do_nothing().returning(Notice.id)
    ).all()
    if made:
        jobs.defer(session, "bot.tell", merchant_id=merchant_id, notice_ids=sorted(made))
    return bool(made)


def audit(session: Session, action: str, invoice_id: int | None = None, **facts: Any) -> None:
    """One line of the trail: ids and codes, no names. `person_id` among the facts is the doer."""
    session.execute(
        sa.insert(Audit).values(
            merchant_id=db.merchant_id(session),
            action=action,
            person_id=facts.pop("person_id", None),
            invoice_id=invoice_id,
            facts={name: value for name, value in facts.items() if value is not None},
            made_at=db.now(session),
        )
    )
