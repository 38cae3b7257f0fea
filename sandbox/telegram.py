"""Telegram as a whole: its bot, the chats, the files and the courier."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .post import Answer
from .state import World
from .telegram_chats import Chat, Chats
from .telegram_delivery import Courier
from .telegram_files import Files

MOST_TAPS = 5000


@dataclass
class Tap:
    """A pressed button that waits for its answer."""

    chat: Chat
    asked_at: float
    answered: bool = False


class Telegram:
    """What the Bot API and the phones both look at; read and changed under the world's lock."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.chats = Chats(world)
        self.files = Files(world)
        self.commands: dict[tuple[str, str], list[dict[str, str]]] = {}
        self.taps: OrderedDict[str, Tap] = OrderedDict()
        self.execute: Callable[[Answer], None] = lambda _answer: None
        self.courier = Courier(world, self._execute)

    def _execute(self, answer: Answer) -> None:
        self.execute(answer)

    @property
    def bot_id(self) -> int:
        """The number before the colon of the token."""
        return int(self.world.options.bot_token.partition(":")[0])

    def me(self) -> dict[str, Any]:
        """The bot as a User, as it stands in messages."""
        options = self.world.options
        return {
            "id": self.bot_id,
            "is_bot": True,
            "first_name": options.bot_name,
            "username": options.bot_username,
        }

    def new_tap(self, chat: Chat) -> str:
        """The id of a callback query, good for one answer within a while."""
        query_id = str(self.world.chance.randrange(10**17, 10**18))
        self.taps[query_id] = Tap(chat, time.monotonic())
        while len(self.taps) > MOST_TAPS:
            self.taps.popitem(last=False)
        return query_id

    def commands_for(self, chat: Chat) -> list[dict[str, str]]:
        """The menu this person sees: narrowest scope first, within it their language first."""
        language = chat.user.language_code[:2]
        for scope in (f"chat:{chat.user.id}", "all_private_chats", "default"):
            for spoken in (language, ""):
                if self.commands.get((scope, spoken)):
                    return self.commands[scope, spoken]
        return []

    def reset(self) -> None:
        """Forget what was said; the webhook, the menu and the counters stay."""
        self.chats.reset()
        self.taps.clear()
        self.courier.drop_all()
