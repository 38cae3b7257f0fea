"""What all services share: one lock, one clock, chance, switches, the log and text messages."""

import random
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from .later import Later
from .options import Options
from .switches import Switches

MOST_LOG_LINES = 200
MOST_SMS = 50


class Refused(ValueError):  # noqa: N818 (named for what it is)
    """Something a person or program asked of the sandbox that cannot be."""


def iso(moment: datetime) -> str:
    """A time as the page reads it."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass
class World:
    """Everything is in memory and everything is read and changed under `lock`."""

    options: Options
    later: Later = field(default_factory=Later)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.options.seed)
        self.switches = Switches(self.chance)
        self.lock = threading.RLock()
        self.changed = threading.Condition(self.lock)
        self.seq = 0
        self.clock_offset_s = 0.0
        self.log: deque[dict[str, str]] = deque(maxlen=MOST_LOG_LINES)
        self.sms: dict[str, deque[dict[str, str]]] = {}

    def now(self) -> datetime:
        """The time here: real time plus what the clock was moved."""
        return datetime.now(UTC) + timedelta(seconds=self.clock_offset_s)

    def touch(self) -> int:
        """Something changed: wake who waits for it. Returns the number of this change."""
        with self.lock:
            self.seq += 1
            self.changed.notify_all()
            return self.seq

    def note(self, service: str, line: str) -> None:
        """Write a line into the log that the page shows."""
        with self.lock:
            self.log.append({"at": iso(self.now()), "service": service, "line": line})
            self.touch()

    def text(self, number: str, sender: str, words: str) -> None:
        """A text message arrives on a phone; numbers are bare digits."""
        with self.lock:
            box = self.sms.setdefault(number, deque(maxlen=MOST_SMS))
            box.append({"from": sender, "text": words, "at": iso(self.now())})
            self.touch()

    def wait(self, after: int, wait_s: float) -> None:
        """Return when something newer than `after` has happened, or when the time is over."""
        with self.lock:
            self.changed.wait_for(lambda: self.seq > after, wait_s)

    def fault(self, name: str) -> str:
        """What this switch does to the present call."""
        with self.lock:
            before = self.switches[name]
            value = self.switches.fault(name)
            if self.switches[name] != before:
                self.touch()
            return value

    def timed(self, service: str) -> Callable[[str], None]:
        """A note that tells how long it took since now."""
        began = time.monotonic()

        def tell(line: str) -> None:
            self.note(service, f"{line} {(time.monotonic() - began) * 1000:.0f} ms")

        return tell
