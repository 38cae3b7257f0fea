"""Draft, issue, void: what an invoice holds, what it costs, what is refused."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from invoicing import clients, issuing, lifecycle, links
from invoicing.commands import AddClient, BilledTo, Discount, InvoiceLine, IssueInvoice, Tax
from models import clock, db
from models.errors import Refusal
from models.invoices import Invoice, Shown
from models.merchants import Client, Merchant
from models.money import Money
from models.payments import Allocation, Payment
from models.platform import Route
from models.secrets import key_hash
from models.told import Audit
from tests import make
from tests.conftest import Counter

FRIDAY = date(2026, 11, 20)
DUE = date(2026, 11, 27)
JANE = BilledTo("Jane Mwangi", "+254712345678")


def line(price: str = "850", quantity: str = "3", words: str = "bags cement") -> InvoiceLine:
    return InvoiceLine(words, Decimal(quantity), Money.of(price, "KES"))


def order(client: BilledTo = JANE, lines: tuple[InvoiceLine, ...] = (line(),)) -> IssueInvoice:
    return IssueInvoice(client=client, lines=lines, due_on=DUE)


@pytest.fixture
def merchant(session: Session) -> Merchant:
    return make.merchant(
        session,
        address="Moi Avenue, Nairobi",
        tax_number="P051234567A",
        ways_to_pay=[{"way": "till", "number": "5300001", "account": None}],
    )


def paid(session: Session, invoice: Invoice, amount_minor: int) -> Payment:
    payment = Payment(
        merchant_id=invoice.merchant_id,
        provider="manual",
        source="manual",
        method="cash",
        amount_minor=amount_minor,
        currency=invoice.currency,
        paid_at=db.now(session),
        made_at=db.now(session),
    )
    session.add(payment)
    session.flush()
    session.add(
        Allocation(
            merchant_id=invoice.merchant_id,
            payment_id=payment.id,
            invoice_id=invoice.id,
            amount_minor=amount_minor,
            made_at=db.now(session),
        )
    )
    session.flush()
    return payment


def test_one_call_bills_a_new_client(session: Session, merchant: Merchant) -> None:
    """A name, a phone and a line become a client and an issued invoice with number and link."""
    invoice = lifecycle.bill(session, order(), by=None)

    session.expire_all()
    assert (invoice.number, invoice.number_text, invoice.status) == (1, "INV-0001", "issued")
    assert (invoice.issued_on, invoice.due_on) == (FRIDAY, DUE)
    assert invoice.balance == invoice.total == Money.of(2550, "KES")
    assert [(one.description, one.amount_minor) for one in invoice.lines] == [
        ("bags cement", 255_000)
    ]
    assert invoice.shown(FRIDAY) is Shown.SENT
    client = session.get_one(Client, (merchant.id, invoice.client_id))
    assert (client.name, client.phone) == ("Jane Mwangi", "+254712345678")
    assert client.billed_at == db.now(session)


def test_billing_costs_eight_statements_however_many_lines(
    session: Session, merchant: Merchant, statements: Counter
) -> None:
    """A hundred lines cost what one does: the whole chat turn has 24 statements to spend."""
    session.expunge_all()
    before = len(statements)
    invoice = lifecycle.bill(session, order(lines=(line(),) * 100), by=None)
    assert invoice.balance

    assert len(statements) - before == 8, statements.statements[before:]


def test_the_parties_are_printed_as_they_were(session: Session, merchant: Merchant) -> None:
    """A client renamed and a business moved leave an issued invoice as it was (A-32)."""
    invoice = lifecycle.bill(session, order(), by=None)
    merchant.name, merchant.address = "Another Name", "Elsewhere"
    session.get_one(Client, (merchant.id, invoice.client_id)).name = "J. Mwangi-Otieno"
    session.flush()
    session.expire_all()

    assert invoice.parties == {
        "business": {
            "name": "Wanjiru Hardware",
            "phone": None,
            "address": "Moi Avenue, Nairobi",
            "tax_number": "P051234567A",
            "country": "KE",
            "ways_to_pay": [{"way": "till", "number": "5300001", "account": None}],
            "footer": None,
            "city": None,
            "email": None,
            "contact": None,
            "pay_note": None,
            "logo": None,
            "design": "classic",
        },
        "reminder_days": None,
        "client": {
            "name": "Jane Mwangi",
            "phone": "+254712345678",
            "email": None,
            "language": None,
        },
    }


def test_a_known_phone_finds_its_client(session: Session, merchant: Merchant) -> None:
    """A second invoice to the same phone is for the same client, whatever name was typed."""
    first = lifecycle.bill(session, order(), by=None)
    second = lifecycle.bill(session, order(BilledTo("Mama Jane", "+254712345678")), by=None)

    assert second.client_id == first.client_id
    assert second.parties is not None
    assert second.parties["client"]["name"] == "Jane Mwangi"
    assert second.number == 2


def test_a_name_without_phone_finds_its_client_too(session: Session, merchant: Merchant) -> None:
    """Billing “otieno” twice makes one client; an Otieno with a phone is someone else."""
    with_phone = lifecycle.bill(session, order(BilledTo("Otieno", "+254722000111")), by=None)
    first = lifecycle.bill(session, order(BilledTo("Otieno", None)), by=None)
    second = lifecycle.bill(session, order(BilledTo(" otieno ", None)), by=None)

    assert first.client_id == second.client_id != with_phone.client_id


def test_a_client_who_is_gone_cannot_be_billed(session: Session, merchant: Merchant) -> None:
    """An archived client, and one of nobody, are refused in words."""
    archived = make.client(session, status="archived")
    for client_id in (archived.id, 10**9):
        with pytest.raises(Refusal) as refused:
            lifecycle.bill(session, order(BilledTo("x", None, client_id)), by=None)
        assert refused.value.code == "client"


def test_another_merchants_client_cannot_be_billed(session: Session, merchant: Merchant) -> None:
    """An id of another tenant's client is as good as none (DF-19)."""
    hers = make.client(session)
    make.merchant(session, name="Other")

    with pytest.raises(Refusal):
        lifecycle.bill(session, order(BilledTo("x", None, hers.id)), by=None)


