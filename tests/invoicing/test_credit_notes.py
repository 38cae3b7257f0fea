"""Credit notes: what they say, what they lower, what becomes of money that was paid already."""

from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from invoicing import allocation, credit_notes, lifecycle
from invoicing.commands import (
    BilledTo,
    CreditedLine,
    CreditInvoice,
    Discount,
    InvoiceLine,
    IssueInvoice,
    Tax,
)
from models.credit_notes import CreditNote
from models.errors import Refusal
from models.invoices import Invoice, Shown
from models.merchants import Merchant, NumberSeries
from models.money import Money
from models.payments import Adjustment
from models.told import Audit
from tests import make
from tests.pages.bed import pay

FRIDAY = date(2026, 11, 20)
JANE = BilledTo("Jane Mwangi", "+254712345678")


def line(price: str, quantity: str = "1", words: str = "cement") -> InvoiceLine:
    return InvoiceLine(words, Decimal(quantity), Money.of(price, "KES"))


@pytest.fixture
def merchant(session: Session) -> Merchant:
    return make.merchant(session)


def bill(
    session: Session,
    *lines: InvoiceLine,
    discount: Discount | None = None,
    tax: Tax | None = None,
) -> Invoice:
    order = IssueInvoice(JANE, lines or (line("850", "3"),), FRIDAY, discount, tax)
    return lifecycle.bill(session, order, by=None)


def credit(session: Session, invoice: Invoice, amount: str | None = None) -> CreditNote:
    money = Money.of(amount, invoice.currency) if amount else None
    return credit_notes.issue(session, CreditInvoice(invoice.id, "damaged", money), None).note


def refused(session: Session, command: CreditInvoice) -> str:
    with pytest.raises(Refusal) as no:
        credit_notes.issue(session, command, None)
    return no.value.code


def test_the_whole_invoice(session: Session, merchant: Merchant) -> None:
    """All of it is taken back with its own lines; nothing is owed, and the number is CN-0001."""
    invoice = bill(session)
    note = credit(session, invoice)

    assert (note.number_text, note.issued_on, note.total) == ("CN-0001", FRIDAY, invoice.total)
    assert [(one.description, one.quantity, one.invoice_position) for one in note.lines] == [
        ("cement", Decimal(3), 1)
    ]
    assert (invoice.balance.amount_minor, invoice.shown(FRIDAY)) == (0, Shown.PAID)
    assert invoice.settled_at is not None
    assert note.reason == "damaged"
    assert refused(session, CreditInvoice(invoice.id)) == "nothing_left"


def test_an_amount_lowers_the_balance(session: Session, merchant: Merchant) -> None:
    """KSh 550 of 2,550 are taken back: 2,000 are owed, and 2,000 can still be taken back."""
    invoice = bill(session)
    note = credit(session, invoice, "550")

    assert invoice.balance == Money.of(2000, "KES")
    assert invoice.settled_at is None
    assert [one.description for one in note.lines] == ["Credit on INV-0001"]
    assert (
        refused(session, CreditInvoice(invoice.id, None, Money.of("2000.01", "KES"))) == "too_much"
    )
    assert credit(session, invoice, "2000").number == 2
    assert not invoice.balance


def test_lines_and_how_many_of_them(session: Session, merchant: Merchant) -> None:
    """One bag of three comes back; then at most two more, and never a line that is not there."""
    invoice = bill(session, line("850", "3"), line("300", words="delivery"))
    one_bag = CreditInvoice(invoice.id, None, None, (CreditedLine(1, Decimal(1)),))
    assert credit_notes.issue(session, one_bag, None).note.total == Money.of(850, "KES")

    left = credit_notes.lines_left(session, invoice)
    assert [(one.line.position, one.quantity) for one in left] == [(1, Decimal(2)), (2, Decimal(1))]
    for lines in (
        (CreditedLine(1, Decimal(3)),),
        (CreditedLine(3, Decimal(1)),),
        (CreditedLine(1, Decimal(0)),),
        (CreditedLine(2, Decimal(1)), CreditedLine(2, Decimal(1))),
    ):
        assert refused(session, CreditInvoice(invoice.id, None, None, lines)) == "lines"
    rest = (CreditedLine(1, Decimal(2)), CreditedLine(2, Decimal(1)))
    note = credit_notes.issue(session, CreditInvoice(invoice.id, None, None, rest), None).note
    assert note.total == Money.of(2000, "KES")
    assert not invoice.balance


