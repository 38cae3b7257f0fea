"""Asking for the money from the page: form and JSON, refusals, foreign sites, double clicks."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from invoicing import lifecycle
from models import clock, db
from models.merchants import Client, Merchant
from models.payments import Attempt
from models.platform import AbuseReport
from models.told import Notice
from tests.conftest import NOW
from tests.pages.bed import JSON, attempt, bill, path, pay
from tests.pages.conftest import APP_URL

FORM = {"gateway": "daraja"}


def attempts(session: Session) -> list[Attempt]:
    session.expire_all()
    return list(session.scalars(sa.select(Attempt).order_by(Attempt.id)))


def jobs(session: Session) -> list[tuple[str, dict[str, Any]]]:
    rows = session.execute(sa.text("SELECT task_name, args FROM jobs.procrastinate_jobs"))
    return [(row.task_name, row.args) for row in rows]


def test_a_tap_asks_the_known_phone_for_everything(
    browser: FlaskClient, session: Session, merchant: Merchant
) -> None:
    """The form answers 303 to the page at once; the prompt is a worker's job."""
    invoice = bill(session, merchant)
    address = path(session, invoice)

    got = browser.post(f"{address}/pay?lang=sw", data=FORM)

    assert (got.status_code, got.headers["Location"]) == (303, f"{address}?lang=sw")
    [found] = attempts(session)
    assert (found.phone, found.amount_minor, found.state) == ("+254712345678", 284_300, "created")
    assert ("payments.push", {"merchant_id": merchant.id, "attempt_id": found.id}) in jobs(session)
    assert "data-watch" in browser.get(address).text


@pytest.mark.parametrize(
    ("phone", "shown"), [("+254733000111", "0733•••111"), ("+255754000444", None), (None, None)]
)
def test_the_page_names_the_phone_that_will_ring(
    browser: FlaskClient, session: Session, merchant: Merchant, phone: str | None, shown: str | None
) -> None:
    """The client's number of today; where no prompt reaches it, the page asks for another first."""
    invoice = bill(session, merchant)
    address = path(session, invoice)
    session.get_one(Client, (merchant.id, invoice.client_id)).phone = phone
    session.flush()

    page = browser.get(address).text

    assert (f"The prompt goes to {shown}" in page) == (shown is not None)
    assert "0712•••678" not in page
    assert ('maxlength="20" placeholder="0712 345 678" required' in page) == (shown is None)
    browser.post(f"{address}/pay", data=FORM)
    assert [one.phone for one in attempts(session)] == ([phone] if shown else [])


def test_a_program_gets_the_attempt(
    browser: FlaskClient, session: Session, merchant: Merchant
) -> None:
    """JSON in, 202 and the attempt out, in the shape of the page's own facts."""
    invoice = bill(session, merchant)
    address = path(session, invoice)

    got = browser.post(
        f"{address}/pay", json={"gateway": "daraja", "phone": "0722 000 111", "amount": "1000"}
    )

    assert got.status_code == 202
    body = got.get_json()
    assert body["attempt"]["status"] == "pending"
    assert body["attempt"]["redirect_url"] is None
    assert browser.get(address, headers=JSON).get_json()["attempt"] == body["attempt"]
    [found] = attempts(session)
    assert (found.phone, found.amount_minor) == ("+254722000111", 100_000)


def test_numbers_of_json_are_read_as_numbers(
    browser: FlaskClient, session: Session, merchant: Merchant
) -> None:
    """`{"amount": 500}` is as good as `{"amount": "500"}`."""
    address = path(session, bill(session, merchant))

    got = browser.post(f"{address}/pay", json={"gateway": "mpesa", "amount": 500, "phone": None})

    assert got.status_code == 202
    assert attempts(session)[0].amount_minor == 50_000


