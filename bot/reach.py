"""Whom words go to and whether they may: facts noted for telling, rows put out to a contact."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from bot.keeping import ALARM
from bot.meeting import Who
from bot.storable import written
from conversations.prompts import Prompt, to_json
from invoicing import clients
from invoicing.commands import ClientStatus
from models import db
from models.invoices import Invoice
from models.merchants import Client
from models.people import Contact
from models.quotes import Quote
from models.told import Viewer
from payments import telling

OUT = (
    "WITH said AS (INSERT INTO outbound (contact_id, merchant_id, notice_id, invoice_id, purpose,"
    "   body, not_before, made_at)"
    "  VALUES (%(contact)s, %(merchant)s, %(notice)s, %(invoice)s, %(purpose)s,"
    "   CAST(%(body)s AS jsonb),"
    "   %(not_before)s, %(now)s)"
    "  ON CONFLICT DO NOTHING RETURNING id)"
    f" SELECT id, pg_notify('{ALARM}', '') FROM said"
)


def put_out(
    session: Session,
    contact_id: int,
    prompt: Prompt,
    *,
    merchant_id: int | None = None,
    notice_id: int | None = None,
    invoice_id: int | None = None,
    purpose: str = "proactive",
    not_before: datetime | None = None,
) -> int | None:
    """Queue a prompt for a contact, for now or later; None when this notice went to it before."""
    session.flush()
    found = db.hot(
        session,
        OUT,
        {
            "contact": contact_id,
            "merchant": merchant_id,
            "notice": notice_id,
            "invoice": invoice_id,
            "purpose": purpose,
            "body": written(to_json(prompt)),
            "not_before": not_before or db.now(session),
            "now": db.now(session),
        },
    ).fetchone()
    return found.id if found else None


def drop_waiting(session: Session, contact_id: int, why: str) -> None:
    """Whatever still waits for a contact is never said."""
    session.execute(
        sa.text(
            "UPDATE outbound SET status = 'dropped', error_code = :why"
            " WHERE contact_id = :contact AND status IN ('waiting', 'held')"
        ),
        {"contact": contact_id, "why": why},
    )


def drop_of(session: Session, contact_id: int, merchant_id: int, why: str) -> None:
    """Whatever one merchant still wanted said to a contact is never said."""
    session.execute(
        sa.text(
            "UPDATE outbound SET status = 'dropped', error_code = :why WHERE contact_id = :contact"
            " AND merchant_id = :merchant AND purpose = 'proactive'"
            " AND status IN ('waiting', 'held')"
        ),
        {"contact": contact_id, "merchant": merchant_id, "why": why},
    )


def contact_of(session: Session, invoice: Invoice | Quote) -> Contact | None:
    """The chat in which an invoice's (or a quote's) client may be written to, or None.

    Only someone who has written to the bot has one, and only while she has not stopped it, nor
    the merchant blocked her.
    """
    return contact_of_client(session, clients.get(session, invoice.client_id))


def contact_of_client(session: Session, client: Client) -> Contact | None:
    """As `contact_of`, for a client."""
    contact = session.get(Contact, client.contact_id) if client.contact_id else None
    if contact is None or contact.blocked_at or contact.stopped_at:
        return None
    if client.status == ClientStatus.BLOCKED:
        return None
    return contact


def customers(session: Session, invoice: Invoice, contact_id: int | None) -> list[int]:
    """Who hears what becomes of an invoice: whoever acted, else its client, else its viewers.

    Nobody who blocked or stopped us; of a client whom the merchant blocked, only who acts.
    """
    client = clients.get(session, invoice.client_id)
    if contact_id is None and client.status == ClientStatus.BLOCKED:
        return []
    one = contact_id or client.contact_id
    which = (
        Contact.id == one
        if one is not None
        else Contact.id.in_(
            sa.select(Viewer.contact_id).where(
                Viewer.merchant_id == invoice.merchant_id, Viewer.invoice_id == invoice.id
            )
        )
    )
    free = sa.and_(Contact.blocked_at.is_(None), Contact.stopped_at.is_(None))
    return list(session.scalars(sa.select(Contact.id).where(which, free).order_by(Contact.id)))


def note(
    session: Session,
    invoice: Invoice | None,
    kind: str,
    *,
    audience: str,
    key: str,
    contact_id: int | None = None,
    facts: Mapping[str, Any] | None = None,
) -> None:
    """Write down that someone must be told something, once per key, with the job that words it."""
    told = {"kind": kind, "audience": audience, "dedupe_key": key, "contact_id": contact_id}
    about = {"invoice_id": invoice.id if invoice else None, "facts": dict(facts or {})}
    telling.tell(session, [told | about])


def note_step(session: Session, invoice: Invoice, step: str, *, in_chat: bool) -> None:
    """A customer is to be reminded; who has no chat with us, by the merchant, who gets the words."""
    kind, audience = ("reminder", "client") if in_chat else ("remind_yourself", "member")
    key = f"{kind} {invoice.id} {step}"
    note(session, invoice, kind, audience=audience, key=key, facts={"step": step})


def tell_client(session: Session, invoice: Invoice, kind: str) -> None:
    """The client must hear of it, where she may be written to."""
    note(session, invoice, kind, audience="client", key=f"{kind} {invoice.id}")


def tell_members(
    session: Session, invoice: Invoice, kind: str, facts: Mapping[str, Any], more: str = ""
) -> None:
    """The merchant's people must hear of it."""
    key = f"{kind} {invoice.id} {more}".strip()
    note(session, invoice, kind, audience="member", key=key, facts=facts)


def arrived(session: Session, who: Who, invoice: Invoice) -> None:
    """Someone opened the link in chat: the client's contact if the channel vouches for her phone.

    Otherwise the merchant is asked once whether this is her client; until she says so, whoever
    came is the viewer and payer of this invoice only.
    """
    client = clients.get(session, invoice.client_id)
    now = db.now(session)
    seen = {"merchant_id": invoice.merchant_id, "invoice_id": invoice.id}
    session.execute(
        insert(Viewer)
        .values(**seen, contact_id=who.contact_id, made_at=now)
        .on_conflict_do_update(
            index_elements=["merchant_id", "invoice_id", "contact_id"], set_={"made_at": now}
        )
    )
    invoice.first_opened_at, invoice.last_opened_at = invoice.first_opened_at or now, now
    session.flush()
    if client.contact_id is not None:
        return
    if not clients.link_contact(session, client, who.contact_id, verified_phone=who.phone):
        facts = {"client_id": client.id, "contact_id": who.contact_id, "name": who.name or ""}
        tell_members(session, invoice, "arrived", facts, str(who.contact_id))
