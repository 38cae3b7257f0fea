"""The one-line parser over lines of our own."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from benchmarks.parser_score import judge, read
from conversations.one_line import KnownClient, Understood, parse, to_json
from tests.conversations.one_line_cases import cases

FRIDAY = date(2026, 11, 20)
HERE = Path(__file__).parent
SHARED = HERE.parents[2] / "shared" / "utterances" / "open.jsonl"
CURRENCY = {"KE": "KES", "TZ": "TZS", "UG": "UGX", "NG": "NGN"}
JANES = (
    KnownClient("Jane Wanjiku", "+254711000111", 1),
    KnownClient("Jane Mwangi", "+254722000222", 2),
)


def understand(
    text: str, region: str = "KE", clients: Any = (), today: date = FRIDAY
) -> Understood:
    return parse(text, today=today, region=region, currency=CURRENCY[region], clients=clients)


def price_of(text: str) -> Decimal | None:
    return understand(f"invoice Otieno {text}").items[0].unit_price


def test_a_plain_line_gives_a_whole_draft() -> None:
    """Name, quantity with its measure, marked price and weekday are filled in; nothing is asked."""
    assert to_json(understand("invoice Jane 3 bags cement @850 due Friday")) == {
        "client": {"name": "Jane", "phone": None},
        "items": [{"description": "bags cement", "quantity": "3", "unit_price": "850"}],
        "currency": "KES",
        "due": "2026-11-27",
        "discount": None,
        "tax": None,
        "note": None,
        "unsure": [],
    }


@pytest.mark.parametrize(
    "name",
    ["one_line_fifth", "one_line_own", "one_line_second", "one_line_third", "one_line_fourth"],
)
def test_nothing_is_silently_wrong_in_our_own_lines(name: str) -> None:
    """Each labelled line is exact or asks more than it must; at least 95 % are exact."""
    rows = [
        json.loads(line)
        for line in (HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    verdicts = [(*judge(row, read(row)), row["text"]) for row in rows]
    assert [verdict for verdict in verdicts if verdict[0] in {"silently wrong", "miss"}] == []
    assert sum(verdict[0] == "exact" for verdict in verdicts) >= 0.95 * len(rows)


def test_nothing_is_silently_wrong_in_the_open_lines() -> None:
    """The open corpus: no line silently wrong, at least 97 % exact."""
    if not SHARED.exists():
        pytest.skip("the open corpus is not on this machine")
    rows = [json.loads(line) for line in SHARED.read_text(encoding="utf-8").splitlines()]
    verdicts = [(*judge(row, read(row)), row["id"]) for row in rows]
    assert [verdict for verdict in verdicts if verdict[0] == "silently wrong"] == []
    assert sum(verdict[0] == "exact" for verdict in verdicts) >= 0.97 * len(rows)


def test_nothing_is_silently_wrong_in_made_lines() -> None:
    """Lines made from a grammar of phrasings, names, goods and dates: at least 97 % exact."""
    rows = list(cases(seed=7, count=400))
    verdicts = [(*judge(row, read(row)), row["text"]) for row in rows]
    assert [verdict for verdict in verdicts if verdict[0] in {"silently wrong", "miss"}] == []
    assert sum(verdict[0] == "exact" for verdict in verdicts) >= 0.97 * len(rows)


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("fence 4500/=", "4500"),
        ("fence 4,500", "4500"),
        ("fence ksh 4 500", "4500"),
        ("fence 13.5k", "13500"),
        ("elfu kumi na tatu ya fence", "13000"),
        ("laki mbili na nusu ya fence", "250000"),
        ("soo tano ya fence", "500"),
        ("fence 1.2m", "1200000"),
        ("fence 1,204.50", "1204.50"),
    ],
)
def test_amounts_are_read_as_written_and_said(text: str, price: str) -> None:
    """Separators, k and m, and number words of both languages and Sheng."""
    assert price_of(text) == Decimal(price)


@pytest.mark.parametrize(
    "text",
    ["fence 12.500", "fence 2,50", "fence -50", "fence 0", "fence 1000000000000", "fence 5-600"],
)
def test_amounts_with_two_readings_or_none_are_asked(text: str) -> None:
    """Dotted thousands, comma cents, zero, negative, absurd and ranges are never filled in."""
    understood = understand(f"invoice Otieno {text}")
    assert understood.items[0].unit_price is None
    assert "price" in understood.unsure


@pytest.mark.parametrize(
    "text",
    [
        "3 chairs 4500",
        "3 chairs for 4500",
        "viti 3 ya 4500",
        "viti 3 kwa 4500",
        "3 chairs total 5000",
    ],
)
def test_an_unmarked_amount_after_a_quantity_is_asked(text: str) -> None:
    """Each or in all cannot be told, and a total that does not divide to the cent is no price."""
    understood = understand(f"invoice Otieno {text}")
    assert (understood.items[0].unit_price, understood.unsure) == (None, ("price",))


def test_an_unmarked_amount_offers_both_readings() -> None:
    """The dialogue can offer "each" and "in all" as buttons."""
    understood = understand("invoice Otieno 3 chairs 4500")
    assert [
        (reading.kind, reading.value, reading.item) for reading in understood.readings["price"]
    ] == [
        ("each", "4500", 0),
        ("in_all", "4500", 0),
    ]


@pytest.mark.parametrize(
    "mark",
    [
        "@4500",
        "4500 each",
        "at 4500",
        "4500 per chair",
        "kila moja 4500",
        "4500 a piece",
        "total 13500",
    ],
)
def test_a_mark_tells_a_unit_price_or_a_total(mark: str) -> None:
    """@, each, at, per, kila and total leave one reading."""
    understood = understand(f"invoice Otieno 3 chairs {mark}")
    assert (understood.items[0].unit_price, understood.unsure) == (Decimal(4500), ())


def test_two_stored_clients_of_one_name_are_offered() -> None:
    """A first name that fits two stored clients is asked, with both to choose from."""
    understood = understand("invoice jane 2 cakes @500", clients=JANES)
    assert understood.client is None
    assert [(reading.kind, reading.id) for reading in understood.readings["client"]][:2] == [
        ("known", 1),
        ("known", 2),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "invoice joel 2 lamps Purity @ 900",
        "invoice landlord plumbing 6500",
        "invoice kioko nzau",
        "invoice St. Luke's 30 Hospital blankets @ 250",
        "invoice lavington Asha court caretaker 12 bulbs @ 180",
        "Doto anadaiwa 60,000 za kutengeneza friji Ltd",
    ],
)
def test_a_name_that_may_go_on_is_asked(text: str) -> None:
    """A capital word among small ones, a mere role, an unknown word behind a name: who is asked."""
    assert "client" in understand(text).unsure


def test_a_stored_client_gives_name_and_phone() -> None:
    """The same words, case aside, are the stored client."""
    client = understand("invoice JANE MWANGI 2 cakes @500", clients=JANES).client
    assert client is not None
    assert (client.name, client.phone, client.id) == ("Jane Mwangi", "+254722000222", 2)


@pytest.mark.parametrize("name", ["Mama Jane", "jane wanjiko", "jane mwangi 0799888777"])
def test_a_name_close_to_a_stored_one_is_asked(name: str) -> None:
    """Mama X is not X, one slip may be the same person, and a phone that contradicts is asked."""
    assert "client" in understand(f"invoice {name} 2 cakes @500", clients=JANES).unsure


@pytest.mark.parametrize(
    ("text", "region", "phone"),
    [
        ("0722 345 678", "KE", "+254722345678"),
        ("0655123456", "TZ", "+255655123456"),
        ("0772-123-456", "UG", "+256772123456"),
        ("0803 123 4567", "NG", "+2348031234567"),
        ("+44 7700 900123", "KE", "+447700900123"),
        ("255754123456", "KE", "+255754123456"),
    ],
)
def test_phones_become_international_by_region(text: str, region: str, phone: str) -> None:
    """A local number takes the merchant's country; an explicit code wins."""
    client = understand(f"invoice Otieno {text} 2 cakes @500", region).client
    assert client is not None
    assert client.phone == phone


