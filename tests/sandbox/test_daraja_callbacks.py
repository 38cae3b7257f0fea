"""Faults of callbacks, the status query, and payments without a push."""

import hashlib
import threading
import time
from decimal import Decimal
from typing import Any

import pytest

from tests.sandbox.conftest import App, Outside
from tests.sandbox.daraja import JANE, NOBODY, Merchant, metadata


@pytest.fixture
def merchant(outside: Outside, app: App) -> Merchant:
    outside.switch("query noise", "off")
    return Merchant(outside, app)


def test_lost(outside: Outside, merchant: Merchant) -> None:
    """Money moves and nobody is told; the query knows."""
    outside.switch("callback", "lost")
    checkout_id = merchant.push().json()["CheckoutRequestID"]
    time.sleep(0.2)
    assert merchant.app.got == []
    assert len(outside.state()["ledger"]) == 1
    assert merchant.query(checkout_id).json()["ResultCode"] == "0"


def test_late(outside: Outside, merchant: Merchant) -> None:
    """A late callback comes after late_s."""
    outside.switch("callback", "late")
    began = time.monotonic()
    merchant.push()
    merchant.callbacks(1)
    assert time.monotonic() - began >= 0.4


def test_duplicate(outside: Outside, merchant: Merchant) -> None:
    """The very same callback twice."""
    outside.switch("callback", "duplicate")
    merchant.push()
    first, second = (one.raw for one in merchant.app.wait(2, "/stk/"))
    assert first == second


def test_refused_callback_is_not_repeated(merchant: Merchant) -> None:
    """A 500 from the app brings no second delivery."""
    merchant.app.answers = [(500, {}, b"")]
    merchant.push()
    time.sleep(0.3)
    assert len(merchant.app.got) == 1


def test_wrong_amount(outside: Outside, merchant: Merchant) -> None:
    """The callback tells another amount than what moved."""
    outside.switch("callback", "wrong amount")
    merchant.push()
    assert metadata(merchant.callbacks(1)[0])["Amount"] == 2549
    assert outside.state()["ledger"][0]["amount"] == "2550.00"


def test_forged(outside: Outside, merchant: Merchant) -> None:
    """A success nobody paid comes first, with foreign ids; then the truth."""
    outside.switch("callback", "forged")
    outside.switch("auto payer", "cancels")
    checkout_id = merchant.push().json()["CheckoutRequestID"]
    forged, real = merchant.callbacks(2)
    assert forged["ResultCode"] == 0
    assert forged["CheckoutRequestID"] != checkout_id
    assert (real["ResultCode"], real["CheckoutRequestID"]) == (1032, checkout_id)
    assert outside.state()["ledger"] == []


def test_before_answer(outside: Outside, merchant: Merchant) -> None:
    """The callback is there before the answer to the push."""
    outside.switch("callback", "before answer")
    merchant.push()
    assert len(merchant.app.got) == 1


def test_before_answer_with_a_phone(outside: Outside, merchant: Merchant) -> None:
    """On a phone of the page the push waits for the person."""
    outside.switch("callback", "before answer")

    def type_pin() -> None:
        outside.does("phones/jane/pin", stk_id=outside.phone("jane")["stk"]["id"], pin="1234")

    later = threading.Timer(0.2, type_pin)
    later.start()
    merchant.push(PhoneNumber=JANE)
    later.join()
    assert merchant.callbacks(1)[0]["ResultCode"] == 0


@pytest.mark.parametrize(
    ("choice", "expected"),
    [("no value", {"Name": "Balance"}), ("decimal", {"Name": "Balance", "Value": 2550.0})],
)
def test_balance_item(
    outside: Outside, merchant: Merchant, choice: str, expected: dict[str, Any]
) -> None:
    """The Balance item has several shapes."""
    outside.switch("balance item", choice)
    merchant.push()
    assert expected in merchant.callbacks(1)[0]["CallbackMetadata"]["Item"]


