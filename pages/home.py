"""The front door: what Bili is and where the bot is found; in development, the movable clock."""

from typing import Any

import sqlalchemy as sa
from flask import Blueprint, Response, jsonify, render_template, request

from models import db
from models.db import Database
from models.errors import Refusal
from models.platform import ClockOffset
from models.text import DEFAULT_LANGUAGE, LANGUAGES, _, render
from pages import assets, safety, words
from pages.options import Options

FURTHEST_S = 10 * 365 * 86_400

WORDS = {
    "title": _("Bili: invoices by chat"),
    "lead": _("Send invoices by chat and get paid by M-Pesa."),
    "how": _("Tell Bili what you sold and to whom. Your customer gets a link and an M-Pesa prompt; "
             "you are told the moment the money is there."),
    "open": _("Open Bili on Telegram"),
    "paying": _("Were you sent an invoice? Open the link in that message: it shows what it is for "
                "and how to pay."),
}  # fmt: skip


def blueprint(options: Options) -> Blueprint:
    """The address `/`."""
    found = Blueprint("home", __name__, template_folder="templates")

    @found.get("/")
    def home() -> str:
        wanted = request.args.get("lang") or request.accept_languages.best_match(LANGUAGES)
        lang = wanted if wanted in LANGUAGES else DEFAULT_LANGUAGE
        return render_template(
            "home.html",
            lang=lang,
            languages=words.LANGUAGE_NAMES,
            w={name: render(text, lang) for name, text in WORDS.items()},
            asset=assets.address,
            bot=options.bot_username,
        )

    safety.guard(found, options)
    return found


def clock(database: Database) -> Blueprint:
    """`POST /dev/clock {"advance_s": n}`; hung up in development only."""
    found = Blueprint("clock", __name__)

    @found.post("/dev/clock")
    def advance() -> tuple[Response, int]:
        try:
            seconds = _seconds(request.get_json(silent=True))
        except Refusal as no:
            said = {"code": no.code, "message": render(no.text, DEFAULT_LANGUAGE)}
            return jsonify({"error": said}), 422
        with database.transaction() as session:
            moved = session.execute(
                sa.update(ClockOffset)
                .values(offset_s=ClockOffset.offset_s + seconds)
                .returning(ClockOffset.offset_s)
                .execution_options(synchronize_session=False)
            ).scalar_one()
            session.info["offset_s"] = moved
            now = db.now(session)
        return jsonify({"offset_s": moved, "now": now.isoformat()}), 200

    return found


def _seconds(body: Any) -> int:
    wanted = body.get("advance_s") if isinstance(body, dict) else None
    if type(wanted) is not int or not 0 <= wanted <= FURTHEST_S:
        raise Refusal(_("advance_s is a whole number of seconds, 0 or more."), "advance_s")
    return wanted
