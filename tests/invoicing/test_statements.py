"""A client's account: what came and went, and that its end is what is owed less what is credit."""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from invoicing import client_merging, client_sums, clients, merchants, statements
from invoicing.commands import Period
from models import db
from models.invoices import Invoice
from models.merchants import Client
from models.payments import Adjustment, Allocation, Payment, Refund
from tests import make

TODAY = date(2026, 11, 20)
LEDGERS = 120


def moment(day: int, hour: int = 9) -> datetime:
    """A time in November."""
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def pay(session: Session, client: Client, minor: int, at: datetime, **more: Any) -> Payment:
    """Money that came from a client, booked nowhere."""
    found = Payment(
        merchant_id=client.merchant_id, client_id=client.id, provider="manual", source="manual",
        method="cash", amount_minor=minor, currency="KES", paid_at=at, made_at=at, **more,
    )  # fmt: skip
    session.add(found)
    session.flush()
    return found


def test_what_came_and_went_is_told_in_order_with_a_running_balance(session: Session) -> None:
    """An invoice, a part paid, a write-off: each by its day, the balance after each."""
    make.merchant(session)
    jane = make.client(session)
    bill = make.invoice(session, jane, issued_on=date(2026, 11, 3), issued_at=moment(3))
    pay(session, jane, 100_000, moment(5), receipt="QX12")
    row = {"merchant_id": jane.merchant_id, "invoice_id": bill.id, "made_at": moment(9)}
    session.add(Adjustment(kind="write_off", amount_minor=55_000, **row))

    said = statements.of(session, jane.id, *statements.span(Period.THIS_MONTH, TODAY))

    (account,) = said.accounts
    assert [(e.day.day, e.kind, str(e.amount), str(e.balance)) for e in account.entries] == [
        (3, "invoice", "KSh 2,550", "KSh 2,550"),
        (5, "payment", "-KSh 1,000", "KSh 1,550"),
        (9, "write_off", "-KSh 550", "KSh 1,000"),
    ]
    assert (str(account.opening), str(account.closing)) == ("KSh 0", "KSh 1,000")
    assert account.entries[1].ref == "QX12"


def test_what_was_before_the_period_is_its_opening(session: Session) -> None:
    """Periods meet: one's closing is the next one's opening; a day belongs to one of them."""
    make.merchant(session)
    jane = make.client(session)
    for day in (date(2026, 9, 30), date(2026, 10, 1), date(2026, 10, 31), date(2026, 11, 1)):
        make.invoice(session, jane, issued_on=day, total_minor=1_000)

    last = statements.of(session, jane.id, *statements.span(Period.LAST_MONTH, TODAY)).accounts[0]
    this = statements.of(session, jane.id, *statements.span(Period.THIS_MONTH, TODAY)).accounts[0]

    assert (last.opening.amount_minor, len(last.entries), last.closing.amount_minor) == (
        1000,
        2,
        3000,
    )
    assert (this.opening, len(this.entries), this.closing.amount_minor) == (last.closing, 1, 4000)


def test_a_payment_belongs_to_the_merchants_day(session: Session) -> None:
    """Half past nine in the evening of the 31st in London is the 1st in Nairobi."""
    make.merchant(session)
    jane = make.client(session)
    pay(session, jane, 500, datetime(2026, 10, 31, 21, 30, tzinfo=UTC))

    said = statements.of(session, jane.id, *statements.span(Period.THIS_MONTH, TODAY))

    assert said.accounts[0].entries[0].day == date(2026, 11, 1)


def test_currencies_are_accounts_of_their_own(session: Session) -> None:
    """Shillings and dollars are never one sum (I-28)."""
    make.merchant(session)
    jane = make.client(session)
    make.invoice(session, jane, total_minor=1_000)
    make.invoice(session, jane, total_minor=2_000, currency="USD")

    said = statements.of(session, jane.id, None, TODAY)

    assert [str(account.closing) for account in said.accounts] == ["KSh 10", "$20"]


