"""Twilio's REST API over HTTP: Messages (create, list, fetch, cancel), their media, and Content."""

import time
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from flask import Blueprint, Response, jsonify, request

from . import line, twilio_delivery
from .twilio import PREFIX, Message, Twilio
from .twilio_errors import TwilioError

MOST_BODY = 1600
ANSWERS = {"20429": 20429, "21610 opted out": 21610, "20003 login refused": 20003}


def blueprint(twilio: Twilio) -> Blueprint:
    """The routes of api.twilio.com and content.twilio.com that a chat needs."""
    routes = Blueprint("twilio", __name__)
    _messages(routes, twilio)
    _media(routes, twilio)
    _content(routes, twilio)

    @routes.errorhandler(TwilioError)
    def refused(error: TwilioError) -> Response:
        twilio.world.note("twilio", f"{request.method} {_last()} {error.status} {error.code}")
        response = jsonify(error.as_json())
        response.status_code = error.status
        return response

    return routes


def _last() -> str:
    return request.path.rpartition("/")[2]


def _authorised(twilio: Twilio, account: str | None = None) -> None:
    """Basic auth with the account or an API key; raises 20003, or 20404 for another account."""
    options = twilio.world.options
    login = request.authorization
    user, secret = (login.username, login.password) if login else (None, None)
    known = user == options.twilio_account or str(user or "").startswith("SK")
    if not known or secret != options.twilio_token:
        raise TwilioError(20003)
    if account is not None and account != options.twilio_account:
        raise TwilioError(20404)


def _messages(routes: Blueprint, twilio: Twilio) -> None:
    base = "/2010-04-01/Accounts/<account>/Messages"

    @routes.post(f"{base}.json")
    def create(account: str) -> Response:
        _authorised(twilio, account)
        tell = twilio.world.timed("twilio")
        fault = _fault(twilio)
        if fault == "reset":
            line.cut()
            return Response()
        with twilio.world.lock:
            message = _created(twilio)
        twilio.world.later.run(lambda: twilio_delivery.deliver(twilio, message))
        tell(f"POST Messages 201 {message.sid}")
        if fault == "500, sent":
            raise TwilioError(20500)
        if fault == "lost answer":
            line.cut()
        if fault == "hang, sent":
            time.sleep(twilio.world.options.hang_s)
        body = "{" if fault == "broken JSON" else _json(twilio, message)
        return Response(body, 201, content_type="application/json")

    @routes.get(f"{base}.json")
    def listed(account: str) -> Response:
        _authorised(twilio, account)
        with twilio.world.lock:
            return jsonify(_page(twilio, account))

    @routes.get(f"{base}/<sid>.json")
    def fetch(account: str, sid: str) -> Response:
        _authorised(twilio, account)
        with twilio.world.lock:
            return Response(_json(twilio, _get(twilio, sid)), content_type="application/json")


def _media(routes: Blueprint, twilio: Twilio) -> None:
    base = "/2010-04-01/Accounts/<account>/Messages"

    @routes.get("/2010-04-01/Accounts/<account>.json")
    def described(account: str) -> Response:
        _authorised(twilio, account)
        return jsonify({"sid": account, "friendly_name": "Sandbox", "status": "active"})

    @routes.get(f"{base}/<sid>/Media.json")
    def media_list(account: str, sid: str) -> Response:
        _authorised(twilio, account)
        with twilio.world.lock:
            found = _get(twilio, sid)
        path = f"/2010-04-01/Accounts/{account}/Messages/{sid}/Media"
        kept = [
            {"sid": one.sid, "content_type": one.content_type, "uri": f"{path}/{one.sid}.json"}
            for one in found.media
        ]
        return jsonify({"media_list": kept, "uri": f"{path}.json", "next_page_uri": None})

    @routes.get(f"{base}/<sid>/Media/<media>")
    def media(account: str, sid: str, media: str) -> Response:
        _authorised(twilio, account)
        with twilio.world.lock:
            found = [one for one in _get(twilio, sid).media if one.sid == media]
        if not found:
            raise TwilioError(20404)
        return Response(status=307, headers={"Location": f"/sandbox/media/{media}"})


def _fault(twilio: Twilio) -> str:
    """What happens instead of the call, before it did anything."""
    fault = twilio.world.fault("WhatsApp answer")
    options = twilio.world.options
    if fault in ("slow", "hang, not sent"):
        time.sleep(options.slow_s if fault == "slow" else options.hang_s)
    if fault in ("500, not sent", "hang, not sent"):
        raise TwilioError(20500)
    if fault in ANSWERS:
        raise TwilioError(ANSWERS[fault])
    return fault


def _get(twilio: Twilio, sid: str) -> Message:
    if sid not in twilio.messages:
        raise TwilioError(20404)
    return twilio.messages[sid]


def _created(twilio: Twilio) -> Message:
    """The message that the form asks for; raises what Twilio refuses at once."""
    form = request.form
    to, sender = form.get("To", ""), form.get("From", "")
    if not to:
        raise TwilioError(21604)
    if not sender:
        raise TwilioError(21603)
    if to.startswith(PREFIX) != sender.startswith(PREFIX):
        raise TwilioError(21910)
    if sender != twilio.sender:
        raise TwilioError(63007)
    _check_address(to)
    _check_callback(form.get("StatusCallback", ""))
    person = twilio.find(to.removeprefix(PREFIX))
    if person is not None and person.stopped:
        raise TwilioError(21610)
    return twilio.new_message(
        inbound=False,
        person_address=to.removeprefix(PREFIX),
        callback=form.get("StatusCallback", ""),
        **_said(twilio),
    )


