"""Lines of every day that were once misread: sizes, lengths of work, pasted records, two bare numbers."""

from datetime import date
from decimal import Decimal

import pytest

from conversations import understood
from conversations.one_line import Line, Understood, parse
from conversations.opening import Opening
from tests.conversations.talk import OPENING, TODAY, Talk


def read(text: str) -> Understood:
    """A Kenyan's line, counted from a Friday."""
    return parse(text, today=TODAY, region="KE", currency="KES")


@pytest.mark.parametrize(
    "text",
    ["invoice jane 32 inch tv 14,500", "Asha 32 inch tv 14500", "bill Asha 32 inches tv 14.5k"],
)
def test_a_size_stays_with_its_thing(text: str) -> None:
    """32 inches are no 32 things, and the one number left is the price."""
    (line,) = read(text).items
    assert line.description is not None
    assert line.description.startswith("32 inch")
    assert (line.quantity, line.unit_price) == (Decimal(1), Decimal(14500))


def test_counted_things_of_a_size() -> None:
    """Two of them: whether each or both cost so much is asked."""
    said = read("Asha 2 32 inch tv 14,500")
    assert said.items == (Line("32 inch tv", Decimal(2), None),)
    assert said.unsure == ("price",)


@pytest.mark.parametrize(
    "text", ["Asha mafunzo ya siku 3 kwa 450,000", "Jane safari ya wiki 2 kwa 90,000"]
)
def test_how_long_work_takes_is_no_due_day(text: str) -> None:
    """Work of three days is not due in three days; what the price is for is asked."""
    said = read(text)
    assert said.due is None
    assert "due" not in said.unsure
    assert "price" in said.unsure


@pytest.mark.parametrize(
    "text",
    [
        "Asha keki 900 ndani ya siku 7",
        "Asha keki 900 malipo ya siku 7",
        "Asha keki 900 baada ya siku 7",
    ],
)
def test_what_says_due_still_does(text: str) -> None:
    """Words of paying before a length of time."""
    assert read(text).due == date(2026, 11, 27)


@pytest.mark.parametrize(
    "text",
    [
        '{"ResultCode":0,"Amount":850,"MpesaReceiptNumber":"UJ22T8IYOU"}',
        '{"invoice": {"client": "Jane", "items": [{"what": "cement", "price": 850}]}}',
        '[{"item": "cement", "qty": 3, "price": 850}]',
        "<invoice><client>Jane</client><price>850</price></invoice>",
        '{\n  "to": "Jane",\n  "cement": 850\n}',
    ],
)  # fmt: skip
def test_a_pasted_record_is_no_invoice(text: str) -> None:
    """What a program wrote is not what she sold."""
    assert not read(text).invoice


def test_a_name_in_brackets_is_still_one() -> None:
    """Only a whole record is passed over."""
    assert read("invoice [Jane] cement 850").invoice


def doubtful(text: str) -> Talk:
    """A new invoice begun with a line."""
    said = read(text)
    facts = OPENING.to_json() | {"readings": understood.readings(said)}
    return Talk("new_invoice", Opening.from_json(facts), understood.answers(said))


@pytest.mark.parametrize("text", ["Jane soda 300 2", "Jane soda 2 300"])
def test_two_bare_numbers_are_shown_as_a_sum(text: str) -> None:
    """Which is the count and which the price is one tap, and then nothing more is asked of it."""
    talk = doubtful(text)
    if talk.asked == "client.phone":
        talk.say("skip")
    assert talk.asked == "line.1.quantity"
    assert talk.labels[:2] == ["300 × KSh 2", "2 × KSh 300"]
    talk.press("2 × KSh 300")
    assert talk.asked == "due"
    assert "2 × soda at KSh 300 = KSh 600" in talk.say("2").shown


def test_typing_the_count_means_the_count() -> None:
    """“2” is the second choice and two of them alike; 5 is neither, and the price is asked."""
    talk = doubtful("Jane soda 2 300")
    talk.say("skip")
    assert talk.say("2").asked == "due"
    other = doubtful("Jane soda 2 300")
    other.say("skip")
    assert other.say("5").asked == "line.1.price"
