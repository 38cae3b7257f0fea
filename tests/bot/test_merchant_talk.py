"""What a merchant says and reads, through dispatch and into the rows, in both languages."""

from decimal import Decimal

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import db
from models.invoices import Invoice
from models.merchants import Client, Merchant
from models.payments import Allocation, Payment
from models.traffic import Outbound
from tests.world import Talk, Words, bill, in_words, merchant_talk


@pytest.fixture
def talk(session: Session, language: str) -> Talk:
    """A merchant who has signed up in that language."""
    return merchant_talk(session, language={"en": "English", "sw": "Kiswahili"}[language])


def hers(talk: Talk) -> Session:
    """The session, seeing her merchant's rows."""
    db.enter(talk.session, talk.conversation.merchant_id)
    talk.session.expire_all()
    return talk.session


def test_onboarding(session: Session, language: str, say: Words) -> None:
    """A stranger becomes a merchant with a country, a way to be paid and a tax of her own."""
    talk = Talk(session, language_code="fr")
    talk.say("hello there")
    talk.tap({"en": "English", "sw": "Kiswahili"}[language])
    assert say("What is the name of your business?") in talk.words(talk.screen[-1])
    talk.say("Wanjiru Hardware")
    talk.tap("Kenya")
    talk.tap("M-Pesa till")
    talk.say("123456")
    ready = talk.tap(say("{rate}% included", rate=16))
    assert say("*{business}* is ready. Your first invoice takes a minute.",
               business="Wanjiru Hardware") in ready  # fmt: skip
    merchant = hers(talk).scalars(sa.select(Merchant)).one()
    assert (merchant.currency, merchant.zone, merchant.tax_rate, merchant.tax_inclusive) == (
        "KES", "Africa/Nairobi", Decimal(16), True,
    )  # fmt: skip
    assert talk.person.language == language


def test_another_language_while_signing_up(session: Session, language: str) -> None:
    """Who chose the wrong one at first says so: the rest of it, and her bills, are in the other."""
    other = {"en": "sw", "sw": "en"}[language]
    names = {"en": "English", "sw": "Kiswahili"}
    talk = Talk(session)
    talk.say("hi")
    talk.tap(names[language])
    talk.say("Wanjiru Hardware")
    talk.say("lugha")
    back = talk.tap(names[other])
    assert in_words("Which country are you in?", other) in back
    talk.tap("Kenya")
    talk.tap(in_words("Cash only", other))
    talk.tap(in_words("No tax", other))
    assert hers(talk).scalars(sa.select(Merchant.language)).one() == other
    assert talk.person.language == other


def test_an_invoice_is_made_and_passed_on(talk: Talk, say: Words) -> None:
    """Question by question, to a card with share buttons and a message ready to forward."""
    token = bill(talk)
    card, forward = talk.screen
    assert "INV-0001" in talk.words(card)
    assert f"https://bili.test/i/{token}" in talk.words(forward)
    urls = [choice.url for choice in talk.prompt(card).choices if choice.url]
    assert urls[0].startswith("https://wa.me/254712345678?text=")
    assert urls[1].startswith("https://t.me/share/url?url=https%3A%2F%2Fbili.test%2Fi%2F")
    invoice = hers(talk).scalars(sa.select(Invoice)).one()
    assert (invoice.total_minor, invoice.status, invoice.number_text) == (
        255_000, "issued", "INV-0001",
    )  # fmt: skip
    assert talk.conversation.journal is None


def test_a_draft_is_taken_up_again(talk: Talk, say: Words) -> None:
    """Kept as a draft, reopened with every answer, changed in one, sent once; the draft is gone."""
    for words in ("/invoice", "Jane", "0712345678", "3 bags of cement", "850", "2"):
        talk.say(words)
    kept = talk.tap(say("Save as draft"))
    assert say("Kept as a draft for *{client}*. Nothing was sent.", client="Jane") in kept
    assert hers(talk).scalars(sa.select(Invoice.number_text)).all() == [None]
    assert "KSh 2,550" in talk.tap(say("Finish and send"))
    talk.tap(say("Price"))
    assert "KSh 2,700" in talk.say("900")
    talk.tap(say("Send"))
    invoices = hers(talk).scalars(sa.select(Invoice)).all()
    assert [(i.number_text, i.total_minor) for i in invoices] == [("INV-0001", 270_000)]


def test_a_draft_is_deleted(talk: Talk, say: Words) -> None:
    """Gone, and gone only once."""
    for words in ("/invoice", "Jane", "0712345678", "3 bags of cement", "850", "2"):
        talk.say(words)
    talk.tap(say("Save as draft"))
    assert say("The draft is gone.") in talk.tap(say("Delete draft"))
    assert hers(talk).scalars(sa.select(Invoice)).all() == []
    again = talk.tap(say("Delete draft"))
    assert again
    assert say("The draft is gone.") not in again


def test_a_list_opens_an_invoice(talk: Talk, say: Words) -> None:
    """By number from the list; what is done next hangs on the card."""
    bill(talk)
    talk.say("/invoices")
    assert "INV-0001 Jane" in talk.labels()
    card = talk.say("1")
    assert "3 × bags of cement" in card
    assert talk.labels() == [
        say("Send again"), say("Record a payment"), say("PDF"),
        say("Reminders off"), say("Void it"), say("Copy it"), say("More…"),
    ]  # fmt: skip


def opened(talk: Talk, say: Words) -> None:
    """An invoice of KSh 2,550 whose card is on her screen."""
    bill(talk)
    talk.say("/invoices")
    talk.say("1")


