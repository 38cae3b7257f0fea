"""What the operator decides about a merchant, by hand."""

import pytest

from desk import lists, trust
from models.db import Database
from models.merchants import Merchant
from tests import make


@pytest.mark.parametrize(
    ("act", "standing"), [("trust", "trusted"), ("pause", "paused"), ("release", "new")]
)
def test_what_the_operator_decides_stands(
    joined: Database, said: list[str], act: str, standing: str
) -> None:
    """It is done, said and shown in the list."""
    with joined.transaction() as session:
        merchant_id = make.merchant(session).id
    assert trust.ACTS[act](joined, merchant_id, said.append)
    lists.list_merchants(joined, said.append, show=False)
    assert standing in said[-1]
    with joined.transaction(merchant_id) as session:
        merchant = session.get_one(Merchant, merchant_id)
        assert (merchant.paused_at is not None) == (act == "pause")


def test_nobody_by_that_id(joined: Database, said: list[str]) -> None:
    """It is said, and nothing is done."""
    assert not trust.pause(joined, 999_999, said.append)
    assert said == ["Merchant 999999: there is none"]
