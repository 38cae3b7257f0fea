"""What becomes of a message after the API took it: its way to the phone, and its status callbacks."""

from functools import partial

import httpx

from . import twilio_hook
from .post import is_loopback
from .twilio import PREFIX, Media, Message, Person, Twilio

MOST_MEDIA_BYTES = 16_000_000
FATES = {"not on WhatsApp": 63024, "not joined": 63015, "window closed": 63016,
         "held back by Meta": 63049, "blocked": 63014}  # fmt: skip
STATUS_OF_ERROR = {63016: "undelivered", 63015: "failed"}


def deliver(twilio: Twilio, message: Message) -> None:
    """Carry a created message to its phone, or report why not; blocks while it calls."""
    world = twilio.world
    with world.lock:
        person = twilio.meet(message.to.removeprefix(PREFIX))
        error = _refusal(twilio, person, message)
    if error is None and message.media_urls and not _fetch_media(twilio, message):
        error = 63019
    steps = ["sent", "delivered", "read"]
    if error is not None:
        message.error = error
        steps = [STATUS_OF_ERROR.get(error, "undelivered")]
        world.note("twilio", f"{message.sid} not delivered: {error}")
    else:
        with world.lock:
            _mark_read(twilio, person)
            message.status = "delivered"
            twilio.show(person, message)
    _report(twilio, person, message, steps)


def _refusal(twilio: Twilio, person: Person, message: Message) -> int | None:
    fate = twilio.world.fault("WhatsApp fate")
    if fate in FATES and not (fate == "window closed" and message.template):
        return FATES[fate]
    if not person.joined:
        return 63015
    if person.blocked:
        return 63014
    if message.template == "unapproved" and not twilio.is_open(person):
        return 63040
    return None if message.template or twilio.is_open(person) else 63016


def _fetch_media(twilio: Twilio, message: Message) -> bool:
    """HEAD, then GET, as Twilio does; the type is what the header says."""
    for url in message.media_urls:
        if not is_loopback(url):
            twilio.world.note("twilio", f"media not fetched, only loopback is: {url}")
            return False
        try:
            with httpx.Client(trust_env=False, verify=False, timeout=10) as client:
                head, got = client.head(url), client.get(url)
        except httpx.HTTPError:
            return False
        kind = got.headers.get("content-type", "").partition(";")[0]
        good = head.is_success and got.is_success and kind
        if not good or len(got.content) > MOST_MEDIA_BYTES:
            return False
        name = url.rpartition("/")[2].partition("?")[0]
        message.media.append(_media(twilio, kind, got.content, name))
    return True


def _media(twilio: Twilio, kind: str, content: bytes, name: str) -> Media:
    with twilio.world.lock:
        return Media(twilio.new_sid("ME"), kind, content, name)


def _mark_read(twilio: Twilio, person: Person) -> None:
    """Whoever is answered has been read."""
    for said in person.messages.values():
        if said.inbound and said.status != "read":
            said.status = "read"
            twilio.touch(person, said)


def _report(twilio: Twilio, person: Person, message: Message, steps: list[str]) -> None:
    """Each status in its time, in the order or disorder that is chosen."""
    way = twilio.world.fault("WhatsApp status")
    if way == "missing delivered":
        steps = [step for step in steps if step != "delivered"]
    if way == "no read receipts":
        steps = [step for step in steps if step != "read"]
    if way == "shuffled":
        steps = steps[::-1]
    if way == "duplicate":
        steps = [step for step in steps for _ in (1, 2)]
    pause_s = twilio.world.options.twilio_status_ms / 1000
    for number, step in enumerate(steps, 1):
        twilio.world.later.after(
            pause_s * number, partial(_step, twilio, person, message, step, way)
        )


def _step(twilio: Twilio, person: Person, message: Message, step: str, way: str) -> None:
    ranks = ["queued", "sent", "delivered", "read"]
    with twilio.world.lock:
        failed = step not in ranks
        if failed or ranks.index(step) > (
            ranks.index(message.status) if message.status in ranks else 0
        ):
            message.status = step
            twilio.touch(person, message)
    if way == "lost" or not message.callback:
        return
    twilio_hook.call(twilio, message.callback, _fields(twilio, message, step), f"status {step}")


def _fields(twilio: Twilio, message: Message, step: str) -> dict[str, str]:
    fields = {
        "MessageSid": message.sid,
        "SmsSid": message.sid,
        "MessageStatus": step,
        "SmsStatus": step,
        "AccountSid": twilio.world.options.twilio_account,
        "From": message.sender,
        "To": message.to,
        "ApiVersion": "2010-04-01",
        "ChannelPrefix": "whatsapp",
        "ChannelInstallSid": "XE" + "5a" * 16,
        "ChannelToAddress": message.to[:-4] + "XXXX",
        "ChannelStatusMessage": "",
        "StructuredMessage": "false",
    }
    if step in ("delivered", "read"):
        fields["EventType"] = step.upper()
    if message.error is not None:
        fields |= {"ErrorCode": str(message.error), "EventType": "UNDELIVERED"}
    return fields
