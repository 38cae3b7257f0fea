"""A draft that is changed: the same row says something else, so that whoever holds it holds it still."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from invoicing import approvals, attaching, audit, clients, lifecycle
from invoicing.commands import IssueInvoice
from models.errors import Refusal
from models.invoices import Invoice, Status
from models.text import _

KEPT = ("merchant_id", "id", "series", "status", "made_at", "made_by")


def change(session: Session, command: IssueInvoice, by: int | None) -> Invoice:
    """The draft `command.draft_id` as it is said to be now, sent unless it stays one.

    Raises Refusal when it is gone or was sent already, and for whatever the person can put right.
    """
    old = lifecycle.get(session, command.draft_id or 0, lock=True)
    if old.status != Status.DRAFT:
        raise Refusal(_("This invoice was sent already."), "not_a_draft")
    if approvals.waiting_for(
        session, old
    ):  # what an owner is asked about must not change under her
        instead = lifecycle.bill(session, command, by)
        attaching.move(session, old, instead)
        lifecycle.delete_draft(session, old, by)
        return instead
    client = clients.billed(session, command.client)
    new = lifecycle.written(session, client, lifecycle.content(command))
    for column in sa.inspect(Invoice).column_attrs.keys():  # noqa: SIM118 - no mapping
        if column not in KEPT and column in new.__dict__:
            setattr(old, column, getattr(new, column))
    session.flush()
    old.lines.clear()
    session.flush()
    old.lines.extend(new.lines)
    audit.note(session, "draft.changed", person_id=by, invoice_id=old.id)
    session.flush()
    session.expire(old, ["client"])
    return old if command.draft else lifecycle.issue(session, old, by=by)
