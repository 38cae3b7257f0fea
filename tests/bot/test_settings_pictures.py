"""A business's logo and the designs to choose from: pictures sent and pictures shown."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import logos, papers
from conversations.prompts import from_json
from models import db
from models.invoices import Invoice
from models.merchants import Logo
from sandbox.telegram_files import picture
from tests.bot.shop import jobs, merchant_of, send_picture
from tests.world import bill, house, merchant_talk

pytestmark = pytest.mark.usefixtures("channel")


def test_designs_are_shown_as_pictures(session: Session) -> None:
    """Three pictures in her own name, then the question; new invoices keep the one she chose."""
    talk = merchant_talk(session)
    token_before = bill(talk)
    talk.say("/settings")
    talk.tap("My invoices")
    talk.tap("Design")
    shown = [from_json(row.body).attachment for row in talk.screen]
    found = [paper for paper in shown if paper is not None]
    assert [(paper.kind, paper.document, paper.subject_id) for paper in found] == [
        ("png", "design", place) for place in (1, 2, 3)
    ]
    files = [papers.fetch(session, paper, talk.channel, "en", house()) for paper in found]
    assert len({file.content for file in files}) == 3
    assert all(file.content.startswith(b"\x89PNG") for file in files)
    talk.tap("Bold")
    merchant_of(talk)
    old = session.scalars(sa.select(Invoice)).one()
    assert token_before
    assert (old.parties or {})["business"]["design"] == "classic"
    db.enter(session, None)
    bill(talk, "Otieno", "0722000111")
    merchant_of(talk)
    new = session.scalars(sa.select(Invoice).order_by(Invoice.id.desc())).first()
    assert new is not None
    assert (new.parties or {})["business"]["design"] == "bold"


def test_a_logo_is_fetched_by_a_worker(session: Session) -> None:
    """The webhook only writes the job; the worker keeps the picture and shows a paper with it."""
    talk = merchant_talk(session)
    talk.say("/settings")
    talk.tap("My business")
    talk.tap("Logo")
    assert "looking at your picture" in send_picture(talk)
    job = jobs(session, "bot.fetch_logo")[0]
    assert job["channel"] == talk.channel
    assert job["file"]
    merchant = merchant_of(talk)
    logos.keep(session, job["person_id"], job["contact_id"], picture(300, 120))
    kept = session.scalars(sa.select(Logo)).one()
    assert merchant.logo == kept.digest
    assert "Your logo goes on new invoices" in talk.look()
    bill(talk)
    merchant_of(talk)
    invoice = session.scalars(sa.select(Invoice)).one()
    assert (invoice.parties or {})["business"]["logo"] == kept.digest


@pytest.mark.parametrize("given", [None, b"", b"GIF89a", b"\x89PNG\r\n\x1a\n" + b"x" * 50])
def test_a_picture_that_cannot_be_used_is_told(session: Session, given: bytes | None) -> None:
    """No picture, another kind, a broken one: she hears it and may send another."""
    talk = merchant_talk(session)
    talk.say("hi")
    contact_id = talk.history()[0].contact_id
    merchant = merchant_of(talk)
    logos.keep(session, talk.person.id, contact_id, given)
    said = talk.look()
    assert "picture" in said
    assert merchant.logo is None
    assert talk.labels()[0] == "Try another picture"


def test_a_logo_is_taken_away(session: Session) -> None:
    """No logo any more on new papers."""
    talk = merchant_talk(session)
    merchant = merchant_of(talk)
    merchant.logo = "abc"
    session.flush()
    talk.say("/settings")
    talk.tap("My business")
    talk.tap("Logo")
    talk.tap("No logo")
    assert merchant_of(talk).logo is None


def test_a_picture_out_of_the_blue_may_be_the_logo(session: Session) -> None:
    """It is offered, and one tap is enough."""
    talk = merchant_talk(session)
    send_picture(talk)
    talk.tap("Use it as my logo")
    assert len(jobs(session, "bot.fetch_logo")) == 1


def test_words_are_no_logo(session: Session) -> None:
    """Typing instead of a picture is answered with how to send one."""
    talk = merchant_talk(session)
    talk.say("/settings")
    talk.tap("My business")
    talk.tap("Logo")
    assert "paper clip" in talk.say("here it is")
