"""A small application that works inside the test's own rolled-back transaction."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from models import db
from models.db import Database
from models.merchants import Merchant
from pages import front
from pages.options import Options
from tests import make
from tests.world import house

APP_URL = "https://bili.test"
BROWSER = {"User-Agent": "Mozilla/5.0 (Linux; Android 10) Chrome/120 Mobile"}
OPTIONS = Options(app_url=APP_URL, production=False, metrics_token="", bot_username="bili_test_bot")


class Lent(Database):
    """Lends the test's session to each request: committed or rolled back, it ends with the test."""

    def __init__(self, real: Database, session: Session) -> None:
        self.real = real
        self.session = session
        self.options = real.options

    @contextmanager
    def transaction(self, merchant_id: int | None = None) -> Iterator[Session]:
        """A savepoint that begins as no merchant, as a fresh transaction would."""
        before = self.session.info.get("merchant_id")
        db.enter(self.session, merchant_id)
        self.session.expire_all()
        try:
            with self.session.begin_nested():
                yield self.session
                self.session.flush()
        finally:
            db.enter(self.session, before)

    @contextmanager
    def as_owner(self) -> Iterator[Session]:
        """The same session; a test that needs the owner's eyes commits to a database of its own."""
        yield self.session


@pytest.fixture
def merchant(session: Session) -> Merchant:
    """A business with a till and a paybill."""
    return make.merchant(session)


@pytest.fixture
def browser(worker_database: Database, session: Session) -> FlaskClient:
    """Someone's phone: asks the application for pages."""
    app = Flask("bili-test", static_folder=None)
    app.testing = True
    front.register(app, Lent(worker_database, session), OPTIONS, house().payments)
    found = app.test_client()
    found.environ_base["HTTP_USER_AGENT"] = BROWSER["User-Agent"]
    return found
