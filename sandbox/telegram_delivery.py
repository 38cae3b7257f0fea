"""Updates on their way to the webhook: one at a time per queue, retried, in the end dropped.

Rules of the Bot API server (tdlib/telegram-bot-api): a chat's messages wait for each other, taps
of one person have a queue of their own, different queues run side by side.
"""

import json
import time
from collections import deque
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from .post import Answer, Post
from .state import World

LADDER_S = (0, 2, 4, 8, 16, 32)
DAY_S = 86_400.0
TAP_S = 150.0
GONE_S = 23 * 3600.0
MOST_WAITING = 10_000
QUIET_KINDS = {"chat_member", "message_reaction", "message_reaction_count"}
Update = dict[str, Any]


@dataclass
class Webhook:
    """Where updates go, and how that went."""

    url: str = ""
    secret: str = ""
    max_connections: int = 40
    allowed: list[str] = field(default_factory=list)
    last_error_at: datetime | None = None
    last_error: str = ""
    gone_since: float | None = None
    set_at: float = -10.0


@dataclass
class Item:
    """One update that waits; `done` is told when it was accepted."""

    update: Update
    expires_at: float
    done: Callable[[], None] | None = None
    tries: int = 0


@dataclass
class Queue:
    """Updates that must arrive one after the other; `resting` until a retry is due."""

    items: deque[Item] = field(default_factory=deque)
    taken: bool = False


