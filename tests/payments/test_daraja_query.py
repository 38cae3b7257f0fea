"""Asking Daraja what became of a prompt; noise is never a verdict."""

import httpx
import pytest

from models.db import Database
from payments.gateway import Failed, NoAnswer, Pending, Succeeded
from tests.payments import bed
from tests.payments.test_daraja import ACCEPTED, ASK, FAULT, HTML, Wire, client, error


def answered(code: object, **more: object) -> httpx.Response:
    """A query's answer."""
    body = {
        "ResponseCode": "0",
        "ResponseDescription": "The service request has been accepted successsfully",
        "MerchantRequestID": bed.SECOND,
        "CheckoutRequestID": bed.HANDLE,
        "ResultCode": code,
        "ResultDesc": "…",
    }
    return httpx.Response(200, json=body | more)


QUERIED = {
    "paid": (answered("0"), Succeeded()),
    "paid, as a number": (answered(0), Succeeded()),
    "pending A": (answered("4999"), Pending()),
    "pending B": (
        error("500.001.1001", "The transaction is being processed"),
        NoAnswer("500.001.1001"),
    ),
    "pending C": (error("500.001.1001", "", 200), NoAnswer("500.001.1001")),
    "noise": (error("500.001.1001", "The transaction does not Exist"), NoAnswer("500.001.1001")),
    "unknown id": (
        error("400.002.02", "Bad Request - Invalid CheckoutRequestID", 400),
        NoAnswer("400.002.02"),
    ),
    "cancelled": (answered("1032"), Failed("1032")),
    "text code": (answered("SFC_IC0003"), Failed("SFC_IC0003")),
    "a code nobody knows": (answered("4242"), NoAnswer("4242")),
    "another's answer": (answered("0", CheckoutRequestID="ws_CO_1"), NoAnswer("other_request")),
    "no result": (httpx.Response(200, json=ACCEPTED), NoAnswer("200")),
    "throttled": (
        httpx.Response(429, json=FAULT),
        NoAnswer("policies.ratelimit.SpikeArrestViolation"),
    ),
    "page": (httpx.Response(403, text=HTML), NoAnswer("403")),
    "down": (httpx.ConnectError("refused"), NoAnswer("ConnectError")),
    "slow": (httpx.ReadTimeout("slow"), NoAnswer("ReadTimeout")),
}


@pytest.mark.parametrize(("answer", "verdict"), QUERIED.values(), ids=QUERIED.keys())
def test_every_answer_to_a_query(
    joined: Database, answer: httpx.Response | Exception, verdict: object
) -> None:
    """Facts 4: three shapes of pending, noise on known payments, text codes; only codes decide."""
    wire = Wire(answer)
    assert client(joined, wire).query(ASK) == verdict


def test_a_query_asks_exactly_four_things(joined: Database) -> None:
    """Fresh timestamp and password, and the id."""
    wire = Wire(answered("0"))
    client(joined, wire).query(ASK)
    assert sorted(wire.body) == ["BusinessShortCode", "CheckoutRequestID", "Password", "Timestamp"]
    assert wire.sent[0].url.path == "/mpesa/stkpushquery/v1/query"
