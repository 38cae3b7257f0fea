"""People who talk to the bot in tests: what they type and tap, and what they read."""

from dataclasses import dataclass, field
from itertools import count
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

import bot.options
import payments.options
from bot import dispatch, telegram
from bot.channel import button
from bot.dispatch import Receipt
from bot.house import House
from conversations.prompts import Prompt, from_json
from models import db
from models.people import Contact, Conversation, Person
from models.text import Markup, render
from models.traffic import Outbound

_ids = count(1)
APP_URL = "https://bili.test"


def house(**daraja: Any) -> House:
    """Options as the web process would have them, with every secret made up."""
    mpesa: dict[str, Any] = {
        "url": "http://127.0.0.1:9",
        "consumer_key": "key",
        "consumer_secret": "secret",
        "shortcode": "174379",
        "till": "",
        "passkey": "passkey",
        "callback_secret": "5ec4e7",
        "allowed_ips": (),
        "enforce_ips": False,
        "merchant": None,
    }
    return House(
        bot.options.Options(
            app_url=APP_URL,
            telegram=bot.options.TelegramOptions(
                "700001:test", "bili_test_bot", "hush", "http://127.0.0.1:9", None, None
            ),
            twilio=bot.options.TwilioOptions("", "", "", "", "", "", {}),
        ),
        payments.options.Options(
            app_url=APP_URL,
            production=False,
            daraja=payments.options.DarajaOptions(**(mpesa | daraja)),
        ),
    )


@dataclass
class Talk:
    """One phone on Telegram: `say` and `tap` go through dispatch, `screen` is what came back."""

    session: Session
    user_id: int = 0
    name: str = "Wanjiru"
    language_code: str = "en"
    house: House = field(default_factory=house)
    read_until: int = 0
    screen: list[Outbound] = field(default_factory=list)
    receipt: Receipt = field(default_factory=Receipt)

    def __post_init__(self) -> None:
        self.user_id = self.user_id or 5_000_000 + next(_ids)

    # --- What she does ---

    def say(self, text: str) -> str:
        """Type a message; everything that came back, as one text."""
        return self.post(self.message(text=text))

    def tap(self, label: str) -> str:
        """Tap a button by (the beginning of) its label, the newest such."""
        for row in reversed(self.history()):
            for choice in from_json(row.body).choices:
                if render(choice.label, self.language).startswith(label) and not choice.url:
                    return self.press(button(row.id, choice.value), row)
        raise AssertionError(f"no button {label!r} among {self.labels()}")

    def press(self, data: str, row: Outbound | None = None) -> str:
        """Press a button by its data, on a message or out of the blue."""
        query = {
            "id": str(10_000_000 + next(_ids)),
            "from": self.sender(),
            "chat_instance": "1",
            "data": data,
            "message": {"message_id": row.id if row else 1, "date": 0, "chat": self.chat()},
        }
        return self.post({"callback_query": query})

    def message(self, **content: Any) -> dict[str, Any]:
        """An update with a message of any content."""
        return {
            "message": {
                "message_id": next(_ids),
                "date": 1_795_000_000,
                "chat": self.chat(),
                "from": self.sender(),
                **content,
            }
        }

    def sender(self) -> dict[str, Any]:
        """The user as Telegram describes her."""
        return {
            "id": self.user_id,
            "is_bot": False,
            "first_name": self.name,
            "language_code": self.language_code,
        }

    def chat(self) -> dict[str, Any]:
        """Her private chat."""
        return {"id": self.user_id, "type": "private", "first_name": self.name}

    def post(self, update: dict[str, Any]) -> str:
        """Deliver an update, as the webhook would; what was said because of it."""
        update = {"update_id": next(_ids), **update}
        inbound = telegram.read(update)
        assert inbound is not None
        self.receipt = dispatch.receive(self.session, inbound, self.house)
        db.enter(self.session, None)
        return self.look()

    # --- What she sees ---

    def look(self) -> str:
        """Whatever was queued for her since she last looked, rendered."""
        self.screen = [row for row in self.history() if row.id > self.read_until]
        if self.screen:
            self.read_until = self.screen[-1].id
        return "\n\n".join(self.words(row) for row in self.screen)

    def history(self) -> list[Outbound]:
        """Everything ever said to her, oldest first."""
        self.session.expire_all()
        return list(
            self.session.scalars(
                sa.select(Outbound)
                .join(Contact, Contact.id == Outbound.contact_id)
                .where(Contact.channel == "telegram", Contact.address == str(self.user_id))
                .order_by(Outbound.id)
            )
        )

    def words(self, row: Outbound, markup: Markup = Markup.PLAIN) -> str:
        """One message in her language."""
        return telegram.write(self.prompt(row), self.language, markup)

    def prompt(self, row: Outbound) -> Prompt:
        """The neutral prompt behind a message."""
        return from_json(row.body)

    def labels(self) -> list[str]:
        """The buttons on the newest message."""
        rows = self.history()
        choices = from_json(rows[-1].body).choices if rows else ()
        return [render(choice.label, self.language) for choice in choices]

    @property
    def person(self) -> Person:
        """Her row."""
        return self.session.scalars(
            sa.select(Person)
            .join(Contact, Contact.person_id == Person.id)
            .where(Contact.channel == "telegram", Contact.address == str(self.user_id))
        ).one()

    @property
    def conversation(self) -> Conversation:
        """Where her talk stands."""
        return self.session.get_one(Conversation, self.person.id)

    @property
    def language(self) -> str:
        """Her language."""
        return self.person.language


def merchant_talk(
    session: Session, name: str = "Wanjiru Hardware", language: str = "English"
) -> Talk:
    """A merchant who has just signed up through the bot."""
    talk = Talk(session)
    talk.say("/start")
    talk.tap(language)
    talk.say(name)
    talk.tap("Kenya")
    talk.tap("Cash" if language == "English" else "Taslimu")
    talk.tap("No" if language == "English" else "Hapana")
    return talk