@pytest.mark.parametrize("typed", ["1,500", " 1 500 ", "KSh 1,500", "1500.00", "ksh1500"])
def test_amounts_as_people_type_them(
    browser: FlaskClient, session: Session, merchant: Merchant, typed: str
) -> None:
    """Commas, spaces and the sign of the currency do no harm."""
    browser.post(path(session, bill(session, merchant)) + "/pay", data=FORM | {"amount": typed})

    assert [one.amount_minor for one in attempts(session)] == [150_000]


@pytest.mark.parametrize(
    ("asked", "code", "status"),
    [
        ({"phone": "hello"}, "phone", 422),
        ({"phone": "+255754123456"}, "phone", 422),
        ({"amount": "abc"}, "amount", 422),
        ({"amount": "0"}, "amount", 422),
        ({"amount": "-5"}, "amount", 422),
        ({"amount": "NaN"}, "amount", 422),
        ({"amount": "1e99"}, "amount", 422),
        ({"amount": "10.001"}, "amount", 422),
        ({"amount": "2844"}, "amount", 422),
        ({"amount": "0.50"}, "amount", 422),
        ({"gateway": "nobody"}, "gateway_off", 409),
        ({"gateway": ""}, "gateway_off", 409),
    ],
)
def test_refusals_in_json(
    browser: FlaskClient,
    session: Session,
    merchant: Merchant,
    asked: dict[str, str],
    code: str,
    status: int,
) -> None:
    """Each says what is wrong, and nothing was written."""
    address = path(session, bill(session, merchant))

    got = browser.post(f"{address}/pay", json=FORM | asked)

    assert got.status_code == status
    error = got.get_json()["error"]
    assert error["code"] == code
    assert error["message"]
    assert attempts(session) == []


@pytest.mark.parametrize("body", ["[]", "{", '"x"', "null", ""])
def test_broken_json_is_a_refusal_not_a_bug(
    browser: FlaskClient, session: Session, merchant: Merchant, body: str
) -> None:
    """Whatever is sent as JSON, the answer is a refusal in JSON."""
    address = path(session, bill(session, merchant))

    got = browser.post(f"{address}/pay", data=body, content_type="application/json")

    assert (got.status_code, got.get_json()["error"]["code"]) == (409, "gateway_off")


def test_what_was_typed_survives_a_refusal(
    browser: FlaskClient, session: Session, merchant: Merchant
) -> None:
    """The page comes back with the words and the fields as they were filled in."""
    address = path(session, bill(session, merchant))

    got = browser.post(f"{address}/pay", data=FORM | {"phone": "12", "amount": "700"})

    assert got.status_code == 422
    assert 'role="alert"' in got.text
    assert 'value="12"' in got.text
    assert 'value="700"' in got.text
    assert "<details open>" in got.text


def test_paid_void_and_busy_are_conflicts(
    browser: FlaskClient, session: Session, merchant: Merchant
) -> None:
    """409 with the words for it."""
    done, gone, busy = (bill(session, merchant) for _turn in range(3))
    pay(session, done, done.total_minor, "SKL1")
    lifecycle.void(session, gone, "x", by=None)
    attempt(session, busy, "pending")
    for invoice, code in ((done, "already_paid"), (gone, "void"), (busy, "in_progress")):
        got = browser.post(path(session, invoice) + "/pay", json=FORM)
        assert (got.status_code, got.get_json()["error"]["code"]) == (409, code)


def test_a_stranger_is_not_pestered(
    browser: FlaskClient, session: Session, merchant: Merchant
) -> None:
    """A second prompt to one phone within the minute is 429, from whatever invoice."""
    first, second = bill(session, merchant), bill(session, merchant)
    assert browser.post(path(session, first) + "/pay", json=FORM).status_code == 202

    got = browser.post(path(session, second) + "/pay", json=FORM)

    assert (got.status_code, got.get_json()["error"]["code"]) == (429, "throttled")


