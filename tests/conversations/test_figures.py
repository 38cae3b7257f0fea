"""How amounts, quantities, phones, discounts and taxes are read, and what asks back."""

import contextlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.amounts import read_amount
from conversations.figures import Amount, Quantity, read_phone
from conversations.goods import Goods, PutOn, Sold, TakenOff
from conversations.said import Found, Said
from conversations.ways_to_pay import PayNumbers
from invoicing.commands import Discount, PayWay, Tax
from models.errors import Refusal
from models.money import Money
from models.text import raw, render

NONE = Found()


@pytest.mark.parametrize(
    ("typed", "major"),
    [
        ("1200", "1200"), ("1,200", "1200"), ("2k", "2000"), ("2.5K", "2500"), ("1m", "1000000"),
        ("KSh 850", "850"), ("ksh850", "850"), ("850/=", "850"), ("850/-", "850"), ("850 sh", "850"),
        ("kes 12,500.50", "12500.50"), ("12,500.50", "12500.50"), ("4 500", "4500"),
        ("@500", "500"), ("500 each", "500"), ("500 kila moja", "500"), ("0.50", "0.50"),
        ("200 bob", "200"), ("1,000,000", "1000000"), ("KSh. 300", "300"), ("850.5", "850.50"),
    ],
)  # fmt: skip
def test_amounts_as_people_write_them(typed: str, major: str) -> None:
    """Thousands with commas or blanks, k and m, signs before or after."""
    question = Amount("price", raw("?"), currency="KES")
    stored = question.read(Said(text=typed), NONE)
    assert question.load(stored) == Money.of(Decimal(major), "KES")


@pytest.mark.parametrize(
    "typed",
    ["1.500", "2,50", "1,5k", "12.500", "2,5", "1.500,00", "5 6 7", "1,20,000", "10-20", "-5", "0",
     "0.00", "free", "USD 5", "$5", "1200 TZS", "10^12", "1000000000000", "9m9", "1e5", "١٢", "²",
     "", "KSh", "500 or 600", "5k k", "1..5", "99999999999k"],
)  # fmt: skip
def test_two_readings_and_nonsense_ask_back(typed: str) -> None:
    """Ambiguous, negative, foreign or absurd amounts are refused, never guessed (A-39)."""
    with pytest.raises(Refusal):
        Amount("price", raw("?"), currency="KES").read(Said(text=typed), NONE)


def test_both_readings_are_offered() -> None:
    """The refusal names both, so that the answer is one short message."""
    with pytest.raises(Refusal) as refused:
        read_amount("1.500", "KES")
    assert "*1500* or *1.50*" in render(refused.value.text, "en").replace("**", "*") or (
        refused.value.text.params["big"] == "1500" and refused.value.text.params["small"] == "1.50"
    )


def test_whole_currencies_take_no_cents() -> None:
    """Uganda counts in whole shillings."""
    assert read_amount("2k", "UGX") == Money(2000, "UGX")
    with pytest.raises(Refusal):
        read_amount("850.50", "UGX")


@given(st.integers(1, 10**13))
def test_what_we_write_we_read(minor: int) -> None:
    """An amount as shown, typed back, is the same amount."""
    money = Money(minor, "KES")
    assert read_amount(str(money), "KES") == money


@given(st.text(max_size=40))
def test_any_text_is_an_amount_or_refused(typed: str) -> None:
    """No text crashes the reader, and none reads as nothing or less."""
    with contextlib.suppress(Refusal):
        assert read_amount(typed, "KES").amount_minor > 0


@pytest.mark.parametrize(
    ("typed", "number"),
    [("3", "3"), ("2.5", "2.5"), ("1,500", "1500"), ("nusu", "0.5"), ("1/4", "0.25"),
     ("x3", "3"), ("30 bags", "30"), ("2.5 kg", "2.5")],
)  # fmt: skip
def test_quantities(typed: str, number: str) -> None:
    """A number, with or without what it counts."""
    question = Quantity("quantity", raw("?"))
    assert question.load(question.read(Said(text=typed), NONE)) == Decimal(number)


@pytest.mark.parametrize(
    "typed", ["0", "-1", "2,5", "1.500.2", "a few", "1.2345", "10000000", "½½"]
)
def test_quantities_that_ask_back(typed: str) -> None:
    """Nothing, less, too fine, too many or unclear."""
    with pytest.raises(Refusal):
        Quantity("quantity", raw("?")).read(Said(text=typed), NONE)


@pytest.mark.parametrize(
    ("typed", "what", "quantity"),
    [
        ("25 bags of maize flour", "bags of maize flour", "25"), ("3 x mandazi", "mandazi", "3"),
        ("1,000 bricks", "bricks", "1000"), ("½ kilo sukari", "kilo sukari", "0.5"),
        ("10 of soap", "soap", "10"), ("2.5 kg nyama", "kg nyama", "2.5"),
        ("50kg bag of cement", "50kg bag of cement", None), ("2026 calendar", "2026 calendar", None),
        ("mifuko 3 ya saruji", "mifuko 3 ya saruji", None), ("delivery", "delivery", None),
        ("7up crate", "7up crate", None),
    ],
)  # fmt: skip
def test_goods_that_begin_with_their_number(typed: str, what: str, quantity: str | None) -> None:
    """A number in front counts; sizes, years and names keep theirs."""
    question = Goods("line.1.what", raw("?"))
    sold = question.load(question.read(Said(text=typed), NONE))
    assert sold == Sold(what, Decimal(quantity) if quantity else None)


