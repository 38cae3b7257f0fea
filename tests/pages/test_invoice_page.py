"""What whoever holds a link sees: facts, words, size, safety."""

import json
import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from invoicing import lifecycle, links
from invoicing.commands import BilledTo, Discount, InvoiceLine, IssueInvoice, Tax
from models import db
from models.invoices import Invoice
from models.merchants import Merchant
from models.money import Money
from models.payments import Allocation, Attempt, Payment
from models.secrets import new_reference
from tests.conftest import Counter
from tests.pages.conftest import APP_URL

JSON = {"Accept": "application/json"}
WAYS = [
    {"way": "paybill", "number": "522533", "account": None},
    {"way": "till", "number": "5300001", "account": None},
    {"way": "phone", "number": "+254722000111", "account": None},
    {"way": "bank", "number": "0198765432", "account": "Equity"},
    {"way": "cash", "number": None, "account": None},
]


def bill(session: Session, merchant: Merchant, **more: Any) -> Invoice:
    """Three bags and a delivery for Jane, 10 % off, VAT on top: 2,843.16."""
    merchant.ways_to_pay = WAYS
    command = IssueInvoice(
        client=BilledTo("Jane Mwangi", "+254712345678"),
        lines=(
            InvoiceLine("bags cement", Decimal(3), Money.of(850, "KES")),
            InvoiceLine("delivery", Decimal("0.5"), Money.of(347, "KES")),
        ),
        due_on=more.pop("due_on", date(2026, 11, 27)),
        discount=Discount(percent=Decimal(10)),
        tax=Tax(Decimal(16), inclusive=False),
        note="Thank you for your business",
    )
    return lifecycle.bill(session, command, by=None)


def path(session: Session, invoice: Invoice) -> str:
    token = links.token_of(session, invoice)
    assert token is not None
    return f"/i/{token}"


def attempt(session: Session, invoice: Invoice, state: str, **more: Any) -> Attempt:
    found = Attempt(
        merchant_id=invoice.merchant_id,
        invoice_id=invoice.id,
        gateway="daraja",
        reference=new_reference(),
        amount_minor=invoice.total_minor // 100 * 100,
        currency=invoice.currency,
        phone="+254712345678",
        destination="174379",
        state=state,
        made_at=more.pop("made_at", db.now(session)),
        **more,
    )
    session.add(found)
    session.flush()
    return found


def pay(session: Session, invoice: Invoice, amount_minor: int, receipt: str | None) -> None:
    payment = Payment(
        merchant_id=invoice.merchant_id,
        provider="daraja",
        source="callback",
        method="mpesa",
        receipt=receipt,
        amount_minor=amount_minor,
        currency=invoice.currency,
        paid_at=db.now(session),
        made_at=db.now(session),
    )
    session.add(payment)
    session.flush()
    session.add(
        Allocation(
            merchant_id=invoice.merchant_id,
            payment_id=payment.id,
            invoice_id=invoice.id,
            amount_minor=amount_minor,
            made_at=db.now(session),
        )
    )
    session.flush()


def test_the_facts_in_json(browser: FlaskClient, session: Session, merchant: Merchant) -> None:
    """The whole shape that programs rely on, amounts and quantities as decimal strings."""
    invoice = bill(session, merchant)

    got = browser.get(path(session, invoice), headers=JSON)

    assert got.content_type == "application/json; charset=utf-8"
    body = got.get_json()
    ways = body.pop("ways_to_pay")
    assert body == {
        "number": "INV-0001",
        "status": "sent",
        "business": "Wanjiru Hardware",
        "client": "Jane Mwangi",
        "currency": "KES",
        "lines": [
            {
                "description": "bags cement",
                "quantity": "3",
                "unit_price": "850.00",
                "amount": "2550.00",
            },
            {
                "description": "delivery",
                "quantity": "0.5",
                "unit_price": "347.00",
                "amount": "173.50",
            },
        ],
        "subtotal": "2723.50",
        "discount": "272.35",
        "tax": "392.18",
        "total": "2843.33",
        "paid": "0.00",
        "balance": "2843.33",
        "issued_on": "2026-11-20",
        "due_on": "2026-11-27",
        "attempt": None,
        "disputed": False,
        "credited": False,
        "written_off": False,
    }
    assert [(way["gateway"], way["account"]) for way in ways] == [
        ("daraja", invoice.account_code),
        ("paybill", invoice.account_code),
        ("till", "5300001"),
        ("phone", "0722000111"),
        ("bank", "0198765432"),
        ("cash", ""),
    ]
    assert all(way["label"] and way["instructions"] for way in ways)


@pytest.mark.parametrize("accept", ["*/*", "text/html,*/*;q=0.8", ""])
def test_everyone_else_gets_the_page(
    browser: FlaskClient, session: Session, merchant: Merchant, accept: str
) -> None:
    """Only who asks for JSON gets JSON."""
    got = browser.get(path(session, bill(session, merchant)), headers={"Accept": accept})

    assert got.content_type == "text/html; charset=utf-8"
    assert "<h1" not in got.text
    assert "KSh 2,843.33" in got.text
    assert "Pay KSh 2,843 with M-Pesa" in got.text


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


