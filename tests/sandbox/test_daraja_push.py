"""OAuth and STK push: what is accepted, what is refused and in which words."""

import re
import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.sandbox.conftest import App, Outside
from tests.sandbox.daraja import JANE, NOBODY, Merchant, metadata, password


@pytest.fixture
def merchant(outside: Outside, app: App) -> Merchant:
    outside.switch("query noise", "off")
    return Merchant(outside, app)


def refused(answer: httpx.Response) -> tuple[int, str, str]:
    body = answer.json()
    assert set(body) == {"requestId", "errorCode", "errorMessage"}
    return answer.status_code, body["errorCode"], body["errorMessage"]


def test_tokens(outside: Outside, merchant: Merchant) -> None:
    """28 signs, a string of seconds; wrong schemes and grants have their own codes."""
    url = f"{outside.url}/oauth/v1/generate"
    right = ("sandbox-key", "sandbox-secret")
    good = outside.client.get(url + "?grant_type=client_credentials", auth=right).json()
    assert (len(good["access_token"]), good["expires_in"]) == (28, "3599")
    assert refused(outside.client.get(url + "?grant_type=client_credentials")) == (
        400, "400.008.01", "Invalid Authentication passed",
    )  # fmt: skip
    assert refused(outside.client.get(url, auth=right)) == (
        400, "400.008.02", "Invalid grant type passed",
    )  # fmt: skip
    outside.switch("token", "number expires_in")
    good = outside.client.get(url + "?grant_type=client_credentials", auth=right).json()
    assert good["expires_in"] == 3599


def test_bad_token_is_404(outside: Outside, merchant: Merchant) -> None:
    """An expired token is 404 on a push, 400 on C2B; one at a time cancels the older one."""
    old = merchant.mint()
    outside.switch("token", "expire now")
    assert refused(merchant.push()) == (404, "404.001.03", "Invalid Access Token")
    assert refused(merchant.register())[:2] == (400, "400.003.01")
    outside.switch("token", "one at a time")
    old = merchant.mint()
    merchant.mint()
    assert merchant.push().status_code == 200
    merchant.token = old
    assert merchant.push().status_code == 404
    bare = outside.client.post(f"{outside.url}/mpesa/stkpush/v1/processrequest", json={})
    assert refused(bare)[1] == "404.001.04"
    wrong = outside.client.get(f"{outside.url}/mpesa/stkpush/v1/processrequest")
    assert refused(wrong)[:2] == (405, "405.001")
    assert refused(outside.client.post(f"{outside.url}/mpesa/nothing"))[1] == "404.001.01"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BusinessShortCode", "1743"),
        ("Timestamp", "20261320094100"),
        ("TransactionType", "Pay"),
        ("Amount", "10.50"),
        ("Amount", 0),
        ("Amount", 250_001),
        ("Amount", 10.0),
        ("PartyA", "0712345678"),
        ("PhoneNumber", "+254712345678"),
        ("PhoneNumber", 254612345678),
        ("PartyB", ""),
        ("CallBackURL", "https://x.co.ke/mpesa/cb"),
        ("CallBackURL", "https://x.co.ke/cb?Query=1"),
        ("CallBackURL", "https://x.co.ke/cb /1"),
        ("CallBackURL", "https://X.co.ke/cb"),
        ("CallBackURL", "x.co.ke/cb"),
        ("AccountReference", "K7M2P9K7M2P9X"),
        ("AccountReference", "INV-7"),
        ("TransactionDesc", "fourteen signs"),
    ],
)
def test_names_the_bad_field(merchant: Merchant, name: str, value: Any) -> None:
    """A field that does not fit is refused by name."""
    expected = (400, "400.002.02", f"Bad Request - Invalid {name}")
    assert refused(merchant.push(**{name: value})) == expected


