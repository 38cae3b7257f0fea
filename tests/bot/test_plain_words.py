"""What a merchant asks for in plain words, from the words to what is shown; both languages."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import db
from models.invoices import Invoice
from models.merchants import Client
from tests.bot.test_statements import cost
from tests.conftest import Counter
from tests.world import Talk, bill, merchant_talk


@pytest.fixture
def talk(session: Session) -> Talk:
    """A merchant to whom Jane owes KSh 2,550 and Otieno as much."""
    talk = merchant_talk(session)
    bill(talk)
    bill(talk, "Otieno", "0722000111")
    return talk


@pytest.mark.parametrize("words", ["who owes me?", "nani ananidai", "madeni", "/invoices"])
def test_who_owes_me(talk: Talk, words: str) -> None:
    """The open invoices, and what they come to."""
    said = talk.say(words)
    assert "2 invoices, KSh 5,100" in said
    assert talk.labels()[:2] == ["INV-0001 Jane", "INV-0002 Otieno"]


def test_nothing_is_overdue(talk: Talk) -> None:
    """A list that is empty says so."""
    assert "Nothing is overdue" in talk.say("zilizochelewa")


@pytest.mark.parametrize("words", ["jane paid 500 cash", "Jane amelipa 500 taslimu"])
def test_she_paid_cash(talk: Talk, words: str) -> None:
    """Her one open invoice, the amount and the way are filled in; only the yes is missing."""
    said = talk.say(words)
    assert "Payment from Jane" in said
    assert "INV-0001: KSh 500, then KSh 2,050 is left to pay" in said
    assert "KSh 500, Cash" in said
    assert "KSh 500 is booked on INV-0001" in talk.tap("Save payment")


def test_what_is_not_said_of_a_payment_is_asked(talk: Talk) -> None:
    """Amounts with two meanings are asked, never guessed."""
    assert "How much did Jane pay?" in talk.say("jane paid 1.500 cash")


def test_she_paid_and_has_several(talk: Talk) -> None:
    """One payment over several invoices, oldest first; what is too much is credit (F-6)."""
    bill(talk)
    said = talk.say("jane paid 6000 by mpesa yesterday ref QX12")
    assert "INV-0001: KSh 2,550, then it is paid" in said
    assert "INV-0003: KSh 2,550, then it is paid" in said
    assert "Kept as credit: KSh 900" in said
    assert "Reference: QX12" in said
    done = talk.tap("Save payment")
    assert "INV-0003: KSh 2,550, it is paid" in done
    assert "KSh 900 is kept as credit." in done


def test_someone_paid_who_owes_nothing(talk: Talk) -> None:
    """Nobody of that name: said so, and she can be added."""
    assert "I know no client called Peter." in talk.say("Peter paid 500")
    assert "New client" in talk.labels()


@pytest.mark.parametrize("words", ["remind otieno", "kumbusha otieno", "please remind INV-2"])
def test_remind(talk: Talk, words: str) -> None:
    """Asked once before anything goes out."""
    assert "Shall I send INV-0002 to Otieno again?" in talk.say(words)


@pytest.mark.parametrize("words", ["cancel INV-1", "futa INV-0001", "/void INV-1"])
def test_void(talk: Talk, words: str) -> None:
    """The number says which; the reason is asked, and a yes."""
    assert "Why do you void INV-0001?" in talk.say(words)
    talk.say("Wrong price")
    assert "INV-0001 is void" in talk.tap("Void it")


@pytest.mark.parametrize(
    "words", ["INV-1", "show inv-0001", "onyesha INV-1", "how much does jane owe"]
)
def test_show(talk: Talk, words: str) -> None:
    """The invoice's card."""
    assert "INV-0001 for Jane" in talk.say(words)


def test_a_document(talk: Talk) -> None:
    """The PDF hangs on the answer."""
    talk.say("pdf INV-1")
    assert talk.prompt(talk.screen[-1]).attachment is not None
    assert "I find no invoice INV-99" in talk.say("pdf INV-99")


@pytest.mark.parametrize("words", ["same as last time for Jane", "kama mara ya mwisho kwa Jane"])
def test_same_again(talk: Talk, words: str) -> None:
    """The lines of her last invoice; the day is asked anew."""
    assert "When should it be paid?" in talk.say(words)
    assert "3 × bags of cement at KSh 850 = KSh 2,550" in talk.tap("In 7 days")
    talk.say("Send")
    db.enter(talk.session, talk.conversation.merchant_id)
    assert talk.session.scalar(sa.select(sa.func.count()).select_from(Invoice)) == 3
    db.enter(talk.session, None)
    assert "no earlier invoice for Peter" in talk.say("same as last time for Peter")


def test_a_new_client(talk: Talk) -> None:
    """Name and number in one sentence."""
    talk.say("new client Peter 0712345679")
    db.enter(talk.session, talk.conversation.merchant_id)
    phone = talk.session.scalar(sa.select(Client.phone).where(Client.name == "Peter"))
    db.enter(talk.session, None)
    assert phone == "+254712345679"


