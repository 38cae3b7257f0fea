"""Tells a merchant that her customer could not be reached, with the message ready to pass on."""

from sqlalchemy.orm import Session

from models import jobs

STATUSES = ("held", "failed", "dropped")  # of a row that will not be said, at least not now


def note(session: Session, merchant_id: int | None, outbound_id: int) -> None:
    """Have the merchant told about a message of hers that did not arrive."""
    if merchant_id is not None:
        jobs.defer(session, "bot.unreached", merchant_id=merchant_id, outbound_id=outbound_id)
