"""Behind bin/check: each check in turn, all of them whatever fails, one verdict each."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg

from models import embedded

ROOT = Path(__file__).resolve().parents[1]
MOST_LINES = 60

CHECKS: dict[str, list[list[str]]] = {
    "format": [["ruff", "format", "--check", "--output-format", "concise", "."]],
    "lint": [["ruff", "check", "."]],
    "types": [["mypy", "."]],
    "imports": [["lint-imports"]],
    "migrations": [["alembic", "upgrade", "head"], ["alembic", "check"]],
    "translations": [["pytest", "tests/rules/test_translations.py"]],
}


def main() -> None:
    """Run all, or those named as arguments; exit 1 where one fails."""
    chosen = sys.argv[1:] or list(CHECKS)
    for name in chosen:
        if name not in CHECKS:
            sys.exit(f"There is no check “{name}”. There are: {', '.join(CHECKS)}.")
    try:
        with embedded.server(ROOT / "var" / "test") as server, empty_database(server.url) as url:
            environment = os.environ | {"DATABASE_URL": url}
            failed = [name for name in chosen if not passes(name, environment)]
    except embedded.EmbeddedError as error:
        sys.exit(str(error))
    if failed:
        sys.exit(f"Not in order: {', '.join(failed)}.")


def passes(name: str, environment: dict[str, str]) -> bool:
    """Run one check, showing its words only where it fails."""
    began = time.monotonic()
    for command in CHECKS[name]:
        done = subprocess.run(
            [sys.executable, "-m", *command] if command[0] == "pytest" else in_venv(command),
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode:
            say(f"{name}: no\n{short(done.stdout)}\n(all of it: {' '.join(command)})\n")
            return False
    say(f"{name}: yes, {time.monotonic() - began:.1f} s")
    return True


def short(text: str) -> str:
    """The beginning, and how much more there is."""
    lines = text.rstrip().splitlines()
    more = [f"… and {len(lines) - MOST_LINES} more lines"] if len(lines) > MOST_LINES else []
    return "\n".join(lines[:MOST_LINES] + more)


def in_venv(command: list[str]) -> list[str]:
    """The program that was installed beside this Python."""
    return [str(Path(sys.prefix) / "bin" / command[0]), *command[1:]]


@contextlib.contextmanager
def empty_database(url: str) -> Iterator[str]:
    """A fresh database, for migrations to be run from the first to the last; then it is gone."""
    name = f"check_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name}")
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield url.replace(f"/{embedded.DATABASE}?", f"/{name}?", 1)
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def say(line: str) -> None:
    """A line for the person at the terminal."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
