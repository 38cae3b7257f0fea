"""Becomes another command once something listens on a port, or after a while without."""

import os
import socket
import sys
import time

PATIENCE_S = 10.0


def main(port: int, command: list[str]) -> None:
    """Wait, then be that command: same process, same signals."""
    until = time.monotonic() + PATIENCE_S
    while not listens(port) and time.monotonic() < until:
        time.sleep(0.1)
    os.execvp(command[0], command)  # noqa: S606 - a line of the Procfile


def listens(port: int) -> bool:
    """Whether a connection to this machine's port is taken."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