def test_greetings_and_thanks(talk: Talk) -> None:
    """A short answer with what is likeliest wanted."""
    assert "Hello!" in talk.say("hi")
    assert talk.labels() == ["New invoice", "My invoices", "Menu"]
    assert "welcome" in talk.say("asante sana")


def test_a_question_that_means_nothing_to_us(talk: Talk) -> None:
    """An honest answer with three ways on; the second time the menu is among them."""
    assert "did not understand" in talk.say("is the moon made of cheese?")
    assert len(talk.labels()) == 3
    assert "still do not understand" in talk.say("and the sun?")
    assert "Menu" in talk.labels()


def test_an_answer_in_free_text_is_no_order(talk: Talk) -> None:
    """While any words are an answer, “jane paid 500 cash” is what was sold."""
    for words in ("/invoice", "Jane", "jane paid 500 cash"):
        said = talk.say(words)
    assert "jane paid 500 cash" in said
    assert "price" in said


def test_an_order_in_the_middle_comes_back(talk: Talk) -> None:
    """Where only a number counts, “who owes me” is answered and the question stands again."""
    for words in ("/invoice", "Jane", "3 bags of cement"):
        talk.say(words)
    talk.say("who owes me")
    back = talk.tap("INV-0001")
    assert "INV-0001 for Jane" in back
    assert "price for one" in back


def test_a_list_stops_nobody(talk: Talk) -> None:
    """With the list of invoices open, a line still makes an invoice and a name still searches."""
    talk.say("who owes me")
    assert "INV-0002 for Otieno" in talk.say("otieno")
    talk.say("who owes me")
    assert "KSh 2,550" in talk.say("Jane 3 bags cement @850 due Friday")
    assert "Send" in talk.labels()


@pytest.mark.parametrize("words", ["jane paid 500 cash", "remind otieno", "show INV-1"])
def test_plain_words_cost_few_statements(talk: Talk, statements: Counter, words: str) -> None:
    """An order in plain words costs at most 15, a card with all that happened one more."""
    most = 16 if words.startswith("show") else 15
    assert cost(talk, statements, "say", words) <= most


def test_a_customer_pays_without_saying_what(talk: Talk, session: Session) -> None:
    """She was shown one invoice: that one; someone who was shown none is told where to look."""
    token = bill(talk, "Amina", "0733000111")
    customer = Talk(session, name="Amina")
    customer.say(f"/start {token}")
    for words in ("/pay", "I want to pay", "nataka kulipa"):
        said = customer.say(words)
        assert "INV-0003" in said, words
        customer.say("cancel")
    stranger = Talk(session, name="Nobody")
    stranger.say("hello")
    assert "open the link" in stranger.say("/pay")


def test_two_shops_bills_are_asked(talk: Talk, session: Session) -> None:
    """Bills of two merchants are told apart by the shop."""
    other = merchant_talk(session, "Baraka Stores")
    customer = Talk(session, name="Amina")
    for maker in (talk, other):
        customer.say(f"/start {bill(maker, 'Amina', '0733000111')}")
    assert "Which one do you want to pay?" in customer.say("/pay")
    assert sorted(customer.labels()) == ["INV-0001 Baraka Sto…", "INV-0003 Wanjiru Ha…"]
    assert "INV-0001" in customer.tap("INV-0001")


@pytest.mark.parametrize(
    "words", ["find INV-1", "/find inv-0001", "tafuta jane", "find jane cement", "find jane 2,550"]
)
def test_find_one(talk: Talk, words: str) -> None:
    """The only invoice with that number, client, goods and sum is shown at once."""
    assert "INV-0001 for Jane" in talk.say(words)


@pytest.mark.parametrize("words", ["find 2550", "tafuta 2,550/=", "search for cement"])
def test_find_several(talk: Talk, words: str) -> None:
    """Several come as a list to choose from; typing on looks further."""
    assert "Which one do you want to see?" in talk.say(words)
    assert talk.labels() == ["INV-0002 Otieno", "INV-0001 Jane", "Other lists"]
    assert "INV-0002 for Otieno" in talk.say("otieno")


def test_find_nothing(talk: Talk) -> None:
    """Said so, with what could be looked for."""
    assert "I find nothing for “jane sand”" in talk.say("find jane sand")
    assert "I find nothing for “777”" in talk.say("find 777")


def test_lists_go_on_by_eight(talk: Talk) -> None:
    """Eight a page, the first due first; More goes on where its page ended."""
    for _more in range(8):
        bill(talk)
    talk.say("who owes me")
    assert talk.labels()[0] == "INV-0001 Jane"
    assert talk.labels()[7:] == ["INV-0008 Jane", "More", "Other lists"]
    talk.tap("More")
    assert talk.labels() == ["INV-0009 Jane", "INV-0010 Jane", "Other lists"]
    talk.tap("Other lists")
    talk.tap("All invoices")
    assert talk.labels()[0] == "INV-0010 Jane"
