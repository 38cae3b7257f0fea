"""The pay page in a real browser: a cheap phone, light and dark, with and without script."""

import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from invoicing import lifecycle, links
from invoicing.commands import BilledTo, InvoiceLine, IssueInvoice, Tax
from models import db
from models.db import Database
from models.invoices import Invoice
from models.money import Money
from models.payments import Attempt
from pages import front
from pages.options import Options
from tests import make
from tests.pages.bed import WAYS, attempt, pay
from tests.world import house

PHONE: ViewportSize = {"width": 360, "height": 740}
Stage = Callable[[Session, Invoice], Any]


@dataclass
class Site:
    """The application on a port of this machine, and the rows behind it."""

    url: str
    database: Database
    merchant_id: int

    def bill(self, stage: Stage | None = None, *, phone: str | None = "+254712345678") -> str:
        """An invoice brought to a stage; the address of its page."""
        with self.database.transaction(self.merchant_id) as session:
            command = IssueInvoice(
                client=BilledTo("Jane Mwangi", phone),
                lines=(
                    InvoiceLine("Bags of cement, Bamburi 50 kg", Decimal(3), kes("850")),
                    InvoiceLine("Delivery to Rongai", Decimal(1), kes("300")),
                ),
                due_on=date(2026, 11, 27),
                tax=Tax(Decimal(16), inclusive=True),
            )
            invoice = lifecycle.bill(session, command, by=None)
            if stage:
                stage(session, invoice)
            return f"{self.url}/i/{links.token_of(session, invoice)}"

    def change(self, what: Callable[[Session, Invoice], Any]) -> None:
        """Something happens to the only invoice while its page is open."""
        with self.database.transaction(self.merchant_id) as session:
            what(session, session.scalars(sa.select(Invoice)).one())


def kes(amount: str) -> Money:
    return Money.of(amount, "KES")


@pytest.fixture
def site(database: Database) -> Iterator[Site]:
    """The pages alone, served by threads."""
    with database.transaction() as session:
        merchant_id = make.merchant(session, ways_to_pay=WAYS).id
    app = Flask("bili-test", static_folder=None)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    url = f"http://127.0.0.1:{server.server_port}"
    options = Options(url, production=False, metrics_token="", bot_username="bili_bot")
    front.register(app, database, options, house().payments)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield Site(url, database, merchant_id)
    server.shutdown()
    thread.join()
    server.server_close()


def paid(session: Session, invoice: Invoice) -> None:
    pay(session, invoice, 100_000, "SKL1A2B3C4")
    pay(session, invoice, 185_000, "SKL2D4E5F6")


def partly(session: Session, invoice: Invoice) -> None:
    pay(session, invoice, 100_000, "SKL1A2B3C4")


def voided(session: Session, invoice: Invoice) -> None:
    lifecycle.void(session, invoice, "The price was wrong", by=None)


def pending(session: Session, invoice: Invoice) -> None:
    attempt(session, invoice, "pending")


def doubtful(session: Session, invoice: Invoice) -> None:
    attempt(session, invoice, "unknown", made_at=db.now(session) - timedelta(minutes=3))


def failed(session: Session, invoice: Invoice) -> None:
    attempt(session, invoice, "failed", result_code="1032")


STAGES: dict[str, Stage | None] = {
    "unpaid": None,
    "pending": pending,
    "doubtful": doubtful,
    "failed": failed,
    "partly": partly,
    "paid": paid,
    "void": voided,
}


def looked_at(page: Page, name: str) -> None:
    """Keep what is seen, where someone asked for it."""
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.mark.browser
@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("look", ["light-en", "dark-sw"])
def test_every_stage_fits_a_small_phone(site: Site, page: Page, stage: str, look: str) -> None:
    """Nothing sticks out sideways, the way to pay is on the first screen, fingers can hit it."""
    scheme, lang = look.split("-")
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(site.bill(STAGES[stage]) + f"?lang={lang}")
    looked_at(page, f"{stage}-{look}")

    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    for button in page.locator("button.button:visible, .links a:visible").all():
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= 36
    button = page.locator("form button.button").first
    if stage in ("unpaid", "failed", "partly"):
        box = button.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] < PHONE["height"]


