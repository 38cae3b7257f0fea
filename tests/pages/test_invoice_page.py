"""What the page says: words, stages, size, safety."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from invoicing import lifecycle
from invoicing.commands import BilledTo, InvoiceLine, IssueInvoice
from models import db
from models.merchants import Merchant
from models.money import Money
from tests.pages.bed import JSON, attempt, bill, path, pay


def test_the_page_shows_enough_of_the_phone_and_no_more(
    browser: FlaskClient, session: Session, merchant: Merchant
) -> None:
    """A forwarded link gives nobody the customer's number."""
    address = path(session, bill(session, merchant))
    for text in (browser.get(address).text, browser.get(address, headers=JSON).text):
        assert "12345678" not in text.replace(" ", "")
    assert "0712•••678" in browser.get(address).text


def test_the_page_with_all_it_needs_is_under_thirty_kilobytes(
    browser: FlaskClient, session: Session, merchant: Merchant
) -> None:
    """HTML, style, script and icon together, uncompressed, and nothing from elsewhere."""
    invoice = bill(session, merchant)
    attempt(session, invoice, "pending")
    page = browser.get(path(session, invoice))
    needed = re.findall(r'(?:src|href)="(/static/[^"]+)"', page.text)

    assert len(needed) == 3
    files = [browser.get(address) for address in needed]
    assert all(one.status_code == 200 for one in files)
    assert all("immutable" in one.headers["Cache-Control"] for one in files)
    assert sum(len(one.data) for one in [page, *files]) < 30_000
    outside = re.findall(r'https?://[^"\s<]+', page.text)
    assert all(link.startswith("https://t.me/bili_test_bot?start=") for link in outside)


def test_no_script_or_style_in_the_page_itself(
    browser: FlaskClient, session: Session, merchant: Merchant
) -> None:
    """The policy allows only our own files, so nothing inline may be needed."""
    got = browser.get(path(session, bill(session, merchant)))

    assert "unsafe" not in got.headers["Content-Security-Policy"]
    assert "default-src 'none'" in got.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in got.headers["Content-Security-Policy"]
    assert not re.search(r"<style|<script>|\sstyle=|\son[a-z]+=", got.text)
    assert got.headers["Referrer-Policy"] == "no-referrer"
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert "private" in got.headers["Cache-Control"]
    assert "Strict-Transport-Security" not in got.headers


def test_names_cannot_carry_markup(
    browser: FlaskClient, session: Session, merchant: Merchant
) -> None:
    """A business, a client, a line and a note full of tags stay text (IF-73)."""
    evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{7*7}}"
    merchant.name = evil
    merchant.ways_to_pay = [{"way": "bank", "number": evil, "account": evil}]
    command = IssueInvoice(
        client=BilledTo(evil, None),
        lines=(InvoiceLine(evil, Decimal(1), Money.of(850, "KES")),),
        due_on=date(2026, 11, 27),
        note=evil,
    )
    invoice = lifecycle.bill(session, command, by=None)
    address = path(session, invoice)
    lifecycle.get(session, invoice.id)

    for text in (
        browser.get(address).text,
        browser.post(f"{address}/pay", data={"phone": evil, "gateway": "daraja"}).text,
    ):
        assert "<script>alert" not in text
        assert "<img" not in text
        assert "{{7*7}}" in text
        assert "&lt;script&gt;" in text


@pytest.mark.parametrize(
    ("lang", "wanted"), [("en", "Amount due"), ("sw", "Kiasi"), ("fr", "Amount due")]
)
def test_both_languages(
    browser: FlaskClient, session: Session, merchant: Merchant, lang: str, wanted: str
) -> None:
    """The reader chooses; a language we do not speak falls back to the invoice's."""
    text = browser.get(path(session, bill(session, merchant)) + f"?lang={lang}").text

    assert wanted in text
    assert f'<html lang="{lang if lang == "sw" else "en"}">' in text


def test_the_invoices_own_language_comes_first(
    browser: FlaskClient, session: Session, merchant: Merchant
) -> None:
    """Without a choice the page speaks the client's language, else the merchant's (A-38)."""
    merchant.language = "sw"
    assert '<html lang="sw">' in browser.get(path(session, bill(session, merchant))).text


def test_statuses_and_their_words(
    browser: FlaskClient, session: Session, merchant: Merchant
) -> None:
    """Partly paid, paid with its receipt, overdue and void each say what matters."""
    invoice = bill(session, merchant, due_on=date(2026, 11, 18))
    address = path(session, invoice)
    assert browser.get(address, headers=JSON).get_json()["status"] == "overdue"
    assert "Was due Wed 18 Nov" in browser.get(address).text

    pay(session, invoice, 100_000, "SKL1AAAAAA")
    got = browser.get(address, headers=JSON).get_json()
    assert (got["status"], got["paid"], got["balance"]) == ("overdue", "1000.00", "1843.33")
    assert "KSh 1,000 of KSh 2,843.33 is paid." in browser.get(address).text

    pay(session, invoice, 184_333, "SKL2BBBBBB")
    got = browser.get(address, headers=JSON).get_json()
    assert (got["status"], got["balance"], got["ways_to_pay"]) == ("paid", "0.00", [])
    text = browser.get(address).text
    assert "Paid in full. Thank you!" in text
    assert "M-Pesa receipt SKL2BBBBBB, Fri 20 Nov" in text
    assert '/pay"' not in text


def test_a_void_invoice_asks_for_nothing(
    browser: FlaskClient, session: Session, merchant: Merchant
) -> None:
    """Its page stays, says so with the reason, and offers no way to pay."""
    invoice = bill(session, merchant)
    lifecycle.void(session, invoice, "wrong price", by=None)
    text = browser.get(path(session, invoice)).text

    assert "This invoice was cancelled. Please do not pay it." in text
    assert "Reason: wrong price" in text
    assert '/pay"' not in text
    assert "5300001" not in text


@pytest.mark.parametrize(
    ("state", "told", "offers"),
    [
        ("created", "pending", False),
        ("submitting", "pending", False),
        ("pending", "pending", False),
        ("unknown", "unknown", False),
        ("rejected", "failed", True),
        ("failed", "failed", True),
        ("expired", "expired", True),
    ],
)
def test_the_page_follows_an_attempt(
    browser: FlaskClient,
    session: Session,
    merchant: Merchant,
    state: str,
    told: str,
    offers: bool,
) -> None:
    """While its end is open the page watches and offers nothing; afterwards one may try again."""
    invoice = bill(session, merchant)
    attempt(session, invoice, state, result_code="1032")
    address = path(session, invoice)

    assert browser.get(address, headers=JSON).get_json()["attempt"]["status"] == told
    text = browser.get(address).text
    assert ("data-watch" in text) is not offers
    assert ('http-equiv="refresh"' in text) is not offers
    assert ("Try again: KSh 2,843" in text) is offers


def test_after_two_minutes_in_doubt_one_may_insist(
    browser: FlaskClient, session: Session, merchant: Merchant
) -> None:
    """The page warns first, and its form says that it did."""
    invoice = bill(session, merchant)
    attempt(session, invoice, "unknown", made_at=db.now(session) - timedelta(minutes=3))
    text = browser.get(path(session, invoice)).text

    assert "Look at your M-Pesa messages first." in text
    assert 'name="confirmed" value="1"' in text
