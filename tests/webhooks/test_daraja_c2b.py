"""Money sent without a prompt: validated at once, confirmed, brought to its merchant."""

import json

import pytest
import sqlalchemy as sa

from models.db import Database, Options
from models.invoices import Invoice
from models.payments import Attempt
from tests import make
from tests.conftest import KEY
from tests.payments import bed
from tests.payments.test_news import payload
from tests.webhooks.test_daraja import ACK, BASE, caller, post, stored, waiting, work


def confirmation(database: Database, **more: str) -> bytes:
    """A C2B confirmation for the only invoice."""
    with database.as_owner() as session:
        code = session.scalars(sa.select(Invoice.account_code)).first() or ""
    found = json.loads(payload("c2b_v2")) | {"BillRefNumber": code} | more
    return json.dumps(found).encode()


def test_a_payment_by_account_code(joined: Database, prompt: Attempt) -> None:
    """Unasked money finds its merchant by the code, in the payer's own spelling."""
    body = confirmation(joined, TransAmount="1000.00", MSISDN="2541 ***** 111")
    code = json.loads(body)["BillRefNumber"]
    spaced = confirmation(
        joined,
        TransAmount="1000.00",
        MSISDN="2541 ***** 111",
        BillRefNumber=f"{code[:3]} {code[3:].lower()}",
    )
    assert post(caller(joined), f"{BASE}/c2b/confirmation", spaced).json == ACK
    work(joined)
    with joined.transaction(prompt.merchant_id) as session:
        (payment,) = bed.payments(session)
        assert (payment.amount_minor, payment.attempt_id) == (100_000, None)
        assert session.scalars(sa.select(Invoice)).one().paid_minor == 100_000


def test_money_without_an_owner_goes_to_whose_shortcode_it_is(
    joined: Database, prompt: Attempt
) -> None:
    """Kept unallocated at the owner of the shortcode."""
    body = confirmation(joined, BillRefNumber="INV-O012", MSISDN="2541 ***** 111")
    post(caller(joined), f"{BASE}/c2b/confirmation", body)
    work(joined)
    with joined.transaction(prompt.merchant_id) as session:
        (payment,) = bed.payments(session)
        assert (payment.account, payment.client_id) == ("INV-O012", None)


def test_money_to_another_shortcode_is_not_ours(joined: Database, prompt: Attempt) -> None:
    """I-7: the destination must be ours; it is stored and booked nowhere."""
    body = confirmation(joined, BusinessShortCode="999999")
    assert post(caller(joined), f"{BASE}/c2b/confirmation", body).json == ACK
    (event,) = stored(joined)
    assert event.merchant_id is None
    assert waiting(joined) == []


def test_in_production_a_code_of_another_merchant_is_not_booked_there(
    joined: Database, prompt: Attempt
) -> None:
    """The money is in the owner's account, so it is the owner's to sort out."""
    with joined.transaction() as session:
        other_id = make.merchant(session).id
        code = make.invoice(session).account_code or ""
    body = confirmation(joined, BillRefNumber=code, MSISDN="2541 ***** 111")
    post(caller(joined, production=True), f"{BASE}/c2b/confirmation", body)
    work(joined)
    with joined.transaction(other_id) as session:
        assert bed.payments(session) == []
    with joined.transaction(prompt.merchant_id) as session:
        assert len(bed.payments(session)) == 1


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({}, "0"),
        ({"BillRefNumber": "nobody's"}, "0"),
        ({"TransAmount": "0.50"}, "C2B00013"),
        ({"TransAmount": "plenty"}, "C2B00013"),
        ({"BusinessShortCode": "999999"}, "C2B00015"),
    ],
)
def test_validation_refuses_only_what_cannot_be_ours(
    worker_database: Database, more: dict[str, str], code: str
) -> None:
    """Money refused is a customer sent away; the joined is not asked."""
    body = json.dumps(json.loads(payload("c2b_v2")) | more).encode()
    answer = post(caller(worker_database), f"{BASE}/c2b/validation", body)
    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["ResultCode"] == code
    assert answer.json["ResultDesc"] == ("Accepted" if code == "0" else "Rejected")


def test_validation_answers_while_the_database_is_away() -> None:
    """Not even a connection is taken."""
    away = Database(Options(url="postgresql://nobody@127.0.0.1:1/none", keys=(KEY,)))
    answer = post(caller(away), f"{BASE}/c2b/validation", payload("c2b_v2"))
    assert answer.json == {"ResultCode": "0", "ResultDesc": "Accepted"}
