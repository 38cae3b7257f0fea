"""How goods are told apart, and what may be said of them."""

import pytest
from sqlalchemy.orm import Session

from invoicing import catalogue
from invoicing.commands import KeepItem
from models.errors import Refusal
from models.money import Money
from tests import make


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Bags of cement", "bags cement", True),
        ("mifuko ya saruji", "Mifuko saruji!", True),
        ("cement 50kg", "Cement 50 KG", True),
        ("cement bags", "bags cement", False),
        ("cement 50kg", "cement 25kg", False),
        ("of", "the", False),
    ],
)
def test_what_is_the_same(one: str, other: str, same: bool) -> None:
    """Case, stops and the words between do not count; everything else does."""
    assert (catalogue.key_of(one) == catalogue.key_of(other)) is same


@pytest.mark.parametrize(
    ("name", "price", "code"),
    [
        ("cement", Money(0, "KES"), "price"),
        ("cement", Money(100, "USD"), "currency"),
        ("…", Money(100, "KES"), "name"),
        ("x" * 201, Money(100, "KES"), "name"),
    ],
)
def test_what_cannot_be_kept(session: Session, name: str, price: Money, code: str) -> None:
    """Refused with the reason."""
    make.merchant(session)
    with pytest.raises(Refusal) as refused:
        catalogue.keep(session, KeepItem(name, price), by=None)
    assert refused.value.code == code


def test_another_currency_is_not_offered(session: Session) -> None:
    """A last price counts in the money it was asked in."""
    make.merchant(session)
    catalogue.keep(session, KeepItem("cement", Money(85_000, "KES")), by=None)
    assert catalogue.find(session, "Cement", "KES") is not None
    assert catalogue.find(session, "Cement", "USD") is None
