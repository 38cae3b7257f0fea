"""Where a deposit is due now, nothing asks for the whole; once all of it is late, nothing less."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from bot import cards, lookups, passed_on, reach
from documents import from_invoice
from invoicing import lifecycle, links, merchants
from invoicing.commands import BilledTo, InvoiceLine, IssueInvoice
from models import db
from models.invoices import Invoice, Shown
from models.money import Money
from models.text import render
from tests import world
from tests.bot.files import LIKE
from tests.world import Talk, in_words, merchant_talk

LINES = (InvoiceLine("bags of cement", Decimal(3), Money.of(850, "KES")),)
FIRST, REST, ALL = "KSh 765", "KSh 1,785", "KSh 2,550"


@pytest.fixture
def merchant(session: Session, language_on_channel: str) -> Talk:
    """A merchant who has billed KSh 2,550, of it a deposit of KSh 765 now, the rest in a week."""
    found = merchant_talk(session, language=LIKE[language_on_channel])
    db.enter(session, found.conversation.merchant_id)
    today = db.today(session, merchants.get(session).zone)
    asked = IssueInvoice(
        BilledTo("Jane", "+254712345678"), LINES, today + timedelta(days=7),
        deposit=Money.of(765, "KES"),
    )  # fmt: skip
    lifecycle.bill(session, asked, by=None)
    db.enter(session, None)
    return found


def invoice_of(talk: Talk) -> Invoice:
    """Her only invoice; the session goes on as her."""
    db.enter(talk.session, talk.conversation.merchant_id)
    return lifecycle.get(talk.session, talk.session.query(Invoice.id).scalar())


def customer(of: Talk) -> Talk:
    """Jane, who has opened the link in chat."""
    token = links.token_of(of.session, invoice_of(of))
    found = Talk(of.session, name="Jane", language_code=of.language)
    found.say(f"/start {token}")
    return found


def told(talk: Talk, reader: Talk, kind: str, audience: str, days: int) -> str:
    """So many days after the due day a notice is told; what its reader reads last."""
    invoice = invoice_of(talk)
    assert invoice.due_on is not None
    today = db.today(talk.session, merchants.get(talk.session).zone)
    ahead = (invoice.due_on + timedelta(days=days) - today).days
    talk.session.info["offset_s"] = talk.session.info.get("offset_s", 0) + ahead * 86_400
    key = f"{kind} {invoice.id} {days}"
    reach.note(talk.session, invoice, kind, audience=audience, key=key, facts={"step": "due"})
    world.tell(talk.session)
    row = reader.history()[-1]
    return reader.words(row) + str(reader.prompt(row).template)


def test_a_reminder_asks_for_the_deposit(merchant: Talk) -> None:
    """Before and on the due day: the deposit now and the rest later, on words, button, template."""
    payer = customer(merchant)
    for days in (-3, 0):
        said = told(merchant, payer, "reminder", "client", days)
        number = invoice_of(merchant).number_text
        head = "A reminder from *{business}*: the deposit on invoice *{number}* is not paid yet."
        plain = in_words(head, payer.language, business="Wanjiru Hardware", number=number)
        assert plain.replace("*", "") in said.replace("*", "")
        line = in_words("*Deposit, due now: {amount}*", payer.language, amount=FIRST)
        assert line.replace("*", "") in said.replace("*", "")
        assert REST in said
        assert payer.labels()[0].endswith(FIRST)


def test_late_it_asks_for_all(merchant: Talk) -> None:
    """The day after the due day nothing speaks of a deposit: reminder, card, prompt, paper, text."""
    payer = customer(merchant)
    said = told(merchant, payer, "reminder", "client", 1)
    assert ALL in said
    assert FIRST not in said
    assert payer.labels()[0].endswith(ALL)
    invoice = invoice_of(merchant)
    today = db.today(merchant.session, merchants.get(merchant.session).zone)
    facts = lookups.invoice(merchant.session, invoice.id)
    assert facts is not None
    assert facts["asked_minor"] == 255_000
    paper = from_invoice.invoice_facts(merchant.session, invoice, world.APP_URL, today)
    assert not paper.deposit_left
    card = cards.customer_card(invoice, "Shop", invoice.shown(today), "page")
    assert FIRST not in str(card)
    assert "255000" in str(card.choices[0])
    words = passed_on.forward_words(invoice, "Shop", "Jane", "page", Shown.OVERDUE)
    assert "deposit" not in words.msgid
    said = told(merchant, merchant, "overdue", "member", 2)
    assert ALL in said
    assert FIRST not in said


@pytest.mark.parametrize(("days", "asked"), [(-3, FIRST), (3, ALL)])
def test_the_merchant_passes_on_what_is_due(merchant: Talk, days: int, asked: str) -> None:
    """Her customer has no chat: what she is told and what she forwards ask for the same."""
    said = told(merchant, merchant, "remind_yourself", "member", days)
    assert said.count(asked) == 2
    assert (REST in said) is False
    assert (ALL in said) is (asked == ALL)
    links_out = [one.url for one in merchant.prompt(merchant.history()[-1]).choices if one.url]
    amount = asked.removeprefix("KSh ").replace(",", "%2C")
    assert all(amount in url for url in links_out)


def test_a_template_names_both(merchant: Talk) -> None:
    """The one place for an amount in an approved text: the whole, and what of it is due now."""
    payer = customer(merchant)
    said = told(merchant, payer, "reminder", "client", -3)
    whole = in_words("{whole} (deposit now: {deposit})", payer.language, whole=ALL, deposit=FIRST)
    row = payer.history()[-1]
    template = payer.prompt(row).template
    assert said
    assert template is not None
    assert whole in [render(one, payer.language) for one in template.values]


def test_a_paid_deposit_leaves_the_rest(merchant: Talk) -> None:
    """From then on reminders ask for what is left."""
    payer = customer(merchant)
    merchant.say("INV-0001")
    record = in_words("Record a payment", merchant.language)
    merchant.tap(record)
    merchant.say("765")
    merchant.tap(in_words("Cash", merchant.language))
    merchant.press_first()
    said = told(merchant, payer, "reminder", "client", -3)
    assert REST in said
    assert payer.labels()[0].endswith(REST)