def test_unknown_malformed_and_revoked_links_look_alike(
    browser: FlaskClient, session: Session, merchant: Merchant, statements: Counter
) -> None:
    """The same page, the same status, the same number of questions to Postgres (I-20, A-37)."""
    invoice = bill(session, merchant)
    revoked = path(session, invoice)
    lifecycle.revoke_link(session, invoice, by=None)

    seen, asked = set(), set()
    for address in (revoked, "/i/AAAAAAAAAAAAAAAAAAAAAA", "/i/x", "/i/%00", "/i/" + "x" * 500):
        for end in ("", ".pdf", ".png"):
            before = len(statements)
            got = browser.get(address + end)
            asked.add(len(statements) - before)
            seen.add((got.status_code, got.text, tuple(sorted(got.headers.items()))))
    assert {status for status, _text, _headers in seen} == {404}
    assert len(seen) == 1
    assert len(asked) == 1
    posted = browser.post(revoked + "/pay", data={"gateway": "daraja"})
    assert (posted.status_code, posted.text) == (404, next(iter(seen))[1])
    assert browser.get(revoked, headers=JSON).get_json()["error"]["code"] == "not_found"


def test_a_drafts_page_does_not_exist(
    browser: FlaskClient, session: Session, merchant: Merchant
) -> None:
    """A draft has no token; even a route that led to one would open nothing."""
    command = IssueInvoice(
        BilledTo("Jane", None),
        (InvoiceLine("x", Decimal(1), Money.of(1, "KES")),),
        date(2026, 11, 27),
        draft=True,
    )
    draft = lifecycle.bill(session, command, by=None)
    token = links.renew(session, draft)

    assert browser.get(f"/i/{token}").status_code == 404


def test_a_page_is_few_questions(
    browser: FlaskClient, session: Session, merchant: Merchant, statements: Counter
) -> None:
    """However many lines and payments: no question per row (IF-77)."""
    command = IssueInvoice(
        BilledTo("Jane", "+254712345678"),
        (InvoiceLine("x", Decimal(1), Money.of(100, "KES")),) * 100,
        date(2026, 11, 27),
    )
    invoice = lifecycle.bill(session, command, by=None)
    for number in range(5):
        pay(session, invoice, 10_000, f"SKL{number}")
    attempt(session, invoice, "failed", result_code="1032")
    address = path(session, invoice)
    browser.get(address)
    session.expunge_all()
    before = len(statements)
    browser.get(address)

    # The savepoint and the two switches of tenant are this test bed's own way of a transaction.
    ours = [
        one
        for one in statements.statements[before:]
        if not one.startswith(("SAVEPOINT", "ROLLBACK", "RELEASE")) and "set_config" not in one
    ]
    assert len(ours) == 6, ours


def test_nothing_new_is_no_page(browser: FlaskClient, session: Session, merchant: Merchant) -> None:
    """Whoever has the current state gets 304, for both forms; a payment ends that (PT-21)."""
    invoice = bill(session, merchant)
    address = path(session, invoice)
    for headers in (JSON, {"Accept": "text/html"}):
        tag = browser.get(address, headers=headers).headers["ETag"]
        again = browser.get(address, headers={**headers, "If-None-Match": tag})
        assert (again.status_code, again.data) == (304, b"")
        assert "Accept" in again.headers["Vary"]
    tag = browser.get(address, headers=JSON).headers["ETag"]
    pay(session, invoice, 1000, None)
    assert browser.get(address, headers={**JSON, "If-None-Match": tag}).status_code == 200


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


def test_the_first_look_is_remembered_once(
    browser: FlaskClient, session: Session, merchant: Merchant
) -> None:
    """A person's browser counts; previews, scripts and programs do not, nor does a second look."""
    invoice = bill(session, merchant)
    address = path(session, invoice)

    def opened() -> Any:
        session.expire_all()
        return session.scalar(sa.select(Invoice.first_opened_at))

    for agent in (
        "WhatsApp/2.23.20.0",
        "TelegramBot (like TwitterBot)",
        "facebookexternalhit/1.1",
        "curl/8.0",
        "",
    ):
        browser.get(address, headers={"User-Agent": agent})
        assert opened() is None
    browser.get(address, headers=JSON)
    browser.get(address, headers={"Sec-Purpose": "prefetch"})
    browser.head(address)
    assert opened() is None

    browser.get(address)
    assert opened() == db.now(session)


def test_the_papers(browser: FlaskClient, session: Session, merchant: Merchant) -> None:
    """PDF and picture open in the browser under a plain name, and are not made twice."""
    address = path(session, bill(session, merchant))
    for end, mime, start in ((".pdf", "application/pdf", b"%PDF"), (".png", "image/png", b"\x89P")):
        got = browser.get(address + end)
        assert (got.status_code, got.content_type) == (200, mime)
        assert got.data.startswith(start)
        assert got.headers["Content-Disposition"] == f'inline; filename="INV-0001{end}"'
        again = browser.get(address + end, headers={"If-None-Match": got.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
        swahili = browser.get(address + end + "?lang=sw")
        assert swahili.headers["ETag"] != got.headers["ETag"]


def test_the_link_into_the_chat(browser: FlaskClient, session: Session, merchant: Merchant) -> None:
    """Telegram opens the same invoice by the same token."""
    invoice = bill(session, merchant)
    token = links.token_of(session, invoice)

    text = browser.get(f"/i/{token}").text

    assert f"https://t.me/bili_test_bot?start={token}" in text
    assert json.dumps(APP_URL) not in text
