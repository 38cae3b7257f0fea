"""Chats that part: signed out, lost and cut off, brought back through an owner (C-18, IF-33)."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.people import Contact
from tests.bot.test_chats import code, linked, shown
from tests.bot.test_team import in_team, invite, joined
from tests.world import Talk, bill, merchant_talk, tell


def test_signing_out_the_other_chat(session: Session) -> None:
    """It is a stranger's from then on, and its old buttons open nothing."""
    owner, other = linked(session)
    bill(other)
    card = other.screen[-2]
    owner.say("/account")
    owner.tap("Take a chat off")
    owner.tap("WhatsApp")
    assert "off your account" in owner.tap("Sign it out")
    assert other.person.id != owner.person.id
    assert "signed out" in other.look()
    assert "people of this business" in other.tap_on(card, "See it")
    assert "KSh" not in other.say("/invoices")
    other.say("cancel")
    other.say(f"link {code(owner)}")
    other.tap("Yes, link it")
    assert "KSh 2,550" in other.say("/invoices")


def test_signing_out_here(session: Session) -> None:
    """Log out: this chat is nobody's, the other keeps what was under way."""
    owner, other = linked(session)
    owner.say("/invoice")
    owner.say("Jane")
    other.say("log out")
    other.tap("Take a chat off")
    other.tap("WhatsApp")
    assert "is signed out" in other.tap("Sign it out")
    assert other.person.id != owner.person.id
    assert other.conversation.merchant_id is None
    parked = [kept["journal"]["flow"] for kept in owner.conversation.parked]
    assert "new_invoice" in parked
    owner.say("menu")
    assert "phone number" in owner.tap("Continue")


def test_the_only_chat_stays(session: Session) -> None:
    """Whoever let it go could never come back."""
    owner = merchant_talk(session)
    owner.say("/account")
    assert "Take a chat off" not in owner.labels()


def test_a_lost_phone_is_cut_off(session: Session) -> None:
    """Through the other chat: whatever is done there gets one answer, a code alone opens it."""
    owner, other = linked(session)
    bill(owner)
    card = owner.screen[-2]
    other.say("/account")
    other.tap("Take a chat off")
    other.tap("Telegram")
    other.tap("I lost that phone")
    assert "no longer belongs" in owner.look()
    for act in ("hi", "/invoices", "menu", "/start", "Jane 3 bags cement @850"):
        assert "no longer belongs to the account" in owner.say(act)
    assert "no longer belongs" in owner.tap_on(card, "See it")
    owner.say(f"link {code(other)}")
    owner.tap("Yes, link it")
    assert owner.person.id == other.person.id
    assert "KSh 2,550" in owner.say("/invoices")


def test_an_owner_brings_a_member_back(session: Session) -> None:
    """The new chat becomes the member, with her draft; the old chat is cut off; owners hear it."""
    owner = merchant_talk(session)
    seller = joined(owner, session)
    seller.say("/invoice")
    seller.say("Jane")
    who = seller.person.id
    owner.say("/team")
    owner.tap("Otieno")
    typed = shown(owner.tap("Lost their phone"))
    fresh = Talk(session, name="Otieno")
    assert "takes the place" in fresh.say(f"link {typed}")
    fresh.tap("Yes, link it")
    assert fresh.person.id == who
    assert in_team(session, owner) == {owner.person.id: "owner", who: "cashier"}
    assert "phone number" in fresh.words(fresh.screen[-1])
    assert "no longer belongs" in seller.say("/invoices")
    tell(session)
    assert "back in Wanjiru Hardware" in owner.look()


def test_an_owner_brings_back_only_her_own_business(session: Session) -> None:
    """Who works for others too keeps them: an owner here is nobody there."""
    owner = merchant_talk(session)
    seller = merchant_talk(session, name="Duka la Juma")
    seller.say(f"/start {invite(owner)}")
    seller.tap("Join")
    own = seller.person.id
    owner.say("/team")
    owner.say("2")
    typed = shown(owner.tap("Lost their phone"))
    fresh = Talk(session, name="Otieno")
    fresh.say(f"link {typed}")
    fresh.tap("Yes, link it")
    assert fresh.person.id != own
    assert in_team(session, owner) == {owner.person.id: "owner", fresh.person.id: "cashier"}
    assert in_team_of(session, own) == ["Duka la Juma"]
    assert in_team_of(session, fresh.person.id) == ["Wanjiru Hardware"]
    assert "Duka la Juma" in seller.say("/account")


def in_team_of(session: Session, person_id: int) -> list[str]:
    """The names of a person's businesses."""
    from bot import own_lookups

    return [name for _id, name in own_lookups.businesses(session, person_id)]


def test_a_manager_brings_nobody_back(session: Session) -> None:
    """Only an owner vouches, and only while she is one."""
    owner = merchant_talk(session)
    second = joined(owner, session, "Owner", name="Asha")
    joined(owner, session)
    second.say("/team")
    second.tap("Otieno")
    typed = shown(second.tap("Lost their phone"))
    owner.say("/team")
    owner.tap("Asha")
    owner.tap("Change role")
    owner.tap("Manager")
    fresh = Talk(session, name="Otieno")
    fresh.say(f"link {typed}")
    assert "used up" in fresh.tap("Yes, link it")


def test_my_account(session: Session) -> None:
    """Who I am here: name, chats with their numbers hidden, businesses with roles (IF-34)."""
    owner, other = linked(session)
    said = other.say("/account")
    assert "Wanjiru" in said
    assert "Telegram" in said
    assert "WhatsApp 07" in said
    assert other.address not in said
    assert "Wanjiru Hardware (Owner)" in said
    assert (
        session.scalars(
            sa.select(sa.func.count()).where(Contact.person_id == owner.person.id)
        ).one()
        == 2
    )
