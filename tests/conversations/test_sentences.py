"""Plain sentences in English and Swahili, and what looks like one and is none."""

import time

import pytest

from conversations.sentence_parts import LONGEST
from conversations.sentences import Sentence, Wish, read

UNDERSTOOD = [
    ("who owes me?", Sentence(Wish.LIST, kind="open")),
    ("Who still owes me money", Sentence(Wish.LIST, kind="open")),
    ("show me my unpaid invoices", Sentence(Wish.LIST, kind="open")),
    ("nani ananidai", Sentence(Wish.LIST, kind="open")),
    ("Madeni", Sentence(Wish.LIST, kind="open")),
    ("overdue", Sentence(Wish.LIST, kind="overdue")),
    ("which ones are overdue?", Sentence(Wish.LIST, kind="overdue")),
    ("zilizochelewa", Sentence(Wish.LIST, kind="overdue")),
    ("nani amechelewa kulipa", Sentence(Wish.LIST, kind="overdue")),
    ("who paid?", Sentence(Wish.LIST, kind="paid")),
    ("jane paid 500 cash", Sentence(Wish.PAID, who="jane", amount="500", kind="cash")),
    ("Jane Wambui has paid me KSh 1,200", Sentence(Wish.PAID, who="Jane Wambui", amount="KSh 1,200")),
    ("jane amelipa 500 taslimu", Sentence(Wish.PAID, who="jane", amount="500", kind="cash")),
    ("Jane amenilipa 2k jana", Sentence(Wish.PAID, who="Jane", amount="2k", day="jana")),
    ("jane paid", Sentence(Wish.PAID, who="jane")),
    ("Received 2k from Jane in cash", Sentence(Wish.PAID, who="Jane", amount="2k", kind="cash")),
    ("nimepokea 500 kutoka kwa Jane", Sentence(Wish.PAID, who="Jane", amount="500")),
    ("INV-12 paid 500 by bank", Sentence(Wish.PAID, number="INV-12", amount="500", kind="bank")),
    ("INV-12 is paid", Sentence(Wish.PAID, number="INV-12")),
    ("remind otieno", Sentence(Wish.REMIND, who="otieno")),
    ("please remind Otieno to pay", Sentence(Wish.REMIND, who="Otieno")),
    ("kumbusha otieno", Sentence(Wish.REMIND, who="otieno")),
    ("mkumbushe Otieno alipe", Sentence(Wish.REMIND, who="Otieno")),
    ("remind INV-7", Sentence(Wish.REMIND, number="INV-7")),
    ("cancel INV-12", Sentence(Wish.VOID, number="INV-12")),
    ("void 12", Sentence(Wish.VOID, number="12")),
    ("futa INV-12", Sentence(Wish.VOID, number="INV-12")),
    ("cancel the invoice for Jane", Sentence(Wish.VOID, who="Jane")),
    ("show INV-12", Sentence(Wish.SHOW, number="INV-12")),
    ("onyesha INV-12", Sentence(Wish.SHOW, number="INV-12")),
    ("INV-12", Sentence(Wish.SHOW, number="INV-12", kind="bare")),
    ("pdf INV-12", Sentence(Wish.PDF, number="INV-12")),
    ("nitumie pdf ya INV-12", Sentence(Wish.PDF, number="INV-12")),
    ("same as last time for Asha", Sentence(Wish.AGAIN, who="Asha")),
    ("Asha, same again", Sentence(Wish.AGAIN, who="Asha")),
    ("kama mara ya mwisho kwa Asha", Sentence(Wish.AGAIN, who="Asha")),
    ("how much does jane owe me?", Sentence(Wish.OWES, who="jane")),
    ("deni la Jane", Sentence(Wish.OWES, who="Jane")),
    ("new client", Sentence(Wish.NEW_CLIENT)),
    ("new client Peter 0712345679", Sentence(Wish.NEW_CLIENT, who="Peter", phone="0712345679")),
    ("mteja mpya Juma", Sentence(Wish.NEW_CLIENT, who="Juma")),
    ("new invoice", Sentence(Wish.NEW_INVOICE)),
    ("nataka kuandika ankara", Sentence(Wish.NEW_INVOICE)),
    ("record a payment", Sentence(Wish.PAYMENT)),
    ("I want to pay", Sentence(Wish.PAY)),
    ("nataka kulipa", Sentence(Wish.PAY)),
    ("Hello!", Sentence(Wish.HELLO)),
    ("habari yako", Sentence(Wish.HELLO)),
    ("thank you very much", Sentence(Wish.THANKS)),
    ("asante sana 🙏", Sentence(Wish.THANKS)),
    ("what can you do?", Sentence(Wish.HELP)),
]  # fmt: skip

NEAR_MISSES = [
    "", "paid", "amelipa", "paid 500", "I paid 500", "he paid 500", "jane has not paid",
    "jane hasn't paid yet", "did jane pay", "jane paid for the cement and left", "void", "cancel",
    "cancel my order", "delete Jane", "12", "cement 12", "asha", "show jane", "remind me",
    "remind Jane and Otieno", "remind me to pay jane", "Jane owes me 500",
    "invoice Jane 3 bags @ 850", "Jane 3 bags cement 850", "paid parking tickets 3 @ 200",
    "hello kitty bags 3 @ 200", "nobody paid", "who will pay", "jane paid 500\nand otieno 300",
    "reminder cards 20 @ 50", "same", "last time", "pdf", "thanks to Jane for 3 bags",
]  # fmt: skip


@pytest.mark.parametrize(("text", "meant"), UNDERSTOOD)
def test_what_is_understood(text: str, meant: Sentence) -> None:
    """A whole message that is one of our sentences, with what stands in its places."""
    assert read(text) == meant


@pytest.mark.parametrize("text", NEAR_MISSES)
def test_what_is_no_sentence(text: str) -> None:
    """Words that only look like one: half of it, a negation, someone unnamed, goods."""
    assert read(text) is None


def test_a_bare_number_is_no_digression() -> None:
    """A number or a greeting may answer the question that stands; an order never does."""
    for text in ("INV-12", "hello", "ok", "show INV-12"):
        said = read(text)
        assert said is not None
        assert not said.digresses
    said = read("who owes me")
    assert said is not None
    assert said.digresses


@pytest.mark.parametrize(
    "text",
    ["a " * 80, "jane " * 30 + "paid 5", "1 " * 80, "paid " * 30, "ok " * 50, "same " * 30, "ya " * 50 + "12"],
)  # fmt: skip
def test_no_text_takes_long(text: str) -> None:
    """The patterns never wander: the longest texts read take little time."""
    begun = time.perf_counter()
    read(text[:LONGEST])
    assert time.perf_counter() - begun < 0.05


def test_longer_texts_are_no_sentences() -> None:
    """Beyond a line nothing is read."""
    assert read("who owes me " + " " * 10_000 + "x" * 10_000) is None
    assert read("x" * (LONGEST + 1)) is None
