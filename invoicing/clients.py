"""Clients: remembering whom a merchant bills, finding them again, reaching them in a chat."""

from typing import Any, TypeVarTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from invoicing import audit
from invoicing.commands import AddClient, BilledTo, ClientStatus
from models import db, hot_rows
from models.errors import Refusal
from models.invoices import Invoice
from models.merchants import Client
from models.text import _

Rows = TypeVarTuple("Rows")
SHOWN = 10
LONGEST_NAME = 120
FEWEST_DIGITS = 4
# Written out, since every invoice that is sent costs one of them.
TOUCH = "UPDATE clients SET billed_at = %(now)s WHERE merchant_id = %(merchant_id)s"
BY_ID = "id = %(id)s"
# Active before blocked: who was blocked must not be billed as someone new of the same name.
NAMESAKE = (
    "id = (SELECT id FROM clients WHERE merchant_id = %(merchant_id)s AND status <> 'archived'"
    " AND lower(name) = lower(%(name)s) AND phone IS NULL ORDER BY status, id LIMIT 1)"
)
UPSERT = (
    "INSERT INTO clients (merchant_id, name, phone, billed_at, made_at)"
    " VALUES (%(merchant_id)s, %(name)s, %(phone)s, %(billed_at)s, %(now)s)"
    " ON CONFLICT (merchant_id, phone) WHERE phone IS NOT NULL"
    " DO UPDATE SET billed_at = COALESCE(excluded.billed_at, clients.billed_at)"
)
FIND = (
    f"SELECT {hot_rows.columns(Client)} FROM clients"
    " WHERE merchant_id = %(merchant_id)s AND status = 'active'"
)
RECENT_FIRST = " ORDER BY COALESCE(billed_at, made_at) DESC, id DESC LIMIT %(most)s"
SQUEEZED = "replace(lower(name), ' ', '')"
FITTING = (
    f" AND (strpos({SQUEEZED}, %(wanted)s) > 0"
    "  OR strpos(phone, CAST(%(digits)s AS text)) > 0)"
    f" ORDER BY CASE WHEN {SQUEEZED} = %(wanted)s THEN 0"
    f" WHEN starts_with({SQUEEZED}, %(wanted)s) THEN 1 ELSE 2 END,"
    " COALESCE(billed_at, made_at) DESC, id DESC LIMIT %(most)s"
)
COLUMNS = f" RETURNING {hot_rows.columns(Client)}"
# A client's id and those of whoever was merged into her.
FAMILY = sa.select(Client.id).where(
    Client.merchant_id == sa.bindparam("merchant_id"),
    sa.or_(
        Client.id == sa.bindparam("client_id"), Client.merged_into_id == sa.bindparam("client_id")
    ),
)


def add(session: Session, command: AddClient, by: int | None = None) -> Client:
    """Remember someone; a client who has this phone already is found (and restored), not doubled.

    Raises Refusal for one who is blocked.
    """
    client = _upsert(session, clean_name(command.name), command.phone, billed=False)
    client = _willing(session, client, by_phone=True)
    audit.note(session, "client.added", person_id=by, facts={"client_id": client.id})
    session.flush()
    return client


def billed(session: Session, to: BilledTo) -> Client:
    """Whom an invoice is for, in one statement (two for a name without a phone).

    A known client by id; by phone whoever has it, back from the archive if need be; otherwise
    someone new. Raises Refusal for a client who is gone, archived or blocked.
    """
    if to.client_id is not None:
        return _willing(session, _touch(session, BY_ID, id=to.client_id) or _gone())
    name = clean_name(to.name)
    if to.phone is None and (known := _touch(session, NAMESAKE, name=name)):
        return _willing(session, known)
    return _willing(session, _upsert(session, name, to.phone, billed=True), by_phone=True)


def _willing(session: Session, client: Client, *, by_phone: bool = False) -> Client:
    """The client, or whom she was merged into, if she may be billed. Raises Refusal."""
    if client.merged_into_id is not None:
        merged = _touch(session, BY_ID, id=client.merged_into_id)
        return _willing(session, merged or _gone(), by_phone=by_phone)
    if client.status == ClientStatus.BLOCKED:
        raise Refusal(
            _("You blocked *{name}*, so I send them nothing. To bill them again, say "
              "*unblock {name}*.", name=client.name),
            "blocked",
        )  # fmt: skip
    if client.status == ClientStatus.ARCHIVED:
        if not by_phone:
            words = _("*{name}* is archived. To bill them again, say *restore {name}*.",
                      name=client.name)  # fmt: skip
            raise Refusal(words, "client")
        client.status, client.archived_at = ClientStatus.ACTIVE, None
        audit.note(session, "client.restored", facts={"client_id": client.id})
    return client