@pytest.mark.parametrize("text", ["072234567", "0722 345 67", "07223456789"])
def test_a_phone_with_too_few_or_many_digits_is_asked(text: str) -> None:
    """A wrong number of digits asks the phone and leaves the items alone."""
    understood = understand(f"invoice Otieno {text} 2 cakes @500")
    assert understood.unsure == ("phone",)
    assert understood.items[0].quantity == 2


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("due friday", date(2026, 11, 27)),
        ("alipe kesho", date(2026, 11, 21)),
        ("net 30", date(2026, 12, 20)),
        ("baada ya siku 7", date(2026, 11, 27)),
        ("due 5th", date(2026, 12, 5)),
        ("due end of month", date(2026, 11, 30)),
        ("due 15/1", date(2027, 1, 15)),
        ("alipe mwisho wa mwezi ujao", date(2026, 12, 31)),
    ],
)
def test_due_days_are_counted_from_today(said: str, day: date) -> None:
    """Weekday on its own day is a week on; a day that passed is next month's."""
    assert understand(f"invoice Otieno 2 cakes @500 {said}").due == day


@pytest.mark.parametrize(
    "said",
    [
        "due next week",
        "due next saturday",
        "due 31st",
        "due 10/11",
        "due 12/25",
        "due friday or monday",
        "kesho",
    ],
)
def test_days_that_are_not_one_day_are_asked(said: str) -> None:
    """Open spans, two readings, days a month lacks, past days, and a bare day at the end."""
    understood = understand(f"invoice Otieno 2 cakes @500 {said}")
    assert (understood.due, understood.unsure) == (None, ("due",))


