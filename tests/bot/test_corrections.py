"""Credit, correct, write off: from the card of an invoice to what the customer hears, once."""

import re
from decimal import Decimal

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import papers
from conversations.prompts import Attachment
from invoicing import lifecycle
from invoicing.commands import BilledTo, Discount, InvoiceLine, IssueInvoice, Tax
from models import db
from models.credit_notes import CreditNote
from models.invoices import Invoice
from models.merchants import Member
from models.money import Money
from models.told import Notice
from tests import world
from tests.world import Talk, bill, house, merchant_talk


def invoices(session: Session, talk: Talk) -> list[Invoice]:
    db.enter(session, talk.conversation.merchant_id)
    return list(session.scalars(sa.select(Invoice).order_by(Invoice.id)))


def more(talk: Talk) -> str:
    """The card of the only invoice, and the list behind it."""
    talk.say("INV-0001")
    return talk.tap("More…")


def test_a_credit_note_from_the_card(session: Session, channel: str) -> None:
    """An amount, a reason, a look, and the note goes out with its document; twice is once."""
    talk = merchant_talk(session)
    bill(talk)
    more(talk)
    talk.tap("Credit note")
    talk.say("An amount")
    talk.say("550")
    said = talk.say("torn bags")
    assert "I take back KSh 550" in said
    assert "Still to pay after it: KSh 2,000" in said
    row = talk.screen[-1]
    said = talk.tap("Send credit note")

    assert "CN-0001 takes back KSh 550 of INV-0001" in said
    (invoice,) = invoices(session, talk)
    assert invoice.balance.amount_minor == 200_000
    paper = talk.prompt(talk.screen[-1]).attachment
    assert paper is not None
    assert paper.document == "credit_note"
    file = papers.fetch(session, paper, channel, "sw", house())
    assert (file.name, file.content[:4]) == ("CN-0001.pdf", b"%PDF")
    if channel == "telegram":
        talk.tap_on(row, "Send credit note")
    db.enter(session, talk.conversation.merchant_id)
    assert session.scalar(sa.select(sa.func.count()).select_from(CreditNote)) == 1
    db.enter(session, None)
    assert "Credited by CN-0001: KSh 550" in talk.say("INV-0001")


def test_some_items_come_back(session: Session, channel: str) -> None:
    """Two bags of three: what is shown is what is issued."""
    talk = merchant_talk(session)
    bill(talk)
    more(talk)
    talk.tap("Credit note")
    for words in ("Some of the items", "cement", "1"):
        said = talk.say(words)
    said = talk.say("skip")
    assert "I take back KSh 850" in said
    talk.tap("Send credit note")
    assert invoices(session, talk)[0].balance.amount_minor == 170_000
    db.enter(session, None)
    for words in ("credit INV-1", "Some of the items", "cement", "3"):
        said = talk.say(words)
    assert "Only 2 are left" in said
    talk.say("all")
    assert "I take back KSh 1,700" in talk.say("skip")
    talk.tap("Send credit note")
    assert "You have no invoices" in talk.say("/revise") or talk.labels() == []


def test_the_customer_hears_once(session: Session) -> None:
    """Whoever opened the link is told what was taken back and what is left, with the note."""
    talk = merchant_talk(session)
    token = bill(talk)
    jane = Talk(session, name="Jane")
    jane.say(f"/start {token}")
    more(talk)
    talk.tap("Credit note")
    talk.say("The whole invoice")
    talk.say("skip")
    assert "I have told Jane" in talk.tap("Send credit note")
    world.tell(session)
    said = jane.look()

    assert "takes back KSh 2,550 of invoice INV-0001 (credit note CN-0001)" in said
    assert "You do not owe anything on it any more." in said
    world.tell(session)
    assert jane.look() == ""
    assert "Credited in full" in talk.say("INV-0001")


def test_an_old_button_of_a_settled_invoice(session: Session) -> None:
    """Nothing is asked when there is nothing to give up or to take back any more."""
    talk = merchant_talk(session)
    bill(talk)
    more(talk)
    old = talk.screen[-1]
    talk.tap("Credit note")
    talk.say("The whole invoice")
    talk.say("skip")
    talk.tap("Send credit note")
    assert "Nothing is owed on INV-0001 any more." in talk.tap_on(old, "Write it off")
    assert "Nothing is left to take back on INV-0001." in talk.tap_on(old, "Credit note")


