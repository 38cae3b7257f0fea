"""Cutting the line instead of answering: a reset connection, as the caller sees it."""

from flask import request

CUT = "sandbox.cut"


def cut() -> None:
    """Let the present request end in a reset; what it did stays done."""
    request.environ[CUT] = True
