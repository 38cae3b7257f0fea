"""Photos and papers in tests: sent from a phone, fetched by a worker."""

from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import attached_files
from invoicing import lifecycle, links
from models import db
from models.attached import Attached
from models.invoices import Invoice
from sandbox.telegram_files import picture
from tests.bot.shop import jobs
from tests.world import Talk, bill, house, merchant_talk

PNG = picture(40, 30)
LIKE = {"en": "English", "sw": "Kiswahili"}
THANKS = "Thank you! I am putting your file with *{number}*."
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


@pytest.fixture
def language(language_on_channel: str) -> str:
    """Every talk in each language, and on each channel."""
    return language_on_channel


@pytest.fixture
def talk(session: Session, language: str) -> Talk:
    """A merchant with two invoices out, INV-1 for Jane and INV-2 for Otieno."""
    found = merchant_talk(session, language=LIKE[language])
    bill(found)
    bill(found, "Otieno", "0722000111")
    return found


def hers(talk: Talk) -> Session:
    """The session, seeing her merchant's rows."""
    db.enter(talk.session, talk.conversation.merchant_id)
    talk.session.expire_all()
    return talk.session


def kept(talk: Talk) -> list[Attached]:
    """The files there are."""
    return list(hers(talk).scalars(sa.select(Attached).order_by(Attached.id)))


def number(talk: Talk, which: str = "1") -> str:
    """The whole number of her first or second invoice."""
    rows = hers(talk).scalars(sa.select(Invoice.number_text).order_by(Invoice.id)).all()
    return str(rows[int(which) - 1])


def customer(talk: Talk, which: str = "1") -> Talk:
    """Jane, who has opened her invoice in chat."""
    row = lifecycle.get(hers(talk), invoice_id(talk, which))
    token = links.token_of(talk.session, row)
    db.enter(talk.session, None)
    jane = Talk(talk.session, name="Jane", language_code=talk.language)
    jane.say(f"/start {token}")
    return jane


def invoice_id(talk: Talk, which: str = "1") -> int:
    """Her first or second invoice."""
    return int(hers(talk).scalars(sa.select(Invoice.id).order_by(Invoice.id)).all()[int(which) - 1])
