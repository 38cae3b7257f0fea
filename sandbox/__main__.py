"""Opens the outside world on one port and keeps it until Ctrl-C."""

import os
import signal
import sys
from types import FrameType

from . import options, server


def main() -> None:
    """Read the command line and serve."""
    chosen = options.read()
    sandbox = server.make(chosen)
    signal.signal(signal.SIGTERM, _interrupt)
    print(f"Sandbox: {sandbox.url}", flush=True)  # noqa: T201 (its only word)
    try:
        sandbox.server.serve_forever()
    except KeyboardInterrupt:
        sys.stdout.flush()
        # Hanging calls are played by threads; nobody should wait for them now.
        os._exit(0)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
