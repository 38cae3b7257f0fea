"""Copies and drafts: begun from a card, a command or a sentence, and always as the rows are now."""

from types import SimpleNamespace
from typing import cast

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import taken_up
from bot.meeting import Who
from conversations.prompts import Start
from models.errors import Refusal
from models.invoices import Invoice, InvoiceLine
from models.told import Audit
from tests.bot.test_merchant_talk import hers
from tests.world import Talk, bill, merchant_talk


@pytest.fixture
def talk(session: Session, channel: str) -> Talk:
    """A merchant to whom Jane owes KSh 2,550, on either channel."""
    talk = merchant_talk(session)
    bill(talk)
    return talk


def drafted(talk: Talk, client: str = "Otieno", phone: str = "0722000111") -> str:
    """She keeps a draft of three bags at 850."""
    for words in ("/invoice", client, phone, "3 bags of cement", "850", "2"):
        talk.say(words)
    return talk.tap("Save as draft")


@pytest.mark.parametrize(
    "words",
    [
        "copy INV-1", "duplicate invoice 1", "/copy INV-0001", "/copy Jane", "/nakala 1",
        "nakala ya INV-1", "copy Jane's last invoice", "Nakala ya ankara ya mwisho ya Jane",
    ],
)  # fmt: skip
def test_a_copy_asks_only_the_day(talk: Talk, words: str) -> None:
    """Client, goods and prices as they were; the day is asked, and a new number given."""
    assert "When should it be paid?" in talk.say(words)
    card = talk.say("2")
    assert "Invoice for Jane" in card
    assert "3 × bags of cement at KSh 850 = KSh 2,550" in card
    talk.tap("Send")
    numbers = hers(talk).scalars(sa.select(Invoice.number_text).order_by(Invoice.id)).all()
    assert numbers == ["INV-0001", "INV-0002"]


def test_a_copy_from_the_card_can_be_changed(talk: Talk) -> None:
    """Price and client of a copy are changed like any invoice's; the first one keeps its own."""
    talk.say("INV-1")
    talk.tap("Copy it")
    talk.say("2")
    talk.tap("Price")
    assert "KSh 2,700" in talk.say("900")
    talk.tap("Send")
    totals = hers(talk).scalars(sa.select(Invoice.total_minor).order_by(Invoice.id)).all()
    assert totals == [255_000, 270_000]


def test_copy_alone_offers_the_last_ones(talk: Talk) -> None:
    """Which one is chosen from the newest."""
    bill(talk, "Otieno", "0722000111")
    assert "Which invoice shall I copy?" in talk.say("/copy")
    assert talk.labels() == ["INV-0002 Otieno", "INV-0001 Jane"]
    assert "When should it be paid?" in talk.tap("INV-0002")


@pytest.mark.parametrize("words", ["copy INV-77", "/copy 77", "nakala ya INV-77"])
def test_what_is_not_there_is_not_copied(talk: Talk, words: str) -> None:
    """Said so, with ways on."""
    assert "I find no invoice" in talk.say(words)


def test_nobody_copies_from_another_business(session: Session, talk: Talk) -> None:
    """A button that names an invoice of someone else finds nothing."""
    other = merchant_talk(session, "Duka")
    bill(other, "Peter", "0733000111")
    theirs = hers(other).scalars(sa.select(Invoice.id)).one()
    who = SimpleNamespace(merchant_id=talk.conversation.merchant_id)
    for flow in ("copy", "draft"):
        with pytest.raises(Refusal) as refused:
            taken_up.begun(session, cast("Who", who), Start(flow, {"invoice": {"id": theirs}}))
        assert refused.value.code == "not_found"


