"""Homes for embedded servers: folders of their own to start in."""

import contextlib
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from models import embedded, postmaster


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
