"""Someone who holds a link says that something is wrong with the invoice."""

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from invoicing import audit
from invoicing.commands import ReportReason
from models import db
from models.errors import Refusal
from models.invoices import Invoice
from models.platform import AbuseReport, Throttle
from models.secrets import key_hash
from models.text import _

KIND = "report"
WINDOW = timedelta(hours=1)
MOST = 5
LONGEST = 500


def complain(
    session: Session,
    invoice: Invoice,
    reason: ReportReason,
    words: str | None,
    *,
    contact_id: int | None = None,
    person_id: int | None = None,
) -> None:
    """Keep the report for the operator; who must hear of it is told by the caller.

    Raises Refusal (`throttled`) after five an hour for one invoice.
    """
    _count(session, invoice)
    session.add(
        AbuseReport(
            merchant_id=invoice.merchant_id,
            invoice_id=invoice.id,
            reason=reason.value,
            note=(words or "").strip()[:LONGEST] or None,
            contact_id=contact_id,
            made_at=db.now(session),
        )
    )
    facts = {"reason": reason.value}
    audit.note(session, "invoice.reported", person_id=person_id, invoice_id=invoice.id, facts=facts)
    session.flush()


def _count(session: Session, invoice: Invoice) -> None:
    now = db.now(session)
    fresh = insert(Throttle).values(
        kind=KIND,
        key_hash=key_hash(KIND, str(invoice.merchant_id), str(invoice.id)),
        window_ends=now + WINDOW,
        count=1,
    )
    over = Throttle.window_ends <= now
    count = session.scalar(
        fresh.on_conflict_do_update(
            index_elements=[Throttle.kind, Throttle.key_hash],
            set_={
                "count": sa.case((over, 1), else_=Throttle.count + 1),
                "window_ends": sa.case((over, now + WINDOW), else_=Throttle.window_ends),
            },
        ).returning(Throttle.count)
    )
    if count is not None and count > MOST:
        raise Refusal(_("We have your reports already and look into them. Thank you."), "throttled")
