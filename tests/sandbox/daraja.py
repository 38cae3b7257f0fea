"""A merchant's side of Daraja, as small as can be, for the tests of the sandbox."""

import base64
from dataclasses import dataclass
from typing import Any

import httpx

from tests.sandbox.conftest import App, Outside

PASSKEY = "bfb279f9aa9bdbcf158e97dd71a467cd2e0c893059b10f78e6b72ada1ed2c919"
STAMP = "20261120094100"
JANE = "254712345678"
NOBODY = "254733000000"  # has no phone on the page: pays by itself


def password(shortcode: str = "174379", passkey: str = PASSKEY, stamp: str = STAMP) -> str:
    return base64.b64encode(f"{shortcode}{passkey}{stamp}".encode()).decode()


@dataclass
class Merchant:
    """Calls Daraja with a token and strict, correct fields."""

    outside: Outside
    app: App
    token: str = ""

    def mint(self) -> str:
        answer = self.outside.client.get(
            f"{self.outside.url}/oauth/v1/generate?grant_type=client_credentials",
            auth=("sandbox-key", "sandbox-secret"),
        )
        self.token = answer.json()["access_token"]
        return self.token

    def post(self, path: str, body: dict[str, Any]) -> httpx.Response:
        if not self.token:
            self.mint()
        headers = {"Authorization": f"Bearer {self.token}"}
        return self.outside.client.post(f"{self.outside.url}{path}", json=body, headers=headers)

    def push_body(self, **changes: Any) -> dict[str, Any]:
        return {
            "BusinessShortCode": 174379,
            "Password": password(),
            "Timestamp": STAMP,
            "TransactionType": "CustomerPayBillOnline",
            "Amount": 2550,
            "PartyA": int(NOBODY),
            "PartyB": "174379",
            "PhoneNumber": int(NOBODY),
            "CallBackURL": f"{self.app.url}/stk/1",
            "AccountReference": "K7M2P9",
            "TransactionDesc": "Invoice",
        } | changes

    def push(self, **changes: Any) -> httpx.Response:
        return self.post("/mpesa/stkpush/v1/processrequest", self.push_body(**changes))

    def query(self, checkout_id: str) -> httpx.Response:
        body = {
            "BusinessShortCode": "174379",
            "Password": password(),
            "Timestamp": STAMP,
            "CheckoutRequestID": checkout_id,
        }
        return self.post("/mpesa/stkpushquery/v1/query", body)

    def register(self, version: str = "v2", **changes: Any) -> httpx.Response:
        body = {
            "ShortCode": "174379",
            "ResponseType": "Completed",
            "ConfirmationURL": f"{self.app.url}/c2b/confirmation",
            "ValidationURL": f"{self.app.url}/c2b/validation",
        } | changes
        return self.post(f"/mpesa/c2b/{version}/registerurl", body)

    def callbacks(self, count: int) -> list[dict[str, Any]]:
        found = self.app.wait(count, "/stk/")
        return [one.json["Body"]["stkCallback"] for one in found]


def metadata(callback: dict[str, Any]) -> dict[str, Any]:
    items = callback["CallbackMetadata"]["Item"]
    return {item["Name"]: item.get("Value") for item in items}
