"""WhatsApp messages whose webhook never came: the worker asks Twilio for the last hours'."""

from models import jobs
from models.db import Database


def ask(database: Database) -> None:
    """Defer the question; where WhatsApp is off it asks nothing."""
    with database.transaction() as session:
        jobs.defer(session, "bot.catch_up")
