"""Who may not finish a dialogue does not begin it either, and hears kindly who can do it."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import rights
from bot.openings import MERCHANTS_ONLY
from conversations.flows import FLOWS
from conversations.prompts import Start
from models import db
from models.invoices import Invoice
from models.merchants import Member
from tests import world
from tests.bot.shop import colleague
from tests.world import Talk, bill, in_words, merchant_talk

LOOK = "You may look at everything here, but not change it. You can ask {names}."
MANAGERS = "Only an owner or a manager can do that. You can ask {names}."
OWNERS = "Only an owner can do that. You can ask {names}."


@pytest.fixture(params=[("telegram", "English"), ("whatsapp", "Kiswahili")])
def owner(
    request: pytest.FixtureRequest, session: Session, monkeypatch: pytest.MonkeyPatch
) -> Talk:
    """Wanjiru, who has billed Jane KSh 2,550."""
    monkeypatch.setattr(world, "CHANNEL", [request.param[0]])
    talk = merchant_talk(session, language=request.param[1])
    bill(talk)
    return talk


def at_work(owner: Talk, role: str) -> Talk:
    """Otieno, who works for her and speaks her language."""
    other = colleague(owner, role)
    other.person.language = owner.language
    other.person.language_chosen = True
    other.conversation.journal = None  # she was only greeted
    owner.session.flush()
    return other


@pytest.mark.parametrize(
    "said", ["/invoice", "/client", "/payment", "/quote", "invoice Jane 2 bags at 500", "/resend"]
)
def test_who_only_looks_is_told_at_once(owner: Talk, said: str) -> None:
    """No question is asked, no dialogue stands, and the owner is named."""
    viewer = at_work(owner, "viewer")
    answer = viewer.say(said)
    assert answer.startswith(in_words(LOOK, viewer.language, names="Wanjiru"))
    assert viewer.conversation.journal is None


@pytest.mark.parametrize(
    ("said", "words"), [("/void", MANAGERS), ("/credit", MANAGERS), ("/writeoff", MANAGERS),
                        ("/deposit", MANAGERS), ("/refund", MANAGERS), ("/invite", OWNERS)],
)  # fmt: skip
def test_a_cashier_is_told_at_once(owner: Talk, said: str, words: str) -> None:
    """What she may not do is said before she has explained anything."""
    cashier = at_work(owner, "cashier")
    answer = cashier.say(said)
    assert answer.startswith(in_words(words, cashier.language, names="Wanjiru")), answer
    assert cashier.conversation.journal is None


def test_a_tap_on_a_card_too(owner: Talk) -> None:
    """The buttons of an invoice's card; looking stays free."""
    viewer = at_work(owner, "viewer")
    viewer.say("INV-0001")
    for label in ("Record a payment", "Void it"):
        row = viewer.history()[-1]
        answer = viewer.tap(in_words(label, viewer.language))
        assert answer.startswith(in_words(LOOK, viewer.language, names="Wanjiru"))
        assert row
    assert "INV-0001" in viewer.say("INV-0001")
    assert "KSh 2,550" in viewer.say("/invoices")


def test_who_was_allowed_to_void_begins_it(owner: Talk) -> None:
    """The one limit that an owner may lift for a cashier."""
    cashier = at_work(owner, "cashier")
    db.enter(owner.session, owner.conversation.merchant_id)
    owner.session.execute(
        sa.update(Member).where(Member.person_id == cashier.person.id).values(may_void=True)
    )
    db.enter(owner.session, None)
    cashier.say("/void")
    assert cashier.conversation.journal is not None


def test_it_is_still_refused_at_the_end(owner: Talk) -> None:
    """Made a viewer in the middle of it: the last tap is refused and nothing was written."""
    seller = at_work(owner, "cashier")
    for said in ("/invoice", "Halima", "skip", "3 bags of rice", "850", "2"):
        seller.say(said)
    db.enter(owner.session, owner.conversation.merchant_id)
    owner.session.execute(
        sa.update(Member).where(Member.person_id == seller.person.id).values(role="viewer")
    )
    db.enter(owner.session, None)
    end = "You may look here, but not change anything. Ask an owner."
    assert in_words(end, seller.language) in seller.say("1")
    db.enter(owner.session, owner.conversation.merchant_id)
    assert owner.session.scalar(sa.select(sa.func.count()).select_from(Invoice)) == 1


def test_every_dialogue_of_a_business_has_its_roles() -> None:
    """A new one cannot be forgotten here: each is ruled, or is one's own or a customer's."""
    own = {"language", "link", "onboarding", "pay", "report", "statement_days", "switch", "unlink"}
    assert set(rights.NEEDS) == set(FLOWS) - own
    assert set(MERCHANTS_ONLY) & set(FLOWS) <= set(rights.NEEDS) | {"switch"}
    assert Start("new_invoice").flow in rights.NEEDS
