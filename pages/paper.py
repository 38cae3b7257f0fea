"""The papers behind a link, as PDF and as a picture; who has one already is not sent it again."""

import hashlib
import re

from flask import Response, request

from documents import invoice as paper
from documents.facts import InvoiceFacts

KINDS = {"pdf": (paper.pdf, "application/pdf"), "png": (paper.png, "image/png")}


def answer(kind: str, said: InvoiceFacts, language: str, fallback: str) -> Response:
    """The paper under its number (`fallback` where it has none), or 304 to who has this very one."""
    tag = hashlib.sha256(repr((kind, language, said)).encode()).hexdigest()[:32]
    if request.if_none_match.contains(tag):
        response = Response(status=304)
    else:
        draw, mime = KINDS[kind]
        response = Response(draw(said, language), content_type=mime)
        name = f"{_filename(said.number, fallback)}.{kind}"
        response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.set_etag(tag)
    return response


def _filename(number: str | None, fallback: str) -> str:
    return re.sub(r"[^A-Za-z0-9_-]+", "-", number or fallback).strip("-") or fallback
