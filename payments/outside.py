"""The guard of I-16: nobody outside is ever called while a database transaction is open here.

A slow provider under a row lock stops the whole house, and an answer that a rollback forgets is
money lost. Sessions of this thread are noted as they begin; the client asks before it sends.
"""

import threading
import weakref
from typing import Any

import httpx
from sqlalchemy import Connection, event
from sqlalchemy.orm import Session


class InsideTransactionError(RuntimeError):
    """A call to the outside was about to be made inside a database transaction: our bug."""


class _Begun(threading.local):
    def __init__(self) -> None:
        self.sessions: weakref.WeakSet[Session] = weakref.WeakSet()


_begun = _Begun()


@event.listens_for(Session, "after_begin")
def _note(session: Session, _transaction: Any, _connection: Connection) -> None:
    _begun.sessions.add(session)


def check() -> None:
    """Raises InsideTransactionError while a session of this thread is in a transaction."""
    if any(session.in_transaction() for session in tuple(_begun.sessions)):
        raise InsideTransactionError("a provider was called inside a database transaction")


class Client(httpx.Client):
    """An HTTP client that refuses to work inside a database transaction."""

    def send(self, request: httpx.Request, **more: Any) -> httpx.Response:
        """As httpx does it. Raises InsideTransactionError first."""
        check()
        return super().send(request, **more)