def test_discount_and_tax_are_stored_with_their_rule(session: Session, merchant: Merchant) -> None:
    """The stored rule of rounding reproduces the stored sums."""
    merchant.settings = {"tax_rounding": "line"}
    tax = Tax(Decimal(16), inclusive=False)
    command = IssueInvoice(JANE, (line("10.03", "1"),) * 3, DUE, tax=tax)
    invoice = lifecycle.bill(session, command, by=None)
    half = IssueInvoice(
        JANE, (line("1000", "1"),), DUE, discount=Discount(percent=Decimal(50)), tax=tax
    )
    other = lifecycle.bill(session, half, by=None)

    assert (invoice.tax_rounding, invoice.tax_minor, invoice.tax_label) == ("line", 480, "VAT")
    assert (other.discount_minor, other.discount_percent) == (50_000, Decimal(50))
    assert (other.tax_minor, other.total_minor) == (8_000, 58_000)


def test_the_link_and_the_account_lead_to_the_invoice(session: Session, merchant: Merchant) -> None:
    """The token opens it, the account code finds it, and the token is not stored in the clear."""
    invoice = lifecycle.bill(session, order(), by=None)

    token = links.token_of(session, invoice)
    assert token is not None
    assert invoice.token is not None
    assert token.encode() not in invoice.token
    assert links.by_token(session, token) == links.InvoiceRef(merchant.id, invoice.id)
    assert invoice.account_code is not None
    assert len(invoice.account_code) <= 12
    found = session.scalars(
        sa.select(Route.target_id).where(
            Route.kind == "account", Route.key_hash == key_hash(invoice.account_code)
        )
    ).one()
    assert found == invoice.id


