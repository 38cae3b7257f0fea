"""What she sells: learned from what went out, offered with its last price, kept in order in the chat."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.catalogue import CatalogueItem
from models.merchants import Member, Role
from tests.bot.test_merchant_talk import hers
from tests.world import Talk, bill, merchant_talk


@pytest.fixture
def talk(session: Session, channel: str) -> Talk:
    """A merchant who sold three bags of cement at 850, on either channel."""
    talk = merchant_talk(session)
    bill(talk)
    return talk


def known(talk: Talk) -> dict[str, int]:
    """Names and prices that may be offered, in cents."""
    rows = hers(talk).scalars(
        sa.select(CatalogueItem)
        .where(CatalogueItem.hidden_at.is_(None))
        .order_by(CatalogueItem.name)
    )
    return {row.name: row.price_minor for row in rows}


def test_what_goes_out_is_learned(talk: Talk) -> None:
    """The price of one, newest last; a draft teaches nothing."""
    assert known(talk) == {"bags of cement": 85_000}
    for words in ("/invoice", "Jane", "sand", "900", "2"):
        talk.say(words)
    talk.tap("Save as draft")
    assert known(talk) == {"bags of cement": 85_000}
    talk.say("invoice Jane 2 Bags of Cement @ 870 due tomorrow")
    talk.tap("Send")
    assert known(talk) == {"Bags Cement": 87_000}


def test_the_last_price_is_a_button_and_never_taken_unasked(talk: Talk) -> None:
    """A known thing without a price: the question stands, the tap answers it."""
    asked = talk.say("invoice Jane 2 bags of cement due tomorrow")
    assert "What is the price for one?" in asked
    assert talk.labels() == ["Last: KSh 850"]
    assert "2 × bags cement at KSh 850 = KSh 1,700" in talk.tap("Last: KSh 850")


def test_another_price_is_typed_as_ever(talk: Talk) -> None:
    """The button binds nobody."""
    talk.say("invoice Jane 2 bags of cement due tomorrow")
    assert "KSh 1,800" in talk.say("900")


def test_unknown_things_have_no_last_price(talk: Talk) -> None:
    """Nothing is offered that was never billed."""
    talk.say("invoice Jane 2 bags of sand due tomorrow")
    assert talk.labels() == []


def test_a_price_that_changed_meanwhile_is_not_taken(session: Session) -> None:
    """What the button says is what is charged, or nothing."""
    talk = merchant_talk(session)
    bill(talk)
    talk.say("invoice Jane 2 bags of cement due tomorrow")
    row = talk.history()[-1]
    hers(talk).execute(sa.update(CatalogueItem).values(price_minor=99_000))
    said = talk.tap_on(row, "Last: KSh 850")
    assert "= KSh" not in said
    assert "KSh 1,980" in talk.tap("Last: KSh 990")


@pytest.mark.parametrize("words", ["/items", "my items", "bidhaa zangu", "/bei", "price list"])
def test_the_list(talk: Talk, words: str) -> None:
    """Names with prices."""
    assert "Your items and their last prices." in talk.say(words)
    assert talk.labels() == ["bags of cem… KSh 850"]


def test_a_price_is_changed_in_the_list(talk: Talk) -> None:
    """Two taps and a figure; the next bill offers it."""
    talk.say("/items")
    assert "bags of cement: KSh 850" in talk.tap("bags")
    talk.tap("Change the price")
    assert "bags of cement costs KSh 900" in talk.say("900")
    assert known(talk) == {"bags of cement": 90_000}


def test_a_name_is_changed(talk: Talk) -> None:
    """It answers to the new name from then on, and two never share one."""
    talk.say("add item sand 200")
    talk.say("/items cement")
    talk.tap("Change the name")
    assert "You have sand already" in talk.say("Sand!")
    talk.say("cement 50kg")
    assert known(talk) == {"cement 50kg": 85_000, "sand": 20_000}


@pytest.mark.parametrize(
    "words",
    [
        "change the price of bags of cement to 900", "price of bags of cement is now 900",
        "badilisha bei ya bags of cement iwe 900", "bei ya Bags of cement ni 900/=",
    ],
)  # fmt: skip
def test_a_price_is_said_outright(talk: Talk, words: str) -> None:
    """One sentence does it."""
    assert "costs KSh 900" in talk.say(words)
    assert known(talk) == {"bags of cement": 90_000}


@pytest.mark.parametrize("words", ["forget item bags of cement", "futa bidhaa bags of cement"])
def test_what_is_forgotten_is_not_learned_again(talk: Talk, words: str) -> None:
    """Until it is wanted back."""
    assert "I have forgotten bags of cement" in talk.say(words)
    card = talk.history()[-1]
    bill(talk, "Otieno", "0722000111")
    assert known(talk) == {}
    assert "on your list again" in talk.tap_on(card, "Undo")
    assert known(talk) == {"bags of cement": 85_000}


def test_pages_of_eight(talk: Talk) -> None:
    """The rest is one tap away, and words search it all."""
    for number in range(1, 13):
        talk.say(f"add item thing {number:02} {number}00")
    talk.say("/items")
    assert len(talk.labels()) == 9
    talk.tap("More")
    assert len(talk.labels()) == 5
    assert "thing 03: KSh 300" in talk.say("thing 03")


def test_others_have_their_own(session: Session, talk: Talk) -> None:
    """Nobody is offered what another business sells."""
    other = merchant_talk(session, "Duka")
    assert "I know no items yet" in other.say("/items")
    assert known(other) == {}


def test_a_viewer_changes_no_price(talk: Talk) -> None:
    """Prices are for those who may bill."""
    hers(talk).execute(sa.update(Member).values(role=Role.VIEWER))
    said = talk.say("add item sand 200")
    assert "You may look here, but not change anything." in said
    assert "sand" not in known(talk)


def test_in_swahili(session: Session) -> None:
    """The same in her language."""
    talk = merchant_talk(session, language="Kiswahili")
    assert "Bado sijui bidhaa zako" in talk.say("/bidhaa")
    assert "unga ni KSh 150" in talk.say("bei ya unga ni 150")
    talk.say("/bidhaa")
    talk.tap("unga")
    assert "Nimesahau unga" in talk.tap("Isahau")
