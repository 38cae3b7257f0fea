"""Fixtures of these tests."""

import pytest
from sqlalchemy.orm import Session

from models.invoices import Invoice
from models.payments import Attempt
from tests import make
from tests.payments import bed
from tests.payments.joined import joined

__all__ = ["joined"]


@pytest.fixture
def bill(session: Session) -> Invoice:
    """An invoice over KSh 2,550 of a merchant of its own."""
    make.merchant(session)
    return make.invoice(session)


@pytest.fixture
def attempt(session: Session, bill: Invoice) -> Attempt:
    """Its prompt, on the payer's phone."""
    return bed.pending(session, bill)
