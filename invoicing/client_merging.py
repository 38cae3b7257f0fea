"""Two clients who are one person: noticing it, showing what it would mean, making it so.

Nothing issued is rewritten (I-12): the one merged away keeps her row, her invoices and payments
keep pointing at it, and it points at the other (docs/decisions/04).
"""

from dataclasses import dataclass

import sqlalchemy as sa
from rapidfuzz import fuzz
from sqlalchemy.orm import Session

from invoicing import audit, client_sums, clients
from invoicing.commands import ClientStatus
from models import db
from models.errors import Refusal
from models.invoices import Invoice
from models.merchants import Client
from models.money import Money
from models.text import _

SAME = (
    88  # of 100: “Jane Mwangi” and “Mwangi Jane”, “Otieno” and “Otienoh”; not “Jane” and “Janet K”
)
CANDIDATES = 200
MOST = 3
FILLS = ("phone", "email", "company", "contact_person", "address", "notes", "language")
LIKE = (
    "SELECT id, name FROM clients WHERE merchant_id = %(merchant_id)s AND status = 'active'"
    " AND id <> %(id)s AND (left(lower(name), 3) = left(%(name)s, 3)"
    "  OR regexp_split_to_array(lower(name), '\\s+') && CAST(%(words)s AS text[]))"
    " ORDER BY COALESCE(billed_at, made_at) DESC, id LIMIT %(most)s"
)


@dataclass(frozen=True)
class Preview:
    """What would count as another's: invoices, what is owed and what is credit, a chat."""

    invoices: int
    owed: tuple[Money, ...]
    credit: tuple[Money, ...]
    chat: bool


def near(session: Session, client: Client) -> list[Client]:
    """Active clients whose name is all but hers, the likeliest first."""
    name = client.name.lower()
    values = {
        "merchant_id": client.merchant_id,
        "id": client.id,
        "name": name,
        "words": name.split(),
        "most": CANDIDATES,
    }
    session.flush()
    scored = [
        (fuzz.token_sort_ratio(name, row.name.lower()), row.id)
        for row in db.look(session, LIKE, values).fetchall()
    ]
    best = sorted((-score, client_id) for score, client_id in scored if score >= SAME)[:MOST]
    return [clients.get(session, client_id) for _score, client_id in best]


def preview(session: Session, client: Client) -> Preview:
    """What merging this client away would move."""
    count = sa.select(sa.func.count()).select_from(Invoice).where(
        Invoice.merchant_id == client.merchant_id,
        Invoice.client_id.in_(clients.family(session, client.id)),
    )  # fmt: skip
    sums = client_sums.of(session, client.id)
    return Preview(session.scalar(count) or 0, sums.owed, sums.credit, bool(client.contact_id))


def merge(session: Session, client: Client, into: Client, by: int | None) -> Client:
    """From now on `client` is `into`: one balance, one credit, one statement, one chat.

    What the other does not know of her (a phone, an address, a chat) she gets; where either wants
    no reminders there are none. Raises Refusal: `same`, `blocked`, `archived`.
    """
    _lock(session, client, into)
    _check(client, into)
    filled = _fill(session, client, into)
    into.reminders_off = into.reminders_off or client.reminders_off
    into.billed_at = max(filter(None, (into.billed_at, client.billed_at)), default=None)
    into.made_at = min(into.made_at, client.made_at)
    client.status, client.merged_into_id = ClientStatus.ARCHIVED, into.id
    client.archived_at = db.now(session)
    session.execute(
        sa.update(Client)
        .where(Client.merchant_id == into.merchant_id, Client.merged_into_id == client.id)
        .values(merged_into_id=into.id)
    )
    facts = {"client_id": into.id, "merged_id": client.id, "filled": filled}
    audit.note(session, "client.merged", person_id=by, facts=facts)
    session.flush()
    return into


def _lock(session: Session, *both: Client) -> None:
    """Both rows by id, so that A into B and B into A do not wait for each other for ever."""
    for client in sorted(both, key=lambda one: one.id):
        session.refresh(client, with_for_update={"key_share": True})


def _check(client: Client, into: Client) -> None:
    if into.id in (client.id, client.merged_into_id):
        raise Refusal(_("*{name}* is one client already.", name=into.name), "same")
    if client.merged_into_id or into.merged_into_id:
        raise Refusal(_("This client was merged with another a moment ago."), "same")
    if ClientStatus.BLOCKED in (client.status, into.status):
        raise Refusal(_("One of them is blocked. Please unblock that one first."), "blocked")
    if into.status != ClientStatus.ACTIVE:
        words = _("*{name}* is archived. Please restore them first.", name=into.name)
        raise Refusal(words, "archived")


def _fill(session: Session, client: Client, into: Client) -> list[str]:
    """A phone is handed over, since it is one client's; a second one stays and leads to her."""
    gained = {
        name: getattr(client, name)
        for name in FILLS
        if getattr(client, name) is not None and getattr(into, name) is None
    }
    if "phone" in gained:
        client.phone = None
        session.flush()
    if into.contact_id is None and client.contact_id is not None:
        gained["contact_id"] = client.contact_id
    for name, value in gained.items():
        setattr(into, name, value)
    return sorted(gained)