def test_query_while_open(outside: Outside, merchant: Merchant) -> None:
    """Three shapes of "not yet", then a verdict as a string without receipt."""
    checkout_id = merchant.push(PhoneNumber=JANE).json()["CheckoutRequestID"]
    first, second, third = (merchant.query(checkout_id) for _ in range(3))
    assert (first.status_code, first.json()["ResultCode"]) == (200, "4999")
    assert (second.status_code, second.json()["errorCode"]) == (500, "500.001.1001")
    assert (third.status_code, third.json()["errorMessage"]) == (200, "")
    outside.does("phones/jane/stk_cancel", stk_id=checkout_id)
    last = merchant.query(checkout_id).json()
    assert (last["ResponseCode"], last["ResultCode"]) == ("0", "1032")
    assert set(last) == {
        "ResponseCode", "ResponseDescription", "MerchantRequestID", "CheckoutRequestID",
        "ResultCode", "ResultDesc",
    }  # fmt: skip


def test_query_refusals(outside: Outside, merchant: Merchant) -> None:
    """An unknown id is a 500; so is noise on a known one; a switch contradicts the callback."""
    unknown = merchant.query("ws_CO_1")
    assert (unknown.status_code, unknown.json()["errorMessage"]) == (
        500, "The transaction does not Exist",
    )  # fmt: skip
    checkout_id = merchant.push().json()["CheckoutRequestID"]
    merchant.callbacks(1)
    outside.switch("query noise", "always")
    assert merchant.query(checkout_id).status_code == 500
    outside.switch("query noise", "off")
    outside.switch("query", "contradicts")
    assert merchant.query(checkout_id).json()["ResultCode"] == "1032"


def test_noise_is_about_one_in_five(outside: Outside, merchant: Merchant) -> None:
    """With the switch at its start about 20 % of the polls of a finished push fail."""
    checkout_id = merchant.push().json()["CheckoutRequestID"]
    merchant.callbacks(1)
    outside.switch("query noise", "1 in 5")
    failed = sum(merchant.query(checkout_id).status_code == 500 for _ in range(100))
    assert 8 <= failed <= 35


def test_paybill(outside: Outside, merchant: Merchant) -> None:
    """Validation is asked, then the confirmation comes with the masked number and balance."""
    merchant.register()
    accept = b'{"ResultCode": "0", "ResultDesc": "Accepted", "ThirdPartyTransID": "T1"}'
    merchant.app.answers = [(200, {}, accept)]
    paid = outside.does("phones/jane/paybill", shortcode="174379", account="k7m2 p9", amount="500")
    asked, told = (one.json for one in merchant.app.wait(2, "/c2b/"))
    assert (asked["OrgAccountBalance"], asked["TransAmount"]) == ("", "500.00")
    assert told == asked | {
        "TransID": paid["receipt"],
        "OrgAccountBalance": "500.00",
        "ThirdPartyTransID": "T1",
    }
    assert (told["MSISDN"], told["BillRefNumber"]) == ("2547 ***** 678", "k7m2 p9")
    assert told["TransactionType"] == "Pay Bill"
    assert outside.state()["ledger"][0]["via"] == "c2b"


def test_paybill_refused(outside: Outside, merchant: Merchant) -> None:
    """A refusing validation keeps the money where it was."""
    merchant.register()
    merchant.app.answers = [(200, {}, b'{"ResultCode": "C2B00012", "ResultDesc": "Rejected"}')]
    reason = outside.refused("phones/jane/paybill", shortcode="174379", account="X", amount=5)
    assert "did not accept" in reason
    assert outside.phone("jane")["balance"] == "25000.00"
    assert len(merchant.app.got) == 1


@pytest.mark.parametrize(("kind", "moved"), [("Completed", 1), ("Cancelled", 0)])
def test_silent_validation(outside: Outside, merchant: Merchant, kind: str, moved: int) -> None:
    """When validation does not answer in time, ResponseType decides."""
    merchant.register(ResponseType=kind)
    merchant.app.delay_s = 0.6
    url = f"{outside.url}/sandbox/phones/jane/paybill"
    outside.client.post(url, json={"shortcode": "174379", "account": "X", "amount": "5"})
    assert len(outside.state()["ledger"]) == moved