def test_cash_not_yet_confirmed_counts_and_is_flagged(session: Session) -> None:
    """What the customer has not said yes to stands there as such (F-13)."""
    make.merchant(session)
    jane = make.client(session)
    for answer in ("asked", "confirmed", "denied"):
        pay(session, jane, 100, moment(4), confirmation=answer)

    account = statements.of(session, jane.id, None, TODAY).accounts[0]

    assert [entry.unsure for entry in account.entries] == [True, False, True]
    assert account.closing.amount_minor == -300


def test_a_merged_clients_account_is_one(session: Session) -> None:
    """Both ledgers, one balance; no issued invoice was touched."""
    make.merchant(session)
    jane, twin = make.client(session), make.client(session)
    make.invoice(session, jane, total_minor=1_000)
    bill = make.invoice(session, twin, total_minor=2_000)
    pay(session, twin, 500, moment(4))
    client_merging.merge(session, twin, jane, by=None)
    session.expire_all()

    account = statements.of(session, jane.id, None, TODAY).accounts[0]

    assert account.closing.amount_minor == 2_500
    assert bill.client_id == twin.id
    assert clients.get(session, twin.id) is jane


def test_another_merchant_sees_nothing_of_it(session: Session) -> None:
    """Not even by the client's id."""
    make.merchant(session)
    jane = make.client(session)
    make.invoice(session, jane)
    jane_id = jane.id
    make.merchant(session)

    assert statements.of(session, jane_id, None, TODAY).accounts == ()


def test_a_statement_costs_one_question(session: Session, request: pytest.FixtureRequest) -> None:
    """However much came and went, and whoever was merged in."""
    make.merchant(session)
    jane, twin = make.client(session), make.client(session)
    for client in (jane, twin, jane):
        make.invoice(session, client)
    client_merging.merge(session, twin, jane, by=None)
    merchants.get(session)
    sent = request.getfixturevalue("statements")
    statements.of(session, jane.id, None, TODAY)
    assert len(sent) == 1, sent.statements


def test_keys_of_periods_come_back(session: Session) -> None:
    """A paper's name holds its span; anything else is none."""
    del session
    for period in Period:
        span = statements.span(period, TODAY)
        assert statements.from_key(statements.key(*span)) == span
    for text in ("", "all", "261101", "261301-261401", "x-y"):
        assert statements.from_key(text) is None


# --- Many random ledgers (F-13, A-35) ---


