"""What tests of payments share: options, a gateway that answers as told, an open attempt."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import db
from models.db import Database
from models.invoices import Invoice
from models.payments import Attempt, Payment
from models.told import Notice
from payments import attempts, daraja, outside, push
from payments.evidence import Evidence, Source
from payments.gateway import Ask, Outcome, Pending, Submitted, Verdict
from payments.options import DarajaOptions, Options
from tests import make

Move = Callable[[float], None]  # puts the clock to so many seconds after the attempt
SECRET = "c0ffee00c0ffee00"
SHORTCODE = "600966"
PHONE = "+254712345678"
RECEIPT = "UKK81ABCDE"
HANDLE, SECOND = "ws_CO_20112026100000123712345678", "2654-4b64-97ff-b827b542881d3130"


def options(**more: Any) -> Options:
    """Development, with a paybill, unless told otherwise."""
    production = more.pop("production", False)
    app_url = more.pop("app_url", "https://bili.example")
    values: dict[str, Any] = {
        "url": "https://daraja.test",
        "consumer_key": "key",
        "consumer_secret": "secret",
        "shortcode": SHORTCODE,
        "till": "",
        "passkey": "passkey",
        "callback_secret": SECRET,
        "allowed_ips": (),
        "enforce_ips": False,
        "merchant": None,
    }
    return Options(app_url=app_url, production=production, daraja=DarajaOptions(**(values | more)))


@dataclass
class Fake:
    """A gateway by the port: says what it was told to say, remembers what it was asked."""

    outcome: Outcome = field(default_factory=lambda: Submitted(HANDLE, SECOND))
    verdict: Verdict = field(default_factory=Pending)
    charged: list[Ask] = field(default_factory=list)
    queried: list[Ask] = field(default_factory=list)
    meanwhile: Callable[[Ask], object] | None = None
    rules: Any = daraja.RULES

    def charge(self, ask: Ask) -> Outcome:
        """Once asked, something may happen before the answer."""
        outside.check()
        self.charged.append(ask)
        if self.meanwhile:
            self.meanwhile(ask)
        return self.outcome

    def query(self, ask: Ask) -> Verdict:
        """The same verdict until told otherwise."""
        outside.check()
        self.queried.append(ask)
        return self.verdict


def opened(session: Session, invoice: Invoice, **more: Any) -> Attempt:
    """An attempt as a payer opens it."""
    values: dict[str, Any] = {
        "gateway": "daraja",
        "phone": PHONE,
        "amount": None,
        "contact_id": None,
        "nonce": None,
        "options": options(),
    }
    return attempts.open(session, invoice, **(values | more))


def pending(session: Session, invoice: Invoice, **more: Any) -> Attempt:
    """An attempt whose prompt is on the phone; `handle` names it."""
    handle = more.pop("handle", HANDLE)
    attempt = opened(session, invoice, **more)
    attempt.state, attempt.submitted_at = "submitting", db.now(session)
    session.flush()
    push.store(session, attempt.id, Submitted(handle, SECOND))
    session.refresh(attempt)
    return attempt


def callback(attempt: Attempt, **more: Any) -> Evidence:
    """A genuine success of an attempt, as its callback tells it."""
    values: dict[str, Any] = {
        "provider": "daraja",
        "source": Source.CALLBACK,
        "attempt_id": attempt.id,
        "code": "0",
        "amount": attempt.amount,
        "receipt": RECEIPT,
        "handle": HANDLE,
        "second_handle": SECOND,
        "payer_phone": PHONE[1:],
    }
    return Evidence(**(values | more))


def query(attempt: Attempt, **more: Any) -> Evidence:
    """What a status query knows of a success: nothing but that."""
    return Evidence("daraja", Source.QUERY, attempt.id, **more)


def confirmation(attempt: Attempt, account: str | None, **more: Any) -> Evidence:
    """The C2B twin of the same payment: no reference, a masked phone."""
    values: dict[str, Any] = {
        "provider": "daraja",
        "source": Source.C2B,
        "amount": attempt.amount,
        "receipt": RECEIPT,
        "destination": SHORTCODE,
        "account": account,
        "payer_name": "JANE MWANGI",
        "payer_phone": "2547 ***** 678",
        "paid_at": attempt.submitted_at,
    }
    return Evidence(**(values | more))


def payments(session: Session) -> list[Payment]:
    """Payments that stand, oldest first."""
    session.expire_all()
    return list(
        session.scalars(
            sa.select(Payment).where(Payment.reversed_at.is_(None)).order_by(Payment.id)
        )
    )


def notices(session: Session) -> list[tuple[str, str]]:
    """Kind and audience, oldest first."""
    rows = session.execute(sa.select(Notice.kind, Notice.audience).order_by(Notice.id))
    return [(kind, audience) for kind, audience in rows]


def jobs(session: Session, task: str) -> list[dict[str, Any]]:
    """The arguments of every job of a name."""
    found = session.execute(
        sa.text("SELECT args FROM jobs.procrastinate_jobs WHERE task_name = :t ORDER BY id"),
        {"t": task},
    )
    return [row[0] for row in found]


def committed(database: Database, **more: Any) -> tuple[int, int]:
    """A merchant with one invoice, really there: their ids."""
    with database.transaction() as session:
        merchant = make.merchant(session)
        invoice = make.invoice(session, **more)
        return merchant.id, invoice.id


def prompted(database: Database) -> Attempt:
    """A prompt on a phone, in this database."""
    with database.transaction() as session:
        make.merchant(session)
        attempt = pending(session, make.invoice(session))
        session.refresh(attempt)
        session.expunge(attempt)
        return attempt
