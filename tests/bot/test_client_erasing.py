"""A client's personal details are erased for good, and the books stay (DF-4)."""

import sqlalchemy as sa

from invoicing import client_merging
from models import db
from models.invoices import Invoice
from models.merchants import Client
from tests import make
from tests.bot.test_client_talk import become, hers, known, language, talk
from tests.world import Talk, Words

__all__ = ["language", "talk"]  # fixtures


def test_details_are_erased_and_the_books_stay(talk: Talk, say: Words) -> None:
    """Name, phone, chat: gone, from a merged one too; the paper that was issued keeps what it says."""
    jane = known(talk, "Jane Mwangi", phone="+254712345678", email="jane@duka.co.ke", notes="n")
    twin = known(talk, "Jenny", phone="+254722000222")
    make.invoice(hers(talk), jane)
    client_merging.merge(hers(talk), twin, jane, by=None)
    ids = (jane.id, twin.id)
    talk.say("delete client Jane Mwangi")
    talk.tap(say("Delete"))
    talk.tap(say("Erase their details"))
    refused = talk.tap(say("Erase"))
    assert say("*{name}* still owes you, or has credit with you. Please settle that first.",
               name="Jane Mwangi") in refused  # fmt: skip
    talk.say("/cancel")
    session = hers(talk)
    session.execute(sa.update(Invoice).values(status="void", voided_at=db.now(session)))
    session.flush()
    for words in ("erase Jane Mwangi's details", "futa taarifa za Jane Mwangi"):
        assert say("Shall I erase the name, phone and all other details of *{name}* for good? "
                   "Invoices already sent and payments stay in your books.",
                   name="Jane Mwangi") in talk.say(words)  # fmt: skip
    talk.tap(say("Erase"))
    rows = hers(talk).execute(
        sa.select(Client.name, Client.phone, Client.email, Client.notes, Client.status)
    )
    assert sorted(tuple(row) for row in rows) == sorted(
        (f"#{one}", None, None, None, "archived") for one in ids
    )
    assert hers(talk).scalars(sa.select(Invoice.client_id)).one() == ids[0]
    talk.say("/clients")
    assert talk.labels() == [say("Archived, blocked")]


def test_a_cashier_erases_nobody(talk: Talk, say: Words) -> None:
    """That is for the owner and the manager."""
    known(talk, "Otieno")
    become(talk, "cashier")
    assert say("Only the owner or a manager can do that.") in talk.say("erase client Otieno")
    assert hers(talk).scalars(sa.select(Client.name)).one() == "Otieno"
