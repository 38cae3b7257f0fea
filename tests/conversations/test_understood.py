"""What one typed line said becomes answers; what is in doubt is asked, even where one is assumed."""

from datetime import date
from decimal import Decimal

from conversations.one_line import Client, Discount, Line, Reading, Tax, Understood
from conversations.understood import answers
from invoicing.commands import BilledTo
from invoicing.commands import Discount as Off
from invoicing.commands import Tax as Put
from tests.conversations.scripts import TAXED
from tests.conversations.talk import Talk

CEMENT = Line("cement", Decimal(3), Decimal("850.5"))


def test_a_line_that_says_everything_leads_to_the_card() -> None:
    """Nothing is asked but the confirmation."""
    said = Understood(
        invoice=True,
        client=Client("Asha", "+254712000001", 41),
        items=(CEMENT, Line("delivery", Decimal(1), Decimal(300))),
        due=date(2026, 11, 27),
        discount=Discount(percent=Decimal(5)),
        tax=Tax(Decimal(8), inclusive=True),
        note="asante",
    )
    talk = Talk("new_invoice", answers=answers(said))
    assert talk.asked == "ok"
    command = talk.say("Send").command
    assert command.client == BilledTo("Asha", "+254712000001", 41)
    assert [line.description for line in command.lines] == ["cement", "delivery"]
    assert command.lines[0].quantity == Decimal(3)
    assert (command.discount, command.tax) == (Off(percent=Decimal(5)), Put(Decimal(8), True))
    assert command.note == "asante"


def test_what_is_missing_is_asked_in_the_order_of_the_talk() -> None:
    """No client, no price, no day: three questions and the card."""
    said = Understood(
        invoice=True, items=(Line("cement", Decimal(3), None),), unsure=("client", "price")
    )
    talk = Talk("new_invoice", answers=answers(said))
    for key, words in (("client", "Otieno"), ("line.1.price", "850"), ("due", "kesho")):
        assert talk.asked == key
        assert "does not fit" not in talk.say(words).shown
    assert talk.asked == "ok"


def test_doubt_is_asked_even_where_something_is_assumed() -> None:
    """An unclear quantity, discount, tax or currency never becomes the silent default."""
    said = Understood(
        invoice=True,
        client=Client("Asha", None, 41),
        items=(Line("cement", None, Decimal(850)),),
        due=date(2026, 11, 27),
        unsure=("quantity", "discount", "tax", "currency"),
    )
    talk = Talk("new_invoice", TAXED, answers=answers(said))
    asked = []
    for words in ("KES", "4", "none", "No tax"):
        asked.append(talk.asked)
        talk.say(words)
    assert asked == ["currency", "line.1.quantity", "discount", "tax"]
    assert talk.asked == "ok"
    assert talk.say("Send").command.tax is None


def test_two_clients_that_may_be_meant_are_offered() -> None:
    """Namesakes become buttons, and someone new stays possible."""
    said = Understood(
        invoice=True,
        items=(CEMENT,),
        unsure=("client",),
        readings={"client": (Reading("known", "Asha Wanjiru", id=41),
                             Reading("known", "Asha Otieno", id=42), Reading("typed", "Asha"))},
    )  # fmt: skip
    talk = Talk("new_invoice", answers=answers(said))
    assert talk.asked == "client.which"
    assert talk.labels == ["Asha Wanjiru", "Asha Otieno", "Someone new"]
    assert talk.say("3").asked == "client.phone"
