"""Embedded servers in tests: folders of their own to start in, and processes that start them."""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from models import embedded, postmaster

ROOT = Path(__file__).resolve().parents[2]
IS_ROOT = os.geteuid() == 0


@contextlib.contextmanager
def open_folder() -> Iterator[Path]:
    """A short folder that everyone may enter; pytest's own is closed and may be deep."""
    made = Path(tempfile.mkdtemp(prefix="bili-"))
    made.chmod(0o755)
    yield made
    for users in [*made.rglob("users")]:
        postmaster.end(users.parent.resolve())
    shutil.rmtree(made)


@pytest.fixture
def base() -> Iterator[Path]:
    """For a start from nothing."""
    with open_folder() as made:
        yield made


@pytest.fixture(scope="module")
def used_before() -> Iterator[Path]:
    """A home whose database was made, and stopped."""
    with open_folder() as made:
        embedded.start(made / "var").stop()
        yield made / "var"


@pytest.fixture
def home(base: Path, used_before: Path) -> Path:
    """A home of its own that was used before, elsewhere: making the database takes longest."""
    subprocess.run(["cp", "-a", used_before, base], check=True)
    return base / "var"


def folder_of(home: Path) -> Path:
    return (home / "postgres").resolve()


def ask(url: str, query: str) -> object:
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(query)
        row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None


def another(home: Path, then: str) -> subprocess.Popen[str]:
    """Another process that starts, says its URL and then does `then`."""
    code = (
        "import sys, time\nfrom pathlib import Path\nfrom models import embedded\n"
        "server = embedded.start(Path(sys.argv[1]))\nprint(server.url, flush=True)\n" + then
    )
    return subprocess.Popen(
        [sys.executable, "-c", code, str(home)],
        cwd=ROOT,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )


def said(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline().strip()


def kill(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


def noted(home: Path) -> int:
    return int((folder_of(home) / "data" / "postmaster.pid").read_text().split("\n")[0])
