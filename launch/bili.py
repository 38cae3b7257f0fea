"""Behind bin/bili: the operator's command, with the database for its duration."""

import os
import runpy
import signal
import sys
from types import FrameType

from launch import environment as env

WITHOUT_DATABASE = {"parse"}
HELP = {"--help", "-h"}


def main() -> None:
    """Run `cli` in this process, in the environment that bin/run gives to its processes."""
    signal.signal(signal.SIGTERM, leave)
    environment = env.load()
    port = env.port(environment, "PORT", 8000)
    sandbox_port = env.port(environment, "SANDBOX_PORT", 8100)
    if not env.is_production(environment):
        env.fill_up(environment, {"APP_URL": f"http://{env.LOOPBACK}:{port}"})
        if env.is_open(sandbox_port):  # bin/run is at work, and its services are ours
            env.wire(environment, f"http://{env.LOOPBACK}:{sandbox_port}")
    os.environ.update(environment)
    if (
        is_needless(sys.argv[1:])
        or environment.get("DATABASE_URL")
        or env.is_production(environment)
    ):
        command()
    else:
        with_embedded(environment)


def is_needless(arguments: list[str]) -> bool:
    """Whether no database is wanted: to read what a command is for, or for a pure one."""
    return not arguments or arguments[0] in WITHOUT_DATABASE or bool(HELP.intersection(arguments))


def with_embedded(environment: env.Environment) -> None:
    """Run it while the embedded database runs."""
    from models import embedded

    try:
        with embedded.server(env.home(environment)) as server:
            os.environ["DATABASE_URL"] = server.url
            command()
    except embedded.EmbeddedError as error:
        sys.exit(str(error))


def command() -> None:
    """The same as `python -m cli` with our arguments."""
    runpy.run_module("cli", run_name="__main__", alter_sys=True)


def leave(number: int, _frame: FrameType | None) -> None:
    """Let `with` and `finally` do their work."""
    sys.exit(128 + number)


if __name__ == "__main__":
    main()
