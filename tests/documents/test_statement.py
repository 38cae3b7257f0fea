"""A statement on paper says what came and went on an account, and what is owed at its end."""

from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import papers as drawer
from conversations.prompts import Attachment
from documents import from_invoice, statement
from documents.facts import ClientFacts, StatementFacts
from invoicing.statements import Account, Entry, EntryKind, Statement
from models import db
from models.errors import Refusal
from models.merchants import Client
from models.money import Money
from tests import make
from tests.documents import papers
from tests.documents.papers import kes

TODAY = date(2026, 11, 28)


def account(lines: int = 2, opening: int = 50_000) -> Account:
    """An invoice and a payment by turns, after something that was owed before."""
    balance, entries = kes(opening), []
    for n in range(lines):
        amount = kes(-200_000 if n % 2 else 255_000)
        balance += amount
        kind = EntryKind.PAYMENT if n % 2 else EntryKind.INVOICE
        ref = "SKL4XT8Z2Q" if n % 2 else f"INV-{n:04}"
        entries.append(Entry(date(2026, 11, 1 + n % 28), kind, ref, "mpesa", amount, balance))
    return Account(kes(opening), tuple(entries), balance)


def facts(*accounts: Account, until: date = TODAY) -> StatementFacts:
    """November, for Jane."""
    said = Statement(date(2026, 11, 1), until, accounts)
    jane = ClientFacts("Jane Mwangi", "+254 7•• ••• 678")
    return StatementFacts(papers.invoice().business, jane, said, TODAY, "Asante")


def words(found: StatementFacts, locale: str = "en") -> str:
    """What can be read back from the paper."""
    return papers.text(statement.pdf(found, locale))


def test_everything_on_the_statement_can_be_read_back() -> None:
    """Whose account, which days, what stood before, each line with its balance, what is owed."""
    found = words(facts(account()))
    for expected in (
        "Statement of account Sun 1 Nov 2026 to Sat 28 Nov 2026", "Account of Jane Mwangi",
        "Amount due KSh 1,050 As of Sat 28 Nov 2026", "Balance before KSh 500",
        "Sun 1 Nov 2026 Invoice INV-0000 KSh 2,550 KSh 3,050",
        "Mon 2 Nov 2026 Paid: M-Pesa SKL4XT8Z2Q -KSh 2,000 KSh 1,050", "Asante", "1/1",
    ):  # fmt: skip
        assert expected in found


def test_swahili_statement() -> None:
    """In Swahili every label is Swahili."""
    found = words(facts(account()), "sw")
    for expected in ("Taarifa ya akaunti", "Akaunti ya Jane", "Salio la awali", "Kiasi cha kulipa"):
        assert expected in found
    for english in ("Statement", "Balance", "Amount", "Invoice", "Paid", "Sent"):
        assert english not in found


@pytest.mark.parametrize(("opening", "said"), [(-355_000, "Credit KSh 3,000"),
                                               (-55_000, "Nothing is owed KSh 0")])  # fmt: skip
def test_the_end_is_named_for_what_it_is(opening: int, said: str) -> None:
    """Credit is no debt, and nothing is nothing."""
    found = words(facts(account(opening=opening)))
    assert said in found
    assert "Amount due" not in found


def test_a_past_month_does_not_say_what_is_due_now() -> None:
    """What was owed then may have been paid since."""
    found = words(facts(account(), until=date(2026, 10, 31)))
    assert "Owed then KSh 1,050" in found
    assert "Amount due" not in found


def test_each_currency_has_its_own_end() -> None:
    """No sum over shillings and dollars."""
    dollars = Money(5_000, "USD")
    entry = Entry(TODAY, EntryKind.INVOICE, "INV-9", None, dollars, dollars)
    found = words(facts(account(), Account(Money.zero("USD"), (entry,), dollars)))
    assert "Amount due KSh 1,050" in found
    assert "Amount due $50" in found


def test_a_quiet_month_says_so() -> None:
    """An empty paper is not mistaken for a broken one."""
    assert "Nothing came or went in this time." in words(facts())


def test_a_long_account_goes_on_over_pages_with_its_columns() -> None:
    """Every line is there; the picture shows the newest and counts the rest."""
    long = facts(account(70))
    pdf = statement.pdf(long, "en")
    assert len(papers.read(pdf).pages) == 3
    text = papers.text(pdf)
    assert text.count("Date What Amount Balance") == 3
    assert text.count("Invoice INV-") + text.count("Paid: M-Pesa") == 70
    assert statement.pdf(long, "en") == pdf
    width, height = papers.size_px(statement.png(long, "en"))
    assert width == 1080
    assert height < 4 * width


def test_the_paper_is_made_from_the_rows_as_its_name_says(session: Session) -> None:
    """The span is in the name; the phone is masked; another merchant's client is nobody."""
    shop = make.merchant(session)
    jane = make.client(session, phone="+254712345678")
    make.invoice(session, jane, issued_on=date(2026, 10, 5), number_text="INV-OCT")
    make.invoice(session, jane, issued_on=date(2026, 11, 5), number_text="INV-NOV")
    paper = Attachment("pdf", "statement.261101-261120", jane.id, shop.id)
    name, content = drawer.MAKERS["statement"](session, paper, "en", "https://bili.test")
    found = papers.text(content)
    assert name == "Statement-2026-11-20.pdf"
    assert "INV-NOV" in found
    assert "INV-OCT" not in found
    assert "345678" not in found.replace(" ", "")
    other = make.merchant(session)
    db.enter(session, other.id)
    with pytest.raises(sa.exc.NoResultFound):
        session.get_one(Client, (other.id, jane.id))
    with pytest.raises(Refusal):
        from_invoice.statement_facts(session, jane.id, None, TODAY)
    assert drawer.known("statement.all-261120")
    assert not drawer.known("settlement.all-261120")
