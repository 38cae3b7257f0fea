"""What people do in WhatsApp, read from Twilio's fields into our words."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot import whatsapp
from bot.channel import Inbound, Kind
from tests import twilio_forms

PAYLOADS = Path(__file__).parents[1] / "payloads" / "twilio"
PHONE = "+255754000444"
USER = "TZ.8f3kQ2zL0w"
LINK = "Hello Asha, see it and pay here: https://bili.test/i/AAAAAAAAAAAAAAAAAAAAAA"
# What is looked at of each: kind and whatever else is said; the rest must be as in an empty one.
READ: dict[str, dict[str, Any] | None] = {
    "text": {"kind": Kind.TEXT, "text": "Habari  yako"},
    "quick_reply": {"kind": Kind.PRESS, "pressed_id": 123, "choice": "7"},
    "list_pick": {"kind": Kind.PRESS, "pressed_id": 123, "choice": "42"},
    "foreign_button": {"kind": Kind.TEXT, "text": "Track order"},
    "photo_with_caption": {"kind": Kind.MEDIA, "media": "photo", "text": "my receipt"},
    "photo_without_words": {"kind": Kind.MEDIA, "media": "photo", "text": None},
    "voice_note": {"kind": Kind.MEDIA, "media": "voice"},
    "sticker": {"kind": Kind.MEDIA, "media": "sticker"},
    "document": {"kind": Kind.MEDIA, "media": "document"},
    "contact_card": {"kind": Kind.CONTACT, "media": "contact"},
    "location": {"kind": Kind.MEDIA, "media": "location"},
    "forwarded": {"kind": Kind.TEXT, "text": LINK},
    "hidden_number": {"kind": Kind.TEXT, "address": USER, "phone": None, "external_user_id": USER},
    "hidden_number_empty_wa_id": {"address": USER, "phone": None, "external_user_id": USER},
    "user_id_and_number": {"address": PHONE, "phone": PHONE, "external_user_id": USER},
    "new_parameters": {"kind": Kind.TEXT, "text": "hi"},
    "from_an_ad": {"kind": Kind.TEXT, "text": "price?"},
    "opted_out_at_twilio": {"kind": Kind.BLOCKED},
    "opted_in_at_twilio": {"kind": Kind.TEXT, "text": "START"},
    "reaction_or_nothing": {"kind": Kind.MEDIA, "media": "other"},
    "an_sms": None,
    "a_status": None,
}


def payload(name: str) -> dict[str, str]:
    """The fields of a stored webhook."""
    found: dict[str, str] = json.loads((PAYLOADS / f"{name}.json").read_text("utf-8"))
    return found


def test_every_payload_is_in_the_table() -> None:
    """A body that is stored is read somewhere."""
    assert {path.stem for path in PAYLOADS.glob("*.json")} == set(READ)


@pytest.mark.parametrize("name", READ)
def test_a_webhook_is_read(name: str) -> None:
    """Each kind of message becomes the neutral one, with its MessageSid as both keys (I-9)."""
    fields, wanted = payload(name), READ[name]
    inbound = whatsapp.read(fields)
    if wanted is None:
        assert inbound is None
        return
    assert inbound is not None
    assert {key: getattr(inbound, key) for key in wanted} == wanted
    assert inbound.delivery_key == inbound.said_key == fields["MessageSid"]
    assert (inbound.channel, inbound.sender_name) == ("whatsapp", "Asha J.")
    assert inbound.body == fields


def test_a_sender_is_no_phone_number_where_none_is_shown() -> None:
    """Someone who hides her number is known by her id, and nothing is made up."""
    inbound = whatsapp.read(payload("hidden_number"))
    assert inbound is not None
    assert (inbound.address, inbound.phone) == (USER, None)


@pytest.mark.parametrize(
    ("card", "name", "number"),
    [
        (twilio_forms.card("Jane Mwangi", "+254712345678"), "Jane Mwangi", "+254712345678"),
        ("BEGIN:VCARD\nFN:Jane\nTEL:0712 345 678\nEND:VCARD", "Jane", "+254712345678"),
        ("BEGIN:VCARD\nitem1.TEL;waid=255754000444:+255 754\nEND:VCARD", None, "+255754000444"),
        ("BEGIN:VCARD\nFN:Ann\\, Co\nTEL:+254733000111\nTEL:+254733000222", "Ann, Co",
         "+254733000111"),
    ],
)  # fmt: skip
def test_a_contact_card_is_read(card: str, name: str | None, number: str) -> None:
    """Name and first number of a vCard, in the ways phones write it."""
    found = whatsapp.with_card(shared(), card)
    assert (found.contact_name, found.contact_phone) == (name, number)
    assert found.kind is Kind.CONTACT


@pytest.mark.parametrize("card", ["", "nonsense", "BEGIN:VCARD\nFN:Jane\nTEL:call me", "\x00" * 99])
def test_a_card_without_a_number_is_any_file(card: str) -> None:
    """Nothing is taken from a card that says no number, or could not be fetched."""
    found = whatsapp.with_card(shared(), card)
    assert (found.kind, found.contact_phone) == (Kind.MEDIA, None)


def test_an_own_card_is_the_senders_number() -> None:
    """A card is the sender's own only if it holds the number WhatsApp vouches for."""
    own = whatsapp.with_card(shared(), twilio_forms.card("Asha", PHONE))
    other = whatsapp.with_card(shared(), twilio_forms.card("Asha", "+254712345678"))
    assert (own.contact_is_own, other.contact_is_own) == (True, False)


def shared() -> Inbound:
    """Somebody sent a contact card, which was not fetched yet."""
    inbound = whatsapp.read(payload("contact_card"))
    assert inbound is not None
    assert whatsapp.is_card(inbound)
    return inbound
