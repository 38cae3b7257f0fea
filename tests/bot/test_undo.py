"""Undo right after sending: who hears what, till when, and what stands there afterwards."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import outbox, reach
from bot.channel import Sent
from bot.outbox import Result
from bot.undo import MARGIN
from invoicing import links
from models import clock, db
from models.invoices import Invoice, Status
from models.merchants import Client
from models.people import Contact
from models.platform import Route
from models.told import Audit
from tests.conftest import NOW
from tests.pages.bed import pay
from tests.world import Talk, Words, bill, in_words, merchant_talk, tell

UNDO_S = timedelta(seconds=20)


def later(monkeypatch: pytest.MonkeyPatch, after: timedelta) -> None:
    """It is so much later than when the test began."""
    monkeypatch.setattr(clock, "real_now", lambda: NOW + after)


def shop(session: Session, language: str = "en") -> Talk:
    """A merchant, in her language."""
    return merchant_talk(session, language="English" if language == "en" else "Kiswahili")


def known(session: Session, of: Talk) -> Talk:
    """Jane, who has an invoice already and may be written to since."""
    talk = Talk(session, name="Jane")
    talk.say(f"/start {bill(of)}")
    contact = session.scalars(sa.select(Contact).where(Contact.address == talk.address)).one()
    db.enter(session, of.conversation.merchant_id)
    session.execute(sa.update(Client).values(contact_id=contact.id))
    db.enter(session, None)
    return talk


def send(talk: Talk) -> str:
    """One more invoice for Jane; the answer to it."""
    return talk.say("Jane 2 bags nails @100 due friday") and talk.say("1")


def newest(talk: Talk, status: Status = Status.ISSUED) -> Invoice:
    """Her newest invoice of a kind."""
    db.enter(talk.session, talk.conversation.merchant_id)
    talk.session.expire_all()
    wanted = sa.select(Invoice).where(Invoice.status == status).order_by(Invoice.id.desc())
    return talk.session.scalars(wanted.limit(1)).one()


def deliver(session: Session) -> list[str]:
    """What a worker sends now: the words of each row, in order."""
    claims = outbox.claim(session, 1, 50)
    done = [(one, [Result(row, Sent(f"m{row.id}")) for row in one.rows]) for one in claims]
    outbox.record(session, done)
    return [str(row.prompt.paragraphs[0].params) for claim in claims for row in claim.rows]


def heard(session: Session, talk: Talk) -> int:
    """How many messages somebody got."""
    session.expire_all()
    return sum(1 for row in talk.history() if row.status == "sent")


def test_the_customer_hears_of_it_twenty_seconds_later(
    session: Session, monkeypatch: pytest.MonkeyPatch, language: str, say: Words
) -> None:
    """Numbered at once, said on the merchant's card; not sooner than that, and then surely."""
    talk = shop(session, language)
    jane = known(session, talk)
    said = send(talk)
    assert say("Undo") in talk.labels()
    assert "20" in said
    assert "INV-0002" in said
    deliver(session)
    before = heard(session, jane)
    later(monkeypatch, UNDO_S - timedelta(seconds=1))
    deliver(session)
    assert heard(session, jane) == before
    later(monkeypatch, UNDO_S)
    deliver(session)
    assert heard(session, jane) == before + 1


def test_undone_in_time(
    session: Session, monkeypatch: pytest.MonkeyPatch, language: str, say: Words
) -> None:
    """Void without a word to anybody, its link closed, and the same once more, to be changed."""
    talk = shop(session, language)
    jane = known(session, talk)
    send(talk)
    deliver(session)
    before = heard(session, jane)
    token = links.token_of(session, newest(talk)) or ""
    db.enter(session, None)
    later(monkeypatch, timedelta(seconds=15))
    said = talk.tap(say("Undo"))
    assert "INV-0002" in said
    assert "2 × bags" in said or "nails" in said
    assert "KSh 200" in said
    assert say("Send") in talk.labels()
    void, draft = newest(talk, Status.VOID), newest(talk, Status.DRAFT)
    assert (void.number_text, void.token) == ("INV-0002", None)
    assert draft.total_minor == void.total_minor
    assert draft.client_id == void.client_id
    assert session.scalars(sa.select(Audit.action).where(Audit.invoice_id == void.id)).all() == [
        "invoice.issued", "invoice.sent", "invoice.undone",
    ]  # fmt: skip
    assert session.scalars(sa.select(Route).where(Route.target_id == void.id)).all()  # the account
    db.enter(session, None)
    tell(session)
    later(monkeypatch, timedelta(hours=1))
    deliver(session)
    assert heard(session, jane) == before
    assert in_words("This link does not open an invoice any more. Please ask the shop for a new "
                    "one.", "en") in jane.say(f"/start {token}")  # fmt: skip


