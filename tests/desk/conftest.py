"""Fixtures of these tests."""

import pytest

from tests.payments.joined import joined

__all__ = ["joined", "said"]


@pytest.fixture
def said() -> list[str]:
    """What the operator reads; a command is given its `append`."""
    return []
