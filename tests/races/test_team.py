"""Two people do the same thing about a team in one moment: one succeeds, the other is told why."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from invoicing import approvals, invites, lifecycle, linking, merchants, team
from invoicing.commands import BilledTo, ChangeRole, InviteMember, InvoiceLine, IssueInvoice
from models import db
from models.db import Database
from models.errors import Refusal
from models.invoices import Invoice
from models.merchants import Member
from models.money import Money
from models.team import Approval
from tests import make

LINES = (InvoiceLine("cement", Decimal(1), Money.of(850, "KES")),)
DRAFT = IssueInvoice(BilledTo("Jane", None), LINES, date(2026, 11, 27), draft=True)


def member(session: Session, merchant_id: int, role: str = "owner") -> int:
    """Somebody more who works there; her person."""
    person = make.person(session)
    session.add_all(
        [
            Member(
                merchant_id=merchant_id, person_id=person.id, role=role, made_at=db.now(session)
            ),
            merchants.person_route(merchant_id, person.id),
        ]
    )
    session.flush()
    return person.id


def at_once(
    database: Database,
    merchant_id: int | None,
    acts: list[Callable[[Session], object]],
) -> list[str]:
    """Do them all in the same moment; `done`, or the code of each refusal."""
    gate = threading.Barrier(len(acts))

    def run(act: Callable[[Session], object]) -> str:
        try:
            with database.transaction(merchant_id) as session:
                session.execute(sa.text("SELECT 1"))
                gate.wait(10)
                act(session)
        except Refusal as refused:
            return refused.code
        return "done"

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


def waiting(database: Database) -> tuple[int, int, list[int]]:
    """A draft that waits for two owners: the merchant, the approval, both owners."""
    with database.transaction() as session:
        merchant = make.merchant(session)
        first = session.scalars(sa.select(Member.person_id)).one()
        second = member(session, merchant.id)
        invoice = lifecycle.bill(session, DRAFT, by=None)
        chat = make.contact(session, make.person(session))
        row = approvals.ask(session, invoice, first, chat.id)
        return merchant.id, row.id, [first, second]


@pytest.mark.slow
def test_two_owners_approve_at_once(database: Database) -> None:
    """One number is used, one owner decided, the other is told that it is approved."""
    merchant_id, approval_id, owners = waiting(database)

    def yes(by: int) -> Callable[[Session], object]:
        return lambda session: approvals.approve(session, approval_id, by)

    assert sorted(at_once(database, merchant_id, [yes(by) for by in owners * 3])) == [
        *["decided"] * 5,
        "done",
    ]
    with database.transaction(merchant_id) as session:
        assert session.scalars(sa.select(Invoice.number)).all() == [1]
        assert session.scalars(sa.select(Approval.state)).all() == ["approved"]


@pytest.mark.slow
def test_yes_and_no_at_once(database: Database) -> None:
    """Whoever is first decides, and the invoice says the same."""
    merchant_id, approval_id, (first, second) = waiting(database)
    answers = at_once(
        database,
        merchant_id,
        [
            lambda session: approvals.approve(session, approval_id, first),
            lambda session: approvals.refuse(session, approval_id, second),
        ],
    )
    assert sorted(answers) == ["decided", "done"]
    with database.transaction(merchant_id) as session:
        state = session.scalars(sa.select(Approval.state)).one()
        status = session.scalars(sa.select(Invoice.status)).one()
    assert (state, status) in (("approved", "issued"), ("refused", "draft"))
    assert (state == "approved") == (answers[0] == "done")


@pytest.mark.slow
def test_approved_while_its_maker_finishes_the_draft(database: Database) -> None:
    """One invoice comes of two members: the approved one or the one made anew, never both."""
    merchant_id, approval_id, (owner, _second) = waiting(database)
    with database.transaction(merchant_id) as session:
        draft_id = session.scalars(sa.select(Invoice.id)).one()

    def finish(session: Session) -> None:
        lifecycle.delete_draft(session, lifecycle.get(session, draft_id, lock=True), owner)
        lifecycle.bill(session, DRAFT, by=owner)

    answers = at_once(
        database,
        merchant_id,
        [lambda session: approvals.approve(session, approval_id, owner), finish],
    )
    assert answers.count("done") == 1
    with database.transaction(merchant_id) as session:
        assert len(session.scalars(sa.select(Invoice.id)).all()) == 1


@pytest.mark.slow
def test_an_invitation_is_redeemed_once(database: Database) -> None:
    """Eight people tap the same link: one is in the team, seven find the door closed."""
    with database.transaction() as session:
        merchant_id = make.merchant(session).id
        owner = session.scalars(sa.select(Member.person_id)).one()
        row, _token = invites.invite(session, InviteMember("cashier"), owner)
        invite_id = row.id
        people = [make.person(session).id for _number in range(8)]

    def join(person: int) -> Callable[[Session], object]:
        return lambda session: invites.accept(session, invite_id, person, None)

    answers = at_once(database, merchant_id, [join(person) for person in people])
    assert sorted(answers) == ["done"] + ["invite"] * 7
    with database.transaction(merchant_id) as session:
        assert len(session.scalars(sa.select(Member.id)).all()) == 2


@pytest.mark.slow
def test_a_code_is_redeemed_once(database: Database) -> None:
    """Of eight chats that type one code at the same time one gets the account."""
    with database.transaction() as session:
        person = make.person(session)
        chats = [make.contact(session, make.person(session)).id for _number in range(8)]
        code = linking.new_code(session, person.id, by=person.id)
        found = linking.look_up(session, code, chats[0])
        assert found is not None
        hashed = found.code_hash.hex()

    def use(chat: int) -> Callable[[Session], object]:
        return lambda session: linking.use(session, hashed, chat)

    answers = at_once(database, None, [use(chat) for chat in chats])
    assert sorted(answers) == ["code"] * 7 + ["done"]


@pytest.mark.slow
def test_guesses_at_once_are_all_counted(database: Database) -> None:
    """Twelve guesses in one moment are no way round the throttle: five are looked at."""
    with database.transaction() as session:
        chat = make.contact(session, make.person(session)).id

    def guess(number: int) -> Callable[[Session], object]:
        return lambda session: linking.look_up(session, f"AAAAAA{number:02}", chat)

    answers = at_once(database, None, [guess(number) for number in range(12)])
    assert answers.count("done") == linking.MOST_TRIES


@pytest.mark.slow
def test_two_owners_step_down_at_once(database: Database) -> None:
    """The business never ends without an owner."""
    with database.transaction() as session:
        merchant_id = make.merchant(session).id
        member(session, merchant_id)
        ids = session.scalars(sa.select(Member.id).order_by(Member.id)).all()

    def down(member_id: int) -> Callable[[Session], object]:
        return lambda session: team.change_role(session, ChangeRole(member_id, "viewer"), 1)

    answers = at_once(database, merchant_id, [down(one) for one in ids])
    assert sorted(answers) == ["done", "last"]
    with database.transaction(merchant_id) as session:
        assert sorted(session.scalars(sa.select(Member.role))) == ["owner", "viewer"]
