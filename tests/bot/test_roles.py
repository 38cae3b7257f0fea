"""Role by action: every command that can be carried out, asked for by everybody (F-15, C-9)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import commands
from bot.acts.errand import Errand
from bot.meeting import Who
from conversations.flows import FLOWS
from invoicing import attaching, catalogue, credit_notes, invites, merchants, quotes
from invoicing import commands as asked
from models import db
from models.errors import Refusal
from models.merchants import Member, Role
from models.money import Money
from models.payments import Payment
from models.people import Conversation
from models.told import Audit
from tests import make
from tests.bot import roles
from tests.world import house

WHO: tuple[Role | None, ...] = (*Role, None)
ACTS = sorted(commands.ACTS, key=lambda command: command.__name__)
NAMED = [command for command in ACTS if roles.own_ids(command)]


@dataclass(frozen=True)
class World:
    """A business, one of whose people asks for something; `ids` are rows of it, by field name."""

    session: Session
    errand: Errand
    merchant_id: int
    ids: Mapping[str, int]


def business(session: Session) -> tuple[int, dict[str, int]]:
    """A business with one row of everything; the session goes on as it."""
    merchant = make.merchant(session)
    client = make.client(session)
    chat = make.contact(session, make.person(session))
    invoice = make.invoice(session, client)
    other = make.person(session)
    member = Member(
        merchant_id=merchant.id, person_id=other.id, role="cashier", made_at=db.now(session)
    )
    session.add(member)
    session.flush()
    money = Payment(
        merchant_id=merchant.id, client_id=client.id, provider="manual", source="manual",
        method="cash", amount_minor=100, currency="KES", paid_at=db.now(session),
        made_at=db.now(session), recorded_by=other.id,
    )  # fmt: skip
    session.add(money)
    session.flush()
    quote = quotes.make(
        session, roles.specimen(asked.MakeQuote, {"client_id": client.id}), other.id
    )
    cut = asked.CreditInvoice(invoice.id, amount=Money(100, "KES"))
    note = credit_notes.issue(session, cut, other.id).note
    sold = asked.KeepItem("Cement", Money(85_000, "KES"))
    item = catalogue.keep(session, sold, other.id)
    file = attaching.add(session, invoice, asked.SentFile("telegram", "f", "pdf", "x"), other.id)
    attaching.fill(session, file, b"%PDF-1.7")
    door, _token = invites.invite(session, asked.InviteMember("cashier"), other.id)
    return merchant.id, {
        "invoice_id": invoice.id, "client_id": client.id, "contact_id": chat.id,
        "member_id": member.id, "invite_id": door.id, "merchant_id": merchant.id,
        "payment_id": money.id, "quote_id": quote.id, "credit_note_id": note.id,
        "item_id": item.id, "attached_id": file.id,
    }  # fmt: skip


def world(session: Session, role: Role | None) -> World:
    """Someone of a role, or a stranger, before a business of which she may or may not be one."""
    merchant_id, ids = business(session)
    person = make.person(session, name="Otieno")
    chat = make.contact(session, person)
    if role is not None:
        session.add(
            Member(merchant_id=merchant_id, person_id=person.id, role=role.value,
                   made_at=db.now(session))
        )  # fmt: skip
        session.add(merchants.person_route(merchant_id, person.id))
    session.get_one(Conversation, person.id).merchant_id = merchant_id if role else None
    session.flush()
    who = Who(chat.id, person.id, "telegram", chat.address, None, "Otieno", "en", True,
              merchant_id if role else None, None, [], None)  # fmt: skip
    return World(session, Errand(session, who, house()), merchant_id, ids)


def ask(here: World, command: Any) -> Refusal | None:
    """Have it done, in a savepoint of its own; the refusal, if it is one."""
    try:
        with here.session.begin_nested():
            commands.ACTS[type(command)](here.errand, command)
    except Refusal as refusal:
        return refusal
    return None


def trail(here: World) -> int:
    """How many changes the business's audit trail holds."""
    db.enter(here.session, here.merchant_id)
    return here.session.scalar(sa.select(sa.func.count()).select_from(Audit)) or 0


def test_every_command_has_a_rule() -> None:
    """Whoever adds an act says in `tests/bot/roles.py` who may have it done."""
    ruled = {command.__name__ for command in roles.MAY}
    assert {command.__name__ for command in ACTS} == ruled


@pytest.mark.parametrize("command", ACTS, ids=lambda command: command.__name__)
@pytest.mark.parametrize("role", WHO, ids=lambda role: role.value if role else "stranger")
def test_role_by_action(session: Session, command: type, role: Role | None) -> None:
    """Who may not is refused for that reason and changes nothing; who may is not."""
    here = world(session, role)
    before = trail(here)
    refusal = ask(here, roles.specimen(command, here.ids))
    refused = refusal is not None and refusal.code == "role"
    assert refused == (role not in roles.MAY.get(command, ())), refusal
    if refused:
        assert trail(here) == before


@pytest.mark.parametrize("command", NAMED, ids=lambda command: command.__name__)
def test_rows_of_another_business_are_out_of_reach(session: Session, command: type) -> None:
    """An owner who names another business's invoice, client or member is refused."""
    other_id, theirs = business(session)
    there = session.scalars(sa.select(Audit.action).order_by(Audit.id)).all()
    here = world(session, Role.OWNER)
    before = trail(here)
    refusal = ask(here, roles.specimen(command, theirs))
    assert refusal is not None or trail(here) == before
    db.enter(session, other_id)
    assert session.scalars(sa.select(Audit.action).order_by(Audit.id)).all() == there


class _Anything(dict[str, Any]):
    """Whatever a button may have said."""

    def __missing__(self, key: str) -> Any:
        words = {"kind": "1", "document": "1", "price": "1", "currency": "KES"}
        return words.get(key) or _Anything()

    def __contains__(self, key: object) -> bool:
        return key == "id"

    def get(self, key: str, default: Any = None) -> Any:
        """What `said[key]` is, where nothing else is named."""
        return self[key] if default is None else default

    def __int__(self) -> int:
        return 1


@pytest.mark.parametrize("flow", sorted(commands.ERRANDS))
def test_buttons_that_ask_nothing_have_rules(flow: str) -> None:
    """What a tap does at once is a command with a rule, and no dialogue has its name."""
    command = commands.ERRANDS[flow](_Anything())
    assert type(command) in roles.MAY
    assert flow not in FLOWS
