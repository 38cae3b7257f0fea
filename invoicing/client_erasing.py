"""What is personal about a client is erased, field by field; invoices and payments are kept."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from invoicing import attaching, audit, client_sums, clients
from invoicing.commands import ClientStatus
from models import db
from models.errors import Refusal
from models.merchants import Client
from models.text import _

# What tells who somebody is. Papers that were issued keep what is printed on them: tax law asks
# for those, and nothing else is left that leads from them to a person.
PERSONAL = (
    "phone", "email", "company", "contact_person", "address", "notes", "language", "contact_id",
)  # fmt: skip


def erase(session: Session, client: Client, by: int | None) -> None:
    """Forget who a client is, with all that was merged into her; a number stands for the name.

    Photos and papers that went with her invoices are deleted.

    She leaves the lists. Raises Refusal `open` while anything is owed or credited: then her
    details are still needed.
    """
    session.refresh(client, with_for_update={"key_share": True})
    sums = client_sums.of(session, client.id)
    if sums.owed or sums.credit:
        raise Refusal(
            _("*{name}* still owes you, or has credit with you. Please settle that first.",
              name=client.name),
            "open",
        )  # fmt: skip
    rows = session.scalars(
        sa.select(Client).where(
            Client.merchant_id == client.merchant_id,
            Client.id.in_(clients.family(session, client.id)),
        )
    ).all()
    for row in rows:
        row.name, row.status = f"#{row.id}", ClientStatus.ARCHIVED
        row.archived_at = row.archived_at or db.now(session)
        for field in PERSONAL:
            setattr(row, field, None)
    files = attaching.forget(session, [row.id for row in rows])
    facts = {"client_id": client.id, "rows": len(rows)} | ({"files": files} if files else {})
    audit.note(session, "client.erased", person_id=by, facts=facts)
    session.flush()
