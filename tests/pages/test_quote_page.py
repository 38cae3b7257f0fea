"""A quote's own page: what it says, the customer's answer, what it never does."""

from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from invoicing import credit_notes, lifecycle, quotes
from invoicing.commands import (
    BilledTo,
    CreditInvoice,
    Discount,
    InvoiceLine,
    IssueInvoice,
    MakeQuote,
    Tax,
)
from models.merchants import Merchant
from models.money import Money
from models.quotes import Quote
from models.told import Notice
from tests.pages.bed import bill, path, pay

LINES = (InvoiceLine("bags cement", Decimal(3), Money.of(850, "KES")),)
JANE = BilledTo("Jane <b>Mwangi</b>", "+254712345678")


@pytest.fixture
def quote(session: Session, merchant: Merchant) -> Quote:
    assert merchant
    off, tax = Discount(percent=Decimal(10)), Tax(Decimal(16), inclusive=False)
    command = MakeQuote(JANE, LINES, date(2026, 12, 4), off, tax, "Delivery by us")
    return quotes.make(session, command, by=None)


@pytest.fixture
def link(session: Session, quote: Quote) -> str:
    return f"/q/{quotes.token_of(session, quote)}"


def notices(session: Session) -> list[str]:
    session.expire_all()
    return [one.dedupe_key for one in session.scalars(sa.select(Notice).order_by(Notice.id))]


def test_what_it_says(browser: FlaskClient, link: str) -> None:
    """Who, what, how much, until when, in the language asked for; a name is never markup."""
    said = browser.get(link).text
    for words in ("Quote Q-0001", "KSh 2,662.20", "Good until Fri 4 Dec", "3 × KSh 850", "Accept",
                  "Jane &lt;b&gt;Mwangi", "Delivery by us", "nothing is to be paid yet"):  # fmt: skip
        assert words in said, words
    assert "Nakubali" in browser.get(f"{link}?lang=sw").text


def test_yes(browser: FlaskClient, session: Session, quote: Quote, link: str) -> None:
    """One tap; the page says thank you, the merchant is told once, however often it is sent."""
    for _tap in range(2):
        answer = browser.post(f"{link}/answer", data={"answer": "accept"})
        assert (answer.status_code, answer.location) == (303, link)
    assert "Thank you!" in browser.get(link).text
    session.expire_all()
    assert quote.status == "accepted"
    assert notices(session) == [f"quote {quote.id} accepted"]
    refused = browser.post(f"{link}/answer", data={"answer": "decline"})
    assert refused.status_code == 409
    assert "accepted already" in refused.text


def test_no_and_nonsense(browser: FlaskClient, session: Session, quote: Quote, link: str) -> None:
    """No is kept, with a way to yes; any other word changes nothing."""
    browser.post(f"{link}/answer", data={"answer": "delete everything"})
    session.expire_all()
    assert quote.status == "open"
    browser.post(f"{link}/answer", data={"answer": "decline"})
    said = browser.get(link).text
    assert "You said no" in said
    assert 'value="accept"' in said


def test_billed_leads_to_the_invoice(
    browser: FlaskClient, session: Session, quote: Quote, link: str
) -> None:
    """Once billed, it only shows the way to the invoice."""
    command = IssueInvoice(JANE, LINES, date(2026, 12, 4), quote_id=quote.id)
    invoice = lifecycle.bill(session, command, by=None)
    said = browser.get(link).text
    assert path(session, invoice) in said
    assert 'value="accept"' not in said
    assert browser.post(f"{link}/answer", data={"answer": "accept"}).status_code == 409


def test_from_elsewhere_and_nowhere(
    browser: FlaskClient, session: Session, merchant: Merchant, quote: Quote, link: str
) -> None:
    """Another site's form is refused; an invoice's token opens no quote, nor the other way."""
    headers = {"Sec-Fetch-Site": "cross-site"}
    refused = browser.post(f"{link}/answer", data={"answer": "accept"}, headers=headers)
    assert refused.status_code == 403
    assert quote.status == "open"
    invoice = path(session, bill(session, merchant))
    assert browser.get(invoice.replace("/i/", "/q/")).status_code == 404
    assert browser.get(link.replace("/q/", "/i/")).status_code == 404


@pytest.mark.parametrize("kind", ["pdf", "png"])
def test_its_papers(browser: FlaskClient, link: str, kind: str) -> None:
    """As a document and as a picture."""
    answer = browser.get(f"{link}.{kind}")
    assert answer.status_code == 200
    assert answer.data[:4] in (b"%PDF", b"\x89PNG")


def test_the_first_look_is_remembered(
    browser: FlaskClient, session: Session, quote: Quote, link: str
) -> None:
    """A person's look counts, a preview's does not."""
    browser.get(link, headers={"User-Agent": "WhatsApp/2.23"})
    session.expire_all()
    assert quote.first_opened_at is None
    browser.get(link)
    session.expire_all()
    assert quote.first_opened_at is not None


def test_a_deposit_comes_first(browser: FlaskClient, session: Session, merchant: Merchant) -> None:
    """The page of an invoice asks for the deposit, then for the rest."""
    assert merchant
    command = IssueInvoice(JANE, LINES, date(2026, 12, 4), deposit=Money.of(1000, "KES"))
    invoice = lifecycle.bill(session, command, by=None)
    said = browser.get(path(session, invoice)).text
    for words in ("Deposit, due now", "KSh 1,000", "The rest by Fri 4 Dec", "Pay KSh 1,000"):
        assert words in said, words
    session.info["offset_s"] = 30 * 86_400  # late: now all of it is due
    said = browser.get(path(session, invoice)).text
    assert "Deposit, due now" not in said
    assert "Pay KSh 2,550" in said
    session.info["offset_s"] = 0
    pay(session, invoice, 100_000, "UKK8000001")
    said = browser.get(path(session, invoice)).text
    assert "Deposit, due now" not in said
    assert "Pay KSh 1,550" in said


def test_an_invoice_credited_in_full_was_not_paid(
    browser: FlaskClient, session: Session, merchant: Merchant
) -> None:
    """Nothing is owed; nobody is thanked for money that never came."""
    invoice = bill(session, merchant)
    credit_notes.issue(session, CreditInvoice(invoice.id), by=None)
    said = browser.get(path(session, invoice)).text
    assert "Nothing is owed on this invoice any more" in said
    assert "Paid in full" not in said
