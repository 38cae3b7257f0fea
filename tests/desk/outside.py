"""Everybody the doctor telephones, on one port of loopback; each answers as it is told to."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

TOKEN = "700001:AAtoken-of-the-doctors-tests-00000001"
ACCOUNT = "AC00000000000000000000000000000001"


@dataclass
class Outside:
    """Status and JSON by path; what is not listed is a 404."""

    url: str = ""
    answers: dict[str, tuple[int, Any]] = field(default_factory=dict)

    def well(self) -> None:
        """Everybody answers, and messages come to us."""
        hook = {
            "url": f"{self.url}/webhooks/telegram",
            "has_custom_certificate": False,
            "pending_update_count": 0,
        }
        me = {"id": 1, "is_bot": True, "first_name": "Bili", "username": "bili_test_bot"}
        self.answers = {
            "/healthz": (200, {"status": "alive"}),
            f"/bot{TOKEN}/getMe": (200, {"ok": True, "result": me}),
            f"/bot{TOKEN}/getWebhookInfo": (200, {"ok": True, "result": hook}),
            "/oauth/v1/generate": (200, {"access_token": "t", "expires_in": "3599"}),
            f"/2010-04-01/Accounts/{ACCOUNT}.json": (200, {"status": "active"}),
        }

    def hook(self, **more: Any) -> None:
        """Change what Telegram says of our webhook."""
        path = f"/bot{TOKEN}/getWebhookInfo"
        known = self.answers[path][1]["result"]
        self.answers[path] = (200, {"ok": True, "result": known | more})


@contextmanager
def outside() -> Iterator[Outside]:
    """The server, for as long as somebody asks."""
    world = Outside()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            """Everything is answered from the list."""
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, body = world.answers.get(urlsplit(self.path).path, (404, {"ok": False}))
            said = json.dumps(body).encode() if not isinstance(body, bytes) else body
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        do_POST = do_GET  # noqa: N815 - the library asks for this name

        def log_message(self, *args: object) -> None:
            """Be quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
    ).start()
    world.url = f"http://127.0.0.1:{server.server_address[1]}"
    world.well()
    try:
        yield world
    finally:
        server.shutdown()
        server.server_close()