def test_a_taken_account_code_is_drawn_again(
    session: Session, merchant: Merchant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Should chance give out someone's account code, the invoice gets the next one."""
    codes = iter(["AAAAAAA", "AAAAAAA", "CCCCCCC"])
    monkeypatch.setattr(issuing, "new_account_code", lambda: next(codes))

    first = lifecycle.bill(session, order(), by=None)
    second = lifecycle.bill(session, order(), by=None)

    assert (first.account_code, second.account_code) == ("AAAAAAA", "CCCCCCC")
    routes = sa.select(sa.func.count()).where(Route.target_id == second.id)
    assert session.scalar(routes.where(Route.kind.in_(["invoice", "account"]))) == 2


def test_a_draft_has_no_number_until_it_is_sent(session: Session, merchant: Merchant) -> None:
    """Drafts thrown away leave no hole, and a draft sent late keeps its days to pay (A-26)."""
    kept = IssueInvoice(JANE, (line(),), DUE, draft=True)
    thrown = lifecycle.bill(session, kept, by=None)
    draft = lifecycle.bill(session, kept, by=None)
    assert (draft.status, draft.number, draft.account_code) == ("draft", None, None)

    lifecycle.delete_draft(session, thrown, by=None)
    issued = lifecycle.issue(session, lifecycle.get(session, draft.id), by=None)

    assert (issued.number_text, issued.due_on) == ("INV-0001", DUE)
    with pytest.raises(Refusal) as refused:
        lifecycle.issue(session, issued, by=None)
    assert refused.value.code == "not_a_draft"
    with pytest.raises(Refusal):
        lifecycle.delete_draft(session, issued, by=None)


def test_a_draft_sent_after_its_due_day_keeps_its_days_to_pay(
    session: Session, merchant: Merchant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Drafted on the 20th with seven days, sent on the 1st: due on the 8th."""
    draft = lifecycle.bill(session, IssueInvoice(JANE, (line(),), DUE, draft=True), by=None)
    later = datetime(2026, 12, 1, 9, tzinfo=UTC)
    monkeypatch.setattr(clock, "real_now", lambda: later)

    assert lifecycle.issue(session, draft, by=None).due_on == date(2026, 12, 8)


def test_nothing_to_pay_is_no_invoice(session: Session, merchant: Merchant) -> None:
    """A total of 0 and a foreign currency are refused."""
    free = IssueInvoice(JANE, (line(),), DUE, discount=Discount(percent=Decimal(100)))
    dollars = InvoiceLine("x", Decimal(1), Money.of(5, "USD"))
    for command, code in ((free, "nothing_to_pay"), (order(lines=(dollars,)), "currency")):
        with pytest.raises(Refusal) as refused:
            lifecycle.bill(session, command, by=None)
        assert refused.value.code == code


def test_void_keeps_number_and_link(session: Session, merchant: Merchant) -> None:
    """A void invoice keeps its number, its page still opens, and voiding again changes nothing."""
    invoice = lifecycle.bill(session, order(), by=None)
    token = links.token_of(session, invoice)
    assert token is not None

    lifecycle.void(session, invoice, "wrong   price", by=None)
    lifecycle.void(session, invoice, "again", by=None)

    assert (invoice.status, invoice.void_reason) == ("void", "wrong price")
    assert invoice.shown(FRIDAY) is Shown.VOID
    assert links.by_token(session, token) is not None
    assert lifecycle.bill(session, order(), by=None).number == 2


@pytest.mark.parametrize("amount_minor", [100, 255_000])
def test_a_paid_invoice_is_never_voided(
    session: Session, merchant: Merchant, amount_minor: int
) -> None:
    """Whether paid or partly paid: the person is told to reverse or credit instead."""
    invoice = lifecycle.bill(session, order(), by=None)
    paid(session, invoice, amount_minor)

    with pytest.raises(Refusal) as refused:
        lifecycle.void(session, invoice, "x", by=None)
    assert refused.value.code == "paid"


def test_a_revoked_link_opens_nothing_and_a_new_one_does(
    session: Session, merchant: Merchant
) -> None:
    """Revoking deletes both the hash and the token; renewing gives another one (A-37)."""
    invoice = lifecycle.bill(session, order(), by=None)
    old = links.token_of(session, invoice)
    assert old is not None

    lifecycle.revoke_link(session, invoice, by=None)
    assert links.by_token(session, old) is None
    assert links.token_of(session, invoice) is None

    new = lifecycle.new_link(session, invoice, by=None)
    assert new != old
    assert links.by_token(session, new) == links.InvoiceRef(merchant.id, invoice.id)
    assert links.token_of(session, invoice) == new


def test_every_change_is_written_down(
    session: Session, merchant: Merchant, as_merchant: Callable[[int], None]
) -> None:
    """Who did what to which invoice stands in the audit, without names."""
    person = make.person(session)
    invoice = lifecycle.bill(session, order(), by=person.id)
    lifecycle.new_link(session, invoice, by=person.id)
    lifecycle.void(session, invoice, "x", by=person.id)

    rows = session.scalars(sa.select(Audit).order_by(Audit.id)).all()
    assert [(row.action, row.person_id, row.invoice_id) for row in rows] == [
        ("invoice.issued", person.id, invoice.id),
        ("link.renewed", person.id, invoice.id),
        ("invoice.voided", person.id, invoice.id),
    ]
    assert rows[0].facts == {"total_minor": 255_000, "currency": "KES"}


def test_remembering_a_client_twice_makes_one(session: Session, merchant: Merchant) -> None:
    """Adding a phone that is known gives its client back; billing marks her as billed."""
    first = clients.add(session, AddClient("Jane", "+254712345678"))
    again = clients.add(session, AddClient("Jane M", "+254712345678"))

    assert first.id == again.id
    assert again.billed_at is None
    lifecycle.bill(session, order(), by=None)
    assert clients.find_recent(session)[0].billed_at == db.now(session)
