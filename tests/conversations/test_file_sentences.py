"""What is said about files of an invoice, in English and Swahili; and what is not meant."""

import pytest

from conversations.everyday_sentences import Everyday, Wish, read

UNDERSTOOD = [
    ("attach to INV-12", Everyday(Wish.ATTACH, number="INV-12")),
    ("Attach a photo to INV-12", Everyday(Wish.ATTACH, number="INV-12")),
    ("please add the picture to invoice 12", Everyday(Wish.ATTACH, number="12")),
    ("attach file to Jane's invoice", Everyday(Wish.ATTACH, who="Jane")),
    ("attach a file", Everyday(Wish.ATTACH)),
    ("ambatisha kwa INV-12", Everyday(Wish.ATTACH, number="INV-12")),
    ("tafadhali ambatisha picha kwenye ankara 12", Everyday(Wish.ATTACH, number="12")),
    ("weka picha kwenye ankara ya Jane", Everyday(Wish.ATTACH, who="Jane")),
    ("ambatisha faili", Everyday(Wish.ATTACH)),
    ("files of INV-12", Everyday(Wish.FILES, number="INV-12")),
    ("show me the photos on INV-12", Everyday(Wish.FILES, number="INV-12")),
    ("onyesha faili za INV-12", Everyday(Wish.FILES, number="INV-12")),
]


@pytest.mark.parametrize(("text", "meant"), UNDERSTOOD)
def test_understood(text: str, meant: Everyday) -> None:
    """The whole message is the sentence."""
    assert read(text) == meant


@pytest.mark.parametrize(
    "text", ["add 500 to INV-12", "files", "photos of the gate", "picha", "add Jane to INV-12",
             "add item: photo frame 500", "Jane 3 photos @500"],
)  # fmt: skip
def test_not_meant(text: str) -> None:
    """Money, people and goods are no files."""
    said = read(text)
    assert said is None or said.wish not in (Wish.ATTACH, Wish.FILES)
