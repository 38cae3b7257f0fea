"""Daraja over HTTP: OAuth, STK push and query, C2B registration and simulation."""

import base64
import time
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from flask import Blueprint, Response, request

from . import daraja_c2b, daraja_checks, daraja_stk, line
from .daraja import Daraja
from .daraja_checks import Body, said
from .daraja_errors import DarajaError, answer, html_503, invalid, refusal, spike_arrest
from .daraja_query import query

TOKEN_S = 3599
ACCEPTED = "Success. Request accepted for processing"
Handle = Callable[[Body], Response]


def _request_id(daraja: Daraja) -> str:
    chance = daraja.world.chance
    return f"{chance.randrange(16**4):04x}-{chance.randrange(16**4):04x}-{chance.randrange(10**14)}"


def _mint(daraja: Daraja) -> Response:
    """OAuth; wrong key and secret answer like a wrong scheme."""
    options, how = daraja.world.options, daraja.world.switches["token"]
    pair = f"{options.daraja_key}:{options.daraja_secret}".encode()
    expected = "Basic " + base64.b64encode(pair).decode()
    if request.headers.get("Authorization", "") != expected:
        if how == "empty 400":
            return Response("", 400)
        raise DarajaError(400, "400.008.01", "Invalid Authentication passed")
    if request.args.get("grant_type") != "client_credentials":
        raise DarajaError(400, "400.008.02", "Invalid grant type passed")
    if how == "one at a time":
        daraja.tokens.clear()
    now = time.monotonic()
    daraja.tokens = {name: end for name, end in daraja.tokens.items() if end > now}
    token = daraja.new_token()
    daraja.tokens[token] = now + TOKEN_S
    return answer(
        {"access_token": token, "expires_in": TOKEN_S if how.startswith("number") else str(TOKEN_S)}
    )


def _check_token(daraja: Daraja, c2b: bool) -> None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme != "Bearer":
        raise DarajaError(404, "404.001.04", "Invalid Authentication Header")
    refused = daraja.world.switches["token"] == "refused"
    if refused or daraja.tokens.get(token, 0.0) <= time.monotonic():
        if c2b:
            raise DarajaError(400, "400.003.01", "Invalid Access Token")
        raise DarajaError(404, "404.001.03", "Invalid Access Token")


def _push(daraja: Daraja, body: Body) -> Response:
    """A push with its faults; "sent" ones leave a live prompt behind."""
    fault = daraja.world.fault("push")
    refused = _push_refused(fault)
    if refused is not None:
        return refused
    with daraja.world.lock:
        prompt = daraja_stk.open_prompt(daraja, daraja_checks.check_push(daraja, body))
    daraja_stk.held_back(prompt)
    if fault == "hang":
        time.sleep(daraja.world.options.hang_s)
    if fault == "lost answer":
        line.cut()
    if fault == "error, prompt sent":
        raise DarajaError(500, "500.003.1001", "Internal Server Error")
    return answer(
        {
            "MerchantRequestID": prompt.merchant_request_id,
            "CheckoutRequestID": prompt.id,
            "ResponseCode": "0",
            "ResponseDescription": ACCEPTED,
            "CustomerMessage": ACCEPTED,
        }
    )


def _push_refused(fault: str) -> Response | None:
    if fault == "system busy":
        busy = "System is busy. Please try again in few minutes."
        raise DarajaError(500, "500.003.02", busy)
    if fault == "error, no prompt":
        raise DarajaError(500, "500.003.1001", "Internal Server Error")
    if fault == "200 with error":
        raise DarajaError(200, "500.003.02", "Error Occurred: Spike Arrest Violation")
    if fault == "HTML 503":
        return html_503()
    return spike_arrest() if fault == "spike arrest" else None


