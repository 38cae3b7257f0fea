"""Twilio's REST API: its client over our own connections, and what it raises in our words."""

import json
import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import httpx
from twilio.base.exceptions import TwilioException, TwilioRestException  # type: ignore[import-untyped] # it has no types
from twilio.http import HttpClient  # type: ignore[import-untyped] # it has no types
from twilio.http.response import Response  # type: ignore[import-untyped] # it has no types
from twilio.rest import Client  # type: ignore[import-untyped] # it has no types

from bot.channel import SendError, Trouble
from bot.options import TwilioOptions
from bot.twilio_codes import NAME, THROTTLED_S, of_code

TIMEOUT_S = 10
CONNECTIONS = 48  # Twilio limits calls in flight per account (facts: chat-channels 2.9)
MOST_LISTED = 200
MOST_CARD_BYTES = 64_000
HOSTS = {"api.twilio.com": "api_url", "content.twilio.com": "content_url"}


def of_error(error: Exception) -> SendError:
    """What the client raised; whatever may have been sent is UNKNOWN and asked about first."""
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout):
        return SendError(NAME, "connect", Trouble.AGAIN, detail=type(error).__name__)
    if isinstance(error, httpx.TimeoutException):
        return SendError(NAME, "timeout", Trouble.UNKNOWN)
    if isinstance(error, httpx.HTTPError):
        return SendError(NAME, "network", Trouble.UNKNOWN, detail=type(error).__name__)
    if isinstance(error, json.JSONDecodeError | KeyError):
        return SendError(NAME, "unreadable", Trouble.UNKNOWN)
    status = int(getattr(error, "status", 0) or 0)
    code = str(getattr(error, "code", "") or status or "rest")
    words = error.msg if isinstance(error, TwilioRestException) else str(error)
    if status >= 500:
        return SendError(NAME, f"http {status}", Trouble.UNKNOWN, detail=words)
    if status == 429:
        return SendError(NAME, code, Trouble.WAIT, wait_s=THROTTLED_S, detail=words)
    return of_code(code, words)


RAISED = (httpx.HTTPError, TwilioException, json.JSONDecodeError, KeyError)


class Http(HttpClient):  # type: ignore[misc] # it has no types
    """Twilio's calls through httpx, which keeps connections for many threads and has time limits."""

    def __init__(self, options: TwilioOptions) -> None:
        super().__init__(logging.getLogger("twilio.http_client"), is_async=False, timeout=TIMEOUT_S)
        limits = httpx.Limits(max_connections=CONNECTIONS)
        self.client = httpx.Client(timeout=TIMEOUT_S, trust_env=False, limits=limits)
        self._bases = {host: getattr(options, name) for host, name in HOSTS.items()}

    def request(
        self,
        method: str,
        uri: str,
        params: Mapping[str, object] | None = None,
        data: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: object = None,
        allow_redirects: bool = False,
    ) -> Response:
        """One call to the configured address. Raises httpx.HTTPError."""
        del timeout  # ours holds for every call
        answer = self.client.request(
            method,
            self.placed(uri),
            params=_form(params),
            data=_form(data),
            headers=dict(headers or {}),
            auth=auth,
            follow_redirects=allow_redirects,
        )
        return Response(answer.status_code, answer.text, answer.headers)

    def placed(self, uri: str) -> str:
        """A Twilio address under the configured one of its service."""
        parts = urlsplit(uri)
        base = self._bases.get(parts.hostname or "")
        query = f"?{parts.query}" if parts.query else ""
        return f"{base}{parts.path}{query}" if base else uri


def _form(fields: Mapping[str, object] | None) -> Any:
    """Only what is set; a list repeats its name."""
    return {name: value for name, value in (fields or {}).items() if value is not None}


class Rest:
    """What we ask of Twilio. Every call blocks; raises what `RAISED` lists."""

    def __init__(self, options: TwilioOptions) -> None:
        self.options = options
        self._http = Http(options)
        # An environment of our own: the library would read TWILIO_REGION and TWILIO_EDGE.
        self.client = Client(
            options.account_sid,
            options.auth_token,
            http_client=self._http,
            environment={"none": "none"},
        )

    def create(self, **fields: Any) -> str:
        """Create a message; its sid."""
        sid = self.client.messages.create(**fields).sid
        if not sid:
            raise KeyError("sid")  # an answer that is none
        return str(sid)

    def sent_to(self, address: str) -> list[Any]:
        """Our newest messages to an address, the newest first."""
        return list(self.client.messages.list(to=address, limit=20))

    def received(self, address: str, since: datetime) -> list[Any]:
        """Messages to our own address since a moment, the newest first."""
        return list(self.client.messages.list(to=address, date_sent_after=since, limit=MOST_LISTED))

    def as_form(self, message: Any) -> dict[str, str]:
        """A listed message in the fields its webhook would have had, as far as they are told."""
        form = {
            "MessageSid": str(message.sid),
            "From": str(message.from_),
            "To": str(message.to),
            "Body": message.body or "",
            "NumMedia": str(message.num_media or 0),
        }
        if form["NumMedia"] != "0":
            for number, media in enumerate(self.client.messages(message.sid).media.list(limit=1)):
                address = str(media.uri).removesuffix(".json")
                form[f"MediaUrl{number}"] = f"{self.options.api_url}{address}"
                form[f"MediaContentType{number}"] = str(media.content_type)
        return form

    def fetch_text(self, url: str) -> str:
        """A small text file that somebody sent us; empty for any other address than Twilio's.

        The login goes to Twilio alone: httpx drops it where a redirect leaves the host
        (facts: chat-channels 2.8).
        """
        if not url.startswith((f"{self.options.api_url}/", "https://api.twilio.com/")):
            return ""
        auth = (self.options.account_sid, self.options.auth_token)
        answer = self._http.client.get(self._http.placed(url), auth=auth, follow_redirects=True)
        answer.raise_for_status()
        return answer.content[:MOST_CARD_BYTES].decode("utf-8", "replace")

    def fetch_picture(self, url: str, most_bytes: int) -> bytes:
        """A picture that somebody sent us, cut off above `most_bytes`; empty for other addresses.

        As above the login goes to Twilio alone (facts: chat-channels 2.8).
        """
        if not url.startswith((f"{self.options.api_url}/", "https://api.twilio.com/")):
            return b""
        auth = (self.options.account_sid, self.options.auth_token)
        found = bytearray()
        placed = self._http.placed(url)
        with self._http.client.stream("GET", placed, auth=auth, follow_redirects=True) as answer:
            answer.raise_for_status()
            for piece in answer.iter_bytes():
                found += piece
                if len(found) > most_bytes:
                    break
        return bytes(found)

    def close(self) -> None:
        """Give the connections back."""
        self._http.client.close()
