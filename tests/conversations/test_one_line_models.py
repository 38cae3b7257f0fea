"""Numbers that may belong to a thing's name, and what is asked where two readings stand."""

from datetime import date

import pytest

from conversations.one_line import Understood, parse, to_json


def _read(text: str, region: str = "KE") -> Understood:
    return parse(text, today=date(2026, 11, 20), region=region, currency="KES")


@pytest.mark.parametrize(
    ("said", "description"),
    [
        ("7 seater sofa 45k", "7 seater sofa"),
        ("3 piece suit 12,000", "3 piece suit"),
        ("2 bedroom house rent 18,000", "2 bedroom house rent"),
        ("infinix hot 30 18,000", "infinix hot 30"),
        ('tv 43" 27,500', 'tv 43"'),
        ("13kg gas refill 2,900", "13kg gas refill"),
    ],
)
def test_a_number_that_names_the_thing_is_no_count(said: str, description: str) -> None:
    """One sofa of seven seats is billed, not seven of something."""
    items = to_json(_read(f"invoice jane {said}"))["items"]
    assert [(item["description"], item["quantity"]) for item in items] == [(description, "1")]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("invoice jane iphone 13 @ 85k", {"items", "quantity"}),  # thirteen, or the model
        ("invoice jane laptop dell latitude 7490 38,000", {"items", "price"}),
        ("invoice jane toyota vitz 2012 hire 3 days @ 3500", {"items"}),
        ("invoice jane bread 65 milk 60", {"items", "price", "quantity"}),
        ("invoice jane cake kesho", {"due", "items", "price"}),
        ("invoice jane 4 beds @ 18k 500 off each", {"discount"}),
        ("invoice peter kunjira 3 vinyago @ 1,200", {"client", "items"}),
        ("invoice robert gym sessions 8 @ 1000", {"client", "items"}),
    ],
)
def test_two_readings_are_asked(text: str, asked: set[str]) -> None:
    """Where a careful clerk would ask, nothing is filled in silently."""
    assert asked <= set(_read(text).unsure)


def test_thousands_in_short_take_no_digits_from_behind() -> None:
    """15k 500 is not 15,500."""
    items = to_json(_read("invoice jane 2 beds @ 15k 500 off"))
    assert items["items"][0]["unit_price"] == "15000"
    assert items["discount"] == {"amount": "500"}


def test_in_nigeria_ankara_is_cloth() -> None:
    """Six yards of ankara are goods in Lagos, and an invoice in Dar es Salaam."""
    lagos = to_json(_read("invoice Bisi 6 yards ankara @ 3,500", "NG"))
    assert lagos["items"][0]["description"] == "yards ankara"
    dar = to_json(_read("ankara kwa Bisi gauni 3,500", "TZ"))
    assert dar["items"][0]["description"] == "gauni"


@pytest.mark.parametrize(
    "text",
    [
        "Bisi don pay me 20k",
        "invoice 23 is wrong",
        "bought 2 shirts today, happy",
        "karibu duka letu, tunauza saruji 850",
        "how much is 4 curtains at 3000",
        "send jane the invoice again",
    ],
)
def test_talk_with_figures_is_no_invoice(text: str) -> None:
    """Reports, questions, invitations and talk about an old invoice draft nothing."""
    assert not _read(text).invoice