def test_a_draft_keeps_its_row_when_it_is_changed(talk: Talk) -> None:
    """Saved again it is the same draft, and its first card still opens it, as it is now."""
    drafted(talk)
    card = talk.history()[-1]
    first = hers(talk).scalars(sa.select(Invoice.id).where(Invoice.number.is_(None))).one()
    talk.tap("Finish and send")
    talk.tap("Price")
    talk.say("900")
    talk.tap("Save as draft")
    assert hers(talk).scalars(sa.select(Invoice.id).where(Invoice.number.is_(None))).all() == [
        first
    ]
    assert "KSh 2,700" in talk.tap_on(card, "Finish and send")
    talk.tap("Send")
    sent = hers(talk).get_one(Invoice, (talk.conversation.merchant_id, first))
    assert (sent.number_text, sent.total_minor) == ("INV-0002", 270_000)
    lines = hers(talk).scalars(
        sa.select(InvoiceLine.unit_price_minor).where(InvoiceLine.invoice_id == first)
    )
    assert lines.all() == [90_000]
    actions = hers(talk).scalars(sa.select(Audit.action).where(Audit.invoice_id == first)).all()
    assert "draft.changed" in actions


def test_an_items_list_may_shrink_and_grow(talk: Talk) -> None:
    """Lines are taken away and added in the same row."""
    drafted(talk)
    talk.tap("Finish and send")
    talk.tap("Add item")
    talk.say("delivery")
    talk.say("300")
    assert "KSh 2,850" in "\n".join(talk.words(row) for row in talk.screen)
    talk.tap("Save as draft")
    talk.tap("Finish and send")
    talk.tap("Items")
    talk.tap("bags of cement")
    talk.tap("Remove it")
    talk.tap("Save as draft")
    names = hers(talk).scalars(
        sa.select(InvoiceLine.description).join(
            Invoice, sa.and_(Invoice.id == InvoiceLine.invoice_id, Invoice.number.is_(None))
        )
    )
    assert names.all() == ["delivery"]


def test_a_draft_that_was_sent_is_no_draft(talk: Talk) -> None:
    """The old card's button says so, and nothing is sent twice."""
    drafted(talk)
    card = talk.history()[-1]
    talk.tap("Finish and send")
    talk.tap("Send")
    assert "sent already" in talk.tap_on(card, "Finish and send")
    assert len(hers(talk).scalars(sa.select(Invoice.id)).all()) == 2


@pytest.mark.parametrize(
    "words", ["finish the draft for Otieno", "tuma rasimu ya Otieno", "edit my draft"]
)
def test_a_draft_is_taken_up_by_name(talk: Talk, words: str) -> None:
    """Its review card, ready to be sent."""
    drafted(talk)
    assert "Shall I send it?" in talk.say(words)


@pytest.mark.parametrize("words", ["delete my draft", "Otieno's draft", "futa rasimu ya Otieno"])
def test_a_draft_is_thrown_away_by_its_card(talk: Talk, words: str) -> None:
    """The card is shown, and its button does it."""
    drafted(talk)
    assert "Draft, not sent" in talk.say(words)
    assert "The draft is gone." in talk.tap("Delete draft")


@pytest.mark.parametrize("words", ["/drafts", "drafts", "rasimu zangu", "/rasimu"])
def test_the_drafts(talk: Talk, words: str) -> None:
    """A list of them."""
    drafted(talk)
    assert "Drafts." in talk.say(words)
    assert any("Otieno" in label for label in talk.labels())


@pytest.mark.parametrize(
    "words",
    ["resend INV-1", "/resend 1", "tuma tena INV-1", "resend Jane's invoice", "/resend Jane"],
)
def test_it_is_sent_again(talk: Talk, words: str) -> None:
    """After one yes."""
    assert "Shall I send INV-0001 to Jane again?" in talk.say(words)
    assert "INV-0001" in talk.tap("Send again")


def test_in_swahili(session: Session) -> None:
    """The same in her language."""
    talk = merchant_talk(session, language="Kiswahili")
    assert "Huna rasimu yoyote" in talk.say("tuma rasimu")
    for words in ("/invoice", "Jane", "0712345678", "3 mifuko", "850", "2"):
        talk.say(words)
    talk.say("1")
    assert "Nikunakilie ankara gani?" in talk.say("/nakala")
