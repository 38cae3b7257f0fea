"""Money without an owner: ranked, matched by a tap, remembered, restored (F-5)."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from invoicing import allocation, credit
from invoicing.commands import Method, Part, RecordPayment, RefundPayment
from models.errors import Refusal
from models.invoices import Invoice
from models.merchants import Member
from models.money import Money
from models.payments import Allocation, PayerAlias, Payment, Refund
from payments import manual, matching, refunds, settlement, suggestions
from payments.evidence import Evidence, Source
from payments.suggestions import Why
from tests import make
from tests.payments import bed


def numbers() -> Iterator[str]:
    """Receipts nobody had before."""
    yield from (f"UKZ{at:07d}" for at in range(10_000))


RECEIPTS = numbers()


def arrives(session: Session, minor: int, account: str | None = None, **more: Any) -> Payment:
    """Money by C2B, in the tenant of the session; what came of it is the newest payment."""
    told = Evidence(
        "daraja", Source.C2B, amount=Money(minor, "KES"), receipt=next(RECEIPTS),
        account=account, **more,
    )  # fmt: skip
    settlement.settle(session, told)
    return session.scalars(sa.select(Payment).order_by(Payment.id.desc()).limit(1)).one()


def first(session: Session, payment: Payment) -> int | None:
    """The first suggestion's invoice."""
    found = suggestions.rank(session, payment)
    return found[0].invoice_id if found else None


def test_an_exact_account_is_booked_at_once(session: Session, bill: Invoice) -> None:
    """Case, blanks and hyphens do not count."""
    code = bill.account_code or ""
    payment = arrives(session, 255_000, f" {code[:3].lower()}-{code[3:]} ")
    assert payment.client_id == bill.client_id
    session.refresh(bill)
    assert not bill.balance


@pytest.mark.parametrize("slip", ["swap", "lose"])
def test_a_typing_slip_is_suggested_and_never_booked(
    session: Session, bill: Invoice, slip: str
) -> None:
    """One letter lost, or two swapped: first in the list, on no invoice."""
    make.invoice(session)
    code = bill.account_code or ""
    at = next(at for at in range(len(code) - 1) if code[at] != code[at + 1])  # equal: no slip
    swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
    typed = {"swap": swapped, "lose": code[:-1]}[slip]
    payment = arrives(session, 1_000, typed)
    assert payment.client_id is None
    assert (first(session, payment), suggestions.rank(session, payment)[0].why[0]) == (
        bill.id, Why.ACCOUNT,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "code", "points"),
    [
        ("INV-O012", "INV-0012", 100),
        ("inv 0012", "INV-0012", 100),
        ("INV-0013", "INV-0012", 35),
        ("INV-0045", "INV-0012", 0),
        ("12", "INV-0012", 0),
        (None, "INV-0012", 0),
    ],
)
def test_how_near_a_number_is(typed: str | None, code: str, points: int) -> None:
    """Letters that look alike are the same; a neighbour's number is another invoice's."""
    assert suggestions.closeness(typed, None, code) == points


def test_the_same_amount_on_two_is_never_booked(session: Session, bill: Invoice) -> None:
    """Both are suggested, the one due first before the other."""
    twin = make.invoice(session, total_minor=255_000)
    payment = arrives(session, 255_000, "shop")
    assert payment.client_id is None
    found = suggestions.rank(session, payment)
    assert [one.invoice_id for one in found] == [bill.id, twin.id]
    assert {one.why for one in found} == {(Why.AMOUNT,)}


def test_the_only_amount_is_not_booked_either(session: Session, bill: Invoice) -> None:
    """An amount alone is no proof."""
    payment = arrives(session, 255_000, "shop")
    assert (payment.client_id, first(session, payment)) == (None, bill.id)


PHONE = "254711222333"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (PHONE, PHONE),
        (PHONE, hashlib.sha256(PHONE.encode()).hexdigest()),
        (hashlib.sha256(PHONE.encode()).hexdigest(), PHONE),
        ("2547 ***** 333", "2547*****333"),
    ],
)
def test_a_payer_is_known_the_second_time(
    session: Session, bill: Invoice, before: str, after: str
) -> None:
    """After one match the first suggestion is right, however the number is shown (A-17)."""
    payer = {"payer_name": "PETER K"}
    decoy = make.invoice(session, total_minor=77_000)
    payment = arrives(session, 1_000, "x", payer_phone=before, **payer)
    assert first(session, payment) is None
    matching.match(session, payment, bill)
    again = arrives(session, 77_000, "y", payer_phone=after, **payer)
    assert again.client_id is None
    found = suggestions.rank(session, again)
    assert [one.invoice_id for one in found] == [bill.id, decoy.id]
    stored = session.scalars(sa.select(PayerAlias.key_hash)).all()
    assert [len(key) for key in stored] == [32]