@pytest.mark.parametrize(("line", "asked"), [
    ("credit INV-1 500", "Why? Your client will see the reason."),
    ("credit note for Jane", "What do you take back of INV-0001?"),
    ("hati ya mkopo ya INV-1", "What do you take back of INV-0001?"),
    ("punguza 500 kwenye INV-1", "Why? Your client will see the reason."),
    ("/credit INV-1", "What do you take back of INV-0001?"),
    ("correct INV-1", "It replaces INV-0001"),
    ("fix Jane's invoice", "It replaces INV-0001"),
    ("sahihisha ankara ya Jane", "It replaces INV-0001"),
    ("/revise INV-1", "It replaces INV-0001"),
    ("/revise", "Which invoice do you want to correct?"),
    ("write off INV-1", "Why do you give up INV-0001?"),
    ("forgive Jane", "Why do you give up INV-0001?"),
    ("samehe deni la Jane", "Why do you give up INV-0001?"),
    ("/writeoff INV-1", "Why do you give up INV-0001?"),
    ("ask Jane for a deposit", "How much is the deposit?"),
    ("deposit on INV-1", "How much is the deposit?"),
    ("omba amana kwa Jane", "How much is the deposit?"),
    ("/deposit", "On which invoice do you want a deposit?"),
    ("credit note", "Which invoice do you want to credit?"),
    ("write off Otieno", "I find no open invoice for Otieno."),
])  # fmt: skip
def test_each_by_sentence_and_by_command(
    session: Session, channel: str, line: str, asked: str
) -> None:
    """English, Swahili and slash, with a number, a name or nothing."""
    talk = merchant_talk(session)
    bill(talk)
    assert asked in talk.say(line)


def test_an_invoice_is_corrected_on_one_card(session: Session, channel: str) -> None:
    """Everything is filled in; one field is changed, and both papers know each other."""
    talk = merchant_talk(session)
    bill(talk)
    more(talk)
    said = talk.tap("Correct it")
    assert "It replaces INV-0001" in said
    talk.tap("Price")
    talk.say("800")
    said = talk.tap("Send")

    assert "INV-0002 replaces INV-0001, which CN-0001 takes back." in said
    old, new = invoices(session, talk)
    assert (old.balance.amount_minor, new.total_minor, new.revises_id) == (0, 240_000, old.id)
    assert "Replaces INV-0001" in talk.say("INV-0002")
    assert "Replaced by INV-0002" in talk.say("INV-0001")


def test_a_correction_kept_as_a_draft_takes_nothing_back_yet(session: Session) -> None:
    """Until it is sent the old one stands; the draft remembers what it corrects."""
    talk = merchant_talk(session)
    bill(talk)
    more(talk)
    talk.tap("Correct it")
    talk.tap("Save as draft")
    assert invoices(session, talk)[0].balance.amount_minor == 255_000
    db.enter(session, None)
    assert "It replaces INV-0001" in talk.tap("Finish and send")
    talk.tap("Send")
    assert [one.number_text for one in invoices(session, talk)] == ["INV-0001", "INV-0002"]


def test_a_write_off_and_back(session: Session, channel: str) -> None:
    """Given up with a reason of her own, which the customer never hears; then owed again."""
    talk = merchant_talk(session)
    bill(talk)
    more(talk)
    talk.tap("Write it off")
    talk.say("moved away")
    assert "you gave up KSh 2,550" in talk.tap("Write it off")
    db.enter(session, talk.conversation.merchant_id)
    assert "credited" not in session.scalars(sa.select(Notice.kind)).all()
    db.enter(session, None)
    assert "Written off" in talk.say("INV-0001")
    talk.tap("More…")
    assert "INV-0001 is owed again: KSh 2,550." in talk.tap("Undo write-off")


def test_a_deposit_goes_with_the_correction(session: Session) -> None:
    """Asked as a part of the total; dearer than the total it alone is asked again (C-2)."""
    talk = merchant_talk(session)
    bill(talk)
    more(talk)
    assert "How much is the deposit?" in talk.tap("Ask for a deposit")
    assert "Deposit, to be paid first: KSh 2,000" in talk.say("2000")
    talk.tap("Price")
    said = talk.say("600")
    assert "does not fit any more" in said
    assert "How much is the deposit?" in said
    said = talk.say("50%")
    assert "Deposit, to be paid first: KSh 900" in said
    talk.tap("Send")
    assert invoices(session, talk)[-1].deposit_minor == 90_000


