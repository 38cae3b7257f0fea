"""What hangs on reminders and overdue notices: later, no more, and the merchant's switches."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from bot import reach
from invoicing import lifecycle, links, merchants
from models import db
from models.invoices import Invoice
from tests import world
from tests.world import Talk, merchant_talk


@pytest.fixture
def merchant(session: Session) -> Talk:
    """A merchant who has sent an invoice."""
    found = merchant_talk(session)
    world.bill(found)
    return found


def invoice_of(talk: Talk) -> Invoice:
    """Her only invoice; the session goes on as her."""
    merchant_id = talk.conversation.merchant_id
    db.enter(talk.session, merchant_id)
    return lifecycle.get(talk.session, talk.session.query(Invoice.id).scalar())


def customer(session: Session, of: Talk) -> Talk:
    """Her customer, who has opened the link in chat."""
    invoice = invoice_of(of)
    token = links.token_of(session, invoice)
    found = Talk(session)
    found.say(f"/start {token}")
    return found


def told(talk: Talk, kind: str, audience: str, *, days: int) -> str:
    """So many days after the due day she is told; what she reads."""
    invoice = invoice_of(talk)
    assert invoice.due_on is not None
    today = db.today(talk.session, merchants.get(talk.session).zone)
    ahead = (invoice.due_on + timedelta(days=days) - today).days
    talk.session.info["offset_s"] = ahead * 86_400
    facts = {"step": "due"}
    key = f"{kind} {invoice.id} {days}"
    reach.note(talk.session, invoice, kind, audience=audience, key=key, facts=facts)
    world.tell(talk.session)
    return key


def test_a_reminder_and_its_buttons(session: Session, merchant: Talk) -> None:
    """The customer reads what is left, puts it off, and wants no more of it."""
    payer = customer(session, merchant)
    told(merchant, "reminder", "client", days=0)
    words = payer.words(payer.history()[-1])
    assert "is due today" in words
    assert "Left to pay: KSh 2,550" in words
    assert payer.labels() == [
        "Pay KSh 2,550", "Remind me in 3 days", "Stop reminders", "Open the page",
    ]  # fmt: skip
    row = payer.history()[-1]
    assert "and not before" in payer.tap("Remind me in 3 days")
    invoice = invoice_of(merchant)
    assert invoice.due_on is not None
    assert invoice.snoozed_until == invoice.due_on + timedelta(days=3)
    assert "do not remind you" in payer.tap_on(row, "Stop reminders")
    assert payer.labels() == ["Reminders on"]
    session.expire_all()
    assert invoice_of(merchant).reminders_off
    payer.tap("Reminders on")
    session.expire_all()
    assert not invoice_of(merchant).reminders_off


def test_overdue_and_the_merchants_switches(session: Session, merchant: Talk) -> None:
    """Off for this invoice, this client, everybody, and on again, all by a tap."""
    told(merchant, "overdue", "member", days=1)
    words = merchant.words(merchant.history()[-1])
    assert "is overdue" in words
    assert "Left to pay: KSh 2,550" in words
    merchant.tap("Reminders off")
    assert merchant.labels() == ["Reminders on", "Off: this client", "Off: all clients"]
    merchant.tap("Off: all clients")
    session.expire_all()
    invoice_of(merchant)
    assert merchants.get(session).settings["reminders"] is False
    assert "again" in merchant.tap("Reminders on") or merchant.labels() == ["Reminders on"]
    session.expire_all()
    invoice_of(merchant)
    assert merchants.get(session).settings["reminders"] is True


def test_a_customer_switches_nothing_of_the_merchants(session: Session, merchant: Talk) -> None:
    """Only members reach further than the one invoice."""
    from bot.acts.errand import Errand
    from bot.acts.reminders import switch
    from invoicing.commands import ReminderScope, SwitchReminders
    from models.errors import Refusal

    payer = customer(session, merchant)
    invoice = invoice_of(merchant)
    who = type("Who", (), {"person_id": payer.person.id})()
    errand = Errand(session, who, payer.house)
    with pytest.raises(Refusal):
        switch(errand, SwitchReminders(invoice.id, on=False, scope=ReminderScope.ALL))
