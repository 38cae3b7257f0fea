"""Every way to money: the menu, a slash command, a plain sentence in either language; and who may."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import papers
from conversations.prompts import Attachment, from_json
from models import db
from models.invoices import Invoice
from models.merchants import Member
from models.payments import Payment
from tests import make
from tests.bot.test_money_talk import arrives, balances
from tests.world import Talk, bill, house, merchant_talk

RECORD = "Who paid?"
LIST = "Payments. Which one do you want to see?"
UNOWNED = "All the money that came has its place."
MONEY = "Money. What would you like to do?"
WRONG = "What is wrong with the KSh 3,000 from Jane?"
BACK = "How much did you give back to Jane?"


@pytest.fixture
def talk(session: Session) -> Talk:
    """Jane has paid 3,000 of 2,550: the rest is credit."""
    talk = merchant_talk(session)
    bill(talk)
    talk.say("jane paid 3000 bank")
    talk.tap("Save payment")
    return talk


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("/payment", RECORD),
        ("record a payment", RECORD),
        ("andika malipo", RECORD),
        ("/payments", LIST),
        ("payments", LIST),
        ("malipo yangu", LIST),
        ("/money", MONEY),
        ("pesa", MONEY),
        ("/match", UNOWNED),
        ("unmatched payments", UNOWNED),
        ("pesa za nani", UNOWNED),
        ("/reverse Jane", WRONG),
        ("reverse payment from Jane", WRONG),
        ("futa malipo ya Jane", WRONG),
        ("Jane's cheque bounced", "Shall I take it back?"),
        ("/refund Jane", BACK),
        ("/refund Jane 500", "How did you give it back?"),
        ("i gave back 500 to jane", "How did you give it back?"),
        ("nimemrudishia Jane 500 taslimu", "KSh 500 given back to Jane, Cash"),
        ("refund", "Of which payment did you give money back?"),
        ("refunded Otieno 500", "I find no payment of Otieno."),
        ("/usecredit Jane", "There is no open invoice to use it on."),
        ("use Jane's credit", "There is no open invoice to use it on."),
        ("tumia salio la Jane", "There is no open invoice to use it on."),
        ("/receipt", "Receipt for KSh 3,000"),
        ("receipt for Jane", "Receipt for KSh 3,000"),
        ("risiti ya Jane", "Receipt for KSh 3,000"),
        ("receipt for Otieno", "I find no payment of Otieno."),
    ],
)
def test_ways_to_money(talk: Talk, said: str, answer: str) -> None:
    """One sentence or command leads straight to the question that is left."""
    assert answer in talk.say(said)


@pytest.mark.parametrize(
    ("label", "answer"),
    [
        ("Record a payment", RECORD),
        ("Payments", LIST),
        ("Whose is it?", UNOWNED),
        ("Use the credit", "Whose credit shall I use?"),
        ("Money given back", "Of which payment"),
        ("Something wrong", "Which payment was wrong?"),
    ],
)
def test_by_the_menu(talk: Talk, label: str, answer: str) -> None:
    """Two taps from the menu."""
    talk.say("menu")
    assert MONEY in talk.tap("Payments")
    assert answer in talk.tap(label)


def test_what_waits_for_its_owner_is_counted(talk: Talk) -> None:
    """Money without an owner is not forgotten."""
    arrives(talk, 1_000, "x", "UKX0000011")
    assert "Payments I know no invoice for: 1" in talk.say("/money")


def test_a_cheque_that_bounced(talk: Talk) -> None:
    """The reason is said already; what it paid is owed again."""
    talk.say("Jane's payment bounced")
    assert "INV-0001: KSh 2,550 is to be paid again." in talk.tap("Take it back")
    assert balances(talk) == [255_000]


def test_credit_by_a_sentence(talk: Talk) -> None:
    """Used on the next invoice; a second wish finds nothing left."""
    bill(talk)
    said = talk.say("use Jane's credit")
    assert "KSh 450 credit is used on INV-0002. KSh 2,100 is left." in said
    assert "There is no credit left to use." in talk.say("/usecredit Jane")
    assert balances(talk) == [0, 210_000]


@pytest.mark.parametrize(("language", "name"), [("en", "Receipt"), ("sw", "Risiti")])
def test_a_receipts_file_has_a_name_in_her_language(talk: Talk, language: str, name: str) -> None:
    """By the payment's own number where the gateway gave none."""
    db.enter(talk.session, talk.conversation.merchant_id)
    payment = talk.session.scalars(sa.select(Payment)).one()
    paper = Attachment("pdf", "receipt", payment.id, payment.merchant_id)
    file = papers.fetch(talk.session, paper, "telegram", language, house())
    assert file.name == f"{name}-P-{payment.id}.pdf"


