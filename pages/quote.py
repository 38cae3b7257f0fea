"""The public page of a quote: `/q/<token>`, its papers, and the customer's yes or no."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, Response, redirect, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from bot import quote_words
from documents import from_invoice
from invoicing import links, merchants, quotes
from models import db
from models.db import Database
from models.errors import Refusal
from models.quotes import Quote, QuoteStatus
from models.text import DEFAULT_LANGUAGE, LANGUAGES, render
from pages import assets, paper, quote_page, safety, visitor, words
from pages.options import Options
from pages.quote_page import Seen

CONFLICT = 409
ANSWERS = {"accept": True, "decline": False}


@dataclass(frozen=True)
class Room:
    """What a request needs besides itself."""

    database: Database
    options: Options


class Missing(Exception):  # noqa: N818 - the link opens nothing, which is no error of ours
    """No quote behind this token."""


def blueprint(database: Database, options: Options) -> Blueprint:
    """Everything under `/q/`."""
    room = Room(database, options)
    found = Blueprint("quote", __name__, template_folder="templates")
    for rule, answer, method in (
        ("/q/<token>", _show, "GET"),
        ("/q/<token>.pdf", _pdf, "GET"),
        ("/q/<token>.png", _png, "GET"),
        ("/q/<token>/answer", _answer, "POST"),
    ):
        found.add_url_rule(rule, answer.__name__, _with(room, answer), methods=[method])
    safety.guard(found, options)
    return found


def _with(room: Room, answer: Callable[[Room, str], AnyResponse]) -> Callable[..., AnyResponse]:
    def handle(token: str) -> AnyResponse:
        try:
            return answer(room, token)
        except Missing:
            return _missing(room)

    return handle


def _find(session: Session, token: str) -> Quote:
    ref = quotes.by_token(session, token)
    if ref is None:
        raise Missing
    db.enter(session, ref.merchant_id)
    return quotes.get(session, ref.invoice_id)


def _show(room: Room, token: str) -> AnyResponse:
    with room.database.transaction() as session:
        quote = _find(session, token)
        if visitor.is_person():
            quotes.note_opened(session, quote)
        found = _seen(session, quote, token)
    response = _html(room, found)
    response.add_etag()
    return response.make_conditional(request)


def _seen(session: Session, quote: Quote, token: str) -> Seen:
    billed = quotes.billed_as(session, quote)
    return Seen(
        token=token,
        quote=quote,
        lines=tuple(quote.lines),
        status=QuoteStatus(quote.status),
        invoice_token=links.token_of(session, billed) if billed else None,
        billed=billed.number_text if billed else None,
        today=db.today(session, merchants.get(session).zone),
        language=visitor.language() or quote.language,
    )


def _html(room: Room, found: Seen, problem: str = "", code: int = 200) -> Response:
    page = render_template(
        "quote.html",
        seen=found,
        w=quote_page.page(found, words.speaker(found.language)),
        problem=problem,
        lang=visitor.language(),
        languages=words.LANGUAGE_NAMES,
        asset=assets.address,
        bot=room.options.bot_username,
    )
    return Response(page, code, content_type="text/html; charset=utf-8")


def _answer(room: Room, token: str) -> AnyResponse:
    """Yes or no, once each; whoever holds the link may say it, as with paying."""
    if safety.from_elsewhere(request, room.options):
        return Response(render(words.REFUSED, visitor.language() or DEFAULT_LANGUAGE), 403)
    accepted = ANSWERS.get(request.form.get("answer", ""))
    try:
        with room.database.transaction() as session:
            quote = _find(session, token)
            if accepted is not None and quotes.answer(
                session, quote.id, accepted=accepted, by=None
            ):
                quote_words.note_answer(session, quote)
    except Refusal as no:
        return _not_now(room, token, no)
    query = f"?lang={lang}" if (lang := visitor.language()) else ""
    return redirect(f"/q/{token}{query}", 303)


def _not_now(room: Room, token: str, no: Refusal) -> AnyResponse:
    with room.database.transaction() as session:
        found = _seen(session, _find(session, token), token)
    return _html(room, found, render(no.text, found.language), CONFLICT)


def _pdf(room: Room, token: str) -> AnyResponse:
    return _paper(room, token, "pdf")


def _png(room: Room, token: str) -> AnyResponse:
    return _paper(room, token, "png")


def _paper(room: Room, token: str, kind: str) -> AnyResponse:
    with room.database.transaction() as session:
        quote = _find(session, token)
        said = from_invoice.quote_facts(session, quote, quotes.url(room.options.app_url, token))
        language = visitor.language() or quote.language
    return paper.answer(kind, said, language, "quote")


def _missing(room: Room) -> Response:
    """Unknown, malformed and revoked links: one page, one status."""
    lang = visitor.language() or request.accept_languages.best_match(LANGUAGES) or DEFAULT_LANGUAGE
    say = words.speaker(lang)
    page = render_template(
        "missing.html",
        lang=lang,
        title=say(quote_page.NOT_FOUND),
        why=say(words.NOT_FOUND_WHY),
        asset=assets.address,
        home=room.options.app_url,
    )
    return Response(page, 404, content_type="text/html; charset=utf-8")
