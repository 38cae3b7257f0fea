"""What people do in WhatsApp: each act is seen on their phone and becomes a signed webhook."""

import base64
import json
from dataclasses import dataclass, field

from . import twilio_hook
from .made_files import made
from .post import Answer
from .state import Refused
from .telegram_files import picture
from .twilio import PREFIX, Media, Message, Person, Twilio

LONGEST = 4096
MIME = {"photo": "image/png", "voice": "audio/ogg", "sticker": "image/webp", "card": "text/vcard"}


@dataclass(frozen=True)
class Said:
    """One thing that someone does: words, perhaps a file, and further fields of the webhook."""

    body: str
    media: Media | None = None
    fields: dict[str, str] = field(default_factory=dict)
    card: str = ""


def _send(twilio: Twilio, person: Person, said: Said) -> dict[str, object]:
    """Into the chat and on its way; raises Refused when blocked."""
    if person.blocked:
        raise Refused("this person has blocked the business: unblock it first")
    media = [said.media] if said.media else []
    message = twilio.new_message(
        inbound=True,
        person_address=person.address,
        body=said.body,
        media=media,
        status="sent",
        card=said.card,
    )
    person.last_inbound_at = twilio.world.now()
    twilio.show(person, message)
    fields = _fields(twilio, person, message) | said.fields
    twilio.world.later.run(lambda: _deliver(twilio, person, message, fields))
    return {"message_id": message.number, "sid": message.sid}


def _fields(twilio: Twilio, person: Person, message: Message) -> dict[str, str]:
    fields = {
        "SmsMessageSid": message.sid,
        "SmsSid": message.sid,
        "MessageSid": message.sid,
        "AccountSid": twilio.world.options.twilio_account,
        "ApiVersion": "2010-04-01",
        "From": message.sender,
        "To": message.to,
        "Body": message.body,
        "NumMedia": str(len(message.media)),
        "NumSegments": "1",
        "SmsStatus": "received",
        "ReferralNumMedia": "0",
        "ProfileName": person.name,
        "MessageType": "text",
        "Forwarded": "false",
        "FrequentlyForwarded": "false",
        "ChannelMetadata": json.dumps({"type": "whatsapp", "data": {"context": {}}}),
    }
    if person.user_id:
        fields["ExternalUserId"] = PREFIX + person.user_id
    if not person.hidden:
        fields["WaId"] = person.number.removeprefix("+")
    for number, media in enumerate(message.media):
        fields[f"MediaUrl{number}"] = _address(twilio, message, media)
        fields[f"MediaContentType{number}"] = media.content_type
    return fields


def _address(twilio: Twilio, message: Message, media: Media) -> str:
    account = twilio.world.options.twilio_account
    path = f"/2010-04-01/Accounts/{account}/Messages/{message.sid}/Media/{media.sid}"
    return twilio.base_url + path


def _deliver(twilio: Twilio, person: Person, message: Message, fields: dict[str, str]) -> None:
    """The webhook, as often as the switch says; blocks."""
    way = twilio.world.fault("WhatsApp delivery")
    if way == "lost":
        twilio.world.note("twilio", f"{message.sid} never reached the app, on purpose")
        return
    if way == "unknown fields":
        fields = fields | {"BrandNewField": "tomorrow’s", "Empty": ""}
    if way == "twice at once":
        twilio.world.later.run(lambda: _call(twilio, person, message, fields))
    _call(twilio, person, message, fields)
    if way == "twice":
        _call(twilio, person, message, fields)


def _call(twilio: Twilio, person: Person, message: Message, fields: dict[str, str]) -> None:
    answer = twilio_hook.call(twilio, twilio.webhook(), fields, "message")
    with twilio.world.lock:
        if answer.accepted and message.status == "sent":
            message.status = "delivered"
            twilio.touch(person, message)
        _answered(twilio, person, answer)


def _answered(twilio: Twilio, person: Person, answer: Answer) -> None:
    for words in twilio_hook.replies(answer):
        reply = twilio.new_message(
            inbound=False, person_address=person.address, body=words, status="delivered"
        )
        twilio.show(person, reply)