@pytest.mark.parametrize(
    ("region", "rate"), [("KE", "16"), ("TZ", "18"), ("UG", "18"), ("NG", "7.5")]
)
def test_vat_takes_the_country_s_standard_rate(region: str, rate: str) -> None:
    """Plus VAT is added at the standard rate; "with VAT" does not say which way and is asked."""
    tax = understand("invoice Otieno 2 cakes @500 plus vat", region).tax
    assert tax is not None
    assert (tax.rate, tax.inclusive) == (Decimal(rate), False)
    assert understand("invoice Otieno 2 cakes @500 with vat", region).unsure == ("tax",)


@pytest.mark.parametrize("said", ["discount 10", "with discount", "less 2000", "deposit 500 paid"])
def test_discounts_that_cannot_be_told_are_asked(said: str) -> None:
    """No sign, no figure, as much as the sum, or money already paid."""
    assert understand(f"invoice Otieno 2 cakes @500 {said}").unsure == ("discount",)


@pytest.mark.parametrize(
    "text",
    ["hello", "habari za leo", "how much does jane owe me?", "cancel invoice 12", "jane amelipa 5000", "tuma 500 kwa jane",
     "", "???", "nitakuja saa nne", "what does invoice mean", "mark all my invoices as paid"],
)  # fmt: skip
def test_what_is_no_invoice_is_left_alone(text: str) -> None:
    """Greetings, questions, orders, reports of payment and talk are not drafts."""
    assert to_json(understand(text)) == {"intent": "none"}


def test_direction_marks_and_program_text_are_data() -> None:
    """Marks are stripped; program text is never filled in as a name."""
    assert understand("invoice \u202eOtieno\u202c 2 cakes @500").unsure == ()
    assert "client" in understand("invoice x'; drop table invoices;-- 2 cakes @500").unsure
