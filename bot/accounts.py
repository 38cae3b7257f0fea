"""Whose account is whose: a customer's own with each shop, found by the buttons in her own chat.

As with the bills she may pay, no tenant is searched for her: what opened a link for her, or was
sent to her, put a button in her chat, and that button leads to the shop (DESIGN, section 4).
"""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot.meeting import Who
from bot.openings import TENANT
from bot.payables import SHOWN
from conversations.lookups import row_label
from conversations.prompts import Choice, Prompt, Start
from invoicing import clients, merchants
from models import db
from models.invoices import Invoice
from models.merchants import Client
from models.people import Contact
from models.text import _

MOST = 8
MINE = "my_account"  # begun by a button; which shop's it is, is found here


def is_hers(session: Session, client: Client, person_id: int) -> bool:
    """Whether a client's account is this person's: one of her chats is linked to it.

    Merely having opened an invoice's link shows that invoice and no account.
    """
    linked = sa.select(Client.contact_id).where(
        Client.merchant_id == client.merchant_id,
        Client.id.in_(clients.family(session, client.id)),
    )
    own = sa.exists().where(Contact.person_id == person_id, Contact.id.in_(linked))
    return bool(session.scalar(sa.select(own)))


def which(session: Session, who: Who) -> Start | Prompt:
    """Her account where there is one, the shops to choose from, or why there is none.

    A merchant who is nobody's client means the accounts of her own clients.
    """
    found = _accounts(session, who)
    if len(found) == 1:
        return found[0][1]
    if not found and who.merchant_id is not None:
        return Start("statement")
    if not found:
        words = _("I know no account of yours here. Please open the link of an invoice that the "
                  "shop sent you, and ask the shop to confirm that this chat is yours.")  # fmt: skip
        return Prompt((words,))
    choices = tuple(
        Choice(f"shop.{at}", row_label({"name": name}), start)
        for at, (name, start) in enumerate(found[:MOST])
    )
    return Prompt((_("Your account with which shop?"),), choices, "list")


def _accounts(session: Session, who: Who) -> list[tuple[str, Start]]:
    found: dict[tuple[int, int], tuple[str, Start]] = {}
    for row in db.look(session, SHOWN, {"person": who.person_id}).fetchall():
        tenant = int(row.tenant)
        db.enter(session, tenant)
        invoice = session.get(Invoice, (tenant, int(row.invoice)))
        client = clients.get(session, invoice.client_id) if invoice else None
        if client is not None and is_hers(session, client, who.person_id):
            start = Start("statement_text", {TENANT: tenant, "client": {"id": client.id}})
            found[tenant, client.id] = (merchants.get(session).name, start)
    db.enter(session, who.merchant_id)
    return [found[which] for which in sorted(found)]
