"""People who talk to the bot in tests: what they type and tap, and what they read."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

import bot.options
import payments.options
from bot import dispatch, notices, telegram, telegram_send, whatsapp, whatsapp_words
from bot.channel import Inbound, button, pressed
from bot.dispatch import Receipt
from bot.house import House
from bot.pieces import split, units
from bot.whatsapp_words import LONGEST
from conversations.prompts import (
    BUTTON_CHARS,
    BUTTONS,
    ROW_CHARS,
    ROWS,
    VALUE_BYTES,
    Prompt,
    from_json,
)
from models import db
from models.people import Contact, Conversation, Person
from models.text import LANGUAGES, Markup, Text, catalogue, render
from models.traffic import Outbound
from tests import twilio_forms

_ids = count(1)
APP_URL = "https://bili.test"
Words = Callable[..., str]  # a sentence in the language of a talk
CHANNEL = ["telegram"]  # the channel on which people of the tests talk
JOBS = "SELECT args FROM jobs.procrastinate_jobs WHERE task_name = :task ORDER BY id"


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
            twilio=bot.options.TwilioOptions(
                twilio_forms.ACCOUNT,
                "auth-token",
                "+14155238886",
                "",
                "http://127.0.0.1:9",
                "http://127.0.0.1:9",
                {},
            ),
            signing_key="signing-key",
        ),
        payments.options.Options(
            app_url=APP_URL,
            production=False,
            daraja=payments.options.DarajaOptions(**(mpesa | daraja)),
        ),
    )


def fits_every_channel(row: Outbound) -> None:
    """Whatever is said anywhere in the tests can be said everywhere (I-27)."""
    choices = from_json(row.body).choices
    most = BUTTON_CHARS if len(choices) <= BUTTONS else ROW_CHARS
    assert len(choices) <= ROWS
    assert len({choice.value for choice in choices}) == len(choices)
    for choice in choices:
        assert choice.value.isascii()
        assert len(choice.value) <= VALUE_BYTES
        assert len(button(2**62, choice.value)) <= 64
        for language in LANGUAGES:
            label = render(choice.label, language)
            assert 1 <= len(label) <= most or choice.url, label


def tell(session: Session) -> None:
    """What a worker does next: every notice that waits is worded for whoever must hear of it."""
    task = {"task": "bot.tell"}
    waiting = session.scalars(sa.text(JOBS), task).all()
    session.execute(sa.text("DELETE FROM jobs.procrastinate_jobs WHERE task_name = :task"), task)
    for job in waiting:
        notices.tell(session, job["merchant_id"], job["notice_ids"], house())
        db.enter(session, None)


def in_words(msgid: str, language: str, **params: Any) -> str:
    """A sentence as people of a language read it; the sentence must be known there."""
    assert language == "en" or msgid in catalogue(language), msgid
    return render(Text(msgid, params), language)


@dataclass
class Talk:
    """One phone: `say` and `tap` go through dispatch, `screen` is what came back.

    On WhatsApp what hangs on the newest message is chosen by typing its number, the rest is tapped
    as a template's button would be.
    """

    session: Session
    user_id: int = 0
    name: str = "Wanjiru"
    language_code: str = "en"
    house: House = field(default_factory=house)
    read_until: int = 0
    screen: list[Outbound] = field(default_factory=list)
    receipt: Receipt = field(default_factory=Receipt)
    sent: int = 0
    channel: str = field(default_factory=lambda: CHANNEL[0])

    @property
    def address(self) -> str:
        """What the channel knows her by."""
        if self.channel == "telegram":
            return str(self.user_id)
        return f"+2547{self.user_id % 10**8:08}"

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

    def tap_on(self, row: Outbound, label: str) -> str:
        """Tap a button of one message, however old."""
        for choice in from_json(row.body).choices:
            if render(choice.label, self.language).startswith(label):
                return self.press(button(row.id, choice.value), row)
        raise AssertionError(f"no button {label!r} on that message")

    def press_first(self) -> str:
        """Tap the first button of the newest message that has one."""
        row = next(row for row in reversed(self.history()) if from_json(row.body).choices)
        return self.press(button(row.id, from_json(row.body).choices[0].value), row)

    def press(self, data: str, row: Outbound | None = None) -> str:
        """Press a button by its data, on a message or out of the blue."""
        if self.channel == "whatsapp":
            return self.hear(whatsapp.read(self._as_typed(data)))
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
        if self.channel == "whatsapp":
            return self.hear(self._on_whatsapp(update))
        return self.hear(telegram.read({"update_id": next(_ids), **update}))

    def _on_whatsapp(self, update: dict[str, Any]) -> Inbound | None:
        """The same act as Twilio would tell of it."""
        if "message" not in update:
            pytest.skip(f"WhatsApp knows no {next(iter(update))}")
        message = update["message"]
        inbound = whatsapp.read(twilio_forms.of_message(self.address, self.name, message))
        if inbound is not None and "contact" in message:
            given = message["contact"]
            card = twilio_forms.card(given["first_name"], given["phone_number"])
            return whatsapp.with_card(inbound, card)
        return inbound

    def _as_typed(self, data: str) -> dict[str, str]:
        """A press on the newest choices is their number typed; any other is a button's payload."""
        row_id, value = pressed(data)
        choosing = [row for row in self.history() if from_json(row.body).choices]
        if choosing and choosing[-1].id == row_id:
            values = [c.value for c in whatsapp_words.tappable(from_json(choosing[-1].body))]
            if value in values:
                number = str(values.index(value) + 1)
                return twilio_forms.form(self.address, self.name, Body=number)
        return twilio_forms.tap(self.address, "Label", data)

    def hear(self, inbound: Inbound | None) -> str:
        """Take in what a channel read; what was said because of it."""
        assert inbound is not None
        if self.channel == "whatsapp":  # which tells no language: as if she had chosen before
            inbound = replace(inbound, language_hint=self.language_code)
        self.receipt = dispatch.receive(self.session, inbound, self.house)
        db.enter(self.session, None)
        return self.look()

    # --- What she sees ---

    def look(self) -> str:
        """Whatever was queued for her since she last looked, rendered."""
        self.screen = [row for row in self.history() if row.id > self.read_until]
        if self.screen:
            self.read_until = self.screen[-1].id
        for row in self.screen:
            fits_every_channel(row)
            self.sent += len(self._pieces(row))
        self._shown()
        return "\n\n".join(self.words(row) for row in self.screen)

    def _pieces(self, row: Outbound) -> list[str]:
        """The texts that WhatsApp makes of a message, each short enough for Twilio."""
        pieces = split(whatsapp_words.write(self.prompt(row), self.language), LONGEST)
        assert all(0 < units(piece) <= LONGEST for piece in pieces)
        return pieces

    def _shown(self) -> None:
        """What the worker writes down when it has sent something to choose from."""
        choosing = [row for row in self.screen if from_json(row.body).choices]
        if choosing:
            contact = self.session.get_one(Contact, choosing[-1].contact_id)
            contact.shown_id = choosing[-1].id
            self.session.flush()

    def history(self) -> list[Outbound]:
        """Everything ever said to her, oldest first."""
        self.session.expire_all()
        return list(
            self.session.scalars(
                sa.select(Outbound)
                .join(Contact, Contact.id == Outbound.contact_id)
                .where(Contact.channel == self.channel, Contact.address == self.address)
                .order_by(Outbound.id)
            )
        )

    def words(self, row: Outbound, markup: Markup = Markup.PLAIN) -> str:
        """One message in her language, without what hangs on it."""
        return telegram_send.write(self.prompt(row), self.language, markup)

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
            .where(Contact.channel == self.channel, Contact.address == self.address)
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
    talk.tap("No" if language == "English" else "Hakuna")
    return talk


def bill(talk: Talk, client: str = "Jane", phone: str = "0712345678") -> str:
    """She bills a client for three bags of cement, KSh 2,550; the token of the link."""
    for words in ("/invoice", client, phone, "3 bags of cement", "850", "2"):
        talk.say(words)
    said = talk.say("1")
    found = re.search(r"/i/([\w-]{20,})", said)
    return found[1] if found else ""
