"""M-Pesa Kenya through Safaricom's Daraja: push, query and registration over its wire.

One thin client of our own, because a push is never repeated by itself: a second one is a second
live prompt on the payer's phone (facts: daraja 2.4). All rules by facts/daraja.
"""

import base64
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import httpx
import structlog

from models import clock
from models.db import Database
from models.errors import ProviderError
from payments import daraja_codes as codes
from payments import outside, tokens
from payments.gateway import (
    Ask,
    Failed,
    NoAnswer,
    Outcome,
    Pending,
    Rejected,
    Rules,
    Submitted,
    Succeeded,
    Unknown,
    Verdict,
)
from payments.options import Options

log = structlog.get_logger(__name__)

NAIROBI = ZoneInfo("Africa/Nairobi")
RULES = Rules(
    name="daraja",
    method="mpesa",
    currencies=frozenset({"KES"}),
    phone_pattern=r"\+254[17]\d{8}",  # new ranges open every year: no list of prefixes (7.4)
    unit_minor=100,
    largest_minor=25_000_000,
)
# No callback address may contain one of these, in any case (2.2).
FORBIDDEN_WORDS = ("m-pesa", "mpesa", "safaricom", "exe", "exec", "cmd", "sql", "query")
# The refusal happened at the gateway's door: a new token and one more try are safe (1).
STALE_TOKEN = frozenset({"401", "404.001.03", "400.003.01", "401.002.01"})
# Refused before it was carried out, although the status is 5xx (2.3).
REFUSED_BUSY = frozenset({"500.003.02", "500.003.03"})
SHORT_NAME = 12
SHORT_ABOUT = 13


@dataclass(frozen=True)
class Answer:
    """What came back, whatever its shape: `code` is an error's own, or the HTTP status."""

    status: int
    body: dict[str, Any]
    code: str | None
    message: str

    def text(self, name: str) -> str | None:
        """A field that should be text and may be a number."""
        value = self.body.get(name)
        return str(value) if isinstance(value, str | int) and value != "" else None


class Daraja:
    """The gateway; one per process, safe to use from many threads."""

    rules = RULES

    def __init__(
        self, database: Database, options: Options, transport: httpx.BaseTransport | None = None
    ) -> None:
        self.database = database
        self.app_url = options.app_url
        self.options = options.daraja
        self.production = options.production
        # A connection that died while idle would look like a push that was lost on the way.
        self.client = outside.Client(
            base_url=self.options.url,
            timeout=self.options.timeout_s,
            limits=httpx.Limits(max_keepalive_connections=0),
            transport=transport,
        )

    def charge(self, ask: Ask) -> Outcome:
        """Send the prompt, once. Anything short of a plain no or yes is Unknown (2.4)."""
        url = callback_url(self.app_url, self.options.callback_secret, ask.reference)
        if not address_allowed(url, https=self.production):
            return Rejected(codes.BAD_ADDRESS)
        try:
            answer = self._post("/mpesa/stkpush/v1/processrequest", lambda: self._push(ask, url))
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout):
            return Rejected(codes.NO_WAY)
        except httpx.HTTPError as error:
            return Unknown(type(error).__name__)
        except ProviderError:
            return Rejected(codes.NO_TOKEN)
        return read_push(answer)

    def query(self, ask: Ask) -> Verdict:
        """Ask what became of a prompt; a query has no receipt and errs at random (4)."""
        try:
            answer = self._post("/mpesa/stkpushquery/v1/query", lambda: self._query(ask))
        except (httpx.HTTPError, ProviderError) as error:
            return NoAnswer(type(error).__name__)
        return read_query(answer, ask)

    def register_urls(self) -> None:
        """Tell Daraja where to announce money sent without a prompt (5.1).

        Raises ProviderError: in production a second registration is refused until the first is
        deleted in the portal.
        """
        base = f"{self.app_url}/webhooks/daraja/{self.options.callback_secret}/c2b"
        body = {
            "ShortCode": self.options.shortcode,
            "ResponseType": "Completed",
            "ConfirmationURL": f"{base}/confirmation",
            "ValidationURL": f"{base}/validation",
        }
        try:
            answer = self._post("/mpesa/c2b/v2/registerurl", lambda: body)
        except httpx.HTTPError as error:
            raise ProviderError("daraja", type(error).__name__, retryable=True) from error
        if answer.code is not None or answer.text("ResponseCode") not in {"0", "00"}:
            code = answer.code or answer.text("ResponseCode") or str(answer.status)
            raise ProviderError("daraja", code, retryable=False, detail=answer.message)

    def knock(self) -> None:
        """Ask for a token and throw it away: whether Daraja answers, and knows us.

        Raises ProviderError. A worker whose token this cancels asks for another by itself.
        """
        self._mint()

    def _push(self, ask: Ask, url: str) -> dict[str, Any]:
        phone = int((ask.phone or "").removeprefix("+"))
        till = self.options.till
        return {
            **self._credentials(),
            "TransactionType": "CustomerBuyGoodsOnline" if till else "CustomerPayBillOnline",
            "Amount": ask.amount.amount_minor // RULES.unit_minor,
            # Numbers, not text: as text they ended in 1037 for some (2.1).
            "PartyA": phone,
            "PartyB": till or self.options.shortcode,
            "PhoneNumber": phone,
            "CallBackURL": url,
            "AccountReference": ask.account[:SHORT_NAME],
            "TransactionDesc": ask.about[:SHORT_ABOUT],
        }

    def _query(self, ask: Ask) -> dict[str, Any]:
        return {**self._credentials(), "CheckoutRequestID": ask.handle}

    def _credentials(self) -> dict[str, str]:
        """The store number for a till as well; the very timestamp that the password holds."""
        stamp = eat_stamp(clock.real_now())
        plain = f"{self.options.shortcode}{self.options.passkey}{stamp}"
        return {
            "BusinessShortCode": self.options.shortcode,
            "Password": base64.b64encode(plain.encode()).decode(),
            "Timestamp": stamp,
        }

    def _post(self, path: str, body: Any) -> Answer:
        key = f"daraja:{self.options.url}:{self.options.consumer_key}"
        held = tokens.get(self.database, key, self._mint)
        answer = self._send(path, body(), held.token)
        if answer.status == httpx.codes.UNAUTHORIZED or answer.code in STALE_TOKEN:
            tokens.drop(self.database, key, held)
            held = tokens.get(self.database, key, self._mint)
            answer = self._send(path, body(), held.token)
        if answer.code is not None:
            # The message of 401.002.01 holds the token itself, so messages are not logged.
            log.warning("daraja said no", path=path, status=answer.status, code=answer.code)
        return answer

    def _send(self, path: str, body: dict[str, Any], token: str) -> Answer:
        headers = {"Authorization": f"Bearer {token}"}
        return read(self.client.post(path, json=body, headers=headers))

    def _mint(self) -> tuple[str, int]:
        """A new token and its life in seconds, which is text as often as a number (1)."""
        try:
            answer = read(
                self.client.get(
                    "/oauth/v1/generate",
                    params={"grant_type": "client_credentials"},
                    auth=(self.options.consumer_key, self.options.consumer_secret),
                )
            )
            token, lives = answer.text("access_token"), answer.text("expires_in")
            if answer.status == httpx.codes.OK and token:
                return token, int(lives or 0)
        except (httpx.HTTPError, ValueError) as error:
            raise ProviderError("daraja", codes.NO_TOKEN, retryable=True) from error
        log.error("daraja gave no token", status=answer.status, code=answer.code)
        raise ProviderError("daraja", answer.code or codes.NO_TOKEN, retryable=False)


