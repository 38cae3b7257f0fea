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
from .twilio import Person, Twilio
from .twilio_page import shown_message as shown_on_whatsapp


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
    Phone("wambui", "Wambui", "merchant", "+254733000333", "whatsapp", 0, Decimal(3000)),
    Phone("asha", "Asha", "customer", "+255754000444", "whatsapp", 0, Decimal(12000), "sw"),
)


@dataclass(frozen=True)
class Shelf:
    """All phones and the services they look at."""

    world: World
    telegram: Telegram
    daraja: Daraja
    twilio: Twilio
    phones: tuple[Phone, ...] = PHONES

    def lay_out(self) -> None:
        """Chats and wallets as they are at the start."""
        for phone in self.phones:
            self.daraja.open_wallet(phone.msisdn, phone.name, phone.balance)
            if phone.channel == "whatsapp":
                self.person(phone)
                continue
            user = User(
                phone.user_id,
                phone.name,
                language_code=phone.language_code,
                number=phone.number,
            )
            self.telegram.chats.meet(user, keep=True)
        self.daraja.owner = self.phones[0].msisdn

    def find(self, phone_id: str) -> Phone | None:
        """By its short name."""
        return next((phone for phone in self.phones if phone.id == phone_id), None)

    def chat(self, phone: Phone) -> Chat:
        """Its conversation with the bot."""
        return self.telegram.chats.meet(
            User(phone.user_id, phone.name, number=phone.number), keep=True
        )

    def person(self, phone: Phone) -> Person:
        """Its owner on WhatsApp."""
        return self.twilio.meet(phone.number, phone.name, keep=True)

    def shown(self) -> Iterable[dict[str, Any]]:
        """As the page draws them; the caller holds the lock."""
        return [self._shown(phone) for phone in self.phones]

    def _shown(self, phone: Phone) -> dict[str, Any]:
        return self._basics(phone) | (
            self._on_whatsapp(phone) if phone.channel == "whatsapp" else self._on_telegram(phone)
        )

    def _on_whatsapp(self, phone: Phone) -> dict[str, Any]:
        person = self.person(phone)
        return {
            "chat_id": person.address,
            "blocked": person.blocked,
            "messages": [shown_on_whatsapp(m) for m in person.messages.values()],
        }

    def _on_telegram(self, phone: Phone) -> dict[str, Any]:
        chat = self.chat(phone)
        return {
            "chat_id": phone.user_id,
            "blocked": chat.blocked,
            "typing": chat.typing,
            "commands": self.telegram.commands_for(chat),
            "messages": [shown_message(self.telegram, m) for m in chat.messages.values()],
            "toast": chat.toast,
        }

    def _basics(self, phone: Phone) -> dict[str, Any]:
        return {
            "id": phone.id,
            "name": phone.name,
            "role": phone.role,
            "number": phone.number,
            "channel": phone.channel,
            "typing": False,
            "commands": [],
            "toast": None,
            "balance": f"{self.daraja.wallet(phone.msisdn).balance:.2f}",
            "stk": shown_prompt(self.daraja, phone.msisdn),
            "sms": list(self.world.sms.get(phone.msisdn, ())),
        }
