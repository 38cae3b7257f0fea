"""WhatsApp through Twilio: its webhooks read into our words, and our prompts sent by its REST API."""

import asyncio
import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

import phonenumbers

from bot import whatsapp_words as words
from bot.channel import (
    Inbound,
    Kind,
    Letter,
    SendError,
    Sent,
    Trouble,
    base62,
    button,
    file_kind,
    pressed,
)
from bot.options import Options
from bot.pieces import split
from bot.twilio_rest import NAME, RAISED, Rest, of_error
from documents import signed
from models.text import Markup, render

PREFIX = "whatsapp:"
# Rides on our addresses as a fragment, which Twilio reads and never sends: five more tries after
# any failure (facts: chat-channels 2.3).
RETRY = "#rc=5&rp=all"
SHORT = 40  # of words beside a document
CAPTION = 200  # of words below a picture
CARD = ("text/vcard", "text/x-vcard", "text/directory")
MEDIA = {"image/webp": "sticker", "image": "photo", "audio": "voice", "video": "video"}


def read(form: Mapping[str, str]) -> Inbound | None:
    """A neutral message from an inbound webhook's fields, or None if it is none of WhatsApp's.

    Fields come and go without notice (facts: chat-channels 2.1): only what we use is looked at.
    """
    sender, sid = form.get("From", ""), form.get("MessageSid", "")
    if not sender.startswith(PREFIX) or not sid or "MessageStatus" in form:
        return None
    address = sender.removeprefix(PREFIX)
    given = form.get("ExternalUserId", "").removeprefix(PREFIX)
    common: dict[str, Any] = {
        "channel": NAME,
        "address": address,
        "delivery_key": sid,
        "said_key": sid,
        "body": dict(form),
        "sender_name": form.get("ProfileName") or None,
        "external_user_id": given or (None if address.startswith("+") else address),
        "phone": _phone(address, form.get("WaId", "")),
        # WhatsApp tells no language; in Tanzania it is Swahili until she says otherwise.
        "language_hint": "sw" if address.startswith("+255") else None,
    }
    if form.get("OptOutType") == "STOP":
        return Inbound(**common, kind=Kind.BLOCKED)
    return _tap(form, common) or _media(form, common) or _text(form, common)


def _phone(address: str, wa_id: str) -> str | None:
    """The sender's number, for which WhatsApp vouches; None if she hides it."""
    if address.startswith("+"):
        return address
    return f"+{wa_id}" if wa_id.isascii() and wa_id.isdigit() else None


def _tap(form: Mapping[str, str], common: dict[str, Any]) -> Inbound | None:
    """A list row or a quick reply of ours; what others made is read by its words."""
    for name in ("ListId", "ButtonPayload"):
        row, choice = pressed(form.get(name, ""))
        if row is not None:
            return Inbound(**common, kind=Kind.PRESS, pressed_id=row, choice=choice)
    return None


def _media(form: Mapping[str, str], common: dict[str, Any]) -> Inbound | None:
    if form.get("Latitude"):
        return Inbound(**common, kind=Kind.MEDIA, media="location")
    if form.get("NumMedia", "0") in ("", "0"):
        return None
    kind = form.get("MediaContentType0", "").partition(";")[0].strip().lower()
    if kind in CARD:
        return Inbound(**common, kind=Kind.CONTACT, media="contact")
    media = MEDIA.get(kind) or MEDIA.get(kind.partition("/")[0], "document")
    words = form.get("Body") or None
    said = file_kind(kind, words) if media in ("photo", "document") else None
    file: dict[str, Any] = {"file": form.get("MediaUrl0"), "file_kind": said} if said else {}
    return Inbound(**common, kind=Kind.MEDIA, media=media, text=words, **file)


def _text(form: Mapping[str, str], common: dict[str, Any]) -> Inbound:
    text = form.get("Body") or form.get("ButtonText") or form.get("ListTitle") or ""
    if not text:
        return Inbound(**common, kind=Kind.MEDIA, media="other")
    return Inbound(**common, kind=Kind.TEXT, text=text)


def is_card(inbound: Inbound) -> bool:
    """Whether someone's contact card was sent, which must be fetched before it can be read."""
    return inbound.kind is Kind.CONTACT and inbound.contact_phone is None


def with_card(inbound: Inbound, card: str) -> Inbound:
    """The message with what its vCard says; the sender's own if it holds the sender's number."""
    name, number = _read_card(card)
    if not number:
        return replace(inbound, kind=Kind.MEDIA)
    own = number == inbound.phone
    return replace(inbound, contact_phone=number, contact_name=name, contact_is_own=own, media=None)


def _read_card(card: str) -> tuple[str | None, str | None]:
    """Name and first number of a vCard: `TEL;type=CELL;waid=254712345678:+254 712 345678`."""
    name, number = None, None
    for line in card.replace("\r\n ", "").splitlines():
        head, _colon, value = line.partition(":")
        field = head.partition(";")[0].rpartition(".")[2].upper()
        if field == "FN" and name is None:
            name = value.replace("\\,", ",").replace("\\;", ";").strip() or None
        if field == "TEL" and number is None:
            number = _number(head, value)
    return name, number


def _number(head: str, value: str) -> str | None:
    for part in head.split(";"):
        label, _equals, digits = part.partition("=")
        if label.lower() == "waid" and digits.isascii() and digits.isdigit():
            return f"+{digits}"
    try:
        parsed = phonenumbers.parse(value, "KE")
    except phonenumbers.NumberParseException:
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


@dataclass(frozen=True)
class Planned:
    """One message as it will be created; `last` is the one that stands for the row."""

    fields: dict[str, Any]
    last: bool


