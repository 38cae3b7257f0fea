"""Who may not finish a dialogue does not begin it either, and hears kindly who can do it."""

from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import commands, rights
from bot.acts.errand import MAY_VOID
from bot.openings import MERCHANTS_ONLY
from conversations.flows import FLOWS
from conversations.prompts import Start
from models import db
from models.invoices import Invoice
from models.merchants import Member, Role
from tests.bot import roles
from tests.bot.files import LIKE
from tests.bot.shop import colleague
from tests.bot.test_money_talk import arrives
from tests.world import Talk, bill, in_words, merchant_talk

LOOK = "You may look at everything here, but not change it. You can ask {names}."
MANAGERS = "Only an owner or a manager can do that. You can ask {names}."
OWNERS = "Only an owner can do that. You can ask {names}."


@pytest.fixture
def owner(session: Session, language_on_channel: str) -> Talk:
    """Wanjiru, who has billed Jane KSh 2,550."""
    talk = merchant_talk(session, language=LIKE[language_on_channel])
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


def test_a_card_has_no_button_that_refuses(owner: Talk) -> None:
    """Who only looks sees what can be looked at; a seller does not see what is a manager's."""
    viewer = at_work(owner, "viewer")
    viewer.say("INV-0001")
    assert viewer.labels() == ["PDF"]
    assert "KSh 2,550" in viewer.say("/invoices")
    owner.say("INV-0001")
    assert in_words("Void it", owner.language) in owner.labels()
    owner.tap(in_words("More…", owner.language))
    assert in_words("Credit note", owner.language) in owner.labels()


def test_a_seller_has_her_own_buttons(owner: Talk) -> None:
    """What takes back what was billed is no choice of hers; a file is."""
    seller = at_work(owner, "cashier")
    seller.say("INV-0001")
    seller.tap(in_words("More…", seller.language))
    see, attach = (in_words(one, seller.language) for one in ("See it", "Attach a file"))
    assert seller.labels() == [attach, see]


def test_the_menu_offers_what_she_may_begin(owner: Talk) -> None:
    """Somebody who only looks is not offered to bill; whatever else there is, she is."""
    viewer = at_work(owner, "viewer")
    owner.say("/menu")
    viewer.say("/menu")
    billing = {in_words(one, owner.language) for one in ("New invoice", "New client", "Quotes")}
    assert set(owner.labels()) - set(viewer.labels()) == billing
    viewer.say("blah")
    assert in_words("New invoice", owner.language) not in viewer.labels()


def test_news_offer_each_what_she_may_do(owner: Talk) -> None:
    """Money without an owner: all hear of it, who only looks gets no button that gives it away."""
    viewer = at_work(owner, "viewer")
    arrives(owner, 1_000, "shop", "UKX0000090")
    assert in_words("Another invoice", owner.language) in owner.labels()
    assert "KSh 10" in viewer.look()
    assert in_words("Another invoice", owner.language) not in viewer.labels()


def test_an_old_button_still_says_who_can(owner: Talk) -> None:
    """On a card from before she became one who only looks."""
    seller = at_work(owner, "cashier")
    seller.say("INV-0001")
    db.enter(owner.session, owner.conversation.merchant_id)
    owner.session.execute(
        sa.update(Member).where(Member.person_id == seller.person.id).values(role="viewer")
    )
    db.enter(owner.session, None)
    answer = seller.tap(in_words("Record a payment", seller.language))
    assert answer.startswith(in_words(LOOK, seller.language, names="Wanjiru"))


class _Anything(dict[str, Any]):
    """Whatever a button may say."""

    def __missing__(self, name: str) -> "_Anything":
        return _Anything()

    def get(self, name: str, default: Any = None) -> Any:
        return self[name] if default is None else default

    def __contains__(self, name: object) -> bool:
        return True

    def __int__(self) -> int:
        return 1


_SAID: dict[str, dict[str, Any]] = {
    "quotes": {}, "late": {},
    **{key: {"client": {"id": 1}} for key in ("statement_text", "statement_paper")},
}  # fmt: skip


@pytest.mark.parametrize("flow", sorted(set(commands.ERRANDS) - {"keep_item"}))
def test_cards_and_acts_agree(flow: str) -> None:
    """What is left out of a card is what its act refuses, no more and no less."""
    said = _SAID.get(flow, _Anything())
    command = type(commands.ERRANDS[flow](said))
    members = set(roles.MAY.get(command, ())) & set(Role)
    who = set(MAY_VOID) if flow == "client_more" else members or set(Role)  # or a customer's alone
    assert set(rights.needs(Start(flow))) == who


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