def test_registration(outside: Outside, merchant: Merchant) -> None:
    """Addresses are checked; with the switch a second registration is refused."""
    good = merchant.register().json()
    assert good["ResponseCode"] == "0"
    assert "OriginatorCoversationID" in good
    assert merchant.register(ResponseType="completed").json()["errorCode"] == "400.003.02"
    bad = merchant.register(ValidationURL="https://x/mpesa")
    assert bad.json()["errorMessage"] == "Bad Request - Invalid ValidationURL"
    outside.switch("C2B registration", "once")
    again = merchant.register()
    assert (again.status_code, again.json()["errorMessage"]) == (
        500, "Urls are already registered.",
    )  # fmt: skip


def test_simulate_v1(outside: Outside, merchant: Merchant) -> None:
    """Simulate pays like a customer; v1 hashes the number."""
    merchant.register("v1")
    outside.switch("C2B validation", "off")
    answer = merchant.post(
        "/mpesa/c2b/v1/simulate",
        {
            "ShortCode": 174379,
            "CommandID": "CustomerPayBillOnline",
            "Amount": 7,
            "Msisdn": int(NOBODY),
            "BillRefNumber": "A",
        },
    )
    assert answer.json()["ResponseCode"] == "0"
    [told] = merchant.app.wait(1, "/c2b/confirmation")
    assert told.json["MSISDN"] == hashlib.sha256(NOBODY.encode()).hexdigest()


@pytest.mark.parametrize("order", ["after callback", "before callback"])
def test_twin(outside: Outside, merchant: Merchant, order: str) -> None:
    """One STK payment told twice: callback and C2B confirmation share the receipt."""
    merchant.register()
    outside.switch("C2B twin", order)
    merchant.push()
    first, second = merchant.app.wait(2)
    twin, callback = (first, second) if order.startswith("before") else (second, first)
    found = metadata(callback.json["Body"]["stkCallback"])
    assert twin.json["TransID"] == found["MpesaReceiptNumber"]
    assert twin.json["TransTime"] == str(found["TransactionDate"])
    assert Decimal(twin.json["TransAmount"]) == 2550
    assert "/confirmation" in twin.path


def test_confirmation_faults(outside: Outside, merchant: Merchant) -> None:
    """A confirmation may be lost or come twice."""
    merchant.register()
    outside.switch("C2B validation", "off")
    outside.switch("C2B confirmation", "lost")
    outside.does("phones/jane/paybill", shortcode="5300001", account="X", amount=5)
    outside.switch("C2B confirmation", "duplicate")
    outside.does("phones/jane/paybill", shortcode="5300001", account="X", amount=6)
    first, second = merchant.app.wait(2, "/c2b/confirmation")
    assert first.raw == second.raw
    assert first.json["TransAmount"] == "6.00"
    assert (first.json["TransactionType"], first.json["BillRefNumber"]) == ("Buy Goods", "")


def test_programs_hold_phones_too(outside: Outside, merchant: Merchant) -> None:
    """With "by program" any number waits for a PIN or a cancel from the control interface."""
    outside.switch("auto payer", "by program")
    checkout_id = merchant.push().json()["CheckoutRequestID"]
    url = f"{outside.url}/sandbox/payers/{NOBODY}"
    assert outside.client.get(url).json()["stk"]["id"] == checkout_id
    assert "must be given" in outside.refused(f"payers/{NOBODY}/pin", stk_id=checkout_id)
    outside.switch("callback", "lost")
    outside.does(f"payers/{NOBODY}/pin", stk_id=checkout_id, pin="1234")
    outside.does(f"payers/{NOBODY}/paybill", shortcode="174379", account="A", amount=5)
    assert [line["via"] for line in outside.state()["ledger"]] == ["stk", "c2b"]
    time.sleep(0.1)
    assert merchant.app.got == []
