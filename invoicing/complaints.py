"""Someone who holds a link says that something is wrong with the invoice."""

from datetime import timedelta

from sqlalchemy.orm import Session

from invoicing import audit, throttles, trust
from invoicing.commands import ReportReason
from models import db
from models.errors import Refusal
from models.invoices import Invoice
from models.platform import AbuseReport
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
    limits: trust.Limits | None = None,
) -> bool:
    """Keep the report for the operator; who must hear of it is told by the caller.

    Whether it was the one that paused the merchant. Raises Refusal (`throttled`) after five an
    hour for one invoice.
    """
    of = f"{invoice.merchant_id} {invoice.id}"
    if throttles.count(session, KIND, of, WINDOW) > MOST:
        raise Refusal(_("We have your reports already and look into them. Thank you."), "throttled")
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
    return trust.weigh(session, limits or trust.Limits())
