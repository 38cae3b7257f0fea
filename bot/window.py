"""WhatsApp's customer service window: for a day after she wrote, a person may be written to freely."""

from datetime import datetime, timedelta

from bot.options import TwilioOptions
from models.people import Contact

# 24 hours (facts: chat-channels 2.7), less what it takes from our check to Meta's.
LASTS = timedelta(hours=23, minutes=50)


def is_open(channel: str, last_inbound_at: datetime | None, now: datetime) -> bool:
    """Whether free-form words may go to a contact now; only WhatsApp has such a window."""
    if channel != "whatsapp":
        return True
    return last_inbound_at is not None and now < last_inbound_at + LASTS


def reaches(
    contact: Contact, kind: str, language: str, now: datetime, options: TwilioOptions
) -> bool:
    """Whether this kind of message can go to a contact now: freely, or as an approved template."""
    if is_open(contact.channel, contact.last_inbound_at, now):
        return True
    return options.template(kind, language) is not None
