"""Deferred work: jobs of the queue's library written in the caller's own transaction, by name.

The web process writes jobs and never reads them, so the library itself is not loaded here, only its
function in the database is called; `models.job_queue` is the reader's side. A job is visible exactly
when the fact that caused it is. No queueing locks and no scheduled jobs here: the first aborts the
transaction, the second would block every later job under its lock.
"""

import json
from typing import Any

from sqlalchemy.orm import Session

from models import db

MONEY = "money"  # its own queue, so that reports cannot delay a prompt
TALK = "talk"
SLOW = "slow"
QUEUES = (MONEY, TALK, SLOW)
QUEUE_OF = {"payments": MONEY, "bot": TALK}

# What procrastinate's own `defer` calls; an expression, for use inside a statement that knows more.
# The names in it are versioned by the library: a job of an old release is read by a new one.
DEFERRED = (
    "procrastinate_defer_jobs_v1(ARRAY[ROW(%(queue)s, %(task)s, 0, NULL, NULL, {}, NULL)"
    "::procrastinate_job_to_defer_v1])"
)
DEFER = f"SELECT {DEFERRED.format('CAST(%(args)s AS jsonb)')}"


def defer(session: Session, task: str, **arguments: Any) -> None:
    """Write a job into the session's transaction; `task` is `<room>.<verb>`, found by name.

    Raises the driver's own error.
    """
    db.hot(session, DEFER, {**placed(task), "args": json.dumps(arguments)})


def placed(task: str) -> dict[str, str]:
    """What `DEFERRED` asks for besides the arguments."""
    return {"queue": QUEUE_OF.get(task.split(".", 1)[0], SLOW), "task": task}
