"""How days are read, in both languages, and which ask back. Today is Friday 20 November 2026."""

import contextlib
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.dates import read_day
from conversations.days import DueDate, PaidOn
from conversations.said import Found, Said
from models.errors import Refusal
from models.text import day, raw

TODAY = date(2026, 11, 20)
NONE = Found()


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("today", "2026-11-20"), ("leo", "2026-11-20"), ("kesho", "2026-11-21"),
        ("Tomorrow!", "2026-11-21"), ("keshokutwa", "2026-11-22"), ("5 days", "2026-11-25"),
        ("in 5 days", "2026-11-25"), ("siku 5", "2026-11-25"), ("baada ya siku 10", "2026-11-30"),
        ("wiki mbili", "2026-12-04"), ("in two weeks", "2026-12-04"), ("a week", "2026-11-27"),
        ("net 30", "2026-12-20"), ("fortnight", "2026-12-04"), ("Ijumaa", "2026-11-27"),
        ("friday", "2026-11-27"), ("sat", "2026-11-21"), ("by Monday", "2026-11-23"),
        ("kabla ya jumatano", "2026-11-25"), ("30/11", "2026-11-30"), ("30-11-2026", "2026-11-30"),
        ("30.11.26", "2026-11-30"), ("5/1", "2027-01-05"), ("2026-12-01", "2026-12-01"),
        ("30 Nov", "2026-11-30"), ("Nov 30", "2026-11-30"), ("1 Desemba", "2026-12-01"),
        ("30th", "2026-11-30"), ("tarehe 5", "2026-12-05"), ("the 25th", "2026-11-25"),
        ("end of month", "2026-11-30"), ("mwisho wa mwezi", "2026-11-30"),
        ("end of next month", "2026-12-31"), ("mwisho wa mwezi ujao", "2026-12-31"),
        ("due on receipt", "2026-11-20"), ("1st of December", "2026-12-01"),
    ],
)  # fmt: skip
def test_days_as_people_write_them(typed: str, iso: str) -> None:
    """Relative, weekday, day and month; a weekday said on that day is the next one."""
    question = DueDate("due", raw("?"), today=TODAY)
    assert question.read(Said(text=typed), NONE) == iso


@pytest.mark.parametrize(
    "typed",
    ["next friday", "ijumaa ijayo", "this friday", "next week", "wiki ijayo", "next month", "45",
     "11/30", "31/11", "30/2", "30/8", "1/1/2020", "yesterday", "1/1/2040", "99999 days", "soon",
     "when paid", "monday or tuesday", "", "٣٠/١١/٢٠٢٦x", "0/0", "friday 13 november 1998", "-5 days"],
)  # fmt: skip
def test_days_that_ask_back(typed: str) -> None:
    """Two readings, no such day, past or far away: refused with a hint, never guessed."""
    with pytest.raises(Refusal):
        DueDate("due", raw("?"), today=TODAY).read(Said(text=typed), NONE)


@pytest.mark.parametrize(
    ("typed", "iso"),
    [("1", "2026-11-20"), ("2", "2026-11-27"), ("5", "2026-11-30"), ("7 days", "2026-11-27"),
     ("In 14 days", "2026-12-04"), ("baada ya siku 30", "2026-12-20"), ("Mwisho wa mwezi", "2026-11-30")],
)  # fmt: skip
def test_the_usual_terms_by_number_or_label(typed: str, iso: str) -> None:
    """A typed number or label is as good as the tap."""
    assert DueDate("due", raw("?"), today=TODAY).read(Said(text=typed), NONE) == iso


@pytest.mark.parametrize(
    ("typed", "iso"),
    [("today", "2026-11-20"), ("jana", "2026-11-19"), ("juzi", "2026-11-18"),
     ("friday", "2026-11-13"), ("Jumatatu", "2026-11-16"), ("3 days ago", "2026-11-17"),
     ("siku 3 zilizopita", "2026-11-17"), ("1/11", "2026-11-01"),
     ("tarehe 25", "2026-10-25"), ("15 Nov", "2026-11-15")],
)  # fmt: skip
def test_days_money_came(typed: str, iso: str) -> None:
    """The same words look back where money has already come."""
    assert PaidOn("paid_on", raw("?"), today=TODAY).read(Said(text=typed), NONE) == iso


@pytest.mark.parametrize("typed", ["kesho", "30/11/2026", "next friday", "30/12"])
def test_money_does_not_come_tomorrow(typed: str) -> None:
    """A day still to come is refused."""
    with pytest.raises(Refusal):
        PaidOn("paid_on", raw("?"), today=TODAY).read(Said(text=typed), NONE)


@given(st.dates(TODAY, TODAY + timedelta(days=180)), st.sampled_from(["en", "sw"]))
def test_what_we_write_we_read(due: date, language: str) -> None:
    """A day as shown, less its weekday, typed back is the same day."""
    shown = day(due, language).partition(" ")[2]
    assert read_day(shown, TODAY) == due


@given(st.text(max_size=40), st.booleans())
def test_any_text_is_a_day_or_refused(typed: str, past: bool) -> None:
    """No text crashes the reader, and no day is absurdly far away."""
    with contextlib.suppress(Refusal):
        assert abs((read_day(typed, TODAY, past=past) - TODAY).days) <= 730
