"""Which way imports point: the contracts of pyproject, and what they cannot see."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.rules.source import ROOT, everything, imports, name, product

MAY_READ_SETTINGS = {
    "app.py", "cli.py", "worker.py", "scheduler/__main__.py", "migrations/env.py",
    "tests/conftest.py",
}  # fmt: skip
PROCESSES = {"app", "cli", "worker"}
MAY_START_THE_APP = {"tests/conftest.py"}  # the web process under test is made in one place


def linted() -> list[str]:
    """The packages that import-linter looks at."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        found: list[str] = tomllib.load(file)["tool"]["importlinter"]["root_packages"]
    return found


def test_the_contracts_hold() -> None:
    """import-linter, run as bin/check runs it, keeps every contract."""
    program = str(Path(sys.executable).parent / "lint-imports")
    done = subprocess.run(
        [program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_every_room_is_under_contract() -> None:
    """A new package is put under the contracts on the day it is made."""
    rooms = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
    assert rooms == set(linted())


@pytest.mark.parametrize("module", sorted(PROCESSES))
def test_nobody_imports_a_process(module: str) -> None:
    """app, cli and worker are where things are put together, never a library."""
    guilty = {name(path) for path in everything() if module in imports(path)}
    assert guilty - MAY_START_THE_APP == set()


def test_only_processes_read_the_environment() -> None:
    """Whoever else wants a setting is given options."""
    files = [*everything(), ROOT / "migrations" / "env.py"]
    guilty = {name(path) for path in files if "settings" in imports(path)}
    assert guilty - MAY_READ_SETTINGS == set()


def test_only_settings_ask_the_operating_system_for_names() -> None:
    """`os.environ` and `os.getenv` are read by nobody else in the product.

    `bot/telegram_send.py` only tells the library something that it asks the environment for.
    """
    starts = ("launch/", "sandbox/", "models/postmaster.py", "models/embedded.py",
              "bot/telegram_send.py")  # fmt: skip
    guilty = [
        name(path)
        for path in product()
        if not name(path).startswith(starts)
        and any(word in path.read_text("utf-8") for word in ("os.environ", "getenv", "dotenv"))
    ]
    assert guilty == []


def test_rooms_are_empty_packages() -> None:
    """Importing one module of a room does not import them all."""
    filled = [
        name(path)
        for path in product()
        if path.name == "__init__.py" and len(path.read_text("utf-8").splitlines()) > 1
    ]
    assert filled == []
