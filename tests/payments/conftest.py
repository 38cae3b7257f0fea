"""Fixtures of these tests."""

from tests.payments.joined import joined

__all__ = ["joined"]