class WhatsApp:
    """Sends letters through Twilio's client, which blocks, in threads of its own."""

    name = NAME

    def __init__(self, options: Options, rest: Rest | None = None) -> None:
        self.options = options
        self.rest = rest or Rest(options.twilio)
        self._threads = ThreadPoolExecutor(32, thread_name_prefix="twilio")

    async def send(self, letter: Letter) -> Sent:
        """Send the words in as many messages as they need.

        Raises SendError, which says how many went out. The id given back is the last message's.
        """
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._send, letter)

    def _send(self, letter: Letter) -> Sent:
        planned = self.plan(letter)
        # Where the window closed meanwhile, one template says it all anew.
        sent = letter.pieces_sent
        try:
            sent_before = self._sent_before(letter)
            for one in planned[sent:-1]:
                self._create(letter, one, sent_before)
                sent += 1
            return Sent(self._create(letter, planned[-1], sent_before))
        except RAISED as error:
            found = of_error(error)
            found.pieces_sent = sent if letter.free else None
            raise found from error

    def plan(self, letter: Letter) -> list[Planned]:
        """The messages of a letter. Raises SendError where nothing may be sent at this time."""
        if not letter.free:
            fields = [self._template(letter)]
        else:
            fields = self._file(letter)
            if fields and _fits_below(letter):
                fields[0]["body"] = words.write(letter.prompt, letter.language)
            elif not fields or not _says_no_more(letter):
                fields += self._buttons(letter) or self._text(letter)
        return [Planned(one, last=one is fields[-1]) for one in fields]

    def _template(self, letter: Letter) -> dict[str, Any]:
        found = letter.prompt.template
        sid = self.options.twilio.template(found.kind, letter.language) if found else None
        if found is None or sid is None:
            raise SendError(NAME, "window", Trouble.WINDOW)
        values = [words.variable(render(v, letter.language, Markup.PLAIN)) for v in found.values]
        return _content(sid, values)

    def _file(self, letter: Letter) -> list[dict[str, Any]]:
        """The document first: WhatsApp shows no caption under one (facts: chat-channels 2.8)."""
        paper = letter.prompt.attachment
        if paper is None or letter.file is None:
            return []
        which = signed.Paper(
            paper.kind, paper.document, paper.subject_id, paper.merchant_id, letter.language
        )
        options = self.options
        name = quote(letter.file.name)
        return [{"media_url": [signed.address(options.signing_key, options.app_url, which, name)]}]

    def _buttons(self, letter: Letter) -> list[dict[str, Any]]:
        """Real buttons, where a content template for so many is configured."""
        found = words.interactive(letter.prompt, letter.language)
        sid = self.options.twilio.template(found[0], letter.language) if found else None
        if found is None or sid is None:
            return []
        values = [words.variable(found[1])]
        for choice, label in zip(words.tappable(letter.prompt), found[2], strict=True):
            values += [words.variable(label), button(letter.outbound_id, choice.value)]
        return [_content(sid, values)]

    def _text(self, letter: Letter) -> list[dict[str, Any]]:
        said = words.write(letter.prompt, letter.language, busy=letter.busy)
        return [{"body": piece} for piece in split(said, words.LONGEST)]

    def _create(self, letter: Letter, one: Planned, before: list[Any]) -> str:
        for known in before:
            if _same(known, one.fields):
                before.remove(known)
                return str(known.sid)
        part = "" if one.last else "&part=1"
        row = base62(letter.outbound_id)
        return self.rest.create(
            to=f"{PREFIX}{letter.address}",
            from_=f"{PREFIX}{self.options.twilio.whatsapp_from}",
            status_callback=f"{self.options.app_url}/webhooks/twilio/status?o={row}{part}{RETRY}",
            **one.fields,
        )

    def _sent_before(self, letter: Letter) -> list[Any]:
        """Messages that an earlier try may have sent: creating one has no idempotency key."""
        if letter.known is None:
            return []
        recent = self.rest.sent_to(f"{PREFIX}{letter.address}")
        return [one for one in recent if one.sid not in letter.known]

    async def close(self) -> None:
        """Give the connections back."""
        self._threads.shutdown(wait=False)
        self.rest.close()


def _fits_below(letter: Letter) -> bool:
    """Whether few words go below a picture in one message; a document shows none."""
    paper = letter.prompt.attachment
    said = words.write(letter.prompt, letter.language)
    if paper is None or paper.kind not in ("png", "jpg") or letter.prompt.choices:
        return False
    return 0 < len(said) <= CAPTION


def _says_no_more(letter: Letter) -> bool:
    """Whether the words only name the document, as its file does: each message costs money."""
    said = words.write(letter.prompt, letter.language)
    stem = letter.file.name.rpartition(".")[0] if letter.file else ""
    return not letter.prompt.choices and len(said) <= SHORT and bool(stem) and stem in said


def _content(sid: str, values: list[str]) -> dict[str, Any]:
    numbered = {str(number): value for number, value in enumerate(values, 1)}
    return {"content_sid": sid, "content_variables": json.dumps(numbered, ensure_ascii=False)}


def _same(sent: Any, fields: dict[str, Any]) -> bool:
    """Whether a message that Twilio lists is the one we are about to create."""
    if "body" in fields:
        return bool(sent.body == fields["body"])
    if "media_url" in fields:
        return sent.num_media not in (None, "0")
    # What a template became is known to Twilio alone: most of what we filled in must be there.
    values = json.loads(fields["content_variables"]).values()
    return sum(value in (sent.body or "") for value in values) * 2 >= len(values)
