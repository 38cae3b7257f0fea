"""Undo on send: what the customer would hear waits for some seconds, and is taken back silently.

Undo and a worker's claim meet at the customer's contact, which both lock. Whoever comes second sees
what the first did: a claimed contact refuses the undo, and an undo parks the contact for a moment,
because a claim that had looked before would otherwise send what was dropped behind its back.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from invoicing import lifecycle, undoing
from models import clock, db
from models.errors import Refusal
from models.invoices import Invoice
from models.text import _

MARGIN = timedelta(seconds=2)  # due sooner than this: a worker's clock may say that it is due
UNDONE = "undone"
# Whatever a customer is told of one invoice, the invoice itself first.
TOLD = (
    "SELECT o.id, o.contact_id, o.status, o.not_before FROM outbound o"
    " LEFT JOIN notices n ON n.merchant_id = o.merchant_id AND n.id = o.notice_id"
    " WHERE o.merchant_id = %(merchant)s AND o.invoice_id = %(invoice)s"
    "  AND o.status <> 'dropped' AND COALESCE(n.audience, 'client') = 'client' ORDER BY o.id"
)
# Not the key: rows that are written meanwhile only look at that.
LOCK = (
    "SELECT id, claimed_by FROM contacts WHERE id = ANY(%(contacts)s) ORDER BY id FOR NO KEY UPDATE"
)
DROP = (
    "WITH parked AS (UPDATE contacts SET held_until = GREATEST(held_until, %(until)s)"
    "  WHERE id = ANY(%(contacts)s))"
    " UPDATE outbound SET status = 'dropped', error_code = %(why)s WHERE id = ANY(%(ids)s)"
)
RELEASE = (
    "UPDATE outbound SET not_before = %(now)s WHERE merchant_id = %(merchant)s"
    " AND invoice_id = %(invoice)s AND status = 'waiting' AND notice_id IS NULL"
    " AND not_before > %(now)s AND not_before <= %(until)s"
)

ONCE = (
    "UPDATE outbound SET status = 'dropped', error_code = 'again' WHERE merchant_id = %(merchant)s"
    " AND invoice_id = %(invoice)s AND status = 'waiting' AND notice_id IS NULL"
    " AND not_before > %(soon)s"
)

SEEN = ONCE.replace("'again'", "'opened'") + " AND contact_id = %(contact)s"


def hold(session: Session, invoice: Invoice, undo_s: int) -> datetime | None:
    """Till when words to the customer wait, since their invoice may be taken back; None: go."""
    until = undoing.until(invoice, undo_s)
    return until if until is not None and until > db.now(session) else None


def release(session: Session, invoice: Invoice) -> None:
    """The customer acts on an invoice that still waits for her: it goes out before the answer."""
    values = {"merchant": invoice.merchant_id, "invoice": invoice.id, "now": db.now(session)}
    # Some seconds at most: what waits for the morning goes on waiting.
    db.hot(session, RELEASE, values | {"until": db.now(session) + timedelta(minutes=5)})


def once(session: Session, invoice: Invoice) -> None:
    """An invoice that is sent again while it still waits goes out a single time."""
    values = {"merchant": invoice.merchant_id, "invoice": invoice.id}
    db.hot(session, ONCE, values | {"soon": db.now(session) + MARGIN})


def opened(session: Session, invoice: Invoice, contact_id: int) -> bool:
    """Somebody opens in chat what may be taken back at this moment: whether it still opens.

    If so it can be taken back no more, and she is not sent what she sees already.
    """
    found = lifecycle.get(session, invoice.id, lock=True)
    if found.token is None:
        return False
    values = {"merchant": found.merchant_id, "invoice": found.id, "contact": contact_id}
    db.hot(session, SEEN, values | {"soon": db.now(session) + MARGIN})
    return True


def take_back(
    session: Session, invoice_id: int, by: int | None, undo_s: int
) -> tuple[Invoice, bool]:
    """Void a just sent invoice before anybody heard of it; its content as a fresh draft.

    With it comes whether we ourselves would have told the customer.

    Either all of this happens or, by a Refusal, nothing: of `undoing.check`, `sending` while a
    worker holds the customer's chat, `sent` once it is too late to hold the message back.
    """
    invoice = lifecycle.get(session, invoice_id, lock=True)
    undoing.check(session, invoice, undo_s)
    ours = silence(session, invoice, UNDONE) > 0
    return undoing.undo(session, invoice, by, undo_s), ours


def silence(session: Session, invoice: Invoice, why: str) -> int:
    """Drop whatever its customer was about to hear of a locked invoice; how many messages.

    Raises Refusal `sent` or `sending`, and then leaves all as it was.
    """
    session.flush()
    contacts = sorted({row.contact_id for row in _told(session, invoice)})
    if not contacts:
        return 0  # the merchant passes it on herself
    claimed = db.hot(session, LOCK, {"contacts": contacts}).fetchall()
    # Read again: what stood there before the lock was granted may have gone out since.
    rows = _told(session, invoice)
    number = invoice.number_text
    if any(not _waits(row, db.now(session)) for row in rows):
        words = _("*{number}* is on its way already, so it is too late to undo it.", number=number)
        raise Refusal(words, "sent")
    if any(row.claimed_by is not None for row in claimed):
        words = _("I am just writing to your customer. Please try again in a moment.")
        raise Refusal(words, "sending")
    until = clock.real_now() + MARGIN
    ids = [row.id for row in rows]
    db.hot(session, DROP, {"contacts": contacts, "ids": ids, "until": until, "why": why})
    return len(ids)


def _told(session: Session, invoice: Invoice) -> Sequence[Any]:
    values = {"merchant": invoice.merchant_id, "invoice": invoice.id}
    return db.hot(session, TOLD, values).fetchall()


def _waits(row: Any, now: datetime) -> bool:
    """Whether nobody can have heard it yet; what WhatsApp holds back was never sent."""
    return row.status == "held" or bool(row.status == "waiting" and row.not_before > now + MARGIN)