@pytest.mark.browser
def test_an_overdue_invoice_and_one_for_nobody_known(site: Site, context: BrowserContext) -> None:
    """Days later the page says since when it is late, and asks for a number it does not know."""
    page = context.new_page()  # a refusal is an error in its console
    address = site.bill(phone=None)
    with site.database.transaction() as session:
        session.execute(sa.text("UPDATE clock_offset SET offset_s = 864000"))
    page.set_viewport_size(PHONE)
    page.goto(address)
    looked_at(page, "overdue-light-en")

    expect(page.locator(".pill")).to_have_text("Overdue")
    expect(page.locator(".due")).to_have_text("Was due Fri 27 Nov")
    page.get_by_role("button", name="Pay KSh 2,850 with M-Pesa").click()
    assert page.locator("input[name=phone]").evaluate("one => one.validity.valueMissing")
    page.fill("input[name=phone]", "123")
    with_refusal(page)
    expect(page.locator("[role=alert]")).to_contain_text("phone number")
    assert page.locator("input[name=phone]").input_value() == "123"
    looked_at(page, "refused-light-en")


def with_refusal(page: Page) -> None:
    """Press the button and wait for the page that says no."""
    with page.expect_response(lambda answer: answer.request.method == "POST") as found:
        page.get_by_role("button", name="Pay KSh 2,850 with M-Pesa").click()
    assert found.value.status == 422


@pytest.mark.browser
def test_paying_from_tap_to_receipt(site: Site, page: Page) -> None:
    """One tap, then the page follows along by itself: pending, failed, again, paid."""
    page.set_viewport_size(PHONE)
    page.goto(site.bill())
    page.get_by_role("button", name="Pay KSh 2,850 with M-Pesa").click()
    expect(page.locator(".attempt h2")).to_contain_text("Check your phone")

    def fail(session: Session, _invoice: Invoice) -> None:
        session.execute(sa.update(Attempt).values(state="failed", result_code="1032"))

    site.change(fail)
    expect(page.locator(".attempt.failed")).to_be_visible(timeout=8000)
    expect(page.locator(".attempt.failed")).to_contain_text("cancelled")
    again = page.get_by_role("button", name="Try again: KSh 2,850")
    expect(again).to_be_visible()

    def retry(session: Session, invoice: Invoice) -> None:
        attempt(session, invoice, "pending")

    site.change(retry)
    page.reload()
    site.change(lambda session, invoice: pay(session, invoice, 285_000, "SKL9Z8Y7X6"))
    expect(page.locator(".banner")).to_contain_text("SKL9Z8Y7X6", timeout=8000)
    assert page.locator("form[action$='/pay']").count() == 0


@pytest.mark.browser
def test_everything_works_without_script(site: Site, browser: Browser) -> None:
    """A form, a redirect, and a page that asks again by itself while it waits."""
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(site.bill())
    assert page.locator(".copy:visible").count() == 0
    page.get_by_text("Another number or amount").click()
    page.fill("input[name=phone]", "0722 000 111")
    page.fill("input[name=amount]", "1,000")
    page.get_by_role("button", name="Send me the M-Pesa prompt").click()

    expect(page.locator(".attempt")).to_contain_text("Check your phone")
    assert 'http-equiv="refresh"' in page.content()
    with site.database.transaction(site.merchant_id) as session:
        found = session.scalars(sa.select(Attempt)).one()
        assert (found.phone, found.amount_minor) == ("+254722000111", 100_000)
    context.close()


@pytest.mark.browser
def test_numbers_are_copied_and_wrongs_reported(site: Site, page: Page) -> None:
    """A tap copies the till; a report ends in thanks."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.set_viewport_size(PHONE)
    page.goto(site.bill())
    copy = page.locator(".way", has_text="M-Pesa Till").locator(".copy")
    copy.click()
    expect(copy).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == "5300001"

    page.get_by_text("Is something wrong with this invoice?").click()
    page.get_by_label("The amount is wrong").check()
    looked_at(page, "report-light-en")
    page.get_by_role("button", name="Send to the business").click()
    expect(page.locator(".said")).to_contain_text("The business has been told.")


@pytest.mark.browser
def test_the_front_door_and_the_dead_link(site: Site, context: BrowserContext) -> None:
    """Both stand on a small phone as well."""
    page = context.new_page()  # a dead link is an error in its console
    page.set_viewport_size(PHONE)
    page.goto(site.url)
    looked_at(page, "home-light-en")
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    found = page.goto(f"{site.url}/i/nobody")
    looked_at(page, "missing-light-en")
    assert found is not None
    assert found.status == 404
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
