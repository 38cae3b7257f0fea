"""Calls from here to the application: loopback only, no redirects, no surprising headers."""

from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx

LOOPBACK = {"127.0.0.1", "localhost", "::1"}


@dataclass(frozen=True)
class Answer:
    """What came back; status 0 means nothing did, and `fault` says why."""

    status: int
    body: bytes = b""
    content_type: str = ""
    retry_after: str = ""
    fault: str = ""

    @property
    def accepted(self) -> bool:
        """Whether the status is 2xx."""
        return 200 <= self.status < 300


def is_loopback(url: str) -> bool:
    """Whether this address stays on this machine; nothing else is ever called."""
    try:
        return (urlsplit(url).hostname or "") in LOOPBACK
    except ValueError:
        return False


class Post:
    """A pool of connections to the application."""

    def __init__(self, timeout_s: float = 60.0) -> None:
        limits = httpx.Limits(max_connections=200, max_keepalive_connections=50)
        self._client = httpx.Client(trust_env=False, verify=False, timeout=timeout_s, limits=limits)
        for header in ("user-agent", "accept"):
            del self._client.headers[header]
        self._client.headers["accept-encoding"] = "gzip, deflate"

    def send(
        self, url: str, content: bytes, headers: dict[str, str], timeout_s: float | None = None
    ) -> Answer:
        """POST these bytes; faults of the network become an answer with status 0."""
        if not is_loopback(url):
            return Answer(0, fault="not delivered: only loopback addresses are called from here")
        limit = httpx.USE_CLIENT_DEFAULT if timeout_s is None else timeout_s
        try:
            response = self._client.post(url, content=content, headers=headers, timeout=limit)
        except httpx.TimeoutException:
            return Answer(0, fault="Connection timed out")
        except httpx.HTTPError as error:
            refused = isinstance(error, httpx.ConnectError)
            return Answer(0, fault="Connection refused" if refused else "Webhook connection closed")
        return Answer(
            response.status_code,
            response.content,
            response.headers.get("content-type", ""),
            response.headers.get("retry-after", ""),
            f"{response.status_code} {response.reason_phrase}",
        )

    def close(self) -> None:
        """Let the connections go."""
        self._client.close()
