"""A small town for flows: our real processes on a database of their own, and the world outside."""

import os
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

import httpx
import psycopg
from cryptography.fernet import Fernet
from psycopg import sql

from tests.rules.source import ROOT

PATIENCE_S = 40.0
SECRETS = {
    "SECRET_KEY": "a-secret-key-of-the-flows-000001",
    "ENCRYPTION_KEYS": Fernet.generate_key().decode(),
    "TELEGRAM_BOT_TOKEN": "700001:AAflows-token-for-tests-only-0000001",
    "TELEGRAM_WEBHOOK_SECRET": "webhook-secret-of-the-flows-0001",
    "DARAJA_CONSUMER_KEY": "consumer-key-of-the-flows",
    "DARAJA_CONSUMER_SECRET": "consumer-secret-of-the-flows",
    "DARAJA_PASSKEY": "passkey-of-the-flows-0000000001",
    "DARAJA_CALLBACK_SECRET": "f10e5f10e5f10e5f10e5f10e",
}
SANDBOX = (
    "--retry-scale 0.02 --prompt-s 30 --auto-payer-ms 100 --late-s 1 --lock-s 0 --repeat-s 0"
    " --bot-username bili_test_bot"
)
Found = TypeVar("Found")
_ids = count(5_100_001)


def until(fact: Callable[[], Found], what: str = "", timeout_s: float = PATIENCE_S) -> Found:
    """Wait until this is so; a test that waits for it fails when it never is."""
    end = time.monotonic() + timeout_s
    while not (found := fact()):
        assert time.monotonic() < end, f"it never came about: {what}"
        time.sleep(0.05)
    return found