def test_a_payment_is_recorded(talk: Talk, say: Words) -> None:
    """A part in cash, then the rest: booked once each, and the invoice is paid."""
    opened(talk, say)
    talk.tap(say("Record a payment"))
    talk.say("1000")
    talk.tap(say("Cash"))
    booked = talk.tap(say("Save payment"))
    assert "KSh 1,550" in booked
    talk.say("/payment")
    talk.say("1")
    talk.tap(say("All: {amount}", amount="KSh 1,550"))
    talk.tap(say("Bank"))
    paid = talk.tap(say("Save payment"))
    assert "🎉" in paid
    found = hers(talk).scalars(sa.select(Payment.amount_minor).order_by(Payment.id)).all()
    assert found == [100_000, 155_000]
    assert not hers(talk).scalars(sa.select(Invoice)).one().balance


def test_more_than_is_owed_stays_with_the_client(talk: Talk, say: Words) -> None:
    """She is told before she saves it; the invoice takes what it asks for and not a cent more."""
    opened(talk, say)
    talk.tap(say("Record a payment"))
    talk.say("3000")
    assert "KSh 450" in talk.tap(say("Cash"))
    talk.tap(say("Save payment"))
    assert hers(talk).scalars(sa.select(Payment.amount_minor)).all() == [300_000]
    assert hers(talk).scalars(sa.select(Allocation.amount_minor)).all() == [255_000]


def test_an_invoice_is_voided(talk: Talk, say: Words) -> None:
    """With a reason, after a look; its number stays used and the next is the next."""
    opened(talk, say)
    talk.tap(say("Void it"))
    talk.say("wrong price")
    done = talk.tap(say("Void it"))
    assert say("*{number}* is void. Its number stays used.", number="INV-0001") in done
    invoice = hers(talk).scalars(sa.select(Invoice)).one()
    assert (invoice.status, invoice.void_reason) == ("void", "wrong price")
    bill(talk, client="Otieno", phone="0722000111")
    assert hers(talk).scalars(sa.select(Invoice.number_text).order_by(Invoice.id)).all() == [
        "INV-0001", "INV-0002",
    ]  # fmt: skip


def test_an_invoice_is_sent_again(talk: Talk, say: Words) -> None:
    """The same link once more; an invoice that is void is not."""
    opened(talk, say)
    card = talk.screen[0]
    link = next(word for word in talk.words(card).split() if "/i/" in word)
    talk.tap(say("Send again"))
    assert link in talk.tap(say("Send again"))
    hers(talk).scalars(sa.select(Invoice)).one().status = "void"
    talk.session.flush()
    db.enter(talk.session, None)
    talk.tap_on(card, say("Send again"))
    assert link not in talk.tap(say("Send again"))


def test_a_pdf_is_asked_for(talk: Talk, say: Words) -> None:
    """The words go out with the document hung on them; a worker draws it."""
    opened(talk, say)
    talk.tap(say("PDF"))
    row = talk.screen[-1]
    assert talk.prompt(row).attachment is not None
    assert say("Invoice {number}", number="INV-0001") in talk.words(row)


def test_a_new_client(talk: Talk, say: Words) -> None:
    """A name and a phone; then an invoice begins with both already said."""
    talk.say("/client")
    talk.say("Otieno")
    talk.say("0722000111")
    assert hers(talk).execute(sa.select(Client.name, Client.phone)).all() == [
        ("Otieno", "+254722000111")
    ]
    db.enter(talk.session, None)
    assert say("What did you sell?") in talk.tap(say("New invoice"))


def test_a_contact_card_becomes_a_client(talk: Talk, say: Words) -> None:
    """Given out of the blue, it is a client with the name and number it holds."""
    card = {"phone_number": "+254722000111", "first_name": "Otieno", "user_id": 5}
    talk.post(talk.message(contact=card))
    assert hers(talk).execute(sa.select(Client.name, Client.phone)).all() == [
        ("Otieno", "+254722000111")
    ]


def test_another_language_in_mid_question(talk: Talk, language: str) -> None:
    """Switched while an invoice is being made: the same question, in the other language."""
    other = {"en": "sw", "sw": "en"}[language]
    for words in ("/invoice", "Jane", "0712345678"):
        talk.say(words)
    talk.say("/language")
    back = talk.tap({"en": "English", "sw": "Kiswahili"}[other])
    assert in_words("What did you sell?", other) in back
    assert talk.conversation.journal is not None
    assert talk.conversation.journal["answers"]["client"]
    assert talk.say("3 bags of cement")
    assert in_words("What would you like to do?", other) in talk.say("/menu")


def test_an_errand_in_mid_question_leaves_the_question_standing(talk: Talk, say: Words) -> None:
    """A tap on an older card is answered, and what was asked is asked again (C-13)."""
    bill(talk)
    card = talk.screen[0]
    talk.say("/invoice")
    said = talk.tap_on(card, say("See it"))
    assert "3 × bags of cement" in said
    assert talk.words(talk.screen[-1]).endswith(say("New invoice. Who is it for?"))


def test_whatever_was_said_is_a_row(talk: Talk) -> None:
    """Each reply names the message that it answers, and none was sent by the turn itself."""
    talk.say("/help")
    row = talk.session.scalars(sa.select(Outbound).order_by(Outbound.id.desc()).limit(1)).one()
    assert row.inbound_id is not None
    assert (row.status, row.purpose, row.provider_id) == ("waiting", "reply", None)