def test_form_instead_of_json(outside: Outside, merchant: Merchant) -> None:
    """A form looks like a missing first field."""
    merchant.mint()
    answer = outside.client.post(
        f"{outside.url}/mpesa/stkpush/v1/processrequest",
        data=merchant.push_body(),
        headers={"Authorization": f"Bearer {merchant.token}"},
    )
    assert refused(answer)[2] == "Bad Request - Invalid BusinessShortCode"


def test_password_and_shortcode(merchant: Merchant) -> None:
    """A wrong password and an unknown shortcode share a code and differ in words."""
    wrong = merchant.push(Password=password(passkey="x"))
    assert refused(wrong) == (500, "500.001.1001", "Wrong credentials")
    assert refused(merchant.push(BusinessShortCode=174380)) == (
        500, "500.001.1001", "Merchant does not exist",
    )  # fmt: skip


def test_success(outside: Outside, merchant: Merchant) -> None:
    """Accepted, paid by the automatic payer, called back in the real shape, in the ledger."""
    before = time.monotonic()
    answer = merchant.push()
    body = answer.json()
    assert body["ResponseCode"] == "0"
    assert re.fullmatch(r"ws_CO_\d{14}\d{1,3}733000000", body["CheckoutRequestID"])
    [got] = merchant.app.wait(1, "/stk/")
    assert time.monotonic() - before < 2
    headers = {name.lower(): value for name, value in got.headers.items()}
    assert headers["content-type"] == "application/json;charset=UTF-8"
    assert headers["businessshortcode"] == "174379"
    assert b'"Value": 2550.00' in got.raw
    callback = got.json["Body"]["stkCallback"]
    assert callback["ResultCode"] == 0
    assert callback["CheckoutRequestID"] == body["CheckoutRequestID"]
    assert callback["MerchantRequestID"] == body["MerchantRequestID"]
    found = metadata(callback)
    assert found["PhoneNumber"] == int(NOBODY)
    assert re.fullmatch(r"\d{14}", str(found["TransactionDate"]))
    assert re.fullmatch(r"[A-Z0-9]{10}", found["MpesaReceiptNumber"])
    assert "Balance" not in found
    [line] = outside.state()["ledger"]
    assert line["receipt"] == found["MpesaReceiptNumber"]
    assert (line["amount"], line["account"], line["via"]) == ("2550.00", "K7M2P9", "stk")


def test_pays_on_the_page(outside: Outside, merchant: Merchant) -> None:
    """Jane sees the prompt, types her PIN, pays, and both get a text message."""
    merchant.push(PhoneNumber=JANE, PartyA=JANE)
    prompt = outside.phone("jane")["stk"]
    assert (prompt["business"], prompt["amount"], prompt["account"]) == (
        "Wanjiru Hardware", "2550", "K7M2P9",
    )  # fmt: skip
    outside.does("phones/jane/pin", stk_id=prompt["id"], pin="1234")
    [callback] = merchant.callbacks(1)
    assert callback["ResultCode"] == 0
    jane = outside.phone("jane")
    assert (jane["balance"], jane["stk"]) == ("22450.00", None)
    receipt = metadata(callback)["MpesaReceiptNumber"]
    assert jane["sms"][-1]["text"].startswith(
        f"{receipt} Confirmed. Ksh2,550.00 sent to Wanjiru Hardware for account K7M2P9 on "
    )
    assert receipt in outside.phone("wanjiru")["sms"][-1]["text"]
    assert "no longer open" in outside.refused("phones/jane/pin", stk_id=prompt["id"], pin="1234")


@pytest.mark.parametrize(
    ("phone", "act", "code"),
    [
        ("254712345678", {"pin": "0000"}, 2001),
        ("254712345678", None, 1032),
        ("254722000222", {"pin": "1234"}, 1),
        ("254708374149", {}, 1037),
        ("254712345678", {}, 1037),
    ],
)
def test_ways_to_fail(
    outside: Outside, merchant: Merchant, phone: str, act: dict[str, str] | None, code: int
) -> None:
    """Wrong PIN, cancel, no money, never an answer: no metadata, no money moved."""
    merchant.push(PhoneNumber=phone, PartyA=phone)
    name = "otieno" if phone.endswith("222") else "jane"
    prompt = outside.phone(name)["stk"]
    if act is None:
        outside.does("phones/jane/stk_cancel", stk_id=prompt["id"])
    elif act:
        outside.does(f"phones/{name}/pin", stk_id=prompt["id"], **act)
    [callback] = merchant.callbacks(1)
    assert callback["ResultCode"] == code
    assert "CallbackMetadata" not in callback
    assert outside.state()["ledger"] == []


