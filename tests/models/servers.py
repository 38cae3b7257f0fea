"""Embedded servers in tests: processes that start them, and what one asks of them."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parents[2]
IS_ROOT = os.geteuid() == 0


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
