"""Two members on one invoice or quote in the same moment: one of them is told that it is done."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial

import sqlalchemy as sa
from sqlalchemy.orm import Session

from invoicing import allocation, corrections, credit_notes, lifecycle, quotes
from invoicing.commands import BilledTo, CreditInvoice, InvoiceLine, IssueInvoice, MakeQuote
from models.credit_notes import CreditNote
from models.db import Database
from models.invoices import Invoice, Status
from models.money import Money
from models.payments import Payment
from tests import make
from tests.payments import bed
from tests.races.test_credit import trying
from tests.races.test_settle import at_once, prompted, settler

LINES = (InvoiceLine("cement", Decimal(3), Money.of(800, "KES")),)
ORDER = IssueInvoice(BilledTo("Jane Mwangi", "+254712345678"), LINES, date(2026, 12, 4))


def answered(many: list[Callable[[], str]]) -> list[str]:
    """What each was told, sorted."""
    answers: list[str] = []

    def saying(one: Callable[[], str]) -> Callable[[], None]:
        return lambda: answers.append(one())

    at_once([saying(one) for one in many])
    return sorted(answers)


def test_eight_corrections_of_one_invoice_that_is_being_paid(database: Database) -> None:
    """One replaces it, seven are told; the money that lands meanwhile ends on one of the two."""
    attempt, _code = prompted(database)
    merchant_id, old_id = attempt.merchant_id, attempt.invoice_id
    order = replace(ORDER, revises=old_id)
    again = trying(database, merchant_id, lambda s: corrections.revise(s, order, by=None))
    pay = settler(database, merchant_id, bed.callback(attempt))

    def paid() -> str:
        pay()
        return "paid"

    assert answered([again] * 8 + [paid]) == ["done"] + ["nothing_left"] * 7 + ["paid"]
    with database.transaction(merchant_id) as session:
        old, new = session.scalars(sa.select(Invoice).order_by(Invoice.id)).all()
        assert (old.balance.amount_minor, old.paid_minor, new.revises_id) == (0, 0, old.id)
        arrived = session.scalar(sa.select(sa.func.sum(Payment.amount_minor)))
        kept = allocation.credit(session, old.client_id).get("KES", 0)
        assert arrived == 255_000 == new.paid_minor + kept
        assert session.scalars(sa.select(CreditNote.number)).all() == [1]


def test_void_against_credit(database: Database) -> None:
    """Either it is void and has no note, or it has a note and is not void."""
    attempt, _code = prompted(database)
    merchant_id, bill_id = attempt.merchant_id, attempt.invoice_id
    part = CreditInvoice(bill_id, None, Money.of(100, "KES"))

    def take_back(session: Session) -> None:
        lifecycle.void(session, lifecycle.get(session, bill_id), "wrong", by=None)

    void = trying(database, merchant_id, take_back)
    credit = trying(database, merchant_id, lambda s: credit_notes.issue(s, part, None))
    answers = answered([void, credit] * 6)
    with database.transaction(merchant_id) as session:
        bill = session.scalars(sa.select(Invoice)).one()
        notes = session.scalars(sa.select(CreditNote)).all()
        if bill.status == Status.VOID:
            assert not notes
            assert answers == ["done"] * 6 + ["void"] * 6
        else:
            assert len(notes) == 6
            assert answers == ["credited"] * 6 + ["done"] * 6


def test_a_quote_is_billed_once(database: Database) -> None:
    """Eight members bill one quote: one invoice."""
    with database.transaction() as session:
        merchant_id = make.merchant(session).id
        offer = MakeQuote(ORDER.client, LINES, date(2026, 12, 4))
        quote_id = quotes.make(session, offer, by=None).id

    def bill(session: Session) -> None:
        quotes.check_billable(session, quote_id)
        lifecycle.bill(session, replace(ORDER, quote_id=quote_id), by=None)

    answers = answered([trying(database, merchant_id, bill)] * 8)
    assert answers == ["billed"] * 7 + ["done"]
    with database.transaction(merchant_id) as session:
        assert len(session.scalars(sa.select(Invoice)).all()) == 1


def test_yes_and_no_and_taken_back_at_once(database: Database) -> None:
    """A quote ends in one of its states; what came later is refused, nothing breaks."""
    with database.transaction() as session:
        merchant_id = make.merchant(session).id
        offer = MakeQuote(ORDER.client, LINES, date(2026, 12, 4))
        quote_id = quotes.make(session, offer, by=None).id
    acts: list[Callable[..., object]] = [
        partial(quotes.answer, quote_id=quote_id, accepted=True, by=None),
        partial(quotes.answer, quote_id=quote_id, accepted=False, by=None),
        partial(quotes.withdraw, quote_id=quote_id, by=None),
    ] * 3
    told = answered([trying(database, merchant_id, act) for act in acts])
    assert set(told) <= {"done", "accepted", "withdrawn"}
    with database.transaction(merchant_id) as session:
        assert quotes.get(session, quote_id).status == "withdrawn"
