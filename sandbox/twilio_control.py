"""The control interface's part about WhatsApp: acts on phones and for programs, and stored media."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, jsonify, request

from . import twilio_page, twilio_people
from .state import Refused
from .twilio import Person, Twilio

Act = Callable[[Person, dict[str, Any]], dict[str, Any]]


def acts(twilio: Twilio) -> dict[str, Act]:
    """What a person can do, by name."""
    people = twilio_people
    return {
        "say": lambda who, body: people.say(
            twilio, who, str(body.get("text", "")), bool(body.get("forwarded"))
        ),
        "press": lambda who, body: people.press(
            twilio, who, int(body["message_id"]), str(body["data"])
        ),
        "photo": lambda who, body: people.send_file(
            twilio, who, "photo", str(body.get("caption", ""))
        ),
        "voice": lambda who, _body: people.send_file(twilio, who, "voice"),
        "sticker": lambda who, _body: people.send_file(twilio, who, "sticker"),
        "document": lambda who, body: people.send_document(
            twilio,
            who,
            str(body.get("kind", "pdf")),
            str(body.get("caption", "")),
            int(body.get("size", 0)),
        ),
        "location": lambda who, _body: people.send_place(twilio, who),
        "contact": lambda who, _body: people.send_card(twilio, who, "", ""),
        "forward_contact": lambda who, body: people.send_card(
            twilio, who, str(body.get("name", "")), str(body.get("number", ""))
        ),
        "block": lambda who, body: people.block(twilio, who, bool(body.get("on", True))),
        "window": lambda who, _body: _close(twilio, who),
        "leave": lambda who, body: _join(twilio, who, joined=not body.get("on", True)),
        "hide": lambda who, body: _hide(twilio, who, str(body.get("user_id", ""))),
    }


def _join(twilio: Twilio, person: Person, *, joined: bool) -> dict[str, Any]:
    """Leave Twilio's sandbox, or join it again."""
    person.joined = joined
    twilio.touch(person)
    return {}


def _close(twilio: Twilio, person: Person) -> dict[str, Any]:
    """As if she had not written for more than a day."""
    person.last_inbound_at = None
    twilio.touch(person)
    return {}


def _hide(twilio: Twilio, person: Person, user_id: str) -> dict[str, Any]:
    """From now on she has a user id and shows no number; without an id she shows it again."""
    person.user_id = user_id or person.user_id
    person.hidden = bool(user_id)
    twilio.touch(person)
    return {}


def hang(routes: Blueprint, twilio: Twilio, wait: Callable[[], float]) -> None:
    """Put the addresses on the control interface; `wait` says how long a caller would wait."""
    known = acts(twilio)

    def body_of() -> dict[str, Any]:
        found = request.get_json(silent=True)
        return found if isinstance(found, dict) else {}

    @routes.post("/whatsapp/<address>/<act>")
    def on_person(address: str, act: str) -> Response:
        with twilio.world.lock:
            person = twilio.meet(address, str(body_of().get("first_name", "")))
            return jsonify({"ok": True} | run(known, act, person, body_of()))

    @routes.get("/whatsapp/<address>")
    def on_whatsapp(address: str) -> Response:
        after = int(request.args.get("after", 0))
        with twilio.world.lock:
            person = twilio.meet(address)
            if wait_s := wait():
                person.changed.wait_for(lambda: _news(person, after), wait_s)
            return jsonify(twilio_page.shown_chat(twilio, person, after))

    @routes.post("/twilio/inbound")
    def inbound() -> Response:
        fields = {name: str(value) for name, value in body_of().items()}
        return jsonify({"ok": True} | twilio_people.inject(twilio, fields))

    @routes.get("/media/<sid>")
    def media(sid: str) -> Response:
        with twilio.world.lock:
            found = next(
                (m for one in twilio.messages.values() for m in one.media if m.sid == sid), None
            )
        if found is None:
            return Response(status=404)
        return Response(found.content, content_type=found.content_type)


def run(known: dict[str, Act], act: str, person: Person, body: dict[str, Any]) -> dict[str, Any]:
    """Do it; raises Refused for what cannot be done on WhatsApp."""
    if act not in known:
        raise Refused(f"WhatsApp has no {act}")
    try:
        return known[act](person, body)
    except KeyError as missing:
        raise Refused(f"{missing} is missing") from None


def _news(person: Person, after: int) -> bool:
    return any(message.seq > after and not message.inbound for message in person.messages.values())