def _register(daraja: Daraja, body: Body, version: str) -> Response:
    with daraja.world.lock:
        merchant, urls = daraja_checks.check_registration(daraja, body)
        if merchant.urls and daraja.world.switches["C2B registration"] == "once":
            raise DarajaError(500, "500.003.1001", "Urls are already registered.")
        merchant.urls = urls | {"version": version}
    return answer(
        {
            "OriginatorCoversationID": _request_id(daraja),
            "ResponseCode": "0",
            "ResponseDescription": "Success",
        }
    )


def _simulate(daraja: Daraja, body: Body, version: str) -> Response:
    amount, msisdn = said(body, "Amount"), said(body, "Msisdn")
    if not amount.isdigit() or int(amount) < 1:
        raise DarajaError(400, "400.003.02", "Bad Request - Invalid Amount")
    if not daraja_checks.MSISDN.fullmatch(msisdn):
        raise DarajaError(400, "400.003.02", "Bad Request - Invalid Msisdn")
    shortcode, account = said(body, "ShortCode"), said(body, "BillRefNumber")
    paid = daraja_c2b.Paid(msisdn, shortcode, account, Decimal(amount), version=version)
    try:
        daraja_c2b.find_merchant(daraja, shortcode)
    except ValueError:
        raise DarajaError(400, "400.003.02", "Bad Request - Invalid ShortCode") from None
    daraja.world.later.run(lambda: _paid_quietly(daraja, paid))
    return answer(
        {
            "OriginatorCoversationID": _request_id(daraja),
            "ResponseCode": "0",
            "ResponseDescription": "Accept the service request successfully.",
        }
    )


def _paid_quietly(daraja: Daraja, paid: daraja_c2b.Paid) -> None:
    try:
        daraja_c2b.pay(daraja, paid)
    except ValueError as refused:
        daraja.world.note("daraja", f"simulated payment refused: {refused}")


def blueprint(daraja: Daraja) -> Blueprint:
    """The routes of api.safaricom.co.ke."""
    routes = Blueprint("daraja", __name__)

    def answered(what: str, work: Callable[[], Response]) -> Response:
        tell = daraja.world.timed("daraja")
        try:
            response = work()
        except DarajaError as error:
            response = refusal(error, _request_id(daraja))
            tell(f"{what} {error.status} {error.code} {error.message}")
            return response
        tell(f"{what} {response.status_code}")
        return response

    @routes.get("/oauth/v1/generate")
    def oauth() -> Response:
        def work() -> Response:
            with daraja.world.lock:
                return _mint(daraja)

        return answered("oauth", work)

    def product(path: str, name: str, handle: Handle, c2b: bool = False) -> None:
        def work() -> Response:
            if request.method != "POST":
                message = f"<{request.method}> Method Not Allowed"
                raise DarajaError(405, "405.001", message)
            _check_token(daraja, c2b)
            return handle(_json("ShortCode" if c2b else "BusinessShortCode"))

        routes.add_url_rule(
            path, name, lambda: answered(name, work), methods=["GET", "POST", "PUT", "DELETE"]
        )

    product("/mpesa/stkpush/v1/processrequest", "stkpush", lambda body: _push(daraja, body))
    product("/mpesa/stkpushquery/v1/query", "stkquery", lambda body: query(daraja, body))
    for version in ("v1", "v2"):
        c2b = f"/mpesa/c2b/{version}/"
        product(
            c2b + "registerurl", f"registerurl {version}", _bound(_register, daraja, version), True
        )
        product(c2b + "simulate", f"simulate {version}", _bound(_simulate, daraja, version), True)
    return routes


def _bound(work: Callable[[Daraja, Body, str], Response], daraja: Daraja, version: str) -> Handle:
    return lambda body: work(daraja, body, version)


def _json(first_field: str) -> dict[str, Any]:
    """The body; anything but JSON looks to Daraja as if the first field were missing."""
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise invalid(first_field)
    return body


def lost_path() -> Response:
    """Any other path."""
    return refusal(DarajaError(404, "404.001.01", "Resource not found"), "0000-0000-0")