@pytest.mark.parametrize("inclusive", [True, False])
def test_discount_and_tax_go_along(
    session: Session, merchant: Merchant, *, inclusive: bool
) -> None:
    """A line comes back at what it was really sold for: less its discount, with its tax."""
    invoice = bill(
        session,
        line("1000"),
        line("500"),
        discount=Discount(percent=Decimal(10)),
        tax=Tax(Decimal(16), inclusive=inclusive),
    )
    lines = (CreditedLine(2, Decimal(1)),)
    note = credit_notes.issue(session, CreditInvoice(invoice.id, None, None, lines), None).note

    assert (note.subtotal_minor, note.discount_minor) == (50_000, 5_000)
    assert (note.tax_minor, note.total_minor) == ((6_207, 45_000) if inclusive else (7_200, 52_200))
    rest = credit(session, invoice)
    assert note.total + rest.total == invoice.total
    assert note.tax_minor + rest.tax_minor == invoice.tax_minor


def test_lines_one_by_one_never_come_to_more_than_was_billed(
    session: Session, merchant: Merchant
) -> None:
    """Three lines whose tax is rounded up each: the last note gives the cent back."""
    invoice = bill(
        session, line("0.33"), line("0.33"), line("0.33"), tax=Tax(Decimal("7.5"), inclusive=False)
    )
    for position in (1, 2, 3):
        lines = (CreditedLine(position, Decimal(1)),)
        credit_notes.issue(session, CreditInvoice(invoice.id, None, None, lines), None)
    assert invoice.adjusted_minor <= invoice.total_minor


def test_what_was_paid_becomes_the_clients_credit(session: Session, merchant: Merchant) -> None:
    """Of 2,550, 2,000 were paid in two; taking 1,550 back frees 1,000, the newest money first."""
    invoice = bill(session)
    pay(session, invoice, 150_000, "SKL1")
    pay(session, invoice, 50_000, "SKL2")
    session.refresh(invoice)
    issued = credit_notes.issue(
        session, CreditInvoice(invoice.id, None, Money.of(1550, "KES")), None
    )

    assert issued.note.freed == Money.of(1000, "KES")
    assert [one.amount_minor for one in issued.freed] == [50_000, 50_000]
    assert (invoice.paid_minor, invoice.balance.amount_minor) == (100_000, 0)
    assert allocation.credit(session, invoice.client_id) == {"KES": 100_000}


def test_a_paid_invoice_comes_back_whole(session: Session, merchant: Merchant) -> None:
    """All that was paid is the client's to use again; the invoice stays settled."""
    invoice = bill(session)
    pay(session, invoice, 255_000, "SKL1")
    session.refresh(invoice)
    settled_at = invoice.settled_at
    credit(session, invoice)

    assert (invoice.paid_minor, invoice.balance.amount_minor) == (0, 0)
    assert invoice.settled_at == settled_at or settled_at is None
    assert allocation.credit(session, invoice.client_id) == {"KES": 255_000}


def test_what_cannot_be_credited(session: Session, merchant: Merchant) -> None:
    """Drafts, void invoices, other currencies, nothing at all, and another merchant's invoice."""
    draft = lifecycle.bill(session, IssueInvoice(JANE, (line("850"),), FRIDAY, draft=True), by=None)
    void = lifecycle.void(session, bill(session), "x", by=None)
    good = bill(session)

    assert refused(session, CreditInvoice(draft.id)) == "draft"
    assert refused(session, CreditInvoice(void.id)) == "void"
    assert refused(session, CreditInvoice(good.id, None, Money.of(1, "USD"))) == "currency"
    assert refused(session, CreditInvoice(good.id, None, Money.zero("KES"))) == "amount"
    make.merchant(session, name="Other")
    assert refused(session, CreditInvoice(good.id)) == "not_found"


