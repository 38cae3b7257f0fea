"""Weekly and monthly reports: each merchant whose time has come, in a transaction of its own."""

from datetime import UTC, datetime

import structlog
from sqlalchemy.orm import Session

from bot import news_words
from invoicing import digest, hearing, merchants
from invoicing.digest import Span
from invoicing.hearing import Topic
from models import db, due
from models.db import AWAY, Database
from models.due import Due

log = structlog.get_logger()

# A row of long past (of a merchant older than reports) only asks when the first one is due.
NEVER_YET = datetime(2000, 1, 1, tzinfo=UTC)


def tell(database: Database) -> int:
    """Write the reports whose time has come, each span once; how many.

    Any number of clocks may run it at once: rows are leased, and a report of the same days has
    the same key. One that slept for weeks tells the last span only.
    """
    count = 0
    for span in Span:
        for work in due.claimed(database, digest.KINDS[span]):
            try:
                with database.transaction(work.merchant_id) as session:
                    count += one(session, span, work)
            except AWAY:
                raise
            except Exception:
                log.exception("report failed", merchant_id=work.merchant_id, span=span)
    return count


def one(session: Session, span: Span, work: Due) -> bool:
    """Write one merchant's report if anybody wants it and there is anything to tell."""
    merchant = merchants.get(session)
    told = False
    if work.act_after > NEVER_YET and hearing.anybody(session, Topic(span.value)):
        days = digest.span_before(span, db.today(session, merchant.zone))
        found = digest.of(session, merchant, *days)
        if found is not None:
            key = f"report {span} {found.first.isoformat()}"
            told = news_words.note(session, span.value, key, facts=found.to_json())
    digest.schedule(session, merchant, span)
    return told
