"""The public invoice and pay page: `/i/<token>` as HTML and JSON, its papers, paying, reporting."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

import sqlalchemy as sa
from flask import Blueprint, Response, redirect, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from bot import reach, team_words
from documents import from_invoice
from invoicing import complaints, lifecycle, merchants
from invoicing.commands import ReportReason
from models import db
from models.db import Database
from models.errors import Refusal
from models.invoices import Invoice
from models.money import EXPONENTS, Money
from models.payments import Attempt
from models.secrets import key_hash
from models.text import DEFAULT_LANGUAGE, LANGUAGES, Text, _, render
from pages import assets, facts, paper, safety, view, visitor, words
from pages.options import Options
from pages.view import View
from payments import attempts
from payments import options as payments_options

LOOKS_APART = timedelta(minutes=10)
NEW = timedelta(minutes=5)  # no undo takes longer
STATUS_OF = {"phone": 422, "amount": 422, "gateway": 422, "reason": 422, "throttled": 429}
CONFLICT = 409


@dataclass(frozen=True)
class Room:
    """What a request needs besides itself."""

    database: Database
    options: Options
    money: payments_options.Options


def blueprint(database: Database, options: Options, money: payments_options.Options) -> Blueprint:
    """Everything under `/i/`, and the files its page needs."""
    room = Room(database, options, money)
    found = Blueprint("invoice", __name__, template_folder="templates")
    for rule, answer, method in (
        ("/i/<token>", _show, "GET"),
        ("/i/<token>.pdf", _pdf, "GET"),
        ("/i/<token>.png", _png, "GET"),
        ("/i/<token>/pay", _pay, "POST"),
        ("/i/<token>/report", _report, "POST"),
    ):
        found.add_url_rule(rule, answer.__name__, _with(room, answer), methods=[method])
    assets.serve(found)
    safety.guard(found, options)
    return found


def _with(room: Room, answer: Callable[..., AnyResponse]) -> Callable[..., AnyResponse]:
    def handle(token: str) -> AnyResponse:
        try:
            return answer(room, token)
        except view.Missing:
            return _missing(room)

    return handle


def _show(room: Room, token: str) -> AnyResponse:
    with room.database.transaction() as session:
        invoice, files = view.find(session, token)
        if visitor.is_person():
            note_opened(session, invoice)
        found = view.of(session, invoice, token, request.args.get("lang"), room.money, files)
    if visitor.wants_json():
        return _tagged(_json(facts.of(found)))
    return _tagged(_html(room, found))


def _invoice(session: Session, token: str) -> Invoice:
    return view.find(session, token)[0]


def note_opened(session: Session, invoice: Invoice) -> None:
    """Remember the first look and the last, to ten minutes; never wait for a booking meanwhile."""
    now = db.now(session)
    looked = invoice.last_opened_at or invoice.first_opened_at
    if looked is not None and now - looked < LOOKS_APART:
        return
    if looked is None and invoice.issued_at and now - invoice.issued_at < NEW:
        # It may be taken back at this moment: then it opens nothing, otherwise it no longer can be.
        found = lifecycle.get(session, invoice.id, lock=True)
        if found.token is None:
            raise view.Missing
    mine = (Invoice.merchant_id == invoice.merchant_id, Invoice.id == invoice.id)
    free = sa.select(Invoice.id).where(*mine).with_for_update(skip_locked=True)
    session.execute(
        sa.update(Invoice)
        .where(*mine, Invoice.id.in_(free.scalar_subquery()))
        .values(first_opened_at=sa.func.coalesce(Invoice.first_opened_at, now), last_opened_at=now)
        .execution_options(synchronize_session=False)
    )


def _pdf(room: Room, token: str) -> AnyResponse:
    return _paper(room, token, "pdf")


def _png(room: Room, token: str) -> AnyResponse:
    return _paper(room, token, "png")


def _paper(room: Room, token: str, kind: str) -> AnyResponse:
    with room.database.transaction() as session:
        invoice = _invoice(session, token)
        today = db.today(session, merchants.get(session).zone)
        said = from_invoice.invoice_facts(session, invoice, room.options.app_url, today)
        language = visitor.language() or invoice.language
    return paper.answer(kind, said, language, "invoice")


def _pay(room: Room, token: str) -> AnyResponse:
    if safety.from_elsewhere(request, room.options):
        return _refused(words.REFUSED, "cross_site", 403)
    asked = _asked()
    try:
        with room.database.transaction() as session:
            invoice = _invoice(session, token)
            found = _open(session, invoice, asked, room)
            language = visitor.language() or invoice.language
            said = view.tried(session, found)
    except Refusal as no:
        return _not_now(room, token, no)
    if visitor.speaks_json():
        return _json({"attempt": facts.attempt(said, language)}, 202)
    return _back(token)


def _open(session: Session, invoice: Invoice, asked: dict[str, str], room: Room) -> Attempt:
    amount = _amount(asked.get("amount", ""), invoice.currency)
    phone = asked.get("phone", "").strip()[:40]
    return attempts.open(
        session,
        invoice,
        gateway=asked.get("gateway", "").strip()[:20],
        phone=phone or None,
        amount=amount,
        contact_id=None,
        nonce=_nonce(asked, phone, amount),
        options=room.money,
        confirmed=asked.get("confirmed", "").lower() in ("1", "true", "on"),
    )


def _nonce(asked: dict[str, str], phone: str, amount: Money | None) -> str | None:
    """The page gives all its readers one nonce: another number or amount is another wish."""
    given = asked.get("nonce", "").strip()[:80]
    if not given:
        return None
    return key_hash(given, phone, str(amount)).hex()[:32]


def _amount(typed: str, currency: str) -> Money | None:
    """What was typed, `1,000` and `KSh 1 000.50` alike; None for nothing. Raises Refusal."""
    plain = re.sub(r"[\s,]|^\s*(ksh|kes)\.?", "", typed, flags=re.IGNORECASE)
    if not plain:
        return None
    wrong = Refusal(_("Write the amount in figures, like 1500."), "amount")
    try:
        number = Decimal(plain)
    except InvalidOperation:
        raise wrong from None
    if not number.is_finite() or not 0 < number < 10**12:
        raise wrong
    if number != round(number, EXPONENTS[currency]):
        raise wrong
    return Money.of(number, currency)


def _report(room: Room, token: str) -> AnyResponse:
    if safety.from_elsewhere(request, room.options):
        return _refused(words.REFUSED, "cross_site", 403)
    asked = _asked()
    try:
        with room.database.transaction() as session:
            invoice = _invoice(session, token)
            reason = _reason(asked.get("reason", ""))
            said, limits = asked.get("words"), room.options.trust
            paused = complaints.complain(session, invoice, reason, said, limits=limits)
            reach.tell_members(session, invoice, "reported", {"reason": reason.value})
            if paused:
                team_words.tell_paused(session)
    except Refusal as no:
        return _not_now(room, token, no)
    if visitor.speaks_json():
        return _json({"reported": True}, 202)
    return _back(token, reported=True)


def _reason(typed: str) -> ReportReason:
    if typed not in set(ReportReason):
        raise Refusal(_("Please choose what is wrong."), "reason")
    return ReportReason(typed)


def _asked() -> dict[str, str]:
    """The fields of a form or of a JSON object, as text."""
    if not request.is_json:
        return dict(request.form)
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        return {}
    return {str(name): str(value) for name, value in body.items() if value is not None}


def _json(body: dict[str, Any], code: int = 200) -> Response:
    text = json.dumps(body, ensure_ascii=False)
    return Response(text, code, content_type="application/json; charset=utf-8")


def _html(room: Room, found: View, problem: str = "", code: int = 200) -> Response:
    say = words.speaker(found.language)
    page = render_template(
        "invoice.html",
        view=found,
        w=words.page(found, say),
        problem=problem,
        typed=dict(request.form),
        reported="reported" in request.args,
        lang=visitor.language(),
        languages=words.LANGUAGE_NAMES,
        asset=assets.address,
        bot=room.options.bot_username,
        whatsapp=room.options.whatsapp_number,
        address=f"{room.options.app_url}/i/{found.token}",
    )
    return Response(page, code, content_type="text/html; charset=utf-8")


def _tagged(response: Response) -> AnyResponse:
    """With an ETag, and without a body for whoever has it already."""
    response.headers["Vary"] = "Accept"
    response.add_etag()
    return response.make_conditional(request)


def _back(token: str, *, reported: bool = False) -> AnyResponse:
    """To the page again, by GET, so that reloading it sends nothing twice."""
    said = [f"lang={lang}"] if (lang := visitor.language()) else []
    said += ["reported=1"] if reported else []
    query = "?" + "&".join(said) if said else ""
    return redirect(f"/i/{token}{query}", 303)


def _not_now(room: Room, token: str, no: Refusal) -> AnyResponse:
    """A refusal in words: as JSON, or on the page with what was typed still there."""
    code = STATUS_OF.get(no.code, CONFLICT)
    with room.database.transaction() as session:
        invoice, files = view.find(session, token)
        found = view.of(session, invoice, token, request.args.get("lang"), room.money, files)
    problem = render(no.text, found.language)
    if visitor.speaks_json():
        return _json({"error": {"code": no.code, "message": problem}}, code)
    return _html(room, found, problem, code)


def _refused(text: Text, code: str, status: int) -> Response:
    message = render(text, visitor.language() or DEFAULT_LANGUAGE)
    return _json({"error": {"code": code, "message": message}}, status)


def _missing(room: Room) -> Response:
    """Unknown, malformed and revoked links: one page, one status."""
    if visitor.speaks_json():
        return _refused(words.NOT_FOUND, "not_found", 404)
    lang = visitor.language()
    lang = lang or request.accept_languages.best_match(LANGUAGES) or DEFAULT_LANGUAGE
    say = words.speaker(lang)
    page = render_template(
        "missing.html",
        lang=lang,
        title=say(words.NOT_FOUND),
        why=say(words.NOT_FOUND_WHY),
        asset=assets.address,
        home=room.options.app_url,
    )
    return Response(page, 404, content_type="text/html; charset=utf-8")