def test_sent_again_after_a_change(session: Session) -> None:
    """The review card goes on as ever: the next number, and the draft is used up."""
    talk = shop(session)
    known(session, talk)
    send(talk)
    talk.tap("Undo")
    said = talk.tap("Send")
    assert "INV-0003" in said
    db.enter(session, talk.conversation.merchant_id)
    statuses = session.scalars(sa.select(Invoice.status).order_by(Invoice.number)).all()
    assert statuses == ["issued", "void", "issued"]


def test_everything_it_said_is_there_again(session: Session) -> None:
    """Items, discount, tax, note and day."""
    talk = shop(session)
    known(session, talk)
    talk.say("Jane 2 bags nails @100, 3 pipes @50 due friday 10% discount plus vat")
    talk.tap("Note")
    talk.say("Call first")
    talk.tap("Send")
    sent = newest(talk)
    facts = ("due_on", "note", "discount_percent", "discount_minor", "tax_rate", "tax_minor",
             "total_minor")  # fmt: skip
    said = {name: getattr(sent, name) for name in facts}
    lines = [(one.description, one.quantity, one.unit_price_minor) for one in sent.lines]
    assert len(lines) == 2
    db.enter(session, None)
    talk.tap("Undo")
    again = newest(talk, Status.DRAFT)
    assert {name: getattr(again, name) for name in facts} == said
    assert [(one.description, one.quantity, one.unit_price_minor) for one in again.lines] == lines


def test_the_card_says_that_it_still_waits(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And that it was sent only once it was."""
    talk = shop(session)
    known(session, talk)
    send(talk)
    assert talk.say("INV-2").endswith("Waits to go out on Telegram")
    later(monkeypatch, UNDO_S)
    deliver(session)
    assert talk.say("INV-2").endswith("Fri 20 Nov 10:00 Sent on Telegram")


def test_tapped_twice(session: Session) -> None:
    """The second tap finds nothing to do and says so."""
    talk = shop(session)
    known(session, talk)
    send(talk)
    talk.tap("Undo")
    talk.say("/cancel")
    assert "nothing left to undo" in talk.tap("Undo")
    db.enter(session, talk.conversation.merchant_id)
    assert session.scalar(sa.select(sa.func.count()).where(Invoice.status == "draft")) == 1


def test_too_late(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the last two seconds a worker elsewhere may be sending it: refused, and void is offered."""
    talk = shop(session)
    known(session, talk)
    send(talk)
    later(monkeypatch, UNDO_S - MARGIN)
    assert "on its way already" in talk.tap("Undo")
    assert talk.labels() == ["See it", "Void it", "Menu"]
    later(monkeypatch, UNDO_S)
    assert "20 seconds to undo *INV-0002*".replace("*", "") in talk.say("undo")
    assert newest(talk).number_text == "INV-0002"


def test_while_a_worker_writes_to_the_customer(session: Session) -> None:
    """Nothing is taken back behind its back; a moment later it can be."""
    talk = shop(session)
    jane = known(session, talk)
    deliver(session)
    jane.say("hello")
    send(talk)
    (claim,) = [one for one in outbox.claim(session, 1, 50) if one.address == jane.address]
    assert "just writing" in talk.tap("Undo")
    assert newest(talk).number_text == "INV-0002"
    db.enter(session, None)
    outbox.record(session, [(claim, [Result(row, Sent(f"m{row.id}")) for row in claim.rows])])
    assert "is taken back" in talk.tap("Undo")


def test_once_it_is_opened(session: Session) -> None:
    """Who opens the link in chat has seen it: it stays, and she is not sent it as well."""
    talk = shop(session)
    jane = known(session, talk)
    send(talk)
    token = links.token_of(session, newest(talk))
    db.enter(session, None)
    jane.say(f"/start {token}")
    assert [row.error_code for row in jane.history() if row.status == "dropped"] == ["opened"]
    assert "was opened already" in talk.tap("Undo")


def test_once_it_is_paid(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """Money stays where it is; the customer gets her invoice at once, then the receipt."""
    talk = shop(session)
    jane = known(session, talk)
    send(talk)
    deliver(session)
    later(monkeypatch, timedelta(seconds=3))
    pay(session, newest(talk), 20_000, "SKL1")
    invoice = newest(talk)
    reach.note(session, invoice, "paid", audience="client", key="x")
    db.enter(session, None)
    assert "being paid already" in talk.tap("Undo")
    rows = [row for row in jane.history() if row.status == "waiting"]
    assert {row.not_before for row in rows} <= {NOW + UNDO_S}


def test_what_else_is_due_waits_too(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """A notice about an invoice that may be taken back goes out after it, or never."""
    talk = shop(session)
    jane = known(session, talk)
    send(talk)
    deliver(session)
    before = heard(session, jane)
    reach.tell_client(session, newest(talk), "overdue")
    db.enter(session, None)
    tell(session)
    deliver(session)
    assert heard(session, jane) == before
    talk.tap("Undo")
    later(monkeypatch, timedelta(days=1))
    deliver(session)
    assert heard(session, jane) == before
