"""An invoice's everyday life in chat: its card with what happened, the whole story, more to do."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import history, notices, why, why_words
from invoicing import lifecycle, reminding
from invoicing.reminders import Reason
from models import clock, db
from models.invoices import Invoice
from models.merchants import Member
from models.payments import Attempt
from models.platform import ProviderEvent
from models.text import render
from models.told import Audit, Notice, Reminder
from models.traffic import Outbound
from payments.cash import Said
from payments.evidence import Settled
from tests.world import Talk, bill, merchant_talk


@pytest.fixture
def talk(session: Session) -> Talk:
    """A merchant to whom Jane owes KSh 2,550."""
    talk = merchant_talk(session)
    bill(talk)
    return talk


def hers(talk: Talk) -> Invoice:
    """Her newest invoice, seen as her."""
    db.enter(talk.session, talk.conversation.merchant_id)
    return talk.session.scalars(sa.select(Invoice).order_by(Invoice.id.desc())).first()  # type: ignore[return-value]


def test_the_card_tells_what_happened(talk: Talk) -> None:
    """Short lines in her own time, the newest last."""
    invoice, now = hers(talk), db.now(talk.session)
    invoice.first_opened_at = now + timedelta(hours=1)
    invoice.last_opened_at = now + timedelta(hours=2)
    talk.session.flush()
    told = talk.say("INV-1").split("\n\n")[-1].splitlines()
    assert [line.split(" ", 4)[4] for line in told] == [
        "Written",
        "Given to you to pass on",
        "Opened",
        "Opened again",
    ]
    assert told[0].startswith("Fri 20 Nov 10:00")  # seven in Greenwich
    assert told[-1].startswith("Fri 20 Nov 12:00")


def test_a_long_life_is_cut_at_its_beginning(talk: Talk) -> None:
    """The newest eight lines stay."""
    for turn in range(9):
        talk.say(f"jane paid {10 + turn} cash")
        talk.tap("Save payment")
    told = talk.say("INV-1").split("\n\n")[-1].splitlines()
    assert told[0] == "…"
    assert len(told) == 9
    assert told[-1].endswith("KSh 18 paid")


def lived(talk: Talk) -> Invoice:
    """An invoice to which a good deal happened."""
    contact = talk.history()[-1].contact_id
    person = talk.person.id
    invoice, now = hers(talk), db.now(talk.session)
    attempt = Attempt(
        merchant_id=invoice.merchant_id, invoice_id=invoice.id, gateway="daraja", reference="REF1",
        amount_minor=255_000, currency="KES", phone="+254712345678", destination="1",
        state="failed", result_code="1032", queries=2, made_at=now, submitted_at=now,
        ended_at=now,
    )  # fmt: skip
    event = ProviderEvent(provider="daraja", kind="stk", key=b"k", reference="REF1", headers={},
                          body=b"{}", received_at=now, handled_at=now, outcome="failed")  # fmt: skip
    skipped = Reminder(merchant_id=invoice.merchant_id, invoice_id=invoice.id, step="after_3",
                       audience="client", skipped_at=now, reason="switched off")  # fmt: skip
    told = Notice(merchant_id=invoice.merchant_id, kind="voided", audience="client", dedupe_key="x",
                  invoice_id=invoice.id, skipped="nobody to tell", told_at=now, made_at=now)  # fmt: skip
    message = Outbound(
        contact_id=contact, merchant_id=invoice.merchant_id, invoice_id=invoice.id,
        purpose="proactive", body={"paragraphs": [], "kind": "notice"}, status="read", not_before=now, tries=2, sent_at=now,
        delivered_at=now, read_at=now, made_at=now,
    )  # fmt: skip
    talk.session.add_all([attempt, event, skipped, told, message])
    locked = lifecycle.get(talk.session, invoice.id, lock=True)
    reminding.switch(talk.session, locked, on=False, by=person)
    talk.session.flush()
    return invoice


def whole(talk: Talk, words: str = "/why INV-1") -> str:
    """The whole story, page by page."""
    said = talk.say(words)
    while "What was before" in talk.labels():
        said += "\n" + talk.tap("What was before")
    return said


@pytest.mark.parametrize(
    "words", ["/why INV-1", "why INV-1 is not paid?", "kwa nini INV-1", "what happened to INV-0001"]
)
def test_why(talk: Talk, words: str) -> None:
    """Every message, prompt, callback and skipped reminder has its line with its reason."""
    lived(talk)
    said = whole(talk, words)
    for line in (
        "Written, by Wanjiru",
        "Issued with its number and its link, by Wanjiru",
        "Given to Wanjiru to pass on: Jane has not written to me yet",
        "Prompt of KSh 2,550 for 0712•••678",
        "The prompt of KSh 2,550 ended: no payment. I asked M-Pesa 2 times. Jane reads: “The M-Pesa",
        "M-Pesa said that nothing was paid",
        "Reminder for Jane skipped (3 days after): reminders are off",
        "News that it is void: told to nobody, nobody may be written to",
        "The invoice: sent to Jane on Telegram, at try 2",
        "The invoice: delivered to Jane on Telegram",
        "The invoice: read by Jane on Telegram",
        "Reminders switched off, by Wanjiru",
    ):
        assert line in said


def test_why_names_every_message() -> None:
    """Whatever we tell has a name there; none is called as programs call it."""
    assert {kind for kind, _audience in notices.WORDS} <= set(why_words.WHAT)
    assert {reason.value for reason in Reason} <= set(why_words.REASONS)


def test_why_explains_what_was_not_delivered() -> None:
    """A code of the app's is no reason by itself, but support may ask for it."""
    assert render(why.reason("63024"), "en") == "the app refused it (code 63024)"
    assert render(why.reason("timeout"), "sw") == "programu haikujibu"


