"""The gateway and its webhook against the sandbox's Daraja, over real HTTP both ways."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import httpx
import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.serving import make_server

from models import clock
from models.db import Database
from models.invoices import Invoice
from models.payments import Attempt, Payment
from models.platform import ProviderEvent
from payments import jobs, push, reconcile
from payments.daraja import Daraja, callback_url
from payments.gateway import Ask
from payments.options import Options
from sandbox.options import Options as SandboxOptions
from sandbox.server import make as make_sandbox
from tests import make
from tests.payments import bed
from tests.payments.test_news import payload
from webhooks import daraja as webhook

FORGED_RECEIPT = "UKK8FORGED"
PAYER = "+254733000999"  # a phone that the sandbox lets decide by itself
QUICK = SandboxOptions(
    port=0,
    seed=7,
    shortcode=bed.SHORTCODE,
    prompt_s=0.5,
    late_s=0.3,
    hang_s=0.5,
    slow_s=0.2,
    auto_payer_ms=20,
)


@dataclass
class Street:
    """A merchant with an invoice, a gateway that talks to the sandbox, an app it calls back."""

    database: Database
    gateway: Daraja
    url: str
    merchant_id: int
    invoice_id: int
    code: str
    moved: timedelta = timedelta()

    def switch(self, name: str, value: str) -> None:
        """Make something go wrong, or differently."""
        answer = httpx.post(f"{self.url}/sandbox/switches", json={"name": name, "value": value})
        assert answer.status_code == 200, answer.text

    def prompt(self) -> int:
        """Open an attempt and push it; its id."""
        with self.database.transaction(self.merchant_id) as session:
            bill = session.get_one(Invoice, (self.merchant_id, self.invoice_id))
            attempt_id = bed.opened(
                session, bill, phone=PAYER, options=self.options(), confirmed=True
            ).id
        push.push(self.database, {"daraja": self.gateway}, self.merchant_id, attempt_id)
        return attempt_id

    def options(self) -> Options:
        """Those of the gateway."""
        return bed.options(url=self.url, passkey=QUICK.passkey)

    def work(self) -> None:
        """Do the settle jobs that are there; each is done however often it is run."""
        with self.database.transaction() as session:
            told = bed.jobs(session, "payments.settle")
        for job in told:
            jobs.settle(self.database, **job)

    def state(self, attempt_id: int) -> str:
        """Of the attempt, after the work that is there."""
        self.work()
        with self.database.transaction(self.merchant_id) as session:
            return session.get_one(Attempt, (self.merchant_id, attempt_id)).state

    def becomes(self, attempt_id: int, state: str) -> None:
        """Wait until the news has come and is settled."""
        until(lambda: self.state(attempt_id) == state)

    def ask(self, attempt_id: int) -> None:
        """Query until something is learnt; noise is part of the world."""
        for _question in range(30):
            self.query(attempt_id)
            if self.state(attempt_id) in {"succeeded", "failed"}:
                return

    def query(self, attempt_id: int) -> None:
        """Query once."""
        with self.database.transaction() as session:
            session.execute(sa.text("DELETE FROM throttles WHERE kind = 'query_pace'"))
        reconcile.reconcile(self.database, {"daraja": self.gateway}, self.merchant_id, attempt_id)

    def early(self) -> int:
        """How many successes wait for a name, after the work that is there."""
        self.work()
        early = sa.text("SELECT count(*) FROM provider_events WHERE outcome = 'early'")
        with self.database.transaction() as session:
            return int(session.scalar(early) or 0)

    def forge(self, attempt_id: int) -> None:
        """Somebody who has the address tells of money that never moved."""
        with self.database.transaction(self.merchant_id) as session:
            attempt = session.get_one(Attempt, (self.merchant_id, attempt_id))
            url = callback_url(self.gateway.app_url, bed.SECRET, attempt.reference)
            amount = attempt.amount_minor // 100
        body = json.loads(payload("stk_success"))
        told = body["Body"]["stkCallback"]
        told["CheckoutRequestID"] = "ws_CO_191220191020363925"
        items = {"Amount": amount, "MpesaReceiptNumber": FORGED_RECEIPT}
        for item in told["CallbackMetadata"]["Item"]:
            item["Value"] = items.get(item["Name"], item["Value"])
        assert httpx.post(url, json=body).status_code == httpx.codes.OK

    def payments(self) -> list[Payment]:
        """Those that stand, after the work that is there."""
        self.work()
        with self.database.transaction(self.merchant_id) as session:
            found = bed.payments(session)
            session.expunge_all()
            return found

    def balance(self) -> int:
        """What is still owed."""
        with self.database.transaction(self.merchant_id) as session:
            bill = session.get_one(Invoice, (self.merchant_id, self.invoice_id))
            return bill.balance.amount_minor


def until(fact: Callable[[], object], timeout_s: float = 8.0) -> None:
    """Wait until this is so."""
    end = time.monotonic() + timeout_s
    while not fact():
        assert time.monotonic() < end, "it never came about"
        time.sleep(0.05)


@pytest.fixture
def street(database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[Street]:
    """Both servers on free ports of loopback; the clock is the real one."""
    monkeypatch.setattr(clock, "real_now", lambda: datetime.now(UTC))
    sandbox = make_sandbox(QUICK)
    threading.Thread(target=sandbox.server.serve_forever, args=(0.02,), daemon=True).start()
    options = bed.options(
        url=sandbox.url,
        consumer_key=QUICK.daraja_key,
        consumer_secret=QUICK.daraja_secret,
        passkey=QUICK.passkey,
    )
    app = Flask(__name__)
    app.register_blueprint(webhook.blueprint(database, options))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    gateway = Daraja(database, options)
    gateway.app_url = f"http://127.0.0.1:{server.server_port}"
    with database.transaction() as session:
        merchant = make.merchant(session)
        bill = make.invoice(session)
        made = (merchant.id, bill.id, bill.account_code or "")
    yield Street(database, gateway, sandbox.url, *made)
    gateway.client.close()
    server.shutdown()
    server.server_close()
    sandbox.stop()


@pytest.mark.parametrize(
    "fault", ["normal", "late", "duplicate", "forged", "wrong amount", "before answer"]
)
def test_paid_whatever_becomes_of_the_callback(street: Street, fault: str) -> None:
    """Told late, twice, by a forger, with another amount, before the answer: paid once."""
    street.switch("callback", fault)
    attempt_id = street.prompt()
    if fault == "wrong amount":
        until(street.payments)
        assert [one.needs_review for one in street.payments()] == ["amount"]
        assert street.balance() == 255_000
        street.ask(attempt_id)
    street.becomes(attempt_id, "succeeded")
    time.sleep(0.6)  # what comes after the first news
    street.work()
    standing = [one for one in street.payments() if one.needs_review is None]
    assert [one.amount_minor for one in standing] == [255_000]
    assert street.balance() == 0
    if fault != "forged":
        assert len(street.payments()) == 1


def test_a_lost_callback(street: Street) -> None:
    """The query finds out, through its noise."""
    street.switch("callback", "lost")
    attempt_id = street.prompt()
    time.sleep(0.2)
    street.ask(attempt_id)
    assert street.state(attempt_id) == "succeeded"
    assert [one.receipt for one in street.payments()] == [None]
    assert street.balance() == 0


@pytest.mark.parametrize("twin", ["after callback", "before callback"])
def test_told_twice_by_two_messengers(street: Street, twin: str) -> None:
    """With C2B registered, one payment is announced twice with one receipt."""
    street.gateway.register_urls()
    street.switch("C2B twin", twin)
    attempt_id = street.prompt()
    street.becomes(attempt_id, "succeeded")

    def both() -> bool:
        with street.database.transaction() as session:
            return len(session.scalars(sa.select(ProviderEvent)).all()) == 2

    until(both)
    street.work()
    (payment,) = street.payments()
    assert payment.receipt is not None
    assert payment.payer_name is not None


def test_the_twin_makes_up_for_the_callback(street: Street) -> None:
    """The callback is lost; the confirmation is booked on the attempt, with its receipt."""
    street.gateway.register_urls()
    street.switch("C2B twin", "after callback")
    street.switch("callback", "lost")
    attempt_id = street.prompt()
    street.becomes(attempt_id, "succeeded")
    street.ask(attempt_id)
    (payment,) = street.payments()
    assert (payment.attempt_id, payment.receipt is None) == (attempt_id, False)


@pytest.mark.parametrize(
    ("payer", "code"), [("cancels", "1032"), ("wrong PIN", "2001"), ("no money", "1")]
)
def test_not_paid(street: Street, payer: str, code: str) -> None:
    """Each reason ends the attempt with its code."""
    street.switch("auto payer", payer)
    attempt_id = street.prompt()
    street.becomes(attempt_id, "failed")
    with street.database.transaction(street.merchant_id) as session:
        attempt = session.get_one(Attempt, (street.merchant_id, attempt_id))
        assert attempt.result_code == code
    assert street.balance() == 255_000


@pytest.mark.parametrize(
    ("fault", "state"),
    [
        ("system busy", "rejected"),
        ("spike arrest", "rejected"),
        ("200 with error", "rejected"),
        ("error, no prompt", "unknown"),
        ("HTML 503", "unknown"),
    ],
)
def test_a_push_that_is_not_taken(street: Street, fault: str, state: str) -> None:
    """Refused at the door, or nobody knows."""
    street.switch("push", fault)
    assert street.state(street.prompt()) == state


@pytest.mark.parametrize("fault", ["lost answer", "error, prompt sent"])
def test_a_lost_answer_is_paid_all_the_same(street: Street, fault: str) -> None:
    """Only our own path ties the callback to the attempt, and Daraja is asked whether it is so (2.4)."""
    street.switch("push", fault)
    attempt_id = street.prompt()
    until(street.early)
    assert (street.state(attempt_id), street.payments()) == ("unknown", [])
    street.ask(attempt_id)
    assert street.state(attempt_id) == "succeeded"
    assert [one.receipt is None for one in street.payments()] == [False]
    assert street.balance() == 0


@pytest.mark.parametrize("fault", ["lost answer", "error, no prompt"])
def test_a_forgery_of_a_push_without_an_answer(street: Street, fault: str) -> None:
    """Daraja does not know what the forger names: nothing is booked, the genuine one lands."""
    street.switch("push", fault)
    street.switch("callback", "late" if fault == "lost answer" else "lost")
    attempt_id = street.prompt()
    street.forge(attempt_id)
    until(street.early)
    street.query(attempt_id)
    assert (street.state(attempt_id), street.payments()) == ("unknown", [])
    if fault == "lost answer":
        until(lambda: street.early() == 2)
        street.ask(attempt_id)
        assert street.balance() == 0
        assert [one.receipt for one in street.payments()] != [FORGED_RECEIPT]


@pytest.mark.parametrize("how", ["one at a time", "number expires_in", "expire now"])
def test_tokens_of_every_kind(street: Street, how: str) -> None:
    """Expired under us, one at a time, a life as a number."""
    first = street.prompt()
    street.becomes(first, "succeeded")
    street.switch("token", how)
    assert street.gateway.query(_ask(street, first)) is not None
    street.ask(first)
    assert street.state(first) == "succeeded"


def _ask(street: Street, attempt_id: int) -> Ask:
    with street.database.transaction(street.merchant_id) as session:
        attempt = session.get_one(Attempt, (street.merchant_id, attempt_id))
        return push.ask_of(session, attempt)


def test_paid_at_the_paybill(street: Street) -> None:
    """Validated, moved, confirmed: booked by the account code, typed in small letters."""
    street.gateway.register_urls()
    answer = httpx.post(
        f"{street.url}/sandbox/phones/jane/paybill",
        json={"shortcode": bed.SHORTCODE, "account": street.code.lower(), "amount": "1000"},
    )
    assert answer.status_code == 200, answer.text
    until(street.payments)
    assert street.balance() == 155_000


def test_a_callback_denied_by_the_query(street: Street) -> None:
    """Believed at once, then contradicted: both are marked."""
    attempt_id = street.prompt()
    street.becomes(attempt_id, "succeeded")
    street.switch("query", "contradicts")
    street.switch("query noise", "off")
    street.ask(attempt_id)
    (payment,) = street.payments()
    assert payment.needs_review == "contrary"
