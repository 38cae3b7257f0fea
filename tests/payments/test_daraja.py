"""Daraja over its wire: what we send, and every shape in which it answers."""

import base64
import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from models.db import Database
from models.errors import ProviderError
from models.money import Money
from payments import daraja, daraja_codes
from payments.daraja import Daraja
from payments.gateway import Ask, Rejected, Submitted, Unknown
from payments.options import Options
from tests.payments import bed

ASK = Ask(
    merchant_id=1,
    attempt_id=2,
    reference="ab" * 16,
    amount=Money(255_000, "KES"),
    phone=bed.PHONE,
    account="K7M2P9A",
    about="INV-2026-000012345",
    handle=bed.HANDLE,
    second_handle=bed.SECOND,
)


ACCEPTED = {
    "MerchantRequestID": bed.SECOND,
    "CheckoutRequestID": bed.HANDLE,
    "ResponseCode": "0",
    "ResponseDescription": "Success. Request accepted for processing",
    "CustomerMessage": "Success. Request accepted for processing",
}


class Wire:
    """Answers in turn, and keeps what was sent; tokens are numbered."""

    def __init__(self, *answers: httpx.Response | Exception) -> None:
        self.answers = list(answers)
        self.sent: list[httpx.Request] = []
        self.minted = 0
        self.token: Callable[[int], httpx.Response] = lambda n: httpx.Response(
            200, json={"access_token": f"token-{n}", "expires_in": "3599"}
        )

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/oauth/v1/generate":
            self.minted += 1
            self.minting = request
            return self.token(self.minted)
        self.sent.append(request)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    @property
    def body(self) -> dict[str, Any]:
        """What was sent last."""
        found: dict[str, Any] = json.loads(self.sent[-1].content)
        return found


def client(database: Database, wire: Wire, options: Options | None = None) -> Daraja:
    """The gateway on a wire of the test's own."""
    return Daraja(database, options or bed.options(), httpx.MockTransport(wire))


def error(code: str, message: str, status: int = 500) -> httpx.Response:
    """Daraja's error envelope."""
    body = {"requestId": "1c5b-4ba8-815c", "errorCode": code, "errorMessage": message}
    return httpx.Response(status, json=body)


def test_a_push_as_the_portal_wants_it(joined: Database) -> None:
    """Facts 2.1: EAT timestamp, password of it, phones as numbers, whole shillings, short texts."""
    wire = Wire(httpx.Response(200, json=ACCEPTED))
    assert client(joined, wire).charge(ASK) == Submitted(bed.HANDLE, bed.SECOND)
    stamp = "20261120100000"
    assert wire.body == {
        "BusinessShortCode": bed.SHORTCODE,
        "Password": base64.b64encode(f"{bed.SHORTCODE}passkey{stamp}".encode()).decode(),
        "Timestamp": stamp,
        "TransactionType": "CustomerPayBillOnline",
        "Amount": 2550,
        "PartyA": 254712345678,
        "PartyB": bed.SHORTCODE,
        "PhoneNumber": 254712345678,
        "CallBackURL": f"https://bili.example/webhooks/daraja/{bed.SECRET}/stk/{'ab' * 16}",
        "AccountReference": "K7M2P9A",
        "TransactionDesc": "INV-2026-0000",
    }
    request = wire.sent[0]
    assert request.url.path == "/mpesa/stkpush/v1/processrequest"
    assert request.headers["Content-Type"] == "application/json"
    assert request.headers["Authorization"].startswith("Bearer token-")


def test_a_till_is_paid_through_its_store(joined: Database) -> None:
    """Facts 0.1: store number in BusinessShortCode and password, till in PartyB."""
    wire = Wire(httpx.Response(200, json=ACCEPTED))
    client(joined, wire, bed.options(till="5300001")).charge(ASK)
    assert wire.body["TransactionType"] == "CustomerBuyGoodsOnline"
    assert wire.body["BusinessShortCode"] == bed.SHORTCODE
    assert wire.body["PartyB"] == "5300001"


HTML = "<html><head><title>Request Rejected</title></head><body>Incapsula incident</body></html>"


FAULT = {
    "fault": {
        "faultstring": "Spike arrest violation. Allowed rate : 5ps",
        "detail": {"errorcode": "policies.ratelimit.SpikeArrestViolation"},
    }
}


GATEWAY_FAULT = {
    "fault": {
        "faultstring": "Gateway Timeout",
        "detail": {"errorcode": "messaging.adaptors.http.flow.GatewayTimeout"},
    }
}