def free_port() -> int:
    """A port of loopback that nobody uses now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def command_of(process: str) -> list[str]:
    """How the Procfile starts it."""
    for line in (ROOT / "Procfile").read_text("utf-8").splitlines():
        name, _colon, command = line.partition(":")
        if name == process:
            return ["sh", "-c", f"exec {command.strip()}"]
    raise LookupError(process)


@dataclass
class Town:
    """Web, worker and clock as the Procfile starts them, beside a sandbox, all on loopback."""

    owner_url: str
    database: str
    logs: Path
    sandbox_words: str = SANDBOX
    port: int = field(default_factory=free_port)
    sandbox_port: int = field(default_factory=free_port)
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    client: httpx.Client = field(
        default_factory=lambda: httpx.Client(trust_env=False, timeout=PATIENCE_S)
    )

    @property
    def url(self) -> str:
        """Where the web process answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def sandbox(self) -> str:
        """Where everybody else answers."""
        return f"http://127.0.0.1:{self.sandbox_port}"

    def environment(self) -> dict[str, str]:
        """What bin/run would give our processes."""
        return {
            **{name: os.environ[name] for name in ("HOME", "LANG") if name in os.environ},
            **SECRETS,
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "PORT": str(self.port),
            "BIND": "127.0.0.1",
            "WEB_CONCURRENCY": "1",
            "APP_URL": self.url,
            "DATABASE_URL": self.database_url(),
            "TELEGRAM_API_URL": self.sandbox,
            "TELEGRAM_BOT_USERNAME": "bili_test_bot",
            "TWILIO_ACCOUNT_SID": "AC5a4db0a5a4db0a5a4db0a5a4db0a5a4d",
            "TWILIO_AUTH_TOKEN": "sandbox-auth-token",
            "TWILIO_WHATSAPP_FROM": "+14155238886",
            "TWILIO_API_URL": self.sandbox,
            "TWILIO_CONTENT_URL": self.sandbox,
            "DARAJA_URL": self.sandbox,
            "DARAJA_SHORTCODE": "174379",
            "LOG_LEVEL": "DEBUG",
            "BILI_UNDO_SECONDS": "1",
        }

    def database_url(self) -> str:
        """The owner's address of the town's own database."""
        from tests.conftest import database_at

        return database_at(self.owner_url, self.database)

    def start(self, name: str) -> None:
        """Begin a process of ours (`worker-2` is one more worker); its lines go to its own file."""
        command = self._sandbox() if name == "sandbox" else command_of(name.partition("-")[0])
        # The sandbox plays others and may say what it likes; our own lines are read at the end.
        file = "town-sandbox.txt" if name == "sandbox" else f"town-{name}.log"
        with (self.logs / file).open("ab") as lines:
            self.running[name] = subprocess.Popen(
                command,
                cwd=ROOT,
                env=self.environment(),
                stdout=lines,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def _sandbox(self) -> list[str]:
        told = {
            "--port": self.sandbox_port,
            "--app-url": self.url,
            "--bot-token": SECRETS["TELEGRAM_BOT_TOKEN"],
            "--daraja-key": SECRETS["DARAJA_CONSUMER_KEY"],
            "--daraja-secret": SECRETS["DARAJA_CONSUMER_SECRET"],
            "--passkey": SECRETS["DARAJA_PASSKEY"],
        }
        given = [str(word) for pair in told.items() for word in pair]
        return [sys.executable, "-m", "sandbox", *shlex.split(self.sandbox_words), *given]

    def kill(self, name: str, number: int = signal.SIGKILL) -> None:
        """End a process and whatever it started, by default without a chance to say goodbye."""
        process = self.running.pop(name)
        os.killpg(process.pid, number)
        process.wait(PATIENCE_S)

    def open(self) -> None:
        """Start everything and register the webhook, as an operator does."""
        for name in ("sandbox", "web", "worker", "clock"):
            self.start(name)
        until(lambda: self.answers(f"{self.sandbox}/sandbox/state"), "the sandbox answers")
        self.ready()
        method = f"{self.sandbox}/bot{SECRETS['TELEGRAM_BOT_TOKEN']}/setWebhook"
        hook = {
            "url": f"{self.url}/webhooks/telegram",
            "secret_token": SECRETS["TELEGRAM_WEBHOOK_SECRET"],
        }
        assert self.client.post(method, json=hook).json()["ok"]

    def ready(self) -> None:
        """Wait for the web process: what Twilio posts to nobody is not posted again."""
        until(lambda: self.answers(f"{self.url}/readyz"), "the web process answers")

    def close(self) -> None:
        """End everything."""
        for name in list(self.running):
            self.kill(name)
        self.client.close()

    def answers(self, url: str) -> bool:
        """Whether it answers with 200."""
        try:
            return self.client.get(url).status_code == 200
        except httpx.TransportError:
            return False

    def does(self, path: str, **body: Any) -> dict[str, Any]:
        """Something happens in the outside world."""
        answer = self.client.post(f"{self.sandbox}/sandbox/{path}", json=body)
        assert answer.is_success, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def facts(self, token: str) -> dict[str, Any]:
        """An invoice as its page tells programs."""
        answer = self.client.get(f"{self.url}/i/{token}", headers={"Accept": "application/json"})
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What the owner sees in the database."""
        with psycopg.connect(self.database_url()) as connection:
            return connection.execute(sql.SQL(query)).fetchall()

    def postgres(self, *, away: bool) -> None:
        """Nobody can connect and every connection is cut; or everybody can again."""
        name = sql.Identifier(self.database)
        with psycopg.connect(self.owner_url, autocommit=True) as connection:
            connection.execute(
                sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}").format(
                    name, sql.Literal(not away)
                )
            )
            if away:
                connection.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = %s AND backend_type = 'client backend'",
                    [self.database],
                )


@dataclass
class Phone:
    """Somebody on Telegram in that town, and the number M-Pesa knows her by."""

    town: Town
    name: str
    language: str = "en"
    chat: int = field(default_factory=lambda: next(_ids))
    seen: int = 0

    @property
    def number(self) -> str:
        """Her own."""
        return f"+2547{self.chat % 10**8:08d}"

    def act(self, act: str, **body: Any) -> str:
        """Do something in the chat and read what comes back."""
        known = {"first_name": self.name, "language_code": self.language, "number": self.number}
        self.town.does(f"chats/{self.chat}/{act}", **known, **body)
        return self.read()

    def say(self, words: str) -> str:
        """Type something."""
        return self.act("say", text=words)

    def tap(self, label: str) -> str:
        """Tap the newest key that begins so."""
        for message in reversed(self.messages()):
            for key in (key for row in message["buttons"] for key in row):
                if key["label"].startswith(label) and "data" in key:
                    return self.act("press", message_id=message["id"], data=key["data"])
        raise AssertionError(f"no key {label!r}")

    def read(self, wanted: str = "") -> str:
        """Wait for what the bot says next (until it holds some words) and read it."""
        heard: list[str] = []

        def news() -> bool:
            found = [m for m in self.messages() if m["seq"] > self.seen and m["from"] == "bot"]
            self.seen = max((m["seq"] for m in found), default=self.seen)
            heard.extend(m["text"] + ("" if not m["document"] else " 📄") for m in found)
            return bool(heard) and wanted in "\n".join(heard)

        until(news, f"{self.name} hears {wanted!r}; heard {heard}")
        return "\n".join(heard)

    def messages(self) -> list[dict[str, Any]]:
        """Everything on her screen."""
        answer = self.town.client.get(f"{self.town.sandbox}/sandbox/chats/{self.chat}")
        found: list[dict[str, Any]] = answer.json()["messages"]
        return found
