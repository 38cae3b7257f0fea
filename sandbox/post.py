"""Calls from here to the application: loopback only, no redirects, no surprising headers."""

import base64
import gzip
import http.client
import select
import ssl
import threading
import zlib
from dataclasses import dataclass
from urllib.parse import SplitResult, unquote, urlsplit

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
MOST_IDLE = 64
Line = http.client.HTTPConnection
Where = tuple[str, str, int | None]


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
    """A pool of lines to the application; a line is used by one call at a time."""

    def __init__(self, timeout_s: float = 60.0) -> None:
        self._timeout_s = timeout_s
        self._lock = threading.Lock()
        self._idle: dict[Where, list[Line]] = {}
        self._closed = False

    def send(
        self, url: str, content: bytes, headers: dict[str, str], timeout_s: float | None = None
    ) -> Answer:
        """POST these bytes; faults of the network become an answer with status 0."""
        if not is_loopback(url):
            return Answer(0, fault="not delivered: only loopback addresses are called from here")
        address = urlsplit(url)
        where = (address.scheme, address.hostname or "", address.port)
        line = self._take(where)
        try:
            answer = self._call(line, address, content, headers, timeout_s or self._timeout_s)
        except TimeoutError:
            answer = Answer(0, fault="Connection timed out")
        except ConnectionRefusedError:
            answer = Answer(0, fault="Connection refused")
        except (OSError, http.client.HTTPException):
            answer = Answer(0, fault="Webhook connection closed")
        self._give_back(where, line, answer.status != 0)
        return answer

    def _take(self, where: Where) -> Line:
        with self._lock:
            idle = self._idle.setdefault(where, [])
            while idle:
                line = idle.pop()
                if _is_open(line):
                    return line
                line.close()
        scheme, host, port = where
        if scheme == "https":
            context = ssl._create_unverified_context()  # noqa: SLF001 (our own machine)
            return http.client.HTTPSConnection(host, port, context=context)
        return http.client.HTTPConnection(host, port)

    def _give_back(self, where: Where, line: Line, usable: bool) -> None:
        with self._lock:
            idle = self._idle.get(where, [])
            room = len(idle) < MOST_IDLE and not self._closed
            if usable and line.sock is not None and room:
                idle.append(line)
                return
        line.close()

    def _call(
        self,
        line: Line,
        address: SplitResult,
        content: bytes,
        headers: dict[str, str],
        timeout_s: float,
    ) -> Answer:
        line.timeout = timeout_s
        if line.sock is not None:
            line.sock.settimeout(timeout_s)
        path = (address.path or "/") + (f"?{address.query}" if address.query else "")
        headers = {"Accept-Encoding": "gzip, deflate"} | _login(address) | headers
        line.request("POST", path, content, headers)
        response = line.getresponse()
        body = _plain(response.read(), response.headers.get("content-encoding", ""))
        return Answer(
            response.status,
            body,
            response.headers.get("content-type", ""),
            response.headers.get("retry-after", ""),
            f"{response.status} {response.reason}",
        )

    def close(self) -> None:
        """Let the idle lines go; a line in use is closed when it comes back."""
        with self._lock:
            self._closed = True
            for line in [line for idle in self._idle.values() for line in idle]:
                line.close()
            self._idle.clear()


def _login(address: SplitResult) -> dict[str, str]:
    """A name and password in the address become a header."""
    if not address.username:
        return {}
    pair = f"{unquote(address.username)}:{unquote(address.password or '')}".encode()
    return {"Authorization": "Basic " + base64.b64encode(pair).decode()}


def _is_open(line: Line) -> bool:
    """Whether nothing waits to be read: on an idle line that could only be its end."""
    if line.sock is None:
        return False
    waiting = select.poll()
    waiting.register(line.sock, select.POLLIN)
    return not waiting.poll(0)


def _plain(body: bytes, encoding: str) -> bytes:
    try:
        if encoding == "gzip":
            return gzip.decompress(body)
        return zlib.decompress(body) if encoding == "deflate" else body
    except (OSError, zlib.error):
        return b""
