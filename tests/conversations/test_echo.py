"""What the card shows of a plain draft, written as a line again, makes the same draft (F-1)."""

import re

import pytest

from conversations.one_line import parse
from conversations.understood import answers
from invoicing.commands import IssueInvoice
from tests.conversations.talk import TODAY, Talk

PLAIN = [
    "Jane 3 bags cement @850 due Friday",
    "Asha keki 2 x 1,250 + delivery 300 due Ijumaa",
    "invoice Otieno 0712345678 2 doors @4500 due 30/11/2026",
    "Peter 5 chairs @1,200, 2 tables @3,500 due tomorrow",
    "bill Mary 2.5 kg sukuma @40 due Friday",
    "Jane 3 bags cement @850 discount 10% due Friday",
    "Otieno 4 tyres @6,000 plus VAT 16% due Friday",
]


def draft(text: str) -> tuple[IssueInvoice, str]:
    """What a line comes to at the card, and the card in English."""
    said = parse(text, today=TODAY, region="KE", currency="KES", clients=())
    assert said.unsure == (), (text, said.unsure)
    talk = Talk("new_invoice", answers=answers(said))
    if talk.asked == "client.phone":
        talk.say("skip")
    assert talk.asked == "ok", text
    card = talk.shown
    return talk.say("Send").command, card


def found(pattern: str, card: str) -> tuple[str, ...]:
    """The places of a pattern that the card must hold."""
    match = re.search(pattern, card)
    assert match, card
    return match.groups()


def as_line(card: str) -> str:
    """The card's own words as one line: name, phone, items, discount, tax, day."""
    name, phone = found(r"Invoice for ([^(*]+?)\*? \((\+\d+|no phone)", card)
    items = re.findall(r"^([\d.]+) × (.+?) at KSh ([\d,.]+) = ", card, re.MULTILINE)
    single = re.findall(r"^(?!Total|Discount|VAT|\*)([^:\n×]+): KSh ([\d,.]+)$", card, re.MULTILINE)
    said = [f"{n} x {what} @{price}" for n, what, price in items]
    said += [f"{what} {price}" for what, price in single]
    line = f"invoice {name} {phone if phone[0] == '+' else ''} " + " + ".join(said)
    if percent := re.search(r"Discount ([\d.]+)%", card):
        line += f" discount {percent[1]}%"
    if tax := re.search(r"VAT ([\d.]+)%: ", card):
        line += f" plus VAT {tax[1]}%"
    day, month = found(r"To be paid by \w{3} (\d+) (\w{3})", card)
    return f"{line} due {day} {month}"


@pytest.mark.parametrize("text", PLAIN)
def test_the_echo_says_the_same(text: str) -> None:
    """Line, card, line, card: one draft."""
    first, card = draft(text)
    again, shown = draft(as_line(card))
    assert again == first
    assert shown == card


def test_the_echo_says_whom_what_and_when() -> None:
    """The card holds every figure of the draft, the day with its weekday."""
    _command, card = draft("Jane 3 bags cement @850 discount 10% due Friday")
    for words in ("Jane", "3 × bags cement at KSh 850 = KSh 2,550", "Discount 10%: ", "KSh 2,295",
                  "Fri 27 Nov"):  # fmt: skip
        assert words in card
