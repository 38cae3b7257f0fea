"""A team in the chat: invitations, roles, limits, approval, leaving; several businesses (F-15)."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import clock, db
from models.invoices import Invoice
from models.merchants import Member
from models.platform import Route
from models.secrets import key_hash
from models.team import Approval, Invite
from models.told import Audit
from tests.conftest import NOW
from tests.world import Talk, bill, merchant_talk, tell

CHANNELS = ("telegram", "whatsapp")


def invite(owner: Talk, role: str = "Cashier") -> str:
    """The token of a new invitation by link."""
    owner.say("/invite")
    owner.tap(role)
    owner.tap("Make a link")
    found = re.search(r"start=([\w-]{22})", "\n".join(owner.words(row) for row in owner.screen))
    assert found
    return found[1]


def joined(owner: Talk, session: Session, role: str = "Cashier", name: str = "Otieno") -> Talk:
    """Someone who has joined the owner's team."""
    seller = Talk(session, name=name)
    opening = "/start" if seller.channel == "telegram" else "join"
    assert "Wanjiru Hardware" in seller.say(f"{opening} {invite(owner, role)}")
    assert "Welcome" in seller.tap("Join")
    return seller


def rows(
    session: Session, owner: Talk, table: type[Invoice | Approval | Member | Audit]
) -> list[object]:
    """What the owner's merchant has of a table."""
    with db.as_merchant(session, owner.conversation.merchant_id):
        return list(session.scalars(sa.select(table)))


def invoices(session: Session, owner: Talk) -> list[Invoice]:
    """The owner's invoices."""
    return [row for row in rows(session, owner, Invoice) if isinstance(row, Invoice)]


def in_team(session: Session, owner: Talk) -> dict[int, str]:
    """Who works there, by person, in which role."""
    found = rows(session, owner, Member)
    return {row.person_id: row.role for row in found if isinstance(row, Member)}


