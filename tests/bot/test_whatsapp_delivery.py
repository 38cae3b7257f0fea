"""What becomes of messages: statuses that only rise, errors that move rows, the window, held rows."""

from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import delivery, outbox, reach, unreached
from bot.channel import SendError, Sent, Trouble
from bot.outbox import Result
from bot.twilio_codes import of_code
from models import clock, db
from models.invoices import Invoice
from models.people import Contact
from models.traffic import Outbound
from tests import world
from tests.world import JOBS, Talk, bill, merchant_talk, tell

SID = "SM" + "a" * 32
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _on_whatsapp(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody talks on WhatsApp."""
    monkeypatch.setattr(world, "CHANNEL", ["whatsapp"])


@pytest.fixture
def talk(session: Session) -> Talk:
    """Someone who said hi, with the worker not there yet."""
    found = Talk(session)
    found.say("hi")
    return found


def row_of(talk: Talk) -> Outbound:
    """The newest message to her, read afresh."""
    return talk.history()[-1]


def contact_of(talk: Talk) -> Contact:
    """Her row, read afresh."""
    talk.session.expire_all()
    return talk.session.scalars(sa.select(Contact).where(Contact.address == talk.address)).one()


def claimed(session: Session) -> list[outbox.Claim]:
    """What a worker may send now."""
    return outbox.claim(session, 1, 50)


def sent(session: Session, sid: str = SID) -> None:
    """A worker sends all that is due and writes it down."""
    for number, claim in enumerate(claimed(session)):
        done = [
            Result(row, sent=Sent(f"{sid[:-6]}{number:03}{place:03}"))
            for place, row in enumerate(claim.rows)
        ]
        outbox.record(session, [(claim, done)])


def refused(session: Session, error: SendError) -> None:
    """A worker's sends all end in this."""
    for claim in claimed(session):
        outbox.record(session, [(claim, [Result(claim.rows[0], error=error)])])


def told(talk: Talk, status: str, error: str = "", sid: str = "", **more: Any) -> None:
    """Twilio reports a status of her newest message."""
    row = row_of(talk)
    form = {
        "MessageSid": sid or row.provider_id or SID,
        "MessageStatus": status,
        "To": f"whatsapp:{talk.address}",
    }
    if error:
        form["ErrorCode"] = error
    found = delivery.read(form, more.get("row"), whole=more.get("whole", True))
    assert found is not None
    delivery.note(talk.session, found)
    talk.session.expire_all()


REPORTS = ("queued", "sent", "delivered", "read")


@pytest.mark.parametrize("order", list(permutations(REPORTS)))
def test_a_status_never_goes_down(talk: Talk, order: tuple[str, ...]) -> None:
    """In every order, twice over, what is left is the highest (I-18)."""
    sent(talk.session)
    ranks = ["sent", "delivered", "read"]
    highest = 0
    for status in (*order, *order):
        told(talk, status)
        now = ranks.index(row_of(talk).status)
        assert now >= highest
        highest = now
    assert row_of(talk).status == "read"


@pytest.mark.parametrize("order", list(permutations(("sent", "undelivered", "delivered"))))
def test_a_failure_stands_unless_it_arrived(talk: Talk, order: tuple[str, ...]) -> None:
    """Delivered wins over failed whichever comes first; failed wins over sent."""
    sent(talk.session)
    for status in order:
        told(talk, status, error="63024" if status == "undelivered" else "")
    assert row_of(talk).status == "delivered"
    told(talk, "failed", error="63024")
    assert row_of(talk).status == "delivered"


@pytest.mark.parametrize("order", list(permutations(("queued", "sent", "failed"))))
def test_a_failure_is_not_undone_by_sent(talk: Talk, order: tuple[str, ...]) -> None:
    """Late news of an earlier step changes nothing."""
    sent(talk.session)
    for status in order:
        told(talk, status, error="63021x" if status == "failed" else "")
    assert (row_of(talk).status, row_of(talk).error_code) == ("failed", "63021x")


def test_a_status_may_be_quicker_than_the_books(talk: Talk) -> None:
    """Before the worker wrote the id down, the row named in the address is meant."""
    row = row_of(talk)
    told(talk, "delivered", row=row.id)
    assert (row_of(talk).status, row_of(talk).provider_id) == ("delivered", SID)
    sent(talk.session)
    assert row_of(talk).status == "delivered"


def test_a_strangers_row_is_not_moved(talk: Talk, session: Session) -> None:
    """The address must be the row's own, whatever number stands in the callback's address."""
    other = Talk(session)
    other.say("hi")
    told(other, "read", row=row_of(talk).id)
    assert row_of(talk).status == "waiting"


def test_an_unknown_sid_changes_nothing(talk: Talk) -> None:
    """A status of a message that is not in our books."""
    sent(talk.session)
    told(talk, "read", sid="SM" + "b" * 32)
    assert row_of(talk).status == "sent"


def test_first_pieces_move_nothing(talk: Talk) -> None:
    """Only the last message of a row speaks for it."""
    sent(talk.session)
    told(talk, "read", whole=False)
    told(talk, "failed", error="63019", whole=False)
    assert row_of(talk).status == "sent"


@pytest.mark.parametrize("status", ["sending", "canceled", "partially_delivered", "accepted"])
def test_every_status_has_a_meaning(talk: Talk, status: str) -> None:
    """The provider's words are all in the table."""
    sent(talk.session)
    told(talk, status)
    assert row_of(talk).status in {"sent", "delivered", "failed"}


@pytest.mark.parametrize("form", [{}, {"MessageStatus": "strange"}, {"MessageStatus": "sent"}])
def test_what_is_no_status_is_nothing(form: dict[str, str]) -> None:
    """Unknown words and other channels' callbacks are passed over."""
    assert delivery.read(form, None, whole=True) is None


# --- Errors that come later ---


def test_the_window_was_closed_after_all(talk: Talk) -> None:
    """63016: the row waits again, and the next try may not write freely any more."""
    sent(talk.session)
    told(talk, "undelivered", error="63016")
    assert row_of(talk).status == "waiting"
    assert contact_of(talk).last_inbound_at is None
    told(talk, "sent")
    assert row_of(talk).status == "waiting"  # late news of the failed message
    claim = next(c for c in claimed(talk.session) if c.contact_id == contact_of(talk).id)
    assert claim.free is False


def test_opted_out_at_twilio(talk: Talk) -> None:
    """21610: she hears nothing unasked any more."""
    sent(talk.session)
    told(talk, "failed", error="21610")
    assert contact_of(talk).stopped_at is not None
    assert row_of(talk).status == "failed"


@pytest.mark.parametrize("code", ["63024", "63015", "63003"])
def test_not_reachable_here(talk: Talk, code: str) -> None:
    """No WhatsApp at that number: left alone until she writes."""
    sent(talk.session)
    told(talk, "undelivered", error=code)
    assert contact_of(talk).blocked_at is not None
    assert talk.say("hi again")
    assert contact_of(talk).blocked_at is None


def test_an_unknown_code_is_kept(talk: Talk) -> None:
    """It fails with the provider's own code."""
    sent(talk.session)
    told(talk, "undelivered", error="99999")
    assert (row_of(talk).status, row_of(talk).error_code) == ("failed", "99999")


@pytest.mark.parametrize("code", ["63016", "63019"])
def test_trying_again_ends(talk: Talk, code: str) -> None:
    """A row that fails again and again is not sent for ever."""
    for number in range(6):
        talk.session.execute(sa.update(Contact).values(held_until=None))
        sent(talk.session, sid=f"SM{number}" + "c" * 31)
        told(talk, "undelivered", error=code)
    assert row_of(talk).status == "failed"


def test_refused_at_once(talk: Talk) -> None:
    """The same errors as answers: opted out, unreachable, closed window."""
    refused(talk.session, of_code("21610"))
    assert contact_of(talk).stopped_at is not None
    assert row_of(talk).status == "dropped"


# --- The window ---


@pytest.mark.parametrize(
    ("hours", "minutes", "free"), [(0, 1, True), (23, 49, True), (23, 51, False), (25, 0, False)]
)
def test_the_window(
    talk: Talk, monkeypatch: pytest.MonkeyPatch, hours: int, minutes: int, free: bool
) -> None:
    """Free words for a day after her last message, ten minutes less to be safe (A-22)."""
    later = db.now(talk.session) + timedelta(hours=hours, minutes=minutes)
    monkeypatch.setattr(clock, "real_now", lambda: later)
    assert [claim.free for claim in claimed(talk.session)] == [free]


@pytest.fixture
def shop(session: Session) -> Talk:
    """A merchant on WhatsApp."""
    return merchant_talk(session)


@pytest.fixture
def asha(session: Session, shop: Talk) -> Talk:
    """Her customer, who wrote to us two days ago."""
    found = Talk(session, name="Asha")
    token = bill(shop, client="Asha", phone=found.address)
    found.say(f"/start {token}")
    sent(session)
    contact_of(found).last_inbound_at = db.now(session) - 48 * HOUR
    session.flush()
    return found


def run_unreached(session: Session) -> None:
    """What a worker does about messages that did not arrive."""
    for job in session.scalars(sa.text(JOBS), {"task": "bot.unreached"}).all():
        unreached.tell(session, job["merchant_id"], job["outbound_id"])
        db.enter(session, None)
    tell(session)


def test_an_invoice_outside_the_window_goes_through_the_merchant(shop: Talk, asha: Talk) -> None:
    """She is told at once, and gets the message to pass on; nothing is put out to the customer."""
    shop.say("/invoice Asha 2 bags of sand @500 due friday")
    said = shop.tap("Send")
    assert "does not let me write first" in said
    assert said.split("\n\n")[-1].startswith("Hello Asha")
    assert asha.look() == ""


def test_a_held_message_is_told_of_and_released(shop: Talk, asha: Talk) -> None:
    """The merchant gets it to forward, once; when the customer writes it goes out before the reply."""
    session = shop.session
    db.enter(session, shop.conversation.merchant_id)
    reach.tell_client(session, session.scalars(sa.select(Invoice)).one(), "voided")
    db.enter(session, None)
    tell(session)
    shop.look()
    refused(shop.session, SendError("whatsapp", "window", Trouble.WINDOW))
    assert row_of(asha).status == "held"
    run_unreached(shop.session)
    run_unreached(shop.session)
    said = shop.look()
    assert said.count("Please forward my next message") == 1
    assert said.endswith("You do not have to pay it.")
    asha.say("hi")
    held = asha.history()[-2]
    assert (held.status, "took back" in asha.words(held)) == ("waiting", True)
    assert [claim.free for claim in claimed(shop.session) if claim.address == asha.address] == [
        True
    ]


def test_the_merchants_own_news_are_held_quietly(shop: Talk, asha: Talk) -> None:
    """What she would be told herself is no news about a customer."""
    db.enter(shop.session, None)
    contact = contact_of(shop)
    reach.put_out(shop.session, contact.id, asha.prompt(asha.history()[-1]), merchant_id=None)
    refused(shop.session, SendError("whatsapp", "window", Trouble.WINDOW))
    run_unreached(shop.session)
    assert "could not reach" not in shop.look()
