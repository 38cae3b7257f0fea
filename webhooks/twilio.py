"""Twilio calls: is it Twilio, what was said or what became of a message? Taken, answered at once."""

import structlog
from apiflask import APIBlueprint
from flask import Response, request
from twilio.request_validator import HMAC_SHA1, SIGNATURE_HEADER, RequestValidator  # type: ignore[import-untyped] # it has no types

from bot import delivery, dispatch, whatsapp
from bot.channel import pressed
from bot.house import House
from models import jobs
from models.db import Database
from models.errors import Forgery

log = structlog.get_logger()

# Anything but XML or nothing would be sent to the person as a text (facts: chat-channels 2.3).
EMPTY = '<?xml version="1.0" encoding="UTF-8"?><Response/>'


def blueprint(database: Database, house: House) -> APIBlueprint:
    """`POST /webhooks/twilio` and `/webhooks/twilio/status`."""
    webhooks = APIBlueprint("twilio", __name__, enable_openapi=False)
    validator = RequestValidator(house.bot.twilio.auth_token)

    @webhooks.post("/webhooks/twilio")
    def take() -> Response:
        _check(validator, house.app_url)
        inbound = whatsapp.read(request.form.to_dict())
        if inbound is None:
            log.info("twilio: nothing said to us", fields=sorted(request.form))
        elif whatsapp.is_card(inbound):
            with database.transaction() as session:
                jobs.defer(session, "bot.read_card", form=inbound.body)
        else:
            with database.transaction() as session:
                dispatch.receive(session, inbound, house)
        return Response(EMPTY, content_type="text/xml")

    @webhooks.post("/webhooks/twilio/status")
    def status() -> Response:
        _check(validator, house.app_url)
        row, _choice = pressed(f"{request.args.get('o', '')}.")
        told = delivery.read(request.form.to_dict(), row, whole=not request.args.get("part"))
        if told is not None:
            with database.transaction() as session:
                delivery.note(session, told)
        return Response(status=204)

    return webhooks


def _check(validator: RequestValidator, app_url: str) -> None:
    """The signature over our public address and every field, blank ones too.

    The algorithm is ours to choose and not the header's (facts: chat-channels 2.2). Raises Forgery.
    """
    query = request.query_string.decode("latin-1")
    url = app_url + request.path + (f"?{query}" if query else "")
    # With a body hash in the address the body is no form, and only the hash speaks for it.
    hashed = "bodySHA256" in request.args
    said = request.get_data(as_text=True) if hashed else request.form
    signature = request.headers.get(SIGNATURE_HEADER, "")
    if not validator.token or not validator.validate(url, said, signature, HMAC_SHA1):
        raise Forgery("twilio: wrong signature")
