"""What waits for the web process: until it listens, and not for ever."""

import socket
from collections.abc import Iterator

import pytest

from launch import after, run


@pytest.fixture
def port() -> Iterator[socket.socket]:
    """A port of our own that does not listen yet."""
    with socket.socket() as ours:
        ours.bind(("127.0.0.1", 0))
        yield ours


@pytest.fixture
def become(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that were become."""
    found: list[list[str]] = []
    monkeypatch.setattr("os.execvp", lambda _file, command: found.append(command))
    return found


def test_the_command_begins_once_the_port_listens(
    port: socket.socket, become: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As long as nothing listens it waits; then it is the command, once."""
    early: list[int] = []

    def listen(_seconds: float) -> None:
        early.append(len(become))
        port.listen()

    monkeypatch.setattr("time.sleep", listen)
    after.main(port.getsockname()[1], ["python", "-m", "scheduler"])
    assert early == [0]
    assert become == [["python", "-m", "scheduler"]]


def test_a_web_process_that_never_listens_stops_nobody(
    port: socket.socket, become: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a while the command begins all the same."""
    monkeypatch.setattr(after, "PATIENCE_S", 0)
    after.main(port.getsockname()[1], ["true"])
    assert become == [["true"]]


def test_only_the_clock_waits_for_the_web_process() -> None:
    """Web and worker load at once, one for each of two cores."""
    found = run.commands({"PORT": "8000", "SANDBOX_PORT": "8100"}, None)
    assert found["clock"] == "python -m launch.after 8000 python -m scheduler"
    assert not [name for name, line in found.items() if "after" in line and name != "clock"]
