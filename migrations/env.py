"""Runs migrations as the owner, with short locks, so that a release never stands in the way."""

import sqlalchemy as sa
from alembic import context

import models.attached
import models.catalogue
import models.invoices
import models.merchants
import models.payments
import models.people
import models.platform
import models.team
import models.told
import models.traffic  # noqa: F401 - each registers its tables
import settings
from models.base import Base
from models.db import driver_url

LOCK_TIMEOUT = "4s"
STATEMENT_TIMEOUT = "60s"


def run() -> None:
    """Migrate inside one transaction, one process at a time."""
    url = context.config.get_main_option("sqlalchemy.url") or settings.load().database_url
    engine = sa.create_engine(driver_url(url), poolclass=sa.NullPool)
    with engine.begin() as connection:
        connection.execute(sa.text(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'"))
        connection.execute(sa.text(f"SET LOCAL statement_timeout = '{STATEMENT_TIMEOUT}'"))
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(hashtext('bili migrate'))"))
        context.configure(
            connection=connection, target_metadata=Base.metadata, compare_server_default=False
        )
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


run()