def test_a_form_sent_twice_is_one_attempt(
    browser: FlaskClient, session: Session, merchant: Merchant
) -> None:
    """The page's nonce makes an impatient second tap harmless (DF-44)."""
    address = path(session, bill(session, merchant))
    nonce = browser.get(address).text.split('name="nonce" value="')[1].split('"')[0]

    answers = [browser.post(f"{address}/pay", data=FORM | {"nonce": nonce}) for _turn in range(3)]

    assert {one.status_code for one in answers} == {303}
    assert len(attempts(session)) == 1
    assert nonce not in browser.get(address).text


def test_the_same_page_on_two_phones_is_two_wishes(
    browser: FlaskClient,
    session: Session,
    merchant: Merchant,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Another number under the same nonce is not answered with the first one's attempt."""
    address = path(session, bill(session, merchant))
    browser.post(f"{address}/pay", json=FORM | {"nonce": "n", "phone": "0722000111"})
    [first] = attempts(session)
    first.state = "failed"
    session.flush()
    monkeypatch.setattr(clock, "real_now", lambda: NOW + timedelta(minutes=5))

    browser.post(f"{address}/pay", json=FORM | {"nonce": "n", "phone": "0733000222"})

    assert [one.phone for one in attempts(session)] == ["+254722000111", "+254733000222"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://evil.test"}, 403),
        ({"Origin": "https://bili.test.evil.test"}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, 303),
        ({"Sec-Fetch-Site": "none"}, 303),
        ({"Origin": APP_URL}, 303),
        ({"Origin": "http://localhost"}, 303),
        ({}, 303),
    ],
)
def test_other_sites_cannot_press_the_button(
    browser: FlaskClient,
    session: Session,
    merchant: Merchant,
    headers: dict[str, str],
    status: int,
) -> None:
    """A foreign origin is refused; our own form, which sends no referrer, is not."""
    address = path(session, bill(session, merchant))

    assert browser.post(f"{address}/pay", data=FORM, headers=headers).status_code == status
    assert len(attempts(session)) == (status == 303)


def test_reading_changes_nothing(
    browser: FlaskClient, session: Session, merchant: Merchant
) -> None:
    """Paying by GET is not possible."""
    address = path(session, bill(session, merchant))

    assert browser.get(f"{address}/pay?gateway=daraja").status_code == 405
    assert attempts(session) == []


def test_a_report_reaches_the_operator_and_the_business(
    browser: FlaskClient, session: Session, merchant: Merchant
) -> None:
    """Kept with its words, told to the merchant once, answered with thanks."""
    invoice = bill(session, merchant)
    address = path(session, invoice)

    got = browser.post(f"{address}/report", data={"reason": "wrong_amount", "words": "It was 2"})
    assert got.headers["Location"] == f"{address}?reported=1"
    assert "The business has been told." in browser.get(got.headers["Location"]).text
    again = browser.post(f"{address}/report", json={"reason": "abuse"})
    assert (again.status_code, again.get_json()) == (202, {"reported": True})

    reports = session.scalars(sa.select(AbuseReport).order_by(AbuseReport.id)).all()
    assert [(one.invoice_id, one.reason, one.note) for one in reports] == [
        (invoice.id, "wrong_amount", "It was 2"),
        (invoice.id, "abuse", None),
    ]
    db.enter(session, merchant.id)
    assert session.scalars(sa.select(Notice.kind)).all() == ["reported"]


def test_reports_are_bounded(browser: FlaskClient, session: Session, merchant: Merchant) -> None:
    """Five an hour for one invoice, then 429; a reason of nobody's is 422."""
    address = path(session, bill(session, merchant))
    statuses = [
        browser.post(f"{address}/report", json={"reason": "other"}).status_code
        for _turn in range(6)
    ]

    assert statuses == [202] * 5 + [429]
    assert browser.post(f"{address}/report", json={"reason": "x"}).status_code == 422
    foreign = browser.post(
        f"{address}/report", json={"reason": "other"}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert foreign.status_code == 403
