"""One account on two chats: linked by a code, resumed anywhere, let go, recovered (C-18, F-3, IF-33)."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import clock, db
from models.invoices import Invoice
from models.merchants import Client, Member
from models.people import Conversation, LinkCode, Person
from models.told import Audit
from tests.bot.test_team import in_team
from tests.conftest import NOW
from tests.world import Talk, bill, in_words, merchant_talk


def code(talk: Talk) -> str:
    """A code shown in this chat."""
    talk.say("/link")
    return shown(talk.tap("Show me a code"))


def shown(said: str) -> str:
    """The code in a message."""
    found = re.search(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", said)
    assert found, said
    return found[0]


def phone(session: Session, name: str = "Wanjiru") -> Talk:
    """Someone's WhatsApp."""
    return Talk(session, name=name, channel="whatsapp")


def linked(session: Session) -> tuple[Talk, Talk]:
    """A merchant on Telegram, with her WhatsApp on the same account."""
    owner = merchant_talk(session)
    other = phone(session)
    other.say(f"link {code(owner)}")
    assert "same account" in other.tap("Yes, link it")
    owner.look()
    return owner, other


def test_both_chats_are_one_person(session: Session) -> None:
    """The same merchant, the same invoices, one conversation; the code is kept as a hash only."""
    owner = merchant_talk(session)
    typed = code(owner)
    kept = session.scalars(sa.select(LinkCode)).one()
    assert typed.replace("-", "").encode() not in kept.code_hash
    other = phone(session)
    other.say("hi")
    stranger = other.person.id
    assert "account of Wanjiru" in other.say(f"link {typed}")
    assert "Wanjiru Hardware" in other.tap("Yes, link it")
    assert other.person.id == owner.person.id != stranger
    assert session.get_one(Person, stranger).merged_into == owner.person.id
    assert session.get(Conversation, stranger) is None
    assert bill(other)
    with db.as_merchant(session, owner.conversation.merchant_id):
        assert len(session.scalars(sa.select(Invoice)).all()) == 1
    assert "KSh 2,550" in owner.say("/invoices")
    assert "on your account too" in owner.words(owner.history()[-2])


def test_the_draft_opens_on_the_other_channel(session: Session) -> None:
    """Begun on Telegram, finished on WhatsApp; every answer is there (F-3)."""
    owner = merchant_talk(session)
    for words in ("/invoice", "Jane", "0712345678", "3 bags of cement"):
        owner.say(words)
    typed = code(owner)  # the draft waits behind it
    other = phone(session)
    other.say(f"link {typed}")
    other.tap("Yes, link it")
    said = "\n".join(other.words(row) for row in other.screen)
    assert in_words("Back to where we were:", "en") in said
    other.say("850")
    said = other.say("2")
    assert "3 × bags of cement" in said
    assert "2,550" in said


def test_going_back_and_forth(session: Session) -> None:
    """Question by question on alternate chats, as if it were one."""
    owner, other = linked(session)
    owner.say("/invoice")
    other.say("Jane")
    owner.say("0712345678")
    other.say("3 bags of cement")
    owner.say("850")
    other.say("2")
    assert "INV-1" in owner.tap("Send") if "Send" in owner.labels() else other.tap("Send")
    with db.as_merchant(session, owner.conversation.merchant_id):
        bills = session.scalars(sa.select(Invoice)).all()
        assert [row.total_minor for row in bills] == [255_000]


def test_nothing_begun_on_either_chat_is_lost(session: Session) -> None:
    """What both were in the middle of is there to be taken up, the account's own first."""
    owner = merchant_talk(session)
    owner.say("/invoice")
    owner.say("Jane")
    other = merchant_talk_on_whatsapp(session)
    other.say("/client")
    other.say("Halima")
    other.say(f"link {code(owner)}")
    assert "Duka" in other.words(other.screen[-1])  # she is told what she shares
    other.tap("Yes, link it")
    conversation = owner.conversation
    flows = [kept["journal"]["flow"] for kept in conversation.parked]
    assert conversation.journal is not None
    assert {conversation.journal["flow"], *flows} == {"new_invoice", "new_client"}
    assert sorted(in_team(session, owner).values()) == ["owner"]


def merchant_talk_on_whatsapp(session: Session) -> Talk:
    """Somebody with a business of her own there."""
    talk = phone(session, name="Wanjiru")
    talk.say("/start")
    for words in ("English", "Duka la Juma", "Kenya", "Cash", "No"):
        talk.tap(words) if words != "Duka la Juma" else talk.say(words)
    return talk