def test_unmatching_restores_both_sides(session: Session, bill: Invoice) -> None:
    """The debt is back, the money is nobody's, and what it taught is forgotten."""
    payment = arrives(session, 100_000, "x", payer_phone=PHONE)
    matching.match(session, payment, bill)
    assert matching.unmatch(session, payment) == [bill.id]
    assert matching.unmatch(session, payment) == []
    session.refresh(bill)
    assert (bill.balance, payment.client_id) == (bill.total, None)
    assert allocation.unallocated(session, payment.id) == 100_000
    assert session.scalars(sa.select(PayerAlias)).all() == []
    matching.match(session, payment, bill)
    told = [kind for kind, audience in bed.notices(session) if audience == "client"]
    assert told == ["part_paid", "taken_back", "part_paid"]


def test_not_mine_asks_no_more(session: Session, bill: Invoice) -> None:
    """It stays a payment without an owner, out of the list of those to sort."""
    payment = arrives(session, 100_000, "x")
    assert matching.unowned(session, most=9) == [payment]
    matching.disown(session, payment)
    assert matching.unowned(session, most=9) == []
    matching.match(session, payment, bill)
    assert payment.client_id == bill.client_id


def test_what_has_an_owner_is_not_given_another(session: Session, bill: Invoice) -> None:
    """Neither as credit nor disowned, until it is unmatched."""
    payment = arrives(session, 100_000, "x")
    matching.to_credit(session, payment, bill.client_id)
    assert credit.of(session, bill.client_id, "KES") == Money(100_000, "KES")
    with pytest.raises(Refusal):
        matching.disown(session, payment)
    with pytest.raises(Refusal):
        matching.to_credit(session, payment, bill.client_id)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["c2b", "exact", "hand", "match", "credit", "unmatch", "reverse", "refund", "use"]
        ),
        st.integers(0, 20),
        st.integers(1, 300_000),
    ),
    min_size=4,
    max_size=14,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS)
def test_no_shilling_is_lost(session: Session, steps: list[tuple[str, int, int]]) -> None:
    """Σ orphan + Σ allocated + Σ credit + Σ given back = Σ received, after every step (I-1, I-3)."""
    make.merchant(session)
    client = make.client(session)
    bills = [make.invoice(session, client, total_minor=m) for m in (255_050, 100_000, 99)]
    for what, which, amount in steps:
        try:
            with session.begin_nested():
                _step(session, what, which, amount, bills)
        except Refusal:
            session.expire_all()
        _adds_up(session, client.id, bills)


def _step(session: Session, what: str, which: int, amount: int, bills: list[Invoice]) -> None:
    bill = bills[which % len(bills)]
    if what in ("c2b", "exact"):
        arrives(session, amount, bill.account_code if what == "exact" else "?")
        return
    if what == "hand":
        _by_hand(session, which, amount, bills)
        return
    if what == "use":
        credit.use(session, bill, None)
        return
    made = session.scalars(sa.select(Payment).order_by(Payment.id)).all()
    if not made:
        return
    payment = made[which % len(made)]
    acts: dict[str, Callable[[], object]] = {
        "match": lambda: matching.match(session, payment, bill),
        "credit": lambda: matching.to_credit(session, payment, bill.client_id),
        "unmatch": lambda: matching.unmatch(session, payment),
        "reverse": lambda: manual.reverse(session, payment),
        "refund": lambda: _refund(session, payment, amount, bill),
    }
    acts[what]()


def _by_hand(session: Session, which: int, amount: int, bills: list[Invoice]) -> None:
    """Somebody writes it down over some of the invoices, not always as they stand by now."""
    chosen = [bill for at, bill in enumerate(bills) if which >> at & 1]
    shares = allocation.spread(amount, [bill.total_minor for bill in chosen])
    parts = tuple(
        Part(bill.id, Money(share, "KES"))
        for bill, share in zip(chosen, shares, strict=True)
        if share
    )
    member = session.scalars(sa.select(Member)).one()
    paid_on = date(2026, 11, 20)
    command = RecordPayment(
        bills[0].client_id, Money(amount, "KES"), Method.BANK, paid_on, parts=parts, again=True
    )
    done = manual.record_for(session, command, member)
    assert done.left.amount_minor + sum(b.booked_minor for b in done.booked.values()) == amount


def _refund(session: Session, payment: Payment, amount: int, bill: Invoice) -> None:
    member = session.scalars(sa.select(Member)).one()
    back = RefundPayment(payment.id, Money(amount, "KES"), Method.CASH, None, bill.id)
    refunds.refund(session, back, member)


def _adds_up(session: Session, client_id: int, bills: list[Invoice]) -> None:
    session.expire_all()
    stands = session.scalars(sa.select(Payment).where(Payment.reversed_at.is_(None))).all()
    orphan = sum(allocation.unallocated(session, p.id) for p in stands if p.client_id is None)
    live = sa.select(sa.func.coalesce(sa.func.sum(Allocation.amount_minor), 0))
    allocated = session.scalar(live.where(Allocation.released_at.is_(None))) or 0
    given = session.scalar(sa.select(sa.func.coalesce(sa.func.sum(Refund.amount_minor), 0))) or 0
    owned = allocation.credit(session, client_id).get("KES", 0)
    assert orphan + allocated + owned + given == sum(p.amount_minor for p in stands)
    for bill in bills:
        assert bill.balance.amount_minor >= 0
        assert (bill.settled_at is not None) == (not bill.balance)
