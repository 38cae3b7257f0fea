"""Telegram calls: is it Telegram, what was said? Taken, and answered at once."""

import hashlib
import hmac
import json

import structlog
from apiflask import APIBlueprint
from flask import Response, jsonify, request

from bot import dispatch, telegram
from bot.channel import Inbound
from bot.house import House
from models.db import Database
from models.errors import Forgery

log = structlog.get_logger()

HEADER = "X-Telegram-Bot-Api-Secret-Token"
MOST_KEPT = 100_000  # of a body that we do not understand


def blueprint(database: Database, house: House) -> APIBlueprint:
    """`POST /webhooks/telegram`; a tap is answered in the answer itself."""
    webhooks = APIBlueprint("telegram", __name__, enable_openapi=False)
    secret = house.bot.telegram.webhook_secret

    @webhooks.post("/webhooks/telegram")
    def take() -> Response:
        _check(secret)
        inbound = _read(request.get_data())
        if inbound is None:
            return Response(status=200)
        with database.transaction() as session:
            receipt = dispatch.receive(session, inbound, house)
        if inbound.tap_id is not None:
            return jsonify(telegram.answer_tap(inbound, receipt.toast))
        return Response(status=200)

    return webhooks


def _check(secret: str) -> None:
    """The header is the only proof there is (facts: chat-channels 1.2). Raises Forgery."""
    given = request.headers.get(HEADER, "")
    if not secret or not hmac.compare_digest(given.encode(), secret.encode()):
        raise Forgery("telegram: wrong secret token")


def _read(raw: bytes) -> Inbound | None:
    """The message; what is genuine and not understood is kept as strange, never sent back."""
    try:
        payload = json.loads(raw)
        if isinstance(payload, dict) and isinstance(payload.get("update_id"), int):
            return telegram.read(payload)
        error = "no update"
    except telegram.UNREADABLE as broken:
        error = type(broken).__name__
    log.warning("telegram: not understood", error=error)
    said = raw.decode("utf-8", "replace")[:MOST_KEPT]
    return telegram.strange({"raw": said}, hashlib.sha256(raw).hexdigest())