class Books:
    """Rows of one client's random life, never more booked than arrived nor than is owed."""

    def __init__(self, dice: random.Random, merchant_id: int, numbers: Iterator[int]) -> None:
        self.dice, self.merchant_id, self.numbers = dice, merchant_id, numbers
        self.rows: dict[type, list[dict[str, Any]]] = {
            kind: [] for kind in (Invoice, Payment, Allocation, Adjustment, Refund)
        }

    def day(self) -> datetime:
        """Any time of the last 300 days."""
        return datetime(2026, 11, 19, 22, tzinfo=UTC) - timedelta(hours=self.dice.randrange(7200))

    def live(self, client_id: int) -> None:
        """Up to five invoices, up to five payments, and what becomes of them."""
        bills = [self.invoice(client_id) for _n in range(self.dice.randrange(6))]
        for _n in range(self.dice.randrange(6)):
            self.payment(client_id, bills)
        for bill in bills:
            self.end(bill)

    def invoice(self, client_id: int) -> dict[str, Any]:
        """An issued one, in shillings or dollars."""
        at, number, total = self.day(), next(self.numbers), self.dice.randrange(1, 10**6)
        bill = self.add(
            Invoice, id=number, client_id=client_id, number=number, number_text=f"INV-{number}",
            currency=self.dice.choice(["KES", "KES", "USD"]), subtotal_minor=total,
            total_minor=total, issued_on=at.date(), due_on=at.date(), issued_at=at, made_at=at,
            status="issued", parties={}, settled_at=None, voided_at=None,
        )  # fmt: skip
        return {**bill, "row": bill, "left": total, "paid": 0}

    def payment(self, client_id: int, bills: list[dict[str, Any]]) -> None:
        """Booked where it fits, at times given back in part, or taken back as a whole."""
        at, number, amount = self.day(), next(self.numbers), self.dice.randrange(1, 10**6)
        currency = self.dice.choice(["KES", "KES", "USD"])
        taken_back = self.dice.random() < 0.2
        row = self.add(
            Payment, id=number, client_id=client_id, provider="manual", source="manual",
            method="cash", amount_minor=amount, currency=currency, paid_at=at, made_at=at,
            reversed_at=at + timedelta(hours=1) if taken_back else None,
        )  # fmt: skip
        left = amount
        for bill in bills:
            part = min(left, bill["left"], self.dice.randrange(10**6))
            if part and bill["currency"] == currency and not taken_back:
                self.add(Allocation, payment_id=number, invoice_id=bill["id"], amount_minor=part,
                         made_at=at)  # fmt: skip
                left, bill["left"], bill["paid"] = left - part, bill["left"] - part, 1
        if left and not taken_back and self.dice.random() < 0.3:
            self.add(Refund, payment_id=row["id"], amount_minor=self.dice.randrange(left) + 1,
                     method="cash", given_at=self.day(), made_at=at)  # fmt: skip

    def end(self, bill: dict[str, Any]) -> None:
        """Credited, written off or made void, or none of it."""
        fate = self.dice.randrange(5)
        if fate in (0, 1) and bill["left"]:
            off = self.dice.randrange(bill["left"]) + 1
            self.add(Adjustment, invoice_id=bill["id"], kind=("credit", "write_off")[fate],
                     amount_minor=off, made_at=self.day())  # fmt: skip
            bill["left"] -= off
        elif fate == 2 and not bill["paid"]:
            bill["row"] |= {"status": "void", "voided_at": self.day()}
        if not bill["left"]:
            bill["row"]["settled_at"] = self.day()

    def add(self, table: type, /, **values: Any) -> dict[str, Any]:
        """One row more."""
        self.rows[table].append({"merchant_id": self.merchant_id, **values})
        return self.rows[table][-1]


def test_the_last_balance_is_what_is_owed_less_credit(session: Session) -> None:
    """In Many random ledgers, some of them merged from two, by currency (F-13, A-35)."""
    dice = random.Random(20_261_120)
    merchant_id = make.merchant(session).id
    ids = [make.client(session).id for _n in range(LEDGERS)]
    books = Books(dice, merchant_id, iter(range(10**9, 2 * 10**9)))
    for client_id in ids:
        books.live(client_id)
    for kind, rows in books.rows.items():
        session.execute(sa.insert(kind), rows)
    twins = ids[::3]
    for twin, into in zip(twins[::2], twins[1::2], strict=False):
        both = (
            session.get_one(Client, (merchant_id, twin)),
            session.get_one(Client, (merchant_id, into)),
        )
        client_merging.merge(session, *both, by=None)
    session.expire_all()

    kinds: Counter[str] = Counter()
    for client_id in session.scalars(sa.select(Client.id).where(Client.merged_into_id.is_(None))):
        said = statements.of(session, client_id, None, TODAY)
        sums = client_sums.of(session, client_id)
        due: Counter[str] = Counter({owed.currency: owed.amount_minor for owed in sums.owed})
        due.subtract({credit.currency: credit.amount_minor for credit in sums.credit})
        closing = {one.closing.currency: one.closing.amount_minor for one in said.accounts}
        assert {code: minor for code, minor in closing.items() if minor} == {
            code: minor for code, minor in due.items() if minor
        }
        for account in said.accounts:
            balance = account.opening
            for entry in account.entries:
                balance += entry.amount
                assert entry.balance == balance
                kinds[entry.kind] += 1
            assert balance == account.closing
    assert set(kinds) == set(statements.EntryKind) - {"rounding"}
    assert db.merchant_id(session) == merchant_id