def read(response: httpx.Response) -> Answer:
    """Every shape of answer: JSON, the error envelope, a gateway fault, HTML, nothing (2.3)."""
    try:
        body = response.json()
    except ValueError:
        body = None
    if not isinstance(body, dict):
        code = None if response.status_code == httpx.codes.OK else str(response.status_code)
        return Answer(response.status_code, {}, code, "")
    fault = body.get("fault")
    if isinstance(fault, dict):
        detail = fault.get("detail")
        code = detail.get("errorcode") if isinstance(detail, dict) else None
        return Answer(
            response.status_code,
            body,
            str(code or response.status_code),
            str(fault.get("faultstring") or ""),
        )
    code = body.get("errorCode")
    if code is None and response.status_code >= httpx.codes.BAD_REQUEST:
        code = str(response.status_code)
    message = str(body.get("errorMessage") or body.get("ResponseDescription") or "")
    return Answer(response.status_code, body, None if code is None else str(code), message)


def read_push(answer: Answer) -> Outcome:
    """A push's answer: accepted, refused, or nobody knows."""
    if answer.code is None:
        handle, code = answer.text("CheckoutRequestID"), answer.text("ResponseCode")
        if code == "0" and handle:
            return Submitted(handle, answer.text("MerchantRequestID"))
        refused = code is not None and code != "0"
        return Rejected(f"response/{code}") if refused else Unknown(str(answer.status))
    if answer.code == "500.001.1001":
        return _push_1001(answer.message)
    if answer.code == "400.002.02" and answer.message.endswith("PhoneNumber"):
        return Rejected("400.002.02/PhoneNumber")
    if answer.code in REFUSED_BUSY or answer.code.startswith("policies."):
        return Rejected(answer.code)
    if answer.code.startswith("5") or answer.status >= httpx.codes.INTERNAL_SERVER_ERROR:
        return Unknown(answer.code)
    return Rejected(answer.code)


def _push_1001(message: str) -> Outcome:
    """The one code whose message must be read, for it means several things (2.3)."""
    words = message.lower()
    if "unable to lock" in words or "already in process" in words:
        return Rejected(codes.LOCKED)
    if "wrong credentials" in words:
        return Rejected(codes.WRONG_CREDENTIALS)
    if "merchant does not exist" in words:
        return Rejected(codes.NO_MERCHANT)
    return Unknown("500.001.1001")


def read_query(answer: Answer, ask: Ask) -> Verdict:
    """A query's answer; 500.001.1001 is never a verdict, and unknown codes are none yet (4)."""
    result = answer.text("ResultCode")
    if answer.code is not None or result is None:
        return NoAnswer(answer.code or str(answer.status))
    if answer.text("CheckoutRequestID") not in {None, ask.handle}:
        return NoAnswer("other_request")
    if result == codes.PAID:
        return Succeeded()
    if result == codes.STILL_PROCESSING:
        return Pending()
    return Failed(result) if codes.explain(result).known else NoAnswer(result)


def callback_url(app_url: str, secret: str, reference: str) -> str:
    """Where the news of one attempt goes: our own secret and reference tie it to us (0.1)."""
    return f"{app_url}/webhooks/daraja/{secret}/stk/{reference}"


def address_allowed(url: str, *, https: bool) -> bool:
    """Whether Daraja takes this address: no forbidden word, no capitals in the host, no space."""
    parts = urlsplit(url)
    if https and parts.scheme != "https":
        return False
    clean = " " not in url and parts.netloc == parts.netloc.lower()
    return clean and not any(word in url.lower() for word in FORBIDDEN_WORDS)


def eat_stamp(moment: datetime) -> str:
    """`YYYYMMDDHHmmss` on Nairobi's clock (2.1)."""
    return moment.astimezone(NAIROBI).strftime("%Y%m%d%H%M%S")
