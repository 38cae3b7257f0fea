"""How far a business is trusted: a daily limit while it is new, a pause when people call it a fraud.

A new merchant becomes a trusted one by money that a gateway saw arrive, or by the operator's word.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from invoicing import audit, merchants
from invoicing.commands import ReportReason
from models import db
from models.errors import Refusal
from models.merchants import Merchant
from models.people import Contact
from models.platform import AbuseReport
from models.text import Text, _

FRAUD = (ReportReason.ABUSE.value, ReportReason.NOT_MINE.value)
# Money that no gateway vouches for proves nothing: whoever wants more trust could write it down.
SO_FAR = (
    "SELECT count(*) FILTER (WHERE i.issued_at >= %(since)s) AS invoices,"
    " count(DISTINCT i.client_id) FILTER (WHERE i.issued_at >= %(since)s) AS clients,"
    " count(*) FILTER (WHERE i.settled_at IS NOT NULL AND EXISTS (SELECT 1 FROM allocations a"
    "   JOIN payments p ON p.merchant_id = a.merchant_id AND p.id = a.payment_id"
    "   WHERE a.merchant_id = i.merchant_id AND a.invoice_id = i.id AND a.released_at IS NULL"
    "    AND p.reversed_at IS NULL AND p.recorded_by IS NULL)) AS paid"
    " FROM invoices i WHERE i.merchant_id = %(merchant_id)s AND i.number IS NOT NULL"
)


@dataclass(frozen=True)
class Limits:
    """What a new merchant may send in a day, until so many of her invoices were paid; 0: no limit.

    `reporters`: so many different people who call it a fraud stop her messages; 0: none do.
    """

    invoices_a_day: int = 50
    clients_a_day: int = 30
    paid: int = 3
    reporters: int = 3


def check(session: Session, limits: Limits) -> None:
    """Whether one more invoice may go out now; one statement for a new merchant, none for others.

    Raises Refusal that says when the limit lifts and what can be done.
    """
    merchant = merchants.get(session)
    check_pause(merchant)
    if merchant.trusted_at is not None:
        return
    morning = _morning(session, merchant)
    values = {"merchant_id": merchant.id, "since": morning}
    row: Any = db.look(session, SO_FAR, values).fetchone()
    if row.paid >= limits.paid:
        _trust(session, merchant, {"paid": row.paid})
    elif 0 < limits.invoices_a_day <= row.invoices:
        raise Refusal(_too_many(limits, morning), "limit")
    elif 0 < limits.clients_a_day <= row.clients:
        raise Refusal(_too_wide(limits, morning), "limit")


def check_pause(merchant: Merchant) -> None:
    """Raises Refusal while the operator looks into a merchant."""
    if merchant.paused_at is not None:
        raise Refusal(
            _("Nothing is sent for *{business}* at the moment: several people reported its "
              "invoices, and we are looking into it. Your drafts and records are safe.",
              business=merchant.name), "paused",
        )  # fmt: skip


def _morning(session: Session, merchant: Merchant) -> datetime:
    """When the merchant's local day began."""
    zone = ZoneInfo(merchant.zone)
    return datetime.combine(db.today(session, merchant.zone), time(), zone)


def _too_many(limits: Limits, morning: datetime) -> Text:
    return _(
        "A new business sends up to {n} invoices a day until {paid} of them are paid by M-Pesa. "
        "You can send more from {day}. Until then, please save this one as a draft.",
        n=limits.invoices_a_day,
        paid=limits.paid,
        day=(morning + timedelta(days=1)).date(),
    )


def _too_wide(limits: Limits, morning: datetime) -> Text:
    return _(
        "A new business bills up to {n} clients a day until {paid} invoices are paid by M-Pesa. "
        "You can send more from {day}. Until then, please save this one as a draft.",
        n=limits.clients_a_day,
        paid=limits.paid,
        day=(morning + timedelta(days=1)).date(),
    )


def _trust(session: Session, merchant: Merchant, facts: dict[str, object]) -> None:
    merchant.trusted_at = db.now(session)
    audit.note(session, "merchant.trusted", facts=facts)
    session.flush()


def weigh(session: Session, limits: Limits) -> bool:
    """After a report: pause the merchant once enough different people call it a fraud.

    Reports without a chat count as one for each invoice. Whether she was paused by this one.
    """
    wanted = sa.select(Merchant).where(Merchant.id == db.merchant_id(session)).with_for_update()
    merchant = session.scalars(wanted.execution_options(populate_existing=True)).one()
    if not limits.reporters or merchant.paused_at is not None:
        return False
    if reporters(session, merchant) < limits.reporters:
        return False
    merchant.paused_at = db.now(session)
    audit.note(session, "merchant.paused", facts={"by": "reports"})
    session.flush()
    return True


def reporters(session: Session, merchant: Merchant) -> int:
    """How many different people called it a fraud since the operator last looked."""
    who = sa.func.coalesce(
        sa.literal("p") + sa.cast(Contact.person_id, sa.Text),
        sa.literal("i") + sa.cast(AbuseReport.invoice_id, sa.Text),
    )
    wanted = (
        sa.select(sa.func.count(sa.distinct(who)))
        .select_from(AbuseReport)
        .outerjoin(Contact, Contact.id == AbuseReport.contact_id)
        .where(AbuseReport.merchant_id == merchant.id, AbuseReport.reason.in_(FRAUD))
    )
    if merchant.reviewed_at is not None:
        wanted = wanted.where(AbuseReport.made_at > merchant.reviewed_at)
    return session.scalar(wanted) or 0


# --- The operator ---


def lift(session: Session) -> None:
    """The operator knows this merchant: no daily limit any more."""
    _trust(session, merchants.get(session), {"by": "operator"})


def pause(session: Session) -> None:
    """Nothing goes to her clients any more, receipts aside."""
    merchants.get(session).paused_at = db.now(session)
    audit.note(session, "merchant.paused", facts={"by": "operator"})
    session.flush()


def release(session: Session) -> None:
    """The operator looked into it: messages go out again, and the reports so far are settled."""
    merchant = merchants.get(session)
    merchant.paused_at, merchant.reviewed_at = None, db.now(session)
    audit.note(session, "merchant.released", facts={"by": "operator"})
    session.flush()
