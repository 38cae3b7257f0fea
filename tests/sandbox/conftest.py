"""A sandbox on a free port of loopback, and an application for it to call."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest

from sandbox.options import Options
from sandbox.server import Sandbox, make

Answer = tuple[int, dict[str, str], bytes]
QUICK = Options(
    port=0,
    seed=7,
    retry_scale=0.02,
    prompt_s=0.6,
    late_s=0.4,
    hang_s=0.5,
    slow_s=0.2,
    validation_s=0.4,
    auto_payer_ms=20,
    twilio_status_ms=30,
)


def until(fact: Callable[[], object], timeout_s: float = 5.0) -> None:
    """Wait until this is so; a test that waits for it fails when it never is."""
    end = time.monotonic() + timeout_s
    while not fact():
        assert time.monotonic() < end, "it never came about"
        time.sleep(0.005)


@dataclass(frozen=True)
class Got:
    """One request that the application received."""

    path: str
    headers: dict[str, str]
    raw: bytes
    at: float

    @property
    def json(self) -> Any:
        return json.loads(self.raw)


@dataclass
class App:
    """Remembers what it was sent; `answers` are used up one by one, then 200."""

    got: list[Got] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    delay_s: float = 0.0
    reply: Callable[[Any], Answer] | None = None
    url: str = ""

    def wait(self, count: int, path: str = "", timeout_s: float = 5.0) -> list[Got]:
        """The requests to a path, once there are so many."""
        end = time.monotonic() + timeout_s
        while time.monotonic() < end:
            found = [one for one in list(self.got) if path in one.path]
            if len(found) >= count:
                return found
            time.sleep(0.005)
        raise AssertionError(f"{len(self.got)} of {count} came: {[g.path for g in self.got]}")


def _handler(app: App) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["Content-Length"]))
            app.got.append(Got(self.path, dict(self.headers), raw, time.monotonic()))
            time.sleep(app.delay_s)
            status, headers, body = app.answers.pop(0) if app.answers else (200, {}, b"")
            if app.reply is not None:
                status, headers, body = app.reply(json.loads(raw))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:
            body = f"page {self.path}".encode()
            self.send_response(200)
            self.send_header("X-Frame-Options", "DENY")
            self.send_header(
                "Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'"
            )
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            pass

    return Handler


@pytest.fixture
def app() -> Iterator[App]:
    made = App()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(made))
    server.daemon_threads = True
    made.url = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield made
    server.shutdown()
    server.server_close()


@dataclass
class Outside:
    """A running sandbox and a client for it."""

    sandbox: Sandbox
    client: httpx.Client

    @property
    def url(self) -> str:
        return self.sandbox.url

    def bot(self, method: str, **data: Any) -> dict[str, Any]:
        """Call the Bot API with a form; JSON is put into its fields."""
        token = self.sandbox.world.options.bot_token
        form = {k: v if isinstance(v, str) else json.dumps(v) for k, v in data.items()}
        answer = self.client.post(f"{self.url}/bot{token}/{method}", data=form)
        body: dict[str, Any] = answer.json()
        assert body["ok"] == (answer.status_code == 200)
        return body

    def does(self, path: str, **body: Any) -> dict[str, Any]:
        """Ask the control interface; must be accepted."""
        answer = self.client.post(f"{self.url}/sandbox/{path}", json=body)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def refused(self, path: str, **body: Any) -> str:
        """Ask the control interface; must be refused, with this reason."""
        answer = self.client.post(f"{self.url}/sandbox/{path}", json=body)
        assert 400 <= answer.status_code < 500, answer.text
        return str(answer.json()["error"])

    def switch(self, name: str, value: str) -> None:
        self.does("switches", name=name, value=value)

    def state(self) -> dict[str, Any]:
        found: dict[str, Any] = self.client.get(f"{self.url}/sandbox/state").json()
        return found

    def phone(self, name: str) -> dict[str, Any]:
        return next(phone for phone in self.state()["phones"] if phone["id"] == name)


@pytest.fixture
def start(app: App) -> Iterator[Callable[..., Outside]]:
    """Starts sandboxes with other arguments than the quick ones."""
    running: list[Outside] = []

    def run(**changes: Any) -> Outside:
        sandbox = make(replace(QUICK, app_url=app.url, **changes))
        threading.Thread(target=sandbox.server.serve_forever, args=(0.02,), daemon=True).start()
        running.append(Outside(sandbox, httpx.Client(trust_env=False, verify=False, timeout=10)))
        return running[-1]

    yield run
    for outside in running:
        outside.client.close()
        outside.sandbox.stop()


@pytest.fixture
def outside(start: Callable[..., Outside]) -> Outside:
    return start()


@pytest.fixture
def hooked(outside: Outside, app: App) -> Outside:
    """A sandbox whose bot has a webhook."""
    outside.bot("setWebhook", url=f"{app.url}/hook", secret_token="s3cret")
    return outside
