"""Credit that was used on the wrong invoice is taken off it again, and everybody can see why (F-6)."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from invoicing import allocation, credit, lifecycle
from models import db
from models.errors import Refusal
from models.invoices import Invoice
from models.merchants import Member
from models.payments import Payment
from tests.bot.files import LIKE
from tests.world import Talk, bill, in_words, merchant_talk, tell


@pytest.fixture
def talk(session: Session, language_on_channel: str) -> Talk:
    """Jane paid KSh 300 too much for INV-0001, and it went on INV-0002."""
    found = merchant_talk(session, language=LIKE[language_on_channel])
    bill(found)
    found.say("jane paid 2850 bank" if found.language == "en" else "jane amelipa 2850 benki")
    found.tap(in_words("Save payment", found.language))
    session.info["offset_s"] = 60  # Jane was met a minute ago
    found.say("/copy Jane")
    for _step in range(4):
        if found.conversation.journal is None:
            break
        found.say("1")
    found.tap(in_words("Use the credit", found.language))
    assert paid(found) == [255_000, 30_000]
    return found


def paid(talk: Talk) -> list[int]:
    """What each invoice has been paid, by id."""
    db.enter(talk.session, talk.conversation.merchant_id)
    talk.session.expire_all()
    rows = talk.session.scalars(sa.select(Invoice).order_by(Invoice.id))
    found = [row.paid_minor for row in rows]
    db.enter(talk.session, None)
    return found


def words(talk: Talk, msgid: str, **known: object) -> str:
    return in_words(msgid, talk.language, **known).replace("*", "")


def test_it_is_asked_done_and_told(talk: Talk) -> None:
    """From the list of the invoice; a second tap takes nothing; it can be used again; /why tells."""
    jane = Talk(talk.session, name="Jane", language_code=talk.language)
    jane.session.flush()
    talk.say("INV-0002")
    talk.tap(words(talk, "More…"))
    asked = talk.tap(words(talk, "Take credit off")).replace("*", "")
    assert "KSh 300" in asked
    assert "KSh 2,550" in asked
    assert paid(talk) == [255_000, 30_000]  # only asked so far
    row = talk.screen[-1]
    done = talk.tap(words(talk, "Take it off"))
    assert words(talk, "{amount} is your client's credit again.", amount="KSh 300") in done
    assert paid(talk) == [255_000, 0]
    again = talk.tap_on(row, words(talk, "Take it off"))
    assert words(talk, "No credit is used on this invoice.") in again
    assert paid(talk) == [255_000, 0]
    talk.say("INV-0002")
    said = talk.tap(words(talk, "More…"))
    assert words(talk, "Take credit off") not in talk.labels()
    assert said
    said = talk.say("why INV-0002" if talk.language == "en" else "/why INV-0002")
    assert words(talk, "The credit that paid it was taken off again") in said
    talk.say("/usecredit")
    if talk.conversation.journal is not None:
        talk.say("Jane")
    if talk.conversation.journal is not None:
        talk.press_first()
    assert paid(talk) == [255_000, 30_000]


def test_the_customer_hears_of_it(talk: Talk) -> None:
    """She was told that it was used, so she is told that it is hers again."""
    session = talk.session
    db.enter(session, talk.conversation.merchant_id)
    invoice = session.scalars(sa.select(Invoice).order_by(Invoice.id.desc())).first()
    assert invoice is not None
    from invoicing import links

    token = links.token_of(session, invoice)
    db.enter(session, None)
    jane = Talk(session, name="Jane", language_code=talk.language)
    jane.say(f"/start {token}")
    talk.say("INV-0002")
    talk.tap(words(talk, "More…"))
    talk.tap(words(talk, "Take credit off"))
    talk.tap(words(talk, "Take it off"))
    tell(session)
    msgid = "*{business}* took {amount} of your credit off *{number}* again: you can still use it."
    facts = {"business": "Wanjiru Hardware", "amount": "KSh 300", "number": "INV-0002"}
    assert words(jane, msgid, **facts) in jane.look()


def test_only_who_may_take_back(talk: Talk) -> None:
    """A cashier may use credit, and takes none off."""
    talk.say("INV-0002")
    talk.tap(words(talk, "More…"))
    db.enter(talk.session, talk.conversation.merchant_id)
    talk.session.execute(sa.update(Member).values(role="cashier"))
    db.enter(talk.session, None)
    said = talk.tap(words(talk, "Take credit off"))
    assert said == words(talk, "Only the owner or a manager can do that.")
    assert paid(talk) == [255_000, 30_000]


def test_the_sums_stay_whole(talk: Talk) -> None:
    """What arrived is what is booked and what is left over, before and after (I-3)."""
    session = talk.session
    db.enter(session, talk.conversation.merchant_id)
    payment = session.scalars(sa.select(Payment)).one()
    assert payment.client_id is not None
    invoice = session.scalars(sa.select(Invoice).order_by(Invoice.id.desc())).first()
    assert invoice is not None
    assert credit.used_on(session, invoice) == {payment.id: 30_000}
    assert allocation.credit(session, payment.client_id) == {}
    invoice = lifecycle.get(session, invoice.id)
    assert credit.free(session, invoice, None).amount_minor == 30_000
    assert allocation.credit(session, payment.client_id) == {"KES": 30_000}
    with pytest.raises(Refusal) as no:
        credit.free(session, lifecycle.get(session, invoice.id), None)
    assert no.value.code == "not_used"
    db.enter(session, None)
