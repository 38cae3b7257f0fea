"""A credit note against money that lands in the same moment: nothing below zero, nothing lost."""

import random
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from invoicing import allocation, corrections, credit_notes
from invoicing.commands import CreditInvoice, WriteOff
from models.credit_notes import CreditNote
from models.db import Database
from models.errors import Refusal
from models.invoices import Invoice
from models.money import Money
from models.payments import Adjustment, Payment
from tests.payments import bed
from tests.races.test_settle import at_once, prompted, settler


def trying(database: Database, merchant_id: int, act: Callable[..., object]) -> Callable[[], str]:
    """One correction in a transaction of its own; what is refused is refused."""

    def work() -> str:
        try:
            with database.transaction(merchant_id) as session:
                act(session)
        except Refusal as no:
            return no.code
        return "done"

    return work


@pytest.mark.parametrize("seed", range(3))
def test_notes_write_offs_and_money_at_once(database: Database, seed: int) -> None:
    """Payments, their reversal of places, notes of parts and a write-off on one invoice (I-1 … I-3)."""
    attempt, code = prompted(database)
    merchant_id, invoice_id = attempt.merchant_id, attempt.invoice_id
    part = CreditInvoice(invoice_id, None, Money.of(400, "KES"))
    given_up = WriteOff(invoice_id)
    work: list[Callable[[], object]] = [
        settler(database, merchant_id, bed.callback(attempt)),
        *(
            settler(database, merchant_id, bed.confirmation(
                attempt, code, receipt=f"UKK8{n:06}", payer_phone="2541 ***** 111"))
            for n in range(4)
        ),
        *[trying(database, merchant_id, lambda s: credit_notes.issue(s, part, None))] * 8,
        trying(database, merchant_id, lambda s: corrections.write_off(s, given_up, None)),
        trying(database, merchant_id, lambda s: credit_notes.issue(s, CreditInvoice(invoice_id), None)),
    ]  # fmt: skip
    random.Random(seed).shuffle(work)
    at_once(work)

    with database.transaction(merchant_id) as session:
        invoice = session.scalars(sa.select(Invoice)).one()
        notes = session.scalars(sa.select(CreditNote).order_by(CreditNote.number)).all()
        arrived = session.scalar(sa.select(sa.func.sum(Payment.amount_minor)))
        kept = allocation.credit(session, invoice.client_id).get("KES", 0)
        assert invoice.balance.amount_minor == 0
        assert invoice.paid_minor >= 0
        assert arrived == 5 * 255_000 == invoice.paid_minor + kept
        assert sum(one.total_minor for one in notes) <= invoice.total_minor
        assert [one.number for one in notes] == list(range(1, len(notes) + 1))
        credited = sa.select(sa.func.sum(Adjustment.amount_minor)).where(
            Adjustment.kind == "credit"
        )
        assert (session.scalar(credited) or 0) == sum(one.total_minor for one in notes)


def test_sixteen_notes_for_all_of_it(database: Database) -> None:
    """One is issued, fifteen are told that nothing is left; one number is used (I-11)."""
    attempt, _code = prompted(database)
    answers: list[str] = []
    one = trying(
        database,
        attempt.merchant_id,
        lambda s: credit_notes.issue(s, CreditInvoice(attempt.invoice_id), None),
    )
    at_once([lambda: answers.append(one())] * 16)
    assert sorted(answers) == ["done"] + ["nothing_left"] * 15
    with database.transaction(attempt.merchant_id) as session:
        assert session.scalars(sa.select(CreditNote.number)).all() == [1]
