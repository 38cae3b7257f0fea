"""The menu has a way to everything a merchant does, in ten rows at most."""

import pytest
from sqlalchemy.orm import Session

from tests import world
from tests.world import in_words, merchant_talk


@pytest.mark.parametrize(
    ("channel", "language"), [("telegram", "English"), ("whatsapp", "Kiswahili")]
)
def test_what_she_sells_is_a_tap_away(
    session: Session, monkeypatch: pytest.MonkeyPatch, channel: str, language: str
) -> None:
    """From the menu, or where something unfinished takes the row, by the word that help names."""
    monkeypatch.setattr(world, "CHANNEL", [channel])
    talk = merchant_talk(session, language=language)
    talk.say("menu")
    items = in_words("Items and prices", talk.language)
    assert len(talk.labels()) == 10
    assert items in talk.labels()
    none = "I know no items yet. I learn them from the invoices you send."
    assert in_words(none, talk.language) in talk.tap(items)
    talk.say("/invoice")
    talk.say("Jane")
    talk.say("menu")
    assert len(talk.labels()) == 10
    assert items not in talk.labels()
    assert "/items" in talk.say("/help")
