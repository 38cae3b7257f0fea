"""Trust as people meet it: limits of a new business, reports, a pause and its end."""

from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import team_words
from invoicing import trust
from invoicing.trust import Limits
from models import db
from models.invoices import Invoice
from tests.world import Talk, bill, merchant_talk, tell


def strict(talk: Talk, **limits: int) -> None:
    """The same house with other numbers."""
    options = replace(talk.house.bot, trust=Limits(**limits))
    talk.house = replace(talk.house, bot=options)


def test_the_limit_leaves_the_draft(session: Session) -> None:
    """Nothing typed is lost: the card stands again, and the draft can be kept."""
    owner = merchant_talk(session)
    strict(owner, invoices_a_day=1)
    bill(owner)
    owner.say("Asha 0712345679 2 bags cement @850 due friday")
    said = owner.tap("Send")
    assert "up to 1 invoices a day" in said
    assert "Sat 21 Nov" in said
    assert "Nothing was sent" in owner.tap("Save as draft")
    with db.as_merchant(session, owner.conversation.merchant_id):
        bills = session.scalars(sa.select(Invoice.status).order_by(Invoice.id)).all()
    assert bills == ["issued", "draft"]


def victim(session: Session, token: str) -> Talk:
    """A customer who opens an invoice and calls it a fraud."""
    talk = Talk(session, name="Jane")
    talk.say(f"/start {token}")
    talk.tap("Something is wrong")
    talk.tap("Looks like a fraud")
    talk.tap("Skip")
    return talk


def test_reports_pause_and_the_operator_releases(session: Session) -> None:
    """The third reporter stops everything that goes to customers; the merchant hears of both."""
    owner = merchant_talk(session)
    token = bill(owner)
    customers = [victim(session, token) for _number in range(3)]
    tell(session)
    assert "I send nothing to its clients" in owner.look()
    owner.say("Asha 0712345679 2 bags cement @850 due friday")
    assert "Nothing is sent" in owner.tap("Send")
    owner.say("cancel")
    owner.say("remind Jane")
    assert "Nothing is sent" in owner.tap("Send again")
    for customer in customers:
        customer.look()
    with db.as_merchant(session, owner.conversation.merchant_id):
        trust.release(session)
        team_words.tell_released(session)
    tell(session)
    assert "can send invoices again" in owner.look()
    owner.say("cancel")
    assert bill(owner)


@pytest.mark.parametrize("name", ["M-PESA Refunds", "SAFAR1COM", "K R A", "Sаfаricom"])
def test_pretenders_are_refused(session: Session, name: str) -> None:
    """At sign-up, with the question standing again."""
    talk = Talk(session)
    talk.say("/start")
    talk.tap("English")
    assert "people could take it for" in talk.say(name)
    assert talk.conversation.journal is not None
    assert talk.conversation.journal["asked"] == "business"
    assert "country" in talk.say("Mama Mboga")


@pytest.mark.parametrize("name", ["Safari Salon", "Pesa Kuku Farm", "Bilima Stores"])
def test_honest_names_pass(session: Session, name: str) -> None:
    """What merely sounds like it is welcome."""
    assert merchant_talk(session, name=name).conversation.merchant_id is not None