def become(talk: Talk, role: str) -> None:
    """The only member has another role from now on."""
    db.enter(talk.session, talk.conversation.merchant_id)
    talk.session.execute(sa.update(Member).values(role=role))
    db.enter(talk.session, None)


def test_a_cashier_records_and_matches(talk: Talk) -> None:
    """What comes in is her work; what goes out is not."""
    bill(talk)
    become(talk, "cashier")
    talk.say("jane paid 500 cash")
    assert "is booked on INV-0002" in talk.tap("Save payment")
    arrives(talk, 5_000, "x", "UKX0000012")
    talk.tap("Another invoice")
    assert "KSh 50 is booked on INV-0002 of Jane" in talk.tap("INV-0002 Jane")
    assert "Only the owner or a manager can do that." in talk.say("refund jane 500 cash")


def test_a_viewer_only_looks(talk: Talk) -> None:
    """She sees every payment and moves none."""
    bill(talk)
    arrives(talk, 5_000, "x", "UKX0000013")
    orphan = talk.screen[-1]
    become(talk, "viewer")
    refused = "You may look here, but not change anything."
    assert "from PETER K" in talk.say("payments") + talk.tap("KSh 50")
    for label in ("Not mine", "Another invoice"):
        said = talk.tap_on(orphan, label)
        said = talk.tap("INV-0002") if "Which invoice" in said else said
        assert refused in said
    assert refused in talk.say("jane paid 500 cash")
    assert refused in talk.say("use Jane's credit")
    assert balances(talk) == [0, 255_000]


def test_whoever_left_sees_nothing(talk: Talk) -> None:
    """Buttons of old messages say no more than that she may not."""
    arrives(talk, 5_000, "x", "UKX0000014")
    orphan = talk.screen[-1]
    talk.say("/money")
    hub = talk.screen[-1]
    db.enter(talk.session, talk.conversation.merchant_id)
    payment = talk.session.scalars(sa.select(Payment).order_by(Payment.id.desc())).first()
    assert payment
    talk.session.execute(sa.delete(Member))
    db.enter(talk.session, None)
    conversation = talk.conversation
    conversation.merchant_id = None
    talk.session.flush()
    for row in (orphan, hub):
        for choice in from_json(row.body).choices:
            said = talk.press(f"{row.id}.{choice.value}")
            assert "PETER" not in said
            assert "KSh" not in said
            assert "went wrong" not in said


def test_money_of_another_merchant(talk: Talk) -> None:
    """A member here who is nobody there: neither its card nor its matching (I-19)."""
    session = talk.session
    make.merchant(session)
    with db.as_merchant(session, db.merchant_id(session)):
        theirs = make.invoice(session)
        there = theirs.merchant_id
    db.enter(session, None)
    arrives(talk, 5_000, "x", "UKX0000015")
    talk.tap("Another invoice")
    assert "INV-0001" not in talk.labels()
    db.enter(session, there)
    assert session.get_one(Invoice, (there, theirs.id)).balance == theirs.total
    db.enter(session, None)


def test_a_second_tap_on_save(talk: Talk) -> None:
    """The same button twice books once."""
    bill(talk)
    talk.say("jane paid 500 cash")
    row = talk.screen[-1]
    talk.tap("Save payment")
    talk.tap_on(row, "Save payment")
    assert balances(talk) == [0, 205_000]


def test_a_list_only_looked_at_stops_nobody(talk: Talk) -> None:
    """An invoice typed after the payments is an invoice."""
    talk.say("payments")
    assert "Jane" in talk.say("Jane 2 bags cement @850 due Friday")
    assert "Send" in talk.labels()
    talk.say("payments")
    assert "Which one" not in talk.say("receipt for jane")
    talk.say("/match")
    assert "KSh 3,000" in talk.say("payments")


def test_only_who_has_credit_is_offered(talk: Talk) -> None:
    """Not those who owe; once it is used there is nobody."""
    bill(talk)
    bill(talk, "Otieno", "0722000111")
    talk.say("/usecredit")
    assert talk.labels() == ["Jane"]
    talk.tap("Jane")
    assert "No client has money left over." in talk.say("/usecredit")


def test_what_is_matched_may_be_more_than_owed(talk: Talk) -> None:
    """The rest is credit, and said so."""
    bill(talk)
    arrives(talk, 270_000, "x", "UKX0000016")
    talk.tap("Another invoice")
    said = talk.tap("INV-0002 Jane")
    assert "INV-0002 of Jane is paid." in said
    assert "KSh 150 is kept as credit." in said


def test_a_sentence_where_something_is_looked_for(talk: Talk) -> None:
    """Whose credit is asked; the last payment is taken back all the same."""
    talk.say("/usecredit")
    assert WRONG in talk.say("reverse the last payment")
