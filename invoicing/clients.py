"""Clients: remembering whom a merchant bills, finding them again, reaching them in a chat."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, make_transient_to_detached
from sqlalchemy.orm.util import identity_key

from invoicing import audit
from invoicing.commands import AddClient, BilledTo
from models import db
from models.errors import Refusal
from models.merchants import Client
from models.text import _

SHOWN = 10
LONGEST_NAME = 120
FEWEST_DIGITS = 4
# Written out, since every invoice that is sent costs one of them.
TOUCH = (
    "UPDATE clients SET billed_at = %(now)s"
    " WHERE merchant_id = %(merchant_id)s AND status = 'active'"
)
BY_ID = "id = %(id)s"
NAMESAKE = (
    "id = (SELECT min(id) FROM clients WHERE merchant_id = %(merchant_id)s AND status = 'active'"
    " AND lower(name) = lower(%(name)s) AND phone IS NULL)"
)
UPSERT = (
    "INSERT INTO clients (merchant_id, name, phone, billed_at, made_at)"
    " VALUES (%(merchant_id)s, %(name)s, %(phone)s, %(billed_at)s, %(now)s)"
    " ON CONFLICT (merchant_id, phone) WHERE phone IS NOT NULL"
    " DO UPDATE SET billed_at = COALESCE(excluded.billed_at, clients.billed_at)"
)
FIND = "SELECT * FROM clients WHERE merchant_id = %(merchant_id)s AND status = 'active'"
RECENT_FIRST = " ORDER BY COALESCE(billed_at, made_at) DESC, id DESC LIMIT %(most)s"
SQUEEZED = "replace(lower(name), ' ', '')"
FITTING = (
    f" AND (strpos({SQUEEZED}, %(wanted)s) > 0"
    "  OR strpos(phone, CAST(%(digits)s AS text)) > 0)"
    f" ORDER BY CASE WHEN {SQUEEZED} = %(wanted)s THEN 0"
    f" WHEN starts_with({SQUEEZED}, %(wanted)s) THEN 1 ELSE 2 END,"
    " COALESCE(billed_at, made_at) DESC, id DESC LIMIT %(most)s"
)
COLUMNS = " RETURNING " + ", ".join(column.name for column in Client.__table__.columns)


def add(session: Session, command: AddClient, by: int | None = None) -> Client:
    """Remember someone; a client who has this phone already is found, not doubled."""
    client = _upsert(session, _clean(command.name), command.phone, billed=False)
    audit.note(session, "client.added", person_id=by, facts={"client_id": client.id})
    session.flush()
    return client


def billed(session: Session, to: BilledTo) -> Client:
    """Whom an invoice is for, in one statement (two for a name without a phone).

    A known client by id; by phone whoever has it; otherwise someone new. Raises Refusal for a
    client who is gone, archived or blocked.
    """
    if to.client_id is not None:
        return _touch(session, BY_ID, id=to.client_id) or _gone()
    name = _clean(to.name)
    if to.phone is None and (known := _touch(session, NAMESAKE, name=name)):
        return known
    return _upsert(session, name, to.phone, billed=True)


def _clean(name: str) -> str:
    cleaned = " ".join(name.split())
    if not 1 <= len(cleaned) <= LONGEST_NAME:
        raise Refusal(_("A name has 1 to {n} letters.", n=LONGEST_NAME), "name")
    return cleaned


def _gone() -> Client:
    raise Refusal(_("This client is no longer on your list."), "client")


def _touch(session: Session, which: str, **values: Any) -> Client | None:
    """Mark one active client as billed now; None when there is none."""
    row = db.hot(session, f"{TOUCH} AND {which}{COLUMNS}", _common(session) | values).fetchone()
    return _loaded(session, row) if row else None


def _upsert(session: Session, name: str, phone: str | None, *, billed: bool) -> Client:
    values = _common(session) | {"name": name, "phone": phone}
    values["billed_at"] = values["now"] if billed else None
    return _loaded(session, db.hot(session, f"{UPSERT}{COLUMNS}", values).fetchone())


def _common(session: Session) -> dict[str, Any]:
    return {"merchant_id": db.merchant_id(session), "now": db.now(session)}


def _loaded(session: Session, row: Any) -> Client:
    """A row the driver brought, as the session's own object."""
    known = session.identity_map.get(identity_key(Client, (row.merchant_id, row.id)))
    if known is not None:
        session.refresh(known)
        return known
    found = Client(**row._asdict())
    make_transient_to_detached(found)
    session.add(found)
    return found


def get(session: Session, client_id: int) -> Client:
    """One client of the merchant, whatever her status. Raises Refusal when there is none."""
    found = session.get(Client, (db.merchant_id(session), client_id))
    return found or _gone()


def by_phone(session: Session, phone: str) -> Client | None:
    """The active client who has this phone (E.164)."""
    return session.scalars(_mine().where(Client.phone == phone)).one_or_none()


def find_recent(session: Session, limit: int = SHOWN) -> list[Client]:
    """The clients billed last, newest first; those never billed by when they were added."""
    rows = db.hot(session, f"{FIND}{RECENT_FIRST}", _common(session) | {"most": limit})
    return [_loaded(session, row) for row in rows.fetchall()]


def find(session: Session, words: str, limit: int = SHOWN) -> list[Client]:
    """Clients whose name or phone fits: exact first, then beginning, then containing.

    Case and spaces do not matter; among equals the one billed last comes first.
    """
    wanted = "".join(words.lower().split())
    if not wanted:
        return find_recent(session, limit)
    digits = "".join(sign for sign in words if sign.isdigit()).lstrip("0")
    values = {"wanted": wanted, "digits": digits if len(digits) >= FEWEST_DIGITS else None}
    rows = db.hot(session, f"{FIND}{FITTING}", _common(session) | values | {"most": limit})
    return [_loaded(session, row) for row in rows.fetchall()]


def _mine() -> sa.Select[Client]:
    return sa.select(Client).where(Client.status == "active")


def link_contact(
    session: Session,
    client: Client,
    contact_id: int,
    *,
    verified_phone: str | None = None,
    confirmed_by: int | None = None,
) -> bool:
    """Make a chat the way to reach a client; whether it was allowed.

    Allowed when the phone the channel itself vouches for is the client's, or when the merchant
    confirmed it by a tap. Whoever merely opened a link becomes nobody's contact.
    """
    vouched = client.phone is not None and verified_phone == client.phone
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
