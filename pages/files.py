"""Files that go with an invoice, for whoever has its link: `/i/<token>/files/<id>/<name>`."""

import hashlib

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from invoicing.attaching import Kept
from models.attached import Attached
from models.db import Database
from pages import safety, view
from pages.options import Options

TYPES = {"pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg"}
# A file is somebody's own: it may draw itself and nothing else, and run nothing in our name.
CSP = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def path(token: str, file: Kept) -> str:
    """Where a file is, as long as the invoice's link opens."""
    return f"/i/{token}/files/{file.id}/{file.name}"


def blueprint(database: Database, options: Options) -> Blueprint:
    """The files; the invoice's token is the only guard, as for its page."""
    found = Blueprint("files", __name__)

    @found.get("/i/<token>/files/<int:file_id>/<name>")
    def file(token: str, file_id: int, name: str) -> AnyResponse:
        del name  # it is there for whoever saves the file
        try:
            with database.transaction() as session:
                invoice, kept = view.find(session, token)
                if file_id not in [one.id for one in kept]:
                    return Response(status=404)
                return _served(session.get_one(Attached, (invoice.merchant_id, file_id)))
        except view.Missing:
            return Response(status=404)

    safety.guard(found, options)
    return found


def _served(row: Attached) -> AnyResponse:
    """A picture is shown, a PDF is saved: who shows one runs what is in it."""
    response = Response(row.content, content_type=TYPES[row.kind])
    how = "attachment" if row.kind == "pdf" else "inline"
    response.headers["Content-Disposition"] = f'{how}; filename="{row.name}"'
    response.headers["Content-Security-Policy"] = CSP
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(hashlib.sha256(row.content).hexdigest()[:32])
    return response.make_conditional(request)
