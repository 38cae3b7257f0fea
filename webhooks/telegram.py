"""Telegram calls: is it Telegram, what was said? Taken, and answered at once."""

import hmac
import json
from typing import Any

import structlog
from apiflask import APIBlueprint
from flask import Response, jsonify, request

from bot import dispatch, telegram
from bot.house import House
from models.db import Database
from models.errors import Forgery

log = structlog.get_logger()

HEADER = "X-Telegram-Bot-Api-Secret-Token"


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


def _read(raw: bytes) -> Any:
    """The message, or None for what is genuine and yet says nothing to us."""
    try:
        payload = json.loads(raw)
        if not isinstance(payload, dict) or not isinstance(payload.get("update_id"), int):
            log.info("telegram: no update")
            return None
        return telegram.read(payload)
    except (TypeError, KeyError, ValueError, AttributeError, RecursionError) as strange:
        log.warning("telegram: not understood", error=type(strange).__name__)
        return None