def clean_name(name: str) -> str:
    """A name with its blanks tidied. Raises Refusal for none, or a novel."""
    cleaned = " ".join(name.split())
    if not 1 <= len(cleaned) <= LONGEST_NAME:
        raise Refusal(_("A name has 1 to {n} letters.", n=LONGEST_NAME), "name")
    return cleaned


def _gone() -> Client:
    raise Refusal(_("This client is no longer on your list."), "client")


def _touch(session: Session, which: str, **values: Any) -> Client | None:
    """Mark one active client as billed now; None when there is none."""
    row = db.hot(session, f"{TOUCH} AND {which}{COLUMNS}", _common(session) | values).fetchone()
    return hot_rows.loaded(session, Client, row) if row else None


def _upsert(session: Session, name: str, phone: str | None, *, billed: bool) -> Client:
    values = _common(session) | {"name": name, "phone": phone}
    values["billed_at"] = values["now"] if billed else None
    return hot_rows.loaded(
        session, Client, db.hot(session, f"{UPSERT}{COLUMNS}", values).fetchone()
    )


def _common(session: Session) -> dict[str, Any]:
    return {"merchant_id": db.merchant_id(session), "now": db.now(session)}


def get(session: Session, client_id: int) -> Client:
    """One client of the merchant, whatever her status; for one merged into another, the other.

    Raises Refusal when there is none.
    """
    found = session.get(Client, (db.merchant_id(session), client_id)) or _gone()
    if found.merged_into_id is None:
        return found
    return session.get_one(Client, (found.merchant_id, found.merged_into_id))


def family(session: Session, client_id: int) -> sa.Select[int]:
    """The ids that count as this client (not a merged one): her own, and those merged into her."""
    return FAMILY.params(merchant_id=db.merchant_id(session), client_id=client_id)


def with_client(rows: sa.Select[*Rows]) -> sa.Select[*Rows]:
    """Invoices joined with `Client`: whom each counts for now, be it one she was merged into."""
    named = aliased(Client)
    hers = sa.and_(named.merchant_id == Invoice.merchant_id, named.id == Invoice.client_id)
    now = sa.and_(
        Client.merchant_id == named.merchant_id,
        Client.id == sa.func.coalesce(named.merged_into_id, named.id),
    )
    return rows.select_from(Invoice).join(named, hers).join(Client, now)


def by_phone(session: Session, phone: str) -> Client | None:
    """The active client who has this phone (E.164), be it that of one merged into her."""
    found = holder(session, phone)
    return found if found is not None and found.status == ClientStatus.ACTIVE else None


def holder(session: Session, phone: str) -> Client | None:
    """The client, whatever her status, who has this phone or had it before she was merged."""
    found = session.scalars(
        sa.select(Client).where(
            Client.merchant_id == db.merchant_id(session), Client.phone == phone
        )
    ).one_or_none()
    return get(session, found.id) if found else None


def find_recent(session: Session, limit: int = SHOWN) -> list[Client]:
    """The clients billed last, newest first; those never billed by when they were added."""
    rows = db.look(session, f"{FIND}{RECENT_FIRST}", _common(session) | {"most": limit})
    return [hot_rows.loaded(session, Client, row) for row in rows.fetchall()]


def find(session: Session, words: str, limit: int = SHOWN) -> list[Client]:
    """Clients whose name or phone fits: exact first, then beginning, then containing.

    Case and spaces do not matter; among equals the one billed last comes first.
    """
    wanted = "".join(words.lower().split())
    if not wanted:
        return find_recent(session, limit)
    digits = "".join(sign for sign in words if sign.isdigit()).lstrip("0")
    values = {"wanted": wanted, "digits": digits if len(digits) >= FEWEST_DIGITS else None}
    rows = db.look(session, f"{FIND}{FITTING}", _common(session) | values | {"most": limit})
    return [hot_rows.loaded(session, Client, row) for row in rows.fetchall()]


def link_contact(
    session: Session,
    client: Client,
    contact_id: int,
    *,
    verified_phone: str | None = None,
    confirmed_by: int | None = None,
) -> bool:
    """Make a chat the way to reach a client; whether it was allowed.

    Allowed when the phone the channel itself vouches for is the client's (or was, of one merged
    into her), or when the merchant confirmed it by a tap. Whoever merely opened a link becomes nobody's contact.
    """
    vouched = verified_phone is not None and (
        verified_phone == client.phone or holder(session, verified_phone) is client
    )
    if not vouched and confirmed_by is None:
        return False
    if client.contact_id != contact_id:
        client.contact_id = contact_id
        audit.note(
            session,
            "client.linked",
            person_id=confirmed_by,
            facts={"client_id": client.id, "contact_id": contact_id, "vouched": vouched},
        )
        session.flush()
    return True
