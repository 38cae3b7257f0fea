"""The web process: hangs every room's addresses on one Flask application."""

from apiflask import APIFlask
from flask import Flask, Request, Response, jsonify, request
from flask.sessions import NullSession, SessionInterface
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.middleware.proxy_fix import ProxyFix

import logs
import pages.files
import pages.front
import pages.health
import pages.home
import pages.media
import pages.quote
import settings as environment
import warm
import webhooks.daraja
import webhooks.telegram
import webhooks.twilio
from bot.house import House
from models.db import AWAY, Database
from models.errors import Forgery

LONGEST_BODY = 1_000_000


def create_app(settings: environment.Settings | None = None) -> APIFlask:
    """The application; with no settings given, the environment's."""
    settings = settings or environment.load()
    logs.set_up(settings.log_level, settings.sentry_dsn)
    database = Database(settings.database_options())
    app = APIFlask(
        "bili",
        static_folder=None,  # type: ignore[arg-type]  # pages keep their own
        json_errors=False,
        docs_path=None,
        spec_path=None,
    )
    app.config["MAX_CONTENT_LENGTH"] = LONGEST_BODY
    app.config["SECRET_KEY"] = settings.secret_key
    app.session_interface = NoCookies()
    app.extensions["bili.database"] = database
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    house = House(settings.bot_options(), settings.payments_options())
    if settings.telegram_bot_token:
        app.register_blueprint(webhooks.telegram.blueprint(database, house))
    if settings.twilio_auth_token:
        app.register_blueprint(webhooks.twilio.blueprint(database, house))
    app.register_blueprint(webhooks.daraja.blueprint(database, house.payments))
    seen = settings.pages_options()
    app.register_blueprint(pages.invoice.blueprint(database, seen, house.payments))
    app.register_blueprint(pages.files.blueprint(database, seen))
    app.register_blueprint(pages.quote.blueprint(database, seen))
    app.register_blueprint(pages.home.blueprint(seen))
    app.register_blueprint(pages.media.blueprint(database, seen, house))
    app.register_blueprint(pages.health.blueprint(database, seen))
    if not settings.production:
        app.register_blueprint(pages.home.clock(database))
    _answer_errors(app)
    warm.up()
    return app


class NoCookies(SessionInterface):
    """We keep nothing about a caller in a cookie, so none is read, made or signed."""

    def open_session(self, app: Flask, request: Request) -> NullSession:
        """One that refuses to be written to."""
        del app, request
        return NullSession()

    def save_session(self, app: Flask, session: object, response: Response) -> None:
        """Nothing to save."""


def _answer_errors(app: APIFlask) -> None:
    @app.errorhandler(Forgery)
    def forged(forgery: Forgery) -> Response:
        logs.log.warning("forgery", what=str(forgery), path=request.path, ip=request.remote_addr)
        return Response(status=403)

    @app.errorhandler(RequestEntityTooLarge)
    def too_large(_error: RequestEntityTooLarge) -> Response:
        return Response(status=413)

    def away(error: Exception) -> Response:
        logs.log.error("database away", error=type(error).__name__)
        answer = jsonify({"error": {"code": "away", "message": "Please try again in a moment."}})
        answer.status_code = 503
        answer.headers["Retry-After"] = "5"
        return answer

    for kind in AWAY:
        app.register_error_handler(kind, away)

    @app.errorhandler(Exception)
    def bug(error: Exception) -> Response | HTTPException:
        if isinstance(error, HTTPException):
            return error
        logs.log.exception("bug", path=request.path)
        answer = jsonify({"error": {"code": "bug", "message": "Something went wrong on our side."}})
        answer.status_code = 500
        return answer
