"""Whatever a person may send: nothing breaks, nothing is lost, the question stands or is answered."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.merchants import Client
from models.traffic import Inbound, Outbound
from tests.world import Talk, merchant_talk

WORDS = {
    "long": "cement " * 1430,
    "emoji": "👩🏾‍🌾🔥💯",
    "rtl": "\u202eteg\u202c \u200fمرحبا",
    "sql": "'; DROP TABLE invoices; --",
    "html": "<b>Jane</b> & <script>alert(1)</script>",
    "markup": "*Jane* _x_ ~y~ `z` {n} {{raw}} %s %(x)s",
    "zero": "Ja\x00ne",
    "half": "Ja\ud83dne",
    "other half": "\udc00",
    "blanks": " \t\n ",
    "nothing": "",
    "combining": "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘",
    "number": "9" * 400,
    "negative": "-1",
    "exponent": "1e400",
    "nan": "NaN",
    "arabic digits": "٣٤٥",
    "lines": "\n".join(["850"] * 300),
    "slash": "/",
    "slashes": "/////",
    "command": "/nosuchthing really",
    "long command": "/" + "x" * 5000,
    "dot": ".",
    "json": '{"$": "money", "v": [1, "KES"]}',
    "placeholder": "{raw}",
}
OTHERS: dict[str, dict[str, Any]] = {
    "sticker": {"sticker": {"file_id": "a", "file_unique_id": "b", "type": "regular", "width": 1,
                            "height": 1, "is_animated": False, "is_video": False}},
    "voice": {"voice": {"file_id": "a", "file_unique_id": "b", "duration": 1}},
    "photo": {"photo": [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}],
              "caption": "here"},
    "location": {"location": {"latitude": 1.0, "longitude": 36.8}},
    "someone's card": {"contact": {"phone_number": "not a number", "first_name": "\x00\ud800"}},
    "own card abroad": {"contact": {"phone_number": "+88812345678", "first_name": "W",
                                    "user_id": "OWN"}},
    "nothing": {},
}  # fmt: skip
Place = Callable[[Session], Talk]


def newcomer(session: Session) -> Talk:
    return Talk(session)


def nameless(session: Session) -> Talk:
    """Asked for the name of her business: any words would do."""
    talk = Talk(session)
    talk.say("/start")
    talk.tap("English")
    return talk


def idle(session: Session) -> Talk:
    return merchant_talk(session)


def at(*said: str) -> Place:
    def place(session: Session) -> Talk:
        talk = merchant_talk(session)
        for words in ("/invoice", *said):
            talk.say(words)
        return talk

    return place


def paying(session: Session) -> Talk:
    """A merchant asked how much of an invoice was paid."""
    talk = at("Jane", "skip", "3 bags of cement", "850", "2", "1")(session)
    talk.say("/payment")
    return talk


PLACES: dict[str, Place] = {
    "newcomer": newcomer,
    "name": nameless,
    "idle": idle,
    "client": at(),
    "phone": at("Jane"),
    "what": at("Jane", "skip"),
    "price": at("Jane", "skip", "3 bags of cement"),
    "due": at("Jane", "skip", "3 bags of cement", "850"),
    "confirm": at("Jane", "skip", "3 bags of cement", "850", "2"),
    "payment": paying,
}


def unharmed(talk: Talk) -> None:
    """She was answered in words that go out on every channel, and nothing of ours broke."""
    last = talk.session.scalars(sa.select(Inbound).order_by(Inbound.id.desc()).limit(1)).one()
    assert last.outcome != "failed"
    assert talk.screen or talk.receipt.toast
    for row in talk.screen:
        words = talk.words(row)
        assert "\x00" not in words
        words.encode("utf-8")


@pytest.mark.parametrize("place", PLACES)
def test_any_words_anywhere(session: Session, place: str) -> None:
    """Each of the worst texts is answered wherever a talk may stand."""
    there = PLACES[place](session)
    for name, words in WORDS.items():
        with session.begin_nested() as savepoint:
            talk = replace(there)
            talk.post(talk.message(text=words))
            try:
                unharmed(talk)
            except AssertionError as broken:
                raise AssertionError(f"{name} at {place}") from broken
            savepoint.rollback()
        session.expire_all()


@pytest.mark.parametrize("place", PLACES)
def test_anything_but_words_anywhere(session: Session, place: str) -> None:
    """Stickers, voices, photos, cards and what we never heard of are answered too."""
    there = PLACES[place](session)
    for name, content in OTHERS.items():
        with session.begin_nested() as savepoint:
            talk = replace(there)
            update = talk.message(**content)
            if content.get("contact", {}).get("user_id"):
                update["message"]["contact"] = {**content["contact"], "user_id": talk.user_id}
            talk.post(update)
            try:
                unharmed(talk)
            except AssertionError as broken:
                raise AssertionError(f"{name} at {place}") from broken
            savepoint.rollback()
        session.expire_all()


def test_hostile_words_are_only_words(session: Session) -> None:
    """A client may be called what she likes: it is stored, shown and escaped, never obeyed."""
    talk = at(WORDS["html"])(session)
    talk.say("skip")
    row = talk.history()[-1]
    stored = session.scalars(sa.select(Outbound).where(Outbound.id == row.id)).one()
    assert "<script>" not in talk.words(stored, talk_html())


def talk_html() -> Any:
    from models.text import Markup

    return Markup.HTML


def test_a_zero_character_leaves_a_name_without_it(session: Session) -> None:
    """Postgres has no such character; the rest of the name is kept."""
    talk = at("Ja\x00ne", "skip", "cement", "850", "2")(session)
    talk.tap("Send")
    from models import db

    db.enter(session, talk.conversation.merchant_id)
    assert session.scalars(sa.select(Client.name)).all() == ["Jane"]
