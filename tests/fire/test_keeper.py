"""A town whose owner is killed leaves nothing behind."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.flows.town import until
from tests.rules.source import ROOT

OWNER = """
import subprocess, sys, time
from tests.fire.keeper import Keeper
keeper = Keeper()
lives, gone = (subprocess.Popen(["sleep", "100"], start_new_session=True) for _n in range(2))
keeper.tell("home", sys.argv[1])
for one in (lives, gone):
    keeper.tell("group", one.pid)
keeper.tell("gone", gone.pid)
print(lives.pid, gone.pid, flush=True)
time.sleep(100)
"""


def alive(pid: int) -> bool:
    """Whether that process runs; what is dead and not yet buried does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.slow
def test_whoever_is_killed_is_cleaned_up_after(tmp_path: Path) -> None:
    """Processes and folders go, those that were let go before are nobody's business any more."""
    home = tmp_path / "made" / "home"
    home.mkdir(parents=True)
    command = [sys.executable, "-c", OWNER, str(home)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout is not None
        lives, gone = map(int, owner.stdout.readline().split())
        owner.kill()
    try:
        until(lambda: not alive(lives), "what it started is ended")
        until(lambda: not home.parent.exists(), "what it made is removed")
        assert alive(gone)
    finally:
        os.kill(gone, signal.SIGKILL)
