"""Attempts without a verdict: each whose time has come gets a job that asks the gateway."""

from models import due, jobs
from models.db import Database

KIND = "reconcile"


def look_again(database: Database) -> int:
    """Defer a question for every attempt that is due; how many."""
    count = 0
    for work in due.claimed(database, KIND):
        with database.transaction() as session:
            jobs.defer(
                session,
                "payments.query",
                merchant_id=work.merchant_id,
                attempt_id=work.subject_id,
            )
        count += 1
    return count
