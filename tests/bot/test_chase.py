"""“Remind everyone who is late”: seen first, one tap, each customer once a day (IF-47)."""

import threading
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from conversations import sentences
from conversations.sentences import Wish
from invoicing import chasing
from models import db
from models.db import Database
from models.invoices import Invoice
from models.merchants import Client
from models.told import Reminder
from tests import make, world
from tests.conftest import Counter
from tests.world import Talk, bill, merchant_talk

LATE_DAYS = 20  # after bill()'s due day


@pytest.fixture
def talk(session: Session) -> Talk:
    """A merchant to whom Jane, who has a chat, and Otieno, who has none, are late."""
    talk = merchant_talk(session)
    token = bill(talk)
    bill(talk, "Otieno", "0722000111")
    session.info["offset_s"] = LATE_DAYS * 86_400
    jane = Talk(session)
    jane.say(f"/start {token}")
    talk.jane = jane  # type: ignore[attr-defined]
    return talk


@pytest.mark.parametrize(
    "words",
    ["remind everyone", "/remind", "wakumbushe wote waliochelewa", "chase the late clients"],
)
def test_it_is_shown_before_it_is_done(talk: Talk, words: str) -> None:
    """Who is late, with what, and nothing is sent yet."""
    said = talk.say(words)
    assert "2 invoices are overdue, KSh 5,100 in all:" in said
    assert "• Jane, INV-0001: KSh 2,550, was due " in said
    assert talk.labels() == ["Remind them all", "Not now"]
    db.enter(talk.session, talk.conversation.merchant_id)
    assert talk.session.scalar(sa.select(sa.func.count()).select_from(Reminder)) == 0


def test_once_a_day(talk: Talk) -> None:
    """Jane hears from us, Otieno's words come to the merchant; a second tap says nothing twice."""
    talk.say("remind everyone")
    card = talk.history()[-1]
    assert "I remind all 2" in talk.tap("Remind them all")
    world.tell(talk.session)
    heard = talk.jane.look()  # type: ignore[attr-defined]
    assert "invoice INV-0001 was due on" in heard
    passed_on = talk.look()
    assert "It is time to remind Otieno of INV-0002" in passed_on
    assert "have all been reminded today" in talk.tap_on(card, "Remind them all")
    world.tell(talk.session)
    assert talk.jane.look() == ""  # type: ignore[attr-defined]
    assert "Nobody needs a reminder now" in talk.say("remind everyone")


def test_who_is_left_out(talk: Talk, session: Session) -> None:
    """Nobody who is disputed, hushed, blocked or reminded today; tomorrow they may be asked again."""
    db.enter(session, talk.conversation.merchant_id)
    assert len(chasing.late(session)) == 2
    invoices = session.scalars(sa.select(Invoice).order_by(Invoice.id)).all()
    invoices[0].disputed_at = db.now(session)
    session.get_one(Client, (invoices[1].merchant_id, invoices[1].client_id)).status = "blocked"
    session.flush()
    assert chasing.late(session) == ()
    invoices[0].disputed_at = None
    session.flush()
    assert [row.number for row in chasing.late(session)] == ["INV-0001"]
    assert chasing.take(session, [one.id for one in invoices], by=None) != []
    assert chasing.late(session) == ()
    session.info["offset_s"] += timedelta(days=1).total_seconds()
    assert [row.number for row in chasing.late(session)] == ["INV-0001"]


def test_what_was_paid_meanwhile_is_not_asked_for(talk: Talk, session: Session) -> None:
    """The list was shown, Jane paid, then the tap came: only Otieno is reminded."""
    talk.say("remind everyone")
    db.enter(session, talk.conversation.merchant_id)
    invoice = session.scalars(sa.select(Invoice).order_by(Invoice.id)).first()
    assert invoice is not None
    invoice.settled_at = db.now(session)
    session.flush()
    db.enter(session, None)
    assert "I remind 1 customer" in talk.tap("Remind them all")


def test_a_viewer_may_not(talk: Talk, session: Session) -> None:
    """Who only looks reminds nobody."""
    db.enter(session, talk.conversation.merchant_id)
    session.execute(sa.text("UPDATE members SET role = 'viewer'"))
    db.enter(session, None)
    assert "You may look here, but not change anything" in talk.say("remind everyone")


def test_another_merchant_sees_none_of_it(talk: Talk, session: Session) -> None:
    """Tenants stay apart: a card's button does nothing in a stranger's hands."""
    other = merchant_talk(session, "Other Shop")
    assert "Nobody needs a reminder now" in other.say("remind everyone")


def test_it_costs_two_statements_whoever_many(session: Session, statements: Counter) -> None:
    """No query for each invoice."""
    talk = merchant_talk(session)
    for number in range(3):
        bill(talk, f"Client {chr(65 + number)}", f"071234567{number}")
    session.info["offset_s"] = LATE_DAYS * 86_400
    db.enter(session, talk.conversation.merchant_id)
    session.expunge_all()
    statements.statements.clear()
    assert len(chasing.late(session)) == 3
    assert len(statements) <= 2


def test_two_taps_at_once(database: Database) -> None:
    """Two members press at the same moment: each invoice is taken by one of them."""
    with database.transaction() as session:
        merchant_id = make.merchant(session).id
        ids = [make.invoice(session, due_on=date(2026, 10, 1)).id for _n in range(3)]
    taken: list[int] = []
    ready = threading.Barrier(2)

    def tap() -> None:
        with database.transaction(merchant_id) as session:
            session.connection()
            ready.wait()
            taken.extend(one for one, _step in chasing.take(session, ids, by=None))

    threads = [threading.Thread(target=tap) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == sorted(ids)


@pytest.mark.parametrize(
    ("words", "wish"),
    [
        ("remind all who are late", Wish.REMIND_ALL),
        ("please remind everybody", Wish.REMIND_ALL),
        ("tafadhali kumbusha wadeni wote", Wish.REMIND_ALL),
        ("remind otieno", Wish.REMIND),
        ("kumbusha Otieno", Wish.REMIND),
    ],
)
def test_sentences(words: str, wish: Wish) -> None:
    """Everybody, or somebody."""
    said = sentences.read(words)
    assert said is not None
    assert said.wish is wish
