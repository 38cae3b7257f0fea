"""What a link gives: facts in JSON, papers, nothing at all; how often Postgres is asked."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from invoicing import lifecycle, links
from invoicing.commands import BilledTo, InvoiceLine, IssueInvoice
from models import db
from models.invoices import Invoice
from models.merchants import Merchant
from models.money import Money
from tests.conftest import Counter
from tests.pages.bed import JSON, attempt, bill, path, pay
from tests.pages.conftest import APP_URL

FACTS = {
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
    "files": [],
    "attempt": None,
    "disputed": False,
    "credited": False,
    "written_off": False,
}


def test_the_facts_in_json(browser: FlaskClient, session: Session, merchant: Merchant) -> None:
    """The whole shape that programs rely on, amounts and quantities as decimal strings."""
    invoice = bill(session, merchant)

    got = browser.get(path(session, invoice), headers=JSON)

    assert got.content_type == "application/json; charset=utf-8"
    body = got.get_json()
    ways = body.pop("ways_to_pay")
    assert body == FACTS
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
    assert len(ours) == 7, ours


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
