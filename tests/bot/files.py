"""Photos and papers in tests: sent from a phone, fetched by a worker."""

from typing import Any

import sqlalchemy as sa

from bot import attached_files
from models import db
from sandbox.telegram_files import picture
from tests.bot.shop import jobs
from tests.world import Talk, house

PNG = picture(40, 30)
PDF = b"%PDF-1.7\n%%EOF\n"


def send_photo(talk: Talk, caption: str = "") -> str:
    """She sends a photo."""
    size = {"file_id": "BQACphoto", "file_unique_id": "u", "width": 40, "height": 30}
    return talk.post(talk.message(photo=[size], **({"caption": caption} if caption else {})))


def send_document(talk: Talk, caption: str = "", **more: Any) -> str:
    """She sends a PDF, or whatever is said."""
    document = {"file_id": "BQACpdf", "file_unique_id": "u", "file_name": "plan of gate.pdf",
                "mime_type": "application/pdf", "file_size": 2_000}  # fmt: skip
    content = {"document": document | more, **({"caption": caption} if caption else {})}
    return talk.post(talk.message(**content))


def fetched(talk: Talk, content: bytes | None = PNG) -> str:
    """What a worker does next with every file that waits: the same content for each."""
    session, task = talk.session, "bot.fetch_file"
    for job in jobs(session, task):
        db.enter(session, job["merchant_id"])
        attached_files.keep(session, job["attached_id"], job["contact_id"], content, house())
        db.enter(session, None)
    mine = {"task": task}
    session.execute(sa.text("DELETE FROM jobs.procrastinate_jobs WHERE task_name = :task"), mine)
    return talk.look()
