"""Signing up, and whom a person may act for."""

from dataclasses import replace
from decimal import Decimal

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from invoicing import lifecycle, merchants
from invoicing.commands import BilledTo, InvoiceLine, IssueInvoice, PayWay, SignUp
from models import db
from models.countries import COUNTRIES
from models.errors import Refusal
from models.merchants import NumberSeries, Role
from models.money import Money
from tests import make
from tests.conftest import Counter

COMMAND = SignUp(
    language="sw",
    business="  Duka la   Wanjiru ",
    country="KE",
    currency="KES",
    zone="Africa/Nairobi",
    pay_way=PayWay.PAYBILL,
    pay_number="522533",
    pay_account="WANJIRU",
    tax_rate=Decimal(16),
    tax_inclusive=True,
)


def test_signing_up_makes_everything_billing_needs(session: Session) -> None:
    """After one command the first invoice can be sent: member, series, route, settings (DF-26)."""
    owner = make.person(session)

    merchant = merchants.sign_up(session, COMMAND, owner.id)

    assert db.merchant_id(session) == merchant.id
    assert merchant.name == "Duka la Wanjiru"
    assert merchant.ways_to_pay == [{"way": "paybill", "number": "522533", "account": "WANJIRU"}]
    assert merchants.role_of(session, owner.id) is Role.OWNER
    assert merchants.merchants_of(session, owner.id) == [merchant.id]
    kinds = session.scalars(sa.select(NumberSeries.kind).order_by(NumberSeries.kind)).all()
    assert kinds == ["credit_note", "invoice", "quote"]
    lines = (InvoiceLine("cement", Decimal(1), Money.of(850, "KES")),)
    invoice = lifecycle.bill(
        session, IssueInvoice(BilledTo("Jane", None), lines, db.today(session, merchant.zone)), None
    )
    assert (invoice.number_text, invoice.language) == ("INV-0001", "sw")


def test_signing_up_is_a_handful_of_statements(session: Session, statements: Counter) -> None:
    """It happens inside one chat turn as well."""
    owner = make.person(session)
    before = len(statements)
    merchants.sign_up(session, COMMAND, owner.id)

    assert len(statements) - before <= 8, statements.statements[before:]


def test_a_person_may_own_two_businesses_and_a_stranger_none(session: Session) -> None:
    """Routes lead from a person to all her merchants; roles stay inside each."""
    owner, stranger = make.person(session), make.person(session)
    first = merchants.sign_up(session, COMMAND, owner.id)
    second = merchants.sign_up(session, replace(COMMAND, business="Second"), owner.id)

    assert merchants.merchants_of(session, owner.id) == [first.id, second.id]
    assert merchants.merchants_of(session, stranger.id) == []
    assert merchants.role_of(session, stranger.id) is None


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"business": " "}, "name"),
        ({"business": "x" * 81}, "name"),
        ({"country": "FR"}, "country"),
        ({"language": "fr"}, "language"),
        ({"tax_rate": Decimal(100)}, "tax"),
    ],
)
def test_what_we_cannot_work_with_is_refused(
    session: Session, change: dict[str, object], code: str
) -> None:
    """A command is checked again in full, whatever the dialogue let through."""
    owner = make.person(session)
    with pytest.raises(Refusal) as refused:
        merchants.sign_up(session, replace(COMMAND, **change), owner.id)  # type: ignore[arg-type]
    assert refused.value.code == code


def test_the_countries_have_their_money_and_tax() -> None:
    """Each country has its currency, zone and standard VAT."""
    assert {code: (one.currency, str(one.vat)) for code, one in COUNTRIES.items()} == {
        "KE": ("KES", "16"),
        "TZ": ("TZS", "18"),
        "UG": ("UGX", "18"),
        "NG": ("NGN", "7.5"),
        "GH": ("GHS", "15"),
        "RW": ("RWF", "18"),
    }
