"""Ways to the team's affairs besides buttons: commands and plain sentences, in both languages."""

import pytest
from sqlalchemy.orm import Session

from tests.bot.test_team import CHANNELS, invite, joined
from tests.bot.test_team_limits import bill_words, limit
from tests.world import Talk, bill, merchant_talk, tell


@pytest.mark.parametrize("channel", CHANNELS)
def test_sentences_begin_what_they_say(
    session: Session, channel: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The member that was named is not asked for again."""
    monkeypatch.setattr("tests.world.CHANNEL", [channel])
    owner = merchant_talk(session)
    joined(owner, session)
    assert "highest discount" in owner.say("limit Otieno to 20,000")
    owner.say("cancel")
    assert "Otieno, Manager" in owner.say("make otieno a manager")
    assert "read them this code" in owner.say("otieno lost his phone")
    assert "Shall Otieno leave" in owner.say("remove otieno from my team")
    assert "no longer in your team" in owner.tap("Yes, remove")


def test_sentences_in_swahili(session: Session) -> None:
    """The same in Swahili."""
    owner = merchant_talk(session, language="Kiswahili")
    seller = Talk(session, name="Otieno")
    owner.say("ongeza muuzaji")
    owner.tap("Mhudumu")
    owner.tap("Tengeneza kiungo")
    token = owner.words(owner.screen[-1]).partition("start=")[2][:22]
    seller.say(f"/start {token}")
    seller.press_first()
    assert "Otieno, Meneja" in owner.say("mfanye otieno kuwa meneja")
    assert "punguzo" in owner.say("weka mipaka ya otieno kuwa 5,000")
    owner.say("ghairi")
    assert "Hakuna kinachosubiri" in owner.say("idhini")


def test_a_name_that_is_nobodys_is_about_nobody(session: Session) -> None:
    """A client of that name, or nobody: it is no sentence about the team."""
    owner = merchant_talk(session)
    assert "leave" not in owner.say("remove Jane from my team")


def test_a_member_of_low_rank_is_refused(session: Session) -> None:
    """A sentence is no way round a role."""
    owner = merchant_talk(session)
    seller = joined(owner, session)
    assert "Only an owner" in seller.say("make otieno an owner")
    seller.say("cancel")
    assert "Only an owner" in seller.say("/approvals")
    assert "Only an owner" in seller.say("wanjiru lost her phone")


def test_what_waits_is_shown_one_by_one(session: Session) -> None:
    """By command or sentence, the oldest first; the next is a tap away."""
    owner = merchant_talk(session)
    seller = joined(owner, session)
    assert "Nothing waits" in owner.say("/approvals")
    limit(owner, "Otieno", "2,000")
    bill_words(seller)
    seller.say("Asha 0712345679 4 bags cement @850 due friday")
    seller.tap("Send")
    said = owner.say("what is waiting for my approval?")
    assert "KSh 2,550 to Jane" in said
    assert "Behind it waits 1 more" in said
    assert "KSh 3,400 to Asha" in owner.tap("Next")
    assert "Approved" in owner.tap("Approve")
    assert "Behind" not in owner.say("/approvals")
    tell(session)
    assert "approved" in seller.look()


def test_a_double_tap_on_approve_sends_once(session: Session) -> None:
    """The second tap is told that it is done."""
    owner = merchant_talk(session)
    seller = joined(owner, session)
    limit(owner, "Otieno", "2,000")
    bill_words(seller)
    owner.say("/approvals")
    card = owner.screen[-1]
    assert "Approved" in owner.tap_on(card, "Approve")
    assert "approved already" in owner.tap_on(card, "Approve")
    assert "approved already" in owner.tap_on(card, "Refuse")


def test_an_old_card_of_a_business_she_left(session: Session) -> None:
    """A dialogue that a card would begin there is not begun."""
    owner = merchant_talk(session)
    seller = merchant_talk(session, name="Duka la Juma")
    seller.say(f"/start {invite(owner)}")
    seller.tap("Join")
    owner.say("/team")
    owner.say("2")
    for words in ("limits", "2,000", "No limit", "No"):
        owner.tap("Limits") if words == "limits" else owner.say(words)
    bill_words(seller)
    tell(session)
    owner.look()
    owner.tap("Refuse")
    tell(session)
    seller.look()
    card = seller.screen[-1]
    assert "Shall I send it?" in seller.tap_on(card, "Change it")
    seller.say("cancel")
    owner.say("/team")
    owner.say("2")
    owner.tap("Remove")
    owner.tap("Yes, remove")
    assert "people of this business" in seller.tap_on(card, "Change it")


def test_whoever_holds_a_link_reports_in_words(session: Session) -> None:
    """“This is a scam” from a customer begins the report of what she was sent."""
    owner = merchant_talk(session)
    token = bill(owner)
    jane = Talk(session, name="Jane")
    jane.say(f"/start {token}")
    assert "Looks like a fraud" in " ".join([jane.say("this is a scam"), *jane.labels()])
    jane.say("cancel")
    assert "Looks like a fraud" in " ".join([jane.say("/report"), *jane.labels()])
