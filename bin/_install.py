"""Makes .venv exactly what a lock file says, one process at a time; needs Python alone."""

import fcntl
import importlib.util
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PIP = [str(VENV / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "--no-input"]
RUNTIME, DEVELOPMENT = "requirements.lock", "requirements-dev.lock"


def main(name: str) -> None:
    """Install what `name` lists, unless another process did so while we waited for our turn."""
    with Path(__file__).open(encoding="utf-8") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        stamp = VENV / name
        if works() and stamp.exists() and stamp.read_bytes() == (ROOT / name).read_bytes():
            return
        print(f"Installing what {name} lists into .venv (only when it changed) …", flush=True)
        if not works():
            make()
        install(name)


def works() -> bool:
    """Whether .venv is whole: one that was interrupted, or whose Python is gone, is not."""
    try:
        return subprocess.run([*PIP, "--version"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def make() -> None:
    """An empty .venv in place of whatever is there."""
    if importlib.util.find_spec("ensurepip") is None:
        sys.exit("Python's venv is incomplete here (on Debian: apt-get install python3-venv).")
    venv.create(VENV, clear=True, with_pip=True)


def install(name: str) -> None:
    """Install with hashes; the copy of the lock file says at the next start that all is done."""
    for stamp in (VENV / RUNTIME, VENV / DEVELOPMENT):
        stamp.unlink(missing_ok=True)
    quickly = ["-qq", "--no-deps", "--no-compile"]  # the lock file is complete
    command = [*PIP, "install", *quickly, "--require-hashes", "-r", str(ROOT / name)]
    if subprocess.run(command, check=False).returncode:
        sys.exit(f"What {name} lists could not be installed: see pip's own words above.")
    # On all cores, which pip does not use. Not every file is for this Python: no verdict is asked.
    subprocess.run([PIP[0], "-m", "compileall", "-qq", "-j", "0", VENV / "lib"], check=False)
    covered = [RUNTIME, DEVELOPMENT] if name == DEVELOPMENT else [RUNTIME]
    for done in covered:
        shutil.copyfile(ROOT / done, VENV / done)


if __name__ == "__main__":
    main(sys.argv[1])
