"""What is said of one is said of one: no “1 seconds”, no “1 days”."""

import pytest

from bot import why
from bot.history import Happening
from conversations.dates import read_day
from conversations.setting_fields import BY_SETTING
from invoicing.commands import Setting
from models.errors import Refusal
from models.text import render
from tests.conftest import NOW


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ("-1", "1 day before"),
        ("-3 0 1", "3 days before · on the due day · 1 day after"),
        ("1 2", "1, 2 days after"),
    ],
)
def test_reminder_days(days: str, said: str) -> None:
    """A day before, two days before; several days in a row are days."""
    assert render(BY_SETTING[Setting.REMINDERS].shows(days), "en") == said


@pytest.mark.parametrize(
    ("typed", "said"), [("1", "Is that 1 day, or"), ("7", "Is that 7 days, or")]
)
def test_a_bare_number_for_a_day(typed: str, said: str) -> None:
    """What it may mean is said as she would say it."""
    with pytest.raises(Refusal) as refused:
        read_day(typed, NOW.date())
    assert said in render(refused.value.text, "en")


@pytest.mark.parametrize(("seconds", "said"), [(1, "within 1 second;"), (20, "within 20 seconds;")])
def test_how_soon_it_was_undone(seconds: int, said: str) -> None:
    """In the story of an invoice."""
    facts = {"action": "invoice.undone", "more": {"seconds": seconds}}
    assert said in render(why.say(Happening(NOW, 1, "audit", facts, None), "Jane"), "en")
