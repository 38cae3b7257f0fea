"""Puts the services on one port: routes, the page, and a small server that can break a line."""

import io
import socket
import struct
import sys
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from flask import Flask, Response, request, send_from_directory

from . import control, daraja_api, line, proxy, telegram_api, twilio_api
from .daraja import Daraja
from .options import Options
from .phones import Shelf
from .state import World
from .telegram import Telegram
from .twilio import Twilio

PAGE = Path(__file__).with_name("page")
MOST_BODY = 64_000_000


@dataclass(frozen=True)
class Sandbox:
    """One outside world with its port open."""

    world: World
    telegram: Telegram
    daraja: Daraja
    twilio: Twilio
    server: ThreadingHTTPServer

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def stop(self) -> None:
        """Close the port and start nothing more."""
        self.server.shutdown()
        self.server.server_close()
        self.world.later.stop()
        self.telegram.courier.close()
        self.daraja.post.close()
        self.twilio.post.close()


def make(options: Options) -> Sandbox:
    """Everything wired; the caller runs `server.serve_forever()`. Port 0 takes a free one."""
    world = World(options)
    telegram, daraja, twilio = Telegram(world), Daraja(world), Twilio(world)
    shelf = Shelf(world, telegram, daraja, twilio)
    shelf.lay_out()
    app = Flask(__name__, static_folder=None)
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.register_blueprint(telegram_api.blueprint(telegram))
    app.register_blueprint(daraja_api.blueprint(daraja))
    app.register_blueprint(twilio_api.blueprint(twilio))
    app.register_blueprint(control.blueprint(shelf))
    app.register_blueprint(proxy.blueprint(world))
    _page(app)
    server = _Server(("127.0.0.1", options.port), _Handler)
    server.app = app
    twilio.base_url = f"http://127.0.0.1:{server.server_address[1]}"
    return Sandbox(world, telegram, daraja, twilio, server)


def _page(app: Flask) -> None:
    @app.get("/")
    def index() -> Response:
        return send_from_directory(PAGE, "index.html", max_age=0)

    @app.get("/sandbox/page/<path:name>")
    def part(name: str) -> Response:
        return send_from_directory(PAGE, name, max_age=0)

    @app.errorhandler(404)
    @app.errorhandler(405)
    def lost(_error: Exception) -> Response:
        name = request.path.lstrip("/")
        if request.method == "GET" and name and (PAGE / name).is_file():
            return send_from_directory(PAGE, name, max_age=0)  # the page names its parts relatively
        if request.path.startswith(("/mpesa/", "/oauth/")):
            return daraja_api.lost_path()
        if request.path.startswith(("/2010-04-01/", "/v1/")):
            return twilio_api.lost_path()
        return telegram_api.not_found()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256
    app: Flask

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    """HTTP/1.1 with kept-alive connections; a view may ask for the line to be cut."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    timeout = 75
    server: _Server

    def do_GET(self) -> None:
        """Any method: the application decides."""
        body = self._body()
        environ = self._environ(body)
        status, headers, answer = self._run(environ)
        if environ.get(line.CUT):
            self._cut()
            return
        code, _, reason = status.partition(" ")
        self.send_response(int(code), reason)
        for name, value in headers:
            self.send_header(name, value)
        if not any(name.lower() == "content-length" for name, _ in headers):
            self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer)

    do_POST = do_PUT = do_DELETE = do_PATCH = do_HEAD = do_OPTIONS = do_GET  # noqa: N815

    def _body(self) -> bytes:
        if "chunked" in self.headers.get("Transfer-Encoding", ""):
            return b"".join(iter(self._chunk, b""))
        length = int(self.headers.get("Content-Length") or 0)
        if length > MOST_BODY:
            self.close_connection = True
            return b""
        return self.rfile.read(length)

    def _chunk(self) -> bytes:
        size = int(self.rfile.readline().partition(b";")[0].strip() or b"0", 16)
        data = self.rfile.read(size)
        self.rfile.readline()
        return data

    def _environ(self, body: bytes) -> dict[str, Any]:
        address = urlsplit(self.path)
        environ: dict[str, Any] = {
            "REQUEST_METHOD": self.command,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote(address.path, "latin-1"),
            "QUERY_STRING": address.query,
            "REMOTE_ADDR": self.client_address[0],
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": str(self.server.server_address[1]),
            "SERVER_PROTOCOL": self.request_version,
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }
        for name, value in self.headers.items():
            environ["HTTP_" + name.upper().replace("-", "_")] = value
        environ["CONTENT_TYPE"] = environ.pop("HTTP_CONTENT_TYPE", "")
        environ.pop("HTTP_CONTENT_LENGTH", None)
        return environ | {"CONTENT_LENGTH": str(len(body))}

    def _run(self, environ: dict[str, Any]) -> tuple[str, list[tuple[str, str]], bytes]:
        begun: list[Any] = []

        def start(status: str, headers: list[tuple[str, str]], _fault: Any = None) -> Any:
            begun[:] = [status, headers]
            return lambda _data: None

        parts = self.server.app.wsgi_app(environ, start)
        answer = b"".join(parts)
        if hasattr(parts, "close"):
            parts.close()
        return begun[0], begun[1], answer

    def _cut(self) -> None:
        """An RST instead of an answer."""
        hard = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, hard)
        self.connection.close()
        self.close_connection = True
        self.wfile = io.BytesIO()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """The log is on the page, not on the terminal."""
