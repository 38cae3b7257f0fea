"""Beside bin/run's processes: waits for the first answer, registers webhooks, says where to look."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable

PATIENCE_S = 300  # of a machine that has much else to do: without webhooks everything is silent


def main(sandbox_url: str | None) -> None:
    """Be done with the first answer, after minutes of none, or once whoever started us is gone."""
    app_url = f"http://127.0.0.1:{os.environ['PORT']}"
    if not wait(lambda: answers(f"{app_url}/readyz")):
        say(f"The web process does not answer yet at {app_url}/readyz: see its lines above.")
        return
    if sandbox_url and not (wait(lambda: answers(sandbox_url)) and webhooks()):
        say("The sandbox's webhooks are not registered; to try again: bin/bili webhooks")
    say("")
    say("Bili is ready.")
    if sandbox_url:
        say(f"  Open {sandbox_url}: phones to chat and pay with.")
    say(
        f"  Bili itself answers at {os.environ.get('APP_URL') or app_url}. Ctrl-C stops everything."
    )
    say("")


def wait(done: Callable[[], bool]) -> bool:
    """Whether it came true in time; ends the process where nobody is left to tell."""
    parent, until = os.getppid(), time.monotonic() + PATIENCE_S
    while not done():
        if os.getppid() != parent:
            sys.exit()
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True


def answers(url: str) -> bool:
    """Whether the address answers with 200."""
    try:
        with urllib.request.urlopen(url, timeout=2):  # noqa: S310 - our own http addresses
            return True
    except (urllib.error.URLError, OSError):
        return False


def webhooks() -> bool:
    """Register the webhooks; what was said is of interest only where it failed."""
    command = [sys.executable, "-m", "cli", "webhooks"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        say((done.stdout + done.stderr).strip())
    return done.returncode == 0


def say(line: str) -> None:
    """A line for the person at the terminal."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
