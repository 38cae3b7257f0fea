"""The operator's command as she types it, in a process of its own."""

import os
import subprocess
import sys
from typing import Any

from tests.conftest import KEY, ROOT


def bili(
    *arguments: str, typed: bytes = b"", **environment: Any
) -> subprocess.CompletedProcess[str]:
    """Run one command with nothing set but what is given."""
    known = {"PATH": os.environ["PATH"], "ENCRYPTION_KEYS": KEY, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-m", "cli", *arguments],
        cwd=ROOT,
        env=known | environment,
        input=typed,
        capture_output=True,
        check=False,
    )
    out, err = done.stdout.decode(), done.stderr.decode()
    return subprocess.CompletedProcess(done.args, done.returncode, out, err)