@pytest.mark.parametrize(
    "typed", ["1.500 bricks", "2,5 kg rice", "0 bags", "9999999 bags", "🙂", "."]
)
def test_goods_that_ask_back(typed: str) -> None:
    """An unclear number is not guessed, and goods need a letter."""
    with pytest.raises(Refusal):
        Goods("line.1.what", raw("?")).read(Said(text=typed), NONE)


@pytest.mark.parametrize(
    ("typed", "country", "number"),
    [
        ("0712345678", "KE", "+254712345678"), ("0712 345 678", "KE", "+254712345678"),
        ("+254712345678", "TZ", "+254712345678"), ("254712345678", "KE", "+254712345678"),
        ("00254712345678", "KE", "+254712345678"), ("0110123456", "KE", "+254110123456"),
        ("0754-123-456", "TZ", "+255754123456"), ("0772 123456", "UG", "+256772123456"),
        ("0803 123 4567", "NG", "+2348031234567"),
    ],
)  # fmt: skip
def test_phones_as_people_write_them(typed: str, country: str, number: str) -> None:
    """Local by the country, foreign by their code."""
    assert read_phone(typed, country) == number


@pytest.mark.parametrize(
    "typed", ["07123", "071234567890", "call me", "0712E45678", "", "1,200", "+"]
)
def test_what_is_no_phone(typed: str) -> None:
    """Too short, too long, or words."""
    with pytest.raises(Refusal):
        read_phone(typed, "KE")


def test_a_discount_is_a_percentage_or_an_amount() -> None:
    """A sign decides; a small bare number could be either and asks back."""
    question = TakenOff("discount", raw("?"), subtotal=Money.of(1000, "KES"))

    def read(typed: str) -> Discount | None:
        return question.load(question.read(Said(text=typed), NONE))

    assert read("10%") == Discount(percent=Decimal(10))
    assert read("asilimia 5") == Discount(percent=Decimal(5))
    assert read("KSh 50") == Discount(amount=Money.of(50, "KES"))
    assert read("200") == Discount(amount=Money.of(200, "KES"))
    assert read("hakuna") is None
    for unclear in ("10", "1000", "5k", "100%", "0%", "some"):
        with pytest.raises(Refusal):
            read(unclear)


def test_a_tax_is_on_top_inside_or_none() -> None:
    """The usual rate by a tap, another by typing."""
    question = PutOn("tax", raw("?"), rate=Decimal("7.5"))

    def read(typed: str) -> Tax | None:
        return question.load(question.read(Said(text=typed), NONE))

    assert read("1") == Tax(Decimal("7.5"), inclusive=False)
    assert read("7.5% included") == Tax(Decimal("7.5"), inclusive=True)
    assert read("8%") == Tax(Decimal(8), inclusive=False)
    assert read("bila VAT") is None
    for unclear in ("100", "0%", "a lot"):
        with pytest.raises(Refusal):
            read(unclear)


@pytest.mark.parametrize(
    ("way", "typed", "number", "account"),
    [
        (PayWay.PAYBILL, "123456", "123456", None),
        (PayWay.PAYBILL, "123456 account 789", "123456", "789"),
        (PayWay.PAYBILL, "400200 acc: MAMA-1", "400200", "MAMA-1"),
        (PayWay.TILL, "5551234", "5551234", None),
        (PayWay.PHONE, "0712 345 678", "+254712345678", None),
        (PayWay.BANK, "Equity 0123456789", "0123456789", "Equity"),
        (PayWay.BANK, "0123 4567 8901 KCB Moi Avenue", "012345678901", "KCB Moi Avenue"),
    ],
)
def test_numbers_to_be_paid_at(way: PayWay, typed: str, number: str, account: str | None) -> None:
    """Each way has its own shape of numbers."""
    question = PayNumbers("pay.number", raw("?"), way=way, country="KE")
    stored = question.read(Said(text=typed), NONE)
    assert (stored["number"], stored["account"]) == (number, account)


@pytest.mark.parametrize(
    ("way", "typed"),
    [(PayWay.PAYBILL, "12"), (PayWay.TILL, "my till"), (PayWay.BANK, "0123456789"),
     (PayWay.BANK, "Equity"), (PayWay.PHONE, "123")],
)  # fmt: skip
def test_numbers_that_do_not_fit_the_way(way: PayWay, typed: str) -> None:
    """Missing digits or a missing bank ask back."""
    with pytest.raises(Refusal):
        PayNumbers("pay.number", raw("?"), way=way, country="KE").read(Said(text=typed), NONE)
