"""How many statements a turn costs at the driver, BEGIN and COMMIT apart."""

from collections.abc import Mapping
from itertools import count

from sqlalchemy.orm import Session

from tests.conftest import Counter
from tests.world import Talk, merchant_talk

UPDATES = count(77_000_000)


def cost(talk: Talk, statements: Counter, act: str, what: str) -> int:
    """How many one turn costs; the one that entered the transaction came earlier."""
    return len(sent(talk, statements, act, what)) + 1


def sent(talk: Talk, statements: Counter, act: str, what: str) -> list[str]:
    """The statements of one turn alone, without those of the test's own looking."""
    update = talk.message(text=what) if act == "say" else {"callback_query": tap_of(talk, what)}
    return deliver(talk, statements, update)


def tap_of(talk: Talk, label: str) -> dict[str, object]:
    """A tap on the newest button with this label, as Telegram tells it."""
    from bot.channel import button
    from conversations.prompts import from_json
    from models.text import render

    row = talk.history()[-1]
    choice = next(c for c in from_json(row.body).choices if render(c.label, "en").startswith(label))
    return {
        "id": f"9{row.id}",
        "from": talk.sender(),
        "chat_instance": "1",
        "data": button(row.id, choice.value),
        "message": {"message_id": row.id, "date": 0, "chat": talk.chat()},
    }


def deliver(talk: Talk, statements: Counter, update: Mapping[str, object]) -> list[str]:
    """Deliver in a fresh session state; what dispatch sent."""
    from bot import dispatch, telegram

    inbound = telegram.read({"update_id": next(UPDATES), **update})
    assert inbound is not None
    talk.session.expunge_all()
    statements.statements.clear()
    dispatch.receive(talk.session, inbound, talk.house)
    found = list(statements.statements)
    talk.look()
    return found


def test_the_first_hi(session: Session, statements: Counter) -> None:
    """A stranger's first word costs at most 14."""
    assert cost(Talk(session), statements, "say", "hi") <= 14


def test_every_turn_of_a_new_invoice(session: Session, statements: Counter) -> None:
    """Text 9, a tap 10, a turn with a look-up 12, sending 24."""
    talk = merchant_talk(session)
    found = {
        "begin": cost(talk, statements, "say", "/invoice"),
        "client": cost(talk, statements, "say", "Jane Mwangi"),
        "phone": cost(talk, statements, "say", "0712345678"),
        "what": cost(talk, statements, "say", "3 bags of cement"),
        "price": cost(talk, statements, "say", "850"),
        "due": cost(talk, statements, "tap", "In 7 days"),
        "send": cost(talk, statements, "tap", "Send"),
    }
    limits = {"begin": 12, "client": 12, "phone": 9, "what": 9, "price": 9, "due": 10, "send": 24}
    assert {turn: n for turn, n in found.items() if n > limits[turn]} == {}


def test_a_turn_that_only_asks_makes_no_savepoint(session: Session, statements: Counter) -> None:
    """Hear and keep, with a look in between where something is to be found."""
    talk = merchant_talk(session)
    said = ("/invoice", "Jane Mwangi", "0712345678", "3 bags of cement", "850")
    turns = [sent(talk, statements, "say", words) for words in said]
    turns += [sent(talk, statements, "tap", label) for label in ("In 7 days", "Send")]
    assert [len(turn) for turn in turns[:-1]] == [5, 3, 2, 3, 2, 3]
    assert ["SAVEPOINT turn" in turn for turn in turns] == [False] * 6 + [True]


def test_sending_does_not_grow_with_the_lines(session: Session, statements: Counter) -> None:
    """Twelve lines cost what one costs."""
    talk = merchant_talk(session)
    talk.say("/invoice")
    talk.say("Jane Mwangi")
    talk.say("0712345678")
    for number in range(12):
        talk.say(f"thing {chr(97 + number)}")
        talk.say("850")
        if number < 11:
            talk.tap("Add another item")
    talk.tap("In 7 days")
    assert cost(talk, statements, "tap", "Send") <= 24
