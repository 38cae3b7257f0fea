"""The long fire: hundreds of conversations, everything killed at random, the books compared.

    python -m benchmarks.fire --seed 7 --minutes 10 --conversations 300

The same seed makes the same people, plans and misfortunes (their moments vary with the machine).
Exits 1 where anything differs from the undisturbed run. See docs/operations.md.
"""

import argparse
import signal
import sys
import tempfile
from pathlib import Path
from types import FrameType

from tests.fire.run import Wish, burn


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--minutes", type=float, default=5, help="over which merchants begin")
    ask.add_argument("--conversations", type=int, default=150)
    ask.add_argument("--pause", type=float, default=2.0, help="seconds between two misfortunes")
    ask.add_argument("--logs", type=Path, help="where the processes' lines go (a new folder)")
    options = ask.parse_args()
    signal.signal(signal.SIGTERM, _stop)
    logs = options.logs or Path(tempfile.mkdtemp(prefix="bili-fire-logs-"))
    wish = Wish(options.seed, options.conversations, options.minutes * 60, options.pause)
    report = burn(wish, logs)
    print(report)
    print(f"what was said and logged: {logs}")
    return 1 if report.faults else 0


def _stop(_sign: int, _frame: FrameType | None) -> None:
    raise SystemExit(1)  # everything that was started is ended on the way out


if __name__ == "__main__":
    sys.exit(main())