def test_a_credited_invoice_is_not_voided(session: Session, merchant: Merchant) -> None:
    """What was taken back in part is taken back in full by another note, not made void."""
    invoice = bill(session)
    credit(session, invoice, "50")
    with pytest.raises(Refusal) as no:
        lifecycle.void(session, invoice, "x", by=None)
    assert no.value.code == "credited"


def test_a_refused_note_uses_no_number(session: Session, merchant: Merchant) -> None:
    """Numbers are given at issue only, by the merchant's own prefix."""
    invoice = bill(session)
    session.add(NumberSeries(merchant_id=merchant.id, kind="credit_note", prefix="KR/"))
    session.flush()
    refused(session, CreditInvoice(invoice.id, None, Money.of(9999, "KES")))

    assert credit(session, invoice).number_text == "KR/0001"


def test_it_is_written_down(session: Session, merchant: Merchant) -> None:
    """The audit names the note and its sums; the statement finds it by its day."""
    invoice = bill(session)
    note = credit(session, invoice, "50")

    row = session.scalars(sa.select(Audit).where(Audit.action == "invoice.credited")).one()
    assert row.facts == {"credit_note_id": note.id, "total_minor": 5000, "freed_minor": 0}
    assert credit_notes.of_client(session, invoice.client_id, FRIDAY, FRIDAY) == [note]
    assert credit_notes.of_client(session, invoice.client_id, date(2026, 11, 21), FRIDAY) == []
    assert credit_notes.of_invoice(session, invoice) == [note]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE credit_notes SET total_minor = 1",
        "DELETE FROM credit_notes",
        "DELETE FROM credit_note_lines",
        "UPDATE adjustments SET amount_minor = 1",
    ],
)
def test_nobody_changes_a_note(session: Session, merchant: Merchant, change: str) -> None:
    """The application has no right to (I-12)."""
    credit(session, bill(session))
    with pytest.raises(DBAPIError, match="permission denied"), session.begin_nested():
        session.execute(sa.text(change))


def test_a_note_lowers_its_own_invoice_by_its_own_total(
    session: Session, merchant: Merchant
) -> None:
    """Postgres itself refuses an adjustment that names another note, or another sum."""
    first, other = bill(session), bill(session)
    note = credit(session, first, "50")
    columns = CreditNote.__table__.c
    row = session.execute(sa.select(*columns)).mappings().one()
    values = {**row, "id": 9_000_000 + note.id, "number": 2, "number_text": "CN-0002"}
    session.execute(sa.insert(CreditNote).values(values))
    for invoice, amount, note_id in (
        (other, 5000, values["id"]),
        (first, 4999, values["id"]),
        (first, 5000, note.id),
    ):
        wrong = {
            "merchant_id": merchant.id,
            "invoice_id": invoice.id,
            "kind": "credit",
            "amount_minor": amount,
            "credit_note_id": note_id,
            "made_at": note.made_at,
        }
        why = "own total|uq_adjustments"
        with pytest.raises(DBAPIError, match=why), session.begin_nested():
            session.execute(sa.insert(Adjustment).values(wrong))


def test_a_finished_note_takes_no_more_lines(session: Session, merchant: Merchant) -> None:
    """What it says is complete from the start."""
    note = credit(session, bill(session))
    more = sa.text("INSERT INTO credit_note_lines VALUES (:merchant, :note, 9, NULL, 'x', 1, 1, 1)")
    with pytest.raises(DBAPIError, match="say more"), session.begin_nested():
        session.execute(more, {"merchant": merchant.id, "note": note.id})
