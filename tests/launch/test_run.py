"""bin/run as a person meets it: everything comes up, everything goes away, plain words on trouble."""

import os
import re
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from models import embedded, postmaster

ROOT = Path(__file__).resolve().parents[2]
# What somebody has set on this machine, or in .env, is not meant for these starts.
KEPT = ("PATH", "HOME", "LANG", "TMPDIR")
OURS = re.findall(r"^(\w+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE)

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]


@pytest.fixture
def home() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="bili-") as made:
        Path(made).chmod(0o755)
        yield Path(made) / "var"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(home: Path, **more: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    ports = {"PORT": str(free_port()), "SANDBOX_PORT": str(free_port())}
    return dict.fromkeys(OURS, "") | kept | ports | {"BILI_HOME": str(home)} | more


def start(told: dict[str, str], *arguments: str, cwd: Path = ROOT) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [ROOT / "bin" / "run", *arguments],
        env=told,
        cwd=cwd,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def heard_until(process: subprocess.Popen[str], word: str) -> str:
    """What it says up to the line with `word`; the test's own time limit ends a silence."""
    assert process.stdout
    heard = ""
    for line in process.stdout:
        heard += line
        if word in line:
            return heard
    raise AssertionError(f"ended with {process.wait()} before “{word}”:\n{heard}")


def relatives(home: Path) -> list[str]:
    """Living processes whose environment names this home."""
    mark = f"BILI_HOME={home}".encode()
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (entry / "environ").read_bytes():
                found.append((entry / "cmdline").read_text().replace("\0", " "))
        except OSError:
            continue
    return found


def answer(url: str) -> int:
    with urllib.request.urlopen(url, timeout=5) as response:
        return int(response.status)


def test_everything_comes_up_and_goes_away(home: Path) -> None:
    """From any folder: it says what is played, answers, tells where to look; SIGTERM ends it all."""
    told = environment(home)
    process = start(told, cwd=Path("/"))
    heard = heard_until(process, "Ctrl-C stops everything")
    assert "Played by the sandbox" in heard
    assert f"http://127.0.0.1:{told['SANDBOX_PORT']}" in heard
    assert "not registered" not in heard
    assert answer(f"http://127.0.0.1:{told['PORT']}/readyz") == 200
    assert answer(f"http://127.0.0.1:{told['SANDBOX_PORT']}/") == 200
    assert len(relatives(home)) >= 5
    process.terminate()
    began = time.monotonic()
    process.communicate(timeout=30)
    assert time.monotonic() - began < 15
    assert process.returncode == 128 + signal.SIGTERM
    assert relatives(home) == []
    assert embedded.running(home) is None


@pytest.mark.parametrize(
    ("number", "after_s"),
    [(signal.SIGTERM, 0.4), (signal.SIGHUP, 0.9), (signal.SIGINT, 1.4), (signal.SIGTERM, 2.5)],
)
def test_stopping_it_while_it_starts_leaves_nothing(
    home: Path, number: signal.Signals, after_s: float
) -> None:
    """However early it is told to stop, no process and no database stays."""
    process = start(environment(home))
    time.sleep(after_s)
    process.send_signal(number)
    process.communicate(timeout=60)
    assert process.returncode != 0
    assert relatives(home) == []
    assert postmaster.processes(home / "postgres") == []


def test_a_port_in_use_is_one_clear_line(home: Path) -> None:
    """It names the port, how to choose another, and starts nothing."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        heard, _ = start(environment(home, PORT=str(number))).communicate(timeout=60)
    assert heard.startswith(f"Port {number} is in use.")
    assert f"PORT={number + 1} bin/run" in heard
    assert heard.count("\n") == 1
    assert embedded.running(home) is None


def test_without_the_sandbox_nothing_is_played(home: Path) -> None:
    """--no-sandbox starts none, wires nothing and says so."""
    told = environment(home)
    process = start(told, "--no-sandbox")
    heard = heard_until(process, "Ctrl-C stops everything")
    assert "Without the sandbox" in heard
    assert "Played by" not in heard
    with pytest.raises(OSError, match="refused"):
        answer(f"http://127.0.0.1:{told['SANDBOX_PORT']}/")
    process.terminate()
    process.communicate(timeout=30)


def test_production_starts_with_nothing_made_up(home: Path) -> None:
    """APP_ENV=production without its settings ends with one line that names what is missing."""
    heard, _ = start(environment(home, APP_ENV="production")).communicate(timeout=60)
    assert "is required in production" in heard
    assert "Traceback" not in heard
    assert not home.exists()
