"""People who want something: they read the chat, answer what is asked, and try again when ignored."""

import random
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from models.text import catalogue
from tests.fire.town import FireTown

LANGUAGES = ("en", "sw")
STUCK_S = 420.0  # nobody tries longer than this, however slow the machine
PATIENCE_S = 4.0  # at first; whoever hears nothing waits longer the next time
MOST_PATIENCE_S = 20.0
SILENCES = 3  # in a row, after which one stops whatever is under way and begins anew
AFRESH = 0.4  # of those who hear nothing begin anew, the others repeat themselves
POLL_S = 1.0
LOOK_S = 2.0  # how often one looks elsewhere while waiting for words


class StuckError(Exception):
    """Somebody never got what she wanted, however often she tried."""


@dataclass(frozen=True)
class Message:
    """One thing the bot said, as it stands on a screen; bold signs are left out."""

    id: int
    text: str
    buttons: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Say:
    """Type something."""

    words: str


@dataclass(frozen=True)
class Tap:
    """Choose something by its label: a key on Telegram, typed out where there are none."""

    msgid: str


Act = Say | Tap
Rules = Mapping[str, Act | Callable[[Message], Act]]


def pattern(msgid: str) -> re.Pattern[str]:
    """Finds a sentence of ours in either language, whatever stands in its places.

    Raises LookupError for one that nobody says (any more).
    """
    if not any(msgid in known for known in catalogue("sw")):
        raise LookupError(f"nobody says {msgid!r}")
    ways = []
    for language in LANGUAGES:
        template = catalogue(language).get(msgid, (msgid,))[0]
        words = re.escape(template.replace("*", ""))
        ways.append(re.sub(r"\\\{\w+\\\}", "[^\n]*?", words))
    return re.compile("|".join(ways))


def labels(msgid: str) -> list[str]:
    """How a button may be called, up to the first place in it."""
    return [
        catalogue(language).get(msgid, (msgid,))[0].replace("*", "").partition("{")[0]
        for language in LANGUAGES
    ]


@dataclass
class Person:
    """One chat with the bot, on either channel; the number is the one M-Pesa knows her by."""

    town: FireTown
    channel: str
    name: str
    number: str
    language: str
    chance: random.Random
    seq: int = 0
    heard: dict[int, Message] = field(default_factory=dict)
    turns: int = 0
    patience_s: float = PATIENCE_S

    @property
    def address(self) -> str:
        """Her chat in the sandbox."""
        if self.channel == "telegram":
            return f"chats/{self.number.removeprefix('+')}"
        return f"whatsapp/{self.number}"

    def do(self, act: Act) -> None:
        """Type or tap; nothing is awaited."""
        self.turns += 1
        self.town.tell(f"{self.name} ({self.channel}) > {act}")
        if isinstance(act, Tap):
            self._tap(act)
        else:
            self._act("say", text=act.words)

    def _act(self, act: str, **body: Any) -> None:
        known = {"first_name": self.name, "language_code": self.language, "number": self.number}
        self.town.does(f"{self.address}/{act}", **known, **body)

    def _tap(self, tap: Tap) -> None:
        names = labels(tap.msgid)
        for message in reversed(self.heard.values()):
            for label, data in message.buttons:
                if label.startswith(tuple(names)):
                    self._act("press", message_id=message.id, data=data)
                    return
        self._act("say", text=self.chance.choice(names).strip())

    def hear(self, wait_s: float) -> list[Message]:
        """What is new on the screen within that time; returns as soon as there is anything."""
        end = time.monotonic() + wait_s
        while True:
            left = end - time.monotonic()
            found = self._news(max(0.0, min(POLL_S, left)))
            if found or left <= 0:
                return found

    def _news(self, wait_s: float) -> list[Message]:
        asked = {"after": self.seq, "wait_s": wait_s}
        url = f"{self.town.sandbox}/sandbox/{self.address}"
        try:
            answer = self.town.client.get(url, params=asked).json()
        except httpx.TransportError:  # our own call broke off; the next look asks the same
            return []
        self.seq = max(self.seq, int(answer["seq"]))
        fresh = [read(m) for m in answer["messages"] if m["from"] == "bot"]
        fresh = [message for message in fresh if message.id not in self.heard]
        self.heard |= {message.id: message for message in fresh}
        for message in fresh:
            self.town.tell(f"{self.name} ({self.channel}) < {message.text[:300]!r}")
        return fresh

    def converse(
        self,
        first: Act,
        rules: Rules,
        done: str | re.Pattern[str],
        again: Callable[[], Act | None] | None = None,
        seen: Callable[[], object] = lambda: False,
    ) -> Message | None:
        """Answer what is asked until that is said; whom nobody answers says it again.

        Or begins anew with what `again` says, whose None means that it is done already. So does
        what `seen` finds without any word. Raises StuckError after minutes.
        """
        known = [(pattern(msgid), act) for msgid, act in rules.items()]
        goal = pattern(done) if isinstance(done, str) else done
        act, silences, end = first, 0, time.monotonic() + STUCK_S
        while time.monotonic() < end:
            self.do(act)
            answer = self._answer(known, goal, seen)
            if isinstance(answer, Message):
                return answer
            if answer is None and seen():
                return None
            silences = silences + 1 if answer is None else 0
            if silences == SILENCES:
                self.do(Say("/cancel"))
                self.hear(self.patience_s)
            if silences == SILENCES or (answer is None and self.chance.random() < AFRESH):
                answer, silences = again() if again else first, 0
                if answer is None:
                    return None
            act = answer or act
        raise StuckError(f"{self.name} ({self.channel}) wants {goal.pattern!r}; {self.screen()}")

    def _answer(
        self,
        rules: list[tuple[re.Pattern[str], Any]],
        goal: re.Pattern[str],
        seen: Callable[[], object],
    ) -> Message | Act | None:
        """The message that ends it, what to do next, or None: nobody says anything of use."""
        end = time.monotonic() + self.patience_s
        while time.monotonic() < end and not seen():
            fresh = self.hear(min(LOOK_S, end - time.monotonic()))
            for message in reversed(fresh):
                if goal.search(message.text):
                    return message
            for message in reversed(fresh):
                for words, act in rules:
                    if words.search(message.text):
                        self.patience_s = max(PATIENCE_S, self.patience_s * 0.8)
                        found: Act = act(message) if callable(act) else act
                        return found
        self.patience_s = min(MOST_PATIENCE_S, self.patience_s * 1.5)
        return None

    def screen(self) -> str:
        """The last things on it, for whoever looks into a failure."""
        last = list(self.heard.values())[-4:]
        return " / ".join(message.text.replace("\n", " ⏎ ")[:160] for message in last)


def read(shown: Mapping[str, Any]) -> Message:
    """A message as the sandbox tells it."""
    keys = tuple(
        (key["label"], key["data"]) for row in shown["buttons"] for key in row if "data" in key
    )
    return Message(int(shown["id"]), str(shown["text"]).replace("*", ""), keys)