def test_merging_keeps_the_books_true(session: Session) -> None:
    """Both businesses, their clients and the trail are as they were; roles go over."""
    owner = merchant_talk(session)
    other = merchant_talk_on_whatsapp(session)
    bill(other)
    second, before = other.conversation.merchant_id, other.person.id
    with db.as_merchant(session, second):
        trail = [(row.id, row.person_id) for row in session.scalars(sa.select(Audit))]
    other.say(f"link {code(owner)}")
    other.tap("Yes, link it")
    with db.as_merchant(session, second):
        member = session.scalars(sa.select(Member)).one()
        assert (member.person_id, member.role) == (owner.person.id, "owner")
        now = {row.id: row.person_id for row in session.scalars(sa.select(Audit))}
        assert all(now[row_id] == who for row_id, who in trail)
        assert before in now.values()
        assert [row.name for row in session.scalars(sa.select(Client))] == ["Jane"]
    owner.say("switch business")
    assert "Duka la Juma" in owner.tap("Duka la Juma")
    assert "KSh 2,550" in owner.say("/invoices")


def test_a_code_counts_once(session: Session) -> None:
    """Whoever types it second learns nothing."""
    owner = merchant_talk(session)
    typed = code(owner)
    first, second = phone(session), phone(session, name="Asha")
    first.say(f"link {typed}")
    second.say(f"link {typed}")
    first.tap("Yes, link it")
    assert "used up" in second.tap("Yes, link it")
    assert "do not know that code" in second.say(f"/link {typed}")
    assert second.person.id != owner.person.id


def test_a_code_lasts_ten_minutes(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """After that it is as unknown as any other."""
    owner = merchant_talk(session)
    typed = code(owner)
    other = phone(session)
    monkeypatch.setattr(clock, "real_now", lambda: NOW + timedelta(minutes=10))
    assert "do not know that code" in other.say(f"link {typed}")


def test_a_newer_code_ends_the_older(session: Session) -> None:
    """Only the last one shown counts."""
    owner = merchant_talk(session)
    old, new = code(owner), code(owner)
    other = phone(session)
    assert "do not know" in other.say(f"link {old}")
    assert "account of Wanjiru" in other.say(f"link {new}")


def test_five_tries(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sixth is refused, even with the right code, until ten minutes are over."""
    owner = merchant_talk(session)
    typed = code(owner)
    other = phone(session)
    for number in range(5):
        assert "do not know" in other.say(f"link AAAA-AAA{number + 3}")
    assert "too many tries" in other.say(f"link {typed}")
    monkeypatch.setattr(clock, "real_now", lambda: NOW + timedelta(minutes=11))
    assert "account of Wanjiru" in other.say(f"link {code(owner)}")


def test_tries_count_inside_the_dialogue_too(session: Session) -> None:
    """Guessing at the question is guessing."""
    other = phone(session)
    other.say("/link")
    other.tap("I have a code")
    for _number in range(5):
        assert "do not know" in other.say("AAAA-AAAA")
    assert "too many tries" in other.say("AAAA-AAAA")


def test_six_codes_an_hour_are_too_many(session: Session) -> None:
    """Making codes is limited as well."""
    owner = merchant_talk(session)
    for _number in range(5):
        code(owner)
    owner.say("/link")
    assert "enough codes" in owner.tap("Show me a code")


def test_a_code_is_sent_to_the_other_chat(session: Session) -> None:
    """It counts only where it was asked for, and an unknown number gets the same answer."""
    other = phone(session)
    other.say("/start")
    for words in ("English", "Duka", "Kenya", "Cash", "No"):
        other.tap(words) if words != "Duka" else other.say(words)
    here, thief = Talk(session, name="Wanjiru"), Talk(session, name="Asha")
    here.say("/link")
    here.tap("Send me a code")
    known = here.say(other.address)
    typed = shown(other.look())
    assert "do not know" in thief.say(f"link {typed}")
    assert "account of Wanjiru" in here.say(f"link {typed}")
    here.tap("Yes, link it")
    assert here.person.id == other.person.id
    thief.say("/link")
    thief.tap("Send me a code")
    assert thief.say("0711 999 999") == known


def test_no_says_no(session: Session) -> None:
    """The chat stays on its own, and the code may still be used."""
    owner, other = merchant_talk(session), phone(session)
    typed = code(owner)
    other.say(f"link {typed}")
    assert "stays on its own" in other.tap("No")
    assert other.person.id != owner.person.id


def test_ones_own_code_is_no_use_here(session: Session) -> None:
    """Typed in the chat that shows it."""
    owner = merchant_talk(session)
    assert "type it there" in owner.say(f"link {code(owner)}")


def test_on_telegram_a_code_opens_by_its_link(session: Session) -> None:
    """t.me/…?start=CODE is as good as typing it."""
    other = merchant_talk_on_whatsapp(session)
    typed = code(other).replace("-", "")
    here = Talk(session, name="Wanjiru")
    assert "account of Wanjiru" in here.say(f"/start {typed}")


def test_linking_in_swahili(session: Session) -> None:
    """From the plain sentence to the end."""
    owner = merchant_talk(session, language="Kiswahili")
    owner.say("unganisha whatsapp")
    typed = shown(owner.tap("Nionyeshe msimbo"))
    other = Talk(session, name="Wanjiru", channel="whatsapp", language_code="sw")
    assert "sehemu ya akaunti" in other.say(f"unganisha {typed}")
    assert "akaunti moja" in other.tap("Ndiyo, unganisha")
