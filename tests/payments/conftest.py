"""Fixtures of these tests."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from models import clock
from models.invoices import Invoice
from models.payments import Attempt
from tests import make
from tests.conftest import NOW
from tests.payments import bed
from tests.payments.bed import Move
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


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Move:
    """Put the clock to so many seconds after the attempt was opened."""

    def move(seconds: float) -> None:
        monkeypatch.setattr(clock, "real_now", lambda: NOW + timedelta(seconds=seconds))

    return move
