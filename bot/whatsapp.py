"""WhatsApp's messages, as Twilio's webhooks tell them, read into our words."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import phonenumbers

from bot.channel import (
    Inbound,
    Kind,
    file_kind,
    pressed,
)
from bot.twilio_codes import NAME

PREFIX = "whatsapp:"
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
