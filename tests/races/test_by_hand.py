"""Many hands on one client's money, on real Postgres: nothing is booked twice, nobody waits for ever."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from invoicing import allocation, credit, lifecycle
from invoicing.commands import Method, Part, RecordPayment, RefundPayment
from models import db
from models.db import Database
from models.errors import Refusal
from models.merchants import Member
from models.money import Money
from models.payments import Allocation, Payment
from models.told import Audit
from payments import manual, matching, refunds, settlement
from payments.evidence import Evidence, Source
from tests import make

TODAY = date(2026, 11, 20)


def kes(minor: int) -> Money:
    """So many cents."""
    return Money(minor, "KES")


def shop(database: Database, *totals: int) -> tuple[int, int, list[int]]:
    """A merchant, a client, and invoices of hers: their ids."""
    with database.transaction() as session:
        merchant = make.merchant(session)
        client = make.client(session)
        bills = [make.invoice(session, client, total_minor=total).id for total in totals]
        return merchant.id, client.id, bills


def at_once(
    database: Database, merchant_id: int, acts: list[Callable[[Session], Any]]
) -> list[Any]:
    """Each act in a thread and transaction of its own, begun together; the code where refused."""
    gate = threading.Barrier(len(acts))

    def run(act: Callable[[Session], Any]) -> Any:
        gate.wait(30)
        try:
            with database.transaction() as session:
                db.enter(session, merchant_id)
                return act(session)
        except Refusal as refusal:
            return refusal.code

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


def written(
    client_id: int, minor: int, parts: list[tuple[int, int]], **more: Any
) -> Callable[[Session], Any]:
    """Someone writes down a payment."""

    def act(session: Session) -> str:
        member = session.scalars(sa.select(Member)).one()
        split = tuple(Part(bill, kes(part)) for bill, part in parts)
        command = RecordPayment(client_id, kes(minor), Method.CASH, TODAY, parts=split, **more)
        manual.record_for(session, command, member)
        return "done"

    return act


def sums(database: Database, merchant_id: int, client_id: int, bills: list[int]) -> tuple[int, ...]:
    """What arrived, what is booked, what is credit, and what is still owed."""
    with database.transaction() as session:
        db.enter(session, merchant_id)
        stands = Payment.reversed_at.is_(None)
        arrived = session.scalar(sa.select(sa.func.sum(Payment.amount_minor)).where(stands)) or 0
        live = sa.select(sa.func.sum(Allocation.amount_minor))
        booked = session.scalar(live.where(Allocation.released_at.is_(None))) or 0
        left = allocation.credit(session, client_id).get("KES", 0)
        owed = sum(lifecycle.get(session, bill).balance.amount_minor for bill in bills)
        return int(arrived), int(booked), left, owed


def test_twenty_payments_on_one_client(database: Database) -> None:
    """Each over the same three invoices, in opposite orders: all kept, none over-booked (F-6)."""
    merchant_id, client_id, bills = shop(database, 100_000, 100_000, 100_000)
    acts = []
    for at in range(20):
        order = bills if at % 2 else bills[::-1]
        parts = [(bill, 10_000) for bill in order]
        acts.append(written(client_id, 30_000, parts, reference=f"R{at}", again=True))
    done = at_once(database, merchant_id, acts)
    assert set(done) <= {"done", "already_paid"}
    arrived, booked, left, owed = sums(database, merchant_id, client_id, bills)
    assert arrived == done.count("done") * 30_000
    assert (booked + left, booked + owed) == (arrived, 300_000)


def test_two_members_write_down_the_same(database: Database) -> None:
    """The second is asked whether it is another payment; nothing is booked twice."""
    merchant_id, client_id, bills = shop(database, 255_000)
    acts = [written(client_id, 50_000, [(bills[0], 50_000)]) for _n in range(2)]
    assert sorted(at_once(database, merchant_id, acts)) == ["done", "twin"]
    assert sums(database, merchant_id, client_id, bills)[:2] == (50_000, 50_000)


def test_two_members_match_the_same_money(database: Database) -> None:
    """To two invoices in the same moment: one of them, once (F-5)."""
    merchant_id, client_id, bills = shop(database, 255_000, 255_000)
    with database.transaction() as session:
        db.enter(session, merchant_id)
        told = Evidence("daraja", Source.C2B, amount=kes(255_000), receipt="UKRACE0001")
        settlement.settle(session, told)
        payment_id = session.scalars(sa.select(Payment.id)).one()

    def match(bill: int) -> Callable[[Session], Any]:
        def act(session: Session) -> str:
            payment = session.get_one(Payment, (merchant_id, payment_id))
            matching.match(session, payment, lifecycle.get(session, bill))
            return "done"

        return act

    assert sorted(at_once(database, merchant_id, [match(bill) for bill in bills])) == [
        "done", "nothing_left",
    ]  # fmt: skip
    assert sums(database, merchant_id, client_id, bills) == (255_000, 255_000, 0, 255_000)


def test_one_credit_for_two_invoices(database: Database) -> None:
    """Used on both in the same moment: no more than there is (I-1)."""
    merchant_id, client_id, bills = shop(database, 40_000, 40_000)
    assert at_once(database, merchant_id, [written(client_id, 50_000, [])]) == ["done"]

    def use(bill: int) -> Callable[[Session], Any]:
        return lambda session: credit.use(session, lifecycle.get(session, bill), None).amount_minor

    assert sorted(at_once(database, merchant_id, [use(bill) for bill in bills])) == [10_000, 40_000]
    assert sums(database, merchant_id, client_id, bills) == (50_000, 50_000, 0, 30_000)


def test_reverse_against_settle_and_credit(database: Database) -> None:
    """Taken back while M-Pesa pays the same invoice and credit is used: the sums hold."""
    merchant_id, client_id, bills = shop(database, 100_000, 100_000)
    first = written(client_id, 150_000, [(bills[0], 100_000)])
    assert at_once(database, merchant_id, [first]) == ["done"]
    with database.transaction() as session:
        db.enter(session, merchant_id)
        code = lifecycle.get(session, bills[0]).account_code
        payment_id = session.scalars(sa.select(Payment.id)).one()

    def reverse(session: Session) -> Any:
        return manual.reverse(session, session.get_one(Payment, (merchant_id, payment_id)))

    def settle(session: Session) -> Any:
        told = Evidence("daraja", Source.C2B, amount=kes(100_000), receipt="UKRACE0002",
                        account=code)  # fmt: skip
        return settlement.settle(session, told)

    def use(session: Session) -> Any:
        return credit.use(session, lifecycle.get(session, bills[1]), None)

    done = at_once(database, merchant_id, [reverse, settle, use])
    assert done[0] is True
    arrived, booked, left, owed = sums(database, merchant_id, client_id, bills)
    assert arrived == 100_000
    assert booked + left == arrived
    assert booked + owed == 200_000


def paid_by_hand(database: Database, *totals: int, minor: int) -> tuple[int, int, list[int], int]:
    """As `shop`, with a payment of so much on the first invoice; its id at the end."""
    merchant_id, client_id, bills = shop(database, *totals)
    act = written(client_id, minor, [(bills[0], min(minor, totals[0]))])
    assert at_once(database, merchant_id, [act]) == ["done"]
    with database.transaction() as session:
        db.enter(session, merchant_id)
        return merchant_id, client_id, bills, session.scalars(sa.select(Payment.id)).one()


def test_taken_back_by_four_at_once(database: Database) -> None:
    """Once: one of them did it, one trail, one word to the customer (I-1)."""
    merchant_id, client_id, bills, payment_id = paid_by_hand(database, 100_000, minor=100_000)

    def reverse(session: Session) -> bool:
        return manual.reverse(session, session.get_one(Payment, (merchant_id, payment_id)))

    done = at_once(database, merchant_id, [reverse] * 4)
    assert sorted(done) == [False, False, False, True]
    assert sums(database, merchant_id, client_id, bills) == (0, 0, 0, 100_000)
    with database.transaction() as session:
        db.enter(session, merchant_id)
        reversals = sa.select(Audit.id).where(Audit.action == "payment.reversed")
        assert len(session.scalars(reversals).all()) == 1


def test_credit_used_twice_on_one_invoice(database: Database) -> None:
    """A second tap in the same moment uses nothing more."""
    merchant_id, client_id, bills, _payment = paid_by_hand(database, 10_000, 100_000, minor=60_000)

    def use(session: Session) -> int:
        return credit.use(session, lifecycle.get(session, bills[1]), None).amount_minor

    done = at_once(database, merchant_id, [use] * 3)
    assert sorted(map(str, done)) == ["50000", "nothing_left", "nothing_left"]
    assert sums(database, merchant_id, client_id, bills) == (60_000, 60_000, 0, 50_000)


def test_given_back_twice_at_once(database: Database) -> None:
    """No more goes back than came (I-1)."""
    merchant_id, client_id, bills, payment_id = paid_by_hand(database, 100_000, minor=100_000)

    def refund(session: Session) -> str:
        member = session.scalars(sa.select(Member)).one()
        back = RefundPayment(payment_id, kes(70_000), Method.CASH, None, bills[0])
        refunds.refund(session, back, member)
        return "done"

    assert sorted(at_once(database, merchant_id, [refund] * 3)) == ["amount", "amount", "done"]
    assert sums(database, merchant_id, client_id, bills) == (100_000, 30_000, 0, 70_000)


def test_taken_back_while_it_is_given_back(database: Database) -> None:
    """Whoever comes second is refused: the money cannot leave twice."""
    merchant_id, client_id, bills, payment_id = paid_by_hand(database, 100_000, minor=100_000)

    def reverse(session: Session) -> bool:
        return manual.reverse(session, session.get_one(Payment, (merchant_id, payment_id)))

    def refund(session: Session) -> str:
        member = session.scalars(sa.select(Member)).one()
        back = RefundPayment(payment_id, kes(100_000), Method.CASH, None, bills[0])
        refunds.refund(session, back, member)
        return "done"

    done = at_once(database, merchant_id, [reverse, refund])
    assert done in ([True, "reversed"], ["refunded", "done"])
    assert sums(database, merchant_id, client_id, bills)[3] == 100_000


def test_matched_unmatched_and_made_credit_at_once(database: Database) -> None:
    """Whatever comes first, the money is in one place."""
    merchant_id, client_id, bills = shop(database, 50_000)
    with database.transaction() as session:
        db.enter(session, merchant_id)
        told = Evidence("daraja", Source.C2B, amount=kes(80_000), receipt="UKRACE0009")
        settlement.settle(session, told)
        payment_id = session.scalars(sa.select(Payment.id)).one()

    def payment(session: Session) -> Payment:
        return session.get_one(Payment, (merchant_id, payment_id))

    acts: list[Callable[[Session], Any]] = [
        lambda session: matching.match(session, payment(session), lifecycle.get(session, bills[0])),
        lambda session: matching.to_credit(session, payment(session), client_id),
        lambda session: matching.unmatch(session, payment(session)),
        lambda session: matching.disown(session, payment(session)),
    ]
    at_once(database, merchant_id, acts * 2)
    with database.transaction() as session:
        db.enter(session, merchant_id)
        orphan = 0 if payment(session).client_id else allocation.unallocated(session, payment_id)
    arrived, booked, left, owed = sums(database, merchant_id, client_id, bills)
    assert (booked + left + orphan, booked + owed) == (arrived, 50_000)
