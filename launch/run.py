"""Behind bin/run: database, migrations, then web, worker, clock and sandbox until Ctrl-C."""

import argparse
import contextlib
import multiprocessing
import os
import shlex
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from types import FrameType

import psycopg
from honcho.environ import parse_procfile
from honcho.manager import Manager

from launch import environment as env
from launch.environment import LOOPBACK, ROOT, Environment
from models import embedded, revisions

ENDINGS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)


class Processes(Manager):  # type: ignore[misc] # honcho has no types
    """Honcho's manager, which can also be stopped while it is still starting."""

    def terminate(self) -> None:
        """End all processes; one whose start was not reported yet has no known id to end."""
        if self._all_started():
            super().terminate()
        else:
            threading.Timer(0.1, self.terminate).start()


def main() -> None:
    """Start everything, wait, stop everything."""
    for number in ENDINGS:
        signal.signal(number, leave)
    arguments = argparse.ArgumentParser(prog="bin/run", description=__doc__)
    arguments.add_argument("--no-sandbox", action="store_true", help="only real services")
    with_sandbox = not arguments.parse_args().no_sandbox
    try:
        environment = env.load()
        sandbox_url = prepare(environment, with_sandbox=with_sandbox)
        with database(environment):
            migrate(environment)
            code = keep_running(environment, sandbox_url)
    except embedded.EmbeddedError as error:
        sys.exit(str(error))
    sys.exit(code)


def leave(number: int, _frame: FrameType | None) -> None:
    """Let `with` and `finally` do their work; whoever presses twice does not break that off."""
    for ending in ENDINGS:
        signal.signal(ending, signal.SIG_IGN)
    sys.exit(128 + number)


def prepare(environment: Environment, *, with_sandbox: bool) -> str | None:
    """Check the ports, wire and tell what is wired; the sandbox's address if it is to run."""
    port = env.port(environment, "PORT", 8000)
    sandbox_port = env.port(environment, "SANDBOX_PORT", 8100)
    need_free("PORT", port)
    if env.is_production(environment):
        return None
    env.fill_up(environment, {"BIND": LOOPBACK, "APP_URL": f"http://{LOOPBACK}:{port}"})
    if not with_sandbox:
        say("Without the sandbox: services that are not configured are off.")
        return None
    if sandbox_port == port:
        sys.exit(f"PORT and SANDBOX_PORT are both {port}: choose two.")
    need_free("SANDBOX_PORT", sandbox_port)
    url = f"http://{LOOPBACK}:{sandbox_port}"
    wired = env.wire(environment, url)
    if wired:
        say(f"Played by the sandbox, as nothing else is configured: {', '.join(wired)}.")
        say("No real message is sent and no real money moves there.")
    return url


def need_free(name: str, number: int) -> None:
    """End with one line where somebody else has the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, number))
        except PermissionError:
            sys.exit(f"Port {number} is for root only; choose another: {name}={8000 + number}")
        except OSError:
            sys.exit(
                f"Port {number} is in use. Stop what uses it, or choose another: "
                f"{name}={number + 1} bin/run"
            )


@contextlib.contextmanager
def database(environment: Environment) -> Iterator[None]:
    """DATABASE_URL as it is; else, in development, the embedded one for as long as we run."""
    if environment.get("DATABASE_URL") or env.is_production(environment):
        yield
        return
    with embedded.server(env.home(environment)) as server:
        environment["DATABASE_URL"] = server.url
        yield


def migrate(environment: Environment) -> None:
    """Bring the database to the newest schema; end as the command ends where that fails."""
    if is_migrated(environment.get("DATABASE_URL", "")):
        return  # the command would find the same, and take seconds to load
    command = shlex.split(procfile()["release"])
    done = subprocess.run(command, cwd=ROOT, env=environment, check=False)
    if done.returncode:
        sys.exit(done.returncode)


def is_migrated(url: str) -> bool:
    """Whether the database's revision is the last of our migrations; False also if it is away."""
    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            applied = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    except psycopg.Error:
        return False
    return applied == [(revisions.newest(),)]


def keep_running(environment: Environment, sandbox_url: str | None) -> int:
    """Run all processes until one ends or we are told to stop; the exit code."""
    manager = Processes()
    for name, command in commands(environment, sandbox_url).items():
        # Without a shell between, so that what ends is the process itself.
        manager.add_process(name, f"exec {command}", env=environment, cwd=str(ROOT))
    greeter = greet(environment, sandbox_url)
    # From here on the manager answers Ctrl-C and SIGTERM; a closed terminal is to be the same.
    signal.signal(signal.SIGHUP, lambda *_: signal.raise_signal(signal.SIGTERM))
    try:
        manager.loop()
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(greeter.pid, signal.SIGTERM)
        greeter.wait()
        for child in multiprocessing.active_children():
            child.join(timeout=1)
    return int(manager.returncode or 0)


def commands(environment: Environment, sandbox_url: str | None) -> dict[str, str]:
    """The command of each process that is to run."""
    found = {name: line for name, line in procfile().items() if name != "release"}
    # A start is little but loading. Three that load at once on two cores keep each other up, and it
    # is the web process that somebody waits for; nobody misses the clock in the first seconds.
    found["clock"] = f"python -m launch.after {environment['PORT']} {found['clock']}"
    if sandbox_url:
        app_url = f"http://{LOOPBACK}:{environment['PORT']}"
        found["sandbox"] = (
            f"python -m sandbox --port {environment['SANDBOX_PORT']} --app-url {app_url}"
        )
    return found


def greet(environment: Environment, sandbox_url: str | None) -> subprocess.Popen[bytes]:
    """Start what waits for the first answer, registers the webhooks and says where to look."""
    command = [sys.executable, "-m", "launch.ready", *([sandbox_url] if sandbox_url else [])]
    return subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)


def procfile() -> dict[str, str]:
    """Name and command of each process."""
    return dict(parse_procfile((ROOT / "Procfile").read_text(encoding="utf-8")).processes)


def say(line: str) -> None:
    """A line for the person at the terminal."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