PUSHED = {
    "field": (error("400.002.02", "Bad Request - Invalid Amount", 400), Rejected("400.002.02")),
    "phone": (
        error("400.002.02", "Bad Request - Invalid PhoneNumber", 400),
        Rejected("400.002.02/PhoneNumber"),
    ),
    "no merchant": (
        error("500.001.1001", "Merchant does not exist"),
        Rejected(daraja_codes.NO_MERCHANT),
    ),
    "credentials": (
        error("500.001.1001", "[MerchantValidate] - Wrong credentials"),
        Rejected(daraja_codes.WRONG_CREDENTIALS),
    ),
    "locked": (
        error(
            "500.001.1001",
            "Unable to lock subscriber, a transaction is already in process for the"
            " current subscriber",
        ),
        Rejected(daraja_codes.LOCKED),
    ),
    "1001 of another kind": (error("500.001.1001", ""), Unknown("500.001.1001")),
    "busy": (error("500.003.02", "System is busy."), Rejected("500.003.02")),
    "quota": (error("500.003.03", "Quota Violation"), Rejected("500.003.03")),
    "internal": (error("500.003.1001", "Internal Server Error"), Unknown("500.003.1001")),
    "spike arrest": (
        httpx.Response(429, json=FAULT),
        Rejected("policies.ratelimit.SpikeArrestViolation"),
    ),
    "gateway timeout": (
        httpx.Response(504, json=GATEWAY_FAULT),
        Unknown("messaging.adaptors.http.flow.GatewayTimeout"),
    ),
    "firewall 403": (httpx.Response(403, text=HTML), Rejected("403")),
    "firewall 503": (httpx.Response(503, text=HTML), Unknown("503")),
    "200 with an error": (error("500.003.02", "Spike Arrest", 200), Rejected("500.003.02")),
    "200 with a page": (httpx.Response(200, text=HTML), Unknown("200")),
    "200 with nothing": (httpx.Response(200), Unknown("200")),
    "200 with a list": (httpx.Response(200, json=[1]), Unknown("200")),
    "200 without an id": (httpx.Response(200, json={"ResponseCode": "0"}), Unknown("200")),
    "refused politely": (
        httpx.Response(200, json=ACCEPTED | {"ResponseCode": "1"}),
        Rejected("response/1"),
    ),
    "a number": (
        httpx.Response(200, json=ACCEPTED | {"ResponseCode": 0}),
        Submitted(bed.HANDLE, bed.SECOND),
    ),
    "404 of another kind": (error("404.001.01", "Resource not found", 404), Rejected("404.001.01")),
    "a redirect": (httpx.Response(302, headers={"Location": "/"}), Rejected("302")),
    "never left": (httpx.ConnectError("refused"), Rejected(daraja_codes.NO_WAY)),
    "no way in time": (httpx.ConnectTimeout("slow"), Rejected(daraja_codes.NO_WAY)),
    "lost answer": (httpx.ReadTimeout("slow"), Unknown("ReadTimeout")),
    "cut": (httpx.RemoteProtocolError("cut"), Unknown("RemoteProtocolError")),
    "half sent": (httpx.WriteError("reset"), Unknown("WriteError")),
}


@pytest.mark.parametrize(("answer", "outcome"), PUSHED.values(), ids=PUSHED.keys())
def test_every_answer_to_a_push(
    joined: Database, answer: httpx.Response | Exception, outcome: object
) -> None:
    """Facts 2.3 and 2.4: a plain no, a plain yes, or nobody knows; never sent twice."""
    wire = Wire(answer)
    assert client(joined, wire).charge(ASK) == outcome
    assert len(wire.sent) == 1


STALE = {
    "push": error("404.001.03", "Invalid Access Token", 404),
    "c2b": error("400.003.01", "Invalid Access Token", 400),
    "other products": error("401.002.01", "Error Occurred - Invalid Access Token - abc", 401),
    "bare 401": httpx.Response(401, text=""),
    "fault 401": httpx.Response(
        401,
        json={
            "fault": {
                "faultstring": "Invalid access token",
                "detail": {"errorcode": "keymanagement.service.invalid_access_token"},
            }
        },
    ),
}


