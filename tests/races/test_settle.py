"""Many messengers of the same money at the same moment, on real Postgres."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import sqlalchemy as sa
from flask import Flask

from models.db import Database
from models.invoices import Invoice
from models.payments import Attempt
from models.told import Notice
from payments import jobs, settlement
from payments.evidence import Evidence, Source
from tests import make
from tests.payments import bed
from tests.payments.test_news import payload
from webhooks import daraja as webhook


def prompted(database: Database) -> tuple[Attempt, str]:
    """A committed prompt and its invoice's account code."""
    with database.transaction() as session:
        make.merchant(session)
        bill = make.invoice(session)
        attempt = bed.pending(session, bill)
        session.expunge(attempt)
        return attempt, bill.account_code or ""


def at_once(work: list[Callable[[], object]]) -> None:
    """Start all at the same moment; the first failure is raised."""
    barrier = Barrier(len(work))

    def start(one: Callable[[], object]) -> object:
        barrier.wait()
        return one()

    with ThreadPoolExecutor(len(work)) as pool:
        for done in [pool.submit(start, one) for one in work]:
            done.result(timeout=60)


def settler(database: Database, merchant_id: int, evidence: Evidence) -> Callable[[], object]:
    """One settlement in a transaction of its own."""

    def settle() -> object:
        with database.transaction(merchant_id) as session:
            return settlement.settle(session, evidence)

    return settle


def check_once(database: Database, attempt: Attempt) -> None:
    """One payment with its receipt, the invoice paid, everybody told once."""
    with database.transaction(attempt.merchant_id) as session:
        (payment,) = bed.payments(session)
        assert (payment.receipt, payment.attempt_id) == (bed.RECEIPT, attempt.id)
        bill = session.scalars(sa.select(Invoice)).one()
        assert not bill.balance
        assert bill.paid_minor == 255_000
        kinds = sorted(session.scalars(sa.select(Notice.kind)).all())
        assert kinds == ["paid", "paid"]
        assert session.get_one(Attempt, (attempt.merchant_id, attempt.id)).state == "succeeded"


@pytest.mark.parametrize("seed", range(3))
def test_sixteen_settlements_at_once(database: Database, seed: int) -> None:
    """Four messengers, four times each, in one moment: one payment (I-8)."""
    attempt, code = prompted(database)
    told = [
        bed.callback(attempt),
        bed.confirmation(attempt, code),
        bed.query(attempt),
        bed.confirmation(attempt, code, source=Source.STATEMENT),
    ] * 4
    random.Random(seed).shuffle(told)
    at_once([settler(database, attempt.merchant_id, one) for one in told])
    check_once(database, attempt)


def test_a_till_without_an_account_at_once(database: Database) -> None:
    """Nothing but the receipt and the phone ties them together."""
    attempt, _code = prompted(database)
    told = [bed.callback(attempt), bed.confirmation(attempt, None), bed.query(attempt)] * 5
    at_once([settler(database, attempt.merchant_id, one) for one in told])
    check_once(database, attempt)


def test_one_receipt_without_a_common_lock(database: Database) -> None:
    """Unasked money of no account, told sixteen times: the unique receipt decides."""
    attempt, _code = prompted(database)
    told = bed.confirmation(attempt, "NOBODY", receipt="UKK8XXXXXX")
    at_once([settler(database, attempt.merchant_id, told) for _ in range(16)])
    with database.transaction(attempt.merchant_id) as session:
        assert len(bed.payments(session)) == 1
        assert session.scalars(sa.select(Notice.kind)).all() == ["unallocated"]


def test_sixteen_payments_on_one_invoice(database: Database) -> None:
    """Different money at one moment: all of it is kept, never more booked than owed (I-1, I-2)."""
    attempt, code = prompted(database)
    told = [
        bed.confirmation(attempt, code, receipt=f"UKK8{n:06}", payer_phone="2541 ***** 111")
        for n in range(16)
    ]
    at_once([settler(database, attempt.merchant_id, one) for one in told])
    with database.transaction(attempt.merchant_id) as session:
        assert len(bed.payments(session)) == 16
        assert session.scalars(sa.select(Invoice)).one().paid_minor == 255_000


def test_fifty_times_the_same_callback(database: Database) -> None:
    """A-19: fifty times 200, one event, one job, one payment."""
    attempt, _code = prompted(database)
    app = Flask(__name__)
    app.register_blueprint(webhook.blueprint(database, bed.options()))
    path = f"/webhooks/daraja/{bed.SECRET}/stk/{attempt.reference}"
    codes: list[int] = []

    def post() -> None:
        codes.append(app.test_client().post(path, data=payload("stk_success")).status_code)

    at_once([post] * 50)
    assert codes == [200] * 50
    with database.transaction() as session:
        told = bed.jobs(session, "payments.settle")
    assert len(told) == 1
    at_once([lambda: jobs.settle(database, **told[0])] * 16)
    check_once(database, attempt)


def test_a_failure_and_a_success_at_once(database: Database) -> None:
    """I-6 under threads: whoever comes first, the money lands."""
    attempt, _code = prompted(database)
    lost = bed.callback(attempt, success=False, code="1037", amount=None, receipt=None)
    told = [bed.callback(attempt), lost] * 8
    at_once([settler(database, attempt.merchant_id, one) for one in told])
    check_once(database, attempt)


def test_clicks_at_once_open_one_attempt(database: Database) -> None:
    """One nonce from many places: one attempt, one prompt."""
    merchant_id, invoice_id = bed.committed(database)

    def click() -> int:
        with database.transaction(merchant_id) as session:
            bill = session.get_one(Invoice, (merchant_id, invoice_id))
            return bed.opened(session, bill, nonce="one").id

    at_once([click] * 16)
    with database.transaction(merchant_id) as session:
        assert len(session.scalars(sa.select(Attempt)).all()) == 1
        assert len(bed.jobs(session, "payments.push")) == 1