def say(twilio: Twilio, person: Person, words: str, forwarded: bool = False) -> dict[str, object]:
    """Type a text, or pass one on."""
    if not words.strip():
        raise Refused("nothing to say")
    fields = {"Forwarded": "true"} if forwarded else {}
    words = words[:LONGEST]
    if twilio.world.switches["WhatsApp opt-out"] == "by Twilio":
        fields |= _opt_out(twilio, person, words)
    return _send(twilio, person, Said(words, fields=fields))


def _opt_out(twilio: Twilio, person: Person, words: str) -> dict[str, str]:
    """Advanced Opt-Out: Twilio heeds the words itself and says so in a field."""
    word = words.strip().upper()
    if word not in {"STOP", "START"}:
        return {}
    person.stopped = word == "STOP"
    answer = "You will get no more messages." if person.stopped else "You will get messages again."
    reply = twilio.new_message(
        inbound=False, person_address=person.address, body=answer, status="delivered"
    )
    twilio.show(person, reply)
    return {"OptOutType": word}


def press(twilio: Twilio, person: Person, number: int, data: str) -> dict[str, object]:
    """Tap a quick reply, or pick a row of a list."""
    message = person.messages.get(number)
    button = next((b for b in message.buttons if b.get("data") == data), None) if message else None
    if message is None or button is None:
        raise Refused("there is no such button")
    replied = {
        "MessageType": "interactive",
        "OriginalRepliedMessageSid": message.sid,
        "OriginalRepliedMessageSender": message.sender,
    }
    if message.list_title:
        replied |= {"ListId": data, "ListTitle": button["label"]}
    else:
        replied |= {"ButtonText": button["label"], "ButtonPayload": data}
    return _send(twilio, person, Said(button["label"], fields=replied))


def send_file(twilio: Twilio, person: Person, kind: str, caption: str = "") -> dict[str, object]:
    """A photo, voice note or sticker; all but the photo only begin like one."""
    content = picture() if kind == "photo" else b"OggS" + bytes(500)
    media = Media(twilio.new_sid("ME"), MIME[kind], content)
    shown = {"voice": "🎤 0:02", "sticker": "👍"}.get(kind, "")
    fields = {"MessageType": {"photo": "image", "voice": "audio"}.get(kind, kind)}
    return _send(twilio, person, Said(caption, media, fields, shown))


def send_document(
    twilio: Twilio, person: Person, kind: str, caption: str = "", size: int = 0
) -> dict[str, object]:
    """A file from the phone's memory; Twilio passes its type on, and no name of it."""
    name, mime, content = made(kind, size)
    media = Media(twilio.new_sid("ME"), mime, content, name)
    return _send(twilio, person, Said(caption, media, {"MessageType": "document"}))


def send_card(twilio: Twilio, person: Person, name: str, number: str) -> dict[str, object]:
    """Somebody's contact card; without a number the own one."""
    name, number = name or person.name, number or person.number or "+254799000000"
    digits = "".join(sign for sign in number if sign.isdigit())
    card = (
        "BEGIN:VCARD\r\nVERSION:3.0\r\n"
        f"N:;{name};;;\r\nFN:{name}\r\nTEL;type=CELL;type=VOICE;waid={digits}:{number}\r\n"
        "END:VCARD\r\n"
    )
    media = Media(twilio.new_sid("ME"), MIME["card"], card.encode())
    shown = f"👤 {name}, {number}"
    return _send(twilio, person, Said("", media, {"MessageType": "contacts"}, shown))


def send_place(twilio: Twilio, person: Person) -> dict[str, object]:
    """Where she is."""
    fields = {"Latitude": "-1.2921", "Longitude": "36.8219", "MessageType": "location"}
    return _send(twilio, person, Said("", fields=fields, card="📍 Nairobi"))


def block(twilio: Twilio, person: Person, on: bool) -> dict[str, object]:
    """Stop the business or let it in again; nobody is told."""
    person.blocked = on
    twilio.touch(person)
    return {}


def inject(twilio: Twilio, fields: dict[str, str]) -> dict[str, object]:
    """Any fields, signed as they stand and sent once."""
    answer = twilio_hook.call(twilio, twilio.webhook(), fields, "injected message")
    return {"status": answer.status, "body": base64.b64encode(answer.body).decode()}
