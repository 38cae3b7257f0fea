"""Brings the database to the newest schema."""

from pathlib import Path

import psycopg
from alembic import command
from alembic.config import Config

from models import revisions

ROOT = Path(__file__).resolve().parent.parent


def migrate(url: str) -> None:
    """Run every migration that is missing, as the owner."""
    config = Config(ROOT / "alembic.ini")
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    command.upgrade(config, "head")


def catch_up(url: str) -> None:
    """Migrate where the database has another schema than this program was written for."""
    with psycopg.connect(url.replace("postgres://", "postgresql://", 1)) as connection:
        row = connection.execute("SELECT to_regclass('public.alembic_version')").fetchone()
        if row and row[0] is not None:
            row = connection.execute("SELECT version_num FROM public.alembic_version").fetchone()
    if not row or row[0] != revisions.newest():
        migrate(url)
