"""The one-line parser over anything at all: it answers, quickly, and never breaks."""

import random
from datetime import date, timedelta
from pathlib import Path
from time import thread_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.one_line import KnownClient, Understood, parse, to_json
from tests.conversations.one_line_cases import cases

CLIENTS = (KnownClient("Jane Wanjiku", "+254711000111"), KnownClient("Mama Zuri"))
WORDS = [word for case in cases(seed=1, count=60) for word in case["text"].split(" ")]
HOSTILE = [
    "a," * 480,
    "1 " * 450,
    "x3 " * 200,
    "(" * 900,
    "kwa jane " * 110,
    "elfu " * 190,
    "@" * 900,
    "less 10% " * 100,
]


def check(text: str, day: date = date(2026, 11, 20)) -> Understood:
    understood = parse(text, today=day, region="KE", currency="KES", clients=CLIENTS)
    unsure = set(understood.unsure)
    to_json(understood)
    for line in understood.items:
        assert line.unit_price is not None or unsure & {"price", "items"}
        assert line.quantity is not None or unsure & {"quantity", "items"}
        assert line.description is not None or "items" in unsure
        assert line.unit_price is None or 0 < line.unit_price < 10**12
    if understood.invoice:
        assert (understood.client is None) == ("client" in unsure)
        assert understood.items or "items" in unsure
    return understood


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200), st.dates(date(2024, 1, 1), date(2030, 12, 31)))
def test_any_text_is_read_without_a_crash(text: str, day: date) -> None:
    """Whatever is typed, open slots are named and no figure out of bounds is filled in."""
    check(text, day)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=30))
def test_any_order_of_known_words_is_read_without_a_crash(words: list[str]) -> None:
    """The parser's own words in any order."""
    check("invoice " + " ".join(words))


def test_lines_with_slips_are_read_without_a_crash() -> None:
    """Letters dropped, doubled and replaced in well-made lines."""
    rng = random.Random(5)
    for case in cases(seed=3, count=200):
        text = list(case["text"])
        for _ in range(rng.randint(1, 4)):
            place = rng.randrange(len(text))
            text[place] = rng.choice(["", text[place] * 2, rng.choice("0123456789.,/-@%+\n'")])
            text = list("".join(text)) or ["x"]
        check("".join(text), date(2026, 1, 31) + timedelta(rng.randrange(400)))


@pytest.mark.parametrize("said", ["Mama7Zuri 10 school bags @ 1750/=", "janewanjiku 2 pens @ 20"])
def test_two_names_run_together_are_asked(said: str) -> None:
    """A slip that joins both words of a stored name: whom it is for is asked."""
    assert "client" in check(f"invoice {said}").unsure


def test_no_text_is_slow() -> None:
    """Repetition costs no more than in proportion: well under a tenth of a second even here."""
    for text in HOSTILE:
        assert min(cost(text) for _ in range(3)) < 0.1  # of three: garbage is collected meanwhile


def cost(text: str) -> float:
    """Seconds of CPU."""
    began = thread_time()
    check(text)
    return thread_time() - began


def test_no_module_knows_the_clock_or_the_network() -> None:
    """The parser is a pure function: what it imports cannot reach the world."""
    rooms = Path(parse.__code__.co_filename).parent
    banned = (
        "import time",
        "import os",
        "import random",
        "import socket",
        "datetime.now",
        "date.today",
    )
    for path in rooms.glob("one_line*.py"):
        source = path.read_text(encoding="utf-8")
        assert not [word for word in banned if word in source], path.name