class Courier:
    """Carries updates of one bot. `execute` runs a method that a webhook's answer asked for."""

    def __init__(self, world: World, execute: Callable[[Answer], None]) -> None:
        self._world = world
        self._execute = execute
        self._post = Post()
        self._queues: dict[Hashable, Queue] = {}
        self._ready: deque[Hashable] = deque()
        self._flying = 0
        self.webhook = Webhook()
        self.poller: object = None
        seeded = world.options.seed is not None
        # Numbers must not come back after a restart: the application remembers them.
        self._last_id = 1000 if seeded else (int(time.time()) - 1_760_000_000) * 10

    def waiting(self) -> int:
        """pending_update_count."""
        with self._world.lock:
            return sum(len(queue.items) for queue in self._queues.values())

    def put(
        self, key: Hashable, update: Update, done: Callable[[], None] | None = None
    ) -> int | None:
        """Give an update its number and send it on; None when the bot did not ask for its kind."""
        with self._world.lock:
            if not self._wanted(update) or self.waiting() >= MOST_WAITING:
                return None
            self._last_id += 1
            numbered = {"update_id": self._last_id} | update
            lives_s = TAP_S if "callback_query" in update else DAY_S
            expires_at = time.monotonic() + lives_s * self._world.options.retry_scale
            self._append(key, Item(numbered, expires_at, done))
            return int(numbered["update_id"])

    def _append(self, key: Hashable, item: Item) -> None:
        queue = self._queues.setdefault(key, Queue())
        queue.items.append(item)
        if not queue.taken:
            queue.taken = True
            self._ready.append(key)
        self._world.touch()
        self.start()

    def _wanted(self, update: Update) -> bool:
        kind = next((name for name in update if name != "update_id"), "")
        allowed = self.webhook.allowed
        return kind in allowed if allowed else kind not in QUIET_KINDS

    def start(self) -> None:
        """Send what is ready, as far as max_connections reaches."""
        with self._world.lock:
            while self.webhook.url and self._ready and self._flying < self.webhook.max_connections:
                key = self._ready.popleft()
                self._flying += 1
                self._world.later.run(lambda key=key: self._carry(key))  # type: ignore[misc]

    def close(self) -> None:
        """Let the connections to the webhook go."""
        self._post.close()

    def pending(self) -> list[Update]:
        """What waits, in the order of its numbers."""
        waiting = [item.update for queue in self._queues.values() for item in queue.items]
        return sorted(waiting, key=lambda update: int(update["update_id"]))

    def forget_below(self, offset: int) -> None:
        """What a getUpdates offset acknowledges."""
        for queue in self._queues.values():
            while queue.items and queue.items[0].update["update_id"] < offset:
                item = queue.items.popleft()
                if item.done is not None:
                    item.done()

    def drop_all(self) -> None:
        """drop_pending_updates."""
        with self._world.lock:
            for queue in self._queues.values():
                queue.items.clear()

    def _carry(self, key: Hashable) -> None:
        with self._world.lock:
            queue, hook = self._queues[key], self.webhook
            item = queue.items[0] if queue.items else None
        expired = item is not None and item.expires_at <= time.monotonic()
        answer = None
        if item is not None and not expired and hook.url:
            answer = self._deliver(hook, item)
        with self._world.lock:
            self._flying -= 1
            self._settle(key, item, expired, answer)
            self.start()

    def _deliver(self, hook: Webhook, item: Item) -> Answer:
        fault = self._world.fault("Telegram delivery")
        if fault == "lost":
            self._world.note("telegram", f"update {item.update['update_id']} lost on purpose")
            return Answer(200)
        if fault == "twice at once":
            self._world.later.run(lambda: self._send(hook, item.update))  # type: ignore[arg-type]
        answer = self._send(hook, item.update)
        if answer.accepted:
            self._once_more(fault, hook, item.update)
            if item.done is not None:
                item.done()
            self._execute(answer)
        return answer

    def _once_more(self, fault: str, hook: Webhook, update: Update) -> None:
        if fault == "twice":
            self._send(hook, update)
        elif fault == "taps again, new id" and "callback_query" in update:
            with self._world.lock:
                self._last_id += 1
                again = update | {"update_id": self._last_id}
            self._send(hook, again)

    def _send(self, hook: Webhook, update: Update) -> Answer:
        headers = {"Content-Type": "application/json", "Connection": "keep-alive"}
        if hook.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = hook.secret
        kind = next(name for name in update if name != "update_id")
        tell = self._world.timed("telegram")
        answer = self._post.send(hook.url, json.dumps(update).encode(), headers)
        tell(f"update {update['update_id']} {kind}: {answer.fault or answer.status}")
        return answer

    def _settle(
        self, key: Hashable, item: Item | None, expired: bool, answer: Answer | None
    ) -> None:
        queue = self._queues[key]
        finished = expired or (answer is not None and answer.accepted)
        if item is not None and answer is not None and not finished:
            delay_s = self._failed(item, answer) * self._world.options.retry_scale
            finished = time.monotonic() + delay_s >= item.expires_at
            if not finished:
                self._world.later.after(delay_s, lambda: self._again(key))
                return
        if finished and queue.items and queue.items[0] is item:
            queue.items.popleft()
        self._release(key, queue)

    def _release(self, key: Hashable, queue: Queue) -> None:
        if queue.items:
            self._ready.append(key)
        else:
            del self._queues[key]

    def _again(self, key: Hashable) -> None:
        with self._world.lock:
            self._ready.append(key)
            self.start()

    def _failed(self, item: Item, answer: Answer) -> float:
        hook = self.webhook
        item.tries += 1
        hook.last_error_at = self._world.now()
        wrong = f"Wrong response from the webhook: {answer.fault}"
        hook.last_error = wrong if answer.status else answer.fault
        self._gone(answer)
        if answer.retry_after.isdigit():
            return float(min(3600, int(answer.retry_after)))
        if item.tries <= len(LADDER_S):
            return float(LADDER_S[item.tries - 1])
        return self._world.chance.uniform(60, 120)

    def _gone(self, answer: Answer) -> None:
        hook, now = self.webhook, time.monotonic()
        if answer.status != 410:
            hook.gone_since = None
        elif hook.gone_since is None:
            hook.gone_since = now
        elif now - hook.gone_since > GONE_S * self._world.options.retry_scale:
            hook.url = ""
