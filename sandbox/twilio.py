"""Twilio's WhatsApp as a whole: people, their chats with our sender, every message and its fate."""

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from .post import Post
from .state import World
from .twilio_content import Contents

PREFIX = "whatsapp:"
WINDOW = timedelta(hours=24)
MOST_SHOWN = 100
MOST_MESSAGES = 5000
MOST_PEOPLE = 2000


@dataclass(frozen=True)
class Media:
    """One file of a message, as Twilio keeps it."""

    sid: str
    content_type: str
    content: bytes
    name: str = ""


@dataclass
class Message:
    """One message; `buttons` are (title, id or link) under it, `options` what the caller asked."""

    sid: str
    number: int
    inbound: bool
    sender: str
    to: str
    body: str
    at: datetime
    status: str = "queued"
    error: int | None = None
    media: list[Media] = field(default_factory=list)
    media_urls: list[str] = field(default_factory=list)
    callback: str = ""
    template: str | None = None
    buttons: list[dict[str, str]] = field(default_factory=list)
    list_title: str = ""
    seq: int = 0
    card: str = ""


@dataclass
class Person:
    """Someone on WhatsApp; with `hidden` her number is not shown and `user_id` stands for her."""

    number: str
    name: str
    changed: threading.Condition
    user_id: str = ""
    hidden: bool = False
    joined: bool = True
    stopped: bool = False
    blocked: bool = False
    last_inbound_at: datetime | None = None
    messages: OrderedDict[int, Message] = field(default_factory=OrderedDict)

    @property
    def address(self) -> str:
        """What stands in From when she writes, without the channel's prefix."""
        return self.user_id if self.hidden and self.user_id else self.number


class Twilio:
    """What the REST API and the phones both look at; read and changed under the world's lock."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.post = Post(timeout_s=15)
        self.base_url = f"http://127.0.0.1:{world.options.port}"
        self.contents = Contents(world)
        self.people: OrderedDict[str, Person] = OrderedDict()
        self.messages: OrderedDict[str, Message] = OrderedDict()
        self._kept: set[str] = set()
        seeded = world.options.seed is not None
        # Ids must not come back after a restart: the application remembers what it has seen.
        self._count = 0 if seeded else int(time.time()) - 1_760_000_000

    @property
    def sender(self) -> str:
        """Our WhatsApp number, with the prefix."""
        return PREFIX + self.world.options.twilio_from

    def webhook(self) -> str:
        """Where inbound messages go, with the retry rules in its fragment."""
        given = self.world.options.twilio_webhook
        return given or f"{self.world.options.app_url}/webhooks/twilio#rc=5&rp=all"

    def new_sid(self, kind: str) -> str:
        """Two letters and 32 hex digits, never the same twice."""
        self._count += 1
        return f"{kind}{self._count:012x}{self.world.chance.getrandbits(80):020x}"

    def meet(self, number: str, name: str = "", *, keep: bool = False) -> Person:
        """The person with this number or user id, made when new."""
        found = self.find(number)
        if found is None:
            user_id = "" if number.startswith("+") else number
            found = Person(
                number if not user_id else "",
                name or number,
                threading.Condition(self.world.lock),
                user_id=user_id,
                hidden=bool(user_id),
            )
            self.people[number] = found
            self._make_room()
        if keep:
            self._kept.add(number)
        return found

    def find(self, address: str) -> Person | None:
        """By number, with or without the plus, or by user id."""
        for person in (self.people.get(address), self.people.get(f"+{address}")):
            if person is not None:
                return person
        return next((p for p in self.people.values() if p.user_id and p.user_id == address), None)

    def _make_room(self) -> None:
        while len(self.people) > MOST_PEOPLE:
            del self.people[next(key for key in self.people if key not in self._kept)]

    def new_message(self, *, inbound: bool, person_address: str, body: str, **more: Any) -> Message:
        """A message with a fresh sid, known to the API from now on."""
        media = more.get("media") or more.get("media_urls")
        sid = self.new_sid("MM" if media else "SM")
        whom = PREFIX + person_address
        sender, to = (whom, self.sender) if inbound else (self.sender, whom)
        message = Message(sid, self._count, inbound, sender, to, body, self.world.now(), **more)
        self.messages[sid] = message
        while len(self.messages) > MOST_MESSAGES:
            self.messages.popitem(last=False)
        return message

    def show(self, person: Person, message: Message) -> None:
        """The message is seen on the phone from now on."""
        person.messages[message.number] = message
        while len(person.messages) > MOST_SHOWN:
            person.messages.popitem(last=False)
        self.touch(person, message)

    def touch(self, person: Person, message: Message | None = None) -> None:
        """Tell everyone who looks at this phone that something changed."""
        with self.world.lock:
            seq = self.world.touch()
            if message is not None:
                message.seq = seq
            person.changed.notify_all()

    def is_open(self, person: Person) -> bool:
        """Whether she wrote within a day."""
        last = person.last_inbound_at
        return last is not None and self.world.now() < last + WINDOW

    def reset(self) -> None:
        """Forget what was said; contents stay, and who is on the page."""
        kept = [(key, person) for key, person in self.people.items() if key in self._kept]
        self.people.clear()
        self.messages.clear()
        for key, person in kept:
            fresh = self.meet(key, person.name, keep=True)
            fresh.user_id = person.user_id