@pytest.mark.parametrize("channel", CHANNELS)
def test_someone_joins_by_a_link(
    session: Session, channel: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The link is opened, joining is a tap, the owner hears of it; the token is kept as a hash."""
    monkeypatch.setattr("tests.world.CHANNEL", [channel])
    owner = merchant_talk(session)
    token = invite(owner)
    route = session.scalars(sa.select(Route).where(Route.kind == "invite")).one()
    assert route.key_hash == key_hash(token)
    assert token.encode() not in route.key_hash
    seller = Talk(session, name="Otieno")
    seller.say(f"/start {token}" if channel == "telegram" else f"join {token}")
    seller.tap("Join")
    assert in_team(session, owner)[seller.person.id] == "cashier"
    tell(session)
    assert "Otieno" in owner.look()
    assert "Jane" in seller.say("Jane 3 bags cement @850 due friday")


def test_in_swahili(session: Session) -> None:
    """The same in Swahili, from a plain sentence on."""
    owner = merchant_talk(session, language="Kiswahili")
    assert "Aweze kufanya nini" in owner.say("ongeza muuzaji")
    owner.tap("Mhudumu")
    assert "mwaliko" in owner.tap("Tengeneza kiungo")
    assert "Timu ya" in owner.say("timu yangu")


@pytest.mark.parametrize("words", ["my team", "/team", "Team"])
def test_ways_to_the_team(session: Session, words: str) -> None:
    """A sentence, a command, and from the menu by way of the account."""
    owner = merchant_talk(session)
    if words == "Team":
        owner.say("/menu")
        owner.tap("Team and chats")
        assert "The team of" in owner.tap("My team")
    else:
        assert "The team of" in owner.say(words)
    assert "Wanjiru" in owner.words(owner.screen[-1])


def test_a_link_opens_once(session: Session) -> None:
    """Who comes second finds the door closed."""
    owner = merchant_talk(session)
    token = invite(owner)
    first, second = Talk(session, name="Otieno"), Talk(session, name="Asha")
    first.say(f"/start {token}")
    second.say(f"/start {token}")
    first.tap("Join")
    assert "no longer open" in second.tap("Join")
    assert len(in_team(session, owner)) == 2
    assert "does not open" in second.say(f"/start {token}")


def test_a_link_ends_after_two_days(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """48 hours, not a second more."""
    owner = merchant_talk(session)
    token = invite(owner)
    late = Talk(session, name="Otieno")
    monkeypatch.setattr(clock, "real_now", lambda: NOW + timedelta(hours=47, minutes=59))
    assert "invites you" in late.say(f"/start {token}")
    monkeypatch.setattr(clock, "real_now", lambda: NOW + timedelta(hours=48))
    assert "no longer open" in late.tap("Join")
    assert len(in_team(session, owner)) == 1


def test_a_link_is_taken_back(session: Session) -> None:
    """Revoked from the card that made it: neither the link nor the button opens anything."""
    owner = merchant_talk(session)
    token = invite(owner)
    seller = Talk(session, name="Otieno")
    seller.say(f"/start {token}")
    assert "taken back" in owner.tap("Take it back")
    assert "no longer open" in seller.tap("Join")
    assert "does not open" in seller.say(f"/start {token}")


def test_an_invitation_for_a_number(session: Session) -> None:
    """Only the chat whose number the channel vouches for may use it, and finds it by itself."""
    owner = merchant_talk(session)
    owner.say("/invite")
    owner.tap("Manager")
    owner.say("0722 000 222")
    asha = Talk(session, name="Asha", channel="whatsapp")
    asha.say("hi")  # another number: she is a newcomer like any other
    assert "invites" not in asha.words(asha.screen[-1])
    with db.as_merchant(session, owner.conversation.merchant_id):
        number = session.scalars(sa.select(Invite)).one()
        assert number.phone == "+254722000222"
        number_id = number.id
    otieno = Talk(session, name="Otieno", channel="whatsapp", user_id=22_000_222)
    assert otieno.address == "+254722000222"
    assert "invites you to join as Manager" in otieno.say("hi")
    assert "Welcome" in otieno.tap("Join")
    assert in_team(session, owner)[otieno.person.id] == "manager"
    assert number_id


def test_an_invited_number_on_telegram_is_shared_first(session: Session) -> None:
    """Telegram hides numbers: sharing one's own contact shows the invitation."""
    owner = merchant_talk(session)
    owner.say("/invite")
    owner.tap("Viewer")
    owner.say("0722 000 222")
    otieno = Talk(session, name="Otieno", channel="telegram")
    otieno.say("/start")
    otieno.say("cancel")
    contact = {"phone_number": "254722000222", "first_name": "Otieno", "user_id": otieno.user_id}
    assert "invites you to join as Viewer" in otieno.post(otieno.message(contact=contact))


def test_a_forged_contact_opens_nothing(session: Session) -> None:
    """Somebody else's contact, passed on, is no proof of a number."""
    owner = merchant_talk(session)
    owner.say("/invite")
    owner.tap("Owner")
    owner.say("0722 000 222")
    mallory = Talk(session, name="Asha", channel="telegram")
    mallory.say("/start")
    mallory.say("cancel")
    contact = {"phone_number": "254722000222", "first_name": "Otieno", "user_id": 1}
    assert "invites" not in mallory.post(mallory.message(contact=contact))


def test_who_is_known_gets_the_card(session: Session) -> None:
    """Someone who wrote before from that number sees the invitation at once."""
    otieno = Talk(session, name="Otieno", channel="whatsapp", user_id=22_000_223)
    otieno.say("hi")
    owner = merchant_talk(session)
    owner.say("/invite")
    owner.tap("Cashier")
    owner.say("0722 000 223")
    assert "invites you" in otieno.look()


# --- Roles and leaving ---


def test_the_last_owner_stays(session: Session) -> None:
    """Neither another role nor leaving, until someone else owns the business."""
    owner = merchant_talk(session)
    owner.say("/team")
    owner.tap("Wanjiru")
    assert "Remove" not in " ".join(owner.labels())
    owner.tap("Change role")
    assert "Somebody must own" in owner.tap("Manager")
    owner.say("cancel")
    joined(owner, session, "Owner", name="Asha")
    owner.say("/team")
    owner.tap("Wanjiru")
    owner.tap("Change role")
    owner.tap("Manager")
    assert sorted(in_team(session, owner).values()) == ["manager", "owner"]


def test_removal_ends_access_at_once(session: Session) -> None:
    """Her open dialogue is set aside out of reach; old buttons and words do nothing any more."""
    owner = merchant_talk(session)
    bill(owner)
    seller = joined(owner, session)
    seller.say("show 1")
    card = seller.screen[-1]
    seller.say("/invoice")
    seller.say("Jane")
    owner.say("/team")
    owner.tap("Otieno")
    owner.tap("Remove")
    assert "no longer in your team" in owner.tap("Yes, remove")
    assert seller.conversation.merchant_id is None
    assert seller.conversation.journal is None
    assert "people of this business" in seller.tap_on(card, "PDF")
    seller.say("menu")
    said = seller.tap("Continue") if "Continue" in seller.labels() else ""
    assert "Jane" not in said
    assert "INV" not in seller.say("show 1")
    assert len(in_team(session, owner)) == 1


def test_a_manager_is_no_owner(session: Session) -> None:
    """She sees the team, and can change nobody."""
    owner = merchant_talk(session)
    manager = joined(owner, session, "Manager")
    manager.say("/team")
    assert "Invite someone" not in manager.labels()
    assert "Only an owner can do that. You can ask Wanjiru." in manager.say("/invite")
    assert not session.scalars(sa.select(Route).where(Route.kind == "invite")).all()


def test_two_businesses_one_at_a_time(session: Session) -> None:
    """She chooses which, and the cards say which it is."""
    owner = merchant_talk(session)
    other = merchant_talk(session, name="Duka la Juma")
    token = invite(other)
    assert "Duka la Juma" in owner.say(f"/start {token}")
    assert "Duka la Juma" in owner.tap("Join")
    assert "Duka la Juma" in owner.say("menu")
    owner.say("switch business")
    assert "You now work for Wanjiru Hardware" in owner.tap("Wanjiru Hardware")
    assert "Wanjiru Hardware" in owner.say("menu")
    owner.say("Jane 0712345678 3 bags cement @850 due friday")
    assert "From Wanjiru Hardware" in owner.words(owner.screen[-1])
    owner.tap("Send")
    assert len(invoices(session, owner)) == 1
    assert len(invoices(session, other)) == 0


def test_news_says_which_business(session: Session) -> None:
    """Who works for several is told which one a message is about; who works for one is not."""
    owner = merchant_talk(session)
    other = merchant_talk(session, name="Duka la Juma")
    owner.say(f"/start {invite(other, 'Owner')}")
    owner.tap("Join")
    tell(session)
    assert "Duka la Juma" in owner.look().split("\n")[0]
    assert other.look().startswith("Wanjiru has joined")


def test_another_business_is_not_hers_to_choose(session: Session) -> None:
    """A command for a business one does not work for is refused."""
    from bot import commands
    from bot.acts.errand import Errand
    from bot.meeting import Who
    from invoicing.commands import SwitchBusiness
    from models.errors import Refusal

    owner, other = merchant_talk(session), merchant_talk(session, name="Duka")
    who = Who(1, owner.person.id, "telegram", "1", None, None, "en", True, None, None, [], None)
    act = commands.ACTS[SwitchBusiness]
    with pytest.raises(Refusal):
        act(Errand(session, who, owner.house), SwitchBusiness(other.conversation.merchant_id or 0))
