"""The way of one payment through the room: open, push, callback, settle."""

import sqlalchemy as sa
from flask import Flask

from models import db
from models.db import Database
from models.invoices import Invoice
from models.payments import Attempt
from models.told import Notice
from payments import jobs, push
from tests.payments import bed
from tests.payments.test_news import payload
from webhooks import daraja as webhook


def test_a_prompt_is_paid(database: Database) -> None:
    """Opened, pushed, called back, settled: the invoice is paid and both are told once."""
    merchant_id, invoice_id = bed.committed(database)
    with database.transaction(merchant_id) as session:
        invoice = session.get_one(Invoice, (merchant_id, invoice_id))
        attempt = bed.opened(session, invoice)
        reference, attempt_id = attempt.reference, attempt.id
        assert bed.jobs(session, "payments.push") == [
            {"merchant_id": merchant_id, "attempt_id": attempt_id}
        ]
    gateway = bed.Fake()
    push.push(database, {"daraja": gateway}, merchant_id, attempt_id)
    assert gateway.charged[0].amount.amount_minor == 255_000
    app = Flask(__name__)
    app.register_blueprint(webhook.blueprint(database, bed.options()))
    path = f"/webhooks/daraja/{bed.SECRET}/stk/{reference}"
    answer = app.test_client().post(path, data=payload("stk_success"))
    assert (answer.status_code, answer.json) == (200, {"ResultCode": 0, "ResultDesc": "Accepted"})
    with database.transaction(merchant_id) as session:
        (job,) = bed.jobs(session, "payments.settle")
    jobs.settle(database, **job)
    with database.transaction(merchant_id) as session:
        db.merchant_id(session)
        invoice = session.get_one(Invoice, (merchant_id, invoice_id))
        assert not invoice.balance
        assert invoice.settled_at is not None
        assert session.get_one(Attempt, (merchant_id, attempt_id)).state == "succeeded"
        (payment,) = bed.payments(session)
        assert (payment.receipt, payment.amount_minor) == ("UKK81ABCDE", 255_000)
        told = session.execute(sa.select(Notice.kind, Notice.audience).order_by(Notice.id)).all()
        assert [tuple(row) for row in told] == [("paid", "member"), ("paid", "client")]
        assert len(bed.jobs(session, "bot.tell")) == 1
