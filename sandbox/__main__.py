"""Opens the outside world on one port and keeps it until Ctrl-C."""

import os
import signal
from types import FrameType

from . import options, server


def main() -> None:
    """Read the command line and serve."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _end)
    sandbox = server.make(options.read())
    print(f"Sandbox: {sandbox.url}", flush=True)  # noqa: T201 (its only word)
    sandbox.server.serve_forever()


def _end(_number: int, _frame: FrameType | None) -> None:
    """At once: nothing is kept, and threads that play hanging calls must not be waited for."""
    os._exit(0)


if __name__ == "__main__":
    main()
