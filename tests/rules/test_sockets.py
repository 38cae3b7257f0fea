"""Tests reach nobody but this machine."""

import socket

import pytest
from pytest_socket import SocketConnectBlockedError


def test_the_world_is_out_of_reach() -> None:
    """A test that would call a provider breaks before a byte is sent."""
    refused = (SocketConnectBlockedError, UserWarning)  # it warns first, and warnings are errors
    with socket.socket() as found, pytest.raises(refused):
        found.connect(("192.0.2.1", 443))
