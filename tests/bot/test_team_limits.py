"""Limits of a member, and an owner's yes or no to what is above them (F-15)."""

from sqlalchemy.orm import Session

from tests.bot.test_team import invoices, joined
from tests.world import Talk, bill, merchant_talk, tell


def limit(owner: Talk, name: str, most: str, discount: str = "No limit", void: str = "No") -> str:
    """Set a member's limits through the chat."""
    owner.say("my team")
    owner.tap(name)
    owner.tap("Limits")
    owner.say(most)
    owner.say(discount)
    return owner.tap(void)


def bill_words(talk: Talk) -> str:
    """She bills Jane KSh 2,550; what she reads after the last tap."""
    for words in ("/invoice", "Jane", "0712345678", "3 bags of cement", "850", "2"):
        talk.say(words)
    return talk.say("1")


def test_over_the_limit_nothing_is_sent(session: Session) -> None:
    """It waits as a draft, every owner gets the card, and yes sends it in the asker's sight."""
    owner = merchant_talk(session)
    seller = joined(owner, session)
    second = joined(owner, session, "Owner", name="Asha")
    assert "Invoices up to KSh 2,000" in limit(owner, "Otieno", "2,000")
    said = bill_words(seller)
    assert "above what you may send" in said
    assert [row.status for row in invoices(session, owner)] == ["draft"]
    tell(session)
    cards = owner.look(), second.look()
    for card in cards:
        assert "Otieno asks to send KSh 2,550 to Jane" in card
    assert "asks to send" not in seller.look()
    assert "Approved" in second.tap("Approve")
    assert [row.status for row in invoices(session, owner)] == ["issued"]
    assert "approved already" in owner.tap("Approve")
    tell(session)
    heard = seller.look()
    assert "Asha approved" in heard
    assert "/i/" in heard  # the client has not written to us: the seller passes the link on
    assert len(invoices(session, owner)) == 1


def test_within_the_limit_it_goes(session: Session) -> None:
    """To the shilling."""
    owner = merchant_talk(session)
    seller = joined(owner, session)
    limit(owner, "Otieno", "2,550")
    assert bill(seller)
    assert [row.status for row in invoices(session, owner)] == ["issued"]


def test_refused_stays_a_draft(session: Session) -> None:
    """The asker hears it, and can change the draft; no owner's second thoughts send it."""
    owner = merchant_talk(session)
    seller = joined(owner, session)
    limit(owner, "Otieno", "2,000")
    bill_words(seller)
    tell(session)
    owner.look()
    assert "stays a draft" in owner.tap("Refuse")
    assert "refused already" in owner.tap("Approve")
    assert [row.status for row in invoices(session, owner)] == ["draft"]
    tell(session)
    assert "does not want" in seller.look()
    assert "Shall I send it?" in seller.tap("Change it")


def test_a_discount_over_the_limit(session: Session) -> None:
    """In percent or as an amount, it is the share that counts."""
    owner = merchant_talk(session)
    seller = joined(owner, session)
    limit(owner, "Otieno", "No limit", "10%")
    seller.say("Jane 0712345678 3 bags cement @850 less 300 due friday")
    assert "above what you may send" in seller.tap("Send")


def test_the_draft_that_waits_is_no_way_round(session: Session) -> None:
    """Finishing the draft asks again; a member who is no owner cannot approve."""
    owner = merchant_talk(session)
    seller = joined(owner, session)
    limit(owner, "Otieno", "2,000")
    bill_words(seller)
    tell(session)
    owner.look()
    draft = invoices(session, owner)[0].id
    seller.say("drafts")
    seller.say("1")
    seller.tap("Finish and send")
    assert "above what you may send" in seller.tap("Send")
    assert draft not in [row.id for row in invoices(session, owner)]
    assert "no longer there" in owner.tap("Approve")


def test_voiding_is_a_limit_too(session: Session) -> None:
    """A cashier voids only where an owner allowed it."""
    owner = merchant_talk(session)
    seller = joined(owner, session)
    bill(seller)
    number = invoices(session, owner)[0].number_text
    assert "owner or a manager" in seller.say(f"void {number}")
    limit(owner, "Otieno", "No limit", void="Yes")
    seller.say(f"void {number}")
    seller.say("wrong price")
    assert "is void" in seller.tap("Void it")
