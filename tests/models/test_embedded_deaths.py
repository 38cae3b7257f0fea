"""The embedded Postgres outlives every kind of death of those who start it, and its own."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

import psycopg
import pytest

from models import embedded, postmaster
from tests.models.servers import IS_ROOT, ROOT, another, ask, folder_of, kill, noted, said


def test_a_killed_starter_leaves_a_server_to_join(home: Path) -> None:
    """After SIGKILL of the starter the next start joins at once, and its stop ends the server."""
    starter = another(home, "time.sleep(60)")
    url = said(starter)
    kill(starter)
    with embedded.server(home) as server:
        assert server.url == url
    assert embedded.running(home) is None


@pytest.mark.parametrize("after_s", [0.5, 0.8, 1.1])
def test_a_starter_killed_half_way_blocks_nobody(base: Path, after_s: float) -> None:
    """Killed while it makes or launches the database, it is as if it had never been."""
    home = base / "var"
    starter = another(home, "time.sleep(60)")
    time.sleep(after_s)
    kill(starter)
    with embedded.server(home) as server:
        assert ask(server.url, "SELECT 1") == 1


@pytest.mark.parametrize(
    ("module", "step"),
    [
        (postmaster, "launch"),
        (embedded, "_answers"),
        (embedded, "_joined"),
        (embedded, "_started"),
        (embedded, "_make_database"),
    ],
)
def test_a_start_broken_off_leaves_no_server(
    home: Path, monkeypatch: pytest.MonkeyPatch, module: ModuleType, step: str
) -> None:
    """Told to end right after any step of the start, it ends the server that it has launched."""
    real = getattr(module, step)

    def last(*arguments: object) -> object:
        done = real(*arguments)
        if postmaster.processes(folder_of(home)):
            raise SystemExit(step)
        return done

    monkeypatch.setattr(module, step, last)
    with pytest.raises(SystemExit, match=step), embedded.server(home):
        pass
    assert postmaster.processes(folder_of(home)) == []


def test_a_signal_waits_until_the_launched_server_is_known(home: Path) -> None:
    """Between the fork and Postgres' own name nobody could find the process to end it."""
    told = (
        "import signal, subprocess, sys\nfrom pathlib import Path\n"
        "from models import embedded, postmaster\n"
        "signal.signal(signal.SIGTERM, lambda *_: sys.exit(5))\nreal = subprocess.run\n"
        "def run(command, **how):\n"
        "    done = real(command, **how)\n"
        "    if '& echo' in str(command):\n        signal.raise_signal(signal.SIGTERM)\n"
        "    return done\n"
        "postmaster.subprocess.run = run\n"
        "with embedded.server(Path(sys.argv[1])):\n    sys.exit(6)\n"
    )
    for _time in range(5):
        command = [sys.executable, "-c", told, str(home)]
        assert subprocess.run(command, cwd=ROOT, check=False).returncode == 5
        time.sleep(0.1)  # a server that was overlooked shows itself by then
        assert postmaster.processes(folder_of(home)) == []


def test_a_killed_postmaster_loses_nothing(home: Path) -> None:
    """After SIGKILL of the server, with a client's backend at work, what was committed is there."""
    first = embedded.start(home)
    ask(first.url, "CREATE TABLE kept AS SELECT 7 AS n")
    with contextlib.closing(psycopg.connect(first.url)) as busy:
        busy.execute("SELECT 1")
        os.kill(noted(home), signal.SIGKILL)
        with embedded.server(home) as second:
            assert ask(second.url, "SELECT n FROM kept") == 7
            first.stop()
            assert embedded.running(home)


def test_a_stopped_orphan_is_ended(home: Path) -> None:
    """A backend that hangs on after its killed postmaster would hold the data; it is ended."""
    first = embedded.start(home)
    with contextlib.closing(psycopg.connect(first.url)) as connection:
        backend = connection.info.backend_pid
        os.kill(backend, signal.SIGSTOP)
        os.kill(noted(home), signal.SIGKILL)
        with embedded.server(home) as second:
            assert ask(second.url, "SELECT 1") == 1
        assert not postmaster.is_alive(backend)


def test_a_reused_process_id_is_not_the_server(home: Path) -> None:
    """A note whose process id now belongs to somebody else of the same user blocks nothing."""
    embedded.start(home).stop()
    folder = folder_of(home)
    how = {"user": folder.stat().st_uid} if IS_ROOT else {}
    with subprocess.Popen(["sleep", "60"], **how) as stranger:  # type: ignore[call-overload]
        (folder / "data" / "postmaster.pid").write_text(f"{stranger.pid}\n{folder}/data\n1\n5432\n")
        (folder / ".s.PGSQL.5432.lock").write_text(f"{stranger.pid}\n")
        with embedded.server(home) as server:
            assert ask(server.url, "SELECT 1") == 1
        assert stranger.poll() is None
        stranger.kill()
