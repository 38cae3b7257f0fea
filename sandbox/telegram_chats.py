"""Private chats between people and the bot: who, what was said, what is shown now."""

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

from .state import World

MOST_MESSAGES = 100
MOST_CHATS = 2000
TYPING_S = 5.0


@dataclass
class User:
    """A person as Telegram knows them."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = "en"
    number: str = ""

    def as_json(self) -> dict[str, Any]:
        """Telegram's User object."""
        return {"id": self.id, "is_bot": False} | self._named()

    def as_chat(self) -> dict[str, Any]:
        """Telegram's Chat object of the private chat with this person."""
        named = self._named()
        named.pop("language_code", None)
        return {"id": self.id, "type": "private"} | named

    def _named(self) -> dict[str, Any]:
        everything = {
            "first_name": self.first_name,
            "last_name": self.last_name,
            "username": self.username,
            "language_code": self.language_code,
        }
        return {name: value for name, value in everything.items() if value}


@dataclass
class Message:
    """One message: `wire` is Telegram's own object, the rest is what only a phone sees."""

    wire: dict[str, Any]
    mine: bool = False
    seq: int = 0
    edited: bool = False
    status: str = "sent"
    keyboard: dict[str, Any] | None = None

    @property
    def id(self) -> int:
        """Telegram's message_id."""
        return int(self.wire["message_id"])


@dataclass
class Chat:
    """The private chat of one person; `changed` shares the world's lock."""

    user: User
    changed: threading.Condition
    messages: OrderedDict[int, Message] = field(default_factory=OrderedDict)
    started: bool = False
    blocked: bool = False
    typing_until: float = 0.0
    toast: dict[str, Any] | None = None

    @property
    def typing(self) -> bool:
        """Whether the bot is seen typing now."""
        return time.monotonic() < self.typing_until

    def keyboard_request(self) -> Message | None:
        """The last message that asked for a contact, if any."""
        for message in reversed(self.messages.values()):
            rows = (message.keyboard or {}).get("keyboard", [])
            if any(isinstance(key, dict) and key.get("request_contact") for r in rows for key in r):
                return message
        return None


class Chats:
    """All chats; the least recently used one goes when there are too many."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._chats: OrderedDict[int, Chat] = OrderedDict()
        seeded = world.options.seed is not None
        # Ids must not come back after a restart: the application remembers what it has seen.
        self._last_message_id = 100 if seeded else (int(time.time()) - 1_760_000_000) * 10
        self._kept: set[int] = set()

    def find(self, chat_id: int) -> Chat | None:
        """The chat, or None."""
        return self._chats.get(chat_id)

    def by_number(self, number: str) -> Chat | None:
        """The chat of the person with this phone number, in any spelling."""
        digits = number.strip().removeprefix("+")
        chats = self._chats.values()
        return next((c for c in chats if c.user.number.removeprefix("+") == digits), None)

    def meet(self, user: User, keep: bool = False) -> Chat:
        """The chat with this person, made when it is new."""
        chat = self._chats.get(user.id)
        if chat is None:
            chat = Chat(user, threading.Condition(self.world.lock))
            self._chats[user.id] = chat
            self._make_room()
        if keep:
            self._kept.add(user.id)
        self._chats.move_to_end(user.id)
        return chat

    def _make_room(self) -> None:
        while len(self._chats) > MOST_CHATS:
            oldest = next(key for key in self._chats if key not in self._kept)
            del self._chats[oldest]

    def reset(self) -> None:
        """Forget everything said; who is on the page stays."""
        for chat_id in list(self._chats):
            user = self._chats.pop(chat_id).user
            if chat_id in self._kept:
                self._chats[chat_id] = Chat(user, threading.Condition(self.world.lock))

    def next_message_id(self) -> int:
        """One count for the bot, as in real private chats."""
        self._last_message_id += 1
        return self._last_message_id

    def was_used(self, message_id: int) -> bool:
        """Whether a message of this id ever existed."""
        return 0 < message_id <= self._last_message_id

    def add(self, chat: Chat, message: Message) -> Message:
        """A new message at the end of the chat."""
        chat.messages[message.id] = message
        while len(chat.messages) > MOST_MESSAGES:
            chat.messages.popitem(last=False)
        if not message.mine:
            chat.typing_until = 0.0
        self.touch(chat, message)
        return message

    def touch(self, chat: Chat, message: Message | None = None) -> None:
        """Tell everyone who looks at this chat that it has changed."""
        with self.world.lock:
            seq = self.world.touch()
            if message is not None:
                message.seq = seq
            chat.changed.notify_all()

    def typing(self, chat: Chat) -> None:
        """Show the bot typing for a few seconds."""
        chat.typing_until = time.monotonic() + TYPING_S
        self.touch(chat)
        self.world.later.after(TYPING_S + 0.05, lambda: self.touch(chat))
