"""Brings the database to the newest schema."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

ROOT = Path(__file__).resolve().parent.parent


def migrate(url: str) -> None:
    """Run every migration that is missing, as the owner."""
    config = Config(ROOT / "alembic.ini")
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    command.upgrade(config, "head")


def newest() -> str | None:
    """The revision this program was written for."""
    return ScriptDirectory.from_config(Config(ROOT / "alembic.ini")).get_current_head()