def _check_address(to: str) -> None:
    """A number in full, or a user id as `KE.abc123`."""
    address = to.removeprefix(PREFIX)
    if address.startswith("+"):
        good = address[1:].isdigit() and 8 <= len(address) <= 16
    else:
        good = address[2:3] == "." and address[:2].isalpha() and address[3:].isalnum()
    if not good:
        raise TwilioError(21211, to)


def _check_callback(url: str) -> None:
    host = urlsplit(url).hostname
    if url and (not host or "_" in host):
        raise TwilioError(21609, url)


def _said(twilio: Twilio) -> dict[str, Any]:
    form = request.form
    body, media, content = form.get("Body", ""), form.getlist("MediaUrl"), form.get("ContentSid")
    if content:
        if media:
            raise TwilioError(63030)
        filled = twilio.contents.filled(content, form.get("ContentVariables", ""))
        return {
            "body": filled["body"],
            "buttons": filled["buttons"],
            "list_title": filled["list_title"],
            # Unapproved content is for the open window only.
            "template": "approved" if filled["approved"] else "unapproved",
        }
    if not body and not media:
        raise TwilioError(21619)
    if len(body) > MOST_BODY:
        raise TwilioError(21617)
    return {"body": body, "media_urls": media[:1]}


def _page(twilio: Twilio, account: str) -> dict[str, Any]:
    """Newest first, by To, From and DateSent."""
    args = request.args
    size = min(1000, int(args.get("PageSize", 50)))
    page = int(args.get("Page", 0))
    fitting = [
        message
        for message in reversed(twilio.messages.values())
        if args.get("To") in (None, message.to)
        and args.get("From") in (None, message.sender)
        and _since(message, args.get("DateSent>", args.get("DateSent>=")))
    ]
    shown = fitting[page * size : (page + 1) * size]
    path = f"/2010-04-01/Accounts/{account}/Messages.json"
    query = "&" + urlencode([(name, value) for name, value in args.items() if name != "Page"])
    more = len(fitting) > (page + 1) * size
    return {
        "messages": [_shown(twilio, message) for message in shown],
        "uri": path,
        "page": page,
        "page_size": size,
        "start": page * size,
        "end": page * size + len(shown) - 1,
        "first_page_uri": f"{path}?Page=0{query}",
        "next_page_uri": f"{path}?Page={page + 1}{query}" if more else None,
        "previous_page_uri": None,
    }


def _since(message: Message, moment: str | None) -> bool:
    if not moment:
        return True
    return message.at >= datetime.fromisoformat(moment).replace(tzinfo=UTC)


def _json(twilio: Twilio, message: Message) -> str:
    text: str = jsonify(_shown(twilio, message)).get_data(as_text=True)
    return text


def _shown(twilio: Twilio, message: Message) -> dict[str, Any]:
    account = twilio.world.options.twilio_account
    uri = f"/2010-04-01/Accounts/{account}/Messages/{message.sid}"
    media = message.media or message.media_urls
    return {
        "sid": message.sid,
        "account_sid": account,
        "messaging_service_sid": None,
        "from": message.sender,
        "to": message.to,
        "body": message.body,
        "status": "received" if message.inbound else message.status,
        "direction": "inbound" if message.inbound else "outbound-api",
        "num_segments": "1",
        "num_media": str(len(media)),
        "price": None,
        "price_unit": "USD",
        "error_code": message.error,
        "error_message": None,
        "date_created": format_datetime(message.at),
        "date_updated": format_datetime(message.at),
        "date_sent": format_datetime(message.at),
        "api_version": "2010-04-01",
        "uri": f"{uri}.json",
        "subresource_uris": {"media": f"{uri}/Media.json"},
    }


def _content(routes: Blueprint, twilio: Twilio) -> None:
    contents, lock = twilio.contents, twilio.world.lock

    @routes.post("/v1/Content")
    def add() -> tuple[Response, int]:
        _authorised(twilio)
        with lock:
            return jsonify(contents.add(request.get_json(silent=True) or {})), 201

    @routes.get("/v1/Content")
    def templates() -> Response:
        _authorised(twilio)
        with lock:
            return jsonify({"contents": contents.all(), "meta": {"key": "contents", "page": 0}})

    @routes.get("/v1/Content/<sid>")
    def template(sid: str) -> Response:
        _authorised(twilio)
        with lock:
            return jsonify(contents.shown(sid))

    @routes.post("/v1/Content/<sid>/ApprovalRequests/whatsapp")
    def approve(sid: str) -> tuple[Response, int]:
        _authorised(twilio)
        with lock:
            return jsonify(contents.approve(sid)), 201

    @routes.get("/v1/Content/<sid>/ApprovalRequests")
    def approval(sid: str) -> Response:
        _authorised(twilio)
        with lock:
            return jsonify({"sid": sid, "whatsapp": {"status": contents.get(sid)["status"]}})


def lost_path() -> Response:
    """What Twilio says to any other path."""
    response = jsonify(TwilioError(20404).as_json())
    response.status_code = 404
    return response
