"""Behind bin/test: the suite over an embedded Postgres of its own, never over a product's data."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg

from models import embedded

ROOT = Path(__file__).resolve().parents[1]
MOST_WORKERS = 4
PLAIN_OWNER = "plain_owner"


def main() -> None:
    """Run pytest with our arguments and end as it ends."""
    arguments = [*workers(sys.argv[1:]), *sys.argv[1:]]
    if os.environ.get("DATABASE_URL"):
        sys.exit(pytest(arguments, os.environ["DATABASE_URL"]))
    # Once, where every change passes, the owner is as little as a production's may be.
    plain = os.environ.get("CI") == "true"
    try:
        with embedded.server(ROOT / "var" / ("test-plain" if plain else "test")) as server:
            code = pytest(arguments, plain_owner(server.url) if plain else server.url)
    except embedded.EmbeddedError as error:
        sys.exit(str(error))
    sys.exit(code)


def workers(arguments: list[str]) -> list[str]:
    """As many as there are cores, at most four, unless somebody chose or wants to look inside."""
    chosen = ("-n", "--numprocesses", "--pdb", "-s", "--collect-only", "--co", "-h", "--help")
    if any(argument.startswith(chosen) for argument in arguments):
        return []
    return ["-n", str(min(os.cpu_count() or 1, MOST_WORKERS))]


def plain_owner(url: str) -> str:
    """The same server for an owner who may make databases and roles, and is no superuser."""
    with psycopg.connect(url, autocommit=True) as connection:
        query = "SELECT FROM pg_roles WHERE rolname = %s"
        if connection.execute(query, [PLAIN_OWNER]).fetchone() is None:
            connection.execute(f"CREATE ROLE {PLAIN_OWNER} LOGIN CREATEDB CREATEROLE")
        connection.execute(f"ALTER DATABASE {embedded.DATABASE} OWNER TO {PLAIN_OWNER}")
        password = connection.info.password
        if password:  # reached by loopback, where everybody needs one
            connection.execute(f"ALTER ROLE {PLAIN_OWNER} PASSWORD '{password}'")
    return url.replace(f"//{embedded.OWNER}", f"//{PLAIN_OWNER}", 1)


def pytest(arguments: list[str], url: str) -> int:
    """Run it as a child that hears Ctrl-C itself, and from us of any other end."""
    command = [sys.executable, "-m", "pytest", *arguments]
    with subprocess.Popen(command, cwd=ROOT, env=os.environ | {"DATABASE_URL": url}) as child:
        signal.signal(signal.SIGINT, lambda *_: None)
        signal.signal(signal.SIGTERM, lambda *_: child.terminate())
        return child.wait()


if __name__ == "__main__":
    main()
