"""Fixtures of these tests."""

import pytest

from models.db import Database
from models.payments import Attempt
from tests.payments import bed
from tests.payments.joined import joined

__all__ = ["joined"]


@pytest.fixture
def prompt(joined: Database) -> Attempt:
    """A prompt on a phone."""
    return bed.prompted(joined)
