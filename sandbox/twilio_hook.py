"""Calls to the application as Twilio makes them: signed, with the retry rules of the address."""

import base64
import hashlib
import hmac
import time
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from urllib.parse import parse_qsl, urldefrag, urlencode

from .post import Answer
from .twilio import Twilio

FORM = "application/x-www-form-urlencoded; charset=UTF-8"
PAUSE_S = 0.2


@dataclass(frozen=True)
class Rules:
    """What stands in an address behind the #; times in seconds."""

    retries: int = 1
    on: frozenset[str] = frozenset({"ct"})
    answer_s: float = 15.0
    total_s: float = 15.0


def rules(fragment: str) -> Rules:
    """Read `rc=5&rp=all`; what is missing is as Twilio's defaults."""
    given = dict(parse_qsl(fragment))
    on = frozenset(given.get("rp", "ct").split(","))
    return Rules(
        retries=min(5, max(0, int(given.get("rc", 1)))),
        on=frozenset({"ct", "rt", "4xx", "5xx"}) if "all" in on else on,
        answer_s=int(given.get("rt", 15000)) / 1000,
        total_s=int(given.get("tt", 15000)) / 1000,
    )


def signature(token: str, url: str, fields: dict[str, str]) -> str:
    """HMAC-SHA1 over the address and every field by name, in base64."""
    said = url + "".join(f"{name}{fields[name]}" for name in sorted(fields))
    return base64.b64encode(hmac.new(token.encode(), said.encode(), hashlib.sha1).digest()).decode()


def call(twilio: Twilio, address: str, fields: dict[str, str], what: str) -> Answer:
    """POST the fields, again as the rules say; the last answer. Blocks."""
    url, fragment = urldefrag(address)
    wanted = rules(fragment)
    options = twilio.world.options
    headers = {
        "Content-Type": FORM,
        "User-Agent": "TwilioProxy/1.1",
        "X-Twilio-Signature": signature(options.twilio_token, url, fields),
        "I-Twilio-Idempotency-Token": f"{twilio.world.chance.getrandbits(128):032x}",
    }
    content = urlencode(fields).encode()
    end = time.monotonic() + wanted.total_s
    for attempt in range(wanted.retries + 1):
        tell = twilio.world.timed("twilio")
        answer = twilio.post.send(url, content, headers, timeout_s=wanted.answer_s)
        tell(f"{what}: {answer.fault or answer.status}")
        again = _why(answer) in wanted.on and attempt < wanted.retries
        if answer.accepted or not again or time.monotonic() + PAUSE_S > end:
            return answer
        time.sleep(PAUSE_S)
    return answer


def _why(answer: Answer) -> str:
    if answer.status == 0:
        return "rt" if "timed out" in answer.fault else "ct"
    return "4xx" if 400 <= answer.status < 500 else "5xx" if answer.status >= 500 else ""


def replies(answer: Answer) -> list[str]:
    """The texts that a webhook's own answer says: TwiML messages, or plain text as it stands."""
    if not answer.accepted or not answer.body.strip():
        return []
    if "xml" not in answer.content_type:
        return (
            [answer.body.decode("utf-8", "replace")] if "text/plain" in answer.content_type else []
        )
    try:
        root = ET.fromstring(answer.body)
    except ET.ParseError:
        return []
    return ["".join(message.itertext()).strip() for message in root.iter("Message")]
