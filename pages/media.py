"""Documents for those who fetch by address: `/m/<signed>/<name>`, for as long as it is signed."""

import structlog
from flask import Blueprint, Response
from sqlalchemy.exc import NoResultFound

from bot import papers
from bot.house import House
from conversations.prompts import Attachment
from documents import signed
from models.db import Database
from pages import safety
from pages.options import Options

log = structlog.get_logger()

TYPES = {"pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg"}


def blueprint(database: Database, options: Options, house: House) -> Blueprint:
    """The address WhatsApp fetches invoices and receipts from; its signature is the only guard."""
    found = Blueprint("media", __name__)

    @found.get("/m/<sealed>/<name>")
    def document(sealed: str, name: str) -> Response:
        paper = signed.opened(house.bot.signing_key, sealed)
        if paper is None or paper.kind not in TYPES or not papers.known(paper.document):
            return Response(status=404)
        wanted = Attachment(paper.kind, paper.document, paper.subject_id, paper.merchant_id)
        try:
            with database.transaction() as session:
                file = papers.fetch(session, wanted, "whatsapp", paper.language, house)
        except NoResultFound:  # a draft that is gone by now
            return Response(status=404)
        log.debug("document fetched", document=paper.document, name=name)
        response = Response(file.content, content_type=TYPES[paper.kind])
        # The file's name on the phone comes from here or from the address.
        response.headers["Content-Disposition"] = f'inline; filename="{file.name}"'
        return response

    safety.guard(found, options)
    return found
