"""A customer could not be reached: her merchant is told, with the message ready to pass on."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from bot import reach
from conversations.prompts import Prompt, from_json
from models import db, jobs
from models.invoices import Invoice
from models.people import Contact
from models.told import Notice
from models.traffic import Outbound

STATUSES = ("held", "failed", "dropped")  # of a row that will not be said, at least not now
# Whoever paid knows it from M-Pesa, and whoever was paying has the page open.
OF_NO_MATTER = ("paid", "part_paid", "attempt_failed")


def note(session: Session, merchant_id: int | None, outbound_id: int) -> None:
    """Have the merchant told about a message of hers that did not arrive."""
    if merchant_id is not None:
        jobs.defer(session, "bot.unreached", merchant_id=merchant_id, outbound_id=outbound_id)


def tell(session: Session, merchant_id: int, outbound_id: int) -> None:
    """Write the notice, once for each message; nothing for what was meant for the merchant."""
    row = session.get_one(Outbound, outbound_id)
    contact = session.get_one(Contact, row.contact_id)
    db.enter(session, merchant_id)
    notice = session.get(Notice, (merchant_id, row.notice_id)) if row.notice_id else None
    if row.status not in STATUSES or (notice and notice.audience == "member"):
        return
    if notice and notice.kind in OF_NO_MATTER:
        return
    invoice_id = notice.invoice_id if notice else _invoice_id(from_json(row.body))
    invoice = session.get(Invoice, (merchant_id, invoice_id)) if invoice_id else None
    if invoice is None:
        return
    facts: Mapping[str, Any] = {
        "kind": notice.kind if notice else None,
        "why": row.status,
        "channel": contact.channel,
    }
    reach.tell_members(session, invoice, "unreached", facts, str(outbound_id))


def _invoice_id(prompt: Prompt) -> int | None:
    """The invoice that a card's buttons are about."""
    for choice in prompt.choices:
        about = choice.start.answers.get("invoice") if choice.start else None
        if about:
            return int(about["id"])
    return None
