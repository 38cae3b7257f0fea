"""Documents that go with a message: made from the rows, or known to the channel from before."""

import hashlib

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from bot.channel import File
from bot.house import House
from conversations.prompts import Attachment
from documents import from_rows
from models import db
from models.told import SentDocument


def fetch(session: Session, paper: Attachment, channel: str, language: str, house: House) -> File:
    """The document, with the channel's own id of it if the very same one was uploaded before."""
    db.enter(session, paper.merchant_id)
    made = from_rows.make(
        session, paper.document, paper.subject_id, paper.kind, language, house.app_url
    )
    digest = hashlib.sha256(made.content).hexdigest()[:32]
    known = session.scalar(
        sa.select(SentDocument.file_id).where(
            SentDocument.merchant_id == paper.merchant_id,
            SentDocument.channel == channel,
            SentDocument.document == f"{paper.document}.{paper.kind}",
            SentDocument.subject_id == paper.subject_id,
            SentDocument.digest == digest,
        )
    )
    db.enter(session, None)
    return File(name=made.name, content=made.content, kind=paper.kind, known_as=known)


def remember(session: Session, paper: Attachment, channel: str, file: File, file_id: str) -> None:
    """The channel has this document now: next time its own id is enough."""
    db.enter(session, paper.merchant_id)
    session.execute(
        insert(SentDocument)
        .values(
            merchant_id=paper.merchant_id,
            channel=channel,
            document=f"{paper.document}.{paper.kind}",
            subject_id=paper.subject_id,
            digest=hashlib.sha256(file.content).hexdigest()[:32],
            file_id=file_id,
            made_at=db.now(session),
        )
        .on_conflict_do_nothing()
    )
    db.enter(session, None)
