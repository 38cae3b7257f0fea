"""A town that may burn: Postgres of its own, two workers, and hands that kill whatever runs there."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

import httpx
import psycopg

from models import embedded, postmaster
from tests.fire.keeper import Keeper
from tests.flows.town import PATIENCE_S, SANDBOX, Town, until
from tests.rules.source import ROOT

OURS = ("web", "worker-1", "worker-2", "clock")
SLOW_S = 240.0  # what a machine that has other things to do may take to start or recover
# A prompt runs out soon, what hangs lets go soon: people here have little time.
OPTIONS = (
    f"{SANDBOX} --retry-scale 0.1 --prompt-s 8 --late-s 2 --hang-s 3 --slow-s 1"
    " --twilio-status-ms 100"
)


class Postgres:
    """A server nobody else uses: killing it hurts nobody."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._shares = [embedded.start(home)]
        self.url = self._shares[0].url
        # It is killed, the machine is not: what is written is safe, and a recovery takes a second
        # instead of a walk over every file.
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET fsync = off")
            connection.execute("SELECT pg_reload_conf()")

    @property
    def folder(self) -> Path:
        """Where its data, log and socket are."""
        return (self._home / "postgres").resolve()

    def postmaster(self) -> int:
        """The process all others are children of."""
        return int((self.folder / "data" / "postmaster.pid").read_text().split("\n", 1)[0])

    def kill_backend(self, chance: random.Random) -> None:
        """One of its processes dies: Postgres throws everybody out and recovers by itself."""
        backends = sorted(set(postmaster.processes(self.folder)) - {self.postmaster()})
        with contextlib.suppress(ProcessLookupError, IndexError):
            os.kill(chance.choice(backends), signal.SIGKILL)

    def kill(self) -> None:
        """The whole server dies and stays dead until `start_again`."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.postmaster(), signal.SIGKILL)

    def start_again(self) -> None:
        """As an operator would; it recovers from its log."""
        self._shares.append(embedded.start(self._home))
        assert self._shares[-1].url == self.url, "it came back somewhere else"

    def answers(self) -> bool:
        """Whether one can connect and ask."""
        try:
            with psycopg.connect(self.url, connect_timeout=2) as connection:
                return connection.execute("SELECT 1").fetchone() == (1,)
        except psycopg.OperationalError:
            return False

    def close(self) -> None:
        """End it, however it stands."""
        for share in self._shares:
            share.stop()


@dataclass
class FireTown(Town):
    """Web, two workers, clock and sandbox on a Postgres of their own."""

    sandbox_words: str = OPTIONS
    keeper: Keeper = field(kw_only=True)
    ours: tuple[str, ...] = OURS
    quiet: Lock = field(default_factory=Lock)  # who holds it kills, or must not be disturbed
    spoken: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self.client = httpx.Client(
            trust_env=False,
            timeout=PATIENCE_S,
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=64),
        )

    def database_url(self) -> str:
        """The owner's address of the server's only database."""
        return self.owner_url

    def open(self) -> None:
        """Migrate, start everything, tell Telegram and Daraja where we are."""
        self.start("sandbox")
        self.command("migrate")
        for name in self.ours:
            self.start(name)
        until(lambda: self.answers(f"{self.sandbox}/sandbox/state"), "the sandbox answers", SLOW_S)
        self.ready()
        self.command("webhooks")
        self.does("switches", name="auto payer", value="by program")

    def command(self, *words: str) -> str:
        """What a command of `bin/bili` says; an error if it exits with one."""
        made = subprocess.run(
            [sys.executable, "-m", "cli", *words],
            cwd=ROOT,
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
            timeout=SLOW_S,
        )
        assert made.returncode == 0, (
            f"{made.returncode} bili {' '.join(words)}: {made.stdout[-2000:]}{made.stderr[-2000:]}"
        )
        return made.stdout

    def start(self, name: str) -> None:
        """As in any town; the keeper knows of it."""
        super().start(name)
        self.keeper.tell("group", self.running[name].pid)

    def kill(self, name: str, number: int = signal.SIGKILL) -> None:
        """As in any town; also what has fallen by itself, for the children it may have left."""
        pid = self.running[name].pid
        with contextlib.suppress(ProcessLookupError):
            super().kill(name, number)
        self.running.pop(name, None)
        self.keeper.tell("gone", pid)

    def ready(self) -> None:
        """Wait for the web process, as long as the machine needs."""
        until(lambda: self.answers(f"{self.url}/readyz"), "the web process answers", SLOW_S)

    def tell(self, line: str) -> None:
        """What somebody does or hears, for whoever looks into a fault."""
        with self.spoken, (self.logs / "people.txt").open("a", encoding="utf-8") as told:
            told.write(f"{time.strftime('%H:%M:%S')} {line}\n")

    def kill_web_child(self, chance: random.Random) -> None:
        """One of gunicorn's own processes dies; it starts another."""
        parent = self.running["web"].pid
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        with contextlib.suppress(ProcessLookupError, IndexError):
            os.kill(int(chance.choice(children)), signal.SIGKILL)

    def fallen(self) -> list[str]:
        """Processes that ended without being asked to."""
        running = list(self.running.items())
        return [name for name, process in running if process.poll() is not None]

    def advance(self, seconds: int) -> bool:
        """Move everybody's clock on; False while nobody is there to do it."""
        body = {"advance_s": seconds}
        try:
            answer = self.client.post(f"{self.sandbox}/sandbox/clock", json=body)
        except httpx.HTTPError:
            return False
        return answer.is_success


@contextlib.contextmanager
def burnable(
    logs: Path, make: type[FireTown] = FireTown, ours: tuple[str, ...] = OURS
) -> Iterator[tuple[FireTown, Postgres]]:
    """A town that is up, on a fresh Postgres; nothing of it is left afterwards, however we end."""
    logs.mkdir(parents=True, exist_ok=True)
    keeper = Keeper()
    made = Path(tempfile.mkdtemp(prefix="bili-fire-"))
    try:
        made.chmod(0o755)  # where root runs us, Postgres runs as nobody and must enter
        keeper.tell("home", made / "home")
        server = Postgres(made / "home")
        try:
            town = make(server.url, "bili", logs, keeper=keeper, ours=ours)
            try:
                town.open()
                yield town, server
            finally:
                town.close()
        finally:
            server.close()
    finally:
        keeper.close()