@pytest.mark.parametrize("stale", STALE.values(), ids=STALE.keys())
def test_a_refused_token_is_minted_once_and_the_push_sent_once_more(
    joined: Database, stale: httpx.Response
) -> None:
    """It was refused at the door, so that resending is safe (facts 1)."""
    wire = Wire(stale, httpx.Response(200, json=ACCEPTED))
    assert client(joined, wire).charge(ASK) == Submitted(bed.HANDLE, bed.SECOND)
    tokens = [request.headers["Authorization"] for request in wire.sent]
    assert tokens == ["Bearer token-1", "Bearer token-2"]


def test_a_token_refused_twice_is_a_refusal(joined: Database) -> None:
    """One resend, not a loop."""
    wire = Wire(STALE["push"], STALE["push"])
    assert client(joined, wire).charge(ASK) == Rejected("404.001.03")
    assert (wire.minted, len(wire.sent)) == (2, 2)


@pytest.mark.parametrize(
    "answer",
    [
        error("400.008.01", "Invalid Authentication passed", 400),
        httpx.Response(400),
        httpx.Response(503, text=HTML),
        httpx.Response(200, json={"access_token": "t", "expires_in": "soon"}),
    ],
)
def test_without_a_token_nothing_is_sent(joined: Database, answer: httpx.Response) -> None:
    """The payer was certainly not asked."""
    wire = Wire()
    wire.token = lambda _n: answer
    assert client(joined, wire).charge(ASK) == Rejected(daraja_codes.NO_TOKEN)
    assert wire.sent == []


def test_the_token_is_asked_for_by_key_and_secret(joined: Database) -> None:
    """And its life may be a number as well."""
    wire = Wire(httpx.Response(200, json=ACCEPTED))
    wire.token = lambda _n: httpx.Response(200, json={"access_token": "t", "expires_in": 3599})
    client(joined, wire).charge(ASK)
    assert (
        wire.minting.headers["Authorization"] == "Basic " + base64.b64encode(b"key:secret").decode()
    )
    assert wire.minting.url.params["grant_type"] == "client_credentials"


@pytest.mark.parametrize(
    ("app_url", "https", "fine"),
    [
        ("https://bili.example", True, True),
        ("http://127.0.0.1:8000", False, True),
        ("http://bili.example", True, False),
        ("https://mpesa.example", True, False),
        ("https://M-PESA.example", True, False),
        ("https://Bili.example", True, False),
        ("https://bili.example/my sql", True, False),
        ("https://bili.example/execute", True, False),
    ],
)
def test_addresses_daraja_takes(app_url: str, https: bool, fine: bool) -> None:
    """Facts 2.2: https in production, none of the forbidden words, no capitals in the host."""
    url = daraja.callback_url(app_url, bed.SECRET, "ab" * 16)
    assert daraja.address_allowed(url, https=https) is fine


def test_our_own_addresses_hold_no_forbidden_word() -> None:
    """Nothing in our paths, nor anything hex, can spell one."""
    url = daraja.callback_url("https://bili.example", "0123456789abcdef", "0123456789abcdef")
    assert not any(word in url for word in daraja.FORBIDDEN_WORDS)


def test_a_forbidden_address_is_never_sent(joined: Database) -> None:
    """The refusal is ours, with a code of its own."""
    wire = Wire()
    at = bed.options(app_url="https://safaricom.example")
    assert client(joined, wire, at).charge(ASK) == Rejected(daraja_codes.BAD_ADDRESS)


def test_addresses_for_unasked_money_are_registered(joined: Database) -> None:
    """Facts 5.1: v2, so that phones come masked; what M-Pesa does when we are away is `Completed`."""
    wire = Wire(httpx.Response(200, json={"ResponseCode": "0", "ResponseDescription": "Success"}))
    client(joined, wire).register_urls()
    base = f"https://bili.example/webhooks/daraja/{bed.SECRET}/c2b"
    assert wire.sent[0].url.path == "/mpesa/c2b/v2/registerurl"
    assert wire.body == {
        "ShortCode": bed.SHORTCODE,
        "ResponseType": "Completed",
        "ConfirmationURL": f"{base}/confirmation",
        "ValidationURL": f"{base}/validation",
    }


def test_a_second_registration_is_told(joined: Database) -> None:
    """In production once: the operator reads why."""
    wire = Wire(error("500.003.1001", "Urls are already registered."))
    with pytest.raises(ProviderError) as told:
        client(joined, wire).register_urls()
    assert (told.value.code, told.value.detail) == ("500.003.1001", "Urls are already registered.")
