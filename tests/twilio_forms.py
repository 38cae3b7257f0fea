"""What Twilio posts for what people do in WhatsApp, made from the same acts as Telegram's updates."""

from collections.abc import Mapping
from itertools import count
from typing import Any

_sids = count(1)
SENDER = "whatsapp:+14155238886"
ACCOUNT = "AC" + "5a" * 16
MEDIA = {"photo": "image/jpeg", "voice": "audio/ogg", "sticker": "image/webp", "video": "video/mp4"}


def form(address: str, name: str = "Wanjiru", **more: str) -> dict[str, str]:
    """An inbound webhook's fields, as they were captured from the real one."""
    sid = f"SM{next(_sids):032x}"
    fields = {
        "SmsMessageSid": sid,
        "NumMedia": "0",
        "ProfileName": name,
        "MessageType": "text",
        "SmsSid": sid,
        "WaId": address.removeprefix("+"),
        "SmsStatus": "received",
        "Body": "",
        "To": SENDER,
        "NumSegments": "1",
        "ReferralNumMedia": "0",
        "MessageSid": sid,
        "AccountSid": ACCOUNT,
        "ChannelMetadata": '{"type":"whatsapp","data":{"context":{}}}',
        "From": f"whatsapp:{address}",
        "ApiVersion": "2010-04-01",
        "Forwarded": "false",
        "FrequentlyForwarded": "false",
    }
    return fields | more


def tap(address: str, label: str, payload: str) -> dict[str, str]:
    """A quick reply tapped."""
    return form(
        address,
        Body=label,
        ButtonText=label,
        ButtonPayload=payload,
        MessageType="interactive",
        OriginalRepliedMessageSid="SM" + "0" * 32,
        OriginalRepliedMessageSender=SENDER,
    )


def media(address: str, kind: str, caption: str = "") -> dict[str, str]:
    """A file of some kind."""
    sid = f"MM{next(_sids):032x}"
    url = f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}/Messages/{sid}/Media/ME{sid[2:]}"
    fields = {"MessageSid": sid, "SmsSid": sid, "SmsMessageSid": sid}
    said = {"NumMedia": "1", "MediaUrl0": url, "MediaContentType0": kind, "Body": caption}
    return form(address, **fields, **said)


def card(name: str, number: str) -> str:
    """A vCard as WhatsApp writes it."""
    digits = number.lstrip("+")
    return (
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nN:;{name};;;\r\nFN:{name}\r\n"
        f"TEL;type=CELL;type=VOICE;waid={digits}:+{digits}\r\nEND:VCARD\r\n"
    )


def of_message(address: str, name: str, message: Mapping[str, Any]) -> dict[str, str]:
    """The fields for what a Telegram message of a test says."""
    if "text" in message:
        return form(address, name, Body=message["text"])
    if "contact" in message:
        return media(address, "text/vcard")
    said = message.get("document", {}).get("mime_type", "application/pdf")
    kind = next((kind for name, kind in MEDIA.items() if name in message), said)
    return media(address, kind, message.get("caption", ""))
