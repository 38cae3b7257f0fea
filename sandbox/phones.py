"""The phones that lie on the page: who holds them and what they show."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .daraja import Daraja
from .daraja_stk import shown_prompt
from .state import World
from .telegram import Telegram
from .telegram_chats import Chat, User
from .telegram_page import shown_message


@dataclass(frozen=True)
class Phone:
    """One phone and its owner; `number` as people write it, with the plus."""

    id: str
    name: str
    role: str
    number: str
    channel: str
    user_id: int
    balance: Decimal
    language_code: str = "en"

    @property
    def msisdn(self) -> str:
        """The number as M-Pesa writes it."""
        return self.number.removeprefix("+")


PHONES = (
    Phone("wanjiru", "Wanjiru", "merchant", "+254700000001", "telegram", 700101, Decimal(5000)),
    Phone("jane", "Jane", "customer", "+254712345678", "telegram", 700102, Decimal(25000)),
    Phone("otieno", "Otieno", "customer", "+254722000222", "telegram", 700103, Decimal(1500), "sw"),
)


@dataclass(frozen=True)
class Shelf:
    """All phones and the services they look at."""

    world: World
    telegram: Telegram
    daraja: Daraja
    phones: tuple[Phone, ...] = PHONES

    def lay_out(self) -> None:
        """Chats and wallets as they are at the start."""
        for phone in self.phones:
            user = User(
                phone.user_id,
                phone.name,
                language_code=phone.language_code,
                number=phone.number,
            )
            self.telegram.chats.meet(user, keep=True)
            self.daraja.open_wallet(phone.msisdn, phone.name, phone.balance)
        self.daraja.owner = self.phones[0].msisdn

    def find(self, phone_id: str) -> Phone | None:
        """By its short name."""
        return next((phone for phone in self.phones if phone.id == phone_id), None)

    def chat(self, phone: Phone) -> Chat:
        """Its conversation with the bot."""
        return self.telegram.chats.meet(
            User(phone.user_id, phone.name, number=phone.number), keep=True
        )

    def shown(self) -> Iterable[dict[str, Any]]:
        """As the page draws them; the caller holds the lock."""
        return [self._shown(phone) for phone in self.phones]

    def _shown(self, phone: Phone) -> dict[str, Any]:
        chat = self.chat(phone)
        return {
            "id": phone.id,
            "name": phone.name,
            "role": phone.role,
            "number": phone.number,
            "channel": phone.channel,
            "chat_id": phone.user_id,
            "balance": f"{self.daraja.wallet(phone.msisdn).balance:.2f}",
            "blocked": chat.blocked,
            "typing": chat.typing,
            "commands": self.telegram.commands_for(chat),
            "messages": [shown_message(self.telegram, m) for m in chat.messages.values()],
            "toast": chat.toast,
            "stk": shown_prompt(self.daraja, phone.msisdn),
            "sms": list(self.world.sms.get(phone.msisdn, ())),
        }
