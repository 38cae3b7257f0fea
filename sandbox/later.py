"""Work that happens beside the request that caused it: at once or after a while."""

import heapq
import itertools
import queue
import threading
import time
import traceback
from collections.abc import Callable

Job = Callable[[], None]


class Later:
    """Daemon threads, started as needed up to a limit, and one thread that watches the time."""

    def __init__(self, most_threads: int = 64) -> None:
        self._most = most_threads
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._threads = 0
        self._idle = 0
        self._heap: list[tuple[float, int, Job]] = []
        self._order = itertools.count()
        self._due = threading.Condition()
        self._stopped = False
        threading.Thread(target=self._watch, name="sandbox-later", daemon=True).start()

    def run(self, job: Job) -> None:
        """Do this as soon as a thread is free."""
        with self._due:
            if self._jobs.qsize() >= self._idle and self._threads < self._most:
                self._threads += 1
                threading.Thread(target=self._work, daemon=True).start()
        self._jobs.put(job)

    def after(self, delay_s: float, job: Job) -> None:
        """Do this once so many real seconds have passed."""
        with self._due:
            heapq.heappush(self._heap, (time.monotonic() + delay_s, next(self._order), job))
            self._due.notify()

    def stop(self) -> None:
        """Start nothing more; what is running ends by itself."""
        with self._due:
            self._stopped = True
            self._heap.clear()
            self._due.notify()
            threads = self._threads
        for _ in range(threads):
            self._jobs.put(None)

    def _work(self) -> None:
        while True:
            with self._due:
                self._idle += 1
            job = self._jobs.get()
            with self._due:
                self._idle -= 1
            if job is None or self._stopped:
                return
            try:
                job()
            except Exception:  # noqa: BLE001 (one broken job must not end the thread)
                if not self._stopped:
                    traceback.print_exc()

    def _watch(self) -> None:
        while not self._stopped:
            job: Job | None = None
            with self._due:
                wait_s = self._heap[0][0] - time.monotonic() if self._heap else None
                if wait_s is not None and wait_s <= 0:
                    job = heapq.heappop(self._heap)[2]
                else:
                    self._due.wait(wait_s)
            if job is not None:
                self.run(job)