def test_a_deposit_reaches_the_customer(session: Session, channel: str) -> None:
    """It is what the message, the card and the prompt ask for; its payment is named as such."""
    talk = merchant_talk(session)
    for words in ("/invoice", "Jane", "0712345678", "3 bags of cement", "850", "2"):
        talk.say(words)
    talk.tap("More…")
    talk.tap("Deposit")
    talk.tap("30% of it")
    said = talk.tap("Send")
    assert "Please pay the deposit of KSh 765 now and the rest by" in said
    found = re.search(r"/i/([\w-]{20,})", said)
    assert found
    jane = Talk(session, name="Jane")
    assert "Deposit, due now: KSh 765" in jane.say(f"/start {found[1]}")
    jane.tap("Pay KSh 765")
    assert "for KSh 765." in jane.say("0712345678")

    talk.say("INV-0001")
    talk.tap("Record a payment")
    talk.say("765")
    talk.tap("Cash")
    talk.tap("Save payment")
    assert "Deposit, due now" not in jane.say(f"/start {found[1]}")
    assert "KSh 765 paid, due" in talk.say("INV-0001")


@pytest.mark.parametrize("label", ["Credit note", "Write it off", "Correct it"])
def test_a_cashier_takes_nothing_back(session: Session, label: str) -> None:
    """Owner and manager only, as things stand at the end; nothing is left behind."""
    talk = merchant_talk(session)
    bill(talk)
    more(talk)
    said = talk.tap(label)
    db.enter(session, talk.conversation.merchant_id)
    session.execute(sa.update(Member).values(role="cashier"))
    db.enter(session, None)
    for words in {"Credit note": ("The whole invoice", "skip", "Send credit note"),
                  "Write it off": ("skip", "1"), "Correct it": ("Send",)}[label]:  # fmt: skip
        said = talk.say(words)
    assert re.search("owner|manager", said)
    (invoice,) = invoices(session, talk)
    assert invoice.balance.amount_minor == 255_000


def test_an_old_pay_button_of_a_credited_invoice(session: Session, channel: str) -> None:
    """The customer is told that nothing is owed; no prompt for nothing is offered."""
    talk = merchant_talk(session)
    token = bill(talk)
    jane = Talk(session, name="Jane")
    jane.say(f"/start {token}")
    card = jane.screen[-1]
    for words in ("credit INV-1", "The whole invoice", "skip"):
        talk.say(words)
    talk.tap("Send credit note")
    assert jane.tap_on(card, "Pay KSh 2,550") == "Nothing is owed on INV-0001 any more."


TERMS = (
    InvoiceLine("cement", Decimal(3), Money.of(1000, "KES"), Discount(percent=Decimal(10))),
    InvoiceLine("milk", Decimal(2), Money.of(60, "KES"), tax_rate=Decimal(0)),
    InvoiceLine("nails", Decimal(1), Money.of("99.99", "KES")),
)
OFF, VAT = Discount(amount=Money.of(50, "KES")), Tax(Decimal(16), inclusive=False)


@pytest.mark.parametrize("language", ["English", "Kiswahili"])
def test_items_with_terms_of_their_own(session: Session, channel: str, language: str) -> None:
    """Each comes back at what it was sold for; the last of them leaves nothing owed."""
    talk = merchant_talk(session, language=language)
    db.enter(session, talk.conversation.merchant_id)
    today = db.today(session, "Africa/Nairobi")
    order = IssueInvoice(BilledTo("Jane", None), TERMS, today, OFF, VAT)
    total = lifecycle.bill(session, order, by=None).total
    db.enter(session, None)
    taken: tuple[tuple[str, ...], ...] = (("cement", "2"), ("cement",), ("milk", "all"), ("nails",))
    for picks in taken:
        talk.say("INV-0001")
        for label in ("More…", "Credit note", "Some of the items"):
            talk.tap(world.in_words(label, talk.language))
        for said in picks:
            talk.say(said)
        if picks[0] != "nails":
            talk.say("no")
        talk.say("skip")
        said = talk.tap(world.in_words("Send credit note", talk.language))
    db.enter(session, talk.conversation.merchant_id)
    notes = list(session.scalars(sa.select(CreditNote).order_by(CreditNote.id)))
    # 2,700 + 120 + 99.99 less 50 by their shares, and 16% on all but the milk
    assert [one.total_minor for one in notes] == [205_225, 102_613, 11_794, 11_400]
    assert sum(one.total_minor for one in notes) == total.amount_minor
    (invoice,) = invoices(session, talk)
    assert invoice.balance.amount_minor == 0
    for note in notes:
        papers.fetch(
            session,
            Attachment("pdf", "credit_note", note.id, note.merchant_id),
            channel,
            "sw",
            house(),
        )
