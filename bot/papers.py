"""Documents that go with a message: made from the rows, or known to the channel from before.

A document is named by a word, and by what else it depends on: `statement.261101-261121`.
"""

import hashlib
from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from bot.channel import File
from bot.house import House
from conversations.prompts import Attachment
from documents import from_invoice, invoice, receipt, sample, statement
from documents.measure import measure
from invoicing import merchants, quotes, statements
from invoicing.commands import DESIGNS
from models import db
from models.attached import Attached
from models.credit_notes import CreditNote
from models.invoices import Invoice
from models.merchants import Client
from models.payments import Payment
from models.quotes import Quote
from models.text import _, render
from models.told import SentDocument

MOST_SIDES, THINNEST = 10_000, 20
Make = Callable[[Session, Attachment, str, str], tuple[str, bytes]]


def _invoice(session: Session, paper: Attachment, language: str, app_url: str) -> tuple[str, bytes]:
    kind = paper.kind
    row = session.get_one(Invoice, (paper.merchant_id, paper.subject_id))
    today = db.today(session, merchants.get(session).zone)
    facts = from_invoice.invoice_facts(session, row, app_url, today)
    draw = invoice.png if kind == "png" else invoice.pdf
    return f"{row.number_text or render(_('Draft'), language)}.{kind}", draw(facts, language)


def _receipt(session: Session, paper: Attachment, language: str, app_url: str) -> tuple[str, bytes]:
    kind = paper.kind
    row = session.get_one(Payment, (paper.merchant_id, paper.subject_id))
    facts = from_invoice.receipt_facts(session, row, app_url)
    draw = receipt.png if kind == "png" else receipt.pdf
    name = render(_("Receipt"), language)
    return f"{name}-{row.receipt or facts.reference}.{kind}", draw(facts, language)


def _credit_note(
    session: Session, paper: Attachment, language: str, app_url: str
) -> tuple[str, bytes]:
    kind = paper.kind
    row = session.get_one(CreditNote, (paper.merchant_id, paper.subject_id))
    facts = from_invoice.credit_note_facts(session, row, app_url)
    draw = invoice.png if kind == "png" else invoice.pdf
    return f"{row.number_text}.{kind}", draw(facts, language)


def _quote(session: Session, paper: Attachment, language: str, app_url: str) -> tuple[str, bytes]:
    kind = paper.kind
    row = session.get_one(Quote, (paper.merchant_id, paper.subject_id))
    token = quotes.token_of(session, row)
    facts = from_invoice.quote_facts(session, row, quotes.url(app_url, token) if token else None)
    draw = invoice.png if kind == "png" else invoice.pdf
    return f"{row.number_text}.{kind}", draw(facts, language)


def _statement(
    session: Session, paper: Attachment, language: str, app_url: str
) -> tuple[str, bytes]:
    del app_url
    row = session.get_one(Client, (paper.merchant_id, paper.subject_id))
    since, until = statements.from_key(paper.document.partition(".")[2]) or (None, None)
    until = until or db.today(session, merchants.get(session).zone)
    facts = from_invoice.statement_facts(session, row.id, since, until)
    draw = statement.png if paper.kind == "png" else statement.pdf
    return f"Statement-{until:%Y-%m-%d}.{paper.kind}", draw(facts, language)


def _design(session: Session, paper: Attachment, language: str, app_url: str) -> tuple[str, bytes]:
    """How her invoices would look: the first, second or third of the designs."""
    design = DESIGNS[(paper.subject_id - 1) % len(DESIGNS)]
    today = db.today(session, merchants.get(session).zone)
    facts = sample.facts(session, design, language, app_url, today)
    draw = invoice.sheet_png if paper.kind == "png" else invoice.pdf
    return f"{design}.{paper.kind}", draw(facts, language)


def _file(session: Session, paper: Attachment, language: str, app_url: str) -> tuple[str, bytes]:
    """What the merchant put with an invoice, as it is."""
    del language, app_url
    row = session.get_one(Attached, (paper.merchant_id, paper.subject_id))
    return row.name, row.content


MAKERS: dict[str, Make] = {
    "invoice": _invoice,
    "receipt": _receipt,
    "credit_note": _credit_note,
    "quote": _quote,
    "statement": _statement,
    "design": _design,
    "file": _file,
}


def known(document: str) -> bool:
    """Whether there is a document of this name."""
    return document.partition(".")[0] in MAKERS


def fetch(session: Session, paper: Attachment, channel: str, language: str, house: House) -> File:
    """The document, with the channel's own id of it if the very same one was uploaded before."""
    db.enter(session, paper.merchant_id)
    make = MAKERS[paper.document.partition(".")[0]]
    name, content = make(session, paper, language, house.app_url)
    known_as = session.scalar(
        sa.select(SentDocument.file_id).where(
            SentDocument.merchant_id == paper.merchant_id,
            SentDocument.channel == channel,
            SentDocument.document == f"{paper.document}.{paper.kind}",
            SentDocument.subject_id == paper.subject_id,
            SentDocument.digest == _digest(content),
        )
    )
    db.enter(session, None)
    whole = paper.document == "file" and not fits_as_photo(content)
    return File(name, content, paper.kind, known_as or None, whole=whole)


def fits_as_photo(content: bytes) -> bool:
    """Whether Telegram takes a picture as a photo (facts: chat-channels 1.6): neither huge nor thin."""
    try:
        _media, width, height = measure(content)
    except ValueError:
        return False
    longer, shorter = max(width, height), min(width, height)
    return shorter > 0 and width + height <= MOST_SIDES and longer <= THINNEST * shorter


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]


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
            digest=_digest(file.content),
            file_id=file_id,
            made_at=db.now(session),
        )
        .on_conflict_do_nothing()
    )
    db.enter(session, None)
