"""Cleans up after a town whose owner was killed: every process it started, and its folders.

A process of its own that reads lines from its owner and waits for their end, which comes however
rudely the owner dies. In good order everything was ended and forgotten before.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from threading import Lock

from models import postmaster
from tests.rules.source import ROOT


class Keeper:
    """The owner's side."""

    def __init__(self) -> None:
        self._alone = Lock()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.fire.keeper"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            start_new_session=True,  # nobody's Ctrl-C reaches it
            text=True,
        )

    def tell(self, word: str, what: object) -> None:
        """`group` or `gone` with a process group, `home` with the folder of a Postgres."""
        assert self._process.stdin is not None
        with self._alone, contextlib.suppress(BrokenPipeError):  # somebody ended it, not us
            self._process.stdin.write(f"{word} {what}\n")
            self._process.stdin.flush()

    def close(self) -> None:
        """It ends whatever it was told of and not told that it is gone."""
        self._process.communicate()


def keep(lines: Iterable[str]) -> None:
    """Read until the owner is gone, then end and remove what is left."""
    groups: set[int] = set()
    homes: list[Path] = []
    for line in lines:
        word, _blank, what = line.strip().partition(" ")
        if word == "group":
            groups.add(int(what))
        elif word == "gone":
            groups.discard(int(what))
        elif word == "home":
            homes.append(Path(what))
    for group in groups:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(group, signal.SIGKILL)
    for home in homes:
        folder = (home / "postgres").resolve()
        if folder.exists():
            postmaster.end(folder)
        shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(home.parent, ignore_errors=True)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    keep(sys.stdin)