@pytest.mark.parametrize(
    ("switch", "code"),
    [("cancels", 1032), ("ignores", 1037), ("wrong PIN", 2001), ("no money", 1),
     ("unreachable", 1037)],
)  # fmt: skip
def test_automatic_payers(outside: Outside, merchant: Merchant, switch: str, code: int) -> None:
    """Payers without a phone do as the switch says."""
    outside.switch("auto payer", switch)
    merchant.push()
    assert merchant.callbacks(1)[0]["ResultCode"] == code


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"PartyB": "5300001"}, 2028),
        ({"TransactionType": "CustomerBuyGoodsOnline"}, 2028),
        ({"PartyB": "999999"}, "SFC_IC0003"),
        ({"TransactionType": "CustomerBuyGoodsOnline", "PartyB": "5300001"}, 0),
    ],
)
def test_till_rules(merchant: Merchant, fields: dict[str, str], code: int | str) -> None:
    """A till is paid with its own number and type; a mix-up shows in the callback only."""
    assert merchant.push(**fields).json()["ResponseCode"] == "0"
    assert merchant.callbacks(1)[0]["ResultCode"] == code


def test_locks_a_phone(outside: Outside, merchant: Merchant) -> None:
    """A second prompt within a minute is refused, open or not; a switch lifts it."""
    merchant.push()
    merchant.callbacks(1)
    status, code, message = refused(merchant.push(Amount=10))
    assert (status, code) == (500, "500.001.1001")
    assert message.startswith("Unable to lock subscriber")
    assert merchant.push(PhoneNumber="254733000001").status_code == 200
    outside.switch("limits", "off")
    assert merchant.push(Amount=10).status_code == 200


def test_same_amount_again(start: Callable[..., Outside], app: App) -> None:
    """The same amount within two minutes ends as 17, another amount is paid."""
    merchant = Merchant(start(lock_s=0.0), app)
    merchant.push()
    merchant.callbacks(1)
    merchant.push()
    merchant.callbacks(2)
    merchant.push(Amount=10)
    assert [callback["ResultCode"] for callback in merchant.callbacks(3)] == [0, 17, 0]


@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [
        ("system busy", 500, "500.003.02"),
        ("error, no prompt", 500, "500.003.1001"),
        ("200 with error", 200, "500.003.02"),
    ],
)
def test_push_faults_without_prompt(
    outside: Outside, merchant: Merchant, fault: str, status: int, code: str
) -> None:
    """These refuse and leave nothing behind."""
    outside.switch("push", fault)
    assert refused(merchant.push())[:2] == (status, code)
    time.sleep(0.1)
    assert outside.state()["ledger"] == []


def test_push_faults_with_prompt(outside: Outside, merchant: Merchant) -> None:
    """An error or a cut line may hide a live prompt: the callback still comes."""
    outside.switch("how often", "next time only")
    outside.switch("push", "error, prompt sent")
    assert refused(merchant.push())[1] == "500.003.1001"
    outside.switch("push", "lost answer")
    with pytest.raises(httpx.NetworkError):
        merchant.push(PhoneNumber="254733000001")
    outside.switch("push", "hang")
    began = time.monotonic()
    assert merchant.push(PhoneNumber="254733000002").status_code == 200
    assert time.monotonic() - began >= 0.5
    assert len(merchant.callbacks(3)) == 3
    outside.switch("push", "HTML 503")
    assert merchant.push().headers["content-type"] == "text/html"
    outside.switch("push", "spike arrest")
    assert "fault" in merchant.push().json()