@pytest.mark.parametrize("outcome", [None, *Settled])
@pytest.mark.parametrize("language", ["en", "sw"])
def test_why_says_what_a_gateway_told(outcome: Settled | None, language: str) -> None:
    """Whatever came of a callback is said in words, not in the name that a program has for it."""
    assert outcome in why_words.HEARD
    facts = {"provider": "daraja", "outcome": outcome and outcome.value, "flagged": "address"}
    told = history.Happening(clock.real_now(), 1, "callback", facts, None)
    words = render(why.say(told, "Jane"), language)
    assert "M-Pesa" in words
    assert "daraja" not in words.lower()
    assert words != render(why.say(told, "Jane"), {"en": "sw", "sw": "en"}[language])


@pytest.mark.parametrize(
    "action",
    [
        *(f"attempt.{state}" for state in ("failed", "rejected", "expired")),
        *(f"approval.{state}" for state in ("asked", "approved", "refused")),
        *(f"cash.{said.value}" for said in Said if said is not Said.ASKED),
        "draft.changed",
        "reminder.asked",
    ],
)
def test_why_has_words_for_what_is_written_down(action: str) -> None:
    """No action's own name is shown to a merchant."""
    facts = {"action": action, "more": {}}
    told = why.say(history.Happening(clock.real_now(), 1, "audit", facts, None), "Jane")
    assert render(told, "sw") != render(told, "en")


def test_why_has_one_line_for_each_audit_row(talk: Talk) -> None:
    """Nothing of the trail is missing and nothing is told twice, whatever action comes later."""
    invoice = lived(talk)
    db.enter(talk.session, invoice.merchant_id)
    talk.session.add(Audit(merchant_id=invoice.merchant_id, action="invoice.painted_blue",
                           invoice_id=invoice.id, made_at=db.now(talk.session)))  # fmt: skip
    happened = history.of(talk.session, invoice)
    mine = invoice.id
    audited = talk.session.scalars(
        sa.select(Audit.id).where(Audit.invoice_id == mine).order_by(Audit.id)
    ).all()
    assert sorted(one.id for one in happened if one.kind == "audit") == list(audited)
    assert len(why.lines(happened, "Africa/Nairobi", "Jane")) == len(happened)
    said = whole(talk)
    assert len(re.findall(r"\d\d:\d\d · ", said)) == len(happened)
    assert "Invoice painted blue" in said


def test_why_holds_no_secret_and_no_phone(talk: Talk) -> None:
    """Neither the link's token nor anybody's whole number, nor where a chat is."""
    invoice = lived(talk)
    token = db.vault(talk.session).open(invoice.token or b"")
    said = whole(talk)
    assert token not in said
    assert not re.search(r"\d{9,}", said.replace("•", ""))
    assert str(talk.user_id) not in said


def test_why_goes_by_pages(talk: Talk) -> None:
    """The newest first, each short enough for WhatsApp, whatever was before one tap away."""
    for turn in range(5):
        talk.say(f"jane paid {10 + turn} cash")
        talk.tap("Save payment")
    said = talk.say("/why INV-1")
    assert re.search(r"all that happened, \d+ to (\d+) of \1\.", said)
    assert talk.labels() == ["What was before", "See it"]
    pages = [said]
    while "What was before" in talk.labels():
        pages.append(talk.tap("What was before"))
        assert len(pages[-1]) < 1600
    assert "all that happened, 1 to" in pages[-1]
    assert "Written, by Wanjiru" in pages[-1]
    lines = [line for page in pages for line in page.splitlines() if " · " in line]
    assert len(lines) == len(history.of(talk.session, hers(talk)))


@pytest.mark.parametrize(("role", "may"), [("owner", True), ("manager", True), ("cashier", False),
                                           ("viewer", False)])  # fmt: skip
def test_who_may_ask_why(talk: Talk, role: str, *, may: bool) -> None:
    """Owner and manager."""
    hers(talk)
    talk.session.execute(sa.update(Member).values(role=role))
    said = talk.say("/why INV-1")
    assert ("all that happened" in said) is may
    assert ("Only the owner or a manager" in said) is not may


def test_why_in_the_middle_of_something_else(talk: Talk) -> None:
    """It is told where a question stands that takes no free text, and the question comes back."""
    talk.say("Jane 2 bags nails @100 due friday")
    said = talk.say("why INV-1")
    assert "all that happened" in said
    assert "Shall I send it?" in said


def test_why_asks_which(talk: Talk) -> None:
    """The bare command lists the invoices; one that does not exist is said so."""
    assert "Which one do you want to see?" in talk.say("/why")
    assert "I find no invoice INV-99" in talk.say("/why INV-99")


def test_more_hangs_on_the_card(talk: Talk) -> None:
    """What is not done every day is one tap away."""
    talk.say("INV-1")
    talk.tap("More…")
    assert "all that happened" in talk.tap("Why")
